"""The columns of a table of measures, and which of them is read for what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ita import thai
from ita.reading.measures.amounts import percent_of, says_share
from ita.reading.measures.naming import item_codes, naming, nearly_named
from ita.reading.measures.statuses import is_mark_of_time, says_only_status
from ita.reading.measures.words import STEPS_TOO, TEXTS, TITLES, WORK, Meaning, is_short_time, mark, meaning

FEWEST_MARKS = 2
"""Columns of marks stand side by side: one alone is no choice between statuses."""
FEWEST_MONTHS = 3
"""Columns of months or quarters that make a plan, in which a mark says when something is done."""
_ROUND = re.compile("รอบ|ครึ่ง|ไตรมาส|ระยะที่|ครั้งที่|เดือน|half|quarter|round|month")
_STARTS = re.compile("เริ่ม|ตั้งแต่|^start|^from|^begin")
_ENDS = re.compile("สิ้นสุด|เสร็จ|ถึง|ครบกำหนด|^end|^finish|^to|^due")


@dataclass(frozen=True, slots=True)
class Part:
    """Columns that are read together, and what is written before their text where a role has several of them."""

    columns: range
    label: str = ""


@dataclass(frozen=True, slots=True)
class Spare:
    """A column that is not read. `used`: the heading of the one that is read in its place, "" where there is none."""

    heading: str
    used: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands over one column, or over several that one cell heads: its texts from top to bottom."""

    columns: range
    texts: tuple[str, ...]
    parent: tuple[int, int] | None
    """The cell that heads this column and others."""

    @property
    def heading(self) -> str:
        return " ".join(self.texts)

    @property
    def label(self) -> str:
        return self.texts[-1]

    @property
    def meaning(self) -> Meaning | None:
        """The lowest heading decides; where it says nothing, all together, then those above it."""
        for text in (self.texts[-1], self.heading, *reversed(self.texts[:-1])):
            if found := meaning(text):
                return found
        return None

    @property
    def status(self) -> str | None:
        """The status whose marks stand in this column."""
        return mark(self.label)

    @property
    def is_time(self) -> bool:
        """Whether it is headed by nothing but a month or quarter, with a year over it or without."""
        return self.meaning is None and is_short_time(self.label)


class Choice:
    """Decides which columns are read for which role."""

    def __init__(self, columns: list[Column], contents: Callable[[Column], Iterator[str]]) -> None:
        self._contents = contents
        self._open = list(columns)
        self._spare: dict[int, Spare] = {}
        self._roles: dict[str, tuple[Part, ...]] = {}
        marked = [column for column in columns if column.status]
        self.ticks: dict[int, str] = {}
        if len({column.status for column in marked}) >= FEWEST_MARKS:
            self.ticks = {place: column.label for column in marked for place in column.columns}
            self._open = [column for column in columns if column not in marked]

    def roles(self) -> Mapping[str, tuple[Part, ...]]:
        """The columns of each role that the table has."""
        if self.ticks:
            self._roles["status"] = tuple(Part(range(place, place + 1)) for place in self.ticks)
        self._choose_title()
        self._choose_months()
        self._settle_by_contents()
        for role in (*TEXTS, *WORK, "indicator"):
            self._choose(role, [*self._of(role), *(self._solutions() if role == "suggestion" else [])])
        self._choose("steps", [column for role in STEPS_TOO for column in self._of(role)])
        return self._roles

    def spare(self) -> Mapping[int, Spare]:
        """The columns that nobody reads, for the roles are chosen; the numbers of rows are no loss."""
        left = {
            place: Spare(column.heading)
            for column in self._open
            if (found := column.meaning) is None or found.role != "order"
            for place in column.columns
        }
        return left | self._spare

    def _of(self, *roles: str) -> list[Column]:
        return [column for column in self._open if (found := column.meaning) and found.role in roles]

    def _take(self, role: str, columns: Sequence[Column], labelled: bool = False) -> None:
        alike = len({column.label for column in columns}) < len(columns)
        labels = [column.heading if alike else column.label for column in columns] if labelled else [""] * len(columns)
        self._roles[role] = tuple(Part(column.columns, label) for column, label in zip(columns, labels, strict=True))
        self._open = [column for column in self._open if column not in columns]

    def _choose(self, role: str, candidates: list[Column]) -> None:
        """Take the first of the columns that may have this role, with those that belong to it."""
        if not candidates:
            return
        if role in self._roles:
            used = self.ticks[min(self.ticks)] if role == "status" and self.ticks else ""
            if used:
                self._set_aside(candidates, used)
            return
        first = candidates[0]
        belonging = [column for column in candidates if column is first or _belongs(column, first, role)]
        self._take(role, belonging, labelled=len(belonging) > 1)
        self._set_aside([column for column in candidates if column not in belonging], first.heading)

    def _set_aside(self, columns: Sequence[Column], used: str) -> None:
        self._spare |= {place: Spare(column.heading, used) for column in columns for place in column.columns}
        self._open = [column for column in self._open if column not in columns]

    def _choose_title(self) -> None:
        """The surest heading of a measure; the indicators' own column where there is no other."""
        for role in (*TITLES, "indicator"):
            if candidates := self._of(role):
                self._take("title", candidates[:1])
                if role == "title":
                    self._set_aside(candidates[1:], candidates[0].heading)
                return

    def _choose_months(self) -> None:
        """Months that stand under no heading of a period are the period where they hold nothing but marks."""
        months = [column for column in self._open if column.is_time]
        marked = all(is_mark_of_time(text) for column in months for text in self._contents(column))
        if len(months) >= FEWEST_MONTHS and marked and not self._of("period"):
            self._take("period", months, labelled=True)

    def _settle_by_contents(self) -> None:
        """Give the columns whose headings leave it open the role that their contents show."""
        for column in self._of("progress", "remark"):
            told = list(self._contents(column))
            if "status" not in self._roles and told and all(map(says_only_status, told)) and not self._of("status"):
                self._take("status", [column])
        for column in self._of("progress"):
            told = list(self._contents(column))
            if "percent" not in self._roles and told and all(map(_says_only_share, told)) and not self._of("percent"):
                self._take("percent", [column])
        in_words = [column for column in self._of("percent") if self._tells_in_words(column)]
        self._choose("result", [*self._of("result"), *self._of("progress"), *in_words])
        for column in self._of("indicator"):
            if not any(map(_names_indicator, self._contents(column))) and any(
                naming(text).stated for text in self._contents(self._title())
            ):
                self._set_aside([column], "")
        if not self._of("indicator"):
            for column in self._of("issue")[:1]:
                if any(map(_names_indicator, self._contents(column))):
                    self._take("indicator", [column])

    def _solutions(self) -> list[Column]:
        """The approaches that stand right beside the problems met: how to solve these, not how the measure is done."""
        beside = {column.columns[-1] + 1 for column in self._of("problem")}
        return [column for column in self._of("approach") if column.columns[0] in beside]

    def _tells_in_words(self, column: Column) -> bool:
        """Whether a column that is headed as a share has texts instead."""
        told = list(self._contents(column))
        return bool(told) and not any(thai.number(text) is not None for text in told)

    def _title(self) -> Column:
        return Column(self._roles["title"][0].columns, (), None)


def _belongs(column: Column, first: Column, role: str) -> bool:
    """Whether two columns of one role say one thing together: under one heading, by rounds, or from and to."""
    if role == "evidence":
        return True
    if role == "budget":
        return False
    if first.parent is not None and column.parent == first.parent:
        return True
    labels = first.label, column.label
    if role == "period":
        return begins(labels[0]) and ends(labels[1])
    return role in ("result", "status", "percent") and all(
        _ROUND.search(thai.fold(each.heading)) for each in (column, first)
    )


def _names_indicator(text: str) -> bool:
    return naming(text).stated is not None or bool(item_codes(text)) or nearly_named(text) is not None


def _says_only_share(text: str) -> bool:
    return says_share(text) and percent_of(text) is not None


def begins(label: str) -> bool:
    """Whether a period's first day stands under this heading."""
    return _STARTS.search(thai.fold(label)) is not None


def ends(label: str) -> bool:
    """Whether a period's last day stands under this heading."""
    return _ENDS.search(thai.fold(label)) is not None


def joined(role: str, pieces: Mapping[str, str]) -> str:
    """The text of a role from its pieces, by their labels: each with its label before it, but a period from and to."""
    labels = list(pieces)
    if role == "period" and len(labels) == 2 and begins(labels[0]) and ends(labels[1]):
        return " – ".join(piece.replace("\n", " ") for piece in pieces.values())
    return "\n".join(f"{label}: {piece}" if label else piece for label, piece in pieces.items())
