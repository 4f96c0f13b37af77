"""What every Word document here is built of: an A4 page, real styles in TH Sarabun, tables that run over pages.

Word keeps two fonts and two sizes for each piece of text: the plain ones for Latin letters and the "complex script"
ones for Thai. Both are set everywhere, or Thai falls back to another font at another size.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ita.documents.template import FONT
from ita.thai import columns, tidy, wrap

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AUTHOR = "ITA"
PAGE_WIDTH, PAGE_HEIGHT = 21.0, 29.7
"""A4, in centimetres like all lengths here."""
LEFT, RIGHT, TOP, BOTTOM = 3.0, 2.0, 2.0, 2.0

TABLE_TEXT, TABLE_HEADING, SMALL, VERDICT = "Table Text", "Table Heading", "Small Text", "Verdict"
BODY, DOCUMENT_TITLE = "Body Text", "Document Title"
"""Our own paragraph styles, beside Word's Title, Heading 1, Heading 2, Caption, Normal, Header, Footer."""

_SIZES = {
    "Normal": 16,
    "Title": 24,
    "Heading 1": 18,
    "Heading 2": 16,
    "Caption": 14,
    "Header": 14,
    "Footer": 12,
    TABLE_TEXT: 14,
    TABLE_HEADING: 14,
    SMALL: 14,
    VERDICT: 18,
    BODY: 16,
    DOCUMENT_TITLE: 18,
}
_BOLD = {DOCUMENT_TITLE, "Title", "Heading 1", "Heading 2", "Caption", TABLE_HEADING, VERDICT}
_SPACE = {
    "Title": (0, 6),
    "Heading 1": (14, 4),
    "Heading 2": (10, 2),
    "Caption": (8, 2),
    TABLE_TEXT: (1, 1),
    TABLE_HEADING: (1, 1),
    VERDICT: (8, 8),
    BODY: (0, 6),
}
"""Points before and after a paragraph of the style."""
_OPENING = {"Title", "Heading 1", "Heading 2", "Caption"}
"""Styles of what stands on the same page as that which follows."""
_FIRST_LINE = 1.5
"""Centimetres by which the first line of body text stands in, as in every official letter."""
_HEADING_FILL = "D6E6F2"
_SIGNATURE_SPACE = 36
_SIDES = ("top", "left", "bottom", "right")
_LATIN, _THAI = "en-US", "th-TH"
_WORD_2013 = "15"
"""Below this Word opens a document in what it calls compatibility mode."""


def new_document(title: str, on: dt.date) -> Document:
    """An empty A4 document in portrait whose styles are set in Thai; `title` and `on` are for its properties."""
    document = docx.Document()
    about = document.core_properties
    about.title, about.comments = tidy(title), ""
    about.author = about.last_modified_by = AUTHOR
    about.created = about.modified = dt.datetime.combine(on, dt.time())
    _make_thai(document)
    for name, size in _SIZES.items():
        _set_style(document, name, size)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(PAGE_WIDTH), Cm(PAGE_HEIGHT)
    page.left_margin, page.right_margin = Cm(LEFT), Cm(RIGHT)
    page.top_margin, page.bottom_margin = Cm(TOP), Cm(BOTTOM)
    page.header_distance = page.footer_distance = Cm(1)
    return document


def content_of(document: Document) -> bytes:
    """The document as a file."""
    content = BytesIO()
    document.save(content)
    return content.getvalue()


# Text


def add_paragraph(holder: Any, text: str = "", style: str = "Normal", *, bold: bool = False) -> Paragraph:
    """A paragraph at the end of a document, a cell, a header or a footer."""
    paragraph = holder.add_paragraph(style=style)
    if text:
        add_run(paragraph, text, bold=bold)
    return paragraph


def add_run(paragraph: Paragraph, text: str, *, bold: bool = False) -> Run:
    """Text at the end of a paragraph, in the size of its style; what no document can carry is left out of it.

    A line end in the text is one in the paragraph.
    """
    before, after = (" " if blank else "" for blank in (text[:1] == " ", text[1:] and text[-1] == " "))
    run = paragraph.add_run(f"{before}{tidy(text)}{after}")
    run._r.get_or_add_rPr().extend([_fonts(), *(_bold() if bold else ()), _language()])
    return run


# Tables


def add_table(
    document: Document,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float],
    *,
    right: Sequence[int] = (),
    splits: bool = False,
    whole: bool = False,
    with_next: bool = False,
) -> Table:
    """A framed table whose headings stand again on every page; only with `splits` may a page's end split a high row.

    A `whole` table stands on one page; the last row of one `with_next` on that of what follows.
    `widths` are those of the columns in centimetres, `right` the columns whose text is set to the right. Without
    headings it has none. Each line of a cell is a paragraph; one that begins with a number hangs on it.
    """
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    sides = ["right" if place in right else "left" for place in range(len(widths))]
    heading = document.styles[TABLE_HEADING].style_id
    lines = [_row(headings, widths, sides, heading, heading=True, kept=True)] if headings else []
    style = document.styles[TABLE_TEXT].style_id
    every = list(rows)
    for place, texts in enumerate(every, start=1):
        kept = with_next if place == len(every) else whole
        lines.append(_row(texts, widths, sides, style, splits=splits and _is_high(texts, widths), kept=kept))
    table._tbl.extend(list(parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(lines)}</w:tbl>")))
    return table


def _row(
    texts: Sequence[str],
    widths: Sequence[float],
    sides: Sequence[str],
    style: str,
    *,
    heading: bool = False,
    splits: bool = False,
    kept: bool = False,
) -> str:
    """A row as XML: by the library's own way a table of thousands of rows takes a minute.

    One that is `kept` stands on the page of what follows.
    """
    cells = map(partial(_cell, style=style, heading=heading, kept=kept), texts, widths, sides)
    again = "<w:tblHeader/>" if heading else ""
    whole = "" if splits else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}{again}</w:trPr>{''.join(cells)}</w:tr>"


def _is_high(texts: Sequence[str], widths: Sequence[float]) -> bool:
    """Whether a row is so high that leaving it whole would leave a gap on the page before."""
    return any(
        len(wrap(text, round(width * _TO_A_CENTIMETRE))) > _HIGH for text, width in zip(texts, widths, strict=True)
    )


def _cell(text: str, width: float, side: str, *, style: str, heading: bool, kept: bool) -> str:
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{_HEADING_FILL}"/>' if heading else ""
    format_of_cell = f'<w:tcPr><w:tcW w:w="{Cm(width).twips}" w:type="dxa"/>{shading}</w:tcPr>'
    lines = "".join(_line(line, style, side, kept) for line in tidy(text).split("\n"))
    return f"<w:tc>{format_of_cell}{lines}</w:tc>"


def _line(text: str, style: str, side: str, kept: bool) -> str:
    hanging = f'<w:ind w:left="{_HANGING}" w:hanging="{_HANGING}"/>' if _NUMBERED.match(text) else ""
    with_next = "<w:keepNext/>" if kept else ""
    layout = f'<w:pPr><w:pStyle w:val="{style}"/>{with_next}{hanging}<w:jc w:val="{side}"/></w:pPr>'
    return f"<w:p>{layout}{_run(text) if text else ''}</w:p>"


_NUMBERED = re.compile(r"[0-9๐-๙]{1,2}[.)]\s")
_HANGING = Cm(0.5).twips
_TO_A_CENTIMETRE, _HIGH = 4.5, 8
"""Letters of a table's text, and the lines up to which a row is not high."""


def _run(text: str) -> str:
    words = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/><w:lang w:val="{_LATIN}" w:bidi="{_THAI}"/>'
    return f"<w:r><w:rPr>{fonts}</w:rPr>{words}</w:r>"


def add_signature(document: Document, lines: Sequence[str]) -> None:
    """A block of lines to sign on, in the right half of a page and kept together on it."""
    section = document.sections[-1]
    half = (section.page_width - section.left_margin - section.right_margin) // 2
    for place, line in enumerate(lines):
        layout = add_paragraph(document, line).paragraph_format
        layout.left_indent, layout.alignment = half, WD_ALIGN_PARAGRAPH.CENTER
        layout.space_before = Pt(_SIGNATURE_SPACE if place == 0 else 0)
        layout.keep_with_next = place < len(lines) - 1


# Pictures


def add_picture(document: Document, picture: bytes, described: str, *, width: float) -> None:
    """A PNG, so many centimetres wide, in a paragraph of its own; `described` says it to those who cannot see it."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(BytesIO(picture), width=Cm(width))
    shape._inline.docPr.set("descr", described)


# Pages


def add_landscape(document: Document) -> Section:
    """Begin a new page that lies on its side, and so do all after it."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(PAGE_HEIGHT), Cm(PAGE_WIDTH)
    section.left_margin, section.right_margin = Cm(RIGHT), Cm(RIGHT)
    section.top_margin, section.bottom_margin = Cm(LEFT), Cm(BOTTOM)  # the side to bind is now above
    section.footer.is_linked_to_previous = False
    return section


def add_footer(section: Section, text: str, page: str, of_pages: str, *, thai_digits: bool = False) -> None:
    """At the foot of a section's pages: `text` on the left; on the right, after the words given, number and last.

    They stand below a text that leaves no room for them.
    """
    [paragraph] = section.footer.paragraphs
    paragraph.style = "Footer"
    width = section.page_width - section.left_margin - section.right_margin
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, text)
    room = round((width / Cm(1) - _PAGE_ROOM) * _FOOT_TO_A_CENTIMETRE)
    paragraph.add_run("\n\t" if columns(text) > room else "\t")
    for words, field in ((page, "PAGE"), (of_pages, "NUMPAGES")):
        add_run(paragraph, words)
        _add_field(paragraph, field, thai_digits)


_PAGE_ROOM, _FOOT_TO_A_CENTIMETRE = 3.5, 5.5
"""Centimetres that the number of the page takes; letters of a footer to a centimetre."""


def _add_field(paragraph: Paragraph, code: str, thai_digits: bool) -> None:
    """A number that Word works out for itself when the page is laid out."""
    field = _element("w:fldSimple", instr=rf"{code} \* THAIARABIC" if thai_digits else code)
    field.append(add_run(paragraph, "๑" if thai_digits else "1")._r)
    paragraph._p.append(field)


# Styles


def _make_thai(document: Document) -> None:
    """Thai as what everything starts from, where the library's template has Latin fonts of a theme."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    defaults.clear()
    defaults.append(OxmlElement("w:rPr"))
    defaults[0].extend([_fonts(), *_size(_SIZES["Normal"]), _language()])
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:bidi"), _THAI)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")  # without it the file is not what the standard asks for
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)


def _set_style(document: Document, name: str, size: int) -> None:
    styles = document.styles
    if name in styles:
        style = styles[name]
    else:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = styles["Normal"], True
    lettering = style.element.get_or_add_rPr()
    lettering.clear()
    lettering.extend([_fonts(), *(_bold() if name in _BOLD else ()), *_size(size), _language()])
    before, after = _SPACE.get(name, (0, 0))
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.keep_with_next = True if name in _OPENING else None
    if name == BODY:
        layout.first_line_indent = Cm(_FIRST_LINE)
        layout.alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
    if name == DOCUMENT_TITLE:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in layout.element.pPr.findall(qn("w:pBdr")):
        layout.element.pPr.remove(border)
    if name == VERDICT:
        layout.element.pPr.spacing.addprevious(_frame())
    if name in ("Header", "Footer"):
        layout.tab_stops.clear_all()


def _frame() -> Any:
    frame = OxmlElement("w:pBdr")
    frame.extend(_element(f"w:{side}", val="single", sz="8", space="4", color="000000") for side in _SIDES)
    return frame


# Elements that the library has no words for, in the order in which Word wants them


def _fonts() -> Any:
    return _element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT)


def _bold() -> list[Any]:
    return [OxmlElement("w:b"), OxmlElement("w:bCs")]


def _size(points: int) -> list[Any]:
    return [_element(f"w:{name}", val=str(2 * points)) for name in ("sz", "szCs")]


def _language() -> Any:
    return _element("w:lang", val=_LATIN, bidi=_THAI)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
