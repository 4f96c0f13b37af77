"""Who is compared: this dashboard, a plain one, and the plain one with its file cached; all hold the same workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ita
from ita.store import Upload, open_store

from .national import SAMPLE, write_national
from .server import App
from .websocket import RunFailed

PROJECT = Path(__file__).parents[2]
PLAIN = Path(__file__).parent / "plain"


@dataclass(frozen=True, slots=True)
class Contestant:
    """An app, and where in it the click is made: a page's address, what is chosen there first, the key of a switch.

    The click asks the same of everyone, of the same agency: show only the indicators under the mark.
    """

    name: str
    app: App
    page: str
    switch: str
    choices: Mapping[str, str] = field(default_factory=dict)


def ours(workbook: Path, fiscal_years: Sequence[int]) -> Contestant:
    """This dashboard under its own settings, results already stored: an office's own, then the whole country's.

    Its own, of the years that the workbook holds, comes first: a list of many agencies does not say whose office this
    is. Database and own results lie beside the workbook.
    """
    database_url = f"sqlite:///{workbook.with_name('ita.sqlite3')}"
    own = workbook.with_name("own.xlsx")
    write_national(own, count=1, fiscal_years=fiscal_years)
    load_ours(own, database_url)
    load_ours(workbook, database_url)
    app = App(PROJECT / "app.py", PROJECT, {"ITA_DATABASE_URL": database_url})
    return Contestant("ours", app, "indicators", "indicators.below")


def plain(workbook: Path) -> Contestant:
    """The plain dashboard under stock settings, run where the workbook lies, as it expects."""
    return _plain("plain", "dashboard.py", workbook)


def cached(workbook: Path) -> Contestant:
    """The same with st.cache_data on its loader."""
    return _plain("cached", "dashboard_cached.py", workbook)


def load_ours(workbook: Path, database_url: str) -> None:
    """Store a workbook's results as a confirmed upload does. Raises RunFailed when none of it was taken."""
    reading = ita.read_results(workbook)
    store = open_store(database_url)
    frames = (reading.scores, reading.published, reading.items)
    upload = Upload.of(workbook.read_bytes(), workbook.name)
    saved = store.save_results(*frames, upload, provinces=reading.provinces)
    store.close()
    if not saved.added:
        raise RunFailed(f"nothing new was read from {workbook.name}: {[problem.code for problem in reading.problems]}")


def _plain(name: str, script: str, workbook: Path) -> Contestant:
    app = App(PLAIN / script, workbook.parent)
    return Contestant(name, app, "", "below", {"agency": SAMPLE.agency})
