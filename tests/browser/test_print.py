"""The pages on paper: whole, no wider than the sheet, light, and without what only a screen needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ita.charts import LIGHT
from ita.rulebooks import rulebook
from ita.store import Store, Upload
from ita.text import speaker

from .dashboard import Site
from .visitor import Visitor, expect
from .workbooks import BUA, result_file, store_samples

pytestmark = pytest.mark.browser

say = speaker("th")

UPRIGHT, LYING = {"width": 703, "height": 1031}, {"width": 1031, "height": 703}
"""The sheet without its margins, in pixels."""
CHROME = ".stAppHeader, .st-key-frame-row, .stDownloadButton, .stButton, .stFileUploader, .stDataFrame, .stPopover"
READY = {
    "/": ".st-key-overview-radar .main-svg",
    "/indicators": ".st-key-indicators-table canvas",
    "/compare": ".st-key-compare-years_bars .main-svg",
    "/measures": ".st-key-measures-editor canvas",
    "/path": ".st-key-path-rise_bars .main-svg",
    "/rules": ".st-key-rules-levels canvas",
    "/documents": ".st-key-documents-word button",
    "/upload": ".st-key-upload-file button",
    "/meeting?slide=3": ".ita-web img",
}


def on_paper(visitor: Visitor, path: str, sheet: dict[str, int] = UPRIGHT) -> None:
    """Open a page and lay it on a sheet as the browser does after Ctrl+P: drawn for the screen, then set for paper."""
    visitor.open(path)
    expect(visitor.page.locator(READY[path]).first).to_be_visible()
    lay(visitor, sheet)


def lay(visitor: Visitor, sheet: dict[str, int]) -> None:
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")
    visitor.page.set_viewport_size(sheet)  # type: ignore[arg-type]


def cut(visitor: Visitor) -> list[str]:
    """What reaches over the right edge of the sheet, or is hidden in a box that scrolls."""
    found: list[str] = visitor.page.evaluate(
        """() => [...document.querySelectorAll(".stApp *")]
            .filter(element => element.checkVisibility({visibilityProperty: true}) && !element.closest("svg svg, defs"))
            .filter(element => {
                const box = element.getBoundingClientRect();
                const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowY);
                return box.width && box.right > innerWidth + 1 && !element.closest("g")
                    || scrolls && element.scrollHeight > element.clientHeight + 1;
            }).map(element => `${element.tagName} ${element.className.baseVal ?? element.className}`)"""
    )
    return found


@pytest.mark.parametrize("path", READY)
def test_nothing_is_cut_and_no_control_is_printed(path: str, visitor: Visitor, store: Store) -> None:
    store_samples(store)
    on_paper(visitor, path, LYING if path.startswith(("/measures", "/meeting")) else UPRIGHT)
    assert cut(visitor) == []
    assert visitor.page.locator(CHROME).filter(visible=True).count() == 0


@pytest.mark.parametrize("path", ["/", "/indicators", "/measures", "/documents", "/meeting?slide=3"])
def test_the_paper_says_whose_result_of_which_year_from_which_file(path: str, visitor: Visitor, store: Store) -> None:
    store_samples(store)
    on_paper(visitor, path)
    expect(visitor.page.get_by_text(f"{BUA} · {say('frame.of_year', year=2564)}").filter(visible=True)).to_have_count(1)
    expect(visitor.page.get_by_text("ita_result_2564_example.xlsx").filter(visible=True).first).to_be_visible()


def test_all_ten_indicators_are_on_the_paper(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    on_paper(visitor, "/indicators")
    rows = visitor.page.locator("table.ita-paper tbody tr").filter(visible=True)
    expect(rows).to_have_count(10)
    for indicator, row in zip(rulebook(2564).indicators, rows.all(), strict=True):
        expect(row).to_contain_text(indicator.name["th"])


def test_sixty_measures_are_all_on_the_paper(visitor: Visitor, store: Store) -> None:
    agency = store_samples(store)
    more = [
        {"indicator": 1 + number % 10, "title": f"มาตรการเพิ่มเติม {number}", "steps": "ขั้นตอนที่ต้องทำ " * 12}
        for number in range(50)
    ]
    store.add_measures(agency, 2564, more, Upload.of(b"more", "more.xlsx"))
    on_paper(visitor, "/measures", LYING)
    titles = store.measures(agency, 2564)["title"]
    assert len(titles) == 60
    shown = visitor.page.locator("table.ita-wide").inner_text()
    assert [title for title in titles if title not in shown] == []
    assert cut(visitor) == []


def test_a_file_is_printed_as_it_was_understood(visitor: Visitor, store: Store) -> None:
    visitor.open("/upload")
    visitor.hand_in(result_file(), "ผลปี64.xlsx")
    expect(visitor.control("upload.confirm").get_by_role("button")).to_be_visible()
    lay(visitor, UPRIGHT)
    expect(visitor.page.locator("table.ita-paper tbody tr").filter(has_text="37.50")).to_be_visible()
    expect(visitor.page.get_by_text("ผลปี64.xlsx ·")).to_be_visible()
    assert cut(visitor) == []


def test_a_dark_screen_prints_dark_on_white(site: Site, arrive: Callable[..., Visitor]) -> None:
    store_samples(site.store)
    visitor = arrive(site, color_scheme="dark")
    on_paper(visitor, "/")
    painted = visitor.page.evaluate(
        """() => [...document.querySelectorAll(".stMain p, .stMain h1, .stMain text, .stMain tspan")]
            .filter(element => element.checkVisibility())
            .map(element => getComputedStyle(element)[element.closest("svg") ? "fill" : "color"])"""
    )
    darkness = {color: sum(map(int, color.removeprefix("rgb(").removesuffix(")").split(","))) for color in painted}
    assert LIGHT.text == "#1B2430"
    assert "rgb(27, 36, 48)" in darkness
    assert [color for color, brightness in darkness.items() if brightness > 400] == []
    backgrounds = "[document.body, document.querySelector('.stApp')].map(box => getComputedStyle(box).backgroundColor)"
    assert set(visitor.page.evaluate(backgrounds)) == {"rgba(0, 0, 0, 0)"}


def test_on_the_screen_the_paper_does_not_show(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open("/indicators")
    expect(visitor.page.locator("table.ita-paper")).to_be_attached()
    expect(visitor.page.locator(".ita-paper").filter(visible=True)).to_have_count(0)
