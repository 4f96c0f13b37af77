"""Documents as an office sees them: written for each case, laid out by LibreOffice, a picture for each page."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ita import sentences
from ita.briefing import Briefing
from ita.documents import check_sheet, deck, line_picture, marked_copy, minutes, picture, report, workbook
from ita.reading.files import read_file
from ita.store import open_store
from ita.text import speaker
from tests.browser.workbooks import result_file
from tests.documents.briefings import ON, briefing_of

from . import fonts
from .cases import CASES

PROGRAMS = ("soffice", "pdftoppm")
DOTS_PER_INCH = 80
POSITION = "หัวหน้าสำนักปลัดเทศบาล"


def write(folder: Path, scratch: Path) -> None:
    """Every document of every case as files in `folder`, and their pages as pictures beside them.

    Without the PROGRAMS there are the files alone.
    """
    for name, content in _every(scratch):
        (folder / name).write_bytes(content)
    if missing := [program for program in PROGRAMS if shutil.which(program) is None]:
        print(f"{' and '.join(missing)} not found: documents are in {folder.name}/ as files, without pictures.")
        return
    _draw(sorted(path for path in folder.iterdir() if path.suffix in (".docx", ".pptx", ".xlsx")), folder, scratch)


def _every(scratch: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents. To look at one more kind of document, add a line to `_documents`."""
    for case, fill in CASES.items():
        store = open_store(f"sqlite:///{scratch / case}.sqlite3")
        briefing = briefing_of(store, fill(store))
        for language in ("th", "en") if case == "sample" else ("th",):
            for name, content in _documents(briefing, language):
                yield f"{case}-{language}-{name}", content
        store.close()
    yield from _of_a_file()


def _documents(briefing: Briefing, language: str) -> Iterator[tuple[str, bytes]]:
    say, judged = speaker(language), briefing.assessment
    source = sentences.source(briefing.stored, say)
    bars, radar = sentences.bars_title(judged, say), sentences.radar_title(judged, say)
    yield "report-half.docx", report.write(briefing, report.Choices(ON, position=POSITION), language)
    whole_year = report.Choices(ON, "year", digits="thai", charts=False)
    yield "report-year.docx", report.write(briefing, whole_year, language)
    yield "line.png", line_picture.write(briefing, language)
    yield "minutes.txt", minutes.write(briefing, language).encode()
    yield "slides.pptx", deck.write(briefing, language)
    yield "workbook.xlsx", workbook.write(briefing, language)
    yield "bars.png", picture.write_bars(judged, say, language, title=bars, source=source)
    yield (
        "radar.png",
        picture.write_radar(judged, say, language, title=radar, source=source, previous=briefing.previous),
    )


def _of_a_file() -> Iterator[tuple[str, bytes]]:
    """What is given back of a file with something wrong in it."""
    name, content = "ผลคะแนน.xlsx", result_file(scores=(92.13, 184.55, None, *[90.0] * 7), total=70.0)
    reading = read_file(content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    yield "file-th-check-sheet.docx", check_sheet.write(reading, filename=name, sha256=sha256, on=ON, language="th")
    yield "file-th-marked-copy.xlsx", marked_copy.write(content, name, check_sheet.problems_of(reading), "th")


def _draw(files: list[Path], folder: Path, scratch: Path) -> None:
    pages, environment = scratch / "pdf", fonts.environment(scratch)
    profile = f"-env:UserInstallation={(scratch / 'office').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(pages), *map(str, files)]
    subprocess.run(office, env=environment, check=True, capture_output=True)
    for file in files:
        printed = pages / f"{file.stem}.pdf"
        to_picture = ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), str(printed), str(folder / file.stem)]
        subprocess.run(to_picture, check=True, capture_output=True)
