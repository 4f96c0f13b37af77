"""What became another between two versions of a result, and what was done to the measures, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ita.sentences import NOT_STATED, day_text, local, measure_heading, measure_word, moment
from ita.text import Say

if TYPE_CHECKING:
    from ita.store import StoredResult

PRINTED = ("total", "level", "iit", "eit", "oit")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that two versions have differently: "indicator" and its number, "item" and its code, or what is printed
    of the whole, by its name. A figure that a version does not have is None.
    """

    kind: str
    which: str
    before: float | str | None
    after: float | str | None


def differences(before: StoredResult, after: StoredResult) -> list[Difference]:
    """What differs between two versions of one result: what is printed first, then indicators and items in order."""
    found = [Difference(name, "", getattr(before.published, name), getattr(after.published, name)) for name in PRINTED]
    found += _of_lines("indicator", before.scores, after.scores)
    found += _of_lines("item", before.items, after.items)
    return [one for one in found if one.before != one.after]


def difference_text(one: Difference, say: Say) -> str:
    """A difference in words: which figure, before and after."""
    names = {"indicator": say("history.indicator", number=one.which), "item": one.which}
    names |= {"total": say("column.total"), "level": say("column.level"), "iit": "IIT", "eit": "EIT", "oit": "OIT"}
    return say("history.difference", what=names[one.kind], before=_figure(one.before), after=_figure(one.after))


def title(fiscal_year: int, versions: pd.DataFrame, changes: pd.DataFrame, say: Say) -> str:
    """How often a year's result was handed in, when last, and how often its measures were changed.

    `versions` comes from `Store.history`, `changes` from `Store.measure_changes`.
    """
    count = changes["change_id"].nunique()
    return say(
        "history.title",
        year=fiscal_year,
        versions=len(versions),
        date=day_text(local(versions["uploaded_at"].iloc[0]).date(), say),
        changes=say("history.title_changes", count=count) if count else say("history.title_no_changes"),
    )


def _told(changes: pd.DataFrame) -> pd.DataFrame:
    """The changes of measures (as `Store.measure_changes` gives them) as they are told: of one that was added, only
    that it was."""
    short = changes[~((changes["kind"] == "added") & changes.duplicated("change_id"))].reset_index(drop=True)
    short.loc[short["kind"] == "added", ["column", "before", "after"]] = None
    return short


def change_words(changes: pd.DataFrame, indicators: Mapping[int, str], say: Say) -> pd.DataFrame:
    """What was done to measures, in words: one row per column that changed, one of a measure added.

    Columns: change_id, when, what (the kind of change), title, part (the column), before, after, who; part, before and
    after "" where no column changed. `indicators`: what each is called, by its number.
    """
    short = _told(changes)
    parts = short["column"].notna()

    def words(side: str) -> list[str]:
        values = zip(parts, short["column"], short[side], strict=True)
        return [measure_word(column, value, say, indicators) if one else "" for one, column, value in values]

    return pd.DataFrame(
        {
            "change_id": short["change_id"],
            "when": [moment(when, say) for when in short["changed_at"]],
            "what": [say(f"history.kind_{kind}") for kind in short["kind"]],
            "title": short["title"],
            "part": [
                measure_heading(column, say) if one else "" for one, column in zip(parts, short["column"], strict=True)
            ],
            "before": words("before"),
            "after": words("after"),
            "who": short["changed_by"].replace("", NOT_STATED),
        }
    )


def change_lines(words: pd.DataFrame, say: Say) -> list[tuple[str, list[str]]]:
    """Changes (as `change_words` gives them) to read one after the other: when, what and by whom; each column of it."""
    lines = []
    for _, change in words.groupby("change_id", sort=False):
        first = change.iloc[0]
        who = [] if first["who"] == NOT_STATED else [first["who"]]
        parts = [
            say("history.difference", what=one.part, before=one.before, after=one.after)
            for one in change.itertuples()
            if one.part
        ]
        lines.append((" · ".join([first["when"], first["what"], *who]), parts))
    return lines


def removed(changes: pd.DataFrame) -> Mapping[int, str]:
    """The titles of the measures that are removed now, by their ids, the last removed first."""
    last = changes.drop_duplicates("measure_id")
    gone = last[last["kind"] == "removed"]
    return dict(zip(gone["measure_id"].tolist(), gone["title"], strict=True))


def _of_lines(kind: str, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Difference]:
    """Differences of frames with a column `kind` and a score."""
    old, new = (dict(zip(lines[kind], lines["score"], strict=True)) for lines in (before, after))
    for which in dict.fromkeys([*old, *new]):
        yield Difference(kind, str(which), _known(old.get(which)), _known(new.get(which)))


def _known(score: Any) -> float | None:
    return None if score is None or pd.isna(score) else float(score)


def _figure(value: float | str | None) -> str:
    return "–" if value is None else value if isinstance(value, str) else f"{value:.2f}"
