"""`make bench`: medians of interleaved runs, this dashboard beside a plain one, with the targets it set itself.

Both show the same results of the same agency, with its years to choose from and last year beside this one. Measured is
how long a visitor waits after one click (show only the indicators under the mark), how long after the program was
started until the first page stands, and how many bytes a browser that was never there receives.

A missed target is printed as missed and is no failure; a run that could not be made is one.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .contestants import Contestant, cached, ours, plain
from .national import AGENCIES, FISCAL_YEAR, write_national
from .server import serving
from .websocket import RunFailed
from .wire import browser, first_visit

WARM_UP = 1  # the visit has drawn the page without the filter, one click draws it with

CLICK_OVER_PLAIN = 50.0
CLICK_OVER_CACHED = 4.0
COLD_START_OVER_PLAIN = 2.5
FIRST_VISIT_MB = 3.0

WHAT = 48  # columns of a printed line for what was measured
NO_BROWSER = f"{'all bytes received':<{WHAT}}not measured: no Chromium is installed"

Figures = Mapping[str, float]
Format = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often each thing is measured."""

    clicks: int
    cold_starts: int


@dataclass(frozen=True, slots=True)
class Held:
    """The contestants, all holding the same workbook."""

    us: Contestant
    them: Contestant
    them_cached: Contestant


@dataclass(frozen=True, slots=True)
class Workload:
    """A workbook that everyone holds, and how often things are measured with it: the longer it takes, the fewer."""

    name: str
    fiscal_years: Sequence[int]
    full: Rounds
    quick: Rounds

    def held(self, folder: Path) -> Held:
        """Write the workbook into a new folder and give it to everyone."""
        folder.mkdir()
        workbook = folder / "national.xlsx"
        write_national(workbook, fiscal_years=self.fiscal_years)
        return Held(ours(workbook, self.fiscal_years), plain(workbook), cached(workbook))


ONE_YEAR = Workload(
    "The national list of one year",
    [FISCAL_YEAR],
    full=Rounds(clicks=20, cold_starts=7),
    quick=Rounds(clicks=6, cold_starts=2),
)
FIVE_YEARS = Workload(
    "The national list of five years, a sheet each",
    range(FISCAL_YEAR - 1, FISCAL_YEAR + 4),
    full=Rounds(clicks=12, cold_starts=5),
    quick=Rounds(clicks=4, cold_starts=1),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result: ours, the other's, their ratio, the target and whether it was met."""

    what: str
    ours: str
    other: str
    ratio: float
    target: str
    met: bool

    def __str__(self) -> str:
        verdict = "met" if self.met else "MISSED"
        return f"{self.what:<{WHAT}}{self.ours:>10}{self.other:>11}{self.ratio:>8.1f}x   {self.target:<9}{verdict}"


def main() -> None:
    """Measure and print. Raises what a run that cannot be made raises."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a first look, not a figure to quote")
    quick: bool = parser.parse_args().quick
    print(f"Medians of interleaved runs, {AGENCIES:,} agencies")
    with tempfile.TemporaryDirectory(prefix="ita-bench-") as folder:
        scratch = Path(folder)
        one_year = ONE_YEAR.held(scratch / "one-year")
        report(ONE_YEAR.name, timings(one_year, ONE_YEAR.quick if quick else ONE_YEAR.full, scratch))
        five_years = FIVE_YEARS.held(scratch / "five-years")
        report(FIVE_YEARS.name, timings(five_years, FIVE_YEARS.quick if quick else FIVE_YEARS.full, scratch))
        visited = first_visits([one_year.us, one_year.them], scratch)
    size = smaller("all bytes received", visited, one_year.them, FIRST_VISIT_MB) if visited else NO_BROWSER
    report("The first visit, to the list of one year", [size])


def report(heading: str, lines: Sequence[Line | str]) -> None:
    """Print lines under a heading, at once: the next ones may take minutes."""
    print(f"\n{heading:<{WHAT}}{'ours':>10}{'plain':>11}{'ratio':>9}   target")
    print(*lines, sep="\n", flush=True)


def timings(held: Held, rounds: Rounds, scratch: Path) -> list[Line]:
    """What a visitor waits for while everyone holds one workload.

    Clicks come first: their servers compile what was never imported, which is no part of a start.
    """
    clicked = clicks([held.us, held.them, held.them_cached], rounds.clicks, scratch)
    started = cold_starts([held.us, held.them], rounds.cold_starts, scratch)
    return [
        faster("click, plain reads the workbook on each run", clicked, held.them, CLICK_OVER_PLAIN, milliseconds),
        faster("click, plain keeps it in st.cache_data", clicked, held.them_cached, CLICK_OVER_CACHED, milliseconds),
        faster("start of the process to the first page", started, held.them, COLD_START_OVER_PLAIN, seconds),
    ]


def cold_starts(contestants: Sequence[Contestant], rounds: int, scratch: Path) -> Figures:
    """Median seconds from making the server's process to the end of the first visitor's first run, by contestant."""
    taken: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    for contestant in turns(contestants, rounds):
        with serving(contestant.app, scratch) as server, server.welcome() as visitor:
            visitor.visit()
            taken[contestant.name].append(time.perf_counter() - server.started)
    return {name: median(times) for name, times in taken.items()}


def clicks(contestants: Sequence[Contestant], rounds: int, scratch: Path) -> Figures:
    """Median seconds from sending a click to holding all it changed, by contestant, all servers up side by side."""
    taken: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    with ExitStack() as open_things:
        visitors = {}
        for contestant in contestants:
            server = open_things.enter_context(serving(contestant.app, scratch))
            visitors[contestant.name] = visitor = open_things.enter_context(server.welcome())
            visitor.visit(contestant.page)
            for key, value in contestant.choices.items():
                visitor.change(key, value)
        for contestant in turns(contestants, rounds + WARM_UP):
            times = taken[contestant.name]
            switched_on = len(times) % 2 == 0
            run = visitors[contestant.name].change(contestant.switch, switched_on)
            if not run.shows("plotly_chart"):
                raise RunFailed(f"{contestant.name}: the click brought no chart")
            times.append(run.seconds)
    return {name: median(times[WARM_UP:]) for name, times in taken.items()}


def first_visits(contestants: Sequence[Contestant], scratch: Path) -> Figures:
    """Bytes a new browser receives for the first page, by contestant; empty where no Chromium is installed."""
    executable = browser()
    if not executable:
        return {}
    received = {}
    for contestant in contestants:
        with serving(contestant.app, scratch) as server:
            server.welcome().close()
            received[contestant.name] = float(first_visit(server.port, "", executable))
    return received


def turns(contestants: Sequence[Contestant], rounds: int) -> Iterator[Contestant]:
    """Each contestant once a round, the order turned round every time, so that a slow minute is shared by all."""
    for number in range(rounds):
        yield from contestants if number % 2 == 0 else reversed(contestants)


def faster(what: str, figures: Figures, other: Contestant, at_least: float, shown: Format) -> Line:
    """A line whose target is a ratio."""
    mine, theirs = figures["ours"], figures[other.name]
    ratio = theirs / mine
    return Line(what, shown(mine), shown(theirs), ratio, f">= {at_least:g}x", ratio >= at_least)


def smaller(what: str, figures: Figures, other: Contestant, under: float) -> Line:
    """A line whose target is a size of ours, in MB."""
    mine, theirs = figures["ours"], figures[other.name]
    return Line(what, megabytes(mine), megabytes(theirs), theirs / mine, f"< {under:g} MB", mine < under * 1e6)


def milliseconds(value: float) -> str:
    return f"{value * 1000:,.0f} ms"


def seconds(value: float) -> str:
    return f"{value:.2f} s"


def megabytes(value: float) -> str:
    return f"{value / 1e6:.2f} MB"


if __name__ == "__main__":
    main()
