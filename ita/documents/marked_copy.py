"""A user's own workbook with every problem marked where it stands: the cell coloured, and what to do in a note.

The marking is done by a child process (marking/child.py): the file is a user's, and taking it apart is not safe.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any
from unicodedata import category

from ita.documents import csv_text, findings
from ita.documents.findings import MOST_PLACES, WORST_FIRST, shown
from ita.documents.template import FONT, LINE_HEIGHT, ROW_MARGIN
from ita.reading import isolation
from ita.reading.package import BROKEN
from ita.reading.problems import Problem, Severity
from ita.reading.refusals import unreadable
from ita.reading.sheet import Fault, Sheet, Value, address
from ita.reading.workbook import read_sheets
from ita.text import LANGUAGES, Say, speaker

AUTHOR = "ITA"
FILLS: Mapping[Severity, str] = {"error": "F4A582", "warning": "FFF3B0", "info": "B3D4F0"}
"""Orange, pale yellow and light blue: they differ in lightness too, for an eye that does not see the colours."""
NOTE_SIZE, SHEET_SIZE = 14, 16  # points
NOTES = 5_000
"""Cells that get a note, the worst first; others are only coloured: Excel is slow to open a file with more of them."""
IN_ONE_NOTE = 8
"""Problems that one note tells; the rest is counted."""
LONGEST_TEXT, LONGEST_NAME = 500, 160
SECONDS = 30
"""That the child may take; the national list takes it one."""

MIME_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "xltm": "application/vnd.ms-excel.template.macroEnabled.12",
}
"""By file ending."""

_CHILD = Path(__file__).parent / "marking" / "child.py"
_LENGTH_BYTES = 8
_PACKAGE = b"PK\x03\x04"
_KINDS = {
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "xltm": "application/vnd.ms-excel.template.macroEnabled.main+xml",
    "xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
"""By file ending, what a workbook says of itself inside: Excel opens it only where the two agree."""
_CONTENTS_BYTES = 2**20  # of the package's table of contents
_CELL = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31
_WIDTHS = (6, 18, 32, 30, 46, 46)
_LOOSER = 1.15
"""How much further apart lines stand where another font takes the place of ours."""
_FILLED = 0.8
"""The part of a line that is full where words go on in the next one whole."""
_WRAPPED = ("heading", "cell", "link", *FILLS)
"""Styles of the check sheet in which a text goes on in the next line of its cell."""

_Place = tuple[str, str]
"""Sheet and cell."""
_Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells."""
_Mark = tuple[Severity, list[tuple[str, str]]]
"""The worst severity in a cell, and heading and text of what is told there."""
_Row = list[tuple[str, str, str | None]]
"""Text, style and link of each cell."""


class NoMarkedCopy(Exception):
    """There can be no marked copy: the file is a Word document, or too large. The text of it is for the user."""


def write(content: bytes, filename: str, problems: Sequence[Problem], language: str) -> bytes:
    """The workbook with every problem's cell coloured and noted, and a sheet put first that lists all of them.

    `problems` are those that reading the same file has told. A workbook in XML (.xlsx, .xlsm) stays what it is in all
    else: formulas with their values, formats, widths, charts, macros, protection, notes. Of any other kind of file, and
    of one that cannot be marked, a new workbook comes back with the values that were read; the first sheet says so.
    Raises UnreadableFile as reading does, NoMarkedCopy for a Word document and for a file too large to be marked.
    """
    say = speaker(language)
    sheets = read_sheets(content, filename)
    if any(sheet.places for sheet in sheets):
        raise NoMarkedCopy(say("marked_copy.of_document"))
    earlier = next((sheet.name for sheet in sheets if _is_check_sheet(sheet)), None)
    sheets = [sheet for sheet in sheets if sheet.name != earlier]
    copy = b""
    if content.startswith(_PACKAGE):
        copy = _marked(_order(sheets, problems, filename, language, replaces=earlier), content)
    if not copy:
        order = _order_of_values(sheets, problems, filename, language)
        copy = _marked({**order, "main_type": _KINDS[ending(content)]}, b"")
    if not copy:
        raise NoMarkedCopy(say("marked_copy.too_large"))
    return copy


def file_name(content: bytes, filename: str, language: str) -> str:
    """What the marked copy of a file is called when it is downloaded."""
    stem = filename.rpartition(".")[0] or filename
    return csv_text.file_name(stem, speaker(language)("marked_copy.file"), ending=ending(content))


def mime_type(content: bytes) -> str:
    """What the marked copy of a file is, in the words of the web."""
    return MIME_TYPES[ending(content)]


def ending(content: bytes) -> str:
    """The file ending that the marked copy of a file has: its own where it is a workbook in XML, else "xlsx"."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open("[Content_Types].xml") as contents:
            head = contents.read(_CONTENTS_BYTES)
    except BROKEN:
        return "xlsx"
    return next((kind for kind, main_type in _KINDS.items() if f'"{main_type}"'.encode() in head), "xlsx")


# What is to be marked


def _order(
    sheets: Sequence[Sheet],
    problems: Sequence[Problem],
    filename: str,
    language: str,
    *,
    replaces: str | None = None,
    values: list[list[Any]] | None = None,
) -> dict[str, Any]:
    """What marking/child.py is to do."""
    say = speaker(language)
    places = _Places(sheets, problems)
    rows = _head(filename, problems, say, of_values=values is not None)
    frozen = len(rows)
    rows += _listed(problems, places, say, language)
    return {
        "marks": _marks(problems, places, say, language),
        "fills": FILLS,
        "author": AUTHOR,
        "openings": [f"{findings.severity_name(one, speaker(other))}: " for other in LANGUAGES for one in WORST_FIRST],
        "font": FONT,
        "note_size": NOTE_SIZE,
        "sheet_size": SHEET_SIZE,
        "check": {
            "name": replaces or _unused(say("marked_copy.sheet"), {sheet.name.casefold() for sheet in sheets}),
            "replaces": replaces,
            "widths": _WIDTHS,
            "frozen": frozen,
            "rows": [[_height(row), row] for row in rows],
        },
        "values": values,
    }


class _Places:
    """Where the problems can be marked in these sheets."""

    def __init__(self, sheets: Sequence[Sheet], problems: Iterable[Problem]) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._merged = {sheet.name: _merged_by_row(sheet, problems) for sheet in sheets if sheet.merged}

    def of(self, problem: Problem) -> _Place | None:
        """A problem's cell, or the first of the merged cells that it is one of; None for a problem without a cell."""
        place = _row_and_column(problem)
        if problem.sheet not in self._sheets or place is None:
            return None
        row, column = place
        for top, left, _, right in self._merged.get(problem.sheet, {}).get(row, ()):
            if left <= column <= right:
                return problem.sheet, address(top, left)
        return problem.sheet, address(row, column)

    def link(self, problem: Problem) -> str | None:
        """What a click leads to: the cell or the sheet. Excel goes to no sheet that is hidden."""
        sheet, place = self._sheets.get(problem.sheet or ""), self.of(problem)
        if sheet is None or not sheet.visible:
            return None
        quoted = sheet.name.replace("'", "''")
        return f"'{quoted}'!{place[1] if place else 'A1'}"


def _row_and_column(problem: Problem) -> tuple[int, int] | None:
    """From 0, of the cell that a problem names."""
    match = _CELL.fullmatch(problem.cell or "")
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _merged_by_row(sheet: Sheet, problems: Iterable[Problem]) -> dict[int, list[_Range]]:
    """The merged cells of a sheet, for each row that a problem is in."""
    rows = sorted({place[0] for one in problems if one.sheet == sheet.name and (place := _row_and_column(one))})
    by_row: dict[int, list[_Range]] = {}
    for merged in sheet.merged:
        for row in rows[bisect_left(rows, merged[0]) : bisect_right(rows, merged[2])]:
            by_row.setdefault(row, []).append(merged)
    return by_row


def _marks(problems: Iterable[Problem], places: _Places, say: Say, language: str) -> dict[str, dict[str, _Mark]]:
    """The mark of every cell, by sheet, the worst cells first."""
    found: dict[_Place, list[Problem]] = {}
    for problem in sorted(problems, key=_rank):
        if (place := places.of(problem)) is not None:
            found.setdefault(place, []).append(problem)
    marks: dict[str, dict[str, _Mark]] = {}
    for number, ((sheet, cell), same) in enumerate(found.items()):
        texts = _note(same, say, language) if number < NOTES else []
        marks.setdefault(sheet, {})[cell] = same[0].severity, texts
    return marks


def _rank(problem: Problem) -> int:
    return WORST_FIRST.index(problem.severity)


def _note(problems: Sequence[Problem], say: Say, language: str) -> list[tuple[str, str]]:
    """Heading and text of each problem in one cell, worst first."""
    texts = [
        (
            f"{findings.severity_name(problem.severity, say)}: {problem.title(language)}",
            f"{shown(problem.told(language), LONGEST_TEXT)}\n{problem.advice(language)}",
        )
        for problem in problems[:IN_ONE_NOTE]
    ]
    more = len(problems) - IN_ONE_NOTE
    return [*texts, (say("marked_copy.more", count=more), "")] if more > 0 else texts


# The sheet that is put first


def _is_check_sheet(sheet: Sheet) -> bool:
    """Whether this is the sheet that an earlier copy was given."""
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    return any(
        sheet.name.startswith(say("marked_copy.sheet")) and first == say("check_sheet.title")
        for say in map(speaker, LANGUAGES)
    )


def _head(filename: str, problems: Sequence[Problem], say: Say, *, of_values: bool) -> list[_Row]:
    """The rows over the list: title, file, verdict, what the colours mean, headings."""
    name = shown(filename, LONGEST_NAME) or findings.NONE
    rows: list[_Row] = [
        [(say("check_sheet.title"), "title", None)],
        [(f"{say('check_sheet.file')}: {name}", "text", None)],
        [(findings.verdict(problems, say), "bold", None)],
    ]
    if of_values:
        rows.append([(say("marked_copy.values_only"), "text", None)])
    legend = [
        (say("marked_copy.colour", severity=findings.severity_name(severity, say), count=f"{count:,}"), severity, None)
        for severity, count in findings.counts(problems).items()
    ]
    headings = ("number", "severity", "where", "kind_of_problem", "found", "to_do")
    rows.append([("", "text", None), *legend])
    rows.append([(say(f"marked_copy.{heading}"), "heading", None) for heading in headings])
    return rows


def _listed(problems: Iterable[Problem], places: _Places, say: Say, language: str) -> list[_Row]:
    """One row per problem, the worst kind first, each with a link to its cell or sheet."""
    rows: list[_Row] = []
    number = 0
    for same in findings.by_kind(problems):
        severity, title = findings.severity_name(same[0].severity, say), same[0].title(language)
        for problem in same[:MOST_PLACES]:
            number += 1
            where = shown(problem.place(language), LONGEST_NAME) or say("check_sheet.whole_file")
            link = places.link(problem)
            rows.append(
                [
                    (str(number), "cell", None),
                    (severity, problem.severity, None),
                    (where, "link" if link else "cell", link),
                    (title, "cell", None),
                    (shown(problem.told(language), LONGEST_TEXT), "cell", None),
                    (problem.advice(language), "cell", None),
                ]
            )
        if len(same) > MOST_PLACES:
            more = say("upload.more_places", count=f"{len(same) - MOST_PLACES:,}")
            blank, told = ("", "cell", None), (more, "cell", None)
            rows.append([blank, (severity, same[0].severity, None), blank, (title, "cell", None), told, blank])
    return rows


def _height(row: _Row) -> int:
    """Points that a row needs: not every program works that out for Thai. Marks over and under letters take no room."""
    lines = [
        ceil(sum(category(character) != "Mn" for character in text) / (_FILLED * width))
        for (text, style, _), width in zip(row, _WIDTHS, strict=False)
        if style in _WRAPPED
    ]
    title = 1.5 if any(style == "title" for _, style, _ in row) else 1
    return ceil(_LOOSER * LINE_HEIGHT * max([title, *lines])) + ROW_MARGIN


def _unused(name: str, taken: set[str]) -> str:
    """The name, numbered where a sheet has it already: to Excel large and small letters are one."""
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


# A workbook of values


def _order_of_values(
    sheets: Sequence[Sheet], problems: Iterable[Problem], filename: str, language: str
) -> dict[str, Any]:
    """The order to write a new workbook with the values of these sheets, and to mark that one."""
    names = _names_for_excel(sheets)
    renamed = [replace(problem, sheet=names.get(problem.sheet or "", problem.sheet)) for problem in problems]
    called = [replace(sheet, name=names[sheet.name]) for sheet in sheets]
    values = [
        [
            sheet.name,
            sheet.visible,
            sheet.merged,
            sorted(sheet.hidden_rows),
            sorted(sheet.hidden_columns),
            [[{"fault": value} if type(value) is Fault else value for value in row] for row in sheet.rows],
        ]
        for sheet in called
    ]
    return _order(called, renamed, filename, language, values=values)


def _names_for_excel(sheets: Iterable[Sheet]) -> dict[str, str]:
    """The names of sheets as Excel takes them, by what they are called in the file."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in sheets:
        bare = _NOT_IN_SHEET_NAMES.sub("_", shown(sheet.name, _LONGEST_SHEET_NAME)).strip("'") or findings.NONE
        names[sheet.name] = _unused(bare, taken)
        taken.add(names[sheet.name].casefold())
    return names


def _moment(value: Value) -> dict[str, str | float]:
    """A date, time or duration in a form that JSON has."""
    if isinstance(value, dt.timedelta):
        return {"timedelta": value.total_seconds()}
    assert isinstance(value, dt.date | dt.time)
    return {type(value).__name__: value.isoformat()}


# The child


def _marked(order: Mapping[str, Any], content: bytes) -> bytes:
    """The copy that the child makes of a workbook; nothing where it cannot. UnreadableFile where none can start."""
    told = json.dumps(order, default=_moment).encode()
    length = len(told).to_bytes(_LENGTH_BYTES, "big")
    answer = isolation.answer_of(_CHILD, length + told + content, "lxml", bytes, SECONDS)
    if answer.end == "busy":
        raise unreadable("ITA-F18")
    return b"".join(answer.lines) if answer.end == "said" else b""
