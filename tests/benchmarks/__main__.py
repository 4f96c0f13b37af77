"""`make bench`: medians of interleaved runs, this dashboard beside a plain one, with the targets it set itself.

First what a visitor waits for, then comparing, reading and storing. A missed target is printed as missed and is no
failure; a run that could not be made is one. A part or a line alone: `python -m tests.benchmarks --only reading`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from . import reading
from .clicking import FIVE_YEARS, ONE_YEAR, Held, Workload, first_visits, timings
from .comparing import comparing
from .national import AGENCIES
from .neighbours import neighbours
from .report import Line, report
from .storing import storing

PARTS = {
    "dashboard": ("one-year", "five-years", "visit"),
    "comparing": ("comparing",),
    "reading": ("read", "memory", "rows", "floor", "store", "neighbours"),
}
LINES = tuple(chain.from_iterable(PARTS.values()))


@dataclass
class Bench:
    """One run of the benchmark, in a folder for what it writes."""

    scratch: Path
    quick: bool
    lists: reading.Lists = field(init=False)

    def __post_init__(self) -> None:
        self.lists = reading.Lists(self.scratch)

    @cached_property
    def one_year(self) -> Held:
        return ONE_YEAR.held(self.scratch / "one-year")

    def run(self, names: list[str]) -> None:
        """Measure and print what the names of LINES say. Raises what a run that cannot be made raises."""
        if "one-year" in names:
            self._report_timings(ONE_YEAR, self.one_year)
        if "five-years" in names:
            self._report_timings(FIVE_YEARS, FIVE_YEARS.held(self.scratch / "five-years"))
        if "visit" in names:
            report("The first visit, to the list of one year", first_visits(self.one_year, self.scratch))
        if "comparing" in names:
            report("One agency among all, eight years stored", comparing(self.scratch, self.quick), other="naive")
        if of_reading := [name for name in PARTS["reading"] if name in names]:
            report("Reading and storing", chain.from_iterable(map(self._of_reading, of_reading)), other="other")

    def _report_timings(self, workload: Workload, held: Held) -> None:
        report(workload.name, timings(held, workload.quick if self.quick else workload.full, self.scratch))

    def _of_reading(self, name: str) -> Iterator[Line | str]:
        if name == "neighbours":
            return neighbours(self.one_year.us, self.lists, self.scratch, self.quick)
        measure = {
            "read": reading.over_pandas,
            "memory": reading.memory,
            "rows": reading.rows,
            "floor": reading.floor,
            "store": storing,
        }
        return measure[name](self.lists, self.quick)


def main() -> None:
    """Measure and print what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a first look, not a figure to quote")
    parser.add_argument("--only", nargs="+", choices=[*PARTS, *LINES], default=list(PARTS), metavar="NAME",
                        help=f"parts or lines: {', '.join([*PARTS, *LINES])}")  # fmt: skip
    asked = parser.parse_args()
    names = [line for name in asked.only for line in PARTS.get(name, (name,))]
    print(f"Medians of interleaved runs, {AGENCIES:,} agencies")
    with tempfile.TemporaryDirectory(prefix="ita-bench-") as folder:
        Bench(Path(folder), asked.quick).run(names)


if __name__ == "__main__":
    main()
