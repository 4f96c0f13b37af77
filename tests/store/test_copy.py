"""A store moved as a whole: everything arrives, the office works on with it, and nothing is written over."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ita import meetings
from ita.assessment import assess
from ita.measures import with_state
from ita.store import Store, open_store
from ita.store.copy import main
from ita.text import LANGUAGES, speaker
from tests.databases import KINDS, content, empty_database, talking_to
from tests.documents.briefings import YEAR, store_example
from tests.store.file_frames import BUA, Line, file_of

FIRST_RELEASED = Path(__file__).with_name("layouts") / "0001.sql"


@pytest.fixture
def target(database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database of the other kind than `database_url`."""
    (other,) = (kind for kind in KINDS if not database_url.startswith(kind))
    with empty_database(other, tmp_path) as url:
        yield url


@pytest.fixture
def agency_id(store: Store) -> int:
    """An agency with something of everything that a store keeps."""
    agency_id = store_example(store)
    file_of(Line(items={"o1": 0.0, "o2": None}).but(1, 90.0)).save(store, replace=[(BUA, 2564)])
    lists = file_of(*(Line(f"อบต. {number}", 2565) for number in range(700)))
    store.save_results(*lists.frames, lists.upload, provinces={"อบต. 7": "เลย"}, by="clerk@example.go.th")
    first, second = store.measures(agency_id, YEAR)["measure_id"].head(2).tolist()
    changes = {"status": "in_progress", "percent": 40, "budget": 0.5, "period_end": dt.date(2022, 3, 31)}
    store.change_measure(first, 1, changes, by="clerk@example.go.th")
    store.delete_measure(second, 1)
    store.add_measures(agency_id, YEAR + 1, [{"title": "ทำต่อจากปีก่อน", "carried_from": first}])
    store.save_known_items(agency_id, YEAR, {"o42": False, "o43": True})
    store.write_slide_note(agency_id, YEAR, "verdict", "ถามกองคลัง")
    result = store.result(agency_id, YEAR)
    assert result is not None
    shown = with_state(store.measures(agency_id, YEAR), dt.date(2022, 4, 20))
    closed = meetings.closed(dt.date(2022, 4, 20), assess(result.scores, YEAR, result.published), shown)
    store.close_meeting(agency_id, YEAR, closed)
    return agency_id


def sentences(key: str, **values: object) -> str:
    return "".join(f"{speaker(code)(key, **values)}\n" for code in LANGUAGES)


def test_every_row_arrives_as_it_was(
    agency_id: int, database_url: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = content(database_url)
    assert all(stored.values()), "of a table without a row nothing is shown"

    assert main([database_url, target]) == 0

    assert content(target) == stored
    assert capsys.readouterr().out == sentences("copy.done", rows=sum(map(len, stored.values())))


def test_the_office_works_on_with_the_copy(agency_id: int, database_url: str, target: str) -> None:
    running = open_store(target)
    before = running.revision()

    assert main([database_url, target]) == 0

    assert running.revision() > before, "a server that runs already would not notice"
    (added,) = running.add_measures(agency_id, YEAR, [{"title": "ใหม่"}])
    assert added not in content(database_url)["measure"]
    assert file_of(Line("เทศบาลใหม่", 2566)).save(running).added == 1
    assert running.measure_changes(agency_id, YEAR)["title"].tolist()[0] == "ใหม่"
    running.close()


def test_what_holds_anything_is_not_copied_into(
    agency_id: int, database_url: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = open_store(target)
    file_of(Line("เทศบาลอื่น")).save(other)
    other.close()
    before = content(target)

    assert main([database_url, target]) == 1

    assert content(target) == before
    assert capsys.readouterr().err == sentences("copy.not_empty")


def test_a_copy_that_fails_leaves_the_target_empty(
    agency_id: int, database_url: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store(target).close()
    with talking_to(target) as connection:
        connection.exec_driver_sql("create unique index no_second_score on score (indicator)")

    assert main([database_url, target]) == 1

    assert not any(content(target).values())
    assert "score" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_not_made(target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing.sqlite3"

    assert main([f"sqlite:///{missing}", target]) == 1

    assert not missing.exists()
    assert capsys.readouterr().err == sentences("copy.no_store")


def test_the_file_of_an_earlier_program_is_copied_too(database_url: str, tmp_path: Path) -> None:
    released = tmp_path / "released.sqlite3"
    with closing(sqlite3.connect(released)) as connection:
        connection.executescript(FIRST_RELEASED.read_text(encoding="utf-8"))

    assert main([f"sqlite:///{released}", database_url]) == 0

    copied = open_store(database_url)
    assert copied.results_of(2565)["total"].tolist() == [80.84, 80.84]
    assert copied.measure_changes(1, 2564)["kind"].tolist() == ["removed", "added", "added", "added"]
    copied.close()
