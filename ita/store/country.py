"""All agencies of a year beside each other: what comparing one with the others needs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from sqlalchemy import Connection, bindparam, delete, select

from ita.store.database import Database, insert_columns, plain_rows
from ita.store.tables import agency, agency_province, result, score


class Country(Database):
    """The current results of many agencies at once."""

    def results_of(self, fiscal_year: int) -> pd.DataFrame:
        """One row per agency (index: agency_id) with a current result of the year, by name.

        name, key (the folded name), province (missing where no list has said it), total and level as printed (missing
        where they are not), and a column for each indicator that anybody has a score of, by its number; NaN where open.
        """
        current = result.c.fiscal_year == fiscal_year, result.c.replaced_at.is_(None)
        head = (
            select(agency.c.id, result.c.id, agency.c.name, agency.c.key, agency_province.c.province)
            .add_columns(result.c.total, result.c.level)
            .select_from(result)
            .join(agency)
            .outerjoin(agency_province, agency_province.c.agency_id == agency.c.id)
            .where(*current)
            .order_by(agency.c.name)
        )
        lines = select(score.c.result_id, score.c.indicator, score.c.score).join(result).where(*current)
        with self._reading() as connection:
            rows = list(plain_rows(connection, head))
            columns = np.fromiter(
                plain_rows(connection, lines.where(score.c.score.is_not(None))),
                [("result_id", "i8"), ("indicator", "i8"), ("score", "f8")],
            )
        names = ["agency_id", "result_id", "name", "key", "province", "total", "level"]
        kinds = {"name": "str", "key": "str", "province": "str", "total": "float64", "level": "str"}
        frame = pd.DataFrame(rows, columns=names).astype({"agency_id": "int64", "result_id": "int64", **kinds})
        indicators, place = np.unique(columns["indicator"], return_inverse=True)
        wide = np.full((len(frame), len(indicators)), np.nan)
        wide[pd.Index(frame["result_id"]).get_indexer(columns["result_id"]), place] = columns["score"]
        scores = pd.DataFrame(wide, columns=indicators.tolist())
        return frame.drop(columns="result_id").join(scores).set_index("agency_id")


def save_provinces(connection: Connection, provinces: Mapping[str, str]) -> bool:
    """Note the provinces of stored agencies, by their keys; whether any was not known so."""
    if not provinces:
        return False
    known = select(agency.c.key, agency.c.id, agency_province.c.province).outerjoin(agency_province)
    moved = [
        (agency_id, provinces[key], before)
        for key, agency_id, before in plain_rows(connection, known)
        if provinces.get(key, before) != before
    ]
    if not moved:
        return False
    outdated = [{"outdated": agency_id} for agency_id, _, before in moved if before is not None]
    if outdated:
        connection.execute(
            delete(agency_province).where(agency_province.c.agency_id == bindparam("outdated")), outdated
        )
    ids, stated, _ = (np.array(column, dtype=object) for column in zip(*moved, strict=True))
    insert_columns(connection, agency_province, {"agency_id": ids, "province": stated})
    return True
