"""Workbooks of results as agencies make them, built cell by cell: the shapes of the layouts that really exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import Workbook

import ita
from ita.assessment import assess
from ita.reading.results import ResultReading

Row = Sequence[Any]

AGENCY = "เทศบาลตำบลบัววัฒนา"
NAMES = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
SCORES = (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50)
MEANS = {"iit": 86.27, "eit": 97.53, "oit": 64.25}
TOTAL, LEVEL = 80.84, "B"
BLOCKS = {"IIT": range(1, 6), "EIT": range(6, 9), "OIT": range(9, 11)}

REPORT_TITLES = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    f"ของ{AGENCY}",
    "ประจำปีงบประมาณ พ.ศ. 2565 (ครึ่งปีแรก)",
)
INTRODUCTION = (
    f"ตามที่{AGENCY} ได้เข้าร่วมโครงการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ ประจำปีงบประมาณ พ.ศ. 2564 "
    f"โดยผลคะแนนการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2564 ของ{AGENCY} ได้รับคะแนน **80.84** คะแนน "
    "ระดับผลการประเมินอยู่ในระดับ **B** ผลการประเมิน **ไม่ผ่าน** รายละเอียดดังนี้"
)
OPENINGS = {
    "IIT": "1. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (Internal Integrity and Transparency Assessment: IIT) "
    "มีวัตถุประสงค์เพื่อประเมินระดับการรับรู้ ประกอบด้วยตัวชี้วัด จำนวน 5 ตัวชี้วัด",
    "EIT": "2. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (External Integrity and Transparency Assessment: EIT) จำนวน 3 ตัวชี้วัด",
    "OIT": "3. แบบตรวจการเปิดเผยข้อมูลสาธารณะ (Open Data Integrity and Transparency Assessment: OIT) จำนวน 2 ตัวชี้วัด",
}
CLOSINGS = {
    "IIT": "โดยผลคะแนนการประเมินจากแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) ได้คะแนนรวมเฉลี่ย 86.27คะแนน ถือว่าผ่านเกณฑ์เป้าหมาย",
    "EIT": "โดยผลคะแนนการประเมินจากแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) "
    "ได้คะแนนรวมเฉลี่ย 97.53 คะแนน ถือว่าผ่านเกณฑ์เป้าหมาย",
    "OIT": "โดยผลคะแนนการประเมินจากแบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) "
    "ได้คะแนนรวมเฉลี่ย 64.25 คะแนน ถือว่าคะแนนต่ำกว่าเกณฑ์เป้าหมาย",
}


def book(
    sheets: Mapping[str, Sequence[Row]],
    *,
    merged: Mapping[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook with these rows in its sheets, these ranges merged and these sheets hidden."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
        if name in hidden:
            sheet.sheet_state = "hidden"
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def read(rows: Sequence[Row], *, sheet: str = "Sheet1", merged: Sequence[str] = ()) -> ResultReading:
    """The reading of a workbook with one sheet."""
    return ita.read_results(book({sheet: rows}, merged={sheet: merged}))


def block(
    code: str, *, year: object = "ปี 2564", scores: Sequence[Any] = SCORES, names: Sequence[str] = NAMES
) -> list[Row]:
    """One instrument's table: the instrument stands once, numbers run on through the blocks."""
    rows = [
        [code if number == BLOCKS[code][0] else None, f"{number}. {names[number - 1]}", scores[number - 1]]
        for number in BLOCKS[code]
    ]
    return [["เครื่องมือ", "ตัวชี้วัด", year], *rows]


def seed_rows(
    *, titles: Sequence[str] = REPORT_TITLES, introduction: str = INTRODUCTION, year: object = "ปี 2564"
) -> list[Row]:
    """The seed's own report on one sheet: titles, introduction, three blocks with a sentence before and after each."""
    rows: list[Row] = [*([title] for title in titles), [], [introduction], []]
    for code in BLOCKS:
        rows += [[OPENINGS[code]], [], *block(code, year=year), [], [CLOSINGS[code]], []]
    return rows


def plain_block(
    scores: Sequence[Any] = SCORES, *, names: Sequence[str] = NAMES, heading: Row = ("ตัวชี้วัด", "ปี 2564")
) -> list[Row]:
    """Agency and all ten indicators in one table."""
    lines = [
        [f"{number}. {name}", score] for number, (name, score) in enumerate(zip(names, scores, strict=True), start=1)
    ]
    return [["หน่วยงาน", AGENCY], [], list(heading), *lines]


LIST_HEADING = (
    "ลำดับ", "หน่วยงาน", "จังหวัด", *NAMES[:5], "IIT", *NAMES[5:8], "EIT", *NAMES[8:], "OIT", "คะแนนรวม", "ระดับ",
)  # fmt: skip
TITLE_2564 = ["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2564"]


def line(
    agency: object,
    scores: Sequence[Any] = SCORES,
    *,
    rank: object = 1,
    province: object = "เพชรบูรณ์",
    means: Sequence[Any] = tuple(MEANS.values()),
    total: object = TOTAL,
    level: object = LEVEL,
) -> Row:
    """One agency's line under LIST_HEADING."""
    iit, eit, oit = means
    return [rank, agency, province, *scores[:5], iit, *scores[5:8], eit, *scores[8:], oit, total, level]


def figures_of(scores: Sequence[float]) -> dict[str, Any]:
    """Means, total and level of FY2564 that ten scores give, for `line`."""
    judged = assess(pd.DataFrame({"indicator": range(1, 11), "score": scores}), 2564)
    return {"means": tuple(judged.instruments["score"]), "total": judged.computed_total, "level": judged.computed_level}


def scores_of(reading: ResultReading, agency: str | None = None, fiscal_year: int | None = None) -> list[float]:
    """The scores in official order; of one agency and year where they are given."""
    scores = reading.scores
    if agency is not None:
        scores = scores[scores["agency"] == agency]
    if fiscal_year is not None:
        scores = scores[scores["fiscal_year"] == fiscal_year]
    assert scores["indicator"].tolist() == list(range(1, 11))
    return scores["score"].tolist()


def codes(reading: ResultReading) -> list[str]:
    """The codes of all problems."""
    return [problem.code for problem in reading.problems]


def printed(reading: ResultReading, row: int = 0) -> dict[str, Any]:
    """One row of what the file prints."""
    return reading.published.iloc[row].to_dict()
