"""The yardstick is fair: the two plain dashboards are one, and the list they show is computed by the rules."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from .national import Result, national_results, write_national

PLAIN = Path(__file__).parent / "plain"


def test_the_cached_dashboard_differs_by_the_decorator_alone() -> None:
    plain = (PLAIN / "dashboard.py").read_text(encoding="utf-8")
    cached = (PLAIN / "dashboard_cached.py").read_text(encoding="utf-8")
    assert cached.replace("@st.cache_data\n", "", 1) == plain


def test_the_list_carries_the_totals_and_levels_of_its_own_scores(tmp_path: Path) -> None:
    path = tmp_path / "national.xlsx"
    write_national(path, count=300)
    agencies = pd.read_excel(path, header=3, engine="openpyxl").dropna(subset=["หน่วยงาน"]).set_index("หน่วยงาน")
    sample = agencies.loc["เทศบาลตำบลบัววัฒนา"]
    assert len(agencies) == 300
    assert agencies["คะแนนรวม"].is_monotonic_decreasing
    assert sample[["IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ"]].tolist() == [86.27, 97.53, 64.25, 80.84, "B"]
    weighted = 0.30 * agencies["IIT"] + 0.30 * agencies["EIT"] + 0.40 * agencies["OIT"]
    assert (weighted - agencies["คะแนนรวม"]).abs().max() <= 0.011
    passing = agencies["ระดับ"].isin(["AA", "A"])
    assert passing.tolist() == (agencies["คะแนนรวม"] >= 85).tolist()


def test_the_same_list_is_drawn_every_time() -> None:
    assert national_results(50) == national_results(50)
    assert len({result.agency for result in national_results()}) == 8_300


@pytest.mark.parametrize(("total", "level"), [(9500, "AA"), (8500, "A"), (8499, "B"), (5000, "E"), (4999, "F")])
def test_a_level_begins_exactly_at_its_bound(total: int, level: str) -> None:
    assert Result("", "", (total,) * 10).level == level
