"""Measures as the screens see them: what is overdue, what presses most, who is in charge."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ita.measures import (
    OVERDUE,
    SHAPES,
    STATUSES,
    WORST_FIRST,
    by_indicator,
    carried_over,
    months,
    units,
    units_of,
    with_state,
    work_year,
)
from ita.text import LANGUAGES, catalogue

END_OF_MARCH = dt.date(2022, 3, 31)


def measures_of(*rows: tuple[int | None, str, dt.date | None]) -> pd.DataFrame:
    """Measures given as indicator, status and last day."""
    return pd.DataFrame(
        {
            "indicator": pd.array([indicator for indicator, _, _ in rows], dtype="Int64"),
            "status": pd.Series([status for _, status, _ in rows], dtype="str"),
            "period_end": pd.to_datetime(pd.Series([end for _, _, end in rows], dtype="object")),
            "evidence": "",
        }
    )


@pytest.mark.parametrize("status", ["not_started", "in_progress"])
def test_an_open_measure_is_overdue_from_the_day_after_its_last(status: str) -> None:
    measures = measures_of((1, status, END_OF_MARCH))
    assert with_state(measures, END_OF_MARCH)["overdue"].tolist() == [False]
    after = with_state(measures, END_OF_MARCH + dt.timedelta(days=1))
    assert after["overdue"].tolist() == [True]
    assert after["state"].tolist() == [OVERDUE]


@pytest.mark.parametrize("status", ["completed", "cancelled", "not_stated"])
def test_what_is_done_given_up_or_not_known_to_be_open_is_never_overdue(status: str) -> None:
    states = with_state(measures_of((1, status, END_OF_MARCH)), dt.date(2030, 1, 1))
    assert states["overdue"].tolist() == [False]
    assert states["state"].tolist() == [status]


def test_a_measure_without_a_last_day_is_never_overdue() -> None:
    assert with_state(measures_of((1, "in_progress", None)), dt.date(2030, 1, 1))["overdue"].tolist() == [False]


def test_the_status_that_was_stated_stays_beside_the_state() -> None:
    measures = measures_of((1, "in_progress", END_OF_MARCH))
    late = with_state(measures, dt.date(2022, 5, 1))
    assert late["status"].tolist() == ["in_progress"]
    assert "state" not in measures.columns


def test_no_measures_at_all_have_no_states() -> None:
    states = with_state(measures_of(), END_OF_MARCH)
    assert states.empty
    assert by_indicator(states).empty


def test_an_indicator_has_the_most_pressing_state_of_its_measures() -> None:
    states = with_state(
        measures_of(
            (4, "completed", END_OF_MARCH),
            (4, "in_progress", END_OF_MARCH),
            (4, "not_started", None),
            (9, "completed", None),
            (9, "cancelled", None),
            (10, "in_progress", None),
            (10, "not_stated", None),
        ),
        dt.date(2022, 4, 1),
    )
    summary = by_indicator(states)
    assert summary["measures"].to_dict() == {4: 3, 9: 2, 10: 2}
    assert summary["state"].to_dict() == {4: OVERDUE, 9: "completed", 10: "not_stated"}


def test_a_measure_of_no_indicator_counts_for_none() -> None:
    summary = by_indicator(with_state(measures_of((None, "completed", None), (3, "completed", None)), END_OF_MARCH))
    assert summary["measures"].to_dict() == {3: 1}


def test_every_state_has_its_rank_its_own_shape_and_its_word() -> None:
    states = {*STATUSES, OVERDUE}
    assert set(WORST_FIRST) == set(SHAPES) == states
    assert len(set(SHAPES.values())) == len(states)
    for language in LANGUAGES:
        assert {f"state.{state}" for state in states} <= set(catalogue(language))


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("สำนักปลัดเทศบาล", ["สำนักปลัดเทศบาล"]),
        ("สำนักปลัดเทศบาล\nกองคลัง\n\nกองช่าง", ["สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง"]),
        ("กองคลัง, กองช่าง", ["กองคลัง", "กองช่าง"]),
        ("กองคลัง/กองช่าง", ["กองคลัง", "กองช่าง"]),
        (" กองสาธารณสุขและสิ่งแวดล้อม ", ["กองสาธารณสุขและสิ่งแวดล้อม"]),
        ("กองยุทธศาสตร์และงบประมาณ", ["กองยุทธศาสตร์และงบประมาณ"]),
        ("", []),
    ],
)
def test_a_cell_names_its_units_one_by_one(cell: str, named: list[str]) -> None:
    assert units_of(cell) == named


def test_the_units_of_all_measures_stand_once_each() -> None:
    measures = pd.DataFrame({"responsible": ["กองช่าง\nกองคลัง", "กองคลัง", ""]})
    assert units(measures) == ["กองคลัง", "กองช่าง"]


@pytest.mark.parametrize(
    ("days_left", "due_soon"), [(-1, False), (0, True), (30, True), (31, False)], ids=["over", "today", "30", "31"]
)
def test_what_ends_within_thirty_days_is_due_soon(days_left: int, due_soon: bool) -> None:
    as_of = END_OF_MARCH - dt.timedelta(days=days_left)
    open_one, done, unknown = (1, "in_progress", END_OF_MARCH), (1, "completed", END_OF_MARCH), (1, "in_progress", None)
    assert with_state(measures_of(open_one, done, unknown), as_of)["due_soon"].tolist() == [due_soon, False, False]


def test_what_is_completed_without_evidence_is_unproven() -> None:
    measures = measures_of((1, "completed", None), (1, "completed", None), (1, "in_progress", None))
    measures["evidence"] = [" ", "https://example.go.th/o42", ""]
    assert with_state(measures, END_OF_MARCH)["unproven"].tolist() == [True, False, False]


def test_a_year_has_its_months_from_october_with_what_ends_in_them() -> None:
    rows = [
        (1, "in_progress", dt.date(2021, 10, 31)),
        (1, "completed", END_OF_MARCH),
        (1, "not_started", dt.date(2022, 3, 1)),
        (1, "not_started", dt.date(2022, 10, 1)),
        (1, "not_started", None),
    ]
    year = months(with_state(measures_of(*rows), dt.date(2022, 3, 17)), work_year(2564), dt.date(2022, 3, 17))
    assert [month.first for month in year][::11] == [dt.date(2021, 10, 1), dt.date(2022, 9, 1)]
    assert year[0].states == {OVERDUE: 1}
    assert list(year[5].states.items()) == [(OVERDUE, 1), ("completed", 1)]
    assert sum(sum(month.states.values()) for month in year) == 3
    assert [month.today for month in year] == [None] * 5 + [16 / 31] + [None] * 6


def test_a_day_outside_the_year_is_in_none_of_its_months() -> None:
    year = months(with_state(measures_of(), END_OF_MARCH), 2570, END_OF_MARCH)
    assert [month.today for month in year] == [None] * 12
    assert all(not month.states for month in year)


def test_measures_carried_over_begin_anew_a_year_later() -> None:
    measures = pd.DataFrame(
        {
            "measure_id": [7, 8],
            "indicator": pd.array([10, 11], dtype="Int64"),
            "title": ["เผยแพร่แผน", "ของตัวชี้วัดที่เลิกแล้ว"],
            "steps": ["1. ร่าง", ""],
            "responsible": ["สำนักปลัด", ""],
            "suggestion": ["เริ่มให้เร็วขึ้น", ""],
            "budget": [0.0, float("nan")],
            "period_start": pd.to_datetime(["2022-10-01", None]),
            "period_end": pd.to_datetime(["2023-02-28", None]),
            "period_text": ["ต.ค. 65 – ก.พ. 66", "ทั้งปี"],
        }
    )
    carried = carried_over(measures, range(1, 11))
    assert carried["carried_from"].tolist() == [7, 8]
    assert carried["indicator"].tolist() == [10, pd.NA]
    assert carried["status"].tolist() == ["not_started"] * 2
    assert carried["period_text"].tolist() == ["ต.ค. 2566 – ก.พ. 2567", ""]
    assert carried["period_end"].iloc[0] == pd.Timestamp(2024, 2, 29)
    assert carried["suggestion"].tolist() == ["เริ่มให้เร็วขึ้น", ""]
    assert {"result", "evidence", "percent"}.isdisjoint(carried.columns)
