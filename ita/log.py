"""The server's log on stderr: what happened, when and how it ended, and nothing that anybody wrote.

A line holds codes, counts and durations. Texts of agencies, measures, files and persons stay out by their kind: facts
are numbers or codes, another library's message is told without its values, an error without its words unless they are
the operating system's or SQLite's own, which name no data.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sqlite3
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from ita.settings import LOG

Fact = int | float | str

LEVELS = ("debug", "info", "warning", "error")
FORMS = ("json", "text")
WITHHELD = "withheld"
"""Stands in the log for a fact that is no code."""

_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_FACTS = "facts"
_log = logging.getLogger("ita")


def handler() -> logging.Handler:
    """What writes the log as ITA_LOG says. Raises ValueError for a word in it that is neither a level nor a form."""
    level, form = _chosen(LOG.value)
    writing = logging.StreamHandler()
    writing.setLevel(level.upper())
    writing.addFilter(_worth_telling)
    writing.setFormatter(_Json() if form == "json" else _Text())
    return writing


def begin(writing: logging.Handler) -> None:
    """Let everything that is logged by any library go through `writing`, and Python's warnings with it."""
    root = logging.getLogger()
    root.handlers = [writing]
    root.setLevel(writing.level)
    _log.setLevel(writing.level)
    logging.captureWarnings(True)


def tell(event: str, **facts: Fact) -> None:
    """Log that something has happened. A fact is a number or a code; another text is told as WITHHELD."""
    _log.info(event, extra={_FACTS: facts})


def warn(event: str, **facts: Fact) -> None:
    """Log that something is not as it should be, though nothing of ours has failed; facts as in `tell`."""
    _log.warning(event, extra={_FACTS: facts})


def tell_error(event: str, error: BaseException, **facts: Fact) -> None:
    """Log that something has failed, with the way to where it did."""
    _log.error(event, exc_info=error, extra={_FACTS: facts})


def way_to(error: BaseException) -> str:
    """The traceback of an error and of those behind it: files, lines, kinds of error, and words only of the system's.

    What an error says may quote a cell, a name or a row.
    """
    return "\n".join(_way(traceback.TracebackException.from_exception(error), error))


def _way(told: traceback.TracebackException, error: BaseException) -> Iterator[str]:
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        yield from _way(traceback.TracebackException.from_exception(behind), behind)
        yield "then"
    yield "Traceback (most recent call last):"
    yield from ("".join(told.stack.format()).rstrip().splitlines())
    said = _said(error)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    yield f"{kind}: {said}" if said else kind


def _said(error: BaseException) -> str:
    """What an error says where that cannot be anybody's text."""
    if isinstance(error, sqlite3.Error):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or ""
    return str(getattr(error, "sqlstate", None) or "")


def _chosen(words: str) -> tuple[str, str]:
    """Level and form among the words of ITA_LOG."""
    chosen = {"level": "info", "form": "json"}
    for word in re.split(r"[\s,]+", words.strip().lower()):
        if word not in (*LEVELS, *FORMS):
            raise ValueError(f"{LOG.name} knows {', '.join((*LEVELS, *FORMS))}, not {word!r}")
        chosen["level" if word in LEVELS else "form"] = word
    return chosen["level"], chosen["form"]


def _worth_telling(record: logging.LogRecord) -> bool:
    """Of other libraries what they warn of: their gossip is of connections, and says nothing without its values."""
    return record.name == _log.name or record.levelno >= logging.WARNING


def _line(record: logging.LogRecord) -> dict[str, Fact]:
    """A record as it may be told: of another library's message the first line, without its values."""
    line: dict[str, Fact] = {
        "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": str(record.msg).partition("\n")[0],
    }
    facts: Mapping[str, Any] = getattr(record, _FACTS, {})
    line |= {name: _fact(value) for name, value in facts.items()}
    if record.exc_info and record.exc_info[1] is not None:
        line["error"] = way_to(record.exc_info[1])
    return line


def _fact(value: Any) -> Fact:
    if isinstance(value, (int, float)):
        return value
    return value if isinstance(value, str) and _CODE.fullmatch(value) else WITHHELD


class _Json(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_line(record), ensure_ascii=False)


class _Text(logging.Formatter):
    """The same to be read by eye, a traceback in lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        line = _line(record)
        error = line.pop("error", "")
        head = " ".join(str(line.pop(name)) for name in ("time", "level", "logger", "event"))
        facts = " ".join(f"{name}={value}" for name, value in line.items())
        return "\n".join(filter(None, [f"{head} {facts}".rstrip(), str(error)]))
