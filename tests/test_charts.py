"""The two charts: fixed scale, the mark drawn, below told by a shape before a colour, nothing invented."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from ita import charts
from ita.assessment import Assessment
from ita.charts import DARK, LIGHT, Palette
from ita.sentences import BELOW_MARK
from ita.text import LANGUAGES, speaker
from tests.years import SEED, judged, with_score

TH = speaker("th")
BELOW = {2, 4, 5, 10}


def bars(assessment: Assessment, rows: pd.DataFrame | None = None, palette: Palette = LIGHT) -> dict[str, Any]:
    """The chart as it is sent to the browser."""
    return sent(charts.bar_chart(assessment, TH, "th", palette, rows=rows))


def radar(assessment: Assessment, **settings: Any) -> dict[str, Any]:
    return sent(charts.radar_chart(assessment, TH, **settings))


def sent(figure: go.Figure) -> dict[str, Any]:
    return dict(figure.to_dict())


def drawn(chart: dict[str, Any]) -> dict[int, float | None]:
    """The length of each bar by its indicator."""
    return {
        number: length
        for trace in chart["data"]
        for number, length in zip(trace["customdata"], trace["x"], strict=True)
    }


def labels(chart: dict[str, Any]) -> list[str]:
    return [annotation["text"] for annotation in chart["layout"]["annotations"]]


def ring(chart: dict[str, Any], name: str) -> dict[str, Any]:
    return dict(next(trace for trace in chart["data"] if trace["name"] == name))


# Bars


def test_the_bars_are_as_long_as_the_scores() -> None:
    assert drawn(bars(judged())) == dict(enumerate(SEED, start=1))


@pytest.mark.parametrize("scores", [SEED, [3.0] * 10, [99.9] * 10])
def test_the_scale_of_the_bars_is_0_to_100_whatever_the_scores(scores: list[float]) -> None:
    axis = bars(judged(scores))["layout"]["xaxis"]
    assert list(axis["range"]) == [0, 100]
    assert axis["fixedrange"] is True


def test_the_bars_stand_in_official_order_from_the_top() -> None:
    chart = bars(judged())
    places = {
        number: place for trace in chart["data"] for number, place in zip(trace["customdata"], trace["y"], strict=True)
    }
    assert sorted(places, key=places.__getitem__) == list(range(1, 11))
    bottom, top = chart["layout"]["yaxis"]["range"]
    assert bottom > max(places.values()) > min(places.values()) > top


def test_every_bar_has_its_name_and_its_value_with_two_decimals() -> None:
    texts = labels(bars(judged()))
    assert "4. การใช้ทรัพย์สินของราชการ" in texts
    assert "86.13" in texts
    assert f"<b>83.60 {BELOW_MARK}</b>" in texts
    assert f"<b>37.50 {BELOW_MARK}</b>" in texts
    assert "91.00" in texts


def test_the_pass_mark_is_drawn_through_the_bars_where_the_rulebook_has_it() -> None:
    year = judged()
    [line] = bars(year)["layout"]["shapes"]
    assert line["x0"] == line["x1"] == year.rules.pass_mark
    assert (line["y0"], line["y1"], line["yref"]) == (0, 1, "paper")
    label = next(note for note in bars(year)["layout"]["annotations"] if note["text"] == "เกณฑ์ 85")
    assert label["x"] == year.rules.pass_mark


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_below_the_mark_is_told_by_hatching_and_a_shape_and_then_by_a_colour(palette: Palette) -> None:
    chart = bars(judged(), palette=palette)
    hatched = {trace["marker"]["pattern"]["shape"]: trace for trace in chart["data"]}
    assert set(hatched["/"]["customdata"]) == BELOW
    assert set(hatched[""]["customdata"]) == set(range(1, 11)) - BELOW
    assert hatched["/"]["marker"]["line"]["color"] == palette.below
    assert hatched[""]["marker"]["color"] == palette.passed
    assert sum(BELOW_MARK in text for text in labels(chart)) == len(BELOW)


def test_a_score_at_the_mark_is_not_hatched_and_one_a_hundredth_below_is() -> None:
    chart = bars(judged([84.99, 85.0, *[90.0] * 8]))
    hatched = next(trace for trace in chart["data"] if trace["marker"]["pattern"]["shape"])
    assert list(hatched["customdata"]) == [1]
    assert f"<b>84.99 {BELOW_MARK}</b>" in labels(chart)
    assert "85.00" in labels(chart)


def test_a_missing_score_is_a_gap_with_words_and_never_a_zero() -> None:
    chart = bars(judged(with_score(7, None)))
    assert drawn(chart)[7] is None
    assert TH("chart.no_score") in labels(chart)
    assert not any("nan" in text.lower() for text in labels(chart))


def test_a_score_of_zero_is_a_bar_of_no_length_but_below_the_mark() -> None:
    chart = bars(judged(with_score(10, 0.0)))
    assert drawn(chart)[10] == 0
    assert f"<b>0.00 {BELOW_MARK}</b>" in labels(chart)


def test_only_the_chosen_rows_are_drawn_in_the_order_they_come() -> None:
    year = judged()
    chart = bars(year, rows=year.below)
    assert drawn(chart) == {10: 37.5, 4: 83.6, 2: 84.55, 5: 84.96}
    [hatched] = [trace for trace in chart["data"] if len(trace["x"])]
    assert list(hatched["customdata"]) == [10, 4, 2, 5]
    assert list(hatched["y"]) == sorted(hatched["y"])
    assert not any("คุณภาพการดำเนินงาน" in text for text in labels(chart))
    assert chart["layout"]["height"] < bars(year)["layout"]["height"]


def test_no_rows_are_an_empty_chart_and_no_error() -> None:
    year = judged([90.0] * 10)
    assert drawn(bars(year, rows=year.below)) == {}


# Radar


def test_the_radar_is_closed_and_has_the_scores_in_official_order() -> None:
    trace = ring(radar(judged()), "ปี 2564")
    assert list(trace["r"]) == [*SEED, SEED[0]]
    assert trace["theta"][0] == trace["theta"][-1]
    strong = ring(radar(judged([90.0] * 10)), "ปี 2564")
    assert list(strong["theta"]) == [*(str(number) for number in range(1, 11)), "1"]


def test_the_radar_runs_clockwise_from_the_top_over_categories() -> None:
    chart = radar(judged())
    axis = chart["layout"]["polar"]["angularaxis"]
    assert (axis["type"], axis["direction"], axis["rotation"]) == ("category", "clockwise", 90)
    assert list(axis["categoryarray"]) == list(ring(chart, "ปี 2564")["theta"][:10])
    assert chart["layout"]["polar"]["gridshape"] == "linear"


def test_the_scale_of_the_radar_is_0_to_100() -> None:
    assert list(radar(judged([99.0] * 10))["layout"]["polar"]["radialaxis"]["range"]) == [0, 100]


def test_the_pass_mark_is_a_closed_ring_with_its_name() -> None:
    year = judged()
    trace = ring(radar(year), "เกณฑ์ 85")
    assert list(trace["r"]) == [year.rules.pass_mark] * 11
    assert trace["line"]["dash"] == "dash"


def test_failing_points_of_the_radar_have_a_shape_and_a_sign_of_their_own() -> None:
    trace = ring(radar(judged()), "ปี 2564")
    crossed = {number for number, symbol in enumerate(trace["marker"]["symbol"][:10], start=1) if symbol == "x"}
    assert crossed == BELOW
    signed = {number for number, spoke in enumerate(trace["theta"][:10], start=1) if BELOW_MARK in spoke}
    assert signed == BELOW


def test_the_point_that_closes_the_radar_looks_like_the_first() -> None:
    marker = ring(radar(judged(with_score(1, 50.0))), "ปี 2564")["marker"]
    for look in ("symbol", "size", "color"):
        assert len(marker[look]) == 11
        assert marker[look][-1] == marker[look][0]


def test_the_previous_year_is_dotted_and_named() -> None:
    chart = radar(judged(), previous=judged([80.0] * 10, 2563))
    trace = ring(chart, "ปี 2563")
    assert list(trace["r"]) == [80.0] * 11
    assert trace["line"]["dash"] == "dot"
    assert list(trace["theta"]) == list(ring(chart, "ปี 2564")["theta"])


def test_without_a_previous_year_there_are_two_rings() -> None:
    assert [trace["name"] for trace in radar(judged())["data"]] == ["เกณฑ์ 85", "ปี 2564"]


def test_a_missing_score_is_a_gap_in_the_radar_and_not_bridged() -> None:
    trace = ring(radar(judged(with_score(1, None))), "ปี 2564")
    assert trace["r"][0] is None
    assert trace["r"][-1] is None
    assert trace["connectgaps"] is False
    assert BELOW_MARK not in trace["theta"][0]


# Both


@pytest.mark.parametrize("chart", [bars(judged()), radar(judged())])
def test_the_charts_keep_their_own_colours_on_any_page(chart: dict[str, Any]) -> None:
    assert chart["layout"]["paper_bgcolor"] == chart["layout"]["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert "Sarabun" in chart["layout"]["font"]["family"]
    assert chart["layout"].get("title", {}).get("text") is None


def test_the_two_states_of_a_palette_are_two_colours() -> None:
    for palette in (LIGHT, DARK):
        assert palette.passed != palette.below


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_a_chart_name_every_score_and_who_is_below(language: str) -> None:
    year, say = judged(), speaker(language)
    words = charts.described(year, say, language)
    told = words.split(": ", 1)[1].split("; ")
    assert len(told) == 10
    for number, (score, sentence) in enumerate(zip(SEED, told, strict=True), start=1):
        assert sentence.startswith(f"{number}. {year.rules.indicator(number).name[language]} {score:.2f}")
        assert (say("status.below") in sentence) is (number in BELOW)
    assert say("chart.mark", mark="85") in words
    assert say("chart.year", year=2564) in words


def test_the_words_for_a_chart_say_which_score_is_missing() -> None:
    assert "7. ประสิทธิภาพการสื่อสาร ไม่มีคะแนน" in charts.described(judged(with_score(7, None)), TH, "th")


def test_the_words_for_a_chart_do_not_call_the_mark_itself_below() -> None:
    assert TH("status.below") not in charts.described(judged([85.0] * 10), TH, "th")
