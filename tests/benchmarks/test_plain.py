"""The yardstick is fair: the two plain dashboards are one, and the lists they show are computed by the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ita

from .clicking import FIVE_YEARS, ONE_YEAR, Workload
from .national import SAMPLE, Result, national_results, write_national

PLAIN = Path(__file__).parent / "plain"


def listed(path: Path, fiscal_year: int) -> pd.DataFrame:
    """One row per agency of a year's sheet, by name."""
    sheet = pd.read_excel(path, sheet_name=f"ปี {fiscal_year}", header=3, engine="openpyxl")
    return sheet.dropna(subset=["หน่วยงาน"]).set_index("หน่วยงาน")


def level(fiscal_year: int, *scores: int) -> str:
    """The level of an agency with these ten scores."""
    return Result(fiscal_year, "", "", "", scores).level


# The list


def test_the_list_carries_the_totals_and_levels_of_its_own_scores(tmp_path: Path) -> None:
    path = tmp_path / "national.xlsx"
    write_national(path, count=300)
    agencies = listed(path, 2564)
    sample = agencies.loc["เทศบาลตำบลบัววัฒนา"]
    assert len(agencies) == 300
    assert agencies["คะแนนรวม"].is_monotonic_decreasing
    assert sample[["IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ"]].tolist() == [86.27, 97.53, 64.25, 80.84, "B"]
    weighted = 0.30 * agencies["IIT"] + 0.30 * agencies["EIT"] + 0.40 * agencies["OIT"]
    assert (weighted - agencies["คะแนนรวม"]).abs().max() <= 0.011
    passing = agencies["ระดับ"].isin(["AA", "A"])
    assert passing.tolist() == (agencies["คะแนนรวม"] >= 85).tolist()


def test_every_year_has_its_own_sheet_and_scores_of_the_same_agencies(tmp_path: Path) -> None:
    path = tmp_path / "national.xlsx"
    write_national(path, count=300, fiscal_years=(2564, 2565, 2566))
    assert pd.ExcelFile(path, engine="openpyxl").sheet_names == ["ปี 2564", "ปี 2565", "ปี 2566"]
    first, second, third = (listed(path, fiscal_year) for fiscal_year in (2564, 2565, 2566))
    assert set(first.index) == set(second.index) == set(third.index)
    assert first["รหัสหน่วยงาน"].to_dict() == third["รหัสหน่วยงาน"].to_dict()
    assert first["รหัสหน่วยงาน"].is_unique
    assert first["จังหวัด"].to_dict() == third["จังหวัด"].to_dict()
    assert (first["คะแนนรวม"] == second["คะแนนรวม"].reindex(first.index)).mean() < 0.05
    assert third["ปีงบประมาณ"].eq(2566).all()


def test_the_dashboard_reads_the_years_of_a_workbook_without_a_question(tmp_path: Path) -> None:
    path = tmp_path / "national.xlsx"
    write_national(path, count=300, fiscal_years=FIVE_YEARS.fiscal_years)
    reading = ita.read_results(path)
    assert reading.problems == ()
    assert reading.fiscal_years == list(FIVE_YEARS.fiscal_years)
    assert len(reading.scores) == 5 * 300 * 10


def test_the_same_list_is_drawn_every_time() -> None:
    assert national_results(50) == national_results(50)
    assert len({result.agency for result in national_results()}) == 8_300


def test_an_office_alone_has_the_results_that_the_country_lists_of_it() -> None:
    for fiscal_year in FIVE_YEARS.fiscal_years:
        assert national_results(1, fiscal_year)[0] in national_results(300, fiscal_year)


@pytest.mark.parametrize("workload", [ONE_YEAR, FIVE_YEARS], ids=["one year", "five years"])
def test_the_click_leaves_some_indicators_of_the_newest_year_and_hides_some(workload: Workload) -> None:
    [newest] = national_results(1, max(workload.fiscal_years))
    assert 0 < sum(score < 8500 for score in newest.indicators) < 10


@pytest.mark.parametrize(("total", "letter"), [(9500, "AA"), (8500, "A"), (8499, "B"), (5000, "E"), (4999, "F")])
def test_a_letter_begins_exactly_at_its_bound(total: int, letter: str) -> None:
    assert level(2565, *(total,) * 10) == letter


@pytest.mark.parametrize(
    ("iit", "eit", "oit", "words"),
    [
        (9500, 9500, 9500, "ผ่านดีเยี่ยม"),
        (9499, 9600, 9600, "ผ่านดี"),
        (8500, 8500, 8500, "ผ่านดี"),
        (8499, 8600, 8600, "ผ่าน"),
        (9900, 9900, 6400, "ผ่าน"),
        (8499, 8499, 8499, "ต้องปรับปรุง"),
        (7000, 7000, 7000, "ต้องปรับปรุง"),
        (6999, 6999, 6999, "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_words_ask_for_every_instrument_from_2566_on(iit: int, eit: int, oit: int, words: str) -> None:
    assert level(2566, *[iit] * 5, *[eit] * 3, *[oit] * 2) == words


# The plain dashboard


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the plain dashboard is run: it expects its workbook there."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(fiscal_years: tuple[int, ...], folder: Path) -> AppTest:
    """The plain dashboard on a short list of these years, showing the sample."""
    write_national(folder / "national.xlsx", count=20, fiscal_years=fiscal_years)
    app = AppTest.from_file(str(PLAIN / "dashboard.py"), default_timeout=30).run()
    app.selectbox(key="agency").select(SAMPLE.agency).run()
    assert not app.exception
    return app


def rings(app: AppTest) -> dict[str, Any]:
    """The lines of the radar by their names."""
    [radar] = [chart for chart in app.get("plotly_chart") if "scatterpolar" in chart.proto.spec]
    return {line["name"]: line for line in json.loads(radar.proto.spec)["data"]}


def test_the_cached_dashboard_differs_by_the_decorator_alone() -> None:
    plain = (PLAIN / "dashboard.py").read_text(encoding="utf-8")
    cached = (PLAIN / "dashboard_cached.py").read_text(encoding="utf-8")
    assert cached.replace("@st.cache_data\n", "", 1) == plain


def test_the_newest_year_is_shown_first_with_last_years_ring_and_the_change(folder: Path) -> None:
    app = shown((2563, 2564), folder)
    [before] = national_results(1, 2563)
    assert app.selectbox(key="year").options == ["2564", "2563"]
    assert (app.metric[0].value, app.metric[1].value) == ("80.84", "B")
    assert app.metric[0].delta == f"{(SAMPLE.total - before.total) / 100:.2f}"
    assert list(rings(app)) == ["2564", "2563"]


def test_the_first_year_has_nothing_to_be_compared_with(folder: Path) -> None:
    app = shown((2563, 2564), folder)
    app.selectbox(key="year").select(2563).run()
    app.selectbox(key="agency").select(SAMPLE.agency).run()
    assert app.metric[0].delta == ""
    assert list(rings(app)) == ["2563"]


def test_the_switch_leaves_the_indicators_under_the_mark_in_both_years(folder: Path) -> None:
    app = shown((2563, 2564), folder)
    app.toggle(key="below").set_value(True).run()
    assert not app.exception
    names = ["2. การใช้งบประมาณ", "4. การใช้ทรัพย์สินของราชการ", "5. การแก้ไขปัญหาการทุจริต", "10. การป้องกันการทุจริต"]
    assert [line["theta"] for line in rings(app).values()] == [[*names, names[0]]] * 2
