"""Frames as CSV that opens right in a Thai Excel and is safe there."""

from __future__ import annotations

import re

import pandas as pd

MIME = "text/csv"

_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]")
_NUMBER = re.compile(r"^\s*[+-]?\d[\d,]*(?:\.\d+)?%?\s*$")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


def write_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, CRLF lines, scores with two decimals, dates as year-month-day.

    Text that Excel would run as a formula gets an apostrophe before it; what is a number stays one.
    """
    safe = frame.copy()
    safe.columns = [harmless(str(column)) for column in safe.columns]
    for column in safe.columns[[dtype.kind in "OUS" or dtype.name == "str" for dtype in safe.dtypes]]:
        safe[column] = [harmless(value) if isinstance(value, str) else value for value in safe[column]]
    text = safe.to_csv(index=False, lineterminator="\r\n", float_format="%.2f", date_format="%Y-%m-%d")
    return text.encode("utf-8-sig")


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def file_name(*parts: object, ending: str) -> str:
    """A file's name of its parts: Thai is kept, what Windows forbids is not, and it is never too long."""
    cleaned = (_NOT_IN_FILE_NAMES.sub("", str(part)).strip().replace(" ", "_") for part in parts)
    return "_".join(part[:80] for part in cleaned if part).strip("._") + f".{ending}"
