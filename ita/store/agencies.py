"""The agencies that the store has results of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import case, exists, func, select

from ita.store.database import Database
from ita.store.tables import agency, result, upload
from ita.thai import fold

FEW = 5
"""An upload of so many agencies or fewer is somebody's own result; one of more is a list that others are found in."""


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency, by the name it was first saved under."""

    agency_id: int
    name: str


class Agencies(Database):
    """Finding an agency, and the years it has results of."""

    def agencies(self, matching: str = "", limit: int = 50) -> pd.DataFrame:
        """One row per agency with a result whose name contains `matching`, however spelt: agency_id, name, newest_year.

        The name itself comes first, then the names that begin with it, then the others; at most `limit` rows.
        """
        wanted = fold(matching)
        rank = case((agency.c.key == wanted, 0), (agency.c.key.startswith(wanted, autoescape=True), 1), else_=2)
        newest = (
            select(func.max(result.c.fiscal_year))
            .where(result.c.agency_id == agency.c.id, result.c.replaced_at.is_(None))
            .scalar_subquery()
        )
        found = (
            select(agency.c.id, agency.c.name, newest)
            .where(agency.c.key.contains(wanted, autoescape=True), newest.is_not(None))
            .order_by(rank, agency.c.name)
            .limit(limit)
        )
        with self._reading() as connection:
            rows = connection.execute(found).all()
        columns = {"agency_id": "int64", "name": "str", "newest_year": "Int64"}
        return pd.DataFrame(rows, columns=list(columns)).astype(columns)

    def agency_count(self) -> int:
        """How many agencies there is a result of."""
        with_result = select(func.count(result.c.agency_id.distinct())).where(result.c.replaced_at.is_(None))
        with self._reading() as connection:
            return int(connection.execute(with_result).scalar_one())

    def agency(self, agency_id: int) -> Agency | None:
        """The agency of that id, if there is one."""
        with self._reading() as connection:
            row = connection.execute(select(agency.c.id, agency.c.name).where(agency.c.id == agency_id)).first()
        return None if row is None else Agency(*row)

    def years(self, agency_id: int) -> list[int]:
        """The fiscal years that the agency has a result of, newest first."""
        years = (
            select(result.c.fiscal_year)
            .where(result.c.agency_id == agency_id, result.c.replaced_at.is_(None))
            .order_by(result.c.fiscal_year.desc())
        )
        with self._reading() as connection:
            return list(connection.execute(years).scalars())

    def newest_agency_id(self) -> int | None:
        """The agency to show when none is chosen, if there is any.

        The first agency of the last file that spoke of only a few (a clerk's own result, not a national list), else the
        first by name.
        """
        current = select(result.c.id).where(result.c.replaced_at.is_(None))
        own_file = (
            select(upload.c.id)
            .where(upload.c.agencies <= FEW, exists(current.where(result.c.upload_id == upload.c.id)))
            .order_by(upload.c.id.desc())
            .limit(1)
        )
        own = (
            select(result.c.agency_id)
            .where(result.c.upload_id == own_file.scalar_subquery(), result.c.replaced_at.is_(None))
            .order_by(result.c.id)
            .limit(1)
        )
        by_name = (
            select(agency.c.id)
            .where(exists(current.where(result.c.agency_id == agency.c.id)))
            .order_by(agency.c.name)
            .limit(1)
        )
        with self._reading() as connection:
            chosen = connection.execute(own).scalar()
            return chosen if chosen is not None else connection.execute(by_name).scalar()
