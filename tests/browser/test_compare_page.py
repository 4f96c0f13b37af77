"""The page that compares: with the year before, and with the agencies of a list."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ita.reading.results import read_results
from ita.store import Store, Upload
from ita.text import speaker
from tests.benchmarks.national import write_national

from .visitor import Grid, Visitor, expect
from .workbooks import BUA, store_samples

pytestmark = pytest.mark.browser

say = speaker("th")
AGENCIES = 900


def store_list(store: Store, folder: Path, fiscal_year: int) -> None:
    """A list of many agencies of a year, the sample's among them."""
    file = folder / f"list_{fiscal_year}.xlsx"
    write_national(file, AGENCIES, [fiscal_year])
    reading = read_results(file)
    frames = (reading.scores, reading.published, reading.items)
    upload = Upload.of(file.read_bytes(), file.name)
    store.save_results(*frames, upload, provinces=reading.provinces)


@pytest.fixture
def among_others(visitor: Visitor, store: Store, tmp_path: Path) -> Visitor:
    """The sample municipality, its two years stored, in a list of its year."""
    agency_id = store_samples(store)
    store_list(store, tmp_path, 2564)
    visitor.open(f"/compare?year=2564&agency={agency_id}")
    expect(visitor.control("compare.peers_bars")).to_be_visible()
    return visitor


def test_two_years_are_set_beside_each_other_and_others_are_asked_for(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/compare?year=2564")
    expect(visitor.title).to_contain_text("80.84 คะแนน เพิ่มขึ้น 1.64 จากปี 2563 (79.20)")
    rows = Grid.of(visitor, "compare.years")
    rows.await_rows(11)
    assert rows.column("2564")[0] == "80.84"
    expect(visitor.page.get_by_text(say("compare.alone"))).to_be_visible()
    expect(visitor.control("compare.ranking")).to_have_count(0)


def test_the_first_year_of_an_agency_asks_for_the_one_before(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/compare?year=2563")
    expect(visitor.page.get_by_text(say("compare.one_year", year=2563))).to_be_visible()
    expect(visitor.title).to_have_text(say("sentence.compared_nothing", year=2563))


def test_the_agency_stands_among_its_own_kind_in_its_own_province(among_others: Visitor, store: Store) -> None:
    everyone = store.results_of(2564)
    alike = everyone[everyone["province"].eq("เพชรบูรณ์") & everyone["name"].str.startswith("เทศบาลตำบล")]
    expect(among_others.title).to_contain_text("เทศบาลตำบล จ.เพชรบูรณ์")
    expect(among_others.page.get_by_text(f"({len(alike)} แห่ง)")).to_be_visible()
    rows = Grid.of(among_others, "compare.peers")
    rows.await_rows(11)
    assert float(rows.column(say("compare.median"))[10]) == round(alike[10].median(), 2)


def test_another_group_has_another_median_and_an_address(among_others: Visitor, store: Store) -> None:
    among_others.pick("compare.province", say("compare.every_province"))
    among_others.pick("compare.kind", say("compare.every_kind"))
    expect(among_others.page.get_by_text(f"({AGENCIES} แห่ง)")).to_be_visible()
    assert (among_others.query["province"], among_others.query["kind"]) == ("all", "all")
    among_others.reload()
    expect(among_others.page.get_by_text(f"({AGENCIES} แห่ง)")).to_be_visible()
    rows = Grid.of(among_others, "compare.peers")
    rows.await_rows(11)
    assert float(rows.column(say("compare.median"))[10]) == round(store.results_of(2564)[10].median(), 2)


def test_a_ranking_is_there_only_when_asked_for(among_others: Visitor, store: Store, tmp_path: Path) -> None:
    expect(among_others.control("compare.ranking")).to_be_visible()
    for key in ("compare.places", "compare.ranking_csv"):
        expect(among_others.control(key)).to_have_count(0)
    among_others.switch("compare.ranking")
    expect(among_others.control("compare.places")).to_be_visible()
    table = list(
        csv.DictReader(io.StringIO(among_others.download("compare.ranking_csv", tmp_path).decode("utf-8-sig")))
    )
    own = next(row for row in table if row[say("column.agency")] == BUA)
    higher = [row for row in table if float(row[say("column.total")]) > 80.84]
    assert (own[say("column.total")], own[say("compare.place")]) == ("80.84", str(len(higher) + 1))


def test_the_file_holds_what_the_screen_shows(among_others: Visitor, tmp_path: Path) -> None:
    content = among_others.download("compare.csv", tmp_path).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    shown = Grid.of(among_others, "compare.peers")
    shown.await_rows(11)
    for in_file, on_screen in (("compare.median", "compare.median"), ("chart.year", "column.score")):
        of_file = [float(row[say(in_file, year=2564)]) for row in rows]
        assert of_file == [float(score) for score in shown.column(say(on_screen))]


def test_years_with_other_rules_are_compared_with_a_warning(visitor: Visitor, store: Store, tmp_path: Path) -> None:
    for year in (2565, 2566):
        store_list(store, tmp_path, year)
    agency_id = int(store.agencies(BUA)["agency_id"].iloc[0])
    visitor.open(f"/compare?year=2566&agency={agency_id}")
    expect(visitor.page.get_by_text(say("sentence.differs_levels"))).to_be_visible()


def test_last_years_measures_stand_beside_what_became_of_the_scores(
    visitor: Visitor, store: Store, tmp_path: Path
) -> None:
    agency_id = store_samples(store)
    store_list(store, tmp_path, 2565)
    measures = store.measures(agency_id, 2564)
    visitor.open(f"/compare?year=2565&agency={agency_id}")
    rows = Grid.of(visitor, "compare.effects")
    rows.await_rows(len(measures))
    assert rows.column(say("column.title")) == measures["title"].tolist()
