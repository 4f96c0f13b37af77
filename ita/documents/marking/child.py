"""The script of the child process that marks one workbook: the order and the workbook on stdin, the copy on stdout.

Run with `python -I -S child.py FOLDER`, FOLDER being where lxml is installed (ita.reading.isolation); nothing imports
it. A user's file is taken apart here, so that a hostile one takes only this process with it. No answer means that it
cannot be done.

The order is JSON, its length in eight bytes before it:

    marks     {sheet: {cell: [severity, [[heading, text], ...]]}}; without texts the cell is only coloured
    fills     {severity: colour}, the colours in six hexadecimal digits
    author                  of the notes
    openings                what the notes begin with, in any language: by it those of an earlier copy are known
    font, note_size, sheet_size     the letters of the notes and of the check sheet, in points
    check     the sheet to be put first, as ita.documents.marking.book.check_sheet describes it
    values    null, or what to write where there is no workbook to mark, as plain.plain_workbook describes it
    main_type      the content type of that workbook
"""

from __future__ import annotations

import gc
import json
import os
import sys

MEMORY = 1024 * 2**20  # address space; five years of the national list on one sheet take 250 MB
NICE = 5  # behind the server, whose users should notice nothing
CPU_SECONDS = 60  # the parent stops the child before; this is for a child whose parent is gone
LENGTH_BYTES = 8
PROGRAM = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))
"""The folder that this program is in."""


def limit_itself() -> None:
    """Bind this process to MEMORY and CPU_SECONDS, forbid it files and core dumps; Windows has no such limits."""
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


def main() -> None:
    limit_itself()
    gc.disable()  # one file: collecting would only walk its parts again and again
    sys.path += [sys.argv[1], PROGRAM]
    from ita.documents.marking.book import Book
    from ita.documents.marking.package import Package
    from ita.documents.marking.plain import plain_workbook

    incoming = sys.stdin.buffer
    order = json.loads(incoming.read(int.from_bytes(incoming.read(LENGTH_BYTES), "big")))
    content = incoming.read()
    package = Package(content if order["values"] is None else plain_workbook(order["values"], order["main_type"]))
    Book(package, order).mark()
    sys.stdout.buffer.write(package.content())
    sys.stdout.buffer.flush()
    os._exit(0)  # the parent waits for the end, and freeing the parts one by one would be part of it


if __name__ == "__main__":
    main()
