"""What `make load` calls right is right: a crowd sees its own figures, and one that is not as stored is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.proto.Dataframe_pb2 import Dataframe

from tests.benchmarks.national import Result
from tests.load import crowd
from tests.load.crowd import PAGES, Person, WrongFigure, clicking
from tests.load.places import Place, fill, on_sqlite


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Person]]:
    database = tmp_path_factory.mktemp("load") / "ita.sqlite3"
    return database, fill(database, people=3, agencies=12)


@pytest.fixture(scope="module")
def place(people: tuple[Path, list[Person]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    database, crowd = people
    with on_sqlite(database, crowd)(tmp_path_factory.mktemp("server")) as place:
        yield place


def test_everybody_sees_their_own_figures_on_every_page(
    people: tuple[Path, list[Person]], place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "THINKING", (0.0, 0.1))
    taken = clicking(place.port, people[1], 2)

    assert all(len(taken[page]) >= 2 for page in PAGES)
    assert place.memory() > 10_000_000


def test_everybody_may_edit_what_they_look_at(people: tuple[Path, list[Person]], place: Place) -> None:
    with people[1][0].arrive(place.port) as visitor:
        run = visitor.visit("measures", f"agency={people[1][0].agency_id}")

    modes = {element.dataframe.editing_mode for element in run.elements if element.WhichOneof("type") == "dataframe"}
    assert Dataframe.FIXED in modes


def worse(result: Result, indicator: int) -> Result:
    """The result with another score of one indicator."""
    scores = list(result.indicators)
    scores[indicator - 1] -= 1
    return replace(result, indicators=tuple(scores))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_shows_something_else_than_what_is_stored_is_noticed(
    page: str, people: tuple[Path, list[Person]], place: Place
) -> None:
    person = people[1][0]
    other = replace(person, result=worse(person.result, 9), measures=(*person.measures, "ไม่มีจริง"))
    with person.arrive(place.port) as visitor:
        run = visitor.visit(page, f"agency={person.agency_id}")

    person.check(page, run)
    with pytest.raises(WrongFigure, match=person.result.agency):
        other.check(page, run)


def test_what_goes_wrong_for_one_ends_the_run(people: tuple[Path, list[Person]], place: Place) -> None:
    mistaken = replace(people[1][0], result=worse(people[1][0].result, 9))

    with pytest.raises(WrongFigure, match=mistaken.result.agency):
        clicking(place.port, [people[1][1], mistaken, people[1][2]], 0)
