"""What a visitor waits for: one click, the first page of a server just started, and how many bytes that is.

The click asks for the indicators under the mark alone. Everyone shows the same results of the same agency, with its
years to choose from and last year beside this one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .contestants import Contestant, cached, ours, plain
from .national import FISCAL_YEAR, write_national
from .report import Line, faster, milliseconds, seconds, smaller
from .server import serving
from .turns import turns
from .websocket import RunFailed
from .wire import browser, first_visit

WARM_UP = 1  # the visit has drawn the page without the filter, one click draws it with

CLICK_OVER_PLAIN = 50.0
CLICK_OVER_CACHED = 4.0
COLD_START_OVER_PLAIN = 2.5
FIRST_VISIT_MB = 3.0

ALL_BYTES = "all bytes received"

Figures = Mapping[str, float]


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


def timings(held: Held, rounds: Rounds, scratch: Path) -> list[Line]:
    """What a visitor waits for while everyone holds one workload.

    Clicks come first: their servers compile what was never imported, which is no part of a start.
    """
    plain, cached = held.them.name, held.them_cached.name
    clicked = clicks([held.us, held.them, held.them_cached], rounds.clicks, scratch)
    started = cold_starts([held.us, held.them], rounds.cold_starts, scratch)
    mine = clicked["ours"]
    return [
        faster("click, plain reads the workbook on each run", mine, clicked[plain], CLICK_OVER_PLAIN, milliseconds),
        faster("click, plain keeps it in st.cache_data", mine, clicked[cached], CLICK_OVER_CACHED, milliseconds),
        faster(
            "start of the process to the first page", started["ours"], started[plain], COLD_START_OVER_PLAIN, seconds
        ),
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


def first_visits(held: Held, scratch: Path) -> Iterator[Line | str]:
    """Bytes a new browser receives for the first page; said so where no Chromium is installed."""
    executable = browser()
    if not executable:
        yield f"{ALL_BYTES}: not measured, no Chromium is installed"
        return
    received = []
    for contestant in (held.us, held.them):
        with serving(contestant.app, scratch) as server:
            server.welcome().close()
            received.append(float(first_visit(server.port, "", executable)))
    yield smaller(ALL_BYTES, *received, FIRST_VISIT_MB)
