"""Bringing a file's measures together with those that are kept: what is new, what changes, what stays as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select, update

from ita.measures import STATUSES
from ita.store.measures import (
    COLUMNS,
    DATES,
    EDITABLE,
    MeasureChange,
    Measures,
    StaleEdit,
    apply_change,
    conditions,
    identity_of,
    insert_measures,
    records,
)
from ita.store.tables import measure
from ita.store.uploads import Upload, save_upload
from ita.thai import fold, period_words

PERIOD = "period_text"
"""The column that stands for the period as a whole: its words and its days change together."""
_PREVIEW = {
    "row": "int64",
    "kind": "str",
    "indicator": "Int64",
    "title": "str",
    "measure_id": "Int64",
    "version": "Int64",
    "column": "str",
    "before": "object",
    "after": "object",
}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge has done: the ids of measures added and changed, and the changes that no longer fitted."""

    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    stale: tuple[StaleEdit, ...] = ()


class Merging(Measures):
    """Importing measures that may be there already, as they are or otherwise."""

    def preview_measures(self, agency_id: int | None, fiscal_year: int, measures: pd.DataFrame) -> pd.DataFrame:
        """What merging these measures would do; nothing is stored. An `agency_id` of None has none yet.

        One row per measure of the frame that is new or stays the same, and one per column that changes: row (its place
        in `measures`), kind ("new", "changed", "same"), indicator, title (as the frame has them), measure_id and
        version of the stored measure (NA where it is new), column, before and after (NA but where a column changes; the
        words of a period in column "period_text", which stands for its days as well).

        A measure is the stored one of the same indicator, title, steps and period, else the only one of the same
        indicator and title, however spelt; without an indicator, the only one of that title. What a frame leaves empty
        changes nothing.
        """
        incoming = records(measures)
        with self._reading() as connection:
            stored = [] if agency_id is None else _stored(connection, agency_id, fiscal_year)
        return _preview(incoming, stored)

    def merge_measures(
        self,
        agency_id: int,
        fiscal_year: int,
        measures: pd.DataFrame,
        preview: pd.DataFrame,
        upload: Upload | None = None,
        *,
        by: str = "",
    ) -> Merged:
        """Add and change, in one transaction, what the rows of `preview` say of `measures`.

        `preview` are those rows of `preview_measures` that are wanted. What somebody else has changed, removed or added
        since is not overwritten, but returned as stale.
        """
        incoming = records(measures)
        wanted = preview[preview["kind"] == "changed"]
        edits = [
            MeasureChange(int(of_row["measure_id"].iloc[0]), int(of_row["version"].iloc[0]), values)
            for place, of_row in wanted.groupby("row", sort=True)
            if (values := _values(incoming[int(place)], of_row["column"]))
        ]
        fresh = [incoming[place] for place in preview.loc[preview["kind"] == "new", "row"]]
        with self._writing() as connection:
            fresh, stale = _still_new(fresh, _stored(connection, agency_id, fiscal_year)) if fresh else ([], [])
            outcomes = [apply_change(connection, edit, edit.changes, by) for edit in edits]
            stale += [outcome for outcome in outcomes if outcome is not None]
            changed = [edit.measure_id for edit, outcome in zip(edits, outcomes, strict=True) if outcome is None]
            added: list[int] = []
            if fresh or changed:
                upload_id = None if upload is None else save_upload(connection, upload, agencies=1, by=by)
                if changed and upload_id is not None:
                    from_file = update(measure).where(measure.c.id.in_(changed)).values(upload_id=upload_id)
                    connection.execute(from_file)
                if fresh:
                    added = insert_measures(connection, agency_id, fiscal_year, fresh, upload_id, by)
                self._count_revision(connection)
        return Merged(tuple(added), tuple(changed), tuple(stale))


def _stored(connection: Connection, agency_id: int, fiscal_year: int) -> list[Row]:
    rows = select(*COLUMNS).where(*conditions(agency_id, fiscal_year)).order_by(measure.c.id)
    return [dict(row) for row in connection.execute(rows).mappings()]


def _preview(incoming: Sequence[Row], stored: Sequence[Row]) -> pd.DataFrame:
    lines: list[tuple[object, ...]] = []
    seen: list[Row] = []
    for place, (row, known) in enumerate(zip(incoming, _matches(incoming, stored), strict=True)):
        head = row["indicator"], row["title"]
        if known is None:
            kind = "same" if row in seen else "new"
            lines.append((place, kind, *head, None, None, None, None, None))
        else:
            kept = known["measure_id"], known["version"]
            changes = _changes(row, known)
            lines += [(place, "changed", *head, *kept, column, *values) for column, values in changes.items()] or [
                (place, "same", *head, *kept, None, None, None)
            ]
        seen.append(row)
    return pd.DataFrame(lines, columns=list(_PREVIEW)).astype(_PREVIEW)


def _matches(incoming: Sequence[Row], stored: Sequence[Row]) -> list[Row | None]:
    """The stored measure that each incoming one is, each at most once; None for a new one."""
    found: list[Row | None] = [None] * len(incoming)
    by_identity: defaultdict[object, list[Row]] = defaultdict(list)
    for row in stored:
        by_identity[identity_of(row)].append(row)
    for place, row in enumerate(incoming):
        if same := by_identity[identity_of(row)]:
            found[place] = same.pop(0)
    for key in (_name, _title):
        _match_only(found, incoming, stored, key)
    return found


def _match_only(found: list[Row | None], incoming: Sequence[Row], stored: Sequence[Row], key: Any) -> None:
    """Match what is still open by `key` where only one of either side has it."""
    ours, theirs = Counter(map(key, incoming)), Counter(map(key, stored))
    taken = {row["measure_id"] for row in found if row is not None}
    left = {key(row): row for row in stored if theirs[key(row)] == 1 and row["measure_id"] not in taken}
    for place, row in enumerate(incoming):
        # Without a title nothing says that two are one; with another indicator, the same title is another measure.
        is_open = found[place] is None and fold(row["title"]) and ours[key(row)] == 1
        if is_open and (key is _name or row["indicator"] is None):
            found[place] = left.get(key(row))


def _name(row: Row) -> tuple[object, ...]:
    return row["indicator"], fold(row["title"])


def _title(row: Row) -> tuple[object, ...]:
    return (fold(row["title"]),)


def _changes(row: Row, known: Row) -> dict[str, tuple[object, object]]:
    """What of a stored measure would become another, before and after, by column; a period is one column."""
    changes: dict[str, tuple[object, object]] = {}
    for column in EDITABLE:
        if column not in (PERIOD, *DATES) and _says(column, row[column]) and row[column] != known[column]:
            changes[column] = known[column], row[column]
    days, known_days = ([one[column] for column in DATES] for one in (row, known))
    if (any(days) and days != known_days) or (not any(days) and row[PERIOD] not in ("", known[PERIOD])):
        changes[PERIOD] = _period(known), _period(row)
    return changes


def _says(column: str, value: object) -> bool:
    """Whether an incoming value states anything: what is empty or not stated changes nothing."""
    return value not in (None, "") and not (column == "status" and value == STATUSES[0])


def _period(row: Row) -> str:
    """The period as its owner typed it, else its days."""
    start, end = (row[column] for column in DATES)
    return row[PERIOD] or (period_words(start, end) if start and end else "")


def _values(row: Row, columns: Iterable[str]) -> dict[str, object]:
    """The values that a measure brings for some columns, with the days of its period."""
    wanted = {name for column in columns for name in ((PERIOD, *DATES) if column == PERIOD else (column,))}
    return {column: row[column] for column in EDITABLE if column in wanted}


def _still_new(fresh: Sequence[Row], stored: Sequence[Row]) -> tuple[list[Row], list[StaleEdit]]:
    """Those that nobody has added since, and the others as what they no longer are; one added alike is no matter."""
    found = _matches(fresh, stored)
    stale = [
        StaleEdit(known["measure_id"], row, {**known, "deleted_at": None})
        for row, known in zip(fresh, found, strict=True)
        if known is not None and _changes(row, known)
    ]
    return [row for row, known in zip(fresh, found, strict=True) if known is None], stale
