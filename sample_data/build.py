"""Writes the example workbooks beside this file: `python -m sample_data.build`.

The scores of FY2564 are those of a real municipality that did not pass; FY2563 and the statuses of the measures are
invented, so that a trend and every status can be seen. No person is named.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from ita.assessment import Assessment, assess
from ita.rulebooks import Instrument, rulebook
from ita.text import speaker

import pandas as pd

FOLDER = Path(__file__).parent
AGENCY = "เทศบาลตำบลบัววัฒนา"
SCORES = {
    2563: (88.41, 82.07, 84.90, 80.15, 81.33, 94.12, 91.75, 90.86, 82.60, 50.00),
    2564: (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50),
}
HALF_YEAR = "ต.ค. 64 – มี.ค. 65"
MEASURES = (
    ("1. การปฏิบัติหน้าที่ - จัดทำข้อตกลงการปฏิบัติงานรายบุคคล", "1. ประชุมชี้แจงบทบาทหน้าที่\n2. ออกคำสั่งแบ่งงานให้ชัดเจน", "สำนักปลัดเทศบาล\nกองคลัง\nกองช่าง", "ม.ค. – มี.ค. 65", "ทุกกองมีข้อตกลงและคำสั่งแบ่งงานที่เป็นปัจจุบัน", "-", "completed"),
    ("2. การใช้งบประมาณ - ให้บุคลากรรู้แผนการใช้เงิน", "เผยแพร่แผนและผลการใช้จ่ายทุกไตรมาสในที่ประชุมและบนเว็บไซต์", "กองคลัง", HALF_YEAR, "เผยแพร่แล้วสองไตรมาส", "ควรสรุปเป็นแผ่นเดียวให้อ่านง่าย", "completed"),
    ("3. การใช้อำนาจ - ประกาศหลักเกณฑ์การประเมินและคัดเลือก", "ประกาศหลักเกณฑ์เลื่อนขั้นเงินเดือนและคัดเลือกผู้เข้าอบรม", "สำนักปลัดเทศบาล", HALF_YEAR, "ประกาศและแจ้งในที่ประชุมประจำเดือนแล้ว", "-", "completed"),
    ("4. การใช้ทรัพย์สินของราชการ - ทำขั้นตอนการยืมให้ชัด", "1. ประกาศแนวปฏิบัติการยืม\n2. ทำทะเบียนการยืม\n3. ตรวจนับทุกเดือน", "กองคลัง\nกองช่าง", HALF_YEAR, "ประกาศแล้ว ทะเบียนการยืมอยู่ระหว่างจัดทำ", "เร่งทำทะเบียนให้ครบทุกกอง", "in_progress"),
    ("5. การแก้ไขปัญหาการทุจริต - ทำแผนป้องกันและช่องทางร้องเรียน", "ทำแผนป้องกันผลประโยชน์ทับซ้อนและช่องทางร้องเรียนภายใน", "สำนักปลัดเทศบาล", HALF_YEAR, "มีแผนแล้ว ช่องทางร้องเรียนอยู่ระหว่างทดสอบ", "-", "in_progress"),
    ("6. คุณภาพการดำเนินงาน - ทำคู่มือการให้บริการ", "ทำคู่มือรายกระบวนงานพร้อมกำหนดเวลา", "ทุกกอง", HALF_YEAR, "ติดประกาศคู่มือที่จุดบริการครบ", "-", "completed"),
    ("7. ประสิทธิภาพการสื่อสาร - เพิ่มช่องทางข่าวสาร", "ปรับเว็บไซต์และช่องทางสื่อสังคมให้เป็นปัจจุบัน", "สำนักปลัดเทศบาล", HALF_YEAR, "มีข่าวใหม่ทุกสัปดาห์", "-", "completed"),
    ("8. การปรับปรุงระบบการทำงาน - ลดขั้นตอนบริการ", "เปิดให้ยื่นคำร้องผ่านแบบฟอร์มออนไลน์", "สำนักปลัดเทศบาล\nกองช่าง", HALF_YEAR, "เปิดใช้แล้วสองแบบฟอร์ม", "-", "completed"),
    ("9. การเปิดเผยข้อมูล - ปรับข้อมูลบนเว็บไซต์ให้ครบ", "ตรวจข้อมูลที่ต้องเปิดเผยทีละข้อและปรับให้เป็นปัจจุบัน", "สำนักปลัดเทศบาล", HALF_YEAR, "", "", "not_stated"),
    ("10. การป้องกันการทุจริต - เผยแพร่มาตรการและผลการดำเนินการ", "1. ออกประกาศมาตรการภายใน\n2. เผยแพร่ประกาศและรายงานผลบนเว็บไซต์", "สำนักปลัดเทศบาล\nหน่วยตรวจสอบภายใน", HALF_YEAR, "", "ต้องเผยแพร่ให้ทันรอบตรวจ", "not_started"),
)  # fmt: skip

_TITLE = Font(name="TH Sarabun New", size=18, bold=True)
_TEXT = Font(name="TH Sarabun New", size=16)
_BOLD = Font(name="TH Sarabun New", size=16, bold=True)
_HEAD = PatternFill("solid", fgColor="DCE6EE")
_LINE = Border(*(Side("thin", color="8A97A5") for _ in range(4)))


def write_results(fiscal_year: int) -> None:
    """A result as offices paste it into Excel: a sentence and a block of rows for each instrument."""
    judged = assess(pd.DataFrame({"indicator": range(1, 11), "score": SCORES[fiscal_year]}), fiscal_year)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = f"ผลคะแนน {fiscal_year}"
    _write(sheet, 1, 1, f"ผลการประเมิน ITA ของ{AGENCY} (ข้อมูลตัวอย่าง)", _TITLE)
    verdict = "ผ่าน" if judged.passed else "ไม่ผ่าน"
    _write(sheet, 2, 1, f"ประจำปีงบประมาณ พ.ศ. {fiscal_year} ได้รับคะแนน {judged.total:.2f} คะแนน ระดับ {judged.level} ผลการประเมิน {verdict}", _BOLD)
    row = 4
    for instrument in rulebook(fiscal_year).instruments:
        row = _block(sheet, row, instrument, judged) + 2
    for column, width in zip("ABC", (14, 42, 14), strict=True):
        sheet.column_dimensions[column].width = width
    workbook.save(FOLDER / f"ita_result_{fiscal_year}_example.xlsx")


def write_measures() -> None:
    """The table of measures for the half-yearly report, with a column for the status."""
    say = speaker("th")
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "มาตรการ"
    _write(sheet, 1, 1, "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ข้อมูลตัวอย่าง)", _TITLE)
    _write(sheet, 2, 1, f"ของ{AGENCY} ประจำปีงบประมาณ พ.ศ. 2565 (ครึ่งปีแรก)", _BOLD)
    heads = ("มาตรการ/แนวทาง", "ขั้นตอนหรือวิธีการ", "ผู้รับผิดชอบ", "ระยะเวลาการดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ", "สถานะ")
    for column, head in enumerate(heads, start=1):
        _write(sheet, 4, column, head, _BOLD, head=True)
    for row, measure in enumerate(MEASURES, start=5):
        for column, text in enumerate((*measure[:-1], say(f"state.{measure[-1]}")), start=1):
            _write(sheet, row, column, text, _TEXT, line=True)
    for column, width in zip("ABCDEFG", (36, 40, 22, 20, 36, 28, 22), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A5"
    workbook.save(FOLDER / "ita_measures_2565_example.xlsx")


def _block(sheet: Worksheet, row: int, instrument: Instrument, judged: Assessment) -> int:
    rows = judged.indicators[judged.indicators["instrument"] == instrument.code]
    mean = judged.instruments.set_index("instrument").at[instrument.code, "score"]
    _write(sheet, row, 1, f"{instrument.name['th']} ({instrument.code}) จำนวน {len(rows)} ตัวชี้วัด", _BOLD)
    for column, head in enumerate(("เครื่องมือ", "ตัวชี้วัด", f"ปี {judged.fiscal_year}"), start=1):
        _write(sheet, row + 1, column, head, _BOLD, head=True)
    first = row + 2
    for place, score in enumerate(rows.itertuples(), start=first):
        _write(sheet, place, 1, instrument.code if place == first else None, _TEXT, line=True)
        _write(sheet, place, 2, f"{score.indicator}. {judged.rules.indicator(score.indicator).name['th']}", _TEXT, line=True)
        _write(sheet, place, 3, score.score, _TEXT, line=True).number_format = "0.00"
    last = first + len(rows) - 1
    sheet.merge_cells(start_row=first, start_column=1, end_row=last, end_column=1)
    _write(sheet, last + 1, 1, f"({instrument.code}) ได้คะแนนรวมเฉลี่ย {mean:.2f} คะแนน", _TEXT)
    return last + 1


def _write(sheet: Worksheet, row: int, column: int, value: object, font: Font, *, head: bool = False, line: bool = False):  # type: ignore[no-untyped-def]
    cell = sheet.cell(row, column, value)
    cell.font = font
    if head or line:
        cell.border = _LINE
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    if head:
        cell.fill = _HEAD
    return cell


if __name__ == "__main__":
    for fiscal_year in SCORES:
        write_results(fiscal_year)
    write_measures()
