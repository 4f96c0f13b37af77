"""Large files are read by another process: with the same outcome, whatever becomes of that process."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd
import psutil
import pytest

from ita.reading import apart
from ita.reading.apart import read_file_apart
from ita.reading.files import STEPS, read_file
from ita.reading.memory import LARGE_FILE
from ita.reading.problems import UnreadableFile
from tests.benchmarks.national import write_national


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook with the results of very many agencies."""
    file: Path = tmp_path_factory.mktemp("large") / "large.xlsx"
    write_national(file, 4000)
    content = file.read_bytes()
    assert len(content) > LARGE_FILE
    return content


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    yield
    while (reader := apart._at_hand()) is not None:
        reader.end()


def readers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if _is_reader(one)]


def _is_reader(process: psutil.Process) -> bool:
    with suppress(psutil.Error):  # it is just ending
        return apart.__name__ in process.cmdline()
    return False


def test_a_large_file_says_the_same_from_another_process(large: bytes) -> None:
    told: list[str] = []
    there = read_file_apart(large, "ทั้งประเทศ.xlsx", tell=told.append)
    assert told == list(STEPS)
    [reader] = readers()
    here = read_file(large, "ทั้งประเทศ.xlsx")
    assert there.results is not None
    assert here.results is not None
    for name in ("scores", "published", "items"):
        pd.testing.assert_frame_equal(getattr(there.results, name), getattr(here.results, name))
    assert there.results.agencies == here.results.agencies
    assert (there.results.problems, there.results.tables) == (here.results.problems, here.results.tables)
    read_file_apart(large)
    assert readers() == [reader], "the process stays for the next file"


def test_a_small_file_is_read_at_once(tmp_path: Path) -> None:
    write_national(tmp_path / "small.xlsx", 10)
    reading = read_file_apart((tmp_path / "small.xlsx").read_bytes())
    assert reading.results is not None
    assert len(reading.results.agencies) == 10
    assert readers() == []


def test_a_large_file_that_cannot_be_read_is_refused_as_any_other() -> None:
    content = b"\xd0\xcf\x11\xe0" + random.Random(1).randbytes(LARGE_FILE)
    with pytest.raises(UnreadableFile) as there:
        read_file_apart(content, "a.xls")
    with pytest.raises(UnreadableFile) as here:
        read_file(content, "a.xls")
    assert there.value.problem == here.value.problem
    assert len(readers()) == 1, "the process was not the one to blame"


def test_a_process_that_dies_over_a_file_costs_nothing_but_time(large: bytes) -> None:
    def kill(step: str) -> None:
        if readers() and step == STEPS[1]:
            readers()[0].kill()

    reading = read_file_apart(large, tell=kill)
    assert reading.results is not None
    assert len(reading.results.agencies) == 4000
    assert readers() == []


def test_a_process_that_died_while_it_waited_is_replaced(large: bytes) -> None:
    read_file_apart(large)
    [first] = readers()
    first.kill()
    first.wait()
    assert read_file_apart(large).results is not None
    assert len(readers()) == 1


def test_who_leaves_in_between_leaves_no_process_behind(large: bytes) -> None:
    class Left(BaseException):
        pass

    def leave(_step: str) -> None:
        raise Left

    with pytest.raises(Left):
        read_file_apart(large, tell=leave)
    assert readers() == []


def test_a_process_with_nothing_to_read_is_ended(large: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "IDLE_SECONDS", 0.2)
    read_file_apart(large)
    until = time.monotonic() + 10
    while readers():
        assert time.monotonic() < until, "it is still there"
        time.sleep(0.05)
