"""What was done to each measure, when and by whom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
from sqlalchemy import select

from ita.store.database import Database
from ita.store.tables import measure, measure_change

_CHANGES = {
    "change_id": "int64",
    "changed_at": "datetime64[us, UTC]",
    "changed_by": "str",
    "kind": "str",
    "measure_id": "int64",
    "title": "str",
    "column": "str",
    "before": "str",
    "after": "str",
}


class Changes(Database):
    """The log of changes; it only ever grows."""

    def measure_changes(self, agency_id: int, fiscal_year: int) -> pd.DataFrame:
        """What was done to the measures of an agency and year, the newest first.

        One row per column that a change gave another value, and one (`column` NA) for a change of none: change_id,
        changed_at (UTC), changed_by ("" where nobody had to sign in), kind ("added", "changed", "removed", "restored"),
        measure_id, title (as it is now), column, before and after (texts, NA where there was nothing; a date as
        2022-03-31).
        """
        asked = (
            select(measure_change, measure.c.title)
            .join(measure)
            .where(measure.c.agency_id == agency_id, measure.c.fiscal_year == fiscal_year)
            .order_by(measure_change.c.id.desc())
        )
        with self._reading() as connection:
            changes = connection.execute(asked).all()
        rows = [
            (one.id, one.changed_at, one.changed_by, one.kind, one.measure_id, one.title, column, *values)
            for one in changes
            for column, values in (json.loads(one.changed) or {None: (None, None)}).items()
        ]
        return pd.DataFrame(rows, columns=list(_CHANGES)).astype(_CHANGES)


def told(
    measure_id: int,
    kind: str,
    by: str,
    now: dt.datetime,
    before: Mapping[str, Any] = MappingProxyType({}),
    after: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, object]:
    """A row of `measure_change`: of the columns in `after`, those whose value is another than `before`."""
    changed = {column: (before[column], value) for column, value in after.items() if value != before[column]}
    texts = {column: [_text(value) for value in values] for column, values in changed.items()}
    return {
        "measure_id": measure_id,
        "changed_at": now,
        "changed_by": by,
        "kind": kind,
        "changed": json.dumps(texts, ensure_ascii=False),
    }


def _text(value: Any) -> str | None:
    """A value as a change tells it; None for nothing."""
    return None if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)
