"""The log says what happened and never what anybody wrote."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from ita import log

PERSON = "นางสมมติ ใจงาม"
E_MAIL = "clerk@example.org"
TEXT = "เผยแพร่แผนจัดซื้อจัดจ้างบนเว็บไซต์"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Call it for what the log holds; ITA_LOG may be set before its first line."""
    root = logging.getLogger()
    before, level, ours = list(root.handlers), root.level, logging.getLogger("ita").level
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    log.begin(log.handler())
    yield written.getvalue
    root.handlers = before
    root.setLevel(level)
    logging.getLogger("ita").setLevel(ours)
    logging.captureWarnings(False)


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_is_one_object_with_its_time_level_event_and_facts(said: Callable[[], str]) -> None:
    log.tell("file_read", size=7340, ms=12, outcome="ITA-F30")
    [line] = lines(said())
    assert str(line.pop("time")).endswith("+00:00")
    assert line == {
        "level": "info", "logger": "ita", "event": "file_read", "size": 7340, "ms": 12, "outcome": "ITA-F30"
    }  # fmt: skip


@pytest.mark.parametrize("text", [PERSON, E_MAIL, TEXT, "ผลคะแนน.xlsx", "a b", "x" * 65])
def test_a_text_that_is_no_code_is_withheld(text: str, said: Callable[[], str]) -> None:
    log.tell("file_read", file=text)
    [line] = lines(said())
    assert line["file"] == log.WITHHELD
    assert text not in said()


def failing(error: Exception) -> None:
    """Fail as code that quotes what somebody wrote."""
    try:
        raise ValueError(f"no status {TEXT} of {PERSON}")
    except ValueError as cause:
        raise error from cause


@pytest.mark.parametrize(
    "error",
    [
        KeyError(PERSON),
        FileNotFoundError(2, "No such file or directory", f"/{PERSON}.xlsx"),
        IntegrityError("INSERT INTO measure", {"title": TEXT, "responsible": PERSON}, Exception(E_MAIL)),
        OperationalError("SELECT score", {"title": TEXT}, sqlite3.OperationalError("no such table: score")),
    ],
)
def test_an_error_is_told_with_its_way_and_code_and_without_what_it_quotes(
    error: Exception, said: Callable[[], str]
) -> None:
    with pytest.raises(type(error)) as caught:
        failing(error)
    log.tell_error("page_error", caught.value, code="A1B2C3")
    [line] = lines(said())
    assert line["code"] == "A1B2C3"
    way = str(line["error"])
    assert way.count("Traceback") == 2
    assert "test_log.py" in way
    assert "ValueError" in way
    assert type(error).__name__ in way
    for text in (PERSON, E_MAIL, TEXT):
        assert text not in said()


def test_what_the_database_itself_says_is_told(said: Callable[[], str]) -> None:
    log.tell_error("page_error", sqlite3.OperationalError("no such table: score"))
    assert "sqlite3.OperationalError: no such table: score" in str(lines(said())[0]["error"])


def test_the_message_of_another_library_is_told_without_its_values(said: Callable[[], str]) -> None:
    logging.getLogger("streamlit.somewhere").warning("Cannot keep %s of\n%s", PERSON, TEXT)
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <%s>" % TEXT)  # noqa: UP031
    logging.getLogger("uvicorn.access").info("GET /?name=x")
    assert [line["event"] for line in lines(said())] == ["Cannot keep %s of", "Task exception was never retrieved"]


@pytest.mark.parametrize(
    ("words", "kept"), [("error", ["b"]), ("warning text", ["w", "b"]), ("json, info", ["a", "w", "b"])]
)
def test_level_and_form_are_chosen_in_one_setting(words: str, kept: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_LOG", words)
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    writing = log.handler()
    for level, event in ((logging.INFO, "a"), (logging.WARNING, "w"), (logging.ERROR, "b")):
        record = logging.LogRecord("ita", level, "", 0, event, None, None)
        if level >= writing.level:
            writing.handle(record)
    told = written.getvalue().splitlines()
    assert [line.split()[-1] if "text" in words else json.loads(line)["event"] for line in told] == kept


def test_a_word_that_is_neither_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_LOG", "loud")
    with pytest.raises(ValueError, match=r"ITA_LOG knows debug, .*json, text, not 'loud'"):
        log.handler()
