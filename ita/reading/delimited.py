"""The script of the child process that reads one text with a table (.csv, .tsv, .txt): bytes on stdin, JSON on stdout.

Run as child.py is, and answers as it does, with one sheet that has no name:

    ["sheets", [["", true, [], rows]]]
    ["encoding"] | ["quote", "", line] | ["no table"] | ["cells"] | ["long", "", [row, column]]

A field is text as it stands, but a plain decimal number is one, as in Excel; "0092" and "8,300" stay text, and so does
a number with more digits than Excel keeps. The apostrophe that our own CSV files put before what a spreadsheet would
run is taken away again (ita/documents/csv_text.py). Rows stand where Excel shows them, blank ones too.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from io import StringIO
from itertools import chain, islice
from typing import Any

DELIMITERS = (",", ";", "\t", "|")
SNIFFED_ROWS, SNIFFED_LETTERS = 200, 2**17
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
THAI = re.compile("[ก-๛]")
SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=([^\r\n\"])\"?(?:\r\n|\r|\n|$)", re.IGNORECASE)
NUMBER = re.compile(r" *(-?(?:0|[1-9][0-9]{0,14})(\.[0-9]+)?) *")  # no more digits than Excel keeps
AS_TEXT = re.compile(r'="([^"]*)"')  # what makes Excel show "0092" with its zeros
ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!")
FORMULA_LENGTH = 60  # so much of a formula is shown, as in losses.py
PROTECTED = re.compile(r"'(?:[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")
"""What csv_text.harmless makes of a dangerous text."""
LAST = "\ufdd0"  # a character that no text has: a line of its own, unless a quotation mark before it was never closed


def read(content: bytes) -> list[Any]:
    """The answer for one text, as the module's text describes it. Raises what child.serve turns into an answer."""
    text = decoded(content)
    stated = SEPARATOR_LINE.match(text)
    if stated:
        text = text[stated.end() :]
    rows = table(text, stated[1] if stated else sniffed(text))
    child = beside("child")
    width = max((column + 1 for row in rows for column, value in enumerate(row) if value), default=0)
    height = max((number + 1 for number, row in enumerate(rows) if any(row)), default=0)
    if width < 2:
        raise child.GivenUpError("no table")
    if width > child.COLUMNS or height > child.ROWS or child.spanned(height, width) > child.CELLS:
        raise child.TooManyCellsError
    values = [[value_of(field) for field in row[:width]] + [""] * (width - len(row)) for row in rows[:height]]
    return ["sheets", [["", True, [], values, {}]]]


def beside(name: str) -> Any:
    """A module of this folder, which main() put on the path."""
    return __import__(name)


def decoded(content: bytes) -> str:
    """The text of a file: what its first bytes say, or UTF-8, or else the Thai of Windows, if it has Thai letters.

    A text has no NUL: where there is one, the letters take four bytes each, or another file was pasted in.
    """
    encodings = [encoding for mark, encoding in MARKS if content.startswith(mark)] or ["utf-8", "cp874"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding != "cp874" or THAI.search(text)):
            return text
    raise beside("child").GivenUpError("encoding")


# Rows and fields


def sniffed(text: str) -> str:
    """The delimiter that gives most of the first lines the same number of fields, and more than one."""
    beginning = [line for line in islice(StringIO(text[:SNIFFED_LETTERS], newline=""), SNIFFED_ROWS) if line.strip()]
    best = max(DELIMITERS, key=lambda delimiter: agreement(beginning, delimiter))
    if agreement(beginning, best) == (0, 0):
        raise beside("child").GivenUpError("no table")
    return best


def agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many of the lines have the number of fields that most have, and how many fields that is."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def table(text: str, delimiter: str) -> list[list[str]]:
    """The fields of every line; a quoted one may hold line breaks."""
    child = beside("child")
    if text.count(delimiter) + text.count("\n") > child.CELLS:
        raise child.TooManyCellsError
    reader = csv.reader(chain(StringIO(text, newline=""), ["\n", LAST]), delimiter=delimiter)
    rows: list[list[str]] = []
    begun = 1
    for row in reader:
        if row == [LAST]:
            break
        if row and LAST in row[-1]:
            raise child.GivenUpError("quote", "", str(begun))
        begun = reader.line_num + 1
        rows.append(row)
    return rows


def value_of(field: str) -> Any:
    """What Excel would make of a field, as the answer has it."""
    number = NUMBER.fullmatch(field)
    if number:
        return float(number[1]) if number[2] else int(number[1])
    if field.startswith("'") and PROTECTED.match(field):
        return field[1:]
    if field.startswith("="):
        text = AS_TEXT.fullmatch(field)
        short = field if len(field) <= FORMULA_LENGTH else f"{field[: FORMULA_LENGTH - 1]}…"
        return text[1] if text else {"fault": short}
    return {"fault": field} if field in ERRORS else field


def main() -> None:
    sys.path += [sys.argv[1], os.path.dirname(os.path.abspath(__file__))]
    csv.field_size_limit(2**31 - 1)  # the whole file is smaller
    beside("child").serve(read)


if __name__ == "__main__":
    main()
