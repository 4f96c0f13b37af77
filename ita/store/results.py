"""Saving results, asking before one replaces another, and finding them again with their history.

A national list is 83,000 scores: what is asked and written here goes in columns, never row by row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Column, ColumnElement, Connection, Row, Select, bindparam, select, update

from ita.assessment import Published
from ita.store.backups import REPLACE
from ita.store.country import save_provinces
from ita.store.database import Database, insert_columns, plain_rows
from ita.store.figures import (
    PRINTED,
    FileFigures,
    Flags,
    Integers,
    Lines,
    differing_lines,
    file_figures,
    lines_of,
    unlike,
)
from ita.store.tables import agency, item_score, result, score, upload
from ita.store.uploads import UPLOAD_COLUMNS, Upload, save_upload, upload_in

MANY = 500
"""From so many agencies on the whole year is read: a longer list of parameters costs more than the rows it saves."""

PUBLISHED_COLUMNS = tuple(result.c[name] for name in PRINTED)


@dataclass(frozen=True, slots=True)
class Saved:
    """How many results (one is an agency in a fiscal year) were added, known already, left as they were, replaced."""

    added: int = 0
    unchanged: int = 0
    kept: int = 0
    replaced: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class StoredResult:
    """One version of a result; `replaced_at` is None for the current one.

    `scores` has one row per indicator in the official order: indicator (int64), score (float64, NaN where open);
    `items` one row per item, o2 before o10: item, score.
    """

    result_id: int
    agency: str
    fiscal_year: int
    scores: pd.DataFrame
    items: pd.DataFrame
    published: Published
    upload: Upload
    replaced_at: dt.datetime | None


class Results(Database):
    """The results and their versions."""

    def save_results(
        self,
        scores: pd.DataFrame,
        published: pd.DataFrame,
        items: pd.DataFrame,
        upload: Upload,
        *,
        replace: Collection[tuple[str, int]] = (),
        provinces: Mapping[str, str] | None = None,
        by: str = "",
    ) -> Saved:
        """Save a file's results, all of them or (should anything fail) none.

        The frames are those of a result reading. A result that is known with other figures stays as it is unless its
        agency and fiscal year are in `replace`: then it is closed and the new one becomes the current one. A file that
        brings nothing new, be it only a part of what is known, leaves no trace; before one replaces anything, the
        database is backed up. `provinces`: of agencies, as the file
        says it; the last file that says it is believed. `by`: who hands it in. Raises ValueError for a row without
        agency or fiscal year, ContradictoryFigures for a file that gives two figures for one thing.
        """
        file = file_figures(scores, published, items)
        replaceable = {(file.key(name), int(year)) for name, year in replace}
        with self._writing() as connection:
            current = _current(connection, file)
            differs = _differing_printed(file, current)
            if not differs.all():  # else each has changed already, whatever its scores
                differs |= sum(_differing(connection, file, current)) > 0
            asked = [file.places[number] in replaceable for number in current.index]
            replaced = current[differs & np.array(asked, dtype=bool)]
            is_new = np.ones(len(file.places), dtype=bool)
            is_new[current.index.difference(replaced.index)] = False
            if len(replaced):
                self.back_up(REPLACE)
            if is_new.any():
                upload_id = save_upload(connection, upload, agencies=len(file.names), by=by)
                _close(connection, replaced["result_id"].tolist())
                _insert(connection, upload_id, file, is_new)
            moved = save_provinces(connection, {file.key(name): where for name, where in (provinces or {}).items()})
            if is_new.any() or moved:
                self._count_revision(connection)
        return Saved(
            added=len(file.places) - len(current),
            unchanged=int((~differs).sum()),
            kept=int(differs.sum()) - len(replaced),
            replaced=len(replaced),
        )

    def conflicts(self, scores: pd.DataFrame, published: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
        """One row per agency and fiscal year that is stored with other figures than the frames bring.

        agency and fiscal_year (what `save_results` takes as `replace`), uploaded_at and file_name of the stored one,
        old_total and new_total as printed (NaN where not), indicators_differ and items_differ (how many scores differ;
        both 0 where only a printed figure does). In the order of the file. Raises as `save_results` does.
        """
        file = file_figures(scores, published, items)
        with self._reading() as connection:
            current = _current(connection, file)
            indicators_differ, items_differ = _differing(connection, file, current)
            uploads = _current_uploads(connection, file)
        differs = _differing_printed(file, current) | (indicators_differ > 0) | (items_differ > 0)
        rows = current.assign(
            new_total=file.printed["total"][current.index],
            indicators_differ=indicators_differ,
            items_differ=items_differ,
        )[differs]
        stored = [uploads[upload_id] for upload_id in rows["upload_id"]]
        rows = rows.assign(uploaded_at=[one.uploaded_at for one in stored], file_name=[one.file_name for one in stored])
        rows = rows.rename(columns={"name": "agency", "total": "old_total"})
        columns = {
            "agency": "str",
            "fiscal_year": "int64",
            "uploaded_at": "datetime64[us, UTC]",
            "file_name": "str",
            "old_total": "float64",
            "new_total": "float64",
            "indicators_differ": "int64",
            "items_differ": "int64",
        }
        return rows[list(columns)].astype(columns).reset_index(drop=True)

    def result(self, agency_id: int, fiscal_year: int) -> StoredResult | None:
        """The current result of an agency in a fiscal year, if there is one."""
        return self._stored(
            _versions().where(
                result.c.agency_id == agency_id, result.c.fiscal_year == fiscal_year, result.c.replaced_at.is_(None)
            )
        )

    def version(self, result_id: int) -> StoredResult | None:
        """One version of a result, current or replaced, by the id that `history` gives."""
        return self._stored(_versions().where(result.c.id == result_id))

    def history(self, agency_id: int, fiscal_year: int) -> pd.DataFrame:
        """One row per version of a result, the newest first.

        result_id, file_name, sha256, uploaded_at, uploaded_by ("" where nobody had to sign in), example, iit, eit, oit,
        total, level (NA where not printed), replaced_at (NaT for the current one); moments are in UTC.
        """
        versions = (
            select(
                result.c.id.label("result_id"),
                upload.c.file_name,
                upload.c.sha256,
                upload.c.uploaded_at,
                upload.c.uploaded_by,
                upload.c.example,
                *PUBLISHED_COLUMNS,
                result.c.replaced_at,
            )
            .join(upload)
            .where(result.c.agency_id == agency_id, result.c.fiscal_year == fiscal_year)
            .order_by(result.c.id.desc())
        )
        with self._reading() as connection:
            rows = connection.execute(versions).all()
        columns = {
            "result_id": "int64",
            "file_name": "str",
            "sha256": "str",
            "uploaded_at": "datetime64[us, UTC]",
            "uploaded_by": "str",
            "example": "bool",
            "iit": "float64",
            "eit": "float64",
            "oit": "float64",
            "total": "float64",
            "level": "str",
            "replaced_at": "datetime64[us, UTC]",
        }
        return pd.DataFrame(rows, columns=list(columns)).astype(columns)

    def _stored(self, one: Select[*tuple[Any, ...]]) -> StoredResult | None:
        with self._reading() as connection:
            row = connection.execute(one).first()
            if row is None:
                return None
            scores = connection.execute(
                select(score.c.indicator, score.c.score)
                .where(score.c.result_id == row.result_id)
                .order_by(score.c.indicator)
            ).all()
            items = connection.execute(
                select(item_score.c.item, item_score.c.score).where(item_score.c.result_id == row.result_id)
            ).all()
        in_order = sorted(items, key=lambda line: (line.item[:1], len(line.item), line.item))
        return StoredResult(
            result_id=row.result_id,
            agency=row.name,
            fiscal_year=row.fiscal_year,
            scores=pd.DataFrame(scores, columns=["indicator", "score"]).astype(
                {"indicator": "int64", "score": "float64"}
            ),
            items=pd.DataFrame(in_order, columns=["item", "score"]).astype({"item": "str", "score": "float64"}),
            published=_published_in(row),
            upload=upload_in(row),
            replaced_at=row.replaced_at,
        )


def _versions() -> Select[*tuple[Any, ...]]:
    """Results with their agency's name and their upload, one row a version."""
    return (
        select(
            result.c.id.label("result_id"),
            agency.c.name,
            agency.c.key,
            result.c.fiscal_year,
            result.c.replaced_at,
            *PUBLISHED_COLUMNS,
            *UPLOAD_COLUMNS,
        )
        .join(agency, result.c.agency_id == agency.c.id)
        .join(upload, result.c.upload_id == upload.c.id)
    )


def _published_in(row: Row[*tuple[Any, ...]]) -> Published:
    return Published(*(row._mapping[column] for column in PUBLISHED_COLUMNS))


def _current(connection: Connection, file: FileFigures) -> pd.DataFrame:
    """The current results of the agencies and years in `file`, in its order, indexed by their numbers there.

    result_id, upload_id, key and name of the agency, fiscal_year, and the columns PRINTED.
    """
    columns = {
        "result_id": result.c.id,
        "upload_id": result.c.upload_id,
        "key": agency.c.key,
        "name": agency.c.name,
        "fiscal_year": result.c.fiscal_year,
        **{name: result.c[name] for name in PRINTED},
    }
    asked = _of_file(select(*columns.values()).select_from(result).join(agency), file)
    rows = pd.DataFrame(plain_rows(connection, asked), columns=list(columns), dtype=object)
    rows = rows.astype({"result_id": "int64", **PRINTED})
    numbers = {place: number for number, place in enumerate(file.places)}
    # Of the file's years not every agency is in it, and of its agencies not every year.
    places = zip(rows["key"].tolist(), rows["fiscal_year"].tolist(), strict=True)
    rows = rows.set_axis(np.array([numbers.get(place, -1) for place in places], dtype="int64"))
    return rows[rows.index >= 0].sort_index()


def _current_uploads(connection: Connection, file: FileFigures) -> dict[int, Upload]:
    """The uploads that current results of the years in `file` come from, by their ids."""
    current = select(result.c.upload_id).where(*_current_in_years_of(file))
    asked = select(upload.c.id, *UPLOAD_COLUMNS).where(upload.c.id.in_(current))
    return {row.id: upload_in(row) for row in connection.execute(asked)}


def _differing_printed(file: FileFigures, current: pd.DataFrame) -> Flags:
    """Of which current results the file prints something else."""
    printed = {name: file.printed[name][current.index] for name in PRINTED}
    columns = [unlike(ours, current[name].to_numpy()) & ~pd.isna(ours) for name, ours in printed.items()]
    return np.logical_or.reduce(columns)


def _differing(connection: Connection, file: FileFigures, current: pd.DataFrame) -> tuple[Integers, Integers]:
    """How many indicators and how many items of each current result differ from the file."""
    known = np.zeros(len(file.places), dtype=bool)
    known[current.index] = True
    indicators, items = (
        differing_lines(ours.of(known), _stored_lines(connection, file, current, code), len(file.places))[current.index]
        for ours, code in ((file.scores, score.c.indicator), (file.items, item_score.c.item))
    )
    return indicators, items


def _stored_lines(connection: Connection, file: FileFigures, current: pd.DataFrame, code: Column[Any]) -> Lines:
    """The scores of the current results that are not open, from the table that `code` belongs to."""
    lines = code.table
    asked = _of_file(select(lines.c.result_id, code, lines.c.score).select_from(lines).join(result).join(agency), file)
    rows = plain_rows(connection, asked.where(lines.c.score.is_not(None)))
    columns = np.fromiter(rows, [("result_id", "i8"), ("code", "O"), ("score", "f8")])
    found = pd.Index(current["result_id"]).get_indexer(columns["result_id"])
    of_file = columns[found >= 0]
    return lines_of(current.index.to_numpy()[found[found >= 0]], of_file["code"], of_file["score"])


def _of_file(rows: Select[*tuple[Any, ...]], file: FileFigures) -> Select[*tuple[Any, ...]]:
    """Of `rows` those of current results that the file may speak of."""
    rows = rows.where(*_current_in_years_of(file))
    return rows if len(file.names) > MANY else rows.where(agency.c.key.in_(file.names))


def _current_in_years_of(file: FileFigures) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return result.c.replaced_at.is_(None), result.c.fiscal_year.in_({year for _, year in file.places})


def _close(connection: Connection, result_ids: list[int]) -> None:
    """Turn current results into replaced ones."""
    closing = update(result).where(result.c.id.in_(bindparam("closed", expanding=True)))
    closing = closing.values(replaced_at=dt.datetime.now(dt.UTC))
    for first in range(0, len(result_ids), MANY):
        connection.execute(closing, {"closed": result_ids[first : first + MANY]})


def _insert(connection: Connection, upload_id: int, file: FileFigures, chosen: Flags) -> None:
    """Write the chosen results as new current ones; agencies that are not known yet are added."""
    numbers = np.flatnonzero(chosen)
    keys, years = zip(*(file.places[number] for number in numbers), strict=True)
    known = _agency_ids(connection, file, keys)
    agency_ids = np.array([known[key] for key in keys])
    of_results = {
        "agency_id": agency_ids,
        "fiscal_year": np.array(years),
        "upload_id": np.full(len(numbers), upload_id),
        **{name: column[numbers] for name, column in file.printed.items()},
    }
    insert_columns(connection, result, of_results)
    written = select(result.c.id).where(result.c.upload_id == upload_id)
    written = written.order_by(result.c.agency_id, result.c.fiscal_year)
    result_ids = np.zeros(len(chosen), dtype="int64")
    result_ids[numbers[np.lexsort((years, agency_ids))]] = connection.execute(written).scalars().all()
    for lines, code in ((file.scores.of(chosen), score.c.indicator), (file.items.of(chosen), item_score.c.item)):
        codes = np.array(lines.codes)[lines.code]
        of_lines = {"result_id": result_ids[lines.result], code.name: codes, "score": lines.score}
        insert_columns(connection, code.table, of_lines)


def _agency_ids(connection: Connection, file: FileFigures, keys: Sequence[str]) -> dict[str, int]:
    """The id of every agency in `keys`, by key; the missing ones are added first."""
    found = select(agency.c.key, agency.c.id)
    if len(keys) <= MANY:
        found = found.where(agency.c.key.in_(keys))
    known = dict(plain_rows(connection, found))
    # In the order of their keys, so that the indexes are written from one end to the other: half the time.
    missing = sorted({key for key in keys if key not in known})
    if missing:
        names = [file.names[key] for key in missing]
        insert_columns(
            connection, agency, {"name": np.array(names, dtype=object), "key": np.array(missing, dtype=object)}
        )
        known = dict(plain_rows(connection, found))
    return known
