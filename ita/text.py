"""Every word a person reads, by language: `locale/th.toml` is the reference, `en.toml` its complete twin."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent / "locale"
REFERENCE = "th"
LANGUAGES = ("th", "en")

Say = Callable[..., str]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language, keyed by their dotted address ("overview.title")."""
    with (LOCALE / f"{language}.toml").open("rb") as file:
        return dict(_flatten(tomllib.load(file)))


@cache
def speaker(language: str) -> Say:
    """A function `say(key, **values)` giving the text at `key` in `language`, its {fields} filled in.

    Raises KeyError for a key the language does not have: both files are complete, and a test keeps them so.
    """
    texts = catalogue(language if language in LANGUAGES else REFERENCE)

    def say(key: str, /, **values: Any) -> str:
        text = texts[key]
        return text.format(**values) if values else text

    return say


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        address = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{address}.")
        else:
            yield address, value
