"""Files of measures as offices make them, in Excel and in Word: the seed's report, and what else is made of it."""

from __future__ import annotations

import copy
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table

from ita.reading import word_child
from ita.reading.measures import MeasureReading, find_measures
from ita.reading.sheet import Sheet, Value

HEADINGS: list[Value] = [
    "มาตรการ/แนวทาง",
    "ขั้นตอนหรือวิธีการ",
    "ผู้รับผิดชอบ",
    "ระยะเวลา\nการดำเนินการ",
    "ผลการดำเนินการ",
    "ข้อเสนอแนะ",
]
UNITS = "สำนักงานปลัด\nกองคลัง\nกองช่าง"
HALF_YEAR = "ต.ค. 64 – มี.ค. 65"
SCRIPT = Path(word_child.__file__)


# Sheets and workbooks


def sheet(
    rows: Sequence[Sequence[Value]],
    *merged: tuple[int, int, int, int],
    name: str = "มาตรการ",
    visible: bool = True,
    **more: Any,
) -> Sheet:
    width = max(map(len, rows))
    return Sheet(name, [[*row, *[None] * (width - len(row))] for row in rows], visible, merged, **more)


def table(*rows: Sequence[Value], headings: Sequence[Value] = HEADINGS) -> MeasureReading:
    """The reading of one table with its headings in row 1."""
    return find_measures([sheet([headings, *rows])])


def row(title: str = "1. การปฏิบัติหน้าที่", *, period: Value = HALF_YEAR, result: str = "จัดทำ") -> list[Value]:
    return [title, "ประชุม", "กองคลัง", period, result, "-"]


def workbook(rows: Iterable[Sequence[Value]], *merged: str) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for values in rows:
        page.append(list(values))
    for cells in merged:
        page.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def codes(reading: MeasureReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def told(reading: MeasureReading, *kinds: str) -> list[tuple[str, str | None, str]]:
    """Code, place and what was found of the problems of these kinds; of all of them where none is named."""
    return [
        (problem.code, problem.cell, problem.found)
        for problem in reading.problems
        if not kinds or problem.code in kinds
    ]


# Word documents


def word(*blocks: Callable[[Document], object] | str) -> bytes:
    """A document of these blocks: a text is a paragraph, anything else is called with the document."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            block(document)
    return saved(document)


def saved(document: Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def grid(rows: Sequence[Sequence[Value]], *merged: tuple[int, int, int, int]) -> Callable[[Document], Table]:
    """A table of these rows, each cell's lines being its paragraphs."""

    def add(document: Document) -> Table:
        made = document.add_table(len(rows), max(map(len, rows)))
        made.style = "Table Grid"
        for top, left, bottom, right in merged:
            made.cell(top, left).merge(made.cell(bottom, right))
        for number, values in enumerate(rows):
            for column, value in enumerate(values):
                if value not in (None, ""):
                    write(made.cell(number, column), str(value))
        return made

    return add


def write(cell: Any, text: str) -> None:
    """Put a text in a cell, a paragraph for each of its lines."""
    first, *others = text.split("\n")
    cell.paragraphs[0].text = first
    for line in others:
        cell.add_paragraph(line)


def raw(xml: str) -> Callable[[Document], object]:
    """A piece of the body as it is written; `w:`, `wps:` and the like need no declaration."""
    return lambda document: document.element.body.insert_element_before(element(xml), "w:sectPr")


def element(xml: str) -> Any:
    head, _, rest = xml.partition(">")
    closing = "/" if head.endswith("/") else ""
    declarations = (
        nsdecls("w", "wp", "a", "r", "w14")
        + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return parse_xml(f"{head.removesuffix('/')} {declarations}{closing}>{rest}")


def numbered(document: Document, manner: str, text: str = "%1.", level: int = 0) -> str:
    """Add a list with this manner of numbers to a document; its number."""
    numbering = document.part.numbering_part.element
    number = str(900 + len(numbering))
    numbering.insert(
        0,
        element(
            f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{manner}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return number


def number_paragraph(paragraph: Any, number: str, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A document with one of its parts changed."""
    parts = dict(parts_of(content))
    parts[name] = change(parts[name].decode()).encode()
    return package(parts)


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())


def package(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def document_sheet(content: bytes) -> Sheet:
    """The one sheet that a document is read as."""
    verdict, *found = word_child.read(content)
    assert verdict == "sheets"
    (((name, visible, merged, rows, extras),),) = found
    return Sheet(name, rows, visible, tuple(map(tuple, merged)), places=tuple(extras["places"]))


def run_script(content: bytes) -> subprocess.CompletedProcess[bytes]:
    """The script as the server runs it."""
    spec = find_spec("docx")
    assert spec is not None
    assert spec.origin is not None
    folder = str(Path(spec.origin).parents[1])
    return subprocess.run([sys.executable, "-I", "-S", str(SCRIPT), folder], input=content, capture_output=True)


def word_reading(content: bytes) -> MeasureReading:
    return find_measures([document_sheet(content)])


# The seed's report


TITLES = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    "ของเทศบาลตำบลบัววัฒนา",
    "ประจำปีงบประมาณ พ.ศ. 2565 (ครึ่งปีแรก)",
)
INTRODUCTION = (
    "ตามที่เทศบาลตำบลบัววัฒนา ได้เข้าร่วมโครงการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) "
    "ประจำปีงบประมาณ พ.ศ. 2564 ได้รับคะแนน 80.84 คะแนน ระดับผลการประเมินอยู่ในระดับ B ผลการประเมิน ไม่ผ่าน รายละเอียดดังนี้"
)
SCORES: Mapping[str, Sequence[tuple[str, str]]] = {
    "IIT": (
        ("1. การปฏิบัติหน้าที่", "92.13"),
        ("2. การใช้งบประมาณ", "84.55"),
        ("3. การใช้อำนาจ", "86.13"),
        ("4. การใช้ทรัพย์สินของราชการ", "83.60"),
        ("5. การแก้ไขปัญหาการทุจริต", "84.96"),
    ),
    "EIT": (
        ("6. คุณภาพการดำเนินงาน", "98.34"),
        ("7. ประสิทธิภาพการสื่อสาร", "96.58"),
        ("8. การปรับปรุงระบบการทำงาน", "97.66"),
    ),
    "OIT": (("9. การเปิดเผยข้อมูล", "91.00"), ("10. การป้องกันการทุจริต", "37.50")),
}
SENTENCES = {
    "IIT": "1. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) ประกอบด้วยตัวชี้วัด จำนวน 5 ตัวชี้วัด",
    "EIT": "2. แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) ประกอบด้วยตัวชี้วัด จำนวน 3 ตัวชี้วัด",
    "OIT": "3. แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) ประกอบด้วยตัวชี้วัด จำนวน 2 ตัวชี้วัด",
}
STRENGTH = "ตัวชี้วัดด้านการปฏิบัติหน้าที่ ได้คะแนนเท่ากับ 92.13 เป็นตัวชี้วัดที่มีวัตถุประสงค์เพื่อประเมินการรับรู้ของบุคลากรภายใน"
MEASURES: Sequence[tuple[str, str, str, str, str, str]] = (
    (
        "1. การปฏิบัติหน้าที่ - การจัดทำข้อตกลงระหว่างผู้บังคับบัญชากับผู้ใต้บังคับบัญชา",
        "1. จัดประชุมพนักงาน เพื่อชี้แจงให้บุคลากรในหน่วยงานรับทราบถึงบทบาทอำนาจหน้าที่ที่ต้องปฏิบัติ\n"
        "2. มีการจัดทำคำสั่งมอบหมายงาน การแบ่งงานให้แก่บุคลากรในหน่วยงาน ให้มีความชัดเจนและเป็นธรรม",
        UNITS,
        "ม.ค. – มี.ค. 65",
        "1. จัดทำข้อตกลงระหว่างผู้บังคับบัญชากับผู้ใต้บังคับบัญชา ทำให้มีเป้าหมายในการปฏิบัติงานที่ชัดเจน\n"
        "2. จัดทำคำสั่งมอบหมายงาน ในแต่ละสำนัก/กองให้มีความชัดเจน\n"
        "3. มีการประชุมพนักงาน เป็นประจำ ทุกเดือนอย่างน้อยเดือนละ 1 ครั้ง",
        "-",
    ),
    (
        "2. การใช้งบประมาณ",
        "เผยแพร่เทศบัญญัติงบประมาณรายจ่ายประจำปีของหน่วยงานให้บุคลากรในหน่วยงานเข้าใจถึงแผนการใช้จ่ายงบประมาณ",
        UNITS,
        HALF_YEAR,
        "บุคลากรในหน่วยงานมีความเข้าใจถึงแผนการใช้จ่ายงบประมาณ และสามารถจัดทำแผนการใช้จ่ายงบประมาณ รายไตรมาสได้ครบถ้วน",
        "-",
    ),
    (
        "3. การใช้อำนาจ",
        "ประกาศการใช้ดุลยพินิจของผู้บริหารเทศบาล การกำหนดหลักเกณฑ์การประเมินผลการปฏิบัติงานของพนักงาน",
        UNITS,
        HALF_YEAR,
        "จัดทำประกาศการใช้ดุลยพินิจของนายกเทศมนตรี โดยเผยแพร่ให้พนักงานทราบอย่างทั่วถึงในการประชุมประจำเดือน",
        "-",
    ),
    (
        "4. การใช้ทรัพย์สินของราชการ",
        "จัดทำประกาศข้อปฏิบัติในการขอยืมทรัพย์สินของทางราชการไปใช้ในการปฏิบัติงาน",
        UNITS,
        HALF_YEAR,
        "ดำเนินการจัดทำประกาศข้อปฏิบัติในการขอยืมทรัพย์สินของทางราชการ พร้อมทั้งแต่งตั้งให้เจ้าหน้าที่",
        "-",
    ),
    ("4. การใช้ทรัพย์สินของราชการ (ต่อ)", "", "", "", "ผู้รับผิดชอบงานพัสดุดำเนินการติดตามตรวจสอบการยืมทรัพย์สินของทางราชการ", ""),
    (
        "5. การแก้ไขปัญหาการทุจริต",
        "จัดทำคู่มือการปฏิบัติตามนโยบายหรือมาตรการป้องกันการทุจริตในหน่วยงาน",
        UNITS,
        HALF_YEAR,
        "จัดทำแผนป้องกันการทุจริตและมีการรายงานผลการดำเนินการป้องกันการทุจริตให้ผู้บังคับบัญชาตามลำดับทราบ",
        "",
    ),
    (
        "6. คุณภาพการดำเนินงาน",
        "1. จัดทำคู่มือการปฏิบัติงานของแต่ละกระบวนการ\n2. การนำเทคโนโลยีมาใช้ในการให้บริการ\n3. ให้บริการอย่างเท่าเทียมกัน ไม่เลือกปฏิบัติ",
        UNITS,
        HALF_YEAR,
        "1. ดำเนินการจัดทำคู่มือการปฏิบัติงาน\n2. การนำเทคโนโลยีมาใช้ในการให้บริการ ได้แก่ การติดต่อผ่านระบบโซเชียลมีเดีย",
        "-",
    ),
    (
        "6. คุณภาพการดำเนินงาน (ต่อ)",
        "4. ให้ข้อมูลผู้มารับบริการหรือผู้มาติดต่อ อย่างถูกต้อง ตรงไปตรงมา",
        "",
        "",
        "3. ดำเนินการสร้างจิตสำนึกการให้บริการอย่างเท่าเทียมกัน\n4. ให้ข้อมูลที่ถูกต้องแก่ผู้มาติดต่อราชการ",
        "",
    ),
    (
        "7. ประสิทธิภาพการสื่อสาร",
        "1. จัดทำช่องทางการเข้าถึงข้อมูลของหน่วยงาน\n2. จัดช่องทางสื่อประชาสัมพันธ์ทางโซเชียลมีเดีย เช่น facebook ,Line ,QR Code",
        UNITS,
        HALF_YEAR,
        "ดำเนินการปรับปรุงเว็บไซต์หลักของหน่วยงานให้เป็นปัจจุบันอยู่เสมอ",
        "-",
    ),
    (
        "8. การปรับปรุงระบบ การทำงาน",
        "ลดขั้นตอนการให้บริการประชาชนหรือผู้มาติดต่อราชการ",
        UNITS,
        HALF_YEAR,
        "1. จัดทำแผนผังกำหนดผู้รับผิดชอบและขั้นตอนการให้บริการต่างๆ เรียบร้อยแล้ว\n2. การยื่นคำร้องผ่านระบบ Google form",
        "-",
    ),
    (
        "8. การปรับปรุงระบบ การทำงาน (ต่อ)",
        "",
        "",
        "",
        "ซึ่งเพิ่มความสะดวกและรวดเร็วแก่ผู้มาติดต่อราชการ\n3. เพิ่มช่องทางในการติดต่อสื่อสารและการบริการประชาชนให้มากขึ้น",
        "",
    ),
    (
        "9. การเปิดเผยข้อมูล",
        "จัดให้มีช่องทางในการบริการข้อมูลข่าวสาร ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
        UNITS,
        HALF_YEAR,
        "1. ดำเนินการปรับปรุงเว็บไซต์หลักของหน่วยงาน\n2. ดำเนินการเพิ่มช่องทางในการประชาสัมพันธ์ข้อมูลข่าวสาร",
        "",
    ),
    (
        "10. การป้องกันการทุจริต",
        "1. จัดทำแผนปฏิบัติการป้องกันและปราบปรามทุจริตให้ครอบคลุมทุกภารกิจ\n2. จัดกิจกรรมการป้องกันการทุจริตอย่างต่อเนื่อง\n"
        "3. เปิดโอกาสให้บุคลากรภายในและภายนอกเข้ามามีส่วนร่วม",
        UNITS,
        HALF_YEAR,
        "1. ดำเนินการจัดทำแผนปฏิบัติการป้องกันการทุจริต เรียบร้อยแล้ว\n2. จัดกิจกรรมแสดงออกเชิงสัญลักษณ์ในการต่อต้านการทุจริตคอร์รัปชัน",
        "-",
    ),
)
"""The rows of the seed's table, those marked (ต่อ) too."""
PAGES = (0, 2, 4, 7, 10, 12, len(MEASURES))
"""Where the table is cut into pages."""

WHOLE: Mapping[int, tuple[str, str, str]] = {
    indicator: (rows[0][0], "\n".join(r[1] for r in rows if r[1]), " | ".join(r[4] for r in rows if r[4]))
    for indicator in range(1, 11)
    for rows in [[r for r in MEASURES if r[0].startswith(f"{indicator}. ")]]
}
"""Title, steps and result of each measure, by its indicator; " | " where the result was cut."""


def report(
    *,
    headings: Sequence[Value] = HEADINGS,
    arrange: Callable[[Sequence[Value]], Sequence[Value]] = list,
    pages: Sequence[int] = PAGES,
    between: str = "",
) -> Document:
    """The seed's report as it would be edited in Word.

    `arrange` puts a row's cells in another order; `between` is a paragraph between the pages of the table.
    """
    document = docx.Document()
    for line in (*TITLES, INTRODUCTION):
        document.add_paragraph(line)
    for code, scores in SCORES.items():
        document.add_paragraph(SENTENCES[code])
        grid(
            [["เครื่องมือ", "ตัวชี้วัด", "ปี 2564"], *([code if not n else "", *pair] for n, pair in enumerate(scores))],
            (1, 0, len(scores), 0),
        )(document)
        document.add_paragraph(f"โดยผลคะแนนการประเมิน ({code}) ถือว่าผ่านเกณฑ์เป้าหมาย")
    document.add_paragraph("1. จุดแข็ง มีจำนวน 6 ตัวชี้วัด ดังนี้")
    document.add_paragraph(STRENGTH)
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for line in (TITLES[0], f"{TITLES[1]} {TITLES[2]}"):
        document.add_paragraph(line)
    for begin, end in pairwise(pages):
        made = grid([arrange(headings), *map(arrange, MEASURES[begin:end])])(document)
        made.rows[0]._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
        document.add_paragraph(between)
    document.add_paragraph("ลงชื่อ ________________ ผู้รายงาน")
    document.add_paragraph("(........................................)")
    document.add_paragraph("ตำแหน่ง หัวหน้าสำนักปลัดเทศบาล")
    return document


def measures_tables(document: Document) -> list[Table]:
    return document.tables[len(SCORES) :]


def add_row_after(made: Table, number: int, values: Sequence[str]) -> None:
    """A further row, as Word adds it below the one the cursor is in."""
    source = made.rows[number]._tr
    source.addnext(copy.deepcopy(source))
    for cell, value in zip(made.rows[number + 1].cells, values, strict=True):
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        cell.paragraphs[0].text = value


def track_insertion(paragraph: Any, text: str) -> None:
    """Add text that somebody inserted with changes tracked."""
    paragraph._p.append(
        element(f'<w:ins w:id="1" w:author="ก" w:date="2022-03-31T00:00:00Z"><w:r><w:t>{text}</w:t></w:r></w:ins>')
    )


def track_deletion(paragraph: Any) -> None:
    """Delete all runs of a paragraph with changes tracked."""
    deleted = element('<w:del w:id="2" w:author="ก" w:date="2022-03-31T00:00:00Z"></w:del>')
    for run in list(paragraph._p.findall(qn("w:r"))):
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")
        deleted.append(run)
    paragraph._p.append(deleted)
