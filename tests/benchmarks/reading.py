"""How long the whole safe way of reading takes, beside pandas alone; what stays in memory; how far the floor is.

Ours is `ita.read_results`: guards, a child process with limits, every layout, names folded, every check. The other is
`pd.read_excel` of the same bytes, which checks nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from xml.parsers import expat
from zipfile import ZipFile

import pandas as pd

import ita

from .clicking import FIVE_YEARS
from .contestants import PROJECT
from .item_list import OIT_ITEMS, SURVEY_ITEMS, write_items
from .national import AGENCIES, INDICATORS, write_national, write_rows
from .report import Line, faster, megabytes, microseconds, milliseconds, seconds, within
from .turns import medians

READ_OVER_PANDAS = 5.0
MEMORY_OVER_FRAMES = 2.0
ROW_OVER_ROW = 1.3

WARM_UP = 10  # rows of the file that is read before anything counts: nothing is imported or compiled afterwards
FEW, MANY = 1_000, 50_000  # rows, to see whether one of them costs the same


@dataclass(frozen=True, slots=True)
class Lists:
    """The workbooks that are read, each written when it is first asked for."""

    folder: Path

    def rows(self, count: int = AGENCIES) -> Path:
        """A list of one year and so many agencies, 25 columns wide; without a number, the country's."""
        return self._file(f"{count}-rows.xlsx", lambda path: write_rows(path, count))

    def five_years(self) -> Path:
        """The country's lists of five years, a sheet each."""
        return self._file("five-years.xlsx", lambda path: write_national(path, fiscal_years=FIVE_YEARS.fiscal_years))

    def items(self) -> Path:
        """The country's list down to the items, 100 columns wide."""
        return self._file("items.xlsx", write_items)

    def _file(self, name: str, write: Callable[[Path], None]) -> Path:
        path = self.folder / name
        if not path.exists():
            write(path)
        return path


def over_pandas(lists: Lists, quick: bool) -> Iterator[Line | str]:
    """The whole safe way beside pd.read_excel, of one year, of five, and of a list with its items."""
    of_year = AGENCIES * len(INDICATORS)
    of_items = AGENCIES * (len(OIT_ITEMS) + len(SURVEY_ITEMS))
    warm_up(lists)
    rounds = 3 if quick else 5
    yield _over_pandas("read one year, over pd.read_excel", lists.rows(), of_year, rounds)
    rounds = 1 if quick else 3
    yield _over_pandas("read five years, a sheet each", lists.five_years(), 5 * of_year, rounds)
    yield _over_pandas("read items, 100 columns", lists.items(), of_items, rounds)


def floor(lists: Lists, quick: bool) -> Iterator[Line]:
    """How many times as long as what nobody can do without: inflating the parts, and one pass over their XML."""
    content = lists.rows().read_bytes()
    warm_up(lists)
    tasks = {"ours": lambda: ita.read_results(content), "floor": lambda: inflate_and_pass(content)}
    taken = medians(tasks, 2 if quick else 5)
    ours, least = taken["ours"], taken["floor"]
    what = "read one year, over inflate + bare expat pass"
    yield Line(what, milliseconds(ours), milliseconds(least), ours / least)


def rows(lists: Lists, quick: bool) -> Iterator[Line]:
    """What a row costs in a short list, in the country's, and in a long one."""
    contents = {count: lists.rows(count).read_bytes() for count in (FEW, AGENCIES, MANY)}
    warm_up(lists)
    tasks = {f"{count}": lambda content=content: ita.read_results(content) for count, content in contents.items()}
    taken = medians(tasks, 2 if quick else 5)
    few, country, many = (taken[f"{count}"] / count for count in (FEW, AGENCIES, MANY))
    yield Line(f"read, a row of {FEW:,} (with the child's start)", microseconds(few))
    yield within(f"read, a row of {MANY:,}, over one of {AGENCIES:,}", many, country, ROW_OVER_ROW, microseconds)


def memory(lists: Lists, quick: bool) -> Iterator[Line]:
    """What reading leaves in the memory of a process that was just started, beside the size of what was read."""
    for what, path in (("one year", lists.rows()), ("five years", lists.five_years())):
        runs = [resident(lists, path) for _ in range(1 if quick else 3)]
        kept, peak, frames = (median(run[figure] for run in runs) for figure in ("kept", "peak", "frames"))
        yield within(f"memory after {what}, over its frames", kept, frames, MEMORY_OVER_FRAMES, megabytes)
        yield Line("  at its peak, without the child", megabytes(peak), megabytes(frames), peak / frames)


def warm_up(lists: Lists) -> None:
    """Read a small file once, in both ways."""
    content = lists.rows(WARM_UP).read_bytes()
    ita.read_results(content)
    pd.read_excel(BytesIO(content))


def inflate_and_pass(content: bytes) -> None:
    """Unpack every XML part of a workbook and let expat, which is told to report nothing, go over it once."""
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                expat.ParserCreate().Parse(package.read(name), True)


def resident(lists: Lists, path: Path) -> dict[str, float]:
    """The figures of `resident.py` for this file, in bytes."""
    command = [sys.executable, "-m", "tests.benchmarks.resident", str(lists.rows(WARM_UP)), str(path)]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def _over_pandas(what: str, path: Path, figures: int, rounds: int) -> Line | str:
    content = path.read_bytes()
    reading = ita.read_results(content)
    if len(reading.scores) + len(reading.items) < figures:
        return f"{what}: not measured, {len(reading.scores) + len(reading.items):,} of {figures:,} figures were read"
    del reading
    tasks = {
        "ours": lambda: ita.read_results(content),
        "plain": lambda: pd.read_excel(BytesIO(content), sheet_name=None),
    }
    taken = medians(tasks, rounds)
    return faster(what, taken["ours"], taken["plain"], READ_OVER_PANDAS, seconds)
