"""The stores that are looked at: each function fills an empty one and returns the id of the agency to show."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from ita import meetings
from ita.documents.template import write_template
from ita.store import Store
from tests.benchmarks.item_list import write_items
from tests.browser.workbooks import BUA, GOOD_SCORES, SEED_SCORES, store_result, store_samples
from tests.documents.briefings import LONGEST_NAME, YEAR, briefing_of

LONGEST_AGENCY = "เทศบาลตำบลบัววัฒนาศรีสุขสมบูรณ์พัฒนานิคมสามัคคีธรรมร่มเย็นอำเภอเมืองจังหวัดตัวอย่าง"
STEPS = "1) แต่งตั้งคณะทำงาน\n2) ประชุมซักซ้อมแนวทางปฏิบัติกับทุกกองงาน\n3) เผยแพร่ประชาสัมพันธ์และติดตามผลทุกเดือน"
STATUSES = ("not_started", "in_progress", "completed", "not_stated", "cancelled")
NOTE = "มอบกองคลังและสำนักปลัดร่วมกันจัดทำ\nรายงานความก้าวหน้าในการประชุมเดือนหน้า"


def sample(store: Store) -> int:
    """The example with its full texts: two years, ten measures."""
    return store_samples(store)


def one_measure(store: Store) -> int:
    agency_id = _result(store)
    store.add_measures(agency_id, YEAR, [_measure(10)])
    return agency_id


def no_measures(store: Store) -> int:
    return _result(store)


def sixty_measures(store: Store) -> int:
    """Sixty more than the example's, in every state."""
    agency_id = store_samples(store)
    store.add_measures(agency_id, YEAR, [_measure(number) for number in range(60)])
    return agency_id


def long_names(store: Store) -> int:
    """Names of 80 characters for the agency, its measures and who is responsible."""
    agency_id = _result(store, LONGEST_AGENCY)
    office = f"กลุ่มงานนิติการและการพาณิชย์ {LONGEST_AGENCY}"[:80]
    measures = [{**_measure(number), "title": f"{LONGEST_NAME} {number}", "responsible": office} for number in range(8)]
    store.add_measures(agency_id, YEAR, measures)
    return agency_id


def missing_indicator(store: Store) -> int:
    return _result(store, scores=(*SEED_SCORES[:9], None))


def all_passed(store: Store) -> int:
    return _result(store, scores=GOOD_SCORES)


def after_meeting(store: Store) -> int:
    """The example after a meeting was closed and a measure moved, with notes on its slides."""
    agency_id = store_samples(store)
    before = briefing_of(store, agency_id)
    store.close_meeting(
        agency_id, YEAR, meetings.closed(dt.date(2022, 3, 21), before.assessment, before.measures.iloc[:-1])
    )
    store.add_measures(agency_id, YEAR, [_measure(number) for number in range(3)])
    for slide in ("verdict", "below", "measures", "next"):
        store.write_slide_note(agency_id, YEAR, slide, NOTE)
    return agency_id


def items(store: Store) -> int:
    """A result down to its items."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.xlsx"
        write_items(path, 1)
        return store_result(store, path.read_bytes(), "ผลรายข้อ 2564.xlsx")


CASES: dict[str, Callable[[Store], int]] = {
    case.__name__: case
    for case in (
        sample,
        one_measure,
        no_measures,
        sixty_measures,
        long_names,
        missing_indicator,
        all_passed,
        after_meeting,
        items,
    )
}


def _result(store: Store, agency: str = BUA, scores: tuple[float | None, ...] = SEED_SCORES) -> int:
    return store_result(store, write_template(YEAR, agency=agency, scores=scores))


def _measure(number: int) -> dict[str, object]:
    begins = dt.date(2021 + (number % 12 < 3), 1 + (9 + number) % 12, 1)
    return {
        "indicator": 1 + number % 10,
        "title": f"{LONGEST_NAME} ครั้งที่ {number + 1}",
        "steps": STEPS,
        "responsible": "สำนักปลัดเทศบาล กองคลัง",
        "period_start": begins,
        "period_end": begins + dt.timedelta(days=89),
        "result": "" if number % 3 else "จัดประชุมแล้ว 2 ครั้ง มีผู้เข้าร่วม 45 คน และเผยแพร่รายงานการประชุมบนเว็บไซต์",
        "suggestion": "" if number % 4 else "ควรดำเนินการต่อเนื่องทุกไตรมาส",
        "status": STATUSES[number % len(STATUSES)],
    }
