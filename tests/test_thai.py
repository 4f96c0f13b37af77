"""Thai text as it is really typed: what matches, what is shown, what counts as a number, a year, a period."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita import thai
from ita.thai import Period

THAI_TEXT = st.text(st.sampled_from("กขฤฦลมอเแโใไะาำๅัิีึืุู็่้๊๋์ํ๑๒ๆ \n\u200b\u00a0-abc12"), max_size=30)


# Matching


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("การใช้อํานาจ", "การใช้อำนาจ"),
        ("คะเเนน", "คะแนน"),
        ("การปรับปรุงระบบ\nการทำงาน", "การปรับปรุงระบบการทำงาน"),
        ("การใช้ทรัพย์สิน\u00a0ของราชการ", "การใช้ทรัพย์สินของราชการ"),
        ("การ\u200bใช้\u00adงบประมาณ\ufeff", "การใช้งบประมาณ"),
        ("ตัวชี้วัดที่ ๑๐", "ตัวชี้วัดที่ 10"),
        ("การปฏิบัติหน้าที่่", "การปฏิบัติหน้าที่"),
        ("หนา้ที่", "หน้าที่"),
        ("ท่ี", "ที่"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("โโครงการ", "โครงการ"),
        ("กํๅลัง", "กำลัง"),
        ("OIT", "oit"),
    ],
)
def test_two_ways_of_typing_a_word_have_one_key(typed: str, meant: str) -> None:
    assert thai.fold(typed) == thai.fold(meant)


def test_words_that_differ_keep_different_keys() -> None:
    words = ["การป้องกันการทุจริต", "การแก้ไขปัญหาการทุจริต", "พันธุ์", "สิทธิ์", "สิทธิ", "ปา", "ป่า", "ฤๅษี", "ฤาษี"]
    assert len({thai.fold(word) for word in words}) == len(words)


@given(THAI_TEXT)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert thai.fold(thai.fold(text)) == thai.fold(text)


@given(THAI_TEXT)
def test_what_is_shown_matches_what_was_typed(text: str) -> None:
    assert thai.fold(thai.tidy(text)) == thai.fold(text)


# Display


def test_tidied_text_keeps_its_lines_and_loses_what_nobody_sees() -> None:
    assert thai.tidy("  กอง\u200bคลัง \u202e\x07\r\n\tกองช่าง\u00a0\u00a0และ  อื่น ๆ ") == "กองคลัง\nกองช่าง และ อื่น ๆ"


def test_tidied_text_keeps_its_spelling_and_digits() -> None:
    assert thai.tidy("๑. การใช้อํานาจ") == "๑. การใช้อํานาจ"


def test_a_date_is_written_in_the_buddhist_era() -> None:
    date = dt.date(2022, 3, 31)
    assert thai.date_text(date) == "31 มี.ค. 2565"
    assert thai.date_text(date, year=False) == "31 มี.ค."


def test_digits_can_be_changed_both_ways() -> None:
    assert thai.thai_digits("80.84 คะแนน") == "๘๐.๘๔ คะแนน"
    assert thai.arabic_digits("๘๐.๘๔ คะแนน") == "80.84 คะแนน"


# Numbers


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (84.96, 84.96),
        (85, 85.0),
        ("84.96", 84.96),
        ("๘๔.๙๖", 84.96),
        ("84.96 คะแนน", 84.96),
        ("84.96คะเเนน", 84.96),
        ("คะแนน 84.96", 84.96),
        ("ร้อยละ 84.96", 84.96),
        ("84.96%", 84.96),
        (" 84.96\u00a0% ", 84.96),
        ("1,234.5", 1234.5),
        ("-5", -5.0),
        ("84,96", 84.96),
        ("๘๔,๙๖ คะแนน", 84.96),
        ("84.96/100", 84.96),
        ("84.96 / 100", 84.96),
        ("84.96 คะแนน จาก 100 คะแนน", 84.96),
        ("84.96*", 84.96),
        ("84.96%**", 84.96),
        ("'84.96", 84.96),
    ],
)
def test_a_number_is_read_however_it_is_dressed(value: object, expected: float) -> None:
    assert thai.number(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *("-", "–", "", " ", None, "ไม่ประเมิน", "84.96/85", "84.96/1000", "1,2", "8 4", "84.96 บาท", "ปี 2564"),
        *("84,961.5,2", "*84"),
        *("1e5", "nan", "inf", True, float("nan"), float("inf"), dt.date(2022, 3, 31), "9" * 400),
    ],
)
def test_what_is_no_single_number_is_none(value: object) -> None:
    assert thai.number(value) is None


@pytest.mark.parametrize("value", [None, "", "  ", "\u00a0\u200b\n", "-", " – ", "—", "--"])
def test_blanks_and_dashes_are_blank(value: object) -> None:
    assert thai.is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "- ก", "ไม่มี"])
def test_anything_that_says_something_is_not_blank(value: object) -> None:
    assert not thai.is_blank(value)


# Years


@pytest.mark.parametrize(
    "value",
    [
        2564,
        2564.0,
        "2564",
        "2564.0",
        "๒๕๖๔",
        "ปี 2564",
        "ปี 64",
        "ปีงบประมาณ พ.ศ. 2564",
        "ปีงบประมาณ ๒๕๖๔",
        "ปีงบประมาณ 64",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๔ (ครึ่งปีแรก)",
        "พ.ศ.2564",
        "ค.ศ. 2021",
        "ปีงบประมาณ 2564 (1 ต.ค. 2563 - 30 ก.ย. 2564)",
        "คะแนน ITA ปี 2564 ของเทศบาล ปี 2564",
    ],
)
def test_a_fiscal_year_is_read_in_every_form(value: object) -> None:
    assert thai.fiscal_year(value) == 2564


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        True,
        "2021",
        2021,
        2499,
        2601,
        2564.5,
        "2564.5",
        "12,564",
        "คะแนน 64",
        "ปี 2563 และปี 2564",
        "ปี 2563-64",
        "2563/2564",
        "31 มี.ค. 2565",
        "31/3/2565",
        dt.date(2021, 10, 1),
        dt.datetime(2021, 10, 1),
    ],
)
def test_what_names_no_single_fiscal_year_is_none(value: object) -> None:
    assert thai.fiscal_year(value) is None


# Periods


def days(start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ต.ค. 64 – มี.ค. 65", days("2021-10-01", "2022-03-31")),
        ("ม.ค. – มี.ค. 65", days("2022-01-01", "2022-03-31")),
        ("ต.ค. – มี.ค. 65", days("2021-10-01", "2022-03-31")),
        ("ต.ค. 64 – มี.ค.", days("2021-10-01", "2022-03-31")),
        ("1 ม.ค. 66 - 31 มี.ค. 66", days("2023-01-01", "2023-03-31")),
        ("1 - 15 มี.ค. 66", days("2023-03-01", "2023-03-15")),
        ("ตุลาคม 2564 - มีนาคม 2565", days("2021-10-01", "2022-03-31")),
        ("ต.ค.64\n-\nมี.ค.65", days("2021-10-01", "2022-03-31")),
        ("๑ ต.ค. ๖๔ ถึง ๓๑ มี.ค. ๖๕", days("2021-10-01", "2022-03-31")),
        ("ตั้งแต่เดือนตุลาคม พ.ศ. 2564 ถึงเดือนมีนาคม พ.ศ. 2565", days("2021-10-01", "2022-03-31")),
        ("กรกฏาคม 2565", days("2022-07-01", "2022-07-31")),
        ("มี.ค. 65", days("2022-03-01", "2022-03-31")),
        ("31 มี.ค. 65", days("2022-03-31", "2022-03-31")),
        ("1/10/2564 - 31/3/2565", days("2021-10-01", "2022-03-31")),
        ("มกราคม ค.ศ. 2022", days("2022-01-01", "2022-01-31")),
        ("ก.พ. 67", days("2024-02-01", "2024-02-29")),
        ("ก.พ. 66", days("2023-02-01", "2023-02-28")),
        ("ตลอดปีงบ 2570", days("2026-10-01", "2027-09-30")),
        ("ตลอดปีงบประมาณ ๒๕๗๐", days("2026-10-01", "2027-09-30")),
        ("ปีงบประมาณ พ.ศ. 2565", days("2021-10-01", "2022-09-30")),
        ("ประจำปีงบประมาณ พ.ศ. 2565 (ครึ่งปีแรก)", days("2021-10-01", "2022-03-31")),
        ("ไตรมาสที่ 3/2565", days("2022-04-01", "2022-06-30")),
        ("รอบ 6 เดือน (ต.ค. 64 - มี.ค. 65)", days("2021-10-01", "2022-03-31")),
        ("รอบที่ 1 (ต.ค. 64 - มี.ค. 65)", days("2021-10-01", "2022-03-31")),
        ("ต.ค. 64 - มี.ค. 65 (6 เดือน)", days("2021-10-01", "2022-03-31")),
        ("1/10/64 - 31/3/65", days("2021-10-01", "2022-03-31")),
        ("31.3.2565", days("2022-03-31", "2022-03-31")),
        ("ไตรมาส 2/65", days("2022-01-01", "2022-03-31")),
        ("ไตรมาส 1-2 ปีงบประมาณ 2565", days("2021-10-01", "2022-03-31")),
        ("ไตรมาส 1/2565 - ไตรมาส 2/2565", days("2021-10-01", "2022-03-31")),
        ("Oct 2021 - Mar 2022", days("2021-10-01", "2022-03-31")),
        ("October 2564 – March 2565", days("2021-10-01", "2022-03-31")),
        ("from 1 Oct. 2021 to 31 Mar. 2022", days("2021-10-01", "2022-03-31")),
        ("Oct - Dec 2021", days("2021-10-01", "2021-12-31")),
        ("FY2565", days("2021-10-01", "2022-09-30")),
        ("Fiscal year 2022", days("2021-10-01", "2022-09-30")),
        ("First half FY2565", days("2021-10-01", "2022-03-31")),
        ("Q1-Q2/2565", days("2021-10-01", "2022-03-31")),
    ],
)
def test_a_period_with_its_year_needs_nothing_else(text: str, expected: Period) -> None:
    assert thai.period(text) == expected
    assert thai.period(text, fiscal_year=2569) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ไตรมาส ๑ - ๔", days("2021-10-01", "2022-09-30")),
        ("ไตรมาสที่ 1 – ไตรมาสที่ 2", days("2021-10-01", "2022-03-31")),
        ("ไตรมาส 1, 2 และ 3", days("2021-10-01", "2022-06-30")),
        ("ไตรมาสที่ 2", days("2022-01-01", "2022-03-31")),
        ("ไตรมาส 4", days("2022-07-01", "2022-09-30")),
        ("รอบ 6 เดือน", days("2021-10-01", "2022-03-31")),
        ("รอบ 6 เดือนหลัง", days("2022-04-01", "2022-09-30")),
        ("รอบ 12 เดือน", days("2021-10-01", "2022-09-30")),
        ("ครึ่งปีแรก", days("2021-10-01", "2022-03-31")),
        ("ครึ่งปีหลัง", days("2022-04-01", "2022-09-30")),
        ("ตลอดปีงบประมาณ", days("2021-10-01", "2022-09-30")),
        ("Q1 - Q2", days("2021-10-01", "2022-03-31")),
        ("Quarter 2", days("2022-01-01", "2022-03-31")),
        ("May", days("2022-05-01", "2022-05-31")),
        ("ต.ค. - มี.ค.", days("2021-10-01", "2022-03-31")),
    ],
)
def test_a_period_without_a_year_lies_in_the_fiscal_year_given(text: str, expected: Period) -> None:
    assert thai.period(text, fiscal_year=2565) == expected
    assert thai.period(text) == Period()


@pytest.mark.parametrize(
    "text", ["ภายในเดือน มีนาคม 2565", "by March 2022", "ภายใน 31 มี.ค. 65", "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๕"]
)
def test_a_deadline_has_an_end_only(text: str) -> None:
    assert thai.period(text) == Period(None, dt.date(2022, 3, 31))


def test_an_open_period_has_a_start_only() -> None:
    assert thai.period("ตั้งแต่ ต.ค. 64 เป็นต้นไป") == Period(dt.date(2021, 10, 1), None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ทุกเดือน",
        "6 เดือน",
        "31 ก.พ. 65",
        "32 มี.ค. 65",
        "มี.ค. 65 – ต.ค. 64",
        "ต.ค. 65 – มี.ค. 65",
        "เม.ย. - ต.ค.",
        "ไตรมาส 5",
        "ไตรมาส 1 และ 3",
        "ไตรมาส 3 - 1",
        "ต.ค. 64, มี.ค. 65",
        "ต.ค. 64 – มี.ค. 65 แล้วแต่ผู้บริหาร",
        "ปีงบประมาณ 2564 และ 2565",
        "รอบ 6 เดือน รอบ 12 เดือน",
        "มกราคม 2022",
        "ต.ค. 64 - มี.ค. 65 (5 เดือน)",
        "รอบที่ 1 ปีงบประมาณ 2565",
        "Oct 21 - Mar 22",
        "ไตรมาส 3/2565 - ไตรมาส 1/2565",
    ],
)
def test_what_is_not_understood_to_the_last_word_has_no_dates(text: str) -> None:
    assert thai.period(text, fiscal_year=2565) == Period()


@given(st.text(max_size=40) | THAI_TEXT)
def test_no_text_makes_the_readers_fail(text: str) -> None:
    thai.period(text, 2565)
    thai.fiscal_year(text)
    thai.number(text)
    thai.is_blank(text)


@given(st.dates(dt.date(1960, 1, 1), dt.date(2055, 12, 31)), st.integers(0, 400))
def test_a_period_written_from_two_dates_is_read_back(start: dt.date, length: int) -> None:
    end = start + dt.timedelta(length)
    assert thai.period(f"{thai.date_text(start)} – {thai.thai_digits(thai.date_text(end))}") == Period(start, end)


# Lines

LABELS = [
    "การแก้ไขปัญหาการทุจริต",
    "การใช้ทรัพย์สินของราชการ",
    "การปรับปรุงระบบการทำงานและการให้บริการต่าง ๆ (e-Service) ของหน่วยงาน",
]


@pytest.mark.parametrize("label", LABELS)
def test_lines_keep_the_width_and_lose_nothing(label: str) -> None:
    lines = thai.wrap(label, 14)
    marks = "ัิีึืฺุู็่้๊๋์"
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == label.replace(" ", "")
    assert all(sum(character not in marks for character in line) <= 14 for line in lines)


@pytest.mark.parametrize("width", [1, 4, 9])
def test_a_line_never_begins_inside_a_cluster(width: int) -> None:
    for label in LABELS:
        lines = thai.wrap(label, width)
        assert not any(line[0] in "ะาำๅัิีึืฺุู็่้๊๋์ๆฯ)" for line in lines)
        assert not any(before[-1] in "เแโใไ(" for before, _ in pairwise(lines))


def test_a_line_that_fits_stays_whole_and_typed_lines_stay_apart() -> None:
    assert thai.wrap("การใช้อำนาจ", 20) == ["การใช้อำนาจ"]
    assert thai.wrap("กองคลัง\nกองช่าง", 40) == ["กองคลัง", "กองช่าง"]
    assert thai.wrap("", 10) == []


# Cost


def test_importing_does_not_load_the_dictionary() -> None:
    program = "import sys, ita.thai; sys.exit('pythainlp' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
