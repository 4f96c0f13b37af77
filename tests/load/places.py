"""Where the crowd goes: the country's list in a file behind one server, and in PostgreSQL behind two and nginx.

Everybody signs in, and may edit what they look at.

Beside them the same pages under Streamlit's stock settings: without our server around them and without our settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from ita.store import open_store
from ita.store.copy import copy_store
from tests.benchmarks.contestants import PROJECT, load_ours
from tests.benchmarks.national import AGENCIES, FISCAL_YEAR, national_results, write_national
from tests.benchmarks.server import App, Server, serving
from tests.cluster import cluster
from tests.signed_in import auth, write_secrets

from .crowd import Person

TITLES = ("จัดทำแผนการใช้จ่าย", "ประกาศเจตนารมณ์", "เผยแพร่ทุกไตรมาส")


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and the servers behind it."""

    port: int
    servers: Sequence[Server]

    def memory(self) -> int:
        """Bytes resident in the servers."""
        return sum(psutil.Process(server.process.pid).memory_info().rss for server in self.servers)


Opening = Callable[[Path], AbstractContextManager[Place]]


def fill(database: Path, people: int, agencies: int = AGENCIES) -> list[Person]:
    """Store the list of so many agencies, and a few measures of so many of them; who looks at each."""
    workbook, url = database.with_suffix(".xlsx"), f"sqlite:///{database}"
    write_national(workbook, agencies)
    load_ours(workbook, url)
    results = national_results(agencies)
    store = open_store(url)
    ids = store.results_of(FISCAL_YEAR).reset_index().set_index("name")["agency_id"]
    crowd = []
    for number in range(people):
        result = results[number * (agencies // people)]
        titles = tuple(f"{title} ({number})" for title in TITLES[: 1 + number % len(TITLES)])
        measures = [{"indicator": place, "title": title} for place, title in enumerate(titles, start=1)]
        store.add_measures(int(ids[result.agency]), FISCAL_YEAR, measures)
        crowd.append(Person(int(ids[result.agency]), result, titles))
    store.close()
    return crowd


def on_sqlite(database: Path, crowd: Sequence[Person]) -> Opening:
    """One server, as an office has it."""

    @contextmanager
    def opening(scratch: Path) -> Iterator[Place]:
        _let_in(crowd, scratch)
        with serving(
            App(PROJECT / "app.py", PROJECT, {"ITA_DATABASE_URL": f"sqlite:///{database}"}), scratch
        ) as server:
            server.welcome().close()
            yield Place(server.port, [server])

    return opening


def on_postgresql(database: Path, url: str, crowd: Sequence[Person]) -> Opening:
    """Two servers behind nginx, on a copy of the file."""
    copy_store(f"sqlite:///{database}", url)

    @contextmanager
    def opening(scratch: Path) -> Iterator[Place]:
        with cluster(scratch, url, prepare=lambda _: _let_in(crowd, scratch)) as servers:
            yield Place(servers.port, servers.servers)

    return opening


def under_stock_settings(database: Path, crowd: Sequence[Person]) -> Opening:
    """One server that knows nothing but the script of every run."""

    @contextmanager
    def opening(scratch: Path) -> Iterator[Place]:
        _let_in(crowd, scratch)
        environment = {"ITA_DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": str(PROJECT)}
        with serving(App(PROJECT / "ita" / "ui" / "main.py", scratch, environment), scratch) as server:
            server.welcome().close()
            yield Place(server.port, [server])

    return opening


def _let_in(crowd: Sequence[Person], home: Path) -> None:
    """Name the crowd as editors to a server with that home. Nobody is asked at the provider: they have been there."""
    access = {"editors": [person.email for person in crowd]}
    write_secrets(home, {"auth": auth("http://127.0.0.1:9"), "access": access})
