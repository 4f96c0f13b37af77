"""What meetings leave behind, and a store of the version before there were any."""

from __future__ import annotations

import datetime as dt

from ita import meetings
from ita.assessment import assess
from ita.measures import with_state
from ita.store import Store
from tests.documents.briefings import YEAR, store_example

ON = dt.date(2022, 3, 1)


def closed(store: Store, agency_id: int, on: dt.date = ON) -> meetings.Meeting:
    stored = store.result(agency_id, YEAR)
    assert stored is not None
    return meetings.closed(
        on, assess(stored.scores, YEAR, stored.published), with_state(store.measures(agency_id, YEAR), on)
    )


def test_a_closed_meeting_comes_back_as_it_was(store: Store) -> None:
    agency_id = store_example(store)
    assert store.last_meeting(agency_id, YEAR) is None
    before = closed(store, agency_id)
    store.close_meeting(agency_id, YEAR, before)
    assert store.last_meeting(agency_id, YEAR) == before
    later = closed(store, agency_id, ON + dt.timedelta(days=30))
    store.close_meeting(agency_id, YEAR, later)
    assert store.last_meeting(agency_id, YEAR) == later


def test_what_has_moved_since_is_told_measure_by_measure(store: Store) -> None:
    agency_id = store_example(store)
    before = closed(store, agency_id)
    measures = store.measures(agency_id, YEAR)
    done, gone = measures[measures["status"] == "in_progress"].iloc[0], measures.iloc[0]
    store.change_measure(int(done["measure_id"]), int(done["version"]), {"status": "completed"})
    store.delete_measure(int(gone["measure_id"]), int(gone["version"]))
    store.add_measures(agency_id, YEAR, [{"title": "ใหม่", "status": "not_started"}])
    moved = meetings.moved_measures(before, with_state(store.measures(agency_id, YEAR), ON))
    told = dict(zip(moved["title"], zip(moved["before"], moved["after"], strict=True), strict=True))
    assert told == {
        done["title"]: ("in_progress", "completed"),
        gone["title"]: (gone["status"], meetings.REMOVED),
        "ใหม่": (meetings.ADDED, "not_started"),
    }


def test_a_measure_whose_end_has_passed_since_is_told_as_overdue(store: Store) -> None:
    agency_id = store_example(store)
    before = closed(store, agency_id)
    moved = meetings.moved_measures(before, with_state(store.measures(agency_id, YEAR), dt.date(2022, 4, 20)))
    assert set(moved["after"]) == {"overdue"}


def test_a_score_that_another_file_has_changed_is_told(store: Store) -> None:
    agency_id = store_example(store)
    before = closed(store, agency_id)
    stored = store.result(agency_id, YEAR)
    assert stored is not None
    scores = stored.scores.copy()
    scores.loc[scores["indicator"] == 10, "score"] = 87.5
    moved = meetings.moved_scores(before, assess(scores, YEAR))
    assert moved.to_dict("records") == [{"indicator": 10, "before": 37.5, "after": 87.5}]


def test_a_note_on_a_slide_is_kept_until_it_is_emptied(store: Store) -> None:
    agency_id = store_example(store)
    store.write_slide_note(agency_id, YEAR, "bars", "  ถามกองคลัง ")
    store.write_slide_note(agency_id, YEAR, "next", "นัดครั้งหน้า")
    store.write_slide_note(agency_id, YEAR, "bars", "ถามกองช่าง")
    assert store.slide_notes(agency_id, YEAR) == {"bars": "ถามกองช่าง", "next": "นัดครั้งหน้า"}
    store.write_slide_note(agency_id, YEAR, "next", " ")
    assert store.slide_notes(agency_id, YEAR) == {"bars": "ถามกองช่าง"}


def test_a_period_written_another_way_is_the_same_measure(store: Store) -> None:
    agency_id = store_example(store)
    measures = store.measures(agency_id, YEAR).assign(period_text=lambda rows: rows["period_text"] + " ")
    assert store.add_measures(agency_id, YEAR, measures) == []
