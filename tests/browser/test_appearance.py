"""What it looks like: our own Thai letters, the theme's colours, nothing cut off on a phone or a projector."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ita.charts import DARK, LIGHT, Palette
from ita.store import Store
from ita.text import speaker

from .dashboard import Site
from .visitor import Grid, Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser

say = speaker("th")

PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1280, "height": 720}


def fonts_of(visitor: Visitor, selector: str) -> set[str]:
    """The fonts that the glyphs of an element really come from; those that were delivered with the page."""
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"] for font in fonts if font["isCustomFont"]}


def color_of(visitor: Visitor, selector: str, attribute: str) -> str:
    color = visitor.page.locator(selector).first.evaluate(
        "(element, attribute) => getComputedStyle(element)[attribute]", attribute
    )
    red, green, blue = (int(part) for part in color.strip("rgb()").split(","))
    return f"#{red:02X}{green:02X}{blue:02X}"


def test_thai_is_drawn_with_the_font_that_comes_with_the_page(visitor: Visitor, store: Store) -> None:
    store_samples(store)
    visitor.open()
    label = ".st-key-overview-bars .annotation-text"
    expect(visitor.page.locator(label).first).to_be_attached()
    assert any("Sarabun" in font for font in fonts_of(visitor, "h1"))
    assert any("Sarabun" in font for font in fonts_of(visitor, label))
    loaded = visitor.page.evaluate(
        "[...document.fonts].filter(face => face.status == 'loaded' && face.unicodeRange.includes('U+E'))"
        ".map(face => face.family.replaceAll('\"', ''))"
    )
    assert "Sarabun" in loaded


def test_thai_letters_drawn_on_a_canvas_differ(visitor: Visitor) -> None:
    """Without a Thai font every letter is the same box."""
    visitor.open()
    drawn = visitor.page.evaluate(
        """async () => {
            await document.fonts.load("40px Sarabun", "กขฃ");
            const picture = letter => {
                const canvas = document.createElement("canvas");
                const pen = canvas.getContext("2d");
                pen.font = "40px Sarabun, sans-serif";
                pen.fillText(letter, 20, 60);
                return canvas.toDataURL();
            };
            return ["ก", "ข", "ม"].map(picture);
        }"""
    )
    assert len(set(drawn)) == 3


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_charts_wear_the_colours_of_the_theme(
    scheme: str, palette: Palette, site: Site, arrive: Callable[..., Visitor]
) -> None:
    store_samples(site.store)
    visitor = arrive(site, color_scheme=scheme)
    visitor.open()
    bars, radar = ".st-key-overview-bars", ".st-key-overview-radar"
    expect(visitor.page.locator(f"{bars} .annotation-text").first).to_be_attached()
    expect(visitor.page.locator(f"{radar} .legendtext").first).to_be_attached()
    assert color_of(visitor, "[data-testid=stApp]", "backgroundColor") == palette.surface
    assert color_of(visitor, "h1", "color") == palette.text
    assert color_of(visitor, f"{radar} .legendtext", "fill") == palette.text
    marks = {
        color_of(visitor, f"{bars} .annotation-text >> nth={place}", "fill")
        for place in range(visitor.page.locator(f"{bars} .annotation-text").count())
    }
    assert marks == {palette.text, palette.below}


def contrast(one: str, other: str) -> float:
    """How far two colours ("#1A2B3C") stand apart: from 1 to 21, as WCAG 2.2 reckons it."""

    def luminance(color: str) -> float:
        shares = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
        return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_main_buttons_say_can_be_read(scheme: str, site: Site, arrive: Callable[..., Visitor]) -> None:
    store_samples(site.store)
    visitor = arrive(site, color_scheme=scheme)
    visitor.open("/documents")
    on_the_page = "[data-testid=stBaseButton-primary]"
    expect(visitor.page.locator(on_the_page).first).to_be_visible()
    visitor.settle()
    said = {f"{on_the_page} {part}": contrast_of(visitor, on_the_page, part) for part in ("", "p")}
    visitor.open("/measures")
    visitor.press("measures.add")
    over_it = "[data-testid=stBaseButton-primaryFormSubmit]"
    expect(visitor.page.locator(over_it).first).to_be_visible()
    said |= {f"{over_it} {part}": contrast_of(visitor, over_it, part) for part in ("", "p")}
    assert {what: round(found, 2) for what, found in said.items() if found < 4.5} == {}


def contrast_of(visitor: Visitor, button: str, part: str) -> float:
    """Between a part of the first such button and the button's ground."""
    return contrast(color_of(visitor, f"{button} {part}", "color"), color_of(visitor, button, "backgroundColor"))


@pytest.mark.parametrize("path", ["/", "/indicators", "/compare", "/measures", "/path", "/rules", "/upload"])
def test_on_a_phone_no_page_is_wider_than_the_screen(path: str, site: Site, arrive: Callable[..., Visitor]) -> None:
    store_samples(site.store)
    visitor = arrive(site, viewport=PHONE)
    visitor.page.goto(site.address + path)
    expect(visitor.title).to_be_visible()
    visitor.settle()
    visitor.page.wait_for_timeout(500)
    wider = visitor.page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("[data-testid=stMain], [data-testid=stApp]")]
            .filter(element => element.scrollWidth > element.clientWidth).map(element => element.dataset.testid)"""
    )
    assert wider == []
    assert visitor.title.evaluate("title => title.getBoundingClientRect().right") <= PHONE["width"]


def test_on_a_projector_verdict_and_instruments_are_seen_at_once(site: Site, arrive: Callable[..., Visitor]) -> None:
    store_samples(site.store)
    visitor = arrive(site, viewport=PROJECTOR)
    visitor.open()
    main = visitor.page.get_by_test_id("stMain")
    expect(visitor.title).to_be_in_viewport(ratio=1)
    for score in ("86.27", "97.53", "64.25"):
        expect(main.get_by_text(score).first).to_be_in_viewport(ratio=1)
    notes = say("sentence.instrument_below", below=1, count=2, mark="85")
    expect(main.get_by_text(notes).first).to_be_in_viewport(ratio=1)


def test_the_table_of_measures_is_dark_in_the_dark(site: Site, arrive: Callable[..., Visitor]) -> None:
    store_samples(site.store)
    visitor = arrive(site, color_scheme="dark")
    visitor.open("/measures")
    expect(Grid.of(visitor, "measures.editor").rows).to_have_count(10)
    grid = visitor.control("measures.editor").locator(".stDataFrameGlideDataEditor").first
    background = grid.evaluate("grid => getComputedStyle(grid).getPropertyValue('--gdg-bg-cell')")
    assert background.strip().upper() == DARK.surface
