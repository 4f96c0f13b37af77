"""What a clerk has confirmed of single documents from the commission's remarks: that they were found, or were not."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from ita.store.database import Database
from ita.store.tables import known_item


class KnownItems(Database):
    """Confirmed documents, by agency and the fiscal year of the result they explain."""

    def known_items(self, agency_id: int, fiscal_year: int) -> dict[str, bool]:
        """Whether each document was found, by its code, in the order of the codes; only those that were confirmed."""
        confirmed = (
            select(known_item.c.item, known_item.c.found)
            .where(known_item.c.agency_id == agency_id, known_item.c.fiscal_year == fiscal_year)
            .order_by(known_item.c.item)
        )
        with self._reading() as connection:
            return {row.item: row.found for row in connection.execute(confirmed)}

    def save_known_items(self, agency_id: int, fiscal_year: int, changed: Mapping[str, bool | None]) -> None:
        """Keep what is newly confirmed of these documents, None where it is taken back; of all others nothing changes.

        So what somebody else has confirmed in the meantime stays.
        """
        key = {"agency_id": agency_id, "fiscal_year": fiscal_year}
        rows = [key | {"item": item, "found": found} for item, found in changed.items() if found is not None]
        of_result = [known_item.c[name] == value for name, value in key.items()]
        with self._writing() as connection:
            connection.execute(delete(known_item).where(*of_result, known_item.c.item.in_(list(changed))))
            if rows:
                connection.execute(insert(known_item), rows)
            self._count_revision(connection)
