"""A file of measures: the seed's table over its pages, and what else offices make of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from ita.measures import STATUSES
from ita.reading.measures import MeasureReading, find_measures, read_measures, status_of
from ita.reading.measures.rows import ROWS
from ita.reading.problems import UnreadableFile
from ita.reading.sheet import Fault, Value
from ita.text import LANGUAGES, speaker
from tests.reading.measure_books import (
    HALF_YEAR,
    HEADINGS,
    UNITS,
    codes,
    grid,
    row,
    sheet,
    table,
    told,
    word,
    word_reading,
    workbook,
)

SEED: list[list[Value]] = [
    ["ตามที่เทศบาลตำบลบัวพัฒนา ได้เข้าร่วมการประเมิน ปีงบประมาณ พ.ศ. 2564 ได้รับคะแนน 80.84 คะแนน"],
    [
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n"
        "ของเทศบาลตำบลบัววัฒนา ประจำปีงบประมาณ พ.ศ. 2565 (ครึ่งปีแรก)"
    ],
    [],
    HEADINGS,
    [
        "1. การปฏิบัติหน้าที่ - การจัดทำข้อตกลงระหว่างผู้บังคับบัญชากับผู้ใต้บังคับบัญชา",
        "1. จัดประชุมพนักงาน 2. มีการจัดทำคำสั่งมอบหมายงาน",
        UNITS,
        "ม.ค. – มี.ค. 65",
        "1. จัดทำข้อตกลง 2. จัดทำคำสั่งมอบหมายงาน",
        "-",
    ],
    ["2. การใช้งบประมาณ", "เผยแพร่เทศบัญญัติงบประมาณ", UNITS, HALF_YEAR, "บุคลากรมีความเข้าใจ", "-"],
    [],
    ["-"],
    HEADINGS,
    ["3. การใช้อำนาจ", "ประกาศการใช้ดุลยพินิจ", UNITS, HALF_YEAR, "จัดทำประกาศ", "-"],
    [
        "4. การใช้ทรัพย์สินของราชการ",
        "จัดทำประกาศข้อปฏิบัติในการขอยืม",
        UNITS,
        HALF_YEAR,
        "ทราบอย่างชัดเจนแล้ว พร้อมทั้งแต่งตั้งให้เจ้าหน้าที่",
        "-",
    ],
    HEADINGS,
    ["4. การใช้ทรัพย์สินของราชการ (ต่อ)", "", "", "", "ผู้รับผิดชอบงานพัสดุดำเนินการติดตาม", ""],
    ["5. การแก้ไขปัญหาการทุจริต", "จัดทำคู่มือ", UNITS, HALF_YEAR, "จัดทำแผนป้องกันการทุจริต", ""],
    [
        "6. คุณภาพการดำเนินงาน",
        "1. จัดทำคู่มือ 2. นำเทคโนโลยีมาใช้ 3. ให้บริการเท่าเทียมกัน",
        UNITS,
        HALF_YEAR,
        "1. จัดทำคู่มือ 2. นำเทคโนโลยีมาใช้",
        "-",
    ],
    HEADINGS,
    ["6. คุณภาพการดำเนินงาน (ต่อ)", "4. ให้ข้อมูลอย่างถูกต้อง", "", "", "3. สร้างจิตสำนึก 4. ให้ข้อมูลที่ถูกต้อง", ""],
    ["7. ประสิทธิภาพการสื่อสาร", "1. จัดทำช่องทาง", UNITS, HALF_YEAR, "ปรับปรุงเว็บไซต์", "-"],
    ["8. การปรับปรุงระบบ การทำงาน", "ลดขั้นตอน", UNITS, HALF_YEAR, "1. จัดทำผัง เรียบร้อยแล้ว 2. ยื่นผ่าน Google form", "-"],
    HEADINGS,
    ["8. การปรับปรุงระบบ การทำงาน (ต่อ)", "", "", "", "ซึ่งเพิ่มความสะดวก 3. เพิ่มช่องทาง", ""],
    ["9. การเปิดเผยข้อมูล", "จัดให้มีช่องทาง พ.ศ. 2540", UNITS, HALF_YEAR, "1. ปรับปรุงเว็บไซต์", ""],
    HEADINGS,
    ["10. การป้องกันการทุจริต", "1. จัดทำแผนปฏิบัติการ", UNITS, HALF_YEAR, "1. จัดทำแผน เรียบร้อยแล้ว", "-"],
    HEADINGS,
    [],
    ["", "ลงชื่อ _____ ผู้รายงาน"],
    ["", "(นางสาวตัวอย่าง ใจดี)"],
    ["", "ตำแหน่ง หัวหน้าสำนักปลัดเทศบาล"],
]  # fmt: skip

NAMES = [
    "การจัดทำข้อตกลงระหว่างผู้บังคับบัญชากับผู้ใต้บังคับบัญชา",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
]


# The seed


@pytest.fixture(scope="module")
def seed() -> MeasureReading:
    return find_measures([sheet(SEED)])


def test_the_seed_has_ten_measures_one_for_each_indicator(seed: MeasureReading) -> None:
    assert seed.measures["indicator"].tolist() == list(range(1, 11))
    assert seed.measures["title"].tolist() == NAMES


def test_a_measure_that_runs_over_a_page_is_one_measure(seed: MeasureReading) -> None:
    by_indicator = seed.measures.set_index("indicator")
    assert by_indicator.loc[4, "result"] == ("ทราบอย่างชัดเจนแล้ว พร้อมทั้งแต่งตั้งให้เจ้าหน้าที่ ผู้รับผิดชอบงานพัสดุดำเนินการติดตาม")
    assert by_indicator.loc[6, "steps"] == ("1. จัดทำคู่มือ 2. นำเทคโนโลยีมาใช้ 3. ให้บริการเท่าเทียมกัน\n4. ให้ข้อมูลอย่างถูกต้อง")
    assert by_indicator.loc[6, "result"] == ("1. จัดทำคู่มือ 2. นำเทคโนโลยีมาใช้\n3. สร้างจิตสำนึก 4. ให้ข้อมูลที่ถูกต้อง")
    assert str(by_indicator.loc[8, "result"]).endswith("Google form ซึ่งเพิ่มความสะดวก 3. เพิ่มช่องทาง")
    assert by_indicator.loc[8, "responsible"] == UNITS


def test_joined_rows_are_told_with_their_cells_and_nothing_else_is(seed: MeasureReading) -> None:
    assert [(problem.code, problem.severity, problem.cell) for problem in seed.problems] == [
        ("ITA-M02", "info", "A13"),
        ("ITA-M02", "info", "A17"),
        ("ITA-M02", "info", "A21"),
    ]
    assert "การใช้ทรัพย์สินของราชการ" in seed.problems[0].told("th")
    assert seed.problems[0].details["start"] == "A11"


def test_the_seed_states_the_year_of_its_measures_and_its_agency(seed: MeasureReading) -> None:
    assert seed.fiscal_year == 2565
    assert seed.agency == "เทศบาลตำบลบัววัฒนา"


def test_periods_are_kept_as_typed_beside_their_dates(seed: MeasureReading) -> None:
    first, second = seed.measures.iloc[0], seed.measures.iloc[1]
    assert first["period_text"] == "ม.ค. – มี.ค. 65"
    assert (first["period_start"], first["period_end"]) == (pd.Timestamp(2022, 1, 1), pd.Timestamp(2022, 3, 31))
    assert second["period_text"] == HALF_YEAR
    assert (second["period_start"], second["period_end"]) == (pd.Timestamp(2021, 10, 1), pd.Timestamp(2022, 3, 31))


def test_a_dash_means_none(seed: MeasureReading) -> None:
    assert set(seed.measures["suggestion"]) == {""}


def test_without_a_status_column_no_status_is_stated_but_one_may_be_proposed(seed: MeasureReading) -> None:
    assert set(seed.measures["status"]) == {"not_stated"}
    proposed = seed.measures.set_index("indicator")["proposed_status"].dropna()
    assert proposed.to_dict() == {8: "completed", 10: "completed"}


def test_the_signature_is_no_measure(seed: MeasureReading) -> None:
    assert not seed.measures.astype(str).stack().str.contains("ตัวอย่าง|ลงชื่อ").any()


def test_the_columns_have_their_types_even_without_measures() -> None:
    for reading in (find_measures([sheet(SEED)]), find_measures([])):
        types = reading.measures.dtypes.astype(str)
        assert types["indicator"] == "Int64"
        assert types["period_start"] == types["period_end"] == "datetime64[us]"
        assert types["title"] == types["proposed_status"] == "str"


# Real files


def test_a_workbook_is_read_from_a_path_from_bytes_and_from_an_open_file(tmp_path: Path) -> None:
    content = workbook(SEED)
    path = tmp_path / "มาตรการ.xlsx"
    path.write_bytes(content)
    with path.open("rb") as file:
        file.read(10)
        readings = [read_measures(path), read_measures(str(path)), read_measures(content), read_measures(file)]
    for reading in readings:
        assert reading.measures["indicator"].tolist() == list(range(1, 11))


def test_a_file_that_is_no_workbook_raises() -> None:
    with pytest.raises(UnreadableFile):
        read_measures(b"%PDF-1.7 ...", filename="a.pdf")


def test_a_file_opened_as_text_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ก", encoding="utf-8")
    with path.open(encoding="utf-8") as file, pytest.raises(TypeError, match="rb"):
        read_measures(file)  # type: ignore[arg-type]


def test_merged_cells_of_a_workbook_are_read_as_they_look() -> None:
    reading = read_measures(
        workbook(
            [
                ["มาตรการ ปีงบประมาณ 2565"],
                ["มาตรการ/แนวทาง", None, "ขั้นตอนหรือวิธีการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ"],
                ["1. การปฏิบัติหน้าที่", None, "ประชุม", "กองคลัง", "ครึ่งปีแรก", "ประชุมแล้ว"],
                [None, None, "ออกคำสั่ง", None, None, "ออกคำสั่งแล้ว"],
                ["2. การใช้งบประมาณ", None, "เผยแพร่", None, None, "เผยแพร่แล้ว"],
            ],
            "A1:F1",
            "A2:B2",
            "A3:B4",
            "D3:D5",
            "E3:E5",
            "A5:B5",
        )
    )
    assert reading.problems == ()
    assert reading.measures["title"].tolist() == ["การปฏิบัติหน้าที่", "การใช้งบประมาณ"]
    assert reading.measures["steps"].tolist() == ["ประชุม\nออกคำสั่ง", "เผยแพร่"]
    assert reading.measures["responsible"].tolist() == ["กองคลัง", "กองคลัง"]
    assert reading.measures["period_text"].tolist() == ["ครึ่งปีแรก", "ครึ่งปีแรก"]
    assert reading.measures["period_end"].tolist() == [pd.Timestamp(2022, 3, 31)] * 2


# Where the table is and how it looks


def test_columns_may_stand_in_any_order_with_empty_ones_between() -> None:
    reading = table(
        ["", "จัดทำ", "", "ต.ค. 64", "กองคลัง", "3. การใช้อำนาจ", "ประชุม", "ขยายผล"],
        headings=["", "ผลการดำเนินงาน", "", "ระยะเวลา", "หน่วยงานที่รับผิดชอบ", "มาตรการ", "วิธีการดำเนินการ", "ปัญหา/ข้อเสนอแนะ"],
    )  # fmt: skip
    (measure,) = reading.measures.to_dict("records")
    assert (measure["indicator"], measure["title"], measure["cell"]) == (3, "การใช้อำนาจ", "F2")
    assert [measure[role] for role in ("steps", "responsible", "period_text", "result", "suggestion")] == [
        "ประชุม", "กองคลัง", "ต.ค. 64", "จัดทำ", "ขยายผล",
    ]  # fmt: skip


def test_headings_match_however_they_are_typed() -> None:
    headings: list[Value] = ["มาตรการ / เเนวทาง", "ขั้นตอน หรือวิธีการ", "ผู้รับผิดชอบ\u200b", "ผลการดําเนินการ"]
    assert len(table(["1. การปฏิบัติหน้าที่", "ประชุม", "กองคลัง", "จัดทำ"], headings=headings).measures) == 1


def test_several_tables_on_one_sheet_and_on_several_sheets_are_read() -> None:
    first = sheet([HEADINGS, row("1. การปฏิบัติหน้าที่"), [], ["เรื่องที่สอง"], HEADINGS, row("2. การใช้งบประมาณ")])
    second = sheet([HEADINGS, row("3. การใช้อำนาจ")], name="แผ่นที่ 2")
    measures = find_measures([first, second]).measures
    assert list(zip(measures["indicator"], measures["sheet"], measures["cell"], strict=True)) == [
        (1, "มาตรการ", "A2"),
        (2, "มาตรการ", "A6"),
        (3, "แผ่นที่ 2", "A2"),
    ]


def test_a_heading_that_is_split_over_two_rows_is_no_measure() -> None:
    headings: list[Value] = ["มาตรการ/แนวทาง", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา", "ผล\nการดำเนินการ", "ข้อเสนอแนะ"]
    reading = table([None, "หรือวิธีการ", None, "การดำเนินการ"], row(), headings=headings)
    assert len(reading.measures) == 1
    assert codes(reading) == []


def test_a_table_of_scores_is_no_table_of_measures() -> None:
    reading = find_measures([sheet([["เครื่องมือ", "ตัวชี้วัด", "ปี 2564"], ["IIT", "1. การปฏิบัติหน้าที่", 92.13]])])
    assert codes(reading) == ["ITA-M01"]
    assert reading.problems[0].severity == "error"
    assert reading.measures.empty


def test_a_table_without_measures_is_told() -> None:
    assert codes(table(["", "", "-"])) == ["ITA-M10"]


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    reading = find_measures([sheet([HEADINGS, row()]), sheet([HEADINGS, row()], name="เก่า", visible=False)])
    assert len(reading.measures) == 1
    assert [(problem.code, problem.sheet) for problem in reading.problems] == [("ITA-M09", "เก่า")]


def test_a_repeated_page_title_is_no_measure_and_needs_no_word() -> None:
    title = "รายงานผลการดำเนินการตามมาตรการ"
    reading = find_measures([sheet([[title], HEADINGS, row(), [title], HEADINGS, row("2. การใช้งบประมาณ")])])
    assert reading.measures["indicator"].tolist() == [1, 2]
    assert codes(reading) == []


def test_a_stray_line_below_the_table_is_left_out_and_told() -> None:
    reading = table(row(), [], ["ข้อมูล ณ สิ้นเดือน"])
    assert len(reading.measures) == 1
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-M11", "A4")]


def test_a_score_table_below_the_measures_ends_them() -> None:
    scores: list[list[Value]] = [["เครื่องมือ", "ตัวชี้วัด", "ปี 2564"], ["IIT", "1. การปฏิบัติหน้าที่", 92.13]]
    assert len(find_measures([sheet([HEADINGS, row(), [], *scores])]).measures) == 1


def test_a_score_table_beside_the_measures_is_not_read_with_them() -> None:
    beside: list[Value] = [None, "เครื่องมือ", "ตัวชี้วัด", "ปี 2564"]
    rows = [
        [*HEADINGS, *beside],
        [*row("3. การใช้อำนาจ"), None, "IIT", "1. การปฏิบัติหน้าที่", 92.13],
        [*row("4. การใช้ทรัพย์สินของราชการ"), None, None, "2. การใช้งบประมาณ", 84.55],
        [*[None] * 7, None, "3. การใช้อำนาจ", 86.13],
    ]
    for swapped in (rows, [[*values[7:], None, *values[:6]] for values in rows]):
        reading = find_measures([sheet(swapped)])
        assert reading.measures["indicator"].tolist() == [3, 4]
        assert reading.problems == ()


# Columns as offices head them


TEXTS = {
    "steps": "ประชุม",
    "responsible": "กองคลัง",
    "period_text": "ต.ค. 64",
    "result": "จัดทำประกาศ",
    "suggestion": "ขยายผล",
}


def one(headings: list[Value], cells: list[Value]) -> dict[str, object]:
    """The one measure under these headings, which hold nothing that was not understood."""
    reading = table(cells, headings=headings)
    assert codes(reading) == []
    (measure,) = reading.measures.to_dict("records")
    return measure


@pytest.mark.parametrize(
    "heading",
    [
        "มาตรการ/แนวทาง", "มาตรการ", "กิจกรรม", "โครงการ/กิจกรรม", "แนวทางการพัฒนา", "ประเด็นที่ต้องพัฒนา",
        "มาตรการ/กิจกรรม/โครงการ", "แนวทางการแก้ไขปัญหา", "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "1. มาตรการ",
        "Measure/Action", "Measures",
    ],
)  # fmt: skip
def test_a_measure_is_known_by_many_headings(heading: str) -> None:
    measure = one([heading, "ขั้นตอน", "ผู้รับผิดชอบ"], ["2. การใช้งบประมาณ - เผยแพร่แผน", "ประชุม", "กองคลัง"])
    assert (measure["indicator"], measure["title"], measure["steps"]) == (2, "เผยแพร่แผน", "ประชุม")


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        (role, heading)
        for role, headings in {
            "steps": [
                "ขั้นตอน", "วิธีการ", "วิธีดำเนินการ", "รายละเอียดการดำเนินงาน", "ขั้นตอน/วิธีการ", "กิจกรรม", "แนวทาง", "Steps",
            ],
            "responsible": [
                "ผู้รับผิดชอบ", "หน่วยงานรับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "กอง/สำนัก", "ส่วนราชการที่รับผิดชอบ", "หน่วยงาน/ผู้รับผิดชอบ",
                "Responsible unit/person", "ผู้รับผิดชอบและผู้ประสานงาน",
            ],
            "period_text": [
                "ระยะเวลา", "ช่วงเวลา", "กำหนดแล้วเสร็จ", "ห้วงระยะเวลา", "ปฏิทิน", "ระยะเวลาดำเนินการ (ปีงบประมาณ พ.ศ. 2565)",
                "วัน/เดือน/ปี ที่ดำเนินการ", "Period/Timeline/Due", "Timeline",
            ],
            "result": [
                "ผล", "ผลการดำเนินงาน", "ความก้าวหน้า", "ผลการดำเนินการตามมาตรการ (รอบ 6 เดือน)", "การรายงานผล", "ความคืบหน้า",
                "สรุปผลการดำเนินการ", "Result/Progress",
                "ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
            ],
            "suggestion": [
                "ข้อเสนอแนะ", "ปัญหา/อุปสรรคและข้อเสนอแนะ", "ปัญหา อุปสรรค/ข้อเสนอแนะ", "ข้อเสนอแนะเพิ่มเติม", "Recommendation",
            ],
        }.items()
        for heading in headings
    ],
)  # fmt: skip
def test_each_column_is_known_by_many_headings(role: str, heading: str) -> None:
    usual = {
        "steps": "ขั้นตอน", "responsible": "ผู้รับผิดชอบ", "period_text": "ระยะเวลา", "result": "ผลการดำเนินการ",
        "suggestion": "ข้อเสนอแนะ",
    }  # fmt: skip
    headings: list[Value] = ["ลำดับ", "มาตรการ", *(heading if other == role else usual[other] for other in usual)]
    measure = one(headings, [1, "3. การใช้อำนาจ", *(TEXTS[other] for other in usual)])
    assert {other: measure[other] for other in usual} == TEXTS


@pytest.mark.parametrize("heading", ["ลำดับ", "ลำดับที่", "ที่", "ข้อ", "No.", "ข้อที่"])
def test_a_column_that_counts_the_rows_names_no_indicator(heading: str) -> None:
    reading = table([3, *row("จัดอบรมคุณธรรม")], headings=[heading, *HEADINGS])
    assert reading.measures["indicator"].isna().all()
    assert told(reading) == [("ITA-M04", "B2", "จัดอบรมคุณธรรม")]


@pytest.mark.parametrize("heading", ["ตัวชี้วัด", "ข้อ/ตัวชี้วัด", "ตัวชี้วัดที่", "ตัวชี้วัด ITA", "ประเด็นที่ต้องพัฒนา", "Indicator"])
def test_an_indicator_may_have_a_column_of_its_own_anywhere(heading: str) -> None:
    cells: list[Value] = ["เผยแพร่แผน", "ประชุม", "2. การใช้งบประมาณ", "กองคลัง"]
    measure = one(["มาตรการ", "ขั้นตอน", heading, "ผู้รับผิดชอบ"], cells)
    assert (measure["indicator"], measure["title"]) == (2, "เผยแพร่แผน")


def test_a_column_of_targets_headed_as_indicators_is_left_out_and_told() -> None:
    reading = table(
        [*row("1. การปฏิบัติหน้าที่"), "จำนวนครั้งที่ประชุม"],
        [*row("2. การใช้งบประมาณ"), "ร้อยละของบุคลากรที่รับรู้"],
        headings=[*HEADINGS, "ตัวชี้วัด"],
    )
    assert reading.measures["indicator"].tolist() == [1, 2]
    assert told(reading) == [("ITA-M12", "G2", "ตัวชี้วัด")]


def test_columns_that_are_not_kept_are_told_once_by_their_headings() -> None:
    headings: list[Value] = ["งบประมาณ (พันบาท)", *HEADINGS, "กลุ่มเป้าหมาย", "ผู้ประสานงาน", "หมายเหตุ"]
    rows: list[list[Value]] = [
        [5, *row(), "พนักงาน", "นาย ก", "-"],
        [0, *row("2. การใช้งบประมาณ"), "ประชาชน", "นาง ข", None],
    ]
    reading = find_measures([sheet([headings, *rows], name="ก"), sheet([headings, *rows[:1]], name="ข")])
    assert reading.measures["title"].tolist() == ["การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การปฏิบัติหน้าที่"]
    assert told(reading) == [
        ("ITA-M12", "A2", "งบประมาณ (พันบาท)"),
        ("ITA-M12", "H2", "กลุ่มเป้าหมาย"),
        ("ITA-M12", "I2", "ผู้ประสานงาน"),
    ]


def test_an_unknown_heading_shifts_no_column_and_its_text_is_told() -> None:
    headings: list[Value] = ["มาตรการ", "กลุ่มเป้าหมาย", "ขั้นตอน", None, "ผู้รับผิดชอบ"]
    reading = table(["2. การใช้งบประมาณ", "ประชาชน", "ประชุม", "ทุกเดือน", "กองคลัง"], headings=headings)
    (measure,) = reading.measures.to_dict("records")
    assert (measure["steps"], measure["responsible"]) == ("ประชุม", "กองคลัง")
    assert told(reading) == [("ITA-M12", "B2", "กลุ่มเป้าหมาย"), ("ITA-M12", "D2", "ทุกเดือน")]


def test_of_two_columns_of_one_kind_the_first_is_used_and_the_other_told() -> None:
    headings: list[Value] = ["มาตรการ", "ขั้นตอน", "หน่วยงานที่รับผิดชอบ", "ผู้รับผิดชอบ"]
    reading = table(["2. การใช้งบประมาณ", "ประชุม", "กองคลัง", "หัวหน้าฝ่าย"], headings=headings)
    assert reading.measures["responsible"].tolist() == ["กองคลัง"]
    assert told(reading) == [("ITA-M13", "D2", "ผู้รับผิดชอบ")]
    assert "หน่วยงานที่รับผิดชอบ" in reading.problems[0].told("th")


def test_a_row_of_data_is_no_row_of_headings_though_it_begins_like_one() -> None:
    cells: list[Value] = [
        "มาตรการป้องกันการรับสินบน", "ขั้นตอนที่ 1 ประชุม", "ผู้รับผิดชอบงานพัสดุ", "ไตรมาส 1",
        "รายงานผลการดำเนินการต่อนายกเทศมนตรี", "-",
    ]  # fmt: skip
    reading = table(row(), cells, row("2. การใช้งบประมาณ"))
    assert reading.measures["result"].tolist() == ["จัดทำ", cells[4], "จัดทำ"]


def test_a_row_that_counts_the_columns_is_no_measure() -> None:
    reading = table(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], row())
    assert reading.measures["title"].tolist() == ["การปฏิบัติหน้าที่"]
    assert codes(reading) == []


# Headings in two rows


def test_two_rounds_under_one_heading_are_both_kept_each_after_its_heading() -> None:
    for merged in ((), ((0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1))):
        reading = find_measures(
            [
                sheet(
                    [
                        ["มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ", None],
                        [None, None, "รอบ 6\nเดือน", "รอบ 12 เดือน"],
                        ["2. การใช้งบประมาณ", "กองคลัง", "ประชุม", "เผยแพร่"],
                        ["3. การใช้อำนาจ", "กองช่าง", None, "ประกาศ"],
                    ],
                    *merged,
                )
            ]
        )
        assert reading.measures["result"].tolist() == ["รอบ 6 เดือน: ประชุม\nรอบ 12 เดือน: เผยแพร่", "รอบ 12 เดือน: ประกาศ"]
        assert codes(reading) == []


def test_a_text_that_goes_on_under_a_wide_heading_is_no_heading() -> None:
    headings: list[Value] = ["มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ", None]
    rows: list[list[Value]] = [headings, ["2. การใช้งบประมาณ", "กองคลัง", "ประชุม"], headings, [None, None, "และเผยแพร่"]]
    reading = find_measures([sheet(rows, (0, 2, 0, 3), (1, 2, 1, 3), (2, 2, 2, 3), (3, 2, 3, 3))])
    assert reading.measures["result"].tolist() == ["ประชุม และเผยแพร่"]


def test_two_rounds_in_two_columns_are_both_kept() -> None:
    headings: list[Value] = ["มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ รอบ 6 เดือน", "ผลการดำเนินการ รอบ 12 เดือน"]
    reading = table(["2. การใช้งบประมาณ", "กองคลัง", "ประชุม", "เผยแพร่"], headings=headings)
    assert reading.measures["result"].tolist() == ["ผลการดำเนินการ รอบ 6 เดือน: ประชุม\nผลการดำเนินการ รอบ 12 เดือน: เผยแพร่"]
    assert codes(reading) == []


def test_of_two_rounds_side_by_side_both_results_are_kept_and_the_last_status_is_taken() -> None:
    rows: list[list[Value]] = [
        ["มาตรการ", "ผู้รับผิดชอบ", "รอบ 6 เดือน", None, "รอบ 12 เดือน", None],
        [None, None, "ผลการดำเนินการ", "สถานะ", "ผลการดำเนินการ", "สถานะ"],
        ["2. การใช้งบประมาณ", "กองคลัง", "ร่าง", "อยู่ระหว่างดำเนินการ", "เผยแพร่", "แล้วเสร็จ"],
        ["3. การใช้อำนาจ", "กองคลัง", "ร่าง", "อยู่ระหว่างดำเนินการ", None, None],
    ]
    reading = find_measures([sheet(rows, (0, 2, 0, 3), (0, 4, 0, 5))])
    assert reading.measures["result"].tolist() == [
        "รอบ 6 เดือน ผลการดำเนินการ: ร่าง\nรอบ 12 เดือน ผลการดำเนินการ: เผยแพร่",
        "รอบ 6 เดือน ผลการดำเนินการ: ร่าง",
    ]
    assert reading.measures["status"].tolist() == ["completed", "in_progress"]
    assert [(problem.code, problem.cell, problem.details["used"]) for problem in reading.problems] == [
        ("ITA-M22", "D3", "รอบ 12 เดือน สถานะ")
    ]


def test_how_to_solve_the_problems_met_is_a_suggestion_and_no_step() -> None:
    headings: list[Value] = ["มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ", "ปัญหาอุปสรรค", "แนวทางแก้ไข"]
    reading = table(["2. การใช้งบประมาณ", "กองคลัง", "เผยแพร่", "ล่าช้า", "เพิ่มคน"], headings=headings)
    assert reading.measures[["steps", "suggestion"]].to_numpy().tolist() == [["", "เพิ่มคน"]]


def test_headings_may_stand_in_either_of_two_rows() -> None:
    for upper, lower in (
        (
            ["ลำดับ", "มาตรการ", "การดำเนินงาน", None, None, "ผล", None],
            [None, None, "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา", "ครึ่งปีแรก", "ครึ่งปีหลัง"],
        ),
        ([None] * 5 + ["ผล", None], ["ลำดับ", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา", "ครึ่งปีแรก", "ครึ่งปีหลัง"]),
    ):  # fmt: skip
        cells: list[Value] = [1, "2. การใช้งบประมาณ", "ประชุม", "กองคลัง", "ต.ค. 64", "ร่างแผน", "เผยแพร่"]
        (measure,) = find_measures([sheet([upper, lower, cells])]).measures.to_dict("records")
        assert [measure[role] for role in ("steps", "responsible", "period_text", "result")] == [
            "ประชุม", "กองคลัง", "ต.ค. 64", "ครึ่งปีแรก: ร่างแผน\nครึ่งปีหลัง: เผยแพร่",
        ]  # fmt: skip


def test_a_beginning_and_an_end_in_two_columns_are_one_period() -> None:
    headings: list[Value] = ["มาตรการ", "ผู้รับผิดชอบ", "วันที่เริ่มต้น", "วันที่สิ้นสุด"]
    reading = table(["2. การใช้งบประมาณ", "กองคลัง", dt.datetime(2021, 10, 1), "31 มี.ค. 65"], headings=headings)
    (measure,) = reading.measures.to_dict("records")
    assert measure["period_text"] == "1 ต.ค. 2564 – 31 มี.ค. 65"
    assert (measure["period_start"], measure["period_end"]) == (pd.Timestamp(2021, 10, 1), pd.Timestamp(2022, 3, 31))


@pytest.mark.parametrize(
    ("marks", "period"),
    [
        (["/", "/", "/", None], "ต.ค. – ธ.ค."),
        (["←→", None, None, None], "ต.ค."),
        (["✓", None, "✓", None], "ต.ค., ธ.ค."),
    ],
)
def test_marks_under_months_are_a_period(marks: list[Value], period: str) -> None:
    upper: list[Value] = ["มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ ปีงบประมาณ 2565", None, None, None]
    rows: list[list[Value]] = [
        ["มาตรการ ปีงบประมาณ 2565"],
        upper,
        [None, None, "ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค."],
        ["2. การใช้งบประมาณ", "กองคลัง", *marks],
    ]
    (measure,) = find_measures([sheet(rows, (1, 2, 1, 5))]).measures.to_dict("records")
    assert measure["period_text"] == period
    if "," not in period:
        assert measure["period_start"] == pd.Timestamp(2021, 10, 1)


MONTHS: list[Value] = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค."]


def test_an_arrow_runs_over_the_months_between_its_ends() -> None:
    reading = table(["2. การใช้งบประมาณ", "กองคลัง", "←", None, None, "→"], headings=["มาตรการ", "ผู้รับผิดชอบ", *MONTHS])
    assert reading.measures["period_text"].tolist() == ["ต.ค. – ม.ค."]


def test_months_need_no_heading_over_them_but_the_year() -> None:
    upper: list[Value] = ["มาตรการ", "ผู้รับผิดชอบ", "ปีงบประมาณ พ.ศ. 2566", *[None] * 5]
    years: list[Value] = [None, None, "พ.ศ. 2565", None, None, "พ.ศ. 2566", None, None]
    rows = [upper, years, [None, None, *MONTHS], ["2. การใช้งบประมาณ", "กองคลัง", None, None, "✓", "✓", None, None]]
    reading = find_measures([sheet(rows, (0, 2, 0, 7), (1, 2, 1, 4), (1, 5, 1, 7))])
    (measure,) = reading.measures.to_dict("records")
    assert (measure["period_start"], measure["period_end"]) == (pd.Timestamp(2022, 12, 1), pd.Timestamp(2023, 1, 31))
    assert (reading.fiscal_year, codes(reading)) == (2566, [])


def test_months_that_hold_texts_are_no_plan() -> None:
    reading = table(
        ["2. การใช้งบประมาณ", "ประชุม", "กองคลัง", "ประกาศแผน", "รายงาน", "สรุป"],
        headings=["มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", *MONTHS[:3]],
    )
    assert reading.measures["period_text"].tolist() == [""]
    assert [found for _, _, found in told(reading, "ITA-M12")] == MONTHS[:3]


def test_a_beginning_alone_is_a_period_without_an_end() -> None:
    headings: list[Value] = ["มาตรการ", "ผู้รับผิดชอบ", "วันที่เริ่มต้น", "วันที่สิ้นสุด"]
    measures = table(
        ["2. การใช้งบประมาณ", "กองคลัง", "1 ต.ค. 64", None],
        ["3. การใช้อำนาจ", "กองคลัง", None, "มี.ค. 65"],
        headings=headings,
    ).measures
    assert measures["period_start"].tolist() == [pd.Timestamp(2021, 10, 1), pd.NaT]
    assert measures["period_end"].tolist() == [pd.NaT, pd.Timestamp(2022, 3, 31)]


def test_a_column_that_says_it_by_colours_or_arrows_is_told_as_blank() -> None:
    reading = table(
        ["2. การใช้งบประมาณ", "กองคลัง", "จัดทำ", None, None, None, None],
        headings=["มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ", "สถานะ", *MONTHS[:3]],
    )
    assert told(reading) == [("ITA-M17", "E1", "ต.ค."), ("ITA-M17", "D1", "สถานะ")]


# Headings at the left


FIELDS: list[list[Value]] = [
    ["ตัวชี้วัด", "1. การปฏิบัติหน้าที่", "2. การใช้งบประมาณ"],
    ["มาตรการ", "จัดทำคู่มือ", "เผยแพร่แผน"],
    ["ขั้นตอน", "ประชุม", "ร่าง"],
    [None, "ประกาศ", None],
    ["ผู้รับผิดชอบ", "กองคลัง", None],
    ["กลุ่มเป้าหมาย", "พนักงาน", "-"],
    ["ระยะเวลา", "ต.ค. 64", "ไตรมาส 2"],
    ["ข้อเสนอแนะ"],
    ["ผลการดำเนินการ", "ทำคู่มือ", "เผยแพร่แล้ว"],
]
TURNED = [
    [1, "จัดทำคู่มือ", "ประชุม\nประกาศ", "กองคลัง", "ต.ค. 64", "ทำคู่มือ"],
    [2, "เผยแพร่แผน", "ร่าง", "กองคลัง", "ไตรมาส 2", "เผยแพร่แล้ว"],
]
KEPT = ["indicator", "title", "steps", "responsible", "period_text", "result"]


def test_measures_may_stand_in_columns_with_their_headings_at_the_left() -> None:
    rows: list[list[Value]] = [["มาตรการ ปีงบประมาณ 2565"], ["หัวข้อ", "มาตรการที่ 1", "มาตรการที่ 2"], *FIELDS]
    for reading in (find_measures([sheet(rows, (6, 1, 6, 2))]), word_reading(word(grid(rows, (6, 1, 6, 2))))):
        assert reading.measures[KEPT].to_numpy().tolist() == TURNED
        assert reading.measures["period_start"].dt.year.tolist() == [2021, 2022]
        assert codes(reading) == ["ITA-M12"]
    assert find_measures([sheet(rows)]).measures["cell"].tolist() == ["B4", "C4"]


def test_measures_may_stand_on_cards() -> None:
    cards = [[[label, *values[column : column + 1]] for label, *values in FIELDS] for column in (0, 1)]
    cards[1][4][1:] = ["กองคลัง"]
    numbered = [[number, *values] for number, values in enumerate(cards[1], 1)]
    title: list[Value] = ["แบบรายงาน ปีงบประมาณ 2565"]
    signature: list[Value] = ["ลงชื่อ ______"]
    for rows in (
        [title, *cards[0], *cards[1], signature],
        [title, [], *cards[0], [], *cards[1], [], signature],
        [title, *cards[0], [], ["ตัวชี้วัดที่ 2 การใช้งบประมาณ"], *cards[1][1:], signature],
        [title, *[[None, *values] for values in cards[0] if values[0]], [], *[v for v in numbered if v[1]]],
    ):
        measures = find_measures([sheet(rows)]).measures
        assert measures["indicator"].tolist() == [1, 2]
        assert measures[["title", "responsible", "result"]].to_numpy().tolist() == [
            ["จัดทำคู่มือ", "กองคลัง", "ทำคู่มือ"],
            ["เผยแพร่แผน", "กองคลัง", "เผยแพร่แล้ว"],
        ]
    documents = word(grid(cards[0]), "", grid(cards[1]))
    assert word_reading(documents).measures["cell"].tolist() == ["T1R2C2", "T2R2C2"]


def test_cards_on_one_sheet_are_read_beside_a_table_on_another() -> None:
    reading = find_measures([sheet([HEADINGS, row("3. การใช้อำนาจ")]), sheet(FIELDS, name="ข")])
    assert reading.measures["indicator"].tolist() == [3, 1, 2]


def test_a_card_may_have_two_fields_in_a_row() -> None:
    rows: list[list[Value]] = [
        ["มาตรการ", "จัดทำคู่มือ", "ตัวชี้วัด", "1. การปฏิบัติหน้าที่"],
        ["ขั้นตอน", "ประชุม", None, None],
        ["ผู้รับผิดชอบ", "กองคลัง", "ระยะเวลา", "ต.ค. 64"],
        ["ผลการดำเนินการ", "ทำแล้ว", "สถานะ", "แล้วเสร็จ"],
    ]
    reading = find_measures([sheet(rows, (1, 1, 1, 3))])
    assert reading.measures[[*KEPT, "status"]].to_numpy().tolist() == [
        [1, "จัดทำคู่มือ", "ประชุม", "กองคลัง", "ต.ค. 64", "ทำแล้ว", "completed"]
    ]
    assert codes(reading) == []


# Rows that go on


def test_a_row_without_a_title_goes_on_with_the_measure_above() -> None:
    reading = table(row(), [None, "ออกคำสั่ง", None, None, "ออกคำสั่งแล้ว", None])
    (measure,) = reading.measures.to_dict("records")
    assert measure["steps"] == "ประชุม\nออกคำสั่ง"
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-M02", "A3")]


def test_what_a_new_page_repeats_is_not_said_twice() -> None:
    reading = table(row(), HEADINGS, ["1. การปฏิบัติหน้าที่ (ต่อ)", "ออกคำสั่ง", "กองคลัง", "ต.ค.64 – มี.ค.65", "", ""])
    (measure,) = reading.measures.to_dict("records")
    assert measure["responsible"] == "กองคลัง"
    assert measure["period_end"] == pd.Timestamp(2022, 3, 31)


@pytest.mark.parametrize("marked", ["1. การปฏิบัติหน้าที่ ต่อ", "1. การปฏิบัติหน้าที่(ต่อ)", "1. การปฏิบัติหน้าที่ -ต่อ-"])
def test_a_continued_row_may_be_marked_without_brackets(marked: str) -> None:
    reading = table(row(), [marked, None, None, None, "ต่อมา", None])
    assert (reading.measures["result"].tolist(), codes(reading)) == (["จัดทำ ต่อมา"], ["ITA-M02"])


def test_a_continued_row_finds_its_measure_past_another_one() -> None:
    reading = table(row(), row("2. การใช้งบประมาณ"), ["1. การปฏิบัติหน้าที่ ( ต่อ )", "- ออกคำสั่ง"])
    assert reading.measures["steps"].tolist() == ["ประชุม\n- ออกคำสั่ง", "ประชุม"]


def test_a_continued_row_without_its_beginning_is_kept_and_told() -> None:
    reading = table(row("6. คุณภาพการดำเนินงาน (ต่อ)"))
    assert reading.measures[["indicator", "title"]].values.tolist() == [[6, "คุณภาพการดำเนินงาน"]]
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("ITA-M08", "warning")]


def test_the_same_indicator_again_is_another_measure() -> None:
    reading = table(row("1. การปฏิบัติหน้าที่ - ประชุม"), row("1. การปฏิบัติหน้าที่ - อบรม"))
    assert reading.measures["title"].tolist() == ["ประชุม", "อบรม"]
    assert reading.measures["indicator"].tolist() == [1, 1]


# Which indicator


@pytest.mark.parametrize(
    ("cell", "indicator", "title"),
    [
        ("การใช้อํานาจ", 3, "การใช้อำนาจ"),
        ("๔. การใช้ทรัพย์สิน ของราชการ", 4, "การใช้ทรัพย์สินของราชการ"),
        ("5) การแก้ไขปัญหาทุจริต", 5, "การแก้ไขปัญหาการทุจริต"),
        ("ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน", 8, "การปรับปรุงระบบการทำงาน"),
        ("ตัวชี้วัดด้านการใช้งบประมาณ", 2, "การใช้งบประมาณ"),
        ("2. การใช้งบประมาณ: เผยแพร่แผน", 2, "เผยแพร่แผน"),
        ("2. การใช้งบประมาณ\n– เผยแพร่แผน\n– รายงานทุกไตรมาส", 2, "เผยแพร่แผน\n– รายงานทุกไตรมาส"),
        ("10. การป้องกันการทุจริตในการจัดซื้อ", 10, "การป้องกันการทุจริตในการจัดซื้อ"),
        ("ตัวชี้วัดที่ 3 ประกาศการใช้ดุลยพินิจ", 3, "ประกาศการใช้ดุลยพินิจ"),
    ],
)
def test_an_indicator_is_known_by_its_number_and_name(cell: str, indicator: int, title: str) -> None:
    reading = table(row(cell))
    assert reading.measures[["indicator", "title"]].values.tolist() == [[indicator, title]]
    assert codes(reading) == []


def test_a_number_alone_is_taken_as_the_indicator_and_told() -> None:
    reading = table(row("3. ประกาศการใช้ดุลยพินิจ"))
    assert reading.measures[["indicator", "title"]].values.tolist() == [[3, "ประกาศการใช้ดุลยพินิจ"]]
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("ITA-M07", "info")]


def test_where_number_and_name_disagree_the_name_holds() -> None:
    reading = table(row("3. การใช้งบประมาณ"))
    assert reading.measures["indicator"].tolist() == [2]
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.cell) == ("ITA-M03", "warning", "A2")
    assert "3" in problem.told("th")
    assert "การใช้งบประมาณ" in problem.told("th")


@pytest.mark.parametrize(
    "cell", ["จัดอบรมคุณธรรม", "12. จัดอบรม", "5 ส ในสำนักงาน", "การป้องกันการทุจริตในการจัดซื้อ", "2565 ปีแห่งความโปร่งใส"]
)
def test_a_row_that_names_no_indicator_is_kept_without_one(cell: str) -> None:
    reading = table(row(cell))
    assert reading.measures["indicator"].isna().all()
    assert reading.measures["title"].tolist() == [cell]
    assert [(problem.code, problem.severity, problem.cell) for problem in reading.problems] == [
        ("ITA-M04", "warning", "A2")
    ]


def test_a_column_of_indicators_decides_before_the_numbers_of_the_measures() -> None:
    headings: list[Value] = ["ตัวชี้วัด", *HEADINGS]
    reading = find_measures(
        [
            sheet(
                [
                    headings,
                    [3, *row("1. จัดอบรม")],
                    [None, *row("2. ออกประกาศ")],
                    ["๑๐. การป้องกันการทุจริต", *row("3. การเปิดเผยข้อมูล")],
                    ["ทุกตัวชี้วัด", *row("4. ประชุม")],
                ],
                (1, 0, 2, 0),
            )
        ]
    )
    assert reading.measures["indicator"].fillna(0).tolist() == [3, 3, 10, 0]
    assert reading.measures["title"].tolist() == ["1. จัดอบรม", "2. ออกประกาศ", "3. การเปิดเผยข้อมูล", "4. ประชุม"]
    assert [(problem.code, problem.cell) for problem in reading.problems] == [("ITA-M04", "A5")]


def test_a_column_of_success_measures_is_no_column_of_indicators() -> None:
    reading = table([*row("1. การปฏิบัติหน้าที่"), "จำนวน 3 ครั้ง"], headings=[*HEADINGS, "ตัวชี้วัดความสำเร็จ"])
    assert reading.measures["indicator"].tolist() == [1]


def test_a_row_across_the_table_names_the_indicator_of_the_rows_below() -> None:
    rows = [HEADINGS, ["ตัวชี้วัดที่ 2 การใช้งบประมาณ"], row("1. เผยแพร่แผน"), row("2. รายงานผล")]
    reading = find_measures([sheet(rows, (1, 0, 1, 5))])
    assert reading.measures["indicator"].tolist() == [2, 2]
    assert codes(reading) == []


def test_a_row_with_nothing_but_an_indicator_heads_the_measures_below() -> None:
    reading = table(["2. การใช้งบประมาณ"], row("1) เผยแพร่แผน"), row("2) รายงานผล"), ["ตัวชี้วัดที่ 3"], row("ประกาศ"))
    assert reading.measures["indicator"].tolist() == [2, 2, 3]
    assert reading.measures["title"].tolist() == ["1) เผยแพร่แผน", "2) รายงานผล", "ประกาศ"]
    assert codes(reading) == []


@pytest.mark.parametrize("heading", ["แบบวัด IIT", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", "IIT"])
def test_a_row_with_nothing_but_an_instrument_is_no_measure(heading: str) -> None:
    reading = table([heading], row(), row("2. การใช้งบประมาณ"), ["OIT"], row("9. การเปิดเผยข้อมูล"))
    assert reading.measures["indicator"].tolist() == [1, 2, 9]
    assert codes(reading) == []


@pytest.mark.parametrize("words", ["รวม", "รวมทั้งสิ้น", "รวม 1 มาตรการ", "Grand total"])
def test_a_sum_is_no_measure_and_is_told(words: str) -> None:
    reading = table(row(), [words, None, None, None, "1 มาตรการ", None])
    assert reading.measures["result"].tolist() == ["จัดทำ"]
    assert told(reading) == [("ITA-M18", "A3", f"{words} 1 มาตรการ")]
    assert reading.problems[0].severity == "info"


def test_a_note_within_the_table_is_told_and_ends_nothing() -> None:
    reading = table(row(), ["หมายเหตุ ปี 2565", "เดิม"], ["1. ข้อมูลเบื้องต้น"], row("2. การใช้งบประมาณ"))
    assert reading.measures["title"].tolist() == ["การปฏิบัติหน้าที่", "การใช้งบประมาณ"]
    assert told(reading) == [("ITA-M18", "A3", "หมายเหตุ ปี 2565 เดิม"), ("ITA-M18", "A4", "1. ข้อมูลเบื้องต้น")]


def test_a_heading_over_rows_that_names_no_indicator_is_told() -> None:
    reading = find_measures([sheet([HEADINGS, ["มาตรการเพิ่มเติม"], row()], (1, 0, 1, 5))])
    assert told(reading) == [("ITA-M18", "A2", "มาตรการเพิ่มเติม")]


def test_a_table_goes_on_below_a_signature_and_that_is_told() -> None:
    signature: list[Value] = [None, "ลงชื่อ ______ ผู้รายงาน"]
    reading = table(row(), signature, ["", "(ผู้รายงาน)"], row("2. การใช้งบประมาณ"), row("จัดอบรม"))
    assert reading.measures["title"].tolist() == ["การปฏิบัติหน้าที่", "การใช้งบประมาณ", "จัดอบรม"]
    assert told(reading)[0] == ("ITA-M19", "A5", "2. การใช้งบประมาณ")


def test_who_reports_and_who_confirms_are_no_measure() -> None:
    reading = table(row(), [], ["ผู้รายงาน", None, "ผู้รับรอง"], ["(.......)", None, "(.......)"], ["นิติกร", None, "ปลัด"])
    assert (len(reading.measures), codes(reading)) == (1, [])


def test_what_looks_like_a_row_below_a_signature_and_names_no_indicator_is_told() -> None:
    reading = table(row(), ["ลงชื่อ ______ ผู้รายงาน"], row("จัดอบรม"), row("2. การใช้งบประมาณ"))
    assert len(reading.measures) == 1
    assert told(reading) == [("ITA-M11", "A4", "จัดอบรม")]


def test_a_table_that_goes_on_on_the_next_sheet_without_headings_is_read_and_told() -> None:
    pages = [
        sheet([HEADINGS, row()], name="หน้า 1"),
        sheet([row("2. การใช้งบประมาณ"), row("3. การใช้อำนาจ")], name="หน้า 2"),
    ]
    reading = find_measures(pages)
    assert reading.measures["indicator"].tolist() == [1, 2, 3]
    assert [(problem.code, problem.sheet, problem.cell) for problem in reading.problems] == [("ITA-M19", "หน้า 2", "A1")]


def test_a_sheet_of_something_else_does_not_go_on_with_the_measures() -> None:
    scores: list[list[Value]] = [["ตัวชี้วัด", "คะแนน", "ระดับ"], ["1. การปฏิบัติหน้าที่", 92.13, "A"]]
    people: list[list[Value]] = [["ชื่อ", "ตำแหน่ง", "สังกัด"], ["ก", "ข", "ค"]]
    reading = find_measures([sheet([HEADINGS, row()]), sheet(scores, name="ก"), sheet(people, name="ข")])
    assert (reading.measures["indicator"].tolist(), codes(reading)) == ([1], [])


def test_two_tables_of_measures_side_by_side_are_both_read_each_below_its_own_title() -> None:
    titles: list[list[Value]] = [["มาตรการ ปีงบประมาณ 2565", *[None] * 6, "มาตรการ ปีงบประมาณ 2566"]]
    for over, years in ((titles, [2021, 2022]), ([["มาตรการ ปีงบประมาณ 2565"]], [2021, 2021])):
        beside: list[list[Value]] = [
            *over,
            [*HEADINGS, None, *HEADINGS],
            [*row(period="ไตรมาส 1"), None, *row("2. การใช้งบประมาณ", period="ไตรมาส 1")],
            [*row("3. การใช้อำนาจ"), None, *row("4. การใช้ทรัพย์สินของราชการ")],
            [*[None] * 7, *row("5. การแก้ไขปัญหาการทุจริต")],
        ]
        for rows in (beside, [[*values[:6], *values[7:]] for values in beside]):
            reading = find_measures([sheet(rows)])
            assert reading.measures["indicator"].tolist() == [1, 3, 2, 4, 5]
            assert reading.measures["period_start"].dt.year.tolist()[:3:2] == years
            assert codes(reading) == []


def test_a_table_beside_another_may_begin_further_down() -> None:
    first, second = row("1. การปฏิบัติหน้าที่"), row("2. การใช้งบประมาณ")
    rows: list[list[Value]] = [HEADINGS, [*first, None, *HEADINGS], [*second, None, *row("3. การใช้อำนาจ")]]
    reading = find_measures([sheet(rows)])
    assert (reading.measures["indicator"].tolist(), codes(reading)) == ([1, 2, 3], [])


def test_a_table_below_two_side_by_side_is_read_whole() -> None:
    rows = [
        [*HEADINGS, None, *HEADINGS],
        [*row(), None, *row("2. การใช้งบประมาณ")],
        [],
        [None, *HEADINGS],
        [None, *row("3. การใช้อำนาจ")],
    ]
    reading = find_measures([sheet(rows)])
    assert reading.measures["indicator"].tolist() == [1, 3, 2]
    assert codes(reading) == []


def test_what_a_column_of_indicators_says_beyond_the_name_is_told() -> None:
    headings: list[Value] = ["ประเด็น/ตัวชี้วัด", "มาตรการ", "ผู้รับผิดชอบ", "ผล"]
    reading = table(["1. การปฏิบัติหน้าที่\n- บริการล่าช้า", "จัดทำคู่มือ", "กองคลัง", "ทำ"], headings=headings)
    assert reading.measures[["indicator", "title"]].to_numpy().tolist() == [[1, "จัดทำคู่มือ"]]
    assert told(reading) == [("ITA-M12", "A2", "บริการล่าช้า")]


def test_a_result_merged_into_the_next_column_is_no_heading_over_rows() -> None:
    reading = find_measures([sheet([HEADINGS, row(), [None, None, None, None, "และเผยแพร่"]], (2, 4, 2, 5))])
    assert reading.measures["result"].tolist() == ["จัดทำ\nและเผยแพร่"]


def test_a_measure_without_details_is_still_a_measure() -> None:
    reading = table(["1. การปฏิบัติหน้าที่"], ["2. การใช้งบประมาณ"], row("3. การใช้อำนาจ"))
    assert reading.measures["indicator"].tolist() == [1, 2, 3]


def test_a_heading_over_rows_holds_until_a_row_names_another_indicator() -> None:
    rows = [HEADINGS, ["ตัวชี้วัดที่ 2 การใช้งบประมาณ"], row("เผยแพร่แผน"), row("3. การใช้อำนาจ"), row("จัดอบรม")]
    reading = find_measures([sheet(rows, (1, 0, 1, 5))])
    assert reading.measures["indicator"].fillna(0).tolist() == [2, 3, 0]
    assert told(reading) == [("ITA-M04", "A5", "จัดอบรม")]


def test_a_line_over_a_table_or_the_name_of_a_sheet_may_name_the_indicator() -> None:
    rows: list[list[Value]] = [
        ["ตัวชี้วัดที่ 2 การใช้งบประมาณ"],
        HEADINGS,
        row("เผยแพร่แผน"),
        [],
        ["3. การใช้อำนาจ"],
        HEADINGS,
        row("ประกาศ"),
    ]
    reading = find_measures([sheet(rows), sheet([HEADINGS, row("จัดอบรม")], name="ตัวชี้วัดที่ 5")])
    assert reading.measures["indicator"].tolist() == [2, 3, 5]
    assert codes(reading) == []


def test_an_indicator_named_further_up_is_not_taken_for_the_table() -> None:
    rows: list[list[Value]] = [["10. การป้องกันการทุจริต"], ["มาตรการของหน่วยงาน"], HEADINGS, row("จัดอบรม")]
    reading = find_measures([sheet(rows)])
    assert reading.measures["indicator"].isna().all()


def test_the_last_of_a_list_of_indicators_is_not_taken_for_the_table() -> None:
    rows: list[list[Value]] = [["9. การเปิดเผยข้อมูล"], ["10. การป้องกันการทุจริต"], HEADINGS, row("จัดอบรม")]
    assert find_measures([sheet(rows)]).measures["indicator"].isna().all()


def test_an_indicator_that_stands_only_once_over_several_rows_is_proposed() -> None:
    reading = table(["2. การใช้งบประมาณ", *row("เผยแพร่แผน")], [None, *row("รายงานผล")], headings=["ตัวชี้วัด", *HEADINGS])
    assert reading.measures["indicator"].fillna(0).tolist() == [2, 0]
    (problem,) = reading.problems
    assert (problem.code, problem.cell, problem.details["proposed"]) == ("ITA-M04", "B3", 2)


@pytest.mark.parametrize("cell", ["2. การใช้งปประมาณ", "การใช้งบปรมาณ", "2. การใช้งปประมาณ - เผยแพร่แผน"])
def test_a_misspelt_indicator_is_only_proposed(cell: str) -> None:
    reading = table(row(cell) if cell[0] != "2" else ["", *row(cell)[1:]], row(cell.removeprefix("2. ")))
    assert reading.measures["indicator"].isna().all()
    assert {problem.details.get("proposed") for problem in reading.problems if problem.code == "ITA-M04"} == {2}


@pytest.mark.parametrize(
    ("cell", "indicator"),
    [("O42", 10), ("ข้อ o42", 10), ("OIT ข้อ ๙", 9), ("OIT O34, O35", 10), ("IIT ข้อ 7", 2), ("I30", 5), ("EIT 15", 8)],
)
def test_an_item_tells_the_indicator_it_belongs_to(cell: str, indicator: int) -> None:
    for over in ([], ["มาตรการ ปีงบประมาณ 2565"]):
        reading = find_measures([sheet([over, ["ตัวชี้วัด", *HEADINGS], [cell, *row("จัดอบรม")]])])
        assert reading.measures[["indicator", "title"]].to_numpy().tolist() == [[indicator, "จัดอบรม"]]
        assert told(reading) == [("ITA-M21", "A3", cell)]


@pytest.mark.parametrize("cell", ["O33, O34", "O60", "I3", "EIT6"])
def test_an_item_that_leaves_the_indicator_open_is_asked_about(cell: str) -> None:
    reading = table([cell, *row("จัดอบรม")], headings=["ตัวชี้วัด", *HEADINGS])
    assert told(reading) == [("ITA-M04", "A2", cell)]


def test_an_item_of_a_year_whose_items_are_not_known_is_asked_about() -> None:
    reading = find_measures([sheet([["มาตรการ ปีงบประมาณ 2567"], HEADINGS, row("1. O42 จัดอบรม")])])
    assert told(reading) == [("ITA-M04", "A3", "1. O42 จัดอบรม")]


def test_an_indicator_in_brackets_behind_a_measure_is_proposed() -> None:
    (problem,) = table(row("จัดทำคู่มือ (ตัวชี้วัดที่ ๖)")).problems
    assert (problem.code, problem.details["proposed"]) == ("ITA-M04", 6)


def test_a_name_like_no_indicator_has_no_proposal() -> None:
    (problem,) = table(row("จัดอบรมคุณธรรม")).problems
    assert "proposed" not in problem.details


@pytest.mark.parametrize(
    "cell",
    [
        "2. การใช้งบประมาณ\n3. การใช้อำนาจ",
        "การใช้งบประมาณ\nการใช้อำนาจ",
        "ตัวชี้วัดที่ 2 และ 3",
        "ตัวชี้วัดที่ 2, 4",
        "ตัวชี้วัดที่ 1-5",
        "1, 2",
    ],
)
def test_several_indicators_in_one_cell_are_asked_about(cell: str) -> None:
    reading = table([cell, *row("จัดอบรม")], [5, *row("จัดทำคู่มือ")], headings=["ตัวชี้วัด", *HEADINGS])
    assert reading.measures["indicator"].fillna(0).tolist() == [0, 5]
    assert told(reading) == [("ITA-M04", "A2", cell)]


@pytest.mark.parametrize(
    "titles",
    [
        ["1. จัดอบรม", "2. จัดทำคู่มือ", "11. ประกาศ"],
        ["1. จัดอบรม", "2. จัดทำคู่มือ", "1. ประกาศ"],
        ["1. จัดอบรม", "2. จัดทำคู่มือ", "3. การเปิดเผยข้อมูล"],
    ],
)
def test_numbers_that_turn_out_to_count_the_measures_name_no_indicator(titles: list[str]) -> None:
    reading = table(*map(row, titles))
    assert reading.measures["indicator"].head(2).isna().all()
    assert reading.measures["title"].head(2).tolist() == titles[:2]
    assert "ITA-M07" not in codes(reading)


# Status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ดำเนินการแล้วเสร็จ", "completed"),
        ("แล้วเสร็จ", "completed"),
        ("เสร็จสิ้น", "completed"),
        ("เรียบร้อย", "completed"),
        ("✓ ดําเนินการเรียบร้อยแล้ว", "completed"),
        ("อยู่ระหว่างดำเนินการ", "in_progress"),
        ("กำลังดำเนินการ", "in_progress"),
        ("อยู่ระหว่างดำเนินการให้แล้วเสร็จ", "in_progress"),
        ("ยังไม่แล้วเสร็จ", "in_progress"),
        ("ยังไม่ได้ดำเนินการ", "not_started"),
        ("ยังไม่ดำเนินการ", "not_started"),
        ("ไม่ได้ดำเนินการ", "not_started"),
        ("ยกเลิก", "cancelled"),
        ("ยังไม่ระบุ", "not_stated"),
        ("Completed", "completed"),
        ("in_progress", "in_progress"),
        ("Not started", "not_started"),
        ("", None),
        ("อยู่ในระหว่างการดำเนินการ", "in_progress"),
        ("ระหว่างดำเนินการ", "in_progress"),
        ("ดำเนินการแล้วบางส่วน", "in_progress"),
        ("เสร็จเรียบร้อย", "completed"),
        ("ดำเนินการเสร็จ", "completed"),
        ("แล้วเสร็จ 100%", "completed"),
        ("ไม่ดำเนินการ", "not_started"),
        ("ยังไม่ได้เริ่ม", "not_started"),
        ("ขอยกเลิก", "cancelled"),
        ("ไม่ได้ยกเลิก", None),
        ("แล้วเสร็จ 80%", None),
        ("ดำเนินการแล้วร้อยละ 50", None),
        ("กำหนดแล้วเสร็จ มี.ค. 65", None),
        ("100%", None),
        ("ดำเนินการ", None),
        ("ดี", None),
        ("ครบถ้วน", "completed"),
        ("ดำเนินการอย่างต่อเนื่อง", "in_progress"),
        ("อยู่ในขั้นตอนการจัดซื้อจัดจ้าง", "in_progress"),
        ("ยังไม่ครบถ้วน", None),
        ("ข้อ 1 แล้วเสร็จ ข้อ 2 ยังไม่ได้ดำเนินการ", None),
        ("☑ ดำเนินการแล้ว ☐ ยังไม่ดำเนินการ", "completed"),
        ("( ) แล้วเสร็จ (/) อยู่ระหว่างดำเนินการ ( ) ยังไม่ได้ดำเนินการ", "in_progress"),
        ("☐ แล้วเสร็จ ☐ ยกเลิก", None),
        ("○ ยังไม่ได้ดำเนินการ", "not_started"),
        ("🔴 ยังไม่ดำเนินการ", "not_started"),
    ],
)
def test_a_status_is_known_by_its_words(text: str, status: str | None) -> None:
    assert status_of(text) == status


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_status_word_of_ours_is_understood_when_it_comes_back(status: str, language: str) -> None:
    assert status_of(speaker(language)(f"state.{status}")) == status


def test_a_status_column_is_read_and_an_unknown_word_is_told() -> None:
    reading = table(
        [*row("1. การปฏิบัติหน้าที่"), "ยังไม่ได้ดำเนินการ"],
        [*row("2. การใช้งบประมาณ"), "ดี"],
        [*row("3. การใช้อำนาจ", result="เรียบร้อยแล้ว"), "-"],
        headings=[*HEADINGS, "สถานะการดำเนินการ"],
    )
    assert reading.measures["status"].tolist() == ["not_started", "not_stated", "not_stated"]
    (problem,) = reading.problems
    assert (problem.code, problem.severity, problem.cell, problem.found) == ("ITA-M05", "warning", "G3", "ดี")


TICK_HEADINGS: list[Value] = ["ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "แล้วเสร็จ"]


@pytest.mark.parametrize("mark", ["✓", "/", "X", "x", "●", "√", "☑", "ü", True])
def test_a_mark_under_a_status_is_that_status(mark: Value) -> None:
    reading = table(
        [*row("1. การปฏิบัติหน้าที่"), mark, None, None],
        [*row("2. การใช้งบประมาณ"), None, mark, "-"],
        [*row("3. การใช้อำนาจ"), "☐", False, mark],
        [*row("4. การใช้ทรัพย์สินของราชการ"), None, "-", None],
        headings=[*HEADINGS, *TICK_HEADINGS],
    )
    assert reading.measures["status"].tolist() == ["not_started", "in_progress", "completed", "not_stated"]
    assert set(reading.measures["result"]) == {"จัดทำ"}
    assert codes(reading) == []


@pytest.mark.parametrize("over", ["สถานะ", "ผลการดำเนินการ", "การดำเนินการ"])
def test_statuses_to_be_ticked_may_stand_under_one_heading(over: str) -> None:
    rows: list[list[Value]] = [
        ["มาตรการ", "ผู้รับผิดชอบ", over, None, None, "ข้อเสนอแนะ"],
        [None, None, *TICK_HEADINGS, None],
        ["2. การใช้งบประมาณ", "กองคลัง", None, None, "/", "-"],
        ["3. การใช้อำนาจ", "กองช่าง", None, "/", None, "ขยายผล"],
    ]
    reading = find_measures([sheet(rows, (0, 2, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1), (0, 5, 1, 5))])
    assert reading.measures["status"].tolist() == ["completed", "in_progress"]
    assert reading.measures["suggestion"].tolist() == ["", "ขยายผล"]
    assert codes(reading) == []


def test_two_marks_and_words_that_are_no_mark_are_told() -> None:
    reading = table(
        [*row("1. การปฏิบัติหน้าที่"), "/", None, "/"],
        [*row("2. การใช้งบประมาณ"), None, None, "31 มี.ค. 65"],
        headings=[*HEADINGS, *TICK_HEADINGS],
    )
    assert reading.measures["status"].tolist() == ["not_stated", "not_stated"]
    assert told(reading) == [
        ("ITA-M05", "G2", "ยังไม่ดำเนินการ / แล้วเสร็จ"),
        ("ITA-M05", "I3", "แล้วเสร็จ: 31 มี.ค. 65"),
    ]


@pytest.mark.parametrize("heading", ["ความคืบหน้า", "ความก้าวหน้า", "หมายเหตุ"])
def test_a_column_of_nothing_but_statuses_is_the_status(heading: str) -> None:
    headings = [*HEADINGS[:4], heading]
    reading = table([*row()[:4], "แล้วเสร็จ"], [*row("2. การใช้งบประมาณ")[:4], "-"], headings=headings)
    assert reading.measures["status"].tolist() == ["completed", "not_stated"]
    assert codes(reading) == []


def test_a_column_of_progress_that_tells_more_is_the_result() -> None:
    headings = [*HEADINGS[:4], "ความคืบหน้า"]
    reading = table([*row()[:4], "แล้วเสร็จ"], [*row("2. การใช้งบประมาณ")[:4], "50%"], headings=headings)
    assert reading.measures["status"].tolist() == ["not_stated", "not_stated"]
    assert reading.measures["result"].tolist() == ["แล้วเสร็จ", "50%"]


def test_a_share_is_no_status() -> None:
    reading = table([*row(), "100%"], headings=[*HEADINGS, "สถานะ"])
    assert reading.measures["status"].tolist() == ["not_stated"]
    assert told(reading) == [("ITA-M05", "G2", "100%")]


# Periods


def test_a_period_that_is_not_understood_keeps_its_text() -> None:
    reading = table(row(period="ทุกวันศุกร์"))
    assert reading.measures["period_text"].tolist() == ["ทุกวันศุกร์"]
    assert reading.measures[["period_start", "period_end"]].isna().all(axis=None)
    assert [(problem.code, problem.severity, problem.cell) for problem in reading.problems] == [
        ("ITA-M06", "info", "D2")
    ]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("ต.ค. – ธ.ค. 64\nเม.ย. – มิ.ย. 65", "2021-10-01", "2022-06-30"),
        ("1. มิ.ย. 65\n2. ต.ค. 64", "2021-10-01", "2022-06-30"),
        ("ไตรมาส 1/2565\nไตรมาส 3/2565", "2021-10-01", "2022-06-30"),
        ("ต.ค.-ธ.ค.64, เม.ย.-มิ.ย.65", "2021-10-01", "2022-06-30"),
        ("ภายใน ธ.ค. 64\nมิ.ย. 65", None, "2022-06-30"),
    ],
)
def test_several_periods_in_one_cell_run_from_the_first_day_to_the_last_and_that_is_told(
    period: str, start: str | None, end: str
) -> None:
    reading = table(row(period=period))
    (measure,) = reading.measures.to_dict("records")
    assert (measure["period_start"], measure["period_end"]) == (pd.Timestamp(start or "NaT"), pd.Timestamp(end))
    assert told(reading) == [("ITA-M20", "D2", period)]
    assert "30 มิ.ย. 2565" in reading.problems[0].told("th")


def test_of_several_periods_one_that_is_not_understood_leaves_no_dates() -> None:
    assert codes(table(row(period="ต.ค. 64\nทุกวันศุกร์"))) == ["ITA-M06"]


@pytest.mark.parametrize("value", [dt.datetime(2022, 3, 31), dt.datetime(2565, 3, 31)])
def test_a_date_in_the_period_column_is_that_day_in_either_calendar(value: dt.datetime) -> None:
    (measure,) = table(row(period=value)).measures.to_dict("records")
    assert measure["period_text"] == "31 มี.ค. 2565"
    assert measure["period_end"] == pd.Timestamp(2022, 3, 31)


def test_the_name_of_a_sheet_may_state_the_year() -> None:
    reading = find_measures([sheet([HEADINGS, row(period="ตลอดปีงบประมาณ")], name="ปีงบประมาณ 2566")])
    assert reading.measures["period_end"].tolist() == [pd.Timestamp(2023, 9, 30)]


def test_each_table_has_the_year_its_own_title_states() -> None:
    reading = find_measures(
        [
            sheet([["มาตรการ ปีงบประมาณ 2565"], HEADINGS, row(period="ไตรมาสที่ 1")], name="ก"),
            sheet([["มาตรการ ปีงบประมาณ 2566"], HEADINGS, row(period="ไตรมาสที่ 1")], name="ข"),
        ]
    )
    assert reading.measures["period_start"].tolist() == [pd.Timestamp(2021, 10, 1), pd.Timestamp(2022, 10, 1)]
    assert reading.fiscal_year is None


def test_the_year_of_the_assessment_is_not_the_year_of_the_measures() -> None:
    reading = find_measures([sheet([["มาตรการจากผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2564"], HEADINGS, row()])])
    assert reading.fiscal_year is None


# Cells that hide something


def test_a_fault_in_a_cell_is_no_text_and_is_told() -> None:
    reading = table(["1. การปฏิบัติหน้าที่", Fault("#N/A"), "กองคลัง", HALF_YEAR, Fault("="), "-"])
    (measure,) = reading.measures.to_dict("records")
    assert (measure["steps"], measure["result"]) == ("", "")
    assert told(reading) == [("ITA-M14", "B2", "#N/A"), ("ITA-M14", "E2", "=")]


def test_a_measure_whose_name_is_a_fault_is_not_joined_to_the_one_above() -> None:
    reading = table(row(), [Fault("="), "อบรม", "กองช่าง"], ["3. การใช้อำนาจ", float("nan"), "กองคลัง"])
    assert reading.measures["steps"].tolist() == ["ประชุม", "อบรม", ""]
    assert told(reading) == [("ITA-M04", "A3", "="), ("ITA-M14", "A3", "="), ("ITA-M14", "B4", "nan")]


def test_a_row_of_nothing_but_a_fault_is_told() -> None:
    assert ("ITA-M14", "A3", "#REF!") in told(table(row(), [Fault("#REF!")]))


def test_what_is_hidden_is_read_and_told_once() -> None:
    reading = find_measures(
        [sheet([HEADINGS, row(), row("2. การใช้งบประมาณ")], hidden_rows=frozenset({2}), hidden_columns=frozenset({3}))]
    )
    assert len(reading.measures) == 2
    assert [(problem.code, problem.severity, problem.cell) for problem in reading.problems] == [
        ("ITA-M15", "info", "D2")
    ]


def test_a_sheet_beyond_all_measure_is_read_as_far_as_can_be_and_told() -> None:
    reading = find_measures([sheet([HEADINGS, row(), *[[None]] * ROWS, row("2. การใช้งบประมาณ")])])
    assert reading.measures["indicator"].tolist() == [1]
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("ITA-M16", "error")]


def test_merged_cells_beyond_all_measure_are_no_burden() -> None:
    endless = [(0, column, 1_048_575, 16_383) for column in range(6)] * 2_000
    reading = find_measures([sheet([["ก"], HEADINGS, row()], *endless)])
    assert len(reading.measures) <= 1


# Words


def test_every_problem_says_in_both_languages_what_is_wrong_and_what_to_do() -> None:
    readings = [
        find_measures([]),
        find_measures([sheet([HEADINGS, row()]), sheet([HEADINGS], name="เก่า", visible=False)]),
        table(row("3. การใช้งบประมาณ (ต่อ)"), row("จัดอบรม", period="?"), [None, "ต่อ"], [], ["หลุด"]),
        table(row("4. ประกาศ")),
        table([*row(), 5, "กองช่าง"], headings=[*HEADINGS, "กลุ่มเป้าหมาย", "หน่วยงาน"]),
        table([*row(), 120, "ไม่ทราบ"], headings=[*HEADINGS, "ร้อยละ", "งบประมาณ"]),
        table([*row(), 50.5], [*row("2. การใช้งบประมาณ"), 50.5], headings=[*HEADINGS, "ร้อยละ"]),
        table([*row(), 50, 60], headings=[*HEADINGS, "ร้อยละ รอบ 6 เดือน", "ร้อยละ รอบ 12 เดือน"]),
        table(["1. การปฏิบัติหน้าที่", "ประชุม", Fault("#N/A")]),
        find_measures([sheet([HEADINGS, row()], hidden_rows=frozenset({1}))]),
        find_measures([sheet([HEADINGS, row(), *[[]] * ROWS, row()])]),
        table(row("O42 จัดอบรม")),
        table([*row(), "แล้วเสร็จ", "ยกเลิก"], headings=[*HEADINGS, "สถานะ รอบ 6 เดือน", "สถานะ รอบ 12 เดือน"]),
        table([*row(), "ดี"], headings=[*HEADINGS, "สถานะ"]),
        table([]),
        table(row(), ["รวม", "1 มาตรการ"], ["ลงชื่อ ______"], row(period="ต.ค. 64\nมี.ค. 65")),
    ]
    problems = {problem.code: problem for reading in readings for problem in reading.problems}
    assert sorted(problems) == [f"ITA-M{number:02}" for number in range(1, 27)]
    for problem in problems.values():
        for language in LANGUAGES:
            assert problem.title(language)
            assert problem.advice(language)
            assert "{" not in problem.message(language)
