"""The rules of each fiscal year: complete, without holes, each with its source."""

from __future__ import annotations

import re
from math import nan

import pandas as pd
import pytest

from ita.rulebooks import Rulebook, UnknownFiscalYear, fiscal_years, latest, rulebook

YEARS = range(2562, 2569)
LETTER_YEARS = range(2562, 2566)
WORD_YEARS = range(2566, 2569)
THAI = re.compile(r"[ก-๛]")
LATIN = re.compile(r"[A-Za-z]")
HUNDREDTHS = [hundredths / 100 for hundredths in range(10_001)]


@pytest.fixture(params=YEARS)
def rules(request: pytest.FixtureRequest) -> Rulebook:
    return rulebook(request.param)


def level_of(rules: Rulebook, total: float, *instruments: float) -> str:
    scores = instruments or (total, total, total)
    return rules.level(total, dict(zip(("IIT", "EIT", "OIT"), scores, strict=True))).name["th"]


# Years


def test_there_is_a_rulebook_for_every_year_from_2562_to_2568() -> None:
    assert fiscal_years() == tuple(YEARS)
    assert latest().fiscal_year == YEARS[-1]


def test_a_rulebook_is_read_once(rules: Rulebook) -> None:
    assert rules is rulebook(rules.fiscal_year)


@pytest.mark.parametrize("year", [2561, 2560, 2500])
def test_the_five_indices_of_fy2561_and_earlier_are_refused_and_named(year: int) -> None:
    with pytest.raises(UnknownFiscalYear, match="five indices") as refusal:
        rulebook(year)
    assert refusal.value.fiscal_year == year
    assert f"FY{year}" in str(refusal.value)
    assert "2562-2568" in str(refusal.value)


@pytest.mark.parametrize("year", [2569, 2021, 64, 0, -2564, "2564", "ปี 2564", None, nan, pd.NA])
def test_a_year_without_rules_is_refused_with_the_years_that_have_some(year: object) -> None:
    with pytest.raises(UnknownFiscalYear, match=r"no rulebook has been written.*2562-2568") as refusal:
        rulebook(year)
    assert "five indices" not in str(refusal.value)


def test_a_year_from_a_column_with_a_gap_is_the_year() -> None:
    years = pd.Series([2564, None])
    assert rulebook(years[0]) == rulebook(2564)  # type: ignore[arg-type]


def test_an_unknown_year_can_be_caught_as_a_failed_lookup() -> None:
    with pytest.raises(LookupError):
        rulebook(2561)


# Instruments and indicators


def test_the_weights_of_the_instruments_sum_to_the_whole(rules: Rulebook) -> None:
    assert [(instrument.code, instrument.weight) for instrument in rules.instruments] == [
        ("IIT", 30),
        ("EIT", 30),
        ("OIT", 40),
    ]
    assert sum(instrument.weight / 100 for instrument in rules.instruments) == pytest.approx(1)


def test_one_more_point_in_every_indicator_is_one_more_point_of_the_total(rules: Rulebook) -> None:
    assert sum(rules.points_per_score(number) for number in range(1, 11)) == pytest.approx(1)


def test_a_point_of_an_oit_indicator_is_worth_more_than_three_of_iit(rules: Rulebook) -> None:
    assert [round(rules.points_per_score(number), 4) for number in (1, 6, 9)] == [0.06, 0.1, 0.2]


def test_there_are_ten_indicators_in_official_order(rules: Rulebook) -> None:
    assert [indicator.number for indicator in rules.indicators] == list(range(1, 11))
    assert rules.indicators_of("IIT") == (1, 2, 3, 4, 5)
    assert rules.indicators_of("EIT") == (6, 7, 8)
    assert rules.indicators_of("OIT") == (9, 10)


def test_an_indicator_that_does_not_exist_is_a_key_error(rules: Rulebook) -> None:
    with pytest.raises(KeyError):
        rules.indicator(11)
    with pytest.raises(KeyError):
        rules.instrument("MOIT")


def test_every_indicator_has_its_name_and_one_sentence_about_it_in_both_languages(rules: Rulebook) -> None:
    for indicator in rules.indicators:
        for words in (indicator.name, indicator.about):
            assert set(words) == {"th", "en"}
            assert THAI.search(words["th"])
            assert not LATIN.search(words["th"])
            assert LATIN.search(words["en"])
            assert not THAI.search(words["en"])
        assert indicator.about["en"].count(".") == 1
        assert indicator.about["en"].endswith(".")
        assert "\n" not in indicator.about["th"]
        assert len(indicator.about["th"]) > len(indicator.name["th"])


def test_no_two_indicators_share_a_spelling(rules: Rulebook) -> None:
    spellings = [spelling for indicator in rules.indicators for spelling in (indicator.name["th"], *indicator.also)]
    assert len(spellings) == len(set(spellings))


def test_the_names_of_the_fourth_and_tenth_indicators_are_the_official_ones(rules: Rulebook) -> None:
    assert rules.indicator(4).name["th"] == "การใช้ทรัพย์สินของราชการ"
    assert rules.indicator(10).name["th"] == "การป้องกันการทุจริต"


# Where a rule comes from


def test_every_rule_says_how_well_it_is_known_and_from_where(rules: Rulebook) -> None:
    assert {"pass_mark", "weights", "indicators", "levels", "items", "national"} <= set(rules.origins)
    origins = [*rules.origins.values(), *(level.origin for level in rules.levels)]
    for origin in origins:
        assert origin.confidence in ("A", "B", "C", "U")
        assert THAI.search(origin.source)
        assert origin.confirmed is (origin.confidence in ("A", "B"))


def test_the_national_average_is_that_of_the_year_and_says_so() -> None:
    averages = {year: rulebook(year).national_average for year in YEARS}
    assert averages == {
        2562: 66.75, 2563: 67.90, 2564: 81.25, 2565: 87.57, 2566: 90.19, 2567: 93.05, 2568: 93.82,
    }  # fmt: skip
    assert all(str(year) in rulebook(year).origins["national"].source for year in YEARS)


def test_the_pass_mark_and_the_weights_are_confirmed(rules: Rulebook) -> None:
    assert rules.origins["pass_mark"].confidence == "A"
    assert rules.origins["weights"].confidence == "A"


# The pass mark and the levels


@pytest.mark.parametrize(
    ("score", "passes"),
    [(0.0, False), (84.99, False), (85.0, True), (85.01, True), (100.0, True), (float("nan"), False)],
)
def test_exactly_the_pass_mark_passes_and_a_missing_score_does_not(rules: Rulebook, score: float, passes: bool) -> None:
    assert rules.passes(score) is passes


def test_every_total_has_a_level_and_more_is_never_a_lower_one(rules: Rulebook) -> None:
    order = [level.name["th"] for level in rules.levels]
    found = [order.index(level_of(rules, total)) for total in HUNDREDTHS]
    assert found == sorted(found, reverse=True)
    assert found[0] == len(order) - 1
    assert found[-1] == 0


@pytest.mark.parametrize("year", WORD_YEARS)
def test_every_total_has_a_level_though_an_instrument_is_at_the_bottom(year: int) -> None:
    rules = rulebook(year)
    order = [level.name["th"] for level in rules.levels]
    found = [order.index(level_of(rules, total, total, total, 0.0)) for total in HUNDREDTHS]
    assert found == sorted(found, reverse=True)
    assert "ผ่านดี" not in {order[place] for place in found}
    assert "ผ่านดีเยี่ยม" not in {order[place] for place in found}


@pytest.mark.parametrize("year", LETTER_YEARS)
@pytest.mark.parametrize(
    ("total", "letter"),
    [
        (100.0, "AA"), (95.0, "AA"), (94.99, "A"), (85.0, "A"), (84.99, "B"), (75.0, "B"), (74.99, "C"), (65.0, "C"),
        (64.99, "D"), (55.0, "D"), (54.99, "E"), (50.0, "E"), (49.99, "F"), (0.0, "F"),
    ],
)  # fmt: skip
def test_the_letters_change_at_their_bounds(year: int, total: float, letter: str) -> None:
    assert level_of(rulebook(year), total) == letter


@pytest.mark.parametrize("year", LETTER_YEARS)
def test_a_letter_does_not_look_at_the_instruments(year: int) -> None:
    assert level_of(rulebook(year), 95.0, 100.0, 100.0, 87.5) == "AA"


@pytest.mark.parametrize("year", WORD_YEARS)
@pytest.mark.parametrize(
    ("total", "lowest", "word"),
    [
        (98.0, 95.0, "ผ่านดีเยี่ยม"),
        (98.0, 94.99, "ผ่านดี"),
        (94.99, 94.0, "ผ่านดี"),
        (85.0, 85.0, "ผ่านดี"),
        (90.06, 84.99, "ผ่าน"),
        (99.0, 0.0, "ผ่าน"),
        (85.0, 84.99, "ผ่าน"),
        (84.99, 80.0, "ต้องปรับปรุง"),
        (70.0, 0.0, "ต้องปรับปรุง"),
        (69.99, 60.0, "ต้องปรับปรุงโดยด่วน"),
        (0.0, 0.0, "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_the_words_look_at_the_lowest_instrument_too(year: int, total: float, lowest: float, word: str) -> None:
    assert level_of(rulebook(year), total, total, lowest, total) == word


def test_the_levels_change_at_the_pass_mark(rules: Rulebook) -> None:
    """What passes and what does not never share a level."""
    passing = {level_of(rules, total, total, total, low) for total in (85.0, 90.0, 100.0) for low in (0.0, total)}
    failing = {level_of(rules, total) for total in (0.0, 70.0, 84.99)}
    assert passing.isdisjoint(failing)


@pytest.mark.parametrize("year", WORD_YEARS)
def test_the_weakly_known_words_are_marked_as_unconfirmed(year: int) -> None:
    doubtful = {level.name["th"] for level in rulebook(year).levels if not level.origin.confirmed}
    assert doubtful == {"ผ่านดีเยี่ยม", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน"}


# Items


@pytest.mark.parametrize(("year", "sizes"), [(2564, [9, 8, 7, 4, 5, 8, 2]), (2565, [9, 8, 7, 4, 5, 8, 2])])
def test_the_43_items_of_fy2564_and_2565_fall_into_seven_parts(year: int, sizes: list[int]) -> None:
    rules = rulebook(year)
    parts = ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"]
    assert [item.code for item in rules.items] == [f"o{number}" for number in range(1, 44)]
    assert list(rules.parts) == parts
    assert [sum(item.part == part for item in rules.items) for part in parts] == sizes
    assert rules.parts["10.2"] == "มาตรการภายในเพื่อป้องกันการทุจริต"
    assert rules.survey_items == {"IIT": 6, "EIT": 5}


@pytest.mark.parametrize("year", [2564, 2565])
@pytest.mark.parametrize(
    ("code", "part", "name"),
    [
        ("o1", "9.1", "โครงสร้าง"),
        ("o9", "9.1", "Social Network"),
        ("o10", "9.2", "แผนดำเนินงานประจำปี"),
        ("o17", "9.2", "E-Service"),
        ("o18", "9.3", "แผนการใช้จ่ายงบประมาณประจำปี"),
        ("o25", "9.4", "นโยบายการบริหารทรัพยากรบุคคล"),
        ("o29", "9.5", "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"),
        ("o41", "10.1", "รายงานผลการดำเนินการป้องกันการทุจริตประจำปี"),
        ("o42", "10.2", "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),
        ("o43", "10.2", "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),
    ],
)
def test_an_item_has_its_official_name_and_part(year: int, code: str, part: str, name: str) -> None:
    item = next(item for item in rulebook(year).items if item.code == code)
    assert (item.part, item.name) == (part, name)
    assert item.indicator == int(part.split(".")[0])


def test_fy2565_renames_one_item_and_leaves_fy2564_as_it_was() -> None:
    earlier, later = ({item.code: item.name for item in rulebook(year).items} for year in (2564, 2565))
    assert {code for code in earlier if earlier[code] != later[code]} == {"o34"}
    assert earlier["o34"] == "เจตจำนงสุจริตของผู้บริหาร"
    assert later["o34"] == "นโยบายไม่รับของขวัญ (No Gift Policy)"


def test_the_item_list_of_fy2566_is_another_one_and_marked_as_weak() -> None:
    rules = rulebook(2566)
    names = {item.code: item.name for item in rules.items}
    assert list(names) == [f"o{number}" for number in range(1, 44)]
    assert names["o10"] == "นโยบายคุ้มครองข้อมูลส่วนบุคคล"
    assert names["o31"] == "ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่"
    assert names["o42"] == "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"
    assert not rules.origins["items"].confirmed


@pytest.mark.parametrize("year", [2562, 2563, 2567, 2568])
def test_a_year_whose_items_are_unknown_has_none_and_says_so(year: int) -> None:
    rules = rulebook(year)
    assert rules.items == ()
    assert not rules.origins["items"].confirmed


def test_every_item_has_a_name_of_its_own_within_a_year(rules: Rulebook) -> None:
    names = [item.name for item in rules.items]
    assert len(names) == len(set(names))


def test_the_names_of_the_parts_are_all_known_or_none(rules: Rulebook) -> None:
    assert set(rules.parts) in (set(), {item.part for item in rules.items})


def test_survey_questions_are_not_carried_into_a_year_whose_list_replaces_them() -> None:
    assert rulebook(2562).survey_items == {}
    assert rulebook(2567).survey_items == {}
