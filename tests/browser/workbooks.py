"""Small files as offices hand them in: a result, a table of measures, and what is no workbook at all."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from ita.documents.template import MEASURE_COLUMNS, write_template
from ita.reading.measures import read_measures
from ita.reading.results import read_results
from ita.store import Store, Upload
from ita.text import speaker

SAMPLES = Path(__file__).parents[2] / "sample_data"
BUA = "เทศบาลตำบลบัววัฒนา"
SEED_SCORES = (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50)
BELOW_THE_MARK = [2, 4, 5, 10]
GOOD_SCORES = (96.10, 95.20, 97.30, 95.40, 96.50, 98.60, 97.70, 96.80, 98.90, 99.00)


def sample(name: str) -> bytes:
    """One of the files that come with the program."""
    return (SAMPLES / name).read_bytes()


def result_file(
    agency: str = BUA,
    fiscal_year: int = 2564,
    scores: Sequence[float | None] = SEED_SCORES,
    *,
    total: float | None = None,
    level: str | None = None,
) -> bytes:
    """A result in the form that is offered for download."""
    return write_template(fiscal_year, agency=agency, scores=scores, total=total, level=level)


def nameless_result_file() -> bytes:
    """A result that says neither whose it is nor of which year."""
    workbook = openpyxl.load_workbook(io.BytesIO(result_file()))
    for address in ("A1", "A3", "B3", "A4", "B4"):
        workbook.worksheets[0][address] = None
    del workbook[workbook.sheetnames[1]]
    return _packed(workbook)


def measures_file(*measures: Mapping[str, str], agency: str = BUA, fiscal_year: int = 2565) -> bytes:
    """A table of measures (keys as in the template) reported in `fiscal_year`; every cell is text, also "=1+1"."""
    say = speaker("th")
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"] = f"รายงานผลการดำเนินการตามมาตรการ ของ{agency} ประจำปีงบประมาณ พ.ศ. {fiscal_year}"
    for column, name in enumerate(MEASURE_COLUMNS, start=1):
        sheet.cell(3, column, say(f"template.column_{name}"))
        for row, measure in enumerate(measures, start=4):
            cell = sheet.cell(row, column, measure.get(name, ""))
            cell.data_type = "s"
    return _packed(workbook)


def store_result(store: Store, content: bytes, name: str = "ผลคะแนน.xlsx") -> int:
    """Store a result as a confirmed upload does; the id of its agency."""
    reading = read_results(content, filename=name)
    store.save_results(reading.scores, reading.published, reading.items, Upload.of(content, name))
    return int(store.agencies(reading.agencies[0])["agency_id"].iloc[0])


def store_measures(store: Store, agency_id: int, fiscal_year: int, content: bytes) -> list[int]:
    """Store measures that answer the result of `fiscal_year`; their ids."""
    name = "มาตรการ.xlsx"
    return store.add_measures(
        agency_id, fiscal_year, read_measures(content, filename=name).measures, Upload.of(content, name)
    )


def store_samples(store: Store) -> int:
    """Store the sample files as an office's own: two years of results, and ten measures answering the newer one."""
    store_result(store, sample("ita_result_2563_example.xlsx"), "ita_result_2563_example.xlsx")
    agency_id = store_result(store, sample("ita_result_2564_example.xlsx"), "ita_result_2564_example.xlsx")
    store_measures(store, agency_id, 2564, sample("ita_measures_2565_example.xlsx"))
    return agency_id


def _packed(workbook: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
