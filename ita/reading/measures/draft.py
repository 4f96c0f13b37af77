"""A measure while its rows are being gathered."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from ita import thai
from ita.reading.measures.amounts import budget_of, percent_of
from ita.reading.measures.columns import begins, ends, joined
from ita.reading.measures.statuses import NOT_STATED, status_of
from ita.reading.measures.words import TEXTS

_LINE_START = re.compile(rf"^(?:\(?[0-9๐-๙]{{1,2}}[.)]|[{thai.DASHES}•●*])")
_PROOF = re.compile(r"^(?:หลักฐาน|evidence)\s*:\s*(?P<proof>\S.*)\Z", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_SHARE_OF_STATUS = re.compile(r"\(\s*([0-9]{1,3}\s*%)\s*\)")
_SEPARATORS = r"[\n,;]|และ"


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
    unclear_percent: bool = False
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

    def last(self, role: str) -> str:
        """What the last of a role's columns says, the newest round's; "" where none says anything."""
        return next(reversed(self.pieces.get(role, {}).values()), "")

    def place(self, role: str) -> tuple[int, int]:
        """Where the text of a role begins."""
        return self.origins[role, next(iter(self.pieces[role]))]

    @property
    def period(self) -> thai.Period:
        """The days that are understood: from the first day of any of the periods to the last."""
        return _over(self.periods)

    @property
    def periods(self) -> list[thai.Period]:
        """The period that is stated, or several that stand below each other; none where one is not understood.

        The beginning or the end alone where the other column is empty.
        """
        pieces = self.pieces.get("period", {})
        whole = thai.period(joined("period", pieces), self.fiscal_year)
        if whole != thai.Period():
            return [whole]
        if len(pieces) == 1:
            ((label, text),) = pieces.items()
            alone = thai.period(text, self.fiscal_year)
            if begins(label):
                return [thai.Period(start=alone.start)]
            if ends(label):
                return [thai.Period(end=alone.end)]
        for between in ("\n", _SEPARATORS):
            parts = re.split(between, "\n".join(pieces.values()))
            bare = [text for part in parts if (text := _LINE_START.sub("", part).strip())]
            periods = [thai.period(text, self.fiscal_year) for text in bare]
            if thai.Period() not in periods:
                return periods
        return []

    @property
    def status(self) -> str | None:
        """The status that is stated, of several rounds in the last; None where nothing is or it is not understood."""
        stated = self.last("status")
        return status_of(stated) if stated and not self.unclear_status else None

    @property
    def percent(self) -> float | None:
        """How far the measure is, of several rounds in the last; None where it is not stated or not understood.

        Where no column states it, the status may: "อยู่ระหว่างดำเนินการ (60%)".
        """
        if "percent" not in self.pieces:
            share = _SHARE_OF_STATUS.search(thai.arabic_digits(self.last("status")))
            return percent_of(share[1]) if share else None
        return percent_of(self.last("percent")) if not self.unclear_percent else None

    @property
    def _proven_result(self) -> tuple[str, str]:
        """The result, and what proves it: where no column states that, the last lines of the result may."""
        result, proof = self.text("result"), self.text("evidence")
        if not proof and (said := _PROOF.search(result)):
            return result[: said.start()].rstrip(), said["proof"]
        return result, proof

    def row(self) -> dict[str, Any]:
        """The measure as a row of `MeasureReading.measures`."""
        period, (result, proof) = self.period, self._proven_result
        proposed = status_of(result)
        return {
            "indicator": self.indicator,
            "title": self.title,
            **{role: self.text(role) for role in TEXTS},
            "result": result,
            "period_text": self.text("period"),
            "period_start": period.start,
            "period_end": period.end,
            "status": self.status or NOT_STATED,
            "percent": None if self.percent is None else math.floor(self.percent + 0.5),
            "budget": budget_of(self.text("budget")),
            "evidence": proof,
            "proposed_status": None if proposed == NOT_STATED else proposed,
            "sheet": self.sheet,
            "cell": self.cell,
        }


def _over(periods: list[thai.Period]) -> thai.Period:
    """From the first day of any period to the last; without the one that some period leaves open."""
    starts, ends = [period.start for period in periods], [period.end for period in periods]
    return thai.Period(
        None if None in starts or not starts else min(start for start in starts if start),
        None if None in ends or not ends else max(end for end in ends if end),
    )
