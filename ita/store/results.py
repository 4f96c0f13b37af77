"""Saving results, asking before one replaces another, and finding them again with their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Column, Connection, Row, Select, bindparam, insert, select, update

from ita.assessment import Published
from ita.store.database import Database
from ita.store.figures import AgencyYear, Figures, FileFigures, file_figures
from ita.store.tables import agency, item_score, result, score, upload
from ita.store.uploads import UPLOAD_COLUMNS, Upload, save_upload, upload_in
from ita.thai import fold

MANY = 500
"""From so many agencies on the whole year is read: a longer list of parameters costs more than the rows it saves."""

PUBLISHED_COLUMNS = (result.c.iit, result.c.eit, result.c.oit, result.c.total, result.c.level)


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


@dataclass(frozen=True, slots=True)
class _Current:
    """A current result as it is compared with a file: its figures, and where they came from."""

    result_id: int
    name: str
    file_name: str
    uploaded_at: dt.datetime
    figures: Figures


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
    ) -> Saved:
        """Save a file's results, all of them or (should anything fail) none.

        The frames are those of a result reading. A result that is known with other figures stays as it is unless its
        agency and fiscal year are in `replace`: then it is closed and the new one becomes the current one. A file that
        brings nothing new leaves no trace. Raises ValueError for a row without agency or fiscal year,
        ContradictoryFigures for a file that gives two figures for one thing.
        """
        file = file_figures(scores, published, items)
        replaceable = {(fold(name), int(year)) for name, year in replace}
        with self._writing() as connection:
            current = _current_results(connection, file)
            added: list[AgencyYear] = []
            replaced: list[AgencyYear] = []
            unchanged = kept = 0
            for place, figures in file.figures.items():
                if place not in current:
                    added.append(place)
                elif current[place].figures.same_as(figures):
                    unchanged += 1
                elif place in replaceable:
                    replaced.append(place)
                else:
                    kept += 1
            if added or replaced:
                new = {place: file.figures[place] for place in (*added, *replaced)}
                upload_id = save_upload(connection, upload, agencies=len(file.names))
                _close(connection, [current[place].result_id for place in replaced])
                _insert(connection, upload_id, new, file.names)
                self._count_revision(connection)
        return Saved(len(added), unchanged, kept, len(replaced))

    def conflicts(self, scores: pd.DataFrame, published: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
        """One row per agency and fiscal year that is stored with other figures than the frames bring.

        agency and fiscal_year (what `save_results` takes as `replace`), uploaded_at and file_name of the stored one,
        old_total and new_total as printed (NaN where not), indicators_differ and items_differ (how many scores differ;
        both 0 where only a printed figure does). In the order of the file. Raises as `save_results` does.
        """
        file = file_figures(scores, published, items)
        with self._reading() as connection:
            current = _current_results(connection, file)
        rows = [
            (
                stored.name,
                place[1],
                stored.uploaded_at,
                stored.file_name,
                stored.figures.published.total,
                figures.published.total,
                stored.figures.differing_scores(figures),
                stored.figures.differing_items(figures),
            )
            for place, figures in file.figures.items()
            if (stored := current.get(place)) is not None and not stored.figures.same_as(figures)
        ]
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
        return pd.DataFrame(rows, columns=list(columns)).astype(columns)

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

        result_id, file_name, sha256, uploaded_at, example, iit, eit, oit, total, level (NA where not printed),
        replaced_at (NaT for the current one); moments are in UTC.
        """
        versions = (
            select(
                result.c.id.label("result_id"),
                upload.c.file_name,
                upload.c.sha256,
                upload.c.uploaded_at,
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


def _current_results(connection: Connection, file: FileFigures) -> dict[AgencyYear, _Current]:
    """The current results of the agencies and years in `file`, in three questions however many there are."""
    years = {year for _, year in file.figures}

    def of_file(rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        rows = rows.where(result.c.replaced_at.is_(None), result.c.fiscal_year.in_(years))
        return rows if len(file.names) > MANY else rows.where(agency.c.key.in_(file.names))

    current: dict[AgencyYear, _Current] = {}
    figures: dict[int, Figures] = {}
    for row in connection.execute(of_file(_versions())):
        of_row = figures[row.result_id] = Figures(published=_published_in(row))
        current[row.key, row.fiscal_year] = _Current(row.result_id, row.name, row.file_name, row.uploaded_at, of_row)
    if current:
        for result_id, indicator, value in connection.execute(of_file(_lines(score.c.indicator, score.c.score))):
            figures[result_id].scores[indicator] = value
        for result_id, item, value in connection.execute(of_file(_lines(item_score.c.item, item_score.c.score))):
            figures[result_id].items[item] = value
    return current


def _lines(code: Column[Any], value: Column[Any]) -> Select[*tuple[Any, ...]]:
    """The scores in one of the two score tables, joined with the result and agency that they belong to."""
    lines = code.table
    return select(lines.c.result_id, code, value).select_from(lines).join(result).join(agency)


def _close(connection: Connection, result_ids: list[int]) -> None:
    """Turn current results into replaced ones."""
    if result_ids:
        now = dt.datetime.now(dt.UTC)
        closing = update(result).where(result.c.id == bindparam("closed_id")).values(replaced_at=bindparam("now"))
        connection.execute(closing, [{"closed_id": result_id, "now": now} for result_id in result_ids])


def _insert(
    connection: Connection, upload_id: int, figures: Mapping[AgencyYear, Figures], names: Mapping[str, str]
) -> None:
    """Write new current results; agencies that are not known yet are added under the name in `names`."""
    agency_ids = _agency_ids(connection, [key for key, _ in figures], names)
    result_rows = [
        {
            "agency_id": agency_ids[key],
            "fiscal_year": year,
            "upload_id": upload_id,
            "iit": one.published.iit,
            "eit": one.published.eit,
            "oit": one.published.oit,
            "total": one.published.total,
            "level": one.published.level,
        }
        for (key, year), one in figures.items()
    ]
    connection.execute(insert(result), result_rows)
    written = select(result.c.id, result.c.agency_id, result.c.fiscal_year).where(result.c.upload_id == upload_id)
    result_ids = {(row.agency_id, row.fiscal_year): row.id for row in connection.execute(written)}
    by_result = [(result_ids[agency_ids[key], year], one) for (key, year), one in figures.items()]
    score_rows = [
        {"result_id": result_id, "indicator": indicator, "score": value}
        for result_id, one in by_result
        for indicator, value in one.scores.items()
    ]
    item_rows = [
        {"result_id": result_id, "item": item, "score": value}
        for result_id, one in by_result
        for item, value in one.items.items()
    ]
    for table, rows in ((score, score_rows), (item_score, item_rows)):
        if rows:
            connection.execute(insert(table), rows)


def _agency_ids(connection: Connection, keys: Iterable[str], names: Mapping[str, str]) -> dict[str, int]:
    """The id of every agency in `keys`, by key; the missing ones are added first."""
    wanted = list(dict.fromkeys(keys))
    found = select(agency.c.key, agency.c.id)
    if len(wanted) <= MANY:
        found = found.where(agency.c.key.in_(wanted))
    known = {row.key: row.id for row in connection.execute(found)}
    missing = [{"key": key, "name": names[key]} for key in wanted if key not in known]
    if missing:
        connection.execute(insert(agency), missing)
        known = {row.key: row.id for row in connection.execute(found)}
    return known
