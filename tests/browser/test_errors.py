"""What breaks on the server is a sentence with a code on the screen, and under that code a traceback in the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from ita.text import speaker

from .dashboard import Site, running
from .visitor import Visitor, expect
from .workbooks import store_samples

pytestmark = pytest.mark.browser

say = speaker("th")


def lose_the_scores(site: Site) -> None:
    """Take a table away from under the running server."""
    engine = create_engine(site.database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE score"))
        connection.execute(text("UPDATE meta SET value = value + 1 WHERE key = 'revision'"))
    engine.dispose()


def test_a_page_that_breaks_says_so_with_a_code_and_nothing_of_its_insides(
    tmp_path: Path, arrive: Callable[..., Visitor]
) -> None:
    with running(tmp_path, unbroken=False) as site:
        store_samples(site.store)
        visitor = arrive(site)
        visitor.open("/upload")
        lose_the_scores(site)
        visitor.page.goto(f"{site.address}/indicators")
        alert = visitor.page.get_by_test_id("stAlert")
        expect(alert).to_contain_text(say("error.page", code="").strip())
        code = re.search(r"[0-9A-F]{6}", str(alert.text_content()))
        assert code is not None
        assert f'"event": "page_error", "code": "{code[0]}"' in site.log
        assert "no such table" in site.log
        for insides in ("Traceback", "OperationalError", "no such table", "sqlite", ".py"):
            assert insides not in visitor.text
        assert visitor.page.locator("main a[href^='http']").count() == 0
        visitor.leave()
