"""One agency among 8,300 others of eight years: ours beside the groupby that comes to mind first, and every page.

Both start from what is stored. The naive way keeps everything as one long frame and groups it at every question; ours
keeps a year as columns. Then a visitor opens page after page of a server that holds all eight years.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import pandas as pd

from ita.assessment import rounded
from ita.peers import QUARTILES, Peers
from ita.rulebooks import rulebook
from ita.store import open_store

from .contestants import ours
from .national import FISCAL_YEAR, SAMPLE, write_national
from .report import Line, faster, milliseconds
from .server import serving
from .turns import medians
from .websocket import RunFailed

YEARS = range(2562, 2570)
KIND, KIND_NAME = "subdistrict_municipality", "เทศบาลตำบล"
ASKED_OVER_NAIVE = 5.0
FIRST_OVER_NAIVE = 8.0
PAGE_MS = 100
PAGES = ("", "indicators", "compare", "measures", "path", "meeting", "documents", "upload", "rules")


def comparing(scratch: Path, quick: bool) -> Iterator[Line]:
    """The questions of one agency among all, the first ones after a start, and a visit to each page."""
    folder = scratch / "eight-years"
    folder.mkdir()
    workbook = folder / "national.xlsx"
    write_national(workbook, fiscal_years=YEARS)
    us = ours(workbook, YEARS)
    yield from _questions(workbook.with_name("ita.sqlite3"), 2 if quick else 5)
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    with serving(us.app, folder) as server, server.welcome() as visitor:
        for _ in range(3 if quick else 12):
            for page in PAGES:
                taken[page].append(visitor.visit(page, "year=2566").seconds)
    for page, times in taken.items():
        usual = median(times)
        yield Line(f"/{page}, eight years", milliseconds(usual), "", None, f"<= {PAGE_MS} ms", usual * 1000 <= PAGE_MS)


def _questions(database: Path, rounds: int) -> Iterator[Line]:
    """The spread in a province and in the country; then with reading it from the store."""
    store = open_store(f"sqlite:///{database}")
    agency_id = int(store.agencies(SAMPLE.agency, limit=1)["agency_id"].iloc[0])
    rules = rulebook(FISCAL_YEAR)
    everyone, long = Peers.of(store.results_of(FISCAL_YEAR), rules), _long(database)
    if not _spread(everyone, agency_id)["median"].drop("total").equals(_naive(long, agency_id)["median"]):
        raise RunFailed("the two ways do not agree")
    tasks = {
        "ours": lambda: [_spread(everyone, agency_id), everyone.spread(everyone.agencies.loc[agency_id])],
        "naive": lambda: [_naive(long, agency_id), _naive(long, agency_id, alike=False)],
        "ours, first": lambda: _spread(Peers.of(store.results_of(FISCAL_YEAR), rules), agency_id),
        "naive, first": lambda: _naive(_long(database), agency_id),
    }
    taken = medians(tasks, rounds)
    store.close()
    what = "median and middle half, province and country"
    yield faster(what, taken["ours"], taken["naive"], ASKED_OVER_NAIVE, milliseconds)
    what = "the first question after anything was saved"
    yield faster(what, taken["ours, first"], taken["naive, first"], FIRST_OVER_NAIVE, milliseconds)


def _spread(everyone: Peers, agency_id: int) -> pd.DataFrame:
    return everyone.among(SAMPLE.province, KIND).spread(everyone.agencies.loc[agency_id])


def _long(database: Path) -> pd.DataFrame:
    """Every score of every year, a row each."""
    query = """
        SELECT agency.id AS agency_id, name, province, fiscal_year, indicator, score FROM score
        JOIN result ON result.id = score.result_id JOIN agency ON agency.id = result.agency_id
        LEFT JOIN agency_province ON agency_province.agency_id = agency.id WHERE replaced_at IS NULL
    """
    with closing(sqlite3.connect(database)) as connection:
        return pd.read_sql(query, connection)


def _naive(long: pd.DataFrame, agency_id: int, *, alike: bool = True) -> pd.DataFrame:
    """The same as `Peers.spread`, of the indicators."""
    year = long[long["fiscal_year"] == FISCAL_YEAR]
    if alike:
        year = year[(year["province"] == SAMPLE.province) & year["name"].str.startswith(KIND_NAME)]
    grouped = year.groupby("indicator")["score"]
    lower, middle, upper = (rounded(grouped.quantile(share)) for share in QUARTILES)
    own = year[year["agency_id"] == agency_id].set_index("indicator")["score"]
    place = year.assign(place=grouped.rank(method="min", ascending=False))
    place = place[place["agency_id"] == agency_id].set_index("indicator")["place"]
    columns = {"own": own, "lower": lower, "median": middle, "upper": upper, "place": place, "count": grouped.count()}
    return pd.DataFrame(columns)
