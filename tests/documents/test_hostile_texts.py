"""Whatever anybody typed is text in every document: no formula, no field, no link, nothing fetched from outside."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest

from ita import meetings
from ita.assessment import assess
from ita.briefing import Briefing
from ita.documents import check_sheet, deck, minutes, report, workbook
from ita.documents.csv_text import write_csv
from ita.measures import with_state
from ita.reading.files import read_file
from ita.slides import slides
from ita.store import Store
from ita.text import LANGUAGES, speaker
from tests.browser.workbooks import measures_file, result_file, store_result
from tests.documents.briefings import ON, YEAR, briefing_of

TEXTS = [
    '=HYPERLINK("http://outside.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "{=1+1} ＝1+1",
    '{ INCLUDEPICTURE "http://outside.example/p.png" }',
    "http://outside.example www.outside.example clerk@outside.example",
    "</w:t></a:t></t><w:hyperlink><script>alert(1)</script>&#x41;&amp;",
    "_x000D_ _x003D_1+1 {0} %s ${x}",
]
FIELDS = ("title", "steps", "responsible", "period_text", "result", "suggestion", "evidence")
AGENCY = f"เทศบาลตำบล{TEXTS[0]}"
ALLOWED_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES)(?: \\\* THAIARABIC)?\s*")


@pytest.fixture
def briefing(store: Store) -> Briefing:
    """A year in which everything that can be typed is hostile, with a meeting behind it."""
    agency_id = store_result(store, result_file(AGENCY), f"{TEXTS[0]}.xlsx".replace("/", ""))
    measures = [
        {"indicator": 1 + number, "status": "in_progress", **dict.fromkeys(FIELDS, text)}
        for number, text in enumerate(TEXTS)
    ]
    ids = store.add_measures(agency_id, YEAR, measures)
    stored = store.result(agency_id, YEAR)
    assert stored is not None
    before = with_state(store.measures(agency_id, YEAR), ON)
    store.close_meeting(agency_id, YEAR, meetings.closed(dt.date(2022, 3, 1), assess(stored.scores, YEAR), before))
    for measure_id in ids[::2]:
        store.change_measure(measure_id, 1, {"status": "completed"})
    say = speaker("th")
    for number, slide in enumerate(slides(briefing_of(store, agency_id), say, "th")):
        store.write_slide_note(agency_id, YEAR, slide.key, TEXTS[number % len(TEXTS)])
    return briefing_of(store, agency_id)


def checked(briefing: Briefing, language: str) -> bytes:
    """The check sheet of a file with the same measures."""
    rows = [dict.fromkeys(("title", "steps", "responsible", "period", "suggestion"), text) for text in TEXTS]
    content = measures_file(*rows, agency=AGENCY)
    reading = read_file(content)
    assert reading.measures is not None
    return check_sheet.write(reading, filename=f"{TEXTS[0]}.xlsx", sha256="0" * 64, on=ON, language=language)


MADE: dict[str, Callable[[Briefing, str], bytes]] = {
    "report": lambda briefing, language: report.write(briefing, report.Choices(ON, charts=False), language),
    "deck": deck.write,
    "workbook": workbook.write,
    "check_sheet": checked,
}


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return {name: package.read(name).decode("utf-8") for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", MADE)
def test_a_document_computes_fetches_and_links_nothing(document: str, language: str, briefing: Briefing) -> None:
    parts = parts_of(MADE[document](briefing, language))
    assert any("outside.example" in text for text in parts.values())
    for name, text in parts.items():
        assert 'TargetMode="External"' not in text, name
        assert not re.search(r"<(?:\w+:)?(?:hyperlink|hlinkClick|hlinkHover|ddeLink|oleObject|oleLink)\b", text), name
        for field in re.findall(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", text):
            assert ALLOWED_FIELDS.fullmatch("".join(field)), name
        assert "<script" not in text, name
        # A formula that is typed would stand in a cell; those of charts name ranges of the book itself.
        if name.startswith("xl/worksheets/"):
            assert not re.search(r"<(?:f|hyperlinks)\b", text), name


def test_nothing_that_was_typed_is_lost_in_the_documents(briefing: Briefing) -> None:
    """Not vacuous: what stands in the report is what was typed, letter by letter."""
    document = docx.Document(io.BytesIO(MADE["report"](briefing, "th")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in TEXTS:
        assert any(text in cell for cell in cells), text


def test_a_csv_of_hostile_measures_begins_no_cell_with_a_formula(briefing: Briefing) -> None:
    content = write_csv(briefing.measures[list(FIELDS)]).decode("utf-8-sig")
    assert content.count("'=HYPERLINK") == len(FIELDS)
    assert not re.search(r'(?m)(?:^|,)"?[=+@]', content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_the_minutes_is_what_was_typed(language: str, briefing: Briefing) -> None:
    written = minutes.write(briefing, language)
    assert TEXTS[0] in written
    assert "<a " not in written
