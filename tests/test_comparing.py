"""What a comparison says and draws."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ita import charts, comparing
from ita.peers import Peers
from ita.rulebooks import rulebook
from ita.text import LANGUAGES, speaker
from ita.trend import Difference, changes
from tests.test_peers import results
from tests.years import SEED, judged, with_score

BEFORE = with_score(10, 62.5, with_score(2, 80.0))
say = speaker("th")


@pytest.fixture
def spread() -> pd.DataFrame:
    """The seed municipality beside two others, of which one is better in all and one worse."""
    frame = results(
        ("เทศบาลตำบลก", "เลย", list(SEED)), ("เทศบาลตำบลข", "เลย", [99.0] * 10), ("เทศบาลตำบลค", "เลย", [30.0] * 10)
    )
    peers = Peers.of(frame, rulebook(2564))
    return peers.spread(peers.agencies.loc[1])


def points(figure: Any, name: str) -> list[float]:
    return next(list(trace.x) for trace in figure.data if trace.name == name)


def test_the_total_is_set_beside_last_year_and_the_group(spread: pd.DataFrame) -> None:
    told = comparing.compared(judged(), judged(BEFORE, 2563), spread.assign(median=82.0), "เทศบาลตำบล จ.เลย", say)
    assert told.startswith("80.84 คะแนน ลดลง ")
    assert told.endswith("ต่ำกว่าค่ากลางของเทศบาลตำบล จ.เลย 1.16 คะแนน")
    alone = comparing.compared(judged(), None, spread, "เทศบาลตำบล", say)
    assert alone == "80.84 คะแนน เท่ากับค่ากลางของเทศบาลตำบล"


@pytest.mark.parametrize("score", [None, 90.0])
def test_a_missing_score_is_named_instead_of_a_comparison(score: float | None) -> None:
    incomplete = with_score(6, None)
    frame = results(
        ("เทศบาลตำบลก", "เลย", list(incomplete)),
        ("เทศบาลตำบลข", "เลย", [score, *[90.0] * 9]),
    )
    peers = Peers.of(frame, rulebook(2564))
    told = comparing.compared(judged(incomplete), None, peers.spread(peers.agencies.loc[1]), "เทศบาลตำบล", say)
    assert told == say("sentence.no_total", missing=6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_compare_with_is_said(language: str, spread: pd.DataFrame) -> None:
    nothing = speaker(language)("sentence.compared_nothing", year=2564)
    assert comparing.compared(judged(), None, None, "", speaker(language)) == nothing
    incomplete = judged(with_score(3, None))
    missing = speaker(language)("sentence.no_total", missing=3)
    assert comparing.compared(incomplete, judged(BEFORE, 2563), None, "", speaker(language)) == missing


def test_the_indicator_that_fell_most_is_named() -> None:
    title = comparing.changes_title(changes(judged(), judged(BEFORE, 2563)), 2563, say)
    assert title == "เทียบกับปี 2563: เพิ่มขึ้น 1 ลดลง 1 ตัวชี้วัด ลดมากที่สุดคือตัวชี้วัดที่ 10 (25.00)"
    better = comparing.changes_title(changes(judged(), judged(with_score(2, 80.0), 2563)), 2563, say)
    assert "ไม่มีตัวชี้วัดใดลดลง" in better


def test_the_indicator_furthest_under_the_median_is_named(spread: pd.DataFrame) -> None:
    medians = spread.assign(median=[80.84, *SEED[:9], 87.5])
    assert comparing.spread_title(medians, "เทศบาลตำบล", say).startswith("1 ตัวชี้วัดต่ำกว่าค่ากลางของเทศบาลตำบล (3 แห่ง)")
    assert comparing.spread_title(medians, "เทศบาลตำบล", say).endswith("ตัวชี้วัดที่ 10 (50.00)")
    assert "ทุกตัวชี้วัดไม่ต่ำกว่าค่ากลาง" in comparing.spread_title(spread, "เทศบาลตำบล", say)


def test_a_change_has_a_shape_before_its_number() -> None:
    assert [comparing.change_word(change, say) for change in (1.5, -1.5, 0.0)] == ["▲ +1.50", "▽ -1.50", "= 0.00"]
    assert comparing.change_word(float("nan"), say) == say("compare.no_change")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_is_not_known_is_not_called_different(language: str) -> None:
    told = comparing.differences(
        [Difference("levels", 2), Difference("items", known=False)], 2566, 2567, speaker(language)
    )
    assert speaker(language)("sentence.differs_levels", count=2) in told
    assert speaker(language)("sentence.differs_items", count=0) not in told


def test_rules_of_which_nothing_is_known_to_differ_are_said_to_differ_perhaps() -> None:
    unknown, known = Difference("items", known=False), Difference("levels", 5)
    assert "อาจไม่เหมือนกัน" in comparing.differences([unknown], 2563, 2564, say)
    assert "อาจไม่เหมือนกัน" not in comparing.differences([known, unknown], 2566, 2567, say)


def test_the_chart_of_changes_leads_from_last_year_to_this_one() -> None:
    before = judged(with_score(3, None, BEFORE), 2563)
    figure = charts.change_chart(changes(judged(), before), judged(), before, say, "th")
    assert points(figure, "ปี 2564") == list(SEED)
    assert points(figure, "ปี 2563") == [92.13, 80.0, None, *BEFORE[3:]]
    labels = [note.text for note in figure.layout.annotations]
    assert labels.count(say("compare.no_change")) == 1
    assert "▽ -25.00" in labels
    own = next(trace for trace in figure.data if trace.name == "ปี 2564")
    assert [symbol == "x" for symbol in own.marker.symbol] == [score < 85 for score in SEED]


def test_the_chart_of_a_group_draws_its_middle_half_and_median(spread: pd.DataFrame) -> None:
    figure = charts.spread_chart(spread, judged(), say, "th")
    band = next(trace for trace in figure.data if trace.type == "bar")
    rows = spread.drop(index="total")
    assert list(band.base) == rows["lower"].tolist()
    assert [base + width for base, width in zip(band.base, band.x, strict=True)] == pytest.approx(
        rows["upper"].tolist()
    )
    assert points(figure, say("compare.median")) == rows["median"].tolist()
    assert points(figure, "ปี 2564") == list(SEED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_are_told_in_words_with_every_number(language: str, spread: pd.DataFrame) -> None:
    told = comparing.changes_told(changes(judged(), judged(BEFORE, 2563)), judged(), 2563, speaker(language), language)
    assert all(f"{score:.2f}" in told for score in (*SEED, *BEFORE))
    told = comparing.spread_told(spread, judged(), speaker(language), language)
    assert all(
        f"{score:.2f}" in told for score in spread.drop(index="total")[["own", "median", "upper"]].to_numpy().ravel()
    )


def test_equal_totals_share_the_place_that_is_told() -> None:
    frame = results(("เทศบาลตำบลก", None, [90.0] * 10), ("เทศบาลตำบลข", None, [90.0] * 10))
    ranking = Peers.of(frame, rulebook(2564)).ranking()
    assert comparing.place(ranking, 2, "หน่วยงาน", say) == "อันดับ 1 จาก 2 แห่ง (หน่วยงาน)"
    assert comparing.place(ranking, 99, "หน่วยงาน", say).startswith("ไม่อยู่ในกลุ่มนี้")
