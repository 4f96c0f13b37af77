"""Signing in at a real provider: who comes in, where they land, what they see, what they may write."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ita.store import Store
from ita.text import speaker
from tests.signed_in import write_secrets

from .dashboard import Site, running
from .provider import Provider, providing, sign_in
from .visitor import Grid, Visitor, expect
from .workbooks import BUA, GOOD_SCORES, result_file, store_result, store_samples

pytestmark = pytest.mark.browser

say = speaker("th")
OTHER = "เทศบาลเมืองใหม่"
READER, CLERK, CHIEF = "reader@example.org", "clerk@example.org", "chief@example.org"
OF_BUA, OF_OTHER = "bua@example.org", "mai@example.org"
ACCESS = {
    "viewers": [READER],
    "editors": [CLERK, OF_BUA, OF_OTHER],
    "admins": [CHIEF],
    "agencies": {OF_BUA: [BUA], OF_OTHER: [OTHER]},
}


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with providing(tmp_path_factory.mktemp("provider")) as provider:
        yield provider


@pytest.fixture(scope="module")
def _module_site(browser: object, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """In the place of the open dashboard that other files test."""
    scratch = tmp_path_factory.mktemp("site")
    write_secrets(scratch, {"auth": provider.settings(), "access": ACCESS})
    with running(scratch) as site:
        yield site


@pytest.fixture
def come(site: Site, provider: Provider, arrive: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Call it with an e-mail and an address for a visitor who opens that and signs in."""

    def coming(email: str, path: str = "/", **how: object) -> Visitor:
        visitor = arrive(site)
        visitor.neighbours = (provider.address,)
        visitor.open(path)
        sign_in(visitor, provider, email, **how)
        return visitor

    return coming


def test_a_cold_deep_link_leads_through_the_gate_to_the_page_that_was_asked_for(
    site: Site, provider: Provider, arrive: Callable[..., Visitor]
) -> None:
    store_samples(site.store)
    visitor = arrive(site)
    visitor.neighbours = (provider.address,)
    visitor.open("/measures?year=2564&status=completed")
    expect(visitor.title).to_have_text(say("access.title_nobody"))
    assert BUA not in visitor.text
    expect(visitor.page.get_by_test_id("stTopNavLink")).to_have_count(0)
    sign_in(visitor, provider, CLERK.upper())
    visitor.page.wait_for_url("**/measures?*")
    visitor.await_query(status="completed")
    expect(visitor.title).to_contain_text("มาตรการ")
    visitor.press("frame.person")
    expect(visitor.page.get_by_text(CLERK)).to_be_visible()
    expect(visitor.page.get_by_text(say("access.role_editor"))).to_be_visible()
    visitor.page.locator(".st-key-frame-sign_out button").click()
    expect(visitor.title).to_have_text(say("access.title_nobody"))
    assert BUA not in visitor.text


@pytest.mark.parametrize(
    ("email", "verified", "reason"),
    [("stranger@example.org", True, "outside"), (CHIEF, False, "unverified")],
)
def test_who_is_not_on_the_list_or_not_verified_is_told_so_and_can_leave(
    email: str, verified: bool, reason: str, site: Site, come: Callable[..., Visitor]
) -> None:
    store_samples(site.store)
    visitor = come(email, "/measures", verified=verified)
    expect(visitor.title).to_have_text(say(f"access.title_{reason}"))
    expect(visitor.page.get_by_text(email)).to_be_visible()
    assert BUA not in visitor.text
    visitor.press("gate.sign_out")
    expect(visitor.title).to_have_text(say("access.title_nobody"))


def test_a_reader_sees_everything_and_nothing_to_change_it_with(site: Site, come: Callable[..., Visitor]) -> None:
    store_samples(site.store)
    visitor = come(READER, "/measures")
    Grid.of(visitor, "measures.table").await_rows(10)
    expect(visitor.page.get_by_text(say("access.reader"))).to_be_visible()
    for key in ("measures.editor", "measures.add"):
        expect(visitor.control(key)).to_have_count(0)
    visitor.open("/measures?view=board")
    card = visitor.page.locator("[class*='st-key-measures-card-']").first
    expect(card.get_by_role("button")).to_have_count(1)
    card.get_by_role("button", name=say("measures.open_card")).click()
    sheet = visitor.page.get_by_role("dialog")
    for name in ("indicator", "status", "steps"):
        expect(sheet.get_by_text(say(f"column.{name}"), exact=True)).to_be_visible()
    expect(sheet.get_by_text(say("measures.sheet_history", count=1))).to_be_visible()
    expect(visitor.control("measures.sheet_save")).to_have_count(0)
    visitor.page.keyboard.press("Escape")
    visitor.go("path")
    expect(visitor.page.get_by_text(say("access.reader"))).to_be_visible()
    expect(visitor.control("path.failed")).to_have_count(0)
    expect(visitor.page.get_by_text(say("path.make"))).to_have_count(0)
    visitor.open("/upload")
    expect(visitor.page.get_by_text(say("access.reader"))).to_be_visible()
    expect(visitor.control("upload.file")).to_have_count(0)
    links = visitor.page.get_by_test_id("stTopNavLink")
    expect(links.filter(has_text=say("measures.page"))).to_be_visible()
    expect(links.filter(has_text=say("upload.page"))).to_have_count(0)
    visitor.open("/meeting")
    expect(visitor.control("meeting.next")).to_be_visible()
    expect(visitor.control("meeting.closing")).to_have_count(0)


def test_a_sign_in_that_runs_out_saves_nothing_more_and_comes_back_to_the_same_page(
    store: Store, provider: Provider, come: Callable[..., Visitor]
) -> None:
    agency_id = store_samples(store)
    seconds = 20
    visitor = come(CLERK, "/measures", hours_ago=12 - seconds / 3600)
    begun = time.monotonic()
    grid = Grid.of(visitor, "measures.editor")
    grid.await_rows(10)
    grid.edit("ผู้รับผิดชอบ", 0, "กองช่าง")
    visitor.await_that(lambda: "กองช่าง" in set(store.measures(agency_id, 2564)["responsible"]))
    newest = store.measure_changes(agency_id, 2564).iloc[0]
    assert (newest["changed_by"], newest["after"]) == (CLERK, "กองช่าง")
    visitor.page.wait_for_timeout(max(0, seconds + 1 - (time.monotonic() - begun)) * 1000)
    grid.edit("ผู้รับผิดชอบ", 1, "กองคลังใหม่")
    expect(visitor.title).to_have_text(say("access.title_expired"))
    expect(visitor.page.get_by_text("สิ่งที่เพิ่งพิมพ์หรือกดยังไม่ได้บันทึก")).to_be_visible()
    assert "กองคลังใหม่" not in set(store.measures(agency_id, 2564)["responsible"])
    sign_in(visitor, provider, CLERK)
    visitor.page.wait_for_url("**/measures*")
    grid.await_rows(10)
    assert "กองช่าง" in grid.column("ผู้รับผิดชอบ")


def test_two_people_of_two_agencies_see_nothing_of_each_other(
    store: Store, come: Callable[..., Visitor], tmp_path: Path
) -> None:
    """All that is kept between runs is shared by both: whatever one looks at is there already when the other asks."""
    bua = store_samples(store)
    other = store_result(store, result_file(OTHER, scores=GOOD_SCORES))
    one, two = come(OF_BUA, "/compare?year=2564"), come(OF_OTHER, f"/compare?year=2564&agency={bua}")
    expect(one.control("frame.agency").locator("input")).to_have_value(BUA)
    expect(two.control("frame.agency").locator("input")).to_have_value(OTHER)
    two.await_query(agency=str(other))
    for visitor, theirs in ((one, OTHER), (two, BUA)):
        expect(visitor.page.get_by_text(say("compare.alone"))).to_be_visible()
        visitor.control("frame.agency").locator("input").click()
        expect(visitor.page.get_by_role("option")).to_have_count(1)
        visitor.page.keyboard.press("Escape")
        assert theirs not in visitor.text
    for page in ("", "indicators", "measures", "path", "documents"):
        two.open(f"/{page}?agency={bua}&year=2564")
        expect(two.control("frame.agency").locator("input")).to_have_value(OTHER)
        assert BUA not in two.text
        assert "80.84" not in two.text
    two.go("indicators")
    assert BUA.encode() not in two.download("indicators.csv", tmp_path)
    one.go("upload")
    one.hand_in(result_file(OTHER, fiscal_year=2565))
    expect(one.page.get_by_text("ไม่ได้: ").filter(has_text=OTHER)).to_be_visible()
    expect(one.control("upload.confirm")).to_have_count(0)
    one.hand_in(result_file(fiscal_year=2565, scores=GOOD_SCORES))
    expect(one.control("upload.confirm")).to_be_visible()
    two.open("/upload")
    expect(two.control("upload.template")).to_be_visible()
    expect(two.control("upload.confirm")).to_have_count(0)
    assert BUA not in two.text
    one.press("upload.confirm")
    expect(one.title).to_contain_text("97.72")
    assert store.history(bua, 2565)["uploaded_by"].tolist() == [OF_BUA]
    two.reload()
    assert BUA not in two.text


def test_reached_from_elsewhere_without_sign_in_it_can_be_read_and_not_changed(
    browser: object, tmp_path: Path, arrive: Callable[..., Visitor]
) -> None:
    with running(tmp_path, bound_to="0.0.0.0") as site:
        store_samples(site.store)
        visitor = arrive(site)
        visitor.open("/measures")
        Grid.of(visitor, "measures.table").await_rows(10)
        expect(visitor.page.get_by_text("Sharing it safely")).to_be_visible()
        expect(visitor.control("measures.add")).to_have_count(0)
        visitor.open("/upload")
        expect(visitor.page.get_by_text("Sharing it safely")).to_be_visible()
        expect(visitor.control("upload.file")).to_have_count(0)
