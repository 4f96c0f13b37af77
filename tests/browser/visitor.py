"""A visitor with a browser: opens pages, uses controls by their keys, notices what a person would complain about."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from ita.text import speaker
from tests.lacking import lacking

try:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect
    from playwright.sync_api import TimeoutError as PlaywrightTimeout
except ImportError:
    lacking("playwright")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OFFICE_SCREEN = {"width": 1366, "height": 1700}
"""Wide as an office PC, tall enough that nothing has to be scrolled to."""
PATIENCE_MS = 20_000
SETTLING_MS = 500
TYPING_MS = 25
HEADER = 38
"""Pixels that the headings of a grid take."""
RUN_OVER = '[data-testid="stApp"][data-test-script-state="notRunning"]'

expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str:
    """The installed Chromium; without one the test is skipped, or fails where CI=true."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or lacking("chromium")


@dataclass(eq=False)
class Visitor:
    """One visitor in a browser profile of their own. `complaints` fills with errors and calls to other hosts."""

    address: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    neighbours: tuple[str, ...] = ()
    """Other hosts that the visitor is sent to on purpose."""

    @classmethod
    def arriving(cls, browser: Browser, address: str, **profile: object) -> Visitor:
        """A visitor with an empty profile; `profile` are options of a browser context (viewport, color_scheme)."""
        context = browser.new_context(**{"viewport": OFFICE_SCREEN, "accept_downloads": True, **profile})  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        visitor = cls(address, context, page)
        page.on("console", visitor._hear)
        page.on("pageerror", lambda error: visitor.complaints.append(f"page error: {error}"))
        page.on("dialog", lambda dialog: (visitor.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("request", visitor._watch)
        return visitor

    def leave(self) -> None:
        self.context.close()

    def open(self, path: str = "/") -> None:
        """Go to an address of the app as a bookmark does, and wait until its page stands."""
        self.page.goto(self.address + path)
        self.settle()

    def reload(self) -> None:
        self.page.reload()
        self.settle()

    def settle(self) -> None:
        """Wait until the frame stands, or a meeting that hides it, and the script is over."""
        stands = self.page.locator(".st-key-frame-language, .st-key-meeting-bar").filter(visible=True)
        expect(stands.first).to_be_visible()
        self.page.wait_for_selector(RUN_OVER)

    def control(self, key: str) -> Locator:
        """What Streamlit draws for a key."""
        return self.page.locator(f".st-key-{key.replace('.', '-')}")

    def press(self, key: str) -> None:
        """Press the button of a key."""
        self.control(key).get_by_role("button").first.click()

    def switch(self, key: str) -> None:
        """Turn a toggle."""
        self.control(key).locator("label").first.click()

    def pick(self, key: str, option: str) -> None:
        """Choose an option of a select box by a part of its text; where a new run shuts the list, open it again."""
        choice = self.page.get_by_role("option").filter(has_text=option).first
        for _attempt in range(3):
            self.control(key).locator("input").click()
            try:
                choice.click(timeout=PATIENCE_MS / 3)
            except PlaywrightTimeout:
                continue
            return
        raise AssertionError(f"{key} does not offer {option}")

    def search(self, key: str, option: str) -> None:
        """Choose an option of a long list by typing a part of its text."""
        self.control(key).locator("input").fill(option)
        first = self.page.get_by_role("option").first
        expect(first).to_contain_text(option)  # Clicked any earlier, the list moves under the pointer.
        first.click()
        self.page.keyboard.press("Escape")
        self.settle()

    def type_in(self, key: str, text: str) -> None:
        """Type into a text field and leave it."""
        entry = self.control(key).locator("input, textarea").first
        entry.fill(text)
        entry.press("Tab")

    def await_that(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something holds that the page does not show: the grid shows what is typed before it is stored."""
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, f"not within {seconds:g} seconds"
            self.page.wait_for_timeout(100)

    def speak(self, language: str) -> None:
        """Choose a language in the frame: "th" or "en"."""
        self.control("frame.language").get_by_text(speaker(language)("frame.language_short")).click()

    def go(self, page: str) -> None:
        """Change the page by the navigation at the top; "" is the overview."""
        links = self.page.get_by_test_id("stTopNavLink")
        places = links.evaluate_all("links => links.map(link => new URL(link.href).pathname.slice(1))")
        links.nth(places.index(page)).click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == f"/{page}")
        self.settle()

    def hand_in(self, content: bytes, name: str = "ผลคะแนน.xlsx") -> None:
        """Choose a file on the upload page."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.control("upload.file").locator('input[type="file"]').set_input_files(file)  # type: ignore[arg-type]

    def download(self, key: str, folder: Path) -> bytes:
        """Press a download button; the file as it lies on the disk afterwards."""
        with self.page.expect_download() as coming:
            self.press(key)
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path.read_bytes()

    @property
    def query(self) -> dict[str, str]:
        """The choices in the address bar."""
        return _choices(self.page.url)

    def await_query(self, **chosen: str) -> None:
        """Wait until these choices are in the address bar: a run puts them there at its end."""
        self.page.wait_for_url(lambda url: chosen.items() <= _choices(url).items())

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=1).first

    @property
    def text(self) -> str:
        """All text of the page, also of its tables."""
        return str(self.page.locator('[data-testid="stApp"]').text_content())

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.address, *self.neighbours, "data:", "blob:")):
            self.complaints.append(f"request to {request.url}")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on the screen. It is drawn on a canvas; beside it stands the same as a table for screen readers."""

    visitor: Visitor
    place: Locator

    @classmethod
    def of(cls, visitor: Visitor, key: str) -> Grid:
        """The grid of a key, or of the key with a number after it: the editor counts how often it began anew."""
        return cls(visitor, visitor.page.locator(f"[class*='st-key-{key.replace('.', '-')}']"))

    def await_rows(self, count: int) -> None:
        """Wait until the grid has so many rows and is ready to be typed into: it is built anew as its font arrives."""
        expect(self.rows).to_have_count(count)
        self.visitor.page.evaluate("document.fonts.ready")
        self.visitor.page.wait_for_timeout(SETTLING_MS)

    @property
    def rows(self) -> Locator:
        return self.place.locator("tbody tr")

    def heading(self, text: str) -> Locator:
        return self.place.locator("thead th").filter(has_text=text)

    def cell(self, heading: str, row: int) -> Locator:
        """A cell, found by its column's number: which columns are drawn changes as the grid scrolls sideways."""
        column = self.heading(heading).get_attribute("aria-colindex")
        return self.rows.nth(row).locator(f'td[aria-colindex="{column}"]')

    def column(self, heading: str) -> list[str]:
        """The cells under a heading, from the top."""
        column = self.heading(heading).get_attribute("aria-colindex")
        return [cell.strip() for cell in self.rows.locator(f'td[aria-colindex="{column}"]').all_text_contents()]

    def stand_on(self, heading: str, row: int) -> Locator:
        """Move the grid's cursor to a cell, as the arrow keys do."""
        cell = self.cell(heading, row)
        self.place.locator("canvas").first.focus()
        cell.focus()
        expect(cell).to_have_attribute("aria-selected", "true")
        return cell

    def edit(self, heading: str, row: int, text: str) -> None:
        """Type over a cell with the keyboard; in a column of choices this looks for the choice and takes it."""
        self.stand_on(heading, row)
        self.visitor.page.keyboard.press("Enter")
        self._type_over(text)

    def edit_by_mouse(self, heading: str, row: int, text: str) -> None:
        """The same, beginning with a double click on the cell."""
        self.stand_on(heading, row)
        page = self.visitor.page
        page.keyboard.press("Enter")
        opened = page.locator("#portal [targetx]")
        x, y = (float(str(opened.get_attribute(f"target{axis}"))) for axis in "xy")
        page.keyboard.press("Escape")
        expect(opened).to_have_count(0)
        page.mouse.dblclick(x + 20, y + 20)
        self._type_over(text)

    def mark(self, row: int) -> None:
        """Tick the box before a row."""
        expect(self.rows).not_to_have_count(0)
        box = self.place.locator("canvas").first.bounding_box()
        assert box is not None
        height = (box["height"] - HEADER) / self.rows.count()
        self.visitor.page.mouse.click(box["x"] + 15, box["y"] + HEADER + height * (row + 0.5))

    def select_row(self, row: int) -> None:
        """Tick the box of a row for what is done to several at once."""
        self.stand_on(speaker("th")("measures.select"), row)
        self.visitor.page.keyboard.press("Space")

    def _type_over(self, text: str) -> None:
        page = self.visitor.page
        entry = page.locator("#portal input, #portal textarea").first
        expect(entry).to_be_focused()
        page.keyboard.press("Control+a")
        # As fast as hands, not faster: the grid may drop what is finished in the very moment it was begun.
        page.keyboard.type(text, delay=TYPING_MS)
        option = page.locator("#portal").get_by_role("option")
        if entry.get_attribute("role") == "combobox":
            expect(option).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator("#portal [targetx]")).to_have_count(0)


def _choices(url: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}
