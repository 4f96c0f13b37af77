"""People clicking through the dashboard all at once, each at an agency of their own, whose figures they must see."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError

import pyarrow as pa

from tests.benchmarks.national import Result
from tests.benchmarks.websocket import Run, Visitor, address_of
from tests.signed_in import cookie_of

PAGES = ("", "indicators", "measures")
THINKING = (1.0, 5.0)
"""Seconds, at least and at most, that a person looks at a page before the next click."""

Clicks = Mapping[str, Sequence[float]]
"""The seconds that each click took, by the page that it opened."""


class WrongFigure(Exception):
    """Somebody was shown something else than what is stored of their agency."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who looks at one agency, and what they must see of it: its result, and its measures' titles."""

    agency_id: int
    result: Result
    measures: tuple[str, ...]

    @property
    def email(self) -> str:
        """Whom they sign in as."""
        return f"clerk-{self.agency_id}@example.org"

    def arrive(self, port: int) -> Visitor:
        """Come to the server at that port, having signed in."""
        return Visitor(port, cookie_of(self.email, address_of(port)))

    def check(self, page: str, run: Run) -> None:
        """Compare what a page showed. Raises WrongFigure."""
        expected, seen = {"": self._verdict, "indicators": self._scores, "measures": self._titles}[page](run)
        if expected != seen:
            raise WrongFigure(f"{self.result.agency}, /{page}: {seen} instead of {expected}")

    def _verdict(self, run: Run) -> tuple[list[str], list[str]]:
        expected = [_decimal(self.result.total), *map(_decimal, self.result.instruments)]
        headings = [element.heading for element in run.elements if element.WhichOneof("type") == "heading"]
        verdict = [heading.body.replace("\\", "").split(" ")[0] for heading in headings if heading.tag == "h1"]
        return expected, verdict + [heading.body.split(" ")[-1] for heading in headings if heading.tag == "h2"]

    def _scores(self, run: Run) -> tuple[list[str], list[str]]:
        (scores,) = _columns(run, "score")
        return list(map(_decimal, self.result.indicators)), [f"{score:.2f}" for score in scores]

    def _titles(self, run: Run) -> tuple[list[str], list[str]]:
        (titles,) = _columns(run, "title")
        return list(self.measures), [str(title) for title in titles]


def clicking(port: int, people: Sequence[Person], seconds: float) -> Clicks:
    """Let everybody in, and take the time of all they click for so long.

    The first page of each is no click: it is opened before the time begins. Raises what went wrong for anybody,
    RunFailed or WrongFigure.
    """
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    all_in = Barrier(len(people))

    def click(number: int, visitor: Visitor) -> None:
        person, chance = people[number], random.Random(number)
        try:
            person.check("", visitor.visit("", f"agency={person.agency_id}"))
        except BaseException:
            all_in.abort()
            raise
        all_in.wait()
        ends = time.monotonic() + seconds
        page = number
        while time.monotonic() < ends:
            time.sleep(chance.uniform(*THINKING))
            page += 1
            name = PAGES[page % len(PAGES)]
            run = visitor.visit(name, f"agency={person.agency_id}")
            person.check(name, run)
            taken[name].append(run.seconds)

    with ExitStack() as doors, ThreadPoolExecutor(len(people)) as hands:
        visitors = [doors.enter_context(person.arrive(port)) for person in people]
        done = [hands.submit(click, number, visitor) for number, visitor in enumerate(visitors)]
        for failure in [one.exception() for one in done]:
            if failure is not None and not isinstance(failure, BrokenBarrierError):  # those only waited for another
                raise failure
    return taken


def _decimal(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}"


def _columns(run: Run, name: str) -> list[list[object]]:
    """The columns of that name in the tables that a run showed."""
    data = [element.dataframe.arrow_data.data for element in run.elements if element.WhichOneof("type") == "dataframe"]
    tables = [pa.ipc.open_stream(content).read_all() for content in data]
    return [table[name].to_pylist() for table in tables if name in table.column_names]
