"""The bytes of a file as sheets of plain values, with no file able to harm this process.

Three steps: the first bytes say what the file is (kinds.py); the directory of a package says what it would unpack to
(package.py); then a child process with limits on memory and time does the reading (isolation.py): child.py for a
workbook, delimited.py for a text with a table, word_child.py for a Word document.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from ita.reading import isolation
from ita.reading.kinds import COMPOUND, refuse_misleading_name, refuse_other_compounds, refuse_other_kinds
from ita.reading.package import ZIP, kind_of_package
from ita.reading.problems import UnreadableFile
from ita.reading.refusals import MISLEADING, presentable, refusal, unreadable
from ita.reading.sheet import Fault, Sheet, Value

MEGABYTE = 2**20
FILE_MEGABYTES = 20  # a national list of one year has 1.2

HERE = Path(__file__).parent
CHILD, TEXT_CHILD, WORD_CHILD = HERE / "child.py", HERE / "delimited.py", HERE / "word_child.py"
SECOND_LOOK, SECOND_LOOK_SECONDS = HERE / "second_look.py", 3.0
CALAMINE, DOCX = "python_calamine", "docx"

UNNAMED = "CSV"
NONSENSE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""What an answer that is none leads to: the child died, or was made to say something."""
ENDS = {"time": "ITA-F16", "memory": "ITA-F38", "much": "ITA-F15", "busy": "ITA-F18"}
LOOKED_AT_AGAIN = ("ITA-F09", "ITA-F17", "ITA-F23", "ITA-F38")
UNEXPLAINED = ("ITA-F09", "ITA-F16", "ITA-F17", "ITA-F18", "ITA-F38")
OBJECTS: Mapping[str, Callable[[Any], Value]] = {
    "date": dt.datetime.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda parts: dt.timedelta(*parts),
    "number": float,
    "fault": Fault,
}
"""What child.py writes as an object of one entry."""


def read_sheets(content: bytes, filename: str = "") -> list[Sheet]:
    """Every sheet of a file, in order, hidden ones too: .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .docx, told by content.

    A blank cell is None; an error such as #N/A and a formula that was never calculated are a Fault (in .xls and .xlsb
    they are None); a date is a datetime at midnight; text is untouched. `merged` is empty for .xlsb and .ods. Chart
    sheets are left out. A text with a table is one sheet named after the file.
    Raises UnreadableFile, with one ITA-F code for each cause, and nothing else.
    """
    refuse_misleading_name(filename)
    _refuse_by_size(content)
    sheets = _read(content, filename)
    if all(value is None for sheet in sheets for row in sheet.rows for value in row):
        raise unreadable("ITA-F22")
    return sheets


def _refuse_by_size(content: bytes) -> None:
    if not content:
        raise unreadable("ITA-F01")
    if len(content) > FILE_MEGABYTES * MEGABYTE:
        raise unreadable("ITA-F02", found=f"{len(content) / MEGABYTE:.1f} MB", limit=FILE_MEGABYTES)


def _read(content: bytes, filename: str) -> list[Sheet]:
    if content.startswith(ZIP):
        if kind_of_package(content) == "word":
            return _answer_of_child(content, WORD_CHILD, DOCX)
        return _explained(content)
    if content.startswith(COMPOUND):
        refuse_other_compounds(content)
        return _answer_of_child(content, CHILD, CALAMINE)
    refuse_other_kinds(content, filename)
    (sheet,) = _answer_of_child(content, TEXT_CHILD, CALAMINE)
    stem = re.split(r"[/\\]", filename)[-1].rpartition(".")[0]
    return [replace(sheet, name=presentable(stem) or UNNAMED)]


# What the child says


def _explained(content: bytes) -> list[Sheet]:
    """The sheets of a packed workbook. Where reading it fails without a cause, another child looks for one."""
    try:
        return _answer_of_child(content, CHILD, CALAMINE)
    except UnreadableFile as failure:
        if failure.problem.code not in LOOKED_AT_AGAIN:
            raise
        cause = failure
    try:
        _answer_of_child(content, SECOND_LOOK, CALAMINE, SECOND_LOOK_SECONDS)
    except UnreadableFile as found:
        cause = cause if found.problem.code in UNEXPLAINED else found
    raise cause


def _answer_of_child(content: bytes, script: Path, library: str, seconds: float | None = None) -> list[Sheet]:
    """What a script of child.py's kind reads in this file. Raises UnreadableFile with what it gave up over."""
    try:
        answer = isolation.answer_of(script, content, library, _heard, seconds)
        if answer.end != "said":
            raise unreadable(ENDS[answer.end], f"{isolation.SECONDS:g}" if answer.end == "time" else "")
        return _sheets(answer.lines)
    except NONSENSE as error:
        raise unreadable("ITA-F17") from error


def _heard(line: bytes) -> list[Any]:
    """A line of a child, with its rows as values. JSON, unlike pickle or marshal, can hold nothing but values."""
    kind, *rest = orjson.loads(line)
    if kind == "rows":
        rest[1] = _rows(rest[1], line)
    elif kind == "sheets":
        for sheet in rest[0]:
            sheet[3] = None if sheet[3] is None else _rows(sheet[3], line)
    return [kind, *rest]


def _sheets(lines: list[list[Any]]) -> list[Sheet]:
    """The sheets that the lines of a child describe. Raises one of NONSENSE where they are none."""
    rows: dict[int, list[list[Value]]] = {}
    for kind, *rest in lines:
        if kind == "rows":
            rows.setdefault(rest[0], []).extend(rest[1])
        elif kind == "again":
            rows.clear()
        elif kind == "sheets":
            return [_sheet(rows.get(position, []), *sheet) for position, sheet in enumerate(rest[0])]
        else:
            raise refusal(kind, *rest)
    raise ValueError("no last line")


def _sheet(
    told: list[list[Value]],
    name: str,
    visible: bool,
    merged: list[list[int]],
    rows: list[list[Value]] | None,
    more: Mapping[str, list[Any]] | None = None,
) -> Sheet:
    if MISLEADING.search(name):
        raise unreadable("ITA-F36", sheet=presentable(name), found=name)
    more = more or {}
    return Sheet(
        name=name,
        rows=told if rows is None else rows,
        visible=visible,
        merged=_apart(merged, len(told if rows is None else rows)),
        hidden_rows=frozenset(more.get("hidden_rows", ())),
        hidden_columns=frozenset(more.get("hidden_columns", ())),
        places=tuple(more.get("places", ())),
    )


def _apart(merged: list[list[int]], height: int) -> tuple[tuple[int, int, int, int], ...]:
    """The merged ranges without those that overlap one before them, which no office program writes."""
    taken: dict[int, list[tuple[int, int]]] = {}
    kept = []
    for top, left, bottom, right in merged:
        rows = range(top, min(bottom + 1, height))
        beside = (other for row in rows for other in taken.get(row, ()))
        if any(left <= other_right and other_left <= right for other_left, other_right in beside):
            continue
        for row in rows:
            taken.setdefault(row, []).append((left, right))
        kept.append((top, left, bottom, right))
    return tuple(kept)


def _rows(rows: list[list[Any]], line: bytes) -> list[list[Value]]:
    """The rows of a line as values; most rows of a large file are taken as they are."""
    if b'{"' in line:
        rows = [[_value(value) for value in row] if dict in map(type, row) else row for row in rows]
    return [[None if value == "" else value for value in row] if "" in row else row for row in rows]


def _value(value: Any) -> Value:
    """A value as child.py wrote it; a bare date becomes its midnight."""
    if isinstance(value, dict):
        ((kind, written),) = value.items()
        return OBJECTS[kind](written)
    plain: Value = value
    return plain
