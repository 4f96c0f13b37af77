"""What is printed: one line a measurement, under headings that say whose figures stand where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

WHAT = 48  # columns of a printed line for what was measured

Format = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result: ours, the other's, their ratio, the target and whether it was met, if there is one."""

    what: str
    ours: str
    other: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.1f}x"
        verdict = {None: "", True: "met", False: "MISSED"}[self.met]
        line = f"{self.what:<{WHAT}}{self.ours:>10}{self.other:>11}{ratio:>9}   {self.target:<10}{verdict}"
        return line.rstrip()


def report(heading: str, lines: Iterable[Line | str], other: str = "plain") -> None:
    """Print a heading, and each line as soon as there is one: the next may take minutes."""
    print(f"\n{heading:<{WHAT}}{'ours':>10}{other:>11}{'ratio':>9}   target", flush=True)
    for line in lines:
        print(line, flush=True)


def faster(what: str, mine: float, theirs: float, at_least: float, shown: Format) -> Line:
    """A line whose target is how many times faster ours is."""
    ratio = theirs / mine
    return Line(what, shown(mine), shown(theirs), ratio, f">= {at_least:g}x", ratio >= at_least)


def within(what: str, mine: float, theirs: float, at_most: float, shown: Format) -> Line:
    """A line whose target is how many times the other ours may be."""
    ratio = mine / theirs
    return Line(what, shown(mine), shown(theirs), ratio, f"<= {at_most:g}x", ratio <= at_most)


def smaller(what: str, mine: float, theirs: float, under: float) -> Line:
    """A line whose target is a size of ours, in MB."""
    return Line(what, megabytes(mine), megabytes(theirs), theirs / mine, f"< {under:g} MB", mine < under * 1e6)


def milliseconds(value: float) -> str:
    return f"{value * 1000:,.0f} ms"


def microseconds(value: float) -> str:
    return f"{value * 1e6:,.1f} µs"


def seconds(value: float) -> str:
    return f"{value:.2f} s"


def megabytes(value: float) -> str:
    return f"{value / 1e6:.2f} MB"
