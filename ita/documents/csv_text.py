"""Frames as CSV that opens right in a Thai Excel and is safe there."""

from __future__ import annotations

import re

import pandas as pd

from ita.assessment import rounded
from ita.thai import tidy

MIME = "text/csv"

_FORMULA = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r" *[+-]?\d[\d,]*(?:\.\d+)?%? *")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')
_LONGEST_PART, _LONGEST_NAME = 80, 200


def write_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, CRLF lines, scores with two decimals, dates as year-month-day.

    Text that Excel would run as a formula gets an apostrophe before it; what is a number stays one.
    """
    safe = frame.set_axis(range(frame.shape[1]), axis="columns")  # two headings may read alike
    for column, dtype in safe.dtypes.items():
        if dtype.kind == "f":
            safe[column] = rounded(safe[column])
        elif dtype.kind == "O":
            safe[column] = [harmless(value) if isinstance(value, str) else value for value in safe[column]]
    headings = [harmless(str(heading)) for heading in frame.columns]
    text = safe.to_csv(index=False, header=headings, lineterminator="\r\n", float_format="%.2f", date_format="%Y-%m-%d")
    return text.encode("utf-8-sig")


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def file_name(*parts: object, ending: str) -> str:
    """A file's name of its parts: Thai is kept, what Windows forbids is not, and it is never too long."""
    cleaned = ("_".join(_NOT_IN_FILE_NAMES.sub("", tidy(str(part))).split())[:_LONGEST_PART] for part in parts)
    name = "_".join(filter(None, cleaned))[:_LONGEST_NAME].strip("._")
    return f"{name or 'ITA'}.{ending}"
