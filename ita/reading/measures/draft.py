"""A measure while its rows are being gathered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ita import thai
from ita.reading.measures.columns import begins, ends, joined
from ita.reading.measures.statuses import NOT_STATED, status_of
from ita.reading.measures.words import TEXTS

_LINE_START = re.compile(rf"\(?[0-9๐-๙]{{1,2}}[.)]|[{thai.DASHES}•●*]")


@dataclass(slots=True)
class Draft:
    """A measure as far as it has been read.

    `cell` is where it is said to stand, `origin` the row and column of that. `counted` is the number before its title
    that was taken for its indicator's, though it may only count the measures.
    """

    indicator: int | None
    title: str
    sheet: str
    cell: str
    fiscal_year: int | None
    origin: tuple[int, int]
    counted: int | None = None
    unclear_status: bool = False
    pieces: dict[str, dict[str, str]] = field(default_factory=dict)
    """The texts of each role, by the label of the column they stand in."""
    origins: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Where each of them begins."""

    def add(self, role: str, label: str, text: str, origin: tuple[int, int], broken: bool) -> None:
        """Join a further text; `broken` says that a page may have cut a sentence in two.

        What stands there already, because its cell is merged down or a page repeats it, is not said twice.
        """
        pieces = self.pieces.setdefault(role, {})
        before = pieces.get(label, "")
        if not before:
            pieces[label], self.origins[role, label] = text, origin
        elif origin != self.origins[role, label] and thai.fold(before) != thai.fold(text):
            same_line = broken and not _LINE_START.match(text)
            pieces[label] = f"{before}{' ' if same_line else chr(10)}{text}"

    def text(self, role: str) -> str:
        """What the columns of a role say together."""
        return joined(role, self.pieces.get(role, {}))

    def place(self, role: str) -> tuple[int, int]:
        """Where the text of a role begins."""
        return self.origins[role, next(iter(self.pieces[role]))]

    @property
    def period(self) -> thai.Period:
        """The days that are understood; the beginning or the end alone where the other column is empty."""
        pieces = self.pieces.get("period", {})
        period = thai.period(joined("period", pieces), self.fiscal_year)
        if len(pieces) != 1 or period != thai.Period():
            return period
        ((label, text),) = pieces.items()
        period = thai.period(text, self.fiscal_year)
        if begins(label):
            return thai.Period(start=period.start)
        return thai.Period(end=period.end) if ends(label) else thai.Period()

    @property
    def status(self) -> str | None:
        """The status that is stated, None where nothing is or where it is not understood."""
        return None if self.unclear_status else status_of(self.text("status"))

    def row(self) -> dict[str, Any]:
        """The measure as a row of `MeasureReading.measures`."""
        period, proposed = self.period, status_of(self.text("result"))
        return {
            "indicator": self.indicator,
            "title": self.title,
            **{role: self.text(role) for role in TEXTS},
            "period_text": self.text("period"),
            "period_start": period.start,
            "period_end": period.end,
            "status": self.status or NOT_STATED,
            "proposed_status": None if proposed == NOT_STATED else proposed,
            "sheet": self.sheet,
            "cell": self.cell,
        }
