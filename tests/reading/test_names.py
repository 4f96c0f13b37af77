"""What words in cells are understood to mean."""

from __future__ import annotations

import pytest

from ita.reading import names


@pytest.mark.parametrize(
    ("typed", "indicator"),
    [
        ("1. การปฏิบัติหน้าที่", 1),
        ("การใช้งบประมาณ", 2),
        ("3) การใช้อํานาจ", 3),  # ำ as two characters
        ("(4) การใช้ทรัพย์สิน ของราชการ", 4),
        ("๕. การแก้ไขปัญหาทุจริต", 5),
        ("ตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน", 6),
        ("7.\u00a0ประสิทธิภาพ\u200bการสื่อสาร", 7),
        ("ตัวชี้วัดด้านการปรับปรุงการทำงาน", 8),
        ("9. การเปิดเผยข้อมูล (OIT)", 9),
        ("ตัวชี้วัดที่ ๑๐", 10),
        ("การปฎิบัติหน้าที่", 1),  # ฎ for ฏ
        ("7. การใช้อำนาจ", 3),  # a rank: the name decides
        ("2.3 การปรับปรุงระบบการทำงาน", 8),
        ("I1 การปฏิบัติหน้าที่", 1),
        ("คะแนนการใช้อำนาจ", 3),
        ("คะแนนตัวชี้วัดที่ 2", 2),
        ("คะแนนตัวชี้วัด [9. การเปิดเผยข้อมูล]", 9),
        ("ind_04", 4),
    ],
)
def test_an_indicator_is_known_however_it_is_numbered_and_typed(typed: str, indicator: int) -> None:
    assert names.indicator_named(typed) == indicator


@pytest.mark.parametrize(
    "typed", ["1", "การใช้รถ", "9.1", "9.1 ข้อมูลพื้นฐาน", "ตัวชี้วัดที่ 11", "", "1. การปฏิบัติหน้าที่ - จัดทำข้อตกลง", 1.0]
)
def test_other_words_and_bare_numbers_name_no_indicator(typed: str | float) -> None:
    assert names.indicator_named(typed) is None


@pytest.mark.parametrize(("typed", "number"), [(1.0, 1), ("๑", 1), ("(10)", 10), ("2.", 2), ("ตัวชี้วัดที่ 3", 3)])
def test_a_column_number_stands_for_its_indicator(typed: str | float, number: int) -> None:
    assert names.numbered(typed) == number


@pytest.mark.parametrize("typed", [True, 0.0, 11.0, 1.5, float("nan"), "1. การใช้อำนาจ", None])
def test_what_is_no_column_number_stands_for_nothing(typed: object) -> None:
    assert names.numbered(typed) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("ชื่อ อปท.", "agency"),
        ("คะแนนที่ได้", "score"),
        ("คะแนน (เต็ม 100)", "score"),
        ("คะแนนรวม (100 คะแนน)", "total"),
        ("ระดับผลการประเมิน", "level"),
        ("คะเเนนรวม", "total"),  # แ as two เ
        ("IIT", "iit"),
        ("คะแนนเฉลี่ย EIT", "eit"),
        ("OIT (40%)", "oit"),
        ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)", "eit"),
        ("รวม", "mean"),
        ("หมายเหตุ", None),
        ("ตัวชี้วัดของ IIT และ EIT", None),
    ],
)
def test_a_heading_is_known_by_its_words(typed: str, role: str | None) -> None:
    assert names.role_of(typed) == role


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("คะแนนรวม ปี 2567", "total"),
        ("คะแนน ITA ภาพรวม", "total"),
        ("สรุปคะแนน", "total"),
        ("ระดับ (AA-F)", "level"),
        ("ระดับ ปี 2565", "level"),
        ("IIT ปี 2567", "iit"),
        ("ส่วนที่ 1 (IIT)", "iit"),
        ("งบประมาณรวม", None),
        ("คะแนนรวมเป้าหมาย ปี 2567", None),
        ("คะแนนปีก่อน", None),
        ("ประเภท", None),
    ],
)
def test_a_heading_beside_the_indicators_is_known_by_its_words(typed: str, what: str | None) -> None:
    assert names.figure_headed(typed) == what


@pytest.mark.parametrize("typed", ["งบประมาณ (พันบาท)", "คะแนนความเสี่ยง", "ร้อยละความพึงพอใจ", "คะแนน (เต็ม 5)"])
def test_scores_of_another_thing_are_told_by_their_heading(typed: str) -> None:
    assert names.is_another_score(typed)


def test_a_word_for_a_mean_is_the_instruments_whose_indicators_it_follows() -> None:
    sequence = [1, 2, 3, 4, 5, "mean", 6, 7, 8, "mean", 9, 10, "mean", "total", "level"]
    meant = ["iit", "eit", "oit", "total", "level"]
    assert [meaning for meaning in names.resolved(sequence) if isinstance(meaning, str)] == meant


def test_a_word_for_a_mean_after_all_indicators_is_the_total() -> None:
    assert names.resolved([*range(1, 11), "mean"])[-1] == "total"


def test_the_total_after_the_open_data_indicators_is_not_taken_for_their_mean() -> None:
    assert names.resolved([1, 2, 3, 4, 5, "iit", 6, 7, 8, "eit", 9, 10, "total"])[-1] == "total"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("ของเทศบาลตำบลบัววัฒนา", "เทศบาลตำบลบัววัฒนา"),
        ("ของเทศบาลตําบลบัววัฒนา อำเภอหนองไผ่", "เทศบาลตําบลบัววัฒนา"),
        ("เทศบาลตำบลบัววัฒนาประจำปีงบประมาณ พ.ศ. 2564", "เทศบาลตำบลบัววัฒนา"),
        ("เทศบาลตำบลบัววัฒนาอำเภอหนองไผ่จังหวัดเพชรบูรณ์", "เทศบาลตำบลบัววัฒนา"),
        ("ผล ITA ขององค์การบริหารส่วนจังหวัดเพชรบูรณ์ ปี 2564", "องค์การบริหารส่วนจังหวัดเพชรบูรณ์"),
        ("หน่วยงาน: กรมตัวอย่าง ปีงบประมาณ 2564", "กรมตัวอย่าง"),
        ("เทศบาลตำบลทั้งหมด 2,000 แห่ง", None),
        ("ระบอบตัวแทน", None),
        ("ผลการประเมิน", None),
    ],
)
def test_a_title_names_its_agency(text: str, agency: str | None) -> None:
    assert names.agency_in(text) == agency


def test_two_spellings_are_told_from_two_agencies() -> None:
    assert names.alike("เทศบาลตำบลบัววัฒนา", "เทศบาลตำบลบัวพัฒนา")
    assert not names.alike("เทศบาลตำบลบัววัฒนา", "เทศบาลตำบลเขาค้อ")
    assert not names.alike("เทศบาลตำบลบัววัฒนา", "อบต.บัววัฒนา")


@pytest.mark.parametrize("name", ["ค่าเฉลี่ย", "รวม", "คะแนนเฉลี่ยระดับจังหวัด", "ค่าเป้าหมาย", "คะแนนเต็ม", "S.D.", "Average"])
def test_a_row_that_sums_up_is_no_agency(name: str) -> None:
    assert names.is_summary(name)


@pytest.mark.parametrize("name", ["อบต.รวมไทยพัฒนา", "รวมไทยพัฒนา", "เทศบาลตำบลสูงเนิน"])
def test_an_agency_is_no_row_that_sums_up(name: str) -> None:
    assert not names.is_summary(name)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("B", "B"),
        ("ระดับ b", "B"),
        (" ผ่าน ดี ", "ผ่านดี"),
        ("**AA**", "AA"),
        ("Good pass", "Good pass"),
        ("-", None),
        ("N/A", None),
        (3.0, None),
    ],
)
def test_a_level_is_kept_as_printed_without_what_stands_around_it(typed: str | float, level: str | None) -> None:
    assert names.level_text(typed) == level


@pytest.mark.parametrize("written", ["กรุงเทพมหานคร", "กรุงเทพฯ", "กทม.", "จ.กรุงเทพ", " จังหวัด กรุงเทพมหานคร "])
def test_the_capital_is_one_province_however_it_is_written(written: str) -> None:
    assert names.province(written) == names.CAPITAL
    assert names.names_province(written)


@pytest.mark.parametrize(("written", "bare"), [("จ.เลย", "เลย"), ("จังหวัดตาก", "ตาก"), ("  ", None), (7, None)])
def test_a_province_has_its_bare_name(written: str | int, bare: str | None) -> None:
    assert names.province(written) == bare
