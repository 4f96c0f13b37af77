"""Taking the example data away again, once an office has its own."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Column, ColumnElement, exists, insert, select, update

from ita.store.changes import told
from ita.store.database import Database
from ita.store.tables import measure, measure_change, result, upload


class Examples(Database):
    """What was stored from an upload marked as an example."""

    def has_examples(self) -> bool:
        """Whether any result that is shown comes from the example."""
        shown = select(result.c.id).where(_of_example(result.c.upload_id), result.c.replaced_at.is_(None))
        with self._reading() as connection:
            return bool(connection.execute(select(exists(shown))).scalar_one())

    def remove_examples(self, *, by: str = "") -> None:
        """Close the example's results and remove its measures; like everything removed, they stay in the history."""
        now = dt.datetime.now(dt.UTC)
        with self._writing() as connection:
            connection.execute(
                update(result)
                .where(_of_example(result.c.upload_id), result.c.replaced_at.is_(None))
                .values(replaced_at=now)
            )
            removed = connection.execute(
                update(measure)
                .where(_of_example(measure.c.upload_id), measure.c.deleted_at.is_(None))
                .values(deleted_at=now, version=measure.c.version + 1)
                .returning(measure.c.id)
            ).scalars()
            if changes := [told(measure_id, "removed", by, now) for measure_id in removed]:
                connection.execute(insert(measure_change), changes)
            self._count_revision(connection)


def _of_example(upload_id: Column[int]) -> ColumnElement[bool]:
    return upload_id.in_(select(upload.c.id).where(upload.c.example))
