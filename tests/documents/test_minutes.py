"""The text for the minutes: what the meeting was shown, in its order, with what was noted."""

from __future__ import annotations

from ita import meetings
from ita.documents import minutes
from ita.store import Store
from tests.documents.briefings import ON, YEAR, briefing_of, example, store_example, without_score


def test_the_minutes_say_what_the_meeting_was_shown(store: Store) -> None:
    result, below, way, measures, following = minutes.write(example(store), "th").split("\n")
    assert "ของเทศบาลตำบลบัววัฒนา: 80.84 คะแนน ระดับ B ยังไม่ผ่าน ขาดอีก 4.16 คะแนน" in result
    assert "(IIT 86.27, EIT 97.53, OIT 64.25) เพิ่มขึ้น 1.64 จากปี 2563 (79.20)" in result
    assert below.startswith("4 จาก 10 ตัวชี้วัดต่ำกว่าเกณฑ์ 85 ได้แก่ 10. การป้องกันการทุจริต (37.50), ")
    assert way.startswith("1 รายการก็ผ่าน: O42 หรือ O43 คะแนนรวม 80.84 → 85.84 ระดับ A เอกสารที่ควรเผยแพร่อยู่แล้ว")
    assert "แล้วเสร็จ 6 มาตรการที่เกินกำหนด ได้แก่ " in measures
    assert "ทำแผนป้องกันและช่องทางร้องเรียน (สำนักปลัดเทศบาล กำหนด 31 มี.ค. 2565)" in measures
    assert following.endswith("กำหนดมาตรการให้ตัวชี้วัดที่ยังไม่มี 1 ได้แก่ 2. การใช้งบประมาณ")


def test_notes_follow_in_the_order_of_the_slides(store: Store) -> None:
    agency_id = store_example(store)
    store.write_slide_note(agency_id, YEAR, "measures", "มอบกองช่าง\nรายงานเดือนหน้า")
    store.write_slide_note(agency_id, YEAR, "verdict", "รับทราบ")
    lines = minutes.write(briefing_of(store, agency_id), "th").split("\n")
    assert lines[-2:] == ["เรื่องผลคะแนน: รับทราบ", "เรื่องมาตรการ: มอบกองช่าง รายงานเดือนหน้า"]


def test_what_moved_since_the_last_meeting_is_told(store: Store) -> None:
    agency_id = store_example(store)
    briefing = briefing_of(store, agency_id)
    store.close_meeting(agency_id, YEAR, meetings.closed(ON, briefing.assessment, briefing.measures))
    assert "ตั้งแต่ประชุม" not in minutes.write(briefing_of(store, agency_id), "th")
    store.add_measures(agency_id, YEAR, [{"title": "ติดตามผล", "status": "in_progress"}])
    told = minutes.write(briefing_of(store, agency_id), "th")
    assert "ตั้งแต่ประชุมเมื่อ 20 เม.ย. 2565 มีความเคลื่อนไหว 1 เรื่อง" in told


def test_a_missing_score_is_said_and_nothing_is_made_up(store: Store) -> None:
    told = minutes.write(without_score(store, 10), "th")
    assert "ยังสรุปคะแนนรวมไม่ได้ ขาดคะแนนตัวชี้วัดที่ 10" in told
    assert "nan" not in told.lower()
    assert "→" not in told
