"""A workbook's sheets, parsed by calamine in two threads, with what calamine leaves out put back.

Part of the child process (child.py). Calamine lets the other thread run while it parses, so that two are nearly twice
as fast where there are two processors. What is ready is told at once: the parent takes it while the rest is parsed.
"""

from __future__ import annotations

import _thread
import os
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from ita.reading import child
    from ita.reading.losses import Losses, OpenXml
    from ita.reading.open_document import OpenDocument
    from ita.reading.unpacking import halves, members, with_errors_as_text
else:
    import child
    from losses import Losses, OpenXml
    from open_document import OpenDocument
    from unpacking import halves, members, with_errors_as_text

ZIP = b"PK\x03\x04"

NAME = 255  # characters of a sheet's name: Excel allows 31, others more
DIGITS = 10  # of a percentage: 0.9213 * 100 is 92.13000000000001
HUGE = 1e15  # a number this large is no percentage, whatever its cell shows
UNKNOWN_ERROR = "error value"  # what calamine says over "#SPILL!" and other errors that are newer than it

CUT_FROM, CUT_TO = 2**20, 64 * 2**20  # bytes of XML of a sheet that two threads share
FIRST_SHARE = 0.36  # of that sheet; its thread has other work too


def read(content: bytes) -> list[Any]:
    """The answer for one workbook, as child.py describes it. Raises what child.serve turns into an answer."""
    try:
        return ["sheets", Reading(content).sheets()]
    except UnknownErrorValueError:
        child.say(["again"])
        return ["sheets", Reading(content, with_errors_as_text(content)).sheets()]
    except PasswordError:
        return ["password"]
    except (CalamineError, OSError):
        return ["broken"]


class UnknownErrorValueError(Exception):
    """A cell holds an error that calamine does not know."""


class Reading:
    """The reading of one workbook."""

    def __init__(self, content: bytes, mended: bytes | None = None) -> None:
        """`mended` is what calamine is to read in the place of `content`."""
        self._content, self._mended = content, mended or content
        self._workbook = load_workbook(BytesIO(self._mended))
        # Chart, macro and dialog sheets have no cells.
        self._metadata = {
            index: sheet
            for index, sheet in enumerate(self._workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        }
        self._positions = {index: position for position, index in enumerate(self._metadata)}
        self._waiting = [*self._metadata]
        self._document = document_of(content)
        self._losses: dict[int, Losses] = {}
        self._told: dict[int, list[Any]] = {}
        self._cells = 0

    def sheets(self) -> list[list[Any]]:
        """Every sheet as the answer has it; the rows have been told already."""
        if len(self._metadata) > child.SHEETS:
            raise child.GivenUpError("many", "", f"{len(self._metadata):,}")
        for sheet in self._metadata.values():
            if len(sheet.name) > NAME:
                raise child.GivenUpError("name", sheet.name[:NAME])
        large = self._only_large_sheet()
        if large is not None:
            self._read_cut(large)
        if self._waiting:
            with Meanwhile(self._read_from_end):
                self._read_from(self._workbook, first=True)
        return [self._told[index] for index in self._metadata]

    # Several sheets: one thread takes them from the beginning, the other from the end

    def _read_from_end(self) -> None:
        for index in [*self._waiting]:
            self._losses_of(index)
        child.choose_writer(self._content)
        if self._waiting:
            self._read_from(load_workbook(BytesIO(self._mended)), first=False)

    def _read_from(self, workbook: CalamineWorkbook, first: bool) -> None:
        while self._waiting:
            try:
                index = self._waiting.pop(0 if first else -1)
            except IndexError:  # the other thread took it
                return
            sheet, rows = self._parsed(workbook, index)
            self._tell(index, sheet.merged_cell_ranges, rows)

    def _losses_of(self, index: int) -> Losses | None:
        if self._document and index not in self._losses:
            if self._document.cells(index) > child.CELLS:
                raise child.TooManyCellsError(self._metadata[index].name)
            self._losses[index] = self._document.losses(index)
        return self._losses.get(index)

    # One large sheet: one thread takes its first rows, the other the rest

    def _only_large_sheet(self) -> int | None:
        if not isinstance(self._document, OpenXml) or self._mended is not self._content or processors() < 2:
            return None
        sizes = {index: self._document.size(index) for index in self._metadata}
        large = [index for index, size in sizes.items() if size >= CUT_FROM]
        return large[0] if len(large) == 1 and sizes[large[0]] <= CUT_TO else None

    def _read_cut(self, index: int) -> None:
        """Read a sheet as two; leave it waiting where it cannot be cut."""
        document = self._document
        assert isinstance(document, OpenXml)
        xml = document.xml(index)
        cut = halves(self._mended, document.paths[index], xml, FIRST_SHARE)
        if not cut:
            return
        first, second, row = cut
        rest: list[tuple[CalamineSheet, list[list[Any]]]] = []
        upper_half = load_workbook(BytesIO(first))
        with Meanwhile(lambda: rest.append(self._parsed(load_workbook(BytesIO(second)), index))):
            upper, rows = self._parsed(upper_half, index)
            self._losses[index] = document.losses(index, xml)
            child.choose_writer(self._content)
        lower, lower_rows = rest[0]
        if (upper.end or (-1, 0))[0] >= row or (lower.start or (row, 0))[0] < row:  # its rows are not in order
            return
        rows += lower_rows[len(rows) :]
        widen(rows, max(map(len, rows), default=0))
        self._waiting.remove(index)
        self._tell(index, upper.merged_cell_ranges, rows)

    # One sheet

    def _parsed(self, workbook: CalamineWorkbook, index: int) -> tuple[CalamineSheet, list[list[Any]]]:
        """A sheet and its rows from A1, blanks as ""."""
        name = self._metadata[index].name
        try:
            sheet = workbook.get_sheet_by_index(index)
        except CalamineError as error:
            if UNKNOWN_ERROR in str(error):
                raise UnknownErrorValueError from error
            raise child.GivenUpError("broken", name) from error
        last_row, last_column = sheet.end or (-1, -1)
        if last_row >= child.ROWS or last_column >= child.COLUMNS:
            raise child.GivenUpError("address", name, [last_row, last_column])
        # Before they become Python values.
        if child.spanned(last_row + 1, last_column + 1) > child.CELLS - self._cells:
            raise child.TooManyCellsError(name)
        return sheet, sheet.to_python(skip_empty_area=False)

    def _tell(self, index: int, merged: Iterable[Any] | None, rows: list[list[Any]]) -> None:
        sheet = self._metadata[index]
        losses = self._losses_of(index)
        more = put_right(rows, losses) if losses else {}
        self._cells += child.spanned(len(rows), max(map(len, rows), default=0))
        if self._cells > child.CELLS:
            raise child.TooManyCellsError(sheet.name)
        child.say_rows(self._positions[index], sheet.name, rows)
        ranges = [[*first, *last] for first, last in merged or ()]
        self._told[index] = [sheet.name, sheet.visible == SheetVisibleEnum.Visible, ranges, None, more]


class Meanwhile:
    """Work that another thread does during the block. What it raises ends the process with an answer at once.

    Only over an unknown error value the block and the work wait for each other: the workbook is then read again.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._failure: UnknownErrorValueError | None = None
        self._ended = _thread.allocate_lock()

    def __enter__(self) -> None:
        self._ended.acquire()
        _thread.start_new_thread(self._run, ())

    def _run(self) -> None:
        try:
            self._work()
        except UnknownErrorValueError as failure:
            self._failure = failure
        except BaseException as error:
            child.give_up(error)
        finally:
            self._ended.release()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or kind is UnknownErrorValueError:
            self._ended.acquire()
            if self._failure:
                raise self._failure


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def document_of(content: bytes) -> OpenXml | OpenDocument | None:
    """The XML of a workbook; None for an .xls or .xlsb, which have none. Raises GivenUpError."""
    paths = members(content) if content.startswith(ZIP) else {}
    if "xl/workbook.xml" in paths:
        return OpenXml(content)
    return OpenDocument(content) if "content.xml" in paths else None


def put_right(rows: list[list[Any]], losses: Losses) -> dict[str, list[int]]:
    """Put what calamine left out into the rows of a sheet; what else there is to say of it."""
    width = max(len(rows[0]) if rows else 0, max((column + 1 for _, column, _ in losses.faults), default=0))
    height = max(len(rows), max((row + 1 for row, _, _ in losses.faults), default=0))
    if losses.faults:
        if child.spanned(height, width) > child.CELLS:
            raise child.TooManyCellsError
        rows += [[] for _ in range(height - len(rows))]
        widen(rows, width)
    for row, column, text in losses.faults:
        rows[row][column] = {"fault": text}
    for row, column in losses.percentages:
        value = rows[row][column] if row < height and column < width else None
        if isinstance(value, float) and abs(value) < HUGE:
            rows[row][column] = percent_text(value)
    hidden = {"hidden_rows": within(losses.hidden_rows, height), "hidden_columns": within(losses.hidden_columns, width)}
    return {kind: indexes for kind, indexes in hidden.items() if indexes}


def widen(rows: list[list[Any]], width: int) -> None:
    for row in rows:
        if len(row) < width:
            row += [""] * (width - len(row))


def percent_text(value: float) -> str:
    """0.92125 as its cell shows it, with every digit that is there: "92.125%"."""
    digits = f"{value * 100:.{DIGITS}f}".rstrip("0").rstrip(".")
    return f"{'0' if digits == '-0' else digits}%"


def within(spans: Iterable[tuple[int, int]], size: int) -> list[int]:
    """The indexes below `size` in spans of first and last, each once."""
    indexes: list[int] = []
    beyond = 0
    for first, last in sorted(spans):
        indexes += range(max(first, beyond), min(last + 1, size))
        beyond = max(beyond, last + 1)
    return indexes
