"""Two servers of the dashboard on one PostgreSQL behind nginx: a visitor notices nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from ita.store import open_store
from ita.text import speaker
from tests.cluster import COOKIE, DEPLOYED, Cluster, Passed, cluster
from tests.databases import empty_database
from tests.signed_in import write_secrets

from .provider import Provider, providing, sign_in
from .visitor import Grid, Visitor, expect
from .workbooks import result_file, store_samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

say = speaker("th")
CLERK = "clerk@example.org"
TITLE = say("column.title")


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with empty_database("postgresql", tmp_path_factory.mktemp("database")) as url:
        yield url


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with providing(tmp_path_factory.mktemp("provider")) as provider:
        yield provider


@pytest.fixture(scope="module")
def together(
    browser: Browser, database_url: str, provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    scratch = tmp_path_factory.mktemp("cluster")

    def let_in(address: str) -> None:
        settings = provider.settings() | {"redirect_uri": f"{address}/oauth2callback"}
        write_secrets(scratch, {"auth": settings, "access": {"editors": [CLERK]}})

    with cluster(scratch, database_url, prepare=let_in) as servers:
        yield servers


@pytest.fixture
def arrive_at(browser: Browser, together: Cluster, provider: Provider) -> Iterator[Callable[[int], Visitor]]:
    """Call it with the number of a server for a visitor who signs in, and whom nginx brings there."""
    visitors: list[Visitor] = []

    def arriving(number: int) -> Visitor:
        visitor = Visitor.arriving(browser, together.address)
        place = together.place_at(together.servers[number])
        visitor.context.add_cookies([{"name": COOKIE, "value": place, "url": together.address}])
        visitors.append(visitor)
        visitor.neighbours = (provider.address,)
        visitor.open()
        sign_in(visitor, provider, CLERK)
        return visitor

    yield arriving
    for visitor in visitors:
        visitor.leave()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def test_what_is_saved_through_one_server_is_seen_through_the_other_at_once(
    database_url: str, together: Cluster, arrive_at: Callable[[int], Visitor]
) -> None:
    one, other = arrive_at(0), arrive_at(1)
    one.open("/upload")
    one.hand_in(result_file())
    one.press("upload.confirm")
    expect(one.title).to_contain_text("80.84")
    other.go("")
    expect(other.title).to_contain_text("80.84")

    store = open_store(database_url)
    agency_id = store_samples(store)
    for visitor in (one, other):
        visitor.open("/measures")
        Grid.of(visitor, "measures.editor").await_rows(10)
    Grid.of(one, "measures.editor").edit(TITLE, 0, "ของคนแรก")
    one.await_that(lambda: store.measures(agency_id, 2564)["title"].tolist()[0] == "ของคนแรก")
    Grid.of(other, "measures.editor").edit(TITLE, 0, "ของคนที่สอง")
    expect(other.page.get_by_text(f"{TITLE}: ของคนแรก")).to_be_visible()
    other.press("measures.stale_stored.0")
    expect(Grid.of(other, "measures.editor").cell(TITLE, 0)).to_have_text("ของคนแรก")
    store.close()

    for visitor, server in ((one, together.servers[0]), (other, together.servers[1])):
        (cookie,) = (cookie for cookie in visitor.context.cookies() if cookie["name"] == COOKIE)
        assert {passed.ports for passed in together.passed_for(cookie["value"])} == {(server.port,)}
    assert any(passed.request.startswith("PUT /_stcore/upload_file") for passed in together.passed())


def test_the_composition_has_the_very_servers_that_nginx_knows() -> None:
    known = re.findall(r"server (\S+):8501;", DEPLOYED.read_text(encoding="utf-8"))
    assert len(known) >= 2
    composed = DEPLOYED.with_name("compose.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^  (\S+): \*app$", composed, re.MULTILINE) == known


def test_a_newcomer_is_given_a_place_and_keeps_it(together: Cluster, browser: Browser) -> None:
    visitor = Visitor.arriving(browser, together.address)
    visitor.open("/rules")
    (cookie,) = (cookie for cookie in visitor.context.cookies() if cookie["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    visitor.reload()
    assert [again for again in visitor.context.cookies() if again["name"] == COOKIE] == [cookie]
    visitor.page.goto("about:blank")
    sockets = [Passed(cookie["value"], (server.port,), 101, "GET /_stcore/stream") for server in together.servers]
    visitor.await_that(lambda: any(socket in together.passed() for socket in sockets))
    assert len({passed.ports for passed in together.passed_for(cookie["value"])}) == 1
    visitor.leave()
    assert visitor.complaints == []


def test_when_a_server_is_gone_its_visitors_are_served_by_the_other(together: Cluster) -> None:
    gone, left = together.servers
    place = together.place_at(gone)
    gone.process.kill()
    gone.process.wait()

    assert together.ask("/", place) == Passed(place, (gone.port, left.port), 200, "GET /")
