"""Every file of the corpus is refused with its sentence, at once, and the server notices nothing.

The sentences stand in bad_files_sentences.toml. After a change of words `python -m tests.reading.test_bad_files` writes
them anew, to be read before they are committed.
"""

from __future__ import annotations

import json
import os
import threading
import time
import tomllib
from io import BytesIO
from pathlib import Path

import psutil
import pytest

import ita
from ita.reading import isolation
from ita.reading.problems import Problem, UnreadableFile
from ita.reading.refusals import MISLEADING
from ita.reading.workbook import read_sheets
from ita.text import LANGUAGES
from ita.ui.escape import plain
from tests.reading.bad_files import BAD_FILES, BadFile
from tests.reading.workbook_files import handmade, number, one_cell

SENTENCES = Path(__file__).with_name("bad_files_sentences.toml")
BUSY_SECONDS = 2.0  # of the processor, here and in the children; the slowest takes 0.7
GROWTH = 12 * 2**20  # bytes, and what the file itself has


def refusal(bad: BadFile) -> Problem:
    with pytest.raises(UnreadableFile) as raised:
        read_sheets(bad.content(), bad.filename)
    return raised.value.problem


def busy_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Peak:
    """The most memory that this process takes while the block runs, above what it took before."""

    def __enter__(self) -> Peak:
        self._process = psutil.Process()
        self._before = self._most = self._process.memory_info().rss
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def _look(self) -> None:
        while not self._ended.wait(0.005):
            self._most = max(self._most, self._process.memory_info().rss)

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self.growth = max(self._most, self._process.memory_info().rss) - self._before


def test_there_are_many_and_each_has_its_sentence() -> None:
    assert len(BAD_FILES) >= 60
    assert list(tomllib.loads(SENTENCES.read_text("utf-8"))) == list(BAD_FILES)


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_its_sentence_soon_and_costs_the_server_nothing(name: str) -> None:
    bad = BAD_FILES[name]
    content = bad.content()
    children = psutil.Process().children()
    begun = busy_seconds()

    with Peak() as peak, pytest.raises(UnreadableFile) as raised:
        read_sheets(content, bad.filename)

    problem = raised.value.problem
    assert (problem.code, problem.severity) == (bad.code, "error")
    assert {language: problem.message(language) for language in LANGUAGES} == sentences()[name]
    assert busy_seconds() - begun < BUSY_SECONDS
    assert peak.growth < GROWTH + 2 * len(content)
    assert psutil.Process().children() == children


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_sentence_says_what_is_wrong_and_what_to_do_in_plain_text(name: str) -> None:
    said = sentences()[name]

    assert "โปรด" in said["th"]
    assert "Please" in said["en"]
    for text in said.values():
        assert not MISLEADING.search(text)
        assert len(text) < 500


def test_the_server_still_reads_after_all_of_them() -> None:
    for name in ("one huge cell with a lying size", "a lying count of strings", "two cells at opposite corners"):
        refusal(BAD_FILES[name])

    assert read_sheets(one_cell("ยังอยู่"))[0].rows == [["ยังอยู่"]]


@pytest.mark.parametrize("name", ["a PDF", "a download that broke off", "a letter", "two cells far apart"])
def test_results_and_measures_are_refused_alike_from_a_path_bytes_or_an_upload(name: str, tmp_path: Path) -> None:
    bad = BAD_FILES[name]
    content = bad.content()
    path = tmp_path / bad.filename
    path.write_bytes(content)

    for read in (ita.read_results, ita.read_measures):
        for source in (path, str(path), content, bytearray(content), memoryview(content), BytesIO(content)):
            with pytest.raises(UnreadableFile) as raised:
                read(source)
            assert raised.value.problem.code == bad.code


@pytest.mark.parametrize("read", [ita.read_results, ita.read_measures])
def test_a_path_that_cannot_be_opened_is_the_systems_own_error(read: object, tmp_path: Path) -> None:
    assert callable(read)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "ไม่มีไฟล์นี้.xlsx")
    with pytest.raises((IsADirectoryError, PermissionError)):  # a folder: the latter on Windows
        read(tmp_path)


def test_a_name_that_would_act_on_a_screen_is_shown_as_text() -> None:
    acting = "<img src=x onerror=alert(1)>[a](javascript:b)![c](http://d)$e$"
    with pytest.raises(UnreadableFile) as raised:
        read_sheets(handmade(number("A1"), **{f"../{acting}": "x"}))

    shown = plain(raised.value.problem.told("th"))

    assert acting in raised.value.problem.told("th")
    assert not any(sign in shown.replace(r"\$", "").replace(r"\<", "") for sign in ("<img", "](", "$"))


def test_memory_is_watched_from_outside_where_a_process_cannot_limit_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: the child knows no limits, and takes more and more."""
    script = tmp_path / "unlimited.py"
    script.write_text(
        "import sys, time\nsys.stdin.buffer.read()\nheld = []\nfor _ in range(40):\n"
        "    held.append(b'x' * 2**23)\n    time.sleep(0.02)\nsys.stdout.write('7')\n",
        "utf-8",
    )
    monkeypatch.setattr(isolation, "RESIDENT_MEGABYTES", 100)
    begun = time.monotonic()

    answer = isolation.answer_of(script, b"anything", "python_calamine", lambda line: line)

    assert (answer.lines, answer.end) == ([], "memory")
    assert time.monotonic() - begun < 10


# The sentences


def sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(SENTENCES.read_text("utf-8"))


def write_sentences() -> None:
    lines: list[str] = []
    for name, bad in BAD_FILES.items():
        problem = refusal(bad)
        said = (f"{language} = {json.dumps(problem.message(language), ensure_ascii=False)}" for language in LANGUAGES)
        lines += [f"[{json.dumps(name)}]", *said, ""]
    SENTENCES.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    write_sentences()
