"""A writing process is ended (kill -9) at random moments: what it confirmed is there, whole, and the next goes on.

50 times in every run of the tests; `make faults` does it 1,000 times.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from ita.store import open_store
from tests.faults.writer import change, write

KILLS = int(os.environ.get("KILLS", "50"))
PROJECT = Path(__file__).parents[2]
CHANGES = 8
"""A writer has time for so many changes at most: one in five from its very start, the others from their first."""


def confirmed_and_begun(url: str, number: int, longest: float) -> tuple[int, int]:
    """The last change that a writer confirmed and the last that it began, before it was killed at a random moment."""
    fork = multiprocessing.get_context("forkserver")
    told, tell = fork.Pipe(duplex=False)
    writer = fork.Process(target=write, args=(url, number, tell))
    writer.start()
    tell.close()
    assert random.random() < 0.2 or told.poll(60), "the writer does not begin"
    time.sleep(random.uniform(0, longest))
    writer.kill()
    writer.join()
    assert writer.exitcode == -9, "the writer ended by itself: it was refused something"
    heard = {"confirmed": number - 1, "begun": number - 1}
    with told:
        try:
            while told.poll():
                what, reached = told.recv()
                heard[what] = reached
        except EOFError:
            pass
    return heard["confirmed"], heard["begun"]


def done(file: Path) -> list[int]:
    """The changes that are in the database, by the numbers they left; each of them must be whole."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]

        def numbers(asked: str) -> set[int]:
            return {int(number) for (number,) in connection.execute(asked)}

        replaced = numbers("select replace(file_name, '.xlsx', '') from upload")
        whole = numbers("select round(score * 1e4) from score group by result_id, score having count(*) = 10")
        added = numbers("select title from measure where title not like '%อีกข้อ'")
        both = numbers("select replace(title, ' อีกข้อ', '') from measure where title like '%อีกข้อ'")
        assert replaced == whole
        assert added == both
        assert connection.execute("select count(*) from result where replaced_at is null").fetchone() == (1,)
        logged = "select json_extract(changed, '$.result[1]') from measure_change where kind = 'changed'"
        return sorted(replaced | added | numbers(logged))


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX")
def test_what_was_confirmed_survives_kill_9_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What every writer needs is imported once, by the server that they are forked from.
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.faults.writer"])
    file = tmp_path / "ita.sqlite3"
    url = f"sqlite:///{file}"
    store = open_store(url)
    began = time.monotonic()
    for number in range(CHANGES):
        change(store, number)
    longest = time.monotonic() - began
    store.close()
    next_one, changes, unfinished = CHANGES, 0, 0
    for _ in range(KILLS):
        confirmed, begun = confirmed_and_begun(url, next_one, longest)
        there = done(file)
        assert there == list(range(len(there))), "a change is missing"
        assert confirmed <= there[-1] <= begun
        changes += confirmed + 1 - next_one
        unfinished += begun > confirmed
        next_one = there[-1] + 1
    assert changes > KILLS / 4
    assert unfinished > KILLS / 10, "it was hardly ever killed while it wrote"
    backups = open_store(url).backups
    assert backups is not None
    assert backups.listed()["readable"].all()
    assert len(backups.listed()) > 1
    print(f"\n{KILLS} kills, {unfinished} of them within a change; {changes} confirmed changes, none lost")
