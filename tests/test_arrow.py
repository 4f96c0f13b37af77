"""Who may know whom: app.py -> pages -> ita.ui -> the core, and within the core from the top down.

Every import counts, also one inside a function or for types only.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
FACE = "ita"
"""`ita/__init__.py` names what stands behind it and is asked by none of it."""
BOTTOM = ("ita.rulebooks", "ita.thai", "ita.text")


def imports(source: str, package: str = "") -> set[str]:
    """The dotted names that a module's text imports: of `from ita import charts` both `ita` and `ita.charts`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__"}:
            found |= {str(argument.value) for argument in node.args[:1] if isinstance(argument, ast.Constant)}
    return found


@cache
def modules() -> dict[str, set[str]]:
    """What each of our modules imports, by its dotted name."""
    named = {}
    for file in [HOME / "app.py", *(HOME / "ita").rglob("*.py"), *(HOME / "pages").glob("*.py")]:
        *package, name = file.relative_to(HOME).with_suffix("").parts
        dotted = ".".join(package if name == "__init__" else [*package, name])
        named[dotted] = imports(file.read_text(encoding="utf-8"), ".".join(package))
    return named


def within(name: str, *rooms: str) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def modules_of(*rooms: str) -> list[str]:
    found = [name for name in modules() if within(name, *rooms)]
    assert found, f"{rooms} are empty: the rule guards nothing"
    return found


def core() -> list[str]:
    return [name for name in modules_of(FACE) if not within(name, "ita.ui")]


def offences(names: Iterable[str], *forbidden: str) -> list[str]:
    return [f"{name} imports {found}" for name in names for found in modules()[name] if within(found, *forbidden)]


# The test itself


@pytest.mark.parametrize(
    "source",
    [
        "import streamlit",
        "import streamlit as st",
        "from streamlit import session_state",
        "import streamlit.components.v1",
        "def late():\n    import streamlit",
        "try:\n    from streamlit.runtime import get_instance\nexcept ImportError:\n    pass",
        "from importlib import import_module\nst = import_module('streamlit')",
        "__import__('streamlit')",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import streamlit",
    ],
)
def test_an_import_is_seen_wherever_it_hides(source: str) -> None:
    assert any(within(found, "streamlit") for found in imports(source))


def test_a_module_imported_from_its_package_is_seen() -> None:
    assert "ita.charts" in imports("from ita import charts")
    assert "ita.ui.cache" in imports("from . import cache", "ita.ui")
    assert "ita.charts" in imports("from ..charts import bar_chart", "ita.ui")


def test_the_modules_are_found() -> None:
    assert {"app", "ita", "ita.thai", "ita.rulebooks", "ita.ui.main", "pages.overview"} <= set(modules())


# The arrow


def test_no_module_of_the_core_imports_streamlit() -> None:
    assert offences(core(), "streamlit") == []


def test_the_core_knows_neither_its_screens_nor_its_pages() -> None:
    assert offences(core(), "ita.ui", "pages", "app") == []


def test_what_the_pages_share_knows_no_page() -> None:
    assert offences(modules_of("ita.ui"), "pages", "app") == []


def test_a_page_imports_only_ours_streamlit_pandas_and_the_standard_library() -> None:
    allowed = {FACE, "streamlit", "pandas", *sys.stdlib_module_names}
    found = {name for page in modules_of("pages") for name in modules()[page]}
    assert {name for name in found if name.split(".")[0] not in allowed} == set()


def test_the_face_of_the_server_knows_only_what_the_pages_share() -> None:
    ours = {name for name in modules()["app"] if within(name, FACE) and name != FACE}
    assert {name for name in ours if not within(name, "ita.ui")} == set()


@pytest.mark.parametrize("room", BOTTOM)
def test_rulebooks_thai_and_text_lie_at_the_bottom(room: str) -> None:
    ours = {found for name in modules_of(room) for found in modules()[name] if within(found, FACE) and found != FACE}
    assert {name for name in ours if not within(name, *BOTTOM)} == set()


@pytest.mark.parametrize("room", [*BOTTOM, "ita.assessment", "ita.measures", "ita.reading", "ita.store"])
def test_documents_charts_and_sentences_stand_above(room: str) -> None:
    assert offences(modules_of(room), "ita.documents", "ita.charts", "ita.sentences") == []


def test_charts_know_no_documents_no_store_and_no_files() -> None:
    assert offences(modules_of("ita.charts"), "ita.documents", "ita.store", "ita.reading") == []


def test_reading_and_store_do_not_know_each_other() -> None:
    assert offences(modules_of("ita.reading"), "ita.store") == []
    assert offences(modules_of("ita.store"), "ita.reading") == []


def test_the_core_does_not_ask_its_own_face() -> None:
    verbs = {"ita.assess", "ita.rulebook", "ita.read_results", "ita.read_measures"}
    assert [name for name in core() if name != FACE and modules()[name] & verbs] == []


def test_no_two_modules_wait_for_each_other() -> None:
    """Modules in the order of their imports: whatever is left over runs in a circle.

    A package that is named only on the way to one of its modules is not waited for.
    """
    waiting = {
        name: {
            found
            for found in found_all & modules().keys()
            if found not in (name, FACE)
            and not any(other.startswith(f"{found}.") for other in found_all & modules().keys())
        }
        for name, found_all in modules().items()
        if name != FACE
    }
    while free := {name for name, needed in waiting.items() if not needed}:
        waiting = {name: needed - free for name, needed in waiting.items() if name not in free}
    assert waiting == {}
