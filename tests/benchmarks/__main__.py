"""`make bench`: medians of interleaved runs, this dashboard beside a plain one, with the targets it set itself.

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
from .national import AGENCIES, write_national
from .server import serving
from .websocket import RunFailed
from .wire import browser, first_visit

COLD_STARTS, CLICKS = 7, 20
QUICK_COLD_STARTS, QUICK_CLICKS = 3, 6
WARM_UP = 2

CLICK_OVER_PLAIN = 50.0
CLICK_OVER_CACHED = 4.0
COLD_START_OVER_PLAIN = 2.5
FIRST_VISIT_MB = 3.0

Figures = Mapping[str, float]
Format = Callable[[float], str]


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
        return f"{self.what:<44}{self.ours:>10}{self.other:>11}{self.ratio:>8.1f}x   {self.target:<9}{verdict}"


def main() -> None:
    """Measure and print. Raises what a run that cannot be made raises."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a first look, not a figure to quote")
    quick: bool = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="ita-bench-") as folder:
        scratch = Path(folder)
        workbook = scratch / "national.xlsx"
        write_national(workbook)
        us, them, them_cached = ours(scratch, workbook), plain(workbook), cached(workbook)

        starts = cold_starts([us, them], QUICK_COLD_STARTS if quick else COLD_STARTS, scratch)
        clicked = clicks([us, them, them_cached], QUICK_CLICKS if quick else CLICKS, scratch)
        visited = first_visits([us, them], scratch)

    print(f"Medians of interleaved runs, a list of {AGENCIES:,} agencies loaded\n")
    print(f"{'':<44}{'ours':>10}{'plain':>11}{'ratio':>9}   target")
    print(faster("click, plain reads the workbook on each run", clicked, them, CLICK_OVER_PLAIN, milliseconds))
    print(faster("click, plain keeps it in st.cache_data", clicked, them_cached, CLICK_OVER_CACHED, milliseconds))
    print(faster("start of the process to the first page", starts, them, COLD_START_OVER_PLAIN, seconds))
    print(smaller("first visit, all bytes received", visited, them, FIRST_VISIT_MB) if visited else NO_BROWSER)


def cold_starts(contestants: Sequence[Contestant], rounds: int, scratch: Path) -> Figures:
    """Median seconds from making the server's process to the end of the first visitor's first run, by contestant.

    A first round is not counted: it compiles what was never imported.
    """
    taken: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    for contestant in turns(contestants, rounds + 1):
        with serving(contestant.app, scratch) as server, server.welcome() as visitor:
            visitor.visit()
            taken[contestant.name].append(time.perf_counter() - server.started)
    return {name: median(times[1:]) for name, times in taken.items()}


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


NO_BROWSER = f"{'first visit, all bytes received':<44}not measured: no Chromium is installed"


if __name__ == "__main__":
    main()
