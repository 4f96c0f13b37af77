"""`make load`: fifty people at once, on SQLite with one server and on PostgreSQL with two behind nginx.

The country's list is stored. Everybody has signed in and looks at an agency of their own, which they may edit. Every
figure seen is compared with what was stored: a wrong one, or an error, ends the run. A missed target is printed as
missed and is no failure.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ita.documents.csv_text import write_csv
from tests.benchmarks.contestants import ours
from tests.benchmarks.national import AGENCIES, FISCAL_YEAR, national_results
from tests.benchmarks.neighbours import SECONDS, clicks_beside, clicks_while
from tests.benchmarks.reading import Lists
from tests.benchmarks.report import Line, faster, milliseconds, report, within
from tests.benchmarks.server import serving
from tests.benchmarks.turns import medians, turns
from tests.databases import empty_database

from .crowd import PAGES, Person, clicking
from .places import Opening, fill, on_postgresql, on_sqlite, under_stock_settings

PEOPLE = 50
STOCK = "SQLite, one server, stock settings"
P95_OVER_STOCK = 10.0
P95_BESIDE_UPLOADS = 1.5
CSV_OVER_PANDAS = 3.0
WARM_UP = 1  # second


def crowded(places: Mapping[str, Opening], crowd: Sequence[Person], rounds: int, seconds: float, scratch: Path) -> None:
    """Let the crowd into each place in turn, and print what a click took there and what a person weighs."""
    taken: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in places}
    weights: dict[str, list[float]] = defaultdict(list)
    for number, name in enumerate(turns(list(places), rounds)):
        folder = scratch / f"visit-{number}"
        folder.mkdir()
        with places[name](folder) as place:
            clicking(place.port, crowd[:1], 0)
            empty = place.memory()
            for page, times in clicking(place.port, crowd, seconds).items():
                taken[name][page] += times
            weights[name].append((place.memory() - empty) / len(crowd))
    print(f"\n{'':<48}{'clicks':>8}{'p50':>10}{'p95':>10}{'a person':>12}")
    for name, pages in taken.items():
        every = [one for times in pages.values() for one in times]
        print(f"{name:<48}{_figures(every)}{np.mean(weights[name]) / 1e6:>9.1f} MB")
        for page in PAGES:
            print(f"  /{page:<45}{_figures(pages[page])}")
    print(
        f"No error and no wrong figure in {sum(len(t) for pages in taken.values() for t in pages.values()):,} clicks."
    )
    p95 = {name: _p95([one for times in pages.values() for one in times]) for name, pages in taken.items()}
    lines = (
        faster(f"p95, {name}", mine, p95[STOCK], P95_OVER_STOCK, milliseconds)
        for name, mine in p95.items()
        if name != STOCK
    )
    report("The slowest click in twenty", lines, other="stock")


def beside_uploads(scratch: Path, quick: bool) -> Iterator[Line]:
    """The slowest click in twenty while somebody uploads national lists, over one on an idle server."""
    scratch = scratch / "beside"
    scratch.mkdir()
    lists = Lists(scratch)
    us = ours(lists.rows(), [FISCAL_YEAR])
    idle: list[float] = []
    beside: list[float] = []
    with serving(us.app, scratch) as server, server.welcome() as visitor:
        visitor.visit(us.page)
        clicks_while(visitor, us, time.monotonic() + WARM_UP)
        for _ in range(1 if quick else 5):
            idle += clicks_while(visitor, us, time.monotonic() + SECONDS)
            clicks_beside(server, visitor, us, lists.rows(), beside)
    yield within("p95 beside uploads of a national list", _p95(beside), _p95(idle), P95_BESIDE_UPLOADS, milliseconds)


def csv_of_the_country(quick: bool) -> Iterator[Line]:
    """Every agency below the mark as CSV that no spreadsheet runs, over `to_csv`, which asks nothing of a text."""
    below = [result for result in national_results() if not result.passed]
    texts = pd.DataFrame([(one.agency, one.province, one.level) for one in below])
    scores = pd.DataFrame([(*one.indicators, one.total) for one in below]) / 100
    frame = pd.concat([texts, scores], axis="columns")
    tasks = {"ours": lambda: write_csv(frame), "theirs": lambda: _plainly(frame)}
    assert write_csv(frame) == _plainly(frame), "the two do not write the same"
    taken = medians(tasks, 5 if quick else 25)
    yield faster(f"CSV of {len(frame):,} agencies", taken["ours"], taken["theirs"], CSV_OVER_PANDAS, milliseconds)


def _plainly(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, float_format="%.2f", lineterminator="\r\n").encode("utf-8-sig")


def _figures(times: Sequence[float]) -> str:
    return f"{len(times):>8,}{milliseconds(float(np.median(times))):>10}{milliseconds(_p95(times)):>10}"


def _p95(times: Sequence[float]) -> float:
    return float(np.percentile(times, 95))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a first look, not a figure to quote")
    quick = parser.parse_args().quick
    print(f"{PEOPLE} people at once, {AGENCIES:,} agencies stored")
    with tempfile.TemporaryDirectory(prefix="ita-load-") as folder:
        scratch = Path(folder)
        database = scratch / "ita.sqlite3"
        crowd = fill(database, PEOPLE)
        with empty_database("postgresql", scratch) as url:
            places = {
                "SQLite, one server": on_sqlite(database, crowd),
                "PostgreSQL, two servers behind nginx": on_postgresql(database, url, crowd),
                STOCK: under_stock_settings(database, crowd),
            }
            crowded(places, crowd, 1 if quick else 3, 12 if quick else 60, scratch)
        report("Beside somebody else", beside_uploads(scratch, quick), other="idle")
        report("The whole country in a file", csv_of_the_country(quick), other="to_csv")


if __name__ == "__main__":
    main()
