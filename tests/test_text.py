"""Every word a person reads: complete in both languages, used, and filled in where it has a gap."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from ita.text import LANGUAGES, REFERENCE, catalogue, speaker
from ita.ui.escape import plain

HOME = Path(__file__).parents[1]
THAI = re.compile(r"[ก-๛]+")
QUOTED = re.compile(r"“[^”]*”")
EXAMPLE = re.compile(r"(?:e\.g\.|such as|example:) .*")
SPECIMEN_KEYS = {"template.example_period"}

LATIN_IN_THAI = {
    "ITA", "IIT", "EIT", "OIT", "Excel", "CSV", "PDF", "PNG", "Word", "PowerPoint", "LINE", "MB", "Enter", "Ctrl", "C",
    "xls", "xlsx", "zip", "rar",
}  # fmt: skip
"""What Thai offices write in Latin letters themselves: proper names, file endings, a key, a unit."""


def fields(text: str) -> set[str]:
    """The values a text asks for: of "{what[th]}" it is `what`."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


def without_fields(text: str) -> str:
    return "".join(literal for literal, _, _, _ in Formatter().parse(text))


# What the code says


def is_say(function: ast.expr) -> bool:
    """`say(...)`, `here.say(...)`, `speaker(language)(...)`."""
    if isinstance(function, ast.Call):
        return isinstance(function.func, ast.Name) and function.func.id == "speaker"
    return (isinstance(function, ast.Name) and function.id == "say") or (
        isinstance(function, ast.Attribute) and function.attr == "say"
    )


def modules() -> list[Path]:
    return [HOME / "app.py", *sorted((HOME / "ita").rglob("*.py")), *sorted((HOME / "pages").glob("*.py"))]


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Every node of every module, with the module's name."""
    return tuple(
        (module.relative_to(HOME).as_posix(), node)
        for module in modules()
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    )


def sayings() -> Iterator[tuple[str, ast.Call]]:
    """Every call that says something, with where it stands."""
    for module, node in nodes():
        if isinstance(node, ast.Call) and node.args and is_say(node.func):
            yield f"{module}:{node.lineno}", node


def literals(node: ast.expr) -> list[str]:
    """The keys that an expression may be, as far as they stand there in full."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def pattern(text: ast.JoinedStr) -> str:
    """The keys that an f-string may become, as a regular expression; a gap never spans a dot."""
    parts = []
    for part in text.values:
        if isinstance(part, ast.Constant):
            parts.append(re.escape(str(part.value)))
        else:
            assert isinstance(part, ast.FormattedValue)
            choices = literals(part.value)
            parts.append(f"(?:{'|'.join(map(re.escape, choices))})" if choices else r"[\w-]*")
    return "".join(parts)


def dynamic_keys() -> Iterator[tuple[str, str]]:
    for place, call in sayings():
        yield from ((place, pattern(node)) for node in ast.walk(call.args[0]) if isinstance(node, ast.JoinedStr))


# Both languages


def test_thai_is_the_reference_and_english_its_twin() -> None:
    assert LANGUAGES == ("th", "en")
    assert REFERENCE == "th"


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("th")) == set(catalogue("en"))


def test_a_text_has_the_same_gaps_in_both_languages() -> None:
    thai, english = catalogue("th"), catalogue("en")
    assert [key for key in thai if fields(thai[key]) != fields(english[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_and_no_gap_is_nameless(language: str) -> None:
    for key, text in catalogue(language).items():
        assert text.strip(), key
        assert "" not in fields(text), key


def test_thai_texts_are_thai() -> None:
    foreign = {
        key: words
        for key, text in catalogue("th").items()
        if (words := set(re.findall(r"[A-Za-z]+", without_fields(text))) - LATIN_IN_THAI)
    }
    assert foreign == {}


def test_english_texts_are_english_but_for_quoted_examples() -> None:
    thai = {
        key: text
        for key, text in catalogue("en").items()
        if key not in SPECIMEN_KEYS and THAI.search(EXAMPLE.sub("", QUOTED.sub("", text)))
    }
    assert thai == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_come_in_pairs(language: str) -> None:
    for key, text in catalogue(language).items():
        assert text.count("“") == text.count("”"), key
        assert '"' not in text, key


# The code and the texts


def test_every_key_in_the_code_has_its_text() -> None:
    unknown = {
        (place, key) for place, call in sayings() for key in literals(call.args[0]) if key not in catalogue(REFERENCE)
    }
    assert unknown == set()


def test_every_key_made_up_in_the_code_can_be_one_of_the_texts() -> None:
    hopeless = {
        (place, made)
        for place, made in dynamic_keys()
        if not any(re.fullmatch(made, key) for key in catalogue(REFERENCE))
    }
    assert hopeless == set()


def test_no_text_is_there_for_nobody() -> None:
    said = {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    made = re.compile("|".join(made for _, made in dynamic_keys()))
    assert [key for key in catalogue(REFERENCE) if key not in said and not made.fullmatch(key)] == []


def test_every_text_is_given_the_values_it_asks_for() -> None:
    wrong = []
    for place, call in sayings():
        given = {keyword.arg for keyword in call.keywords}
        if None in given:  # **values: not to be seen here
            continue
        for key in literals(call.args[0]):
            if fields(catalogue(REFERENCE).get(key, "")) - given:
                wrong.append((place, key))
    assert wrong == []


def test_every_kind_of_problem_has_a_heading_what_is_wrong_and_what_to_do() -> None:
    codes = {key.split(".")[1] for key in catalogue(REFERENCE) if key.startswith("problem.ITA-")}
    for code in codes:
        assert {f"problem.{code}.{part}" for part in ("title", "told", "advice")} <= set(catalogue(REFERENCE))


def test_every_kind_of_problem_is_found_by_the_reader_and_the_other_way_round() -> None:
    told = {key.split(".")[1] for key in catalogue(REFERENCE) if key.startswith("problem.ITA-")}
    found = {
        node.value
        for module, node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"ITA-[A-Z]\d\d", node.value)
    }
    assert told == found


# Speaking


@pytest.mark.parametrize(("language", "word"), [("th", "ผ่าน"), ("en", "Passed"), ("fr", "ผ่าน"), ("", "ผ่าน")])
def test_a_language_that_does_not_exist_speaks_thai(language: str, word: str) -> None:
    assert speaker(language)("status.passed") == word


def test_gaps_are_filled_and_a_value_with_braces_is_left_as_it_is() -> None:
    assert speaker("th")("chart.year", year=2564) == "ปี 2564"
    assert speaker("en")("chart.year", year="{mark}") == "FY{mark}"


def test_a_key_without_a_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        speaker("th")("chart.nothing_of_the_kind")


# Text from data on a screen


@pytest.mark.parametrize(
    "name",
    [
        "![x](http://example.invalid/p.png)", "<b>เทศบาล</b>", "$x$", ":material/home:", ":red[ต]", "**ต**", "# ต",
        "1. ต", "http://example.invalid", "a@example.invalid", "`x`", "| a | b |", "~~x~~", "[x]: y", "&lt;", "\\*x*",
    ],
)  # fmt: skip
def test_a_name_that_looks_like_markdown_has_each_of_its_marks_made_plain(name: str) -> None:
    shown = plain(name)
    shown = shown.replace(":gray[]", "")
    assert re.sub(r"\\(.)", r"\1", shown) == name
    assert not re.search(r"(?<!\\)[`*_\[\]<>$:#|!~@&]", re.sub(r"\\\\", "", shown))


def test_a_name_over_several_lines_stands_on_one() -> None:
    assert plain("เทศบาล\n\n# ตำบล") == "เทศบาล \\# ตำบล"
    assert plain("เทศบาลตำบลบัววัฒนา") == "เทศบาลตำบลบัววัฒนา"
