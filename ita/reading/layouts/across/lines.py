"""The rows below a heading: which are results, whose and of which year, and which are left out."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

from ita import thai
from ita.reading import names
from ita.reading.layouts.across.heading import Heading, is_name, may_be_heading
from ita.reading.layouts.table import Numbers, merged_values, numbers
from ita.reading.names import Meaning
from ita.reading.problems import Problem, Severity
from ita.reading.sheet import Sheet, Value, address

SAMPLE = 50
"""Lines that are looked at to tell what a column holds."""
T = TypeVar("T")


class Body:
    """The rows under a heading. A label that is merged over several rows or columns holds for all of them."""

    def __init__(self, sheet: Sheet, heading: Heading, rows: range) -> None:
        self._sheet, self._heading, self._rows = sheet, heading, rows
        self._columns = list(zip(*sheet.rows[rows.start : rows.stop], strict=True)) or [()] * heading.span.stop
        self._places = [column.place for column in heading.columns]
        self._measured = {column.place: column.what for column in heading.measured}
        self._numbers = {place: numbers(self._columns[place]) for place in self._places}
        self.labels = self._labels() if len(rows) else dict(heading.labels)
        self._said_in = self._values_of_labels()
        self._summaries = self._names_of_summaries()

    def numbers(self, place: int, rows: np.ndarray) -> Numbers:
        """What these rows hold in a column of figures."""
        return self._numbers[place].take(rows - self._rows.start)

    def lines(self) -> tuple[list[int], dict[str, list[object]], list[Problem]]:
        """The rows that hold a result, what they say by column of LINE, and a problem for each that was left out."""
        named: dict[int, str] = self._regular()
        sections: list[tuple[int, str]] = []
        problems: list[Problem] = []
        for row in self._rows if len(named) < len(self._rows) else ():
            if row in named:
                continue
            if all(self._sheet.rows[row][place] is None for place in self._places):
                section = self._section(row)
                sections += [(row, section)] if section else []
                problems += self._without_scores(row)
                continue
            match self._read(row):
                case Problem() as problem:
                    problems.append(problem)
                case str() as agency:
                    named[row] = agency
        rows = sorted(named)
        return rows, self._said(rows, named, sections), problems

    def _said(
        self, rows: list[int], agencies: Mapping[int, str], sections: Sequence[tuple[int, str]]
    ) -> dict[str, list[object]]:
        """The columns of `lines` for these rows."""
        said: dict[str, list[object]] = {
            "agency": [agencies[row] or None for row in rows],
            "fiscal_year": self._each(rows, "fiscal_year", names.fiscal_year),
            "kind": self._each(rows, "kind", lambda value: thai.tidy(value) if isinstance(value, str) else None),
            "district": self._each(rows, "district", names.district),
            "province": self._each(rows, "province", names.province),
        }
        if sections:
            begins = [row for row, _ in sections]
            under = (bisect(begins, row) for row in rows)
            pairs = zip(said["province"], under, strict=True)
            said["province"] = [stated or (sections[count - 1][1] if count else None) for stated, count in pairs]
        return said

    def _each(self, rows: Sequence[int], name: str, reads: Callable[[Value], T | None]) -> list[object]:
        """What a label column says in each of the rows."""
        if name not in self.labels:
            return [None] * len(rows)
        every = self._said_in[name]
        values = [every[row - self._rows.start] for row in rows]
        known = {value: reads(value) for value in set(values)}
        return [known[value] for value in values]

    def _regular(self) -> dict[int, str]:
        """The name in each row that is plainly a result: numbers only, with decimals among them, beside an agency."""
        if "agency" not in self.labels:
            return {}
        is_plain = np.ones(len(self._rows), dtype=bool)
        has_decimals = np.zeros(len(self._rows), dtype=bool)
        for place in self._measured:
            exact, plain, _ = self._numbers[place]
            is_plain &= plain
            has_decimals |= np.nan_to_num(exact) % 1 != 0
        if (stated := self._said_in.get("fiscal_year")) is not None:
            years = {value for value in set(stated) if names.fiscal_year(value) is not None}
            is_plain &= np.array([value in years for value in stated], dtype=bool)
        agencies = self._said_in["agency"]
        rows = [
            position
            for position in np.flatnonzero(is_plain & has_decimals).tolist()
            if isinstance(agencies[position], str) and agencies[position] not in self._summaries
        ]
        tidied = thai.tidied([str(agencies[position]) for position in rows])
        return {self._rows[position]: name for position, name in zip(rows, tidied, strict=True) if name}

    def _names_of_summaries(self) -> set[str]:
        """The names in the column of agencies that are none: a mean, the full marks."""
        return names.summaries({value for value in self._said_in.get("agency", ()) if isinstance(value, str)})

    def _read(self, row: int) -> str | Problem | None:
        """Whose result is in a row ("" where it does not say), or why it is left out; None for a heading or note."""
        cells = self._sheet.rows[row]
        agency = self._label(row, "agency")
        name = thai.tidy(agency) if is_name(agency) and isinstance(agency, str) else None
        if (summary := self._summary(row, agency, name)) is not None:
            return self._left_out("ITA-T10", "info", row, summary)
        if self._is_heading(cells, agency):
            return None
        if not any(thai.number(cells[place]) is not None for place in self._places):
            if name is None or all(cells[place] is None for place in self._measured):
                return None
            if all(names.says_not_assessed(cells[place]) or thai.is_blank(cells[place]) for place in self._places):
                return self._left_out("ITA-T12", "warning", row, agency)
        stated = self._label(row, "fiscal_year")
        if names.fiscal_year(stated) is None and not thai.is_blank(stated):
            return self._left_out("ITA-T14", "error", row, stated, "fiscal_year")
        if "agency" in self.labels and name is None:
            name = self._name_above(row, names.fiscal_year(stated)) if thai.is_blank(agency) else None
            if name is None:
                return self._left_out("ITA-T11", "warning", row, agency)
        return name or ""

    def _name_above(self, row: int, year: int | None) -> str | None:
        """The name of the rows above where this one leaves it out and is of another year than they are."""
        years = {year}
        for above in range(row - 1, self._rows.start - 1, -1):
            stated = names.fiscal_year(self._label(above, "fiscal_year"))
            if stated is None or stated in years:
                return None
            years.add(stated)
            agency = self._label(above, "agency")
            if isinstance(agency, str) and not thai.is_blank(agency):
                return thai.tidy(agency)
        return None

    def _label(self, row: int, name: str) -> Value:
        return self._said_in[name][row - self._rows.start] if name in self._said_in else None

    def _values_of_labels(self) -> dict[str, list[Value]]:
        """The label columns row by row, a value that is merged over several rows or columns on all of them."""
        merged = dict(merged_values(self._sheet, self._rows, set(self.labels.values())))
        return {
            name: [
                merged.get((row, column)) if value is None else value
                for row, value in zip(self._rows, self._columns[column], strict=True)
            ]
            for name, column in self.labels.items()
        }

    def _labels(self) -> dict[str, int]:
        """The label columns, also those without a heading that hold agencies or years before the first figure."""
        labels = dict(self._heading.labels)
        first = min(self._places)
        lines = (
            self._sheet.rows[row]
            for row in self._rows
            if any(thai.number(self._sheet.rows[row][place]) is not None for place in self._places)
        )
        sample = list(islice(lines, SAMPLE))
        says: tuple[tuple[str, Callable[[Value], object]], ...] = (
            ("agency", agency_or_province),
            ("fiscal_year", names.fiscal_year),
        )
        for label, reads in says:
            taken = {*labels.values(), *self._places}
            free = (c for c in self._heading.span if c not in taken and (c < first or label == "agency"))
            for column in free if label not in labels else ():
                if 2 * sum(reads(cells[column]) is not None for cells in sample) > len(sample):
                    labels[label] = column
                    break
        if "agency" not in labels and "province" in labels:  # a list of provinces
            labels["agency"] = labels.pop("province")
        return labels

    def _summary(self, row: int, agency: Value, name: str | None) -> str | None:
        """The name of a row that sums up others; with a blank agency it may stand in any cell before the figures."""
        if name is not None:
            return name if agency in self._summaries else None
        before = self._sheet.rows[row][self._heading.span.start : min(self._places)]
        return next((text for text in before if isinstance(text, str) and names.is_summary(text)), None)

    def _is_heading(self, cells: Sequence[Value], agency: Value) -> bool:
        """Whether this is the heading once more, or a line of it: column numbers, full marks."""
        if not may_be_heading(cells):
            return False
        return (
            names.role_of(agency) == "agency"
            or all(_says(cells[place], what) for place, what in self._measured.items())
            or self._numbers_columns(cells)
        )

    def _numbers_columns(self, cells: Sequence[Value]) -> bool:
        """Whether this line only numbers the columns: (4) (5) (6)."""
        numbers = [thai.number(str(cells[place]).strip("() ")) for place in self._places]
        first = numbers[0]
        return (
            len(numbers) > 1
            and first is not None
            and numbers == [first + place - self._places[0] for place in self._places]
        )

    def _section(self, row: int) -> str | None:
        """The province that a line without figures opens a section with."""
        texts = [value for value in self._sheet.rows[row] if value is not None]
        return names.province_in(texts[0]) if len(texts) == 1 and isinstance(texts[0], str) else None

    def _without_scores(self, row: int) -> Iterator[Problem]:
        """An agency that stands in the list without any figure; a title or note has no other cell filled."""
        agency = self._label(row, "agency")
        filled = sum(self._sheet.rows[row][column] is not None for column in self._heading.span)
        if agency_or_province(agency) and filled > 1:
            yield self._left_out("ITA-T12", "warning", row, agency)

    def _left_out(self, code: str, severity: Severity, row: int, found: Value, label: str = "agency") -> Problem:
        cells = self._sheet.rows[row]
        column = cells.index(found) if found in cells else self.labels.get(label, 0)
        text = "" if found is None else thai.tidy(str(found)).removesuffix(".0")
        return Problem(code, severity, self._sheet.name, address(row, column), text)


def agency_or_province(value: Value) -> str | None:
    return names.agency_in(value) or names.province_in(value) if isinstance(value, str) else None


def _says(value: Value, what: Meaning) -> bool:
    return what in (names.indicator_named(value), names.numbered(value), names.item_named(value))
