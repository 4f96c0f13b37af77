"""One list of settings: the README's table is it, the code knows no other, Streamlit's defaults are as delivered."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ita import settings

HOME = Path(__file__).parents[1]


def test_the_readme_has_the_table_that_the_program_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "ita.settings"], cwd=HOME, capture_output=True, check=True, encoding="utf-8"
    ).stdout
    assert printed.count("\n") == len(settings.SETTINGS) + 2
    assert printed in (HOME / "README.md").read_text(encoding="utf-8")


def test_the_code_asks_for_no_variable_that_is_not_listed() -> None:
    asked = {
        name
        for file in [HOME / "app.py", *(HOME / "ita").rglob("*.py"), *(HOME / "pages").glob("*.py")]
        for name in re.findall(r"\bITA_[A-Z_]+\b", file.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= {one.name for one in settings.SETTINGS}


@pytest.mark.parametrize("setting", settings.STREAMLIT, ids=lambda setting: setting.name)
def test_what_streamlit_is_told_without_a_variable_is_in_its_file(setting: settings.Setting) -> None:
    section, _, name = setting.name.removeprefix("STREAMLIT_").lower().partition("_")
    first, *others = name.split("_")
    delivered = tomllib.loads((HOME / ".streamlit/config.toml").read_text(encoding="utf-8"))
    value = delivered[section][first + "".join(other.title() for other in others)]
    written = " ".join(value) if isinstance(value, list) else str(value).lower()
    assert setting.default == written


def test_a_variable_that_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.LOG.name, "")
    assert settings.LOG.value == settings.LOG.default
    monkeypatch.setenv(settings.LOG.name, "error text")
    assert settings.LOG.value == "error text"
