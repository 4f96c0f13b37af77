"""Finding and removing a person's name or e-mail in everything that somebody wrote."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select, update

from ita.store.database import Database
from ita.store.measures import TEXTS
from ita.store.tables import measure, measure_change, meeting, slide_note, upload

WRITTEN: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "measures": (measure, TEXTS),
    "changes": (measure_change, ("changed_by", "changed")),
    "uploads": (upload, ("uploaded_by", "file_name")),
    "meetings": (meeting, ("kept",)),
    "notes": (slide_note, ("text",)),
}
"""Where a person may be named: kind of place -> table and columns."""
SHORTEST = 4
"""Letters that a name must have: one of fewer is found inside other words."""

_JSON = {measure_change.c.changed, meeting.c.kept}
_LETTER = "A-Za-z0-9_.+-"
_BLANK = r"[\s\u200b\u00a0]"
_AM = "(?:ำ|ํา)"


class Persons(Database):
    """What the store holds of a person."""

    def mentions(self, person: str) -> dict[str, int]:
        """In how many rows of each kind in WRITTEN the person is named. Raises ValueError for a name too short."""
        named = _naming(person)
        with self._reading() as connection:
            return {kind: sum(1 for _ in _changed(connection, kind, named, "")) for kind in WRITTEN}

    def forget_person(self, person: str, mark: str) -> dict[str, int]:
        """Put `mark` in the place of the person everywhere; in how many rows of each kind that was.

        The name is gone from the history too and from the database's own files; not from documents that were made
        before, and not from earlier backups (see `renew_backups`). A removed or changed measure counts one version on,
        so that nobody's open edit brings the name back. Raises ValueError for a name too short.
        """
        named = _naming(person)
        with self._writing() as connection:
            counts = {kind: _rewrite(connection, kind, named, mark) for kind in WRITTEN}
            if any(counts.values()):
                self._count_revision(connection)
        if any(counts.values()):
            self._compact([table for table, _ in WRITTEN.values()])
        return counts


def _naming(person: str) -> re.Pattern[str]:
    """What the person is found by: the words however they are set apart, small or capital; whole where in Latin."""
    words = person.split()
    if sum(map(len, words)) < SHORTEST:
        raise ValueError(f"a name of fewer than {SHORTEST} letters is found inside other words")
    spelt = f"{_BLANK}+".join(_AM.join(map(re.escape, re.split(_AM, word))) for word in words)
    before = rf"(?<![{_LETTER}])" if words[0][0].isascii() else ""
    after = r"(?![A-Za-z0-9_-])" if words[-1][-1].isascii() else ""
    return re.compile(before + spelt + after, re.IGNORECASE)


def _changed(
    connection: Connection, kind: str, named: re.Pattern[str], mark: str
) -> Iterator[tuple[tuple[Any, ...], dict[str, str]]]:
    """Key and new values of each row that names the person."""
    table, columns = WRITTEN[kind]
    keys = list(table.primary_key)
    for row in connection.execute(select(*keys, *(table.c[name] for name in columns))):
        values = {name: row[len(keys) + place] for place, name in enumerate(columns)}
        new = {name: _without(value, named, mark, table.c[name] in _JSON) for name, value in values.items()}
        if changed := {name: value for name, value in new.items() if value != values[name]}:
            yield tuple(row[: len(keys)]), changed


def _rewrite(connection: Connection, kind: str, named: re.Pattern[str], mark: str) -> int:
    table, _ = WRITTEN[kind]
    more = {"version": measure.c.version + 1, "updated_at": dt.datetime.now(dt.UTC)} if table is measure else {}
    found = list(_changed(connection, kind, named, mark))
    for key, values in found:
        which = (column == value for column, value in zip(table.primary_key, key, strict=True))
        connection.execute(update(table).where(*which).values({**values, **more}))
    return len(found)


def _without(text: str, named: re.Pattern[str], mark: str, as_json: bool) -> str:
    """The text with `mark` for every naming; the very text where there is none."""

    def told(value: str) -> str:
        return named.sub(lambda _: mark, value)

    if not as_json:
        return told(text)
    kept = json.loads(text)
    new = _each_text(kept, told)
    return text if new == kept else json.dumps(new, ensure_ascii=False)


def _each_text(value: Any, told: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return told(value)
    if isinstance(value, list):
        return [_each_text(one, told) for one in value]
    return {name: _each_text(one, told) for name, one in value.items()} if isinstance(value, dict) else value
