from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from ita.store import StaleEdit, Store, open_store
from tests.databases import talking_to
from tests.store.file_frames import BUA, Line, file_of

PROJECT = Path(__file__).parents[2]
ROUNDS = 300

CONFIRMING_CHILD = """
import sys
import threading
from ita.store import open_store
store = open_store(sys.argv[1])
version = 1
while True:
    version = store.change_measure(1, version, {"result": str(version + 1)})
    print(version, flush=True)
"""


@pytest.fixture
def agency_id(store: Store) -> int:
    file_of(Line()).save(store)
    return int(store.agencies(BUA)["agency_id"].iloc[0])


def count_up(url: str, agency_id: int) -> None:
    store = open_store(url)
    for _ in range(ROUNDS):
        while True:
            measure = store.measures(agency_id, 2564).iloc[0]
            try:
                store.change_measure(
                    int(measure["measure_id"]), int(measure["version"]), {"result": str(int(measure["result"]) + 1)}
                )
                break
            except StaleEdit:
                continue
    store.close()


def open_and_save(url: str, start: Barrier, fiscal_year: int) -> None:
    start.wait()
    file_of(Line(fiscal_year=fiscal_year)).save(open_store(url))


def damage(url: str) -> list[str]:
    """What the database finds broken in itself: SQLite is asked, PostgreSQL looks after itself."""
    if not url.startswith("sqlite"):
        return []
    with talking_to(url) as connection:
        return [found for found in connection.exec_driver_sql("pragma integrity_check").scalars() if found != "ok"]


def run_together(processes: list[multiprocessing.process.BaseProcess]) -> None:
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def test_two_processes_can_write_at_the_same_time_and_none_is_lost(
    store: Store, database_url: str, agency_id: int
) -> None:
    store.add_measures(agency_id, 2564, [{"title": "นับ", "result": "0"}])
    spawn = multiprocessing.get_context("spawn")

    run_together([spawn.Process(target=count_up, args=(database_url, agency_id)) for _ in range(2)])

    (row,) = store.measures(agency_id, 2564).to_dict("records")
    assert row["result"] == str(2 * ROUNDS)
    assert row["version"] == 2 * ROUNDS + 1


def test_visitors_in_several_threads_share_one_store(store: Store, agency_id: int) -> None:
    def save_and_look(year: int) -> list[int]:
        file_of(Line(fiscal_year=year)).save(store)
        return store.years(agency_id)

    years = range(2565, 2573)
    with ThreadPoolExecutor(max_workers=8) as visitors:
        seen = list(visitors.map(save_and_look, years))

    assert all(year in shown for year, shown in zip(years, seen, strict=True))
    assert store.years(agency_id) == [*reversed(years), 2564]


def test_two_processes_can_create_the_database_at_the_same_time(database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(2)

    run_together([spawn.Process(target=open_and_save, args=(database_url, start, year)) for year in (2564, 2565)])

    store = open_store(database_url)
    assert store.years(1) == [2565, 2564]
    store.close()


def test_opening_waits_for_whoever_is_making_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite3"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("create table somebody_elses (id integer)")
    other.execute("begin immediate")
    done = threading.Timer(0.3, lambda: other.execute("commit"))
    done.start()

    assert open_store(f"sqlite:///{file}").agency_count() == 0
    done.join()
    other.close()


def test_a_confirmed_save_survives_kill_9(store: Store, database_url: str, agency_id: int) -> None:
    store.add_measures(agency_id, 2564, [{"title": "นับ", "result": "1"}])
    command = [sys.executable, "-c", CONFIRMING_CHILD, database_url]

    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        confirmed = [child.stdout.readline() for _ in range(20)]
        child.kill()
        confirmed += child.stdout.readlines()

    last = max(int(line) for line in confirmed if line.endswith("\n"))
    (row,) = store.measures(agency_id, 2564).to_dict("records")
    assert row["version"] >= last >= 20
    assert row["result"] == str(row["version"])
    assert damage(database_url) == []
