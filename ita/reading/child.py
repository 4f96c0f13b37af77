"""The script of the child process that reads one workbook: its bytes on stdin, its sheets as JSON on stdout.

Run with `python -I -S child.py FOLDER`, FOLDER being where python_calamine and orjson are installed; no module of the
server imports it. Calamine aborts, panics or asks for terabytes on a hostile file of 2 kB: here it takes only this
process with it. It starts in 20 ms because it imports next to nothing: keep it so.

The answer is one or more lines, of this child as of the others beside it. The last one is

    ["sheets", [[name, visible, merged, rows, more], ...]]
        merged   [[first row, first column, last row, last column], ...]
        rows     from A1, padded; a blank is null or "". null for all of them: they came before
        more     what else there is: {"hidden_rows": [...], "hidden_columns": [...], "places": [...]}; may be left out
    [verdict, sheet, found]     why it gives up (refusals.py says what about); sheet and found may be left out

and before it there may be, so that the parent can take them while the rest is read,

    ["rows", position of the sheet, the next of its rows]
    ["again"]                   all rows so far are to be forgotten

A value that JSON has not is an object of one entry: {"date": iso}, {"datetime": iso}, {"time": iso},
{"timedelta": [d, s, µs]}, {"number": "nan" | "inf" | "-inf"}, {"fault": "#N/A"}.
No last line means that the child died.
"""

from __future__ import annotations

import _thread
import gc
import os
import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

MEMORY = 768 * 2**20  # address space; ten years of the national list (2.1 million cells) take 330 MB
CPU_SECONDS = 60  # the parent stops the child long before; this is for a child whose parent is gone
NICE = 5  # behind the server, whose other users should notice nothing
CELLS = 3_000_000  # of all sheets, counted from A1; ten years of the national list and a quarter as much again
ROW = 3  # cells: what a row takes in memory by itself
SHEETS = 1_000  # ten years of 77 provinces are 770
ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet, in Excel and LibreOffice
TEXT = 32_767  # characters of a cell, in Excel
BLOCK = 2_000  # rows that are told at a time
ESCAPED = b'\\"'  # a quotation mark in a text of JSON
LARGE_FILE = 2**17  # bytes; some 20,000 cells

_speaking = _thread.allocate_lock()


class GivenUpError(Exception):
    """Raised with the answer: verdict, sheet, what was found there."""


class TooManyCellsError(Exception):
    """The sheets span more than CELLS. Raised with the name of the sheet, if there is one."""


def spanned(rows: int, columns: int) -> int:
    """What a sheet takes of CELLS."""
    return rows * (columns + ROW)


def limit_itself() -> None:
    """Bind this process to MEMORY and CPU_SECONDS, forbid it files and core dumps; Windows has no such limits.

    The parent watches memory and time from outside, on every system.
    """
    if sys.platform == "win32":
        return
    import resource

    os.nice(NICE)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS; a stricter limit may stand already
            continue


def serve(read: Callable[[bytes], list[Any]]) -> None:
    """Answer with what `read` gives for the bytes on stdin, and end."""
    limit_itself()
    gc.disable()  # one file, no cycles: collecting would only walk the cells again and again
    try:
        conclude(read(sys.stdin.buffer.read()))
    except BaseException as error:  # calamine's panics are such
        give_up(error)


# Speaking


def say(line: list[Any]) -> None:
    encoded = encode(line, [])
    with _speaking:
        sys.stdout.buffer.write(encoded)


def say_rows(position: int, sheet: str, rows: list[list[Any]]) -> None:
    """Tell the rows of a sheet, some at a time. Raises GivenUpError for a text longer than a cell can hold."""
    for first in range(0, len(rows), BLOCK):
        block = rows[first : first + BLOCK]
        encoded = encode(["rows", position, block], [(sheet, first, block)])
        with _speaking:
            sys.stdout.buffer.write(encoded)
            sys.stdout.buffer.flush()


def conclude(answer: list[Any]) -> None:
    """Write the last line and end, from whichever thread has one first. Raises GivenUpError as say_rows does."""
    sheets = answer[1] if answer[0] == "sheets" else ()
    encoded = encode(answer, [(sheet[0], 0, sheet[3]) for sheet in sheets if sheet[3]])
    _speaking.acquire()
    sys.stdout.buffer.write(encoded)
    sys.stdout.buffer.flush()
    os._exit(0)  # the parent waits for the end, and freeing the cells one by one would be part of it


def give_up(error: BaseException) -> None:
    """End with what was raised as the answer; with none for what nobody foresaw."""
    if isinstance(error, GivenUpError):
        conclude([*error.args])
    if isinstance(error, TooManyCellsError):
        conclude(["cells", *error.args])
    if isinstance(error, MemoryError):
        conclude(["memory"])
    os._exit(1)


# What JSON has not


def choose_writer(content: bytes) -> None:
    """Import orjson for a large file: it writes six times as fast as json, but takes 10 ms to import."""
    if len(content) > LARGE_FILE:
        import orjson  # noqa: F401


def encode(line: list[Any], blocks: Iterable[tuple[str, int, list[list[Any]]]]) -> bytes:
    """A line as JSON. `blocks` are the rows in it, with sheet and first row, which may need a second look."""
    if "orjson" in sys.modules:
        encoded = written_fast(line)
        if b"null" in encoded and name_numbers(blocks):
            encoded = written_fast(line)
    else:
        name_numbers(blocks)
        encoded = written(line)
    if len(encoded) > TEXT and re.search(rb'"[^"]{%d}' % TEXT, encoded.replace(ESCAPED, b"''")):
        for sheet, first, rows in blocks:
            refuse_long_texts(sheet, first, rows)
    return encoded + b"\n"


def written_fast(line: list[Any]) -> bytes:
    """The line as orjson writes it, which writes null for NaN and the infinities."""
    import orjson

    return orjson.dumps(line, default=plain, option=orjson.OPT_PASSTHROUGH_DATETIME)


def written(line: list[Any]) -> bytes:
    """The line as the standard library writes it."""
    import json

    return json.dumps(line, ensure_ascii=False, check_circular=False, separators=(",", ":"), default=plain).encode()


def plain(value: Any) -> dict[str, Any]:
    """A date, time or duration in a form that JSON has."""
    kind = type(value).__name__
    return {kind: [value.days, value.seconds, value.microseconds] if kind == "timedelta" else value.isoformat()}


def name_numbers(blocks: Iterable[tuple[str, int, list[list[Any]]]]) -> bool:
    """Name NaN and the infinities. False if there are none."""
    found = False
    for row in (row for _, _, rows in blocks for row in rows):
        for column, value in enumerate(row):
            if isinstance(value, float) and not -sys.float_info.max <= value <= sys.float_info.max:
                row[column] = {"number": str(value)}
                found = True
    return found


def refuse_long_texts(sheet: str, first: int, rows: list[list[Any]]) -> None:
    """Raise GivenUpError for the first text longer than a cell can hold."""
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) > TEXT:
                raise GivenUpError("long", sheet, [number, column])


def main() -> None:
    """Read the workbook on stdin, with the modules of this folder; this one is among them."""
    sys.path += [sys.argv[1], os.path.dirname(os.path.abspath(__file__))]
    __import__("child").serve(__import__("parsing").read)


if __name__ == "__main__":
    main()
