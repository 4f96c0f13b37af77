"""CSV that a Thai Excel opens right and that runs nothing there."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.documents.csv_text import file_name, harmless, write_csv

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
TRICKY_TEXT = st.text(st.sampled_from("=+-@＝＋－＠\t\r\n ,;'\"\u00a0\u200b%.0123ก่"), max_size=8)
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def cells_of(content: bytes) -> list[list[str]]:
    """The file as Excel takes it apart."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written(value: object) -> str:
    """The one cell under the heading."""
    [[heading], [cell]] = cells_of(write_csv(pd.DataFrame({"มาตรการ": [value]})))
    assert heading == "มาตรการ"
    return cell


# The file


def test_the_file_begins_with_the_mark_by_which_excel_knows_thai() -> None:
    content = write_csv(pd.DataFrame({"ตัวชี้วัด": ["การใช้อำนาจ"], "คะแนน": [86.13]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "ตัวชี้วัด,คะแนน\r\nการใช้อำนาจ,86.13\r\n"


def test_scores_have_two_decimals_and_missing_ones_are_empty() -> None:
    assert cells_of(write_csv(pd.DataFrame({"คะแนน": [85.0, 37.5, None]})))[1:] == [["85.00"], ["37.50"], [""]]


@pytest.mark.parametrize("dtype", ["float64", "Float64"])
def test_a_score_is_rounded_half_up_as_everywhere_else(dtype: str) -> None:
    scores = pd.DataFrame({"คะแนน": pd.Series([84.995, 84.994], dtype=dtype)})
    assert cells_of(write_csv(scores))[1:] == [["85.00"], ["84.99"]]


def test_whole_numbers_days_and_missing_texts_are_written_plainly() -> None:
    frame = pd.DataFrame(
        {
            "ปี": pd.array([2564, None], dtype="Int64"),
            "สิ้นสุด": pd.to_datetime([dt.date(2022, 3, 31), None]),
            "ระดับ": pd.Series(["B", None], dtype="str"),
        }
    )
    assert cells_of(write_csv(frame))[1:] == [["2564", "2022-03-31", "B"], ["", "", ""]]


def test_a_cell_over_several_lines_stays_one_cell() -> None:
    assert written("1. ประชุม\n2. แจ้งเวียน, ติดประกาศ “ด่วน”") == "1. ประชุม\n2. แจ้งเวียน, ติดประกาศ “ด่วน”"


def test_two_columns_under_the_same_heading_are_both_written() -> None:
    twice = pd.DataFrame([["=a", "ข"]], columns=["สถานะ", "สถานะ"])
    assert cells_of(write_csv(twice)) == [["สถานะ", "สถานะ"], ["'=a", "ข"]]


def test_the_frame_that_was_given_is_left_as_it_was() -> None:
    frame = pd.DataFrame({"=h": ["=1+1"], "คะแนน": [84.995]})
    write_csv(frame)
    assert frame.equals(pd.DataFrame({"=h": ["=1+1"], "คะแนน": [84.995]}))


def test_a_frame_without_rows_is_its_headings() -> None:
    assert cells_of(write_csv(pd.DataFrame({"ตัวชี้วัด": [], "คะแนน": []}))) == [["ตัวชี้วัด", "คะแนน"]]


# Formulas


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", "   ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\t", "\n", "\r"])
def test_no_cell_starts_a_formula_not_even_after_blanks(before: str, start: str) -> None:
    text = f"{before}{start}cmd|' /C calc'!A0"
    assert written(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["\tabc", "\rabc", "\nabc", "\t-5", "=1", "@a", "+a", "--1", "-1-1", "+66 81 234", "-"]
)
def test_what_is_no_plain_number_is_neutralised(text: str) -> None:
    assert written(text) == f"'{text}"


@pytest.mark.parametrize("number", ["-1.40", "+9.50", "-47.50", "-1,234.5", "-5%", "0", " -1.40 "])
def test_a_number_typed_as_text_stays_a_number(number: str) -> None:
    assert written(number) == number


def test_a_negative_number_stays_a_number() -> None:
    assert written(-1.4) == "-1.40"
    assert written(-3) == "-3"


@pytest.mark.parametrize("text", ["การใช้อำนาจ", "a=b", "ก-ข", "1. ประชุม", "–", "(=1)", "'=1", ""])
def test_a_harmless_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_a_heading_is_neutralised_too() -> None:
    content = write_csv(pd.DataFrame({"=HYPERLINK(1)": ["ก"], " +x": ["ข"], "-1.40": ["ค"]}))
    assert cells_of(content)[0] == ["'=HYPERLINK(1)", "' +x", "-1.40"]


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string"])
def test_text_is_neutralised_in_every_kind_of_column(dtype: str) -> None:
    frame = pd.DataFrame({"หน่วยงาน": pd.Series(["=1+1", "เทศบาล"], dtype=dtype)})
    assert cells_of(write_csv(frame))[1:] == [["'=1+1"], ["เทศบาล"]]


@given(st.lists(st.tuples(ANY_TEXT | TRICKY_TEXT, TRICKY_TEXT), min_size=1, max_size=4))
def test_what_is_written_comes_back_but_for_the_apostrophe(rows: list[tuple[str, str]]) -> None:
    content = write_csv(pd.DataFrame(rows, columns=["ก", "ข"]))
    back = cells_of(content)[1:]
    assert len(back) == len(rows)
    for texts, cells in zip(rows, back, strict=True):
        for text, cell in zip(texts, cells, strict=True):
            assert cell in (text, f"'{text}")
            assert not cell.startswith(("=", "@", "\t", "\r", *STARTS[4:]))


# File names


def test_a_file_name_keeps_thai_and_joins_its_parts() -> None:
    name = file_name("ITA", 2564, "เทศบาลตำบลบัววัฒนา", "ตัวชี้วัด", ending="csv")
    assert name == "ITA_2564_เทศบาลตำบลบัววัฒนา_ตัวชี้วัด.csv"


def test_a_file_name_has_nothing_that_windows_forbids() -> None:
    assert file_name('a\\b/c:d*e?f"g<h>i|j', "x\x00\x1fy\nz\t.", ending="csv") == "abcdefghij_xy_z.csv"


def test_a_file_name_has_no_hidden_characters_and_no_blanks() -> None:
    name = file_name("เทศบาล\u00a0ตำบล\u202exslx\u200b\u2066\u061c\ufeff  ก", ending="csv")
    assert name == "เทศบาล_ตำบลxslx_ก.csv"


@given(st.lists(ANY_TEXT | st.text(st.sampled_from("ก./\\:. _"), max_size=400), max_size=6))
def test_a_file_name_is_always_one_that_windows_takes(parts: list[str]) -> None:
    name = file_name(*parts, ending="csv")
    stem = name.removesuffix(".csv")
    assert stem
    assert stem == stem.strip("._ ")
    assert len(name.encode("utf-16-le")) // 2 <= 255
    assert not set(name) & set('\\/:*?"<>|\n\r\t ')


def test_nothing_but_forbidden_characters_still_gives_a_name() -> None:
    assert file_name("///", " . ", ending="csv") == "ITA.csv"
