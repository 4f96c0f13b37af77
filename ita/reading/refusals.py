"""Why a file is refused: the codes ITA-F.. as exceptions, and what the child processes give up with."""

from __future__ import annotations

import re
from typing import Any

from ita.reading.problems import Problem, UnreadableFile
from ita.reading.sheet import address

VERDICTS = {
    "password": "ITA-F08",
    "broken": "ITA-F09",
    "unpacked": "ITA-F39",
    "cells": "ITA-F15",
    "address": "ITA-F23",
    "strings": "ITA-F24",
    "many": "ITA-F40",
    "moment": "ITA-F41",
    "no table": "ITA-F30",
    "encoding": "ITA-F32",
    "quote": "ITA-F33",
    "long": "ITA-F34",
    "name": "ITA-F36",
    "part": "ITA-F37",
    "memory": "ITA-F38",
}
MISLEADING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that make a name look other than it is: control characters, and those that turn the direction of text."""
LONGEST_FOUND = 80


def unreadable(
    code: str, found: str = "", sheet: str | None = None, cell: str | None = None, **details: Any
) -> UnreadableFile:
    return UnreadableFile(
        Problem(code=code, severity="error", sheet=sheet, cell=cell, found=presentable(found), details=details)
    )


def refusal(verdict: str, sheet: str = "", found: str | list[int] = "") -> UnreadableFile:
    """What a child gave up with, as an exception. Raises LookupError, TypeError or ValueError for what is none.

    `found` is text, or row and column of a cell.
    """
    code = VERDICTS[verdict]
    cell = None if isinstance(found, str) else address(*found)
    return unreadable(code, cell or str(found), presentable(sheet) or None, cell)


def presentable(name: str) -> str:
    """A name from a file, fit to be shown: neither long nor misleading."""
    name = MISLEADING.sub("�", name).encode("utf-8", "replace").decode()  # bytes of another encoding in a file name
    return name if len(name) <= LONGEST_FOUND else f"{name[:LONGEST_FOUND]}…"
