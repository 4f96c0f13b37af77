"""The script of the child process that reads one workbook: its bytes on stdin, its sheets as JSON on stdout.

Run with `python -I -S -B child.py FOLDER`, FOLDER being where python_calamine is installed; nothing imports it.
Calamine aborts, panics or asks for terabytes on a hostile file of 2 kB: here it takes only this process with it.
The script starts in 13 ms because it imports nothing but json and calamine: keep it so.

The answer is one list:

    ["sheets", [[name, visible, [[row, column, row, column], ...], rows], ...]]   rows from A1, padded, blanks as null
    ["password"] | ["broken", sheet] | ["cells", sheet]                           the sheet it stopped at, "" if none

Dates and times, which JSON has not, are {"date": iso}, {"datetime": iso}, {"time": iso}, {"timedelta": [d, s, µs]}.
No answer at all means that the child died.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MEMORY = 768 * 2**20  # address space; ten years of the national list (2.1 million cells) take 230 MB
CPU_SECONDS = 60  # the parent stops the child long before; this is for a child whose parent is gone
CELLS = 3_000_000  # of all sheets, counted from A1; ten years of the national list and half as much again


class TooManyCellsError(Exception):
    """The sheets span more than CELLS."""


def limit_itself() -> None:
    """Bind this process to MEMORY and CPU_SECONDS, forbid it files and core dumps; Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

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


def read(content: bytes) -> list[Any]:
    """The answer for one workbook, as the module's text describes it."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook

    sheets: list[Any] = []
    budget = CELLS
    name = ""
    try:
        with load_workbook(BytesIO(content)) as workbook:
            for index, metadata in enumerate(workbook.sheets_metadata):
                if metadata.typ != SheetTypeEnum.WorkSheet:  # chart, macro and dialog sheets have no cells
                    continue
                name = metadata.name
                sheet, cells = read_sheet(workbook, index, budget)
                sheets.append(sheet)
                budget -= cells
    except PasswordError:
        return ["password"]
    except TooManyCellsError:
        return ["cells", name]
    except (CalamineError, OSError):
        return ["broken", name]
    return ["sheets", sheets]


def read_sheet(workbook: CalamineWorkbook, index: int, budget: int) -> tuple[list[Any], int]:
    """[name, visible, merged, rows] of one sheet, and how many cells that is.

    Raises TooManyCellsError above `budget`, before the cells become Python values.
    """
    from python_calamine import SheetVisibleEnum

    sheet = workbook.get_sheet_by_index(index)
    last_row, last_column = sheet.end or (-1, -1)
    cells = (last_row + 1) * (last_column + 1)
    if cells > budget:
        raise TooManyCellsError
    rows = [
        [None if value == "" else value for value in row] if "" in row else row
        for row in sheet.to_python(skip_empty_area=False)
    ]
    visible = workbook.sheets_metadata[index].visible == SheetVisibleEnum.Visible
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    return [sheet.name, visible, merged, rows], cells


def moment(value: Any) -> dict[str, Any]:
    """A date, time or duration in a form that JSON has."""
    kind = type(value).__name__
    return {kind: [value.days, value.seconds, value.microseconds] if kind == "timedelta" else value.isoformat()}


def main() -> None:
    limit_itself()
    gc.disable()  # one file, no cycles: collecting would only walk the cells again and again
    sys.path.append(sys.argv[1])
    answer = read(sys.stdin.buffer.read())
    encoded = json.dumps(answer, ensure_ascii=False, check_circular=False, separators=(",", ":"), default=moment)
    sys.stdout.buffer.write(encoded.encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # the parent waits for the end, and freeing the cells one by one would be part of it


if __name__ == "__main__":
    main()
