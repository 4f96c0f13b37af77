"""What the figures say, in Thai and in English: the verdict, its cause, and what is known how well."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
import pytest

from ita import sentences
from ita.assessment import Assessment, Published
from ita.measures import with_state
from ita.store import StoredResult, Upload
from ita.text import LANGUAGES, Say, speaker
from ita.thai import Period, period
from tests.years import SEED, judged, with_score

TH, EN = speaker("th"), speaker("en")
STRONG = [90.0] * 10
PASSED_BUT_WEAK = with_score(4, 80.0, STRONG)
MORE_THAN = re.compile(r"สูงกว่า|มากกว่า|เกินเกณฑ์|over|more than|above", re.IGNORECASE)


def told(assessment: Assessment, language: str) -> list[str]:
    """Everything that is said about a year."""
    say = speaker(language)
    return [
        sentences.verdict(assessment, say, language),
        sentences.cause(assessment, say, language),
        sentences.bars_title(assessment, say),
        sentences.radar_title(assessment, say),
        sentences.published_note(assessment, say, language),
        sentences.level_rule(assessment, say, language),
        *(
            sentences.instrument_note(row, say, assessment.rules.pass_mark)
            for row in assessment.instruments.itertuples()
        ),
        *(sentences.gap_note(assessment, number, say) for number in range(1, 11)),
    ]


# The verdict


def test_a_year_that_did_not_pass_says_so_and_how_much_is_missing() -> None:
    assert sentences.verdict(judged(), TH, "th") == "80.84 คะแนน ระดับ B ยังไม่ผ่าน ขาดอีก 4.16 คะแนน"
    assert sentences.verdict(judged(), EN, "en") == "80.84 points, level B: not passed yet, 4.16 short"


def test_a_year_that_passed_says_so_in_the_words_of_its_level() -> None:
    year = judged(STRONG, 2567)
    assert sentences.verdict(year, TH, "th") == "90.00 คะแนน ระดับ ผ่านดี ผ่านเกณฑ์แล้ว"
    assert sentences.verdict(year, EN, "en") == "90.00 points, level Good pass: passed"


def test_exactly_the_mark_has_passed_and_a_hundredth_less_has_not() -> None:
    assert sentences.verdict(judged([85.0] * 10), TH, "th") == "85.00 คะแนน ระดับ A ผ่านเกณฑ์แล้ว"
    assert sentences.verdict(judged([84.99] * 10), TH, "th") == "84.99 คะแนน ระดับ B ยังไม่ผ่าน ขาดอีก 0.01 คะแนน"


def test_without_a_level_the_verdict_leaves_the_level_out() -> None:
    passed = judged(with_score(10, None), total=88.0)
    assert sentences.verdict(passed, TH, "th") == "88.00 คะแนน ผ่านเกณฑ์แล้ว"
    assert sentences.verdict(passed, EN, "en") == "88.00 points: passed"
    failed = judged(with_score(10, None), total=80.0)
    assert sentences.verdict(failed, TH, "th") == "80.00 คะแนน ยังไม่ผ่าน ขาดอีก 5.00 คะแนน"
    assert sentences.verdict(failed, EN, "en") == "80.00 points: not passed yet, 5.00 short"


def test_an_incomplete_year_names_the_indicators_without_a_score() -> None:
    year = judged(with_score(7, None, with_score(10, None)))
    assert sentences.verdict(year, TH, "th") == "ยังสรุปคะแนนรวมไม่ได้ ขาดคะแนนตัวชี้วัดที่ 7, 10"
    assert "7, 10" in sentences.verdict(year, EN, "en")


def test_the_letter_that_a_file_prints_in_a_year_of_words_is_shown_as_printed() -> None:
    year = judged(STRONG, 2566, total=90.0, level="A")
    assert "ระดับ A " in sentences.verdict(year, TH, "th")
    assert "level A:" in sentences.verdict(year, EN, "en")


# The cause


def test_the_cause_is_the_indicator_that_would_lift_the_total_most() -> None:
    assert sentences.cause(judged(), TH, "th") == (
        "ควรพัฒนาก่อนคือ 10. การป้องกันการทุจริต (37.50) หากยกขึ้นถึง 85 เพียงตัวเดียว คะแนนรวมจะเป็น 90.34 และผ่านระดับ A"
    )
    assert sentences.cause(judged(), EN, "en") == (
        "The first to work on is 10. Prevention of corruption (37.50). "
        "Raised to 85 alone, the total would be 90.34: passed, level A"
    )


def test_the_cause_says_when_one_indicator_is_not_enough() -> None:
    year = judged([60.0] * 10)
    assert sentences.cause(year, TH, "th") == (
        "ควรพัฒนาก่อนคือ 9. การเปิดเผยข้อมูล (60.00) หากยกขึ้นถึง 85 คะแนนรวมจะเป็น 65.00 ยังขาดอีก 20.00 คะแนน"
    )
    assert "still 20.00 short" in sentences.cause(year, EN, "en")


def test_one_indicator_is_enough_when_the_total_then_is_exactly_the_mark() -> None:
    year = judged(with_score(10, 84.9, [85.0] * 10))
    assert year.passed is False
    assert "85.00 และผ่านระดับ A" in sentences.cause(year, TH, "th")


def test_a_year_that_passed_with_weak_indicators_names_the_first_to_work_on() -> None:
    year = judged(PASSED_BUT_WEAK)
    assert sentences.cause(year, TH, "th") == ("ยังมี 1 ตัวชี้วัดต่ำกว่า 85 ที่ควรพัฒนาก่อนคือ 4. การใช้ทรัพย์สินของราชการ (80.00)")
    assert "4. Use of government property (80.00)" in sentences.cause(year, EN, "en")


def test_when_all_reach_the_mark_it_is_to_be_kept_up() -> None:
    assert sentences.cause(judged([85.0] * 10), TH, "th") == "ครบทั้ง 10 ตัวชี้วัดถึงเกณฑ์ รักษาไว้ให้ต่อเนื่อง"
    assert "All 10 indicators" in sentences.cause(judged([85.0] * 10), EN, "en")


def test_an_incomplete_year_says_how_many_scores_are_to_be_added() -> None:
    year = judged(with_score(7, None, with_score(10, None)))
    assert "เติมอีก 2 ตัวชี้วัด" in sentences.cause(year, TH, "th")
    assert "2" in sentences.cause(year, EN, "en")


# At the mark


@pytest.mark.parametrize("language", LANGUAGES)
def test_exactly_the_mark_is_never_called_more_than_the_mark(language: str) -> None:
    for sentence in told(judged([85.0] * 10), language):
        assert not MORE_THAN.search(sentence), sentence


def test_an_indicator_exactly_at_the_mark_is_told_to_be_just_there() -> None:
    year = judged(with_score(1, 85.0))
    assert sentences.gap_note(year, 1, TH) == "ถึงเกณฑ์พอดี"
    assert sentences.gap_note(year, 1, EN) == "Exactly at the mark"


def test_the_gap_of_an_indicator_is_told_with_what_reaching_the_mark_would_bring() -> None:
    assert sentences.gap_note(judged(), 10, TH) == "ขาดอีก 47.50 คะแนน ถ้าถึงเกณฑ์ คะแนนรวมเพิ่ม 9.50"
    assert sentences.gap_note(judged(), 10, EN) == "47.50 short; at the mark the total gains 9.50"
    assert sentences.gap_note(judged(), 6, TH) == "สูงกว่าเกณฑ์ 13.34 คะแนน"
    assert sentences.gap_note(judged(with_score(6, None)), 6, TH) == ""


def test_a_gain_is_rounded_half_up_like_every_other_figure() -> None:
    """A gap of 1.25 in IIT is worth 0.075, which the nearest binary number would show as 0.07."""
    assert "0.08" in sentences.gap_note(judged(with_score(1, 83.75)), 1, TH)


def test_a_gain_under_a_hundredth_is_not_told_as_nothing() -> None:
    assert sentences.gap_note(judged(), 5, TH) == "ขาดอีก 0.04 คะแนน ถ้าถึงเกณฑ์ คะแนนรวมเพิ่ม น้อยกว่า 0.01"
    assert sentences.gap_note(judged(), 5, EN) == "0.04 short; at the mark the total gains less than 0.01"
    only = judged([90.0, 90.0, 90.0, 90.0, 84.96, 90.0, 90.0, 90.0, 90.0, 90.0])
    assert sentences.worth_title(only, EN).endswith("to 85 adds less than 0.01 to the total")
    assert [sentences.gain_word(gain) for gain in judged().below["points_at_mark"]] == [
        "+9.50",
        "+0.08",
        "+0.03",
        "< 0.01",
    ]


def test_just_below_the_mark_is_below_it_in_every_sentence() -> None:
    year = judged(with_score(10, 100.0))
    assert year.below["indicator"].tolist() == [4, 2, 5]
    assert sentences.gap_note(year, 5, TH).startswith("ขาดอีก 0.04 คะแนน")


# Instruments and titles


def test_an_instrument_says_how_many_of_its_indicators_are_below() -> None:
    iit, eit, oit = judged().instruments.itertuples()
    assert sentences.instrument_note(iit, TH, 85.0) == "ผ่าน แต่ 3 จาก 5 ตัวชี้วัดยังต่ำกว่า 85"
    assert sentences.instrument_note(eit, TH, 85.0) == "ผ่านทั้ง 3 ตัวชี้วัด"
    assert sentences.instrument_note(oit, TH, 85.0) == "ต่ำกว่าเกณฑ์ โดยมี 1 จาก 2 ตัวชี้วัดต่ำกว่า 85"


def test_an_instrument_without_all_its_scores_says_so() -> None:
    *_, oit = judged(with_score(10, None)).instruments.itertuples()
    assert sentences.instrument_note(oit, TH, 85.0) == "คะแนนยังไม่ครบทั้ง 2 ตัวชี้วัด"
    assert sentences.instrument_note(oit, EN, 85.0) == "Scores of its 2 indicators are not complete"


def test_the_title_of_the_bars_counts_those_below() -> None:
    assert sentences.bars_title(judged(), TH) == "4 จาก 10 ตัวชี้วัดต่ำกว่าเกณฑ์ 85"
    assert sentences.bars_title(judged([85.0] * 10), TH) == "10 ตัวชี้วัดที่มีคะแนนถึงเกณฑ์ 85 ทุกตัว"
    assert sentences.bars_title(judged(with_score(3, None, STRONG)), TH) == "9 ตัวชี้วัดที่มีคะแนนถึงเกณฑ์ 85 ทุกตัว"


def test_the_title_of_the_radar_names_the_lowest_score() -> None:
    assert sentences.radar_title(judged(), TH) == "คะแนนต่ำสุดอยู่ที่ตัวชี้วัดที่ 10 (37.50)"
    assert sentences.radar_title(judged(with_score(10, None)), EN) == "The lowest score is indicator 4 (83.60)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_score_the_titles_do_not_claim_that_all_reach_the_mark(language: str) -> None:
    nothing, say = judged([None] * 10), speaker(language)
    assert sentences.bars_title(nothing, say) == sentences.radar_title(nothing, say) == say("sentence.radar_none")


# What the file prints, the years beside, the rule


def test_a_printed_total_that_is_not_the_sum_is_told_with_both_figures() -> None:
    year = judged(total=85.84, level="A")
    assert year.disagrees
    for say in (TH, EN):
        assert "85.84" in sentences.disagreement(year, say)
        assert "80.84" in sentences.disagreement(year, say)
    assert sentences.verdict(year, TH, "th") == "85.84 คะแนน ระดับ A ผ่านเกณฑ์แล้ว"


def test_what_the_file_prints_is_told_and_that_it_prints_nothing_too() -> None:
    assert sentences.published_note(judged(total=80.84, level="B"), TH, "th") == "ไฟล์พิมพ์คะแนนรวมไว้ 80.84 ระดับ B"
    assert sentences.published_note(judged(total=80.84), TH, "th") == "ไฟล์พิมพ์คะแนนรวมไว้ 80.84 ระดับ –"
    assert "85.00" in sentences.published_note(judged(total=84.995), TH, "th")
    assert sentences.published_note(judged(), TH, "th").startswith("ไฟล์ไม่ได้พิมพ์คะแนนรวมไว้")
    year = judged(STRONG, 2567, total=90.0, level="ผ่านดี")
    assert sentences.published_note(year, EN, "en") == "The file prints a total of 90.00, level Good pass"


def test_the_national_average_is_that_of_the_same_year() -> None:
    assert sentences.beside_nation(judged(), TH) == "ค่าเฉลี่ยระดับประเทศ ปี 2564: 81.25"
    assert sentences.beside_nation(judged(STRONG, 2562), EN) == "National average FY2562: 66.75"


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ([80.0] * 10, "เพิ่มขึ้น 0.84 จากปี 2563 (80.00)"),
        ([81.0] * 10, "ลดลง 0.16 จากปี 2563 (81.00)"),
        (list(SEED), "เท่ากับปี 2563 (80.84)"),
        (with_score(1, None), ""),
    ],
)
def test_a_year_is_told_beside_the_one_before(before: list[float | None], sentence: str) -> None:
    assert sentences.since(judged(), judged(before, 2563), TH) == sentence


def test_the_rule_of_the_level_is_told_and_its_weak_bounds_are_marked() -> None:
    assert sentences.level_rule(judged(), TH, "th") == (
        "ระดับของปี 2564: AA ≥ 95 · A ≥ 85 · B ≥ 75 · C ≥ 65 · D ≥ 55 · E ≥ 50 · F ≥ 0"
    )
    words = sentences.level_rule(judged(STRONG, 2566), TH, "th")
    assert "ผ่านดีเยี่ยม ≥ 95 และทุกเครื่องมือ ≥ 95 (ยังไม่ยืนยัน)" in words
    assert "ผ่านดี ≥ 85 และทุกเครื่องมือ ≥ 85 ·" in words
    assert "ผ่าน ≥ 85 ·" in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "year",
    [
        judged(),
        judged(STRONG, 2567),
        judged(PASSED_BUT_WEAK),
        judged([60.0] * 10, 2568),
        judged(with_score(7, None)),
        judged(with_score(7, None), total=88.0),
        judged(total=85.84, level="A"),
        judged([None] * 10),
    ],
)
def test_every_year_can_be_told_without_a_gap_left_open(year: Assessment, language: str) -> None:
    for sentence in told(year, language):
        assert "{" not in sentence
        assert not re.search(r"\bnan\b|\bNone\b|<NA>|-0\.00", sentence)
        assert "  " not in sentence


@pytest.mark.parametrize("year", [judged(), judged(STRONG, 2567), judged([60.0] * 10, 2566)])
def test_the_english_sentences_are_english(year: Assessment) -> None:
    assert not re.search("[ก-๛]", "".join(told(year, "en")))


def test_the_source_names_the_file_when_it_came_and_whose_rules_judge() -> None:
    moment = dt.datetime(2022, 8, 3, 9, 5, tzinfo=dt.datetime.now().astimezone().tzinfo)
    stored = StoredResult(
        result_id=1,
        agency="เทศบาลตำบลบัววัฒนา",
        fiscal_year=2564,
        scores=pd.DataFrame(),
        items=pd.DataFrame(),
        published=Published(),
        upload=Upload("ผล ITA {ปี} 64.xlsx", "0" * 64, 1, moment.astimezone(dt.UTC), False),
        replaced_at=None,
    )
    source = sentences.source(stored, TH)
    assert source.startswith("ที่มา: ผล ITA {ปี} 64.xlsx นำเข้า 3 ส.ค. 2565 เวลา ")
    assert source.endswith("ตัดสินตามเกณฑ์ ITA ปี 2564")


# Measures


def test_the_measures_are_counted_by_state_the_most_pressing_first() -> None:
    measures = pd.DataFrame(
        {
            "status": ["completed", "in_progress", "completed", "not_started"],
            "period_end": pd.to_datetime(["2022-03-31", "2022-03-31", None, None]),
            "evidence": "",
        }
    )
    title = sentences.measures_title(with_state(measures, dt.date(2022, 4, 1)), TH)
    assert title == f"4 มาตรการ: {TH('state.overdue')} 1 · {TH('state.not_started')} 1 · {TH('state.completed')} 2"


def test_no_measures_are_told_as_none() -> None:
    assert sentences.measures_title(pd.DataFrame(), TH) == "ยังไม่มีมาตรการ"


@pytest.mark.parametrize(
    ("say", "day", "whole", "part"),
    [
        (TH, "31 มี.ค. 2565", "ม.ค. – มี.ค. 2565", "1 ม.ค. 2565 – 15 มี.ค. 2565"),
        (EN, "31 Mar 2565", "Jan – Mar 2565", "1 Jan 2565 – 15 Mar 2565"),
    ],
)
def test_days_are_told_in_the_language_of_the_reader(say: Say, day: str, whole: str, part: str) -> None:
    def period(start: str, end: str) -> str:
        days = {"period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end)}
        return sentences.period_text(pd.Series({**days, "period_text": "as typed"}), say)

    assert sentences.day_text(dt.date(2022, 3, 31), say) == day
    assert sentences.measure_word("period_end", "2022-03-31", say) == day
    assert period("2022-01-01", "2022-03-31") == whole
    assert period("2022-01-01", "2022-03-15") == part


def test_a_period_whose_days_are_not_known_stays_as_typed() -> None:
    row = pd.Series({"period_start": pd.NaT, "period_end": pd.Timestamp("2022-03-31"), "period_text": "ภายในมีนาคม"})
    assert sentences.period_text(row, EN) == "ภายในมีนาคม"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_told_in_words_is_understood_when_it_comes_back(language: str) -> None:
    say = speaker(language)
    for month in range(1, 13):
        start, end = pd.Timestamp(2022, month, 1), pd.Timestamp(2022, month, 1) + pd.offsets.MonthEnd(3)
        row = pd.Series({"period_start": start, "period_end": end, "period_text": ""})
        assert period(sentences.period_text(row, say)) == Period(start.date(), end.date())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_unit_is_said_twice(language: str) -> None:
    say = speaker(language)
    for column, value in (("percent", 60), ("budget", 3000)):
        heading, word = sentences.measure_heading(column, say), sentences.measure_word(column, value, say)
        assert not any(unit in heading for unit in ("%", "บาท", "baht")), f"{heading}: {word}"
        assert any(unit in word for unit in ("%", "บาท", "baht"))
