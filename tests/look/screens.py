"""Screens as visitors see them: every page and every slide of the meeting, on an office PC, a projector and a phone."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ita.slides import slides
from ita.text import speaker
from tests.browser.dashboard import Site, running
from tests.documents.briefings import briefing_of

from .cases import CASES

PAGES = ("", "indicators", "compare", "measures", "path", "documents", "upload", "history", "rules")
SETTLING_MS = 700
"""Charts and tables are drawn after the page stands."""


@dataclass(frozen=True, slots=True)
class Look:
    """A screen, a theme and a language."""

    width: int
    height: int
    scheme: str
    language: str

    def __str__(self) -> str:
        return f"{self.width}x{self.height}-{self.scheme}-{self.language}"


OFFICE, PROJECTOR = Look(1280, 720, "light", "th"), Look(1920, 1080, "dark", "en")
PHONE, TALL = Look(390, 844, "dark", "th"), Look(1280, 2600, "light", "en")
EVERY = (OFFICE, PROJECTOR, PHONE, Look(390, 3600, "light", "th"), TALL)
"""Each page under each of these; the tall ones show what is scrolled to."""
FOR_CASE = {"sample": EVERY, "long_names": (OFFICE, PHONE), "sixty_measures": (OFFICE,)}
MEETINGS = {
    "sample": (OFFICE, Look(1920, 1080, "light", "th"), PROJECTOR, PHONE),
    "sixty_measures": (OFFICE,),
    "long_names": (OFFICE, Look(1920, 1080, "light", "th")),
    "missing_indicator": (OFFICE,),
    "after_meeting": (OFFICE,),
}
"""A table that goes on over many slides is seen on its first and its last."""


def write(folder: Path, scratch: Path) -> None:
    """A picture in `folder` of every screen."""
    if shutil.which("chromium") is None and shutil.which("chromium-browser") is None:
        print("chromium not found: there are no pictures of screens.")
        return
    from playwright.sync_api import sync_playwright

    from tests.browser.visitor import FLAGS, chromium_path

    with running(scratch) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        for look in EVERY:
            _pages(browser, site, "empty", look, folder, PAGES[:1] + PAGES[-1:])
        for case, fill in CASES.items():
            site.forget_everything()
            agency_id = fill(site.store)
            for look in FOR_CASE.get(case, ()):
                _pages(browser, site, case, look, folder, PAGES)
            for look in MEETINGS.get(case, ()):
                paths = list(_slides(site, agency_id, look.language))
                _pages(browser, site, case, look, folder, paths)
        browser.close()


def _slides(site: Site, agency_id: int, language: str) -> Iterator[str]:
    briefing = briefing_of(site.store, agency_id, dt.date.today())
    for number, slide in enumerate(slides(briefing, speaker(language), language), start=1):
        if slide.part in (1, slide.parts):
            yield f"meeting?slide={number}"


def _pages(browser: Any, site: Site, case: str, look: Look, folder: Path, paths: Any) -> None:
    from tests.browser.visitor import RUN_OVER, Visitor

    size = {"width": look.width, "height": look.height}
    visitor = Visitor.arriving(browser, site.address, viewport=size, color_scheme=look.scheme)
    for path in paths:
        joint = "&" if "?" in path else "?"
        visitor.page.goto(f"{site.address}/{path}{joint}language={look.language}")
        visitor.page.get_by_role("heading", level=1).first.wait_for()
        visitor.page.wait_for_selector(RUN_OVER)
        visitor.page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
        visitor.page.wait_for_timeout(SETTLING_MS)
        named = path.replace("?slide=", "-slide-") or "overview"
        visitor.page.screenshot(path=folder / f"{case}-{named}-{look}.png")
    visitor.leave()
