"""An agency's years beside each other: what moved, whether last year's measures show, and where the rules differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from ita.assessment import Assessment, rounded
from ita.measures import DONE
from ita.rulebooks import Rulebook, fiscal_years, rulebook

TOTAL = "total"

Effect = Literal["effective", "not_effective", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that two years do not share: its name in `Rulebook.origins`, and how many of its entries differ.

    `known` is False where one of the years' rule is not known, so that nobody can say.
    """

    rule: str
    count: int = 0
    known: bool = True


def by_year(assessments: Sequence[Assessment]) -> pd.DataFrame:
    """One row for the total and one per indicator (index: "total" or number), a column per fiscal year, oldest first.

    Scores; NaN where there is none.
    """
    columns = {}
    for judged in sorted(assessments, key=lambda judged: judged.fiscal_year):
        total = pd.Series({TOTAL: float("nan") if judged.total is None else judged.total})
        columns[judged.fiscal_year] = pd.concat([total, judged.scores])
    return pd.DataFrame(columns)


def changes(current: Assessment, previous: Assessment) -> pd.DataFrame:
    """One row for the total and one per indicator (index: "total" or number): before, after, change.

    Scores of two decimals; `change` is NaN where either is missing.
    """
    years = by_year([previous, current])
    before, after = years[previous.fiscal_year], years[current.fiscal_year]
    return pd.DataFrame({"before": before, "after": after, "change": rounded(after - before)})


def differences(one: Rulebook, other: Rulebook) -> list[Difference]:
    """The rules that two years do not share, in the order of `Rulebook.origins`."""
    found = []
    for rule, ours in _entries(one).items():
        theirs = _entries(other)[rule]
        if bool(ours) != bool(theirs):
            found.append(Difference(rule, known=False))
        elif changed := [name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)]:
            found.append(Difference(rule, len(changed)))
    return found


def _entries(rules: Rulebook) -> dict[str, dict[object, object]]:
    """What each rule says, entry by entry."""
    return {
        "pass_mark": {"": rules.pass_mark},
        "weights": {instrument.code: instrument.weight for instrument in rules.instruments},
        "indicators": {indicator.number: indicator.instrument for indicator in rules.indicators},
        "levels": {level.name["th"]: (level.total, level.each_instrument) for level in rules.levels},
        "items": {item.code: (item.part, item.name) for item in rules.items},
    }


def comparable(one: Rulebook, other: Rulebook, indicator: int) -> bool:
    """Whether an indicator's scores of two years came about in the same way.

    One that is made of documents only where both years' documents are known, and the same.
    """

    def made_of(rules: Rulebook) -> list[tuple[str, str]]:
        return [(item.part, item.code) for item in rules.items if item.indicator == indicator]

    of_documents = any(made_of(rulebook(year)) for year in fiscal_years())
    return not of_documents or made_of(one) == made_of(other) != []


def effects(measures: pd.DataFrame, current: Assessment, previous: Assessment) -> pd.DataFrame:
    """The measures that answered the previous year, beside what became of their indicators: one row per measure.

    `measures` is the previous year's, from `measures.with_state`. Columns: measure_id, indicator, title, state, change,
    effect: "effective" (completed, and the score rose), "not_effective" (completed, and it did not), "cannot_tell"
    (not completed, a score or the indicator is missing, or the years made the score in different ways).
    """
    change = changes(current, previous)["change"]
    same = [number for number in current.rules.instrument_of if comparable(current.rules, previous.rules, number)]
    moved = measures["indicator"].map(change).astype(float)
    rows = measures[["measure_id", "indicator", "title", "state"]].assign(change=moved)
    judged = zip(rows["state"], moved, measures["indicator"].isin(same), strict=True)
    return rows.assign(effect=[_effect(*one) for one in judged]).reset_index(drop=True)


def _effect(state: str, change: float, same_rules: bool) -> Effect:
    if state != DONE or pd.isna(change) or not same_rules:
        return "cannot_tell"
    return "effective" if change > 0 else "not_effective"
