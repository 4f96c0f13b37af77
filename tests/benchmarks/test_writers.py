"""What the benchmark reads, stores and uploads is what it claims to be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import mean

import pandas as pd
import pytest
from sqlalchemy import create_engine, text

import ita
from ita.store import Saved, Upload, open_store

from .contestants import PROJECT
from .hostile import again, hostile_workbook
from .item_list import HEADER, OIT_ITEMS, SURVEY_ITEMS, item_results, write_items
from .national import ITEMS_OF_9, ITEMS_OF_10, national_results, write_national, write_rows
from .storing import Frames, save_in_orm, save_in_ours


def listed(path: Path) -> pd.DataFrame:
    """One row per agency of a list, by name."""
    sheet = pd.read_excel(path, header=3, engine="openpyxl")
    return sheet.dropna(subset=["หน่วยงาน"]).set_index("หน่วยงาน")


def frames_of(path: Path) -> Frames:
    reading = ita.read_results(path)
    return Frames(reading.scores, reading.published, reading.items)


# The lists


def test_the_list_with_items_has_a_hundred_columns_and_their_means(tmp_path: Path) -> None:
    path = tmp_path / "items.xlsx"
    write_items(path, count=40)
    agencies = listed(path)
    assert len(HEADER) == len(set(HEADER)) == 100
    assert agencies.shape == (40, 99)  # the name is the hundredth
    assert len(OIT_ITEMS) == 43
    assert len(SURVEY_ITEMS) == 45
    assert set(agencies[list(OIT_ITEMS)].to_numpy().ravel()) == {0, 100}
    assert agencies[list(SURVEY_ITEMS)].to_numpy().min() >= 20
    assert agencies[list(SURVEY_ITEMS)].to_numpy().max() <= 100
    surveyed = agencies[[f"e{number}" for number in range(1, 16)]].mean(axis=1)
    assert (surveyed - agencies["EIT"]).abs().max() <= 0.011
    total = 0.30 * agencies["IIT"] + 0.30 * agencies["EIT"] + 0.40 * agencies["OIT"]
    assert (total - agencies["คะแนนรวม"]).abs().max() <= 0.011


def test_the_open_data_of_the_list_with_items_is_the_mean_of_its_parts() -> None:
    for one in item_results(40):
        shares = []
        rest = list(one.oit)
        for size in (*ITEMS_OF_9, *ITEMS_OF_10):
            shares.append(mean(rest[:size]))
            rest = rest[size:]
        assert rest == []
        assert one.result.indicators[8] == pytest.approx(mean(shares[:5]), abs=0.5)
        assert one.result.indicators[9] == pytest.approx(mean(shares[5:]), abs=0.5)


def test_a_list_of_the_countrys_length_is_the_countrys_list(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.xlsx", 300)
    rows = listed(tmp_path / "rows.xlsx")
    assert rows.index.tolist() == [result.agency for result in national_results()][:300]
    assert rows["คะแนนรวม"].is_monotonic_decreasing


def test_a_longer_list_goes_on_with_schools_and_names_nobody_twice(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.xlsx", 8_400)
    rows = listed(tmp_path / "rows.xlsx")
    assert len(rows) == 8_400
    assert rows.index.is_unique
    assert rows.index[8_299] == national_results()[-1].agency
    assert all(name.startswith("โรงเรียนในสังกัด") for name in rows.index[8_300:])


# The files of a visitor who means harm


def test_the_hostile_file_is_small_and_refused() -> None:
    content = hostile_workbook()
    assert len(content) < 10_000
    with pytest.raises(ita.UnreadableFile):
        ita.read_results(content, filename="hostile.xlsx")


def test_the_same_list_again_is_another_file_with_the_same_scores(tmp_path: Path) -> None:
    path = tmp_path / "national.xlsx"
    write_national(path, count=20)
    content = path.read_bytes()
    first, second = again(content, 1), again(content, 2)
    assert len({content, first, second}) == 3
    pd.testing.assert_frame_equal(ita.read_results(first).scores, ita.read_results(content).scores)


# Memory and storing


def test_the_process_that_weighs_a_reading_tells_its_figures(tmp_path: Path) -> None:
    path = tmp_path / "national.xlsx"
    write_national(path, count=20)
    command = [sys.executable, "-m", "tests.benchmarks.resident", str(path), str(path)]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    figures = json.loads(ran.stdout)
    assert set(figures) == {"kept", "peak", "frames"}
    assert figures["frames"] > 200 * 8


def test_ours_and_the_yardstick_have_stored_the_same_scores(tmp_path: Path) -> None:
    write_national(tmp_path / "national.xlsx", count=30)
    frames = frames_of(tmp_path / "national.xlsx")
    ours, theirs = tmp_path / "ours.sqlite3", tmp_path / "orm.sqlite3"
    save_in_ours(ours, frames)
    save_in_orm(theirs, frames)
    query = (
        "select name, fiscal_year, total, level, indicator, score from agency join result on agency_id = agency.id"
        " join score on result_id = result.id {which} order by name, fiscal_year, indicator"
    )
    first = rows(ours, query.format(which="where replaced_at is not null"))
    assert len(first) == 300
    assert first == rows(theirs, query.format(which=""))


def test_a_corrected_list_differs_in_every_result(tmp_path: Path) -> None:
    write_national(tmp_path / "national.xlsx", count=30)
    frames = frames_of(tmp_path / "national.xlsx")
    corrected = frames.corrected()
    store = open_store(f"sqlite:///{tmp_path / 'ita.sqlite3'}")
    store.save_results(frames.scores, frames.published, frames.items, Upload.of(b"1", "first.xlsx"))
    conflicts = store.conflicts(corrected.scores, corrected.published, corrected.items)
    assert conflicts["indicators_differ"].tolist() == [1] * 30
    again_saved = store.save_results(
        corrected.scores, corrected.published, corrected.items, Upload.of(b"2", "second.xlsx"), replace=frames.places
    )
    assert again_saved == Saved(replaced=30)
    store.close()


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found
