"""Frames as CSV that opens right in a Thai Excel and is safe there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ita.assessment import rounded
from ita.thai import tidy

MIME = "text/csv"

_FORMULA = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r" *[+-]?\d[\d,]*(?:\.\d+)?%? *")
_PLAIN = re.compile(r'\w[^",\r\n]*')  # what most cells are: neither a formula nor to be quoted
_TO_QUOTE = re.compile(r'[",\r\n]')
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')
_LONGEST_PART, _LONGEST_NAME = 80, 200


def write_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, CRLF lines, scores with two decimals, dates as year-month-day.

    Text that Excel would run as a formula gets an apostrophe before it; what is a number stays one.
    """
    columns = [_cells(frame.iloc[:, place]) for place in range(frame.shape[1])]  # two headings may read alike
    if len(columns) == 1:
        columns = [[cell or '""' for cell in columns[0]]]  # a line with nothing on it would be no row
    lines = [",".join(_text(str(heading)) for heading in frame.columns), *map(",".join, zip(*columns, strict=True)), ""]
    return "\r\n".join(lines).encode("utf-8-sig")


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _cells(column: pd.Series) -> list[str]:
    """The cells of a column. What stands in many of them is written once."""
    if column.dtype == object:  # in which True, 1 and 1.0 would count as the same
        return ["" if missing else _text(str(value)) for value, missing in zip(column, column.isna(), strict=True)]
    places, values = pd.factorize(column)
    return np.array([*_written(values), ""], dtype=object)[places].tolist()  # of what is missing the place is -1


def _written(values: pd.Index | NDArray[Any]) -> Iterable[str]:
    """Values of one kind as they stand in a file."""
    if values.dtype.kind == "f":
        return map(_decimals, rounded(np.asarray(values, dtype="float64")).tolist())
    if values.dtype.kind == "M":
        return pd.DatetimeIndex(values).strftime("%Y-%m-%d")
    return (_text(str(value)) for value in values.tolist())


@lru_cache(maxsize=20_000)  # there are but 10,001 scores
def _decimals(value: float) -> str:
    return f"{value:.2f}"


def _text(text: str) -> str:
    """A text as one cell, whatever is in it, that no spreadsheet runs."""
    if _PLAIN.fullmatch(text):
        return text
    text = harmless(text)
    return '"{}"'.format(text.replace('"', '""')) if _TO_QUOTE.search(text) else text


def file_name(*parts: object, ending: str) -> str:
    """A file's name of its parts: Thai is kept, what Windows forbids is not, and it is never too long."""
    cleaned = ("_".join(_NOT_IN_FILE_NAMES.sub("", tidy(str(part))).split())[:_LONGEST_PART] for part in parts)
    name = "_".join(filter(None, cleaned))[:_LONGEST_NAME].strip("._")
    return f"{name or 'ITA'}.{ending}"
