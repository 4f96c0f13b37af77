"""The page of imports beside measures that are kept: what changes is shown, chosen and told."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from streamlit.testing.v1 import AppTest

from ita.store import Store
from ita.text import speaker
from tests.browser.workbooks import measures_file, store_measures, store_samples
from tests.test_pages import said, shown, store, words

__all__ = ["store"]

say = speaker("th")
ASSETS = {"title": "4. การใช้ทรัพย์สินของราชการ - ทำทะเบียน", "responsible": "กองคลัง", "result_text": "ร่างแล้ว"}
MEETING = {"title": "1. การปฏิบัติหน้าที่ - ประชุม", "responsible": "สำนักปลัดเทศบาล", "result_text": "ประชุมแล้ว"}
DONE = {**ASSETS, "result_text": "ประกาศแล้ว", "percent": "100%", "budget": "ไม่ใช้งบประมาณ"}


@pytest.fixture
def agency_id(store: Store) -> int:
    """An office with a result and two measures."""
    agency_id = store_samples(store)
    for measure in store.measures(agency_id, 2564).itertuples():
        store.delete_measure(int(measure.measure_id), int(measure.version))
    store_measures(store, agency_id, 2564, measures_file(ASSETS, MEETING))
    return agency_id


def handed_in(*measures: Mapping[str, str]) -> AppTest:
    app = shown("upload")
    file = "มาตรการใหม่.xlsx", measures_file(*measures), "application/octet-stream"
    app.file_uploader(key="upload.file").set_value(file).run()
    assert not app.exception
    return app


def confirmed(app: AppTest) -> str:
    """What the page says after the file is confirmed."""
    app.button(key="upload.confirm").click().run()
    assert not app.exception
    return "\n".join(str(toast.value) for toast in app.toast)


def without(app: AppTest, *rows: int) -> None:
    """Untick these lines of the changes."""
    ids = [table.proto.id for table in app.dataframe]
    (key,) = (name[name.index("upload.merge") :] for name in ids if "upload.merge" in name)
    edits = {str(row): {"take": False} for row in rows}
    app.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    app.run()
    assert not app.exception


def results(store: Store, agency_id: int) -> dict[str, str]:
    measures = store.measures(agency_id, 2564)
    return dict(zip(measures["title"], measures["result"], strict=True))


def test_what_a_file_would_do_is_said_first_and_told_when_it_is_done(store: Store, agency_id: int) -> None:
    app = handed_in(DONE, MEETING, {"title": "10. การป้องกันการทุจริต - เผยแพร่", "responsible": "กองคลัง"})
    assert say("upload.merge", what="เพิ่ม 1 · เปลี่ยน 1 · เหมือนเดิม 1") in words(app)
    assert len(store.measures(agency_id, 2564)) == 2
    assert say("upload.merged", what="เพิ่ม 1 · เปลี่ยน 1") in confirmed(app)
    row = store.measures(agency_id, 2564).set_index("indicator").loc[4]
    assert (row["result"], row["percent"], row["budget"], row["version"]) == ("ประกาศแล้ว", 100, 0, 2)


def test_a_change_that_is_unticked_is_not_made(store: Store, agency_id: int) -> None:
    app = handed_in(DONE)
    without(app, 0)
    confirmed(app)
    row = store.measures(agency_id, 2564).set_index("indicator").loc[4]
    assert (row["result"], row["percent"]) == ("ร่างแล้ว", 100)


def test_the_same_file_again_changes_nothing(store: Store, agency_id: int) -> None:
    before = store.revision()
    app = handed_in(ASSETS, MEETING)
    assert say("upload.merge", what="เหมือนเดิม 2") in words(app)
    assert say("upload.nothing_new") in confirmed(app)
    assert store.revision() == before


def test_what_somebody_changed_while_it_was_looked_at_is_told_and_kept(store: Store, agency_id: int) -> None:
    app = handed_in(DONE, {**MEETING, "result_text": "ประชุมสองครั้ง"})
    first = store.measures(agency_id, 2564).set_index("indicator").loc[4]
    store.change_measure(int(first["measure_id"]), 1, {"result": "แก้โดยคนอื่น"})
    told = confirmed(app)
    assert say("upload.merged", what="เปลี่ยน 1") in told
    warning = said("\n".join(str(one.value) for one in app.warning))
    assert re.search("ยังไม่ได้บันทึก 1 มาตรการ.*ทำทะเบียน", warning)
    assert results(store, agency_id) == {"ทำทะเบียน": "แก้โดยคนอื่น", "ประชุม": "ประชุมสองครั้ง"}
    assert say("upload.merge", what="เปลี่ยน 1 · เหมือนเดิม 1") in words(app)
    confirmed(app)
    assert results(store, agency_id)["ทำทะเบียน"] == "ประกาศแล้ว"
