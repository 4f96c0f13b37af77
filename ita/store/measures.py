"""Measures and their edits: whoever saves second sees both texts, nobody's words are lost, every change is kept."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from ita.measures import STATUSES
from ita.store.changes import told
from ita.store.database import Database
from ita.store.tables import measure, measure_change
from ita.store.uploads import Upload, save_upload

TEXTS = ("title", "steps", "responsible", "period_text", "result", "suggestion", "evidence")
DATES = ("period_start", "period_end")
EDITABLE = ("indicator", *TEXTS, *DATES, "status", "percent", "budget")
"""What a person may change of a measure; the rest is kept by the store."""
_GIVEN = (*EDITABLE, "carried_from")
"""What a measure may come with."""

IDENTITY = ("indicator", "title", "steps", *DATES, "period_text")
"""What tells a measure from others (`identity_of`)."""

_FRAME = {
    "measure_id": "int64",
    "indicator": "Int64",
    "title": "str",
    "steps": "str",
    "responsible": "str",
    "period_text": "str",
    "period_start": "datetime64[us]",
    "period_end": "datetime64[us]",
    "result": "str",
    "suggestion": "str",
    "status": "str",
    "evidence": "str",
    "percent": "Int64",
    "budget": "float64",
    "carried_from": "Int64",
    "version": "int64",
    "created_at": "datetime64[us, UTC]",
    "updated_at": "datetime64[us, UTC]",
}
N = TypeVar("N", int, float)
COLUMNS = (measure.c.id.label("measure_id"), *(measure.c[name] for name in _FRAME if name != "measure_id"))


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What somebody wants changed of the measure that they saw in `version`: new values by column, or its removal."""

    measure_id: int
    version: int
    changes: Mapping[str, object] = field(default_factory=dict)
    delete: bool = False


class StaleEdit(Exception):
    """Somebody else changed or removed the measure since it was shown, so this edit was not saved.

    `yours` holds the values that were to be saved. `stored` is the whole row as it is now, with `deleted_at` set where
    it was removed; None where there is no such measure at all.
    """

    def __init__(self, measure_id: int, yours: Mapping[str, object], stored: Mapping[str, object] | None) -> None:
        super().__init__(f"measure {measure_id} is no longer what it was when it was shown")
        self.measure_id = measure_id
        self.yours = yours
        self.stored = stored

    @property
    def deleted(self) -> bool:
        """Whether there is no measure left to apply the edit to."""
        return self.stored is None or self.stored["deleted_at"] is not None


class Measures(Database):
    """The measures that answer a result, by agency and the fiscal year of that result."""

    def measures(self, agency_id: int, fiscal_year: int) -> pd.DataFrame:
        """One row per measure that is not removed, by indicator (those without one last), then in the order added.

        measure_id, indicator (Int64), title, steps, responsible, period_text, period_start and period_end
        (datetime64, NaT where not known), result, suggestion, status, evidence, percent (Int64, how far it is, NA where
        not stated), budget (baht; 0 for one that costs nothing, NaN where not stated), carried_from (measure_id of last
        year's that it goes on with, NA for none), version, created_at, updated_at (UTC). A text is never NA but "".
        """
        rows_of = (
            select(*COLUMNS)
            .where(*conditions(agency_id, fiscal_year))
            .order_by(measure.c.indicator.nulls_last(), measure.c.id)
        )
        with self._reading() as connection:
            rows = connection.execute(rows_of).all()
        return pd.DataFrame(rows, columns=list(_FRAME)).astype(_FRAME)

    def agencies_of_measures(self, measure_ids: Collection[int]) -> set[int]:
        """The ids of the agencies whose measures these are, removed ones too."""
        with self._reading() as connection:
            asked = select(measure.c.agency_id).where(measure.c.id.in_(measure_ids)).distinct()
            return set(connection.execute(asked).scalars())

    def add_measures(
        self,
        agency_id: int,
        fiscal_year: int,
        measures: pd.DataFrame | Iterable[Mapping[str, object]],
        upload: Upload | None = None,
        *,
        by: str = "",
    ) -> list[int]:
        """Add measures and return the ids of those that were not there yet, in the order given.

        `by` is who adds them, as whoever signed in is called; "" where nobody has to.

        A measure is there when one of the same indicator, title, steps and period is. Of a frame the columns that
        a measure has are taken. A mapping with a column that a measure has not, and a status that does not exist, are
        a ValueError; what is not given is empty, a status "not_stated".
        """
        wanted = records(measures)
        identities = select(*(measure.c[name] for name in IDENTITY)).where(*conditions(agency_id, fiscal_year))
        with self._writing() as connection:
            there = {identity_of(dict(row._mapping)) for row in connection.execute(identities)}
            fresh = []
            for row in wanted:
                identity = identity_of(row)
                if identity not in there:
                    there.add(identity)
                    fresh.append(row)
            if not fresh:
                return []
            upload_id = None if upload is None else save_upload(connection, upload, agencies=1, by=by)
            ids = insert_measures(connection, agency_id, fiscal_year, fresh, upload_id, by)
            self._count_revision(connection)
        return ids

    def change_measure(self, measure_id: int, version: int, changes: Mapping[str, object], *, by: str = "") -> int:
        """Save new values of some columns and return the measure's new version.

        Raises StaleEdit where `version` is no longer the stored one, ValueError for a column or status that does not
        exist.
        """
        self._apply_one(MeasureChange(measure_id, version, changes), by)
        return version + 1

    def delete_measure(self, measure_id: int, version: int, *, by: str = "") -> None:
        """Remove a measure from every list; its row stays. Raises StaleEdit where it was changed since it was shown."""
        self._apply_one(MeasureChange(measure_id, version, delete=True), by)

    def apply_measures(self, changes: Collection[MeasureChange], *, by: str = "") -> list[StaleEdit]:
        """Save all changes that fit, in one transaction, and return the others as the edits they could not be.

        Raises ValueError as `change_measure` does; then none is saved.
        """
        checked = [(change, _checked(change.changes)) for change in changes]
        with self._writing() as connection:
            outcomes = [apply_change(connection, change, values, by) for change, values in checked]
            stale = [outcome for outcome in outcomes if outcome is not None]
            if len(stale) < len(outcomes):
                self._count_revision(connection)
        return stale

    def restore_measure(self, measure_id: int, *, by: str = "") -> None:
        """Bring a removed measure back as it was; one that is not removed stays as it is."""
        now = dt.datetime.now(dt.UTC)
        back = {"deleted_at": None, "version": measure.c.version + 1, "updated_at": now}
        removed = measure.c.id == measure_id, measure.c.deleted_at.is_not(None)
        with self._writing() as connection:
            if connection.execute(update(measure).where(*removed).values(back)).rowcount:
                connection.execute(insert(measure_change), told(measure_id, "restored", by, now))
                self._count_revision(connection)

    def _apply_one(self, change: MeasureChange, by: str) -> None:
        for stale in self.apply_measures([change], by=by):
            raise stale


def identity_of(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Two rows that agree in this are the same measure: of periods the days count, however they are written."""
    days = tuple(row[name] for name in DATES)
    return row["indicator"], row["title"], row["steps"], days if any(days) else row["period_text"]


def insert_measures(
    connection: Connection,
    agency_id: int,
    fiscal_year: int,
    rows: Sequence[Mapping[str, object]],
    upload_id: int | None,
    by: str,
) -> list[int]:
    """Write new measures, as `records` gives them, with the word of each in the log; their ids, in this order."""
    now = dt.datetime.now(dt.UTC)
    kept = {
        "agency_id": agency_id,
        "fiscal_year": fiscal_year,
        "upload_id": upload_id,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
    adding = insert(measure).returning(measure.c.id, sort_by_parameter_order=True)
    ids = list(connection.execute(adding, [row | kept for row in map(dict, rows)]).scalars())
    added = [told(one, "added", by, now, BLANK, row) for one, row in zip(ids, rows, strict=True)]
    connection.execute(insert(measure_change), added)
    return ids


def conditions(agency_id: int, fiscal_year: int) -> tuple[Any, ...]:
    """The conditions for the measures that are not removed."""
    return measure.c.agency_id == agency_id, measure.c.fiscal_year == fiscal_year, measure.c.deleted_at.is_(None)


def apply_change(
    connection: Connection, change: MeasureChange, values: Mapping[str, object], by: str
) -> StaleEdit | None:
    """Save one change, or say why it no longer fits."""
    rows = select(*COLUMNS, measure.c.deleted_at).where(measure.c.id == change.measure_id)
    stored = connection.execute(rows).mappings().first()
    if stored is None or stored["deleted_at"] is not None or stored["version"] != change.version:
        return StaleEdit(change.measure_id, values, None if stored is None else dict(stored))
    now = dt.datetime.now(dt.UTC)
    new_values = {**values, "version": change.version + 1, "updated_at": now}
    if change.delete:
        new_values["deleted_at"] = now
    connection.execute(update(measure).where(measure.c.id == change.measure_id).values(new_values))
    kind = "removed" if change.delete else "changed"
    connection.execute(insert(measure_change), told(change.measure_id, kind, by, now, dict(stored), values))
    return None


def records(measures: pd.DataFrame | Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Measures as the table takes them, with every column. Raises ValueError as `_checked` does."""
    if isinstance(measures, pd.DataFrame):
        known = measures[[column for column in EDITABLE if column in measures.columns]].astype(object)
        measures = [{str(column): value for column, value in row.items()} for row in known.to_dict("records")]
    return [BLANK | _checked(one, _GIVEN) for one in measures]


def _checked(values: Mapping[str, object], known: Collection[str] = EDITABLE) -> dict[str, object]:
    """The values as the table takes them. Raises ValueError for a column that is not known, a status or date that is
    none."""
    if unknown := values.keys() - set(known):
        raise ValueError(f"a measure has no {', '.join(sorted(unknown))} to change")
    return {column: _value(column, value) for column, value in values.items()}


def _value(column: str, value: Any) -> object:
    """One value as its column keeps it: a missing text is "", a date is a date even where it came as ISO text."""
    missing = bool(pd.isna(value))
    if column in TEXTS:
        return "" if missing else str(value)
    if column == "status":
        status = STATUSES[0] if missing else value
        if status not in STATUSES:
            raise ValueError(f"there is no status {status!r}")
        return status
    if missing:
        return None
    if column in DATES:
        return _date(value)
    if column == "budget":
        return _within(float(value), 0, math.inf, column)
    if int(value) != value:
        raise ValueError(f"{column} is a whole number, not {value!r}")
    return _within(int(value), 0, 100, column) if column == "percent" else int(value)


def _within(value: N, low: float, high: float, column: str) -> N:
    if not low <= value <= high:
        raise ValueError(f"{column} is from {low} to {high}, not {value!r}")
    return value


def _date(value: dt.date | str) -> dt.date:
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value.date() if isinstance(value, dt.datetime) else value


BLANK = _checked(dict.fromkeys(_GIVEN), _GIVEN)
"""A measure of which nothing is stated."""
