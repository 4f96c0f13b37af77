"""What is kept of whom is told below every page, and a person's name is removed there on request."""

from __future__ import annotations

import pytest

from ita.store import Store
from ita.store.backups import ASKED
from ita.text import speaker

from .visitor import Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser

say = speaker("th")
PERSON = "นางสมมติ ใจงาม"


def test_a_person_is_forgotten_on_request(visitor: Visitor, store: Store) -> None:
    agency_id = store_samples(store)
    [measure_id] = store.add_measures(agency_id, 2564, [{"title": f"มอบ{PERSON}ทำ", "responsible": PERSON}], by=PERSON)
    store.back_up(ASKED)
    visitor.open("/upload")  # a page that ends early has its foot all the same
    visitor.control("frame.foot").get_by_role("link").click()
    expect(visitor.title).to_have_text(say("privacy.title"))
    expect(visitor.control("frame.foot")).to_have_count(0)
    visitor.type_in("privacy.person", "นาง")
    expect(visitor.page.get_by_text(say("privacy.too_short"))).to_be_visible()
    visitor.type_in("privacy.person", "นางสาวไม่มี ใครรู้จัก")
    expect(visitor.page.get_by_text(say("privacy.nowhere"))).to_be_visible()
    expect(visitor.control("privacy.confirm")).to_have_count(0)
    visitor.type_in("privacy.person", PERSON)
    places = " · ".join(say(f"privacy.place_{kind}", count=1) for kind in ("measures", "changes"))
    expect(visitor.page.get_by_text(say("privacy.found", places=places))).to_be_visible()
    assert store.mentions(PERSON)["measures"] == 1
    expect(visitor.control("privacy.renew_backups")).to_have_text(say("privacy.renew_backups", count=1))
    visitor.press("privacy.confirm")
    expect(visitor.page.get_by_text(say("privacy.forgotten", places=places))).to_contain_text(
        say("privacy.renewed", count=1)
    )
    assert store.backups is not None
    [renewed] = store.backups.listed()["name"]
    assert PERSON.encode() not in store.backups.path(renewed).read_bytes()
    assert not any(store.mentions(PERSON).values())
    left = store.measures(agency_id, 2564).set_index("measure_id").loc[measure_id]
    assert left["responsible"] == say("privacy.mark")
    assert say("privacy.mark") in left["title"]
    visitor.go("measures")
    assert PERSON not in visitor.text
    assert say("privacy.mark") in visitor.page.content()
