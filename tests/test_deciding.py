"""What a script may ask before a decision: what things are worth, what failed, the shortest way."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest

import ita

SEED = (92.13, 84.55, 86.13, 83.60, 84.96, 98.34, 96.58, 97.66, 91.00, 37.50)


def scores_of(*scores: float | None) -> pd.DataFrame:
    return pd.DataFrame({"indicator": range(1, len(scores) + 1), "score": pd.array(scores, dtype="Float64")}).astype(
        {"score": float}
    )


def test_what_things_are_worth() -> None:
    points = ita.worth(2564).set_index("code")["points"].round(2)
    assert [points[code] for code in ("1", "6", "10", "o42", "o34", "o25", "o29", "o18", "o10", "o1")] == [
        0.06, 0.10, 0.20, 5.00, 1.25, 1.00, 0.80, 0.57, 0.50, 0.44,
    ]  # fmt: skip


def test_a_printed_score_is_explained() -> None:
    assert ita.explanations(2564, 10, 37.50) == [{"10.1": 2, "10.2": 2}, {"10.1": 6, "10.2": 1}]
    assert ita.explanations(2564, 9, 91.00) == [
        {"9.1": 0, "9.2": 0, "9.3": 0, "9.4": 1, "9.5": 1},
        {"9.1": 0, "9.2": 2, "9.3": 0, "9.4": 0, "9.5": 1},
    ]
    assert ita.explanations(2564, 10, 100) == [{"10.1": 0, "10.2": 0}]
    assert ita.explanations(2568, 10, 37.50) == []


def test_one_document_is_enough_for_the_seed() -> None:
    path = ita.shortest_path(scores_of(*SEED), 2564)
    assert path.steps.to_dict("records") == [{"what": "o42/o43", "points": 5.0, "total_after": 85.84}]
    assert (path.before, path.after, path.level, path.reachable) == (80.84, 85.84, "A", True)


def test_what_is_locked_is_left_out() -> None:
    path = ita.shortest_path(scores_of(*SEED), 2564, locked=["10.2"])
    assert "o42" not in "".join(path.steps["what"])
    assert path.reachable
    assert not ita.shortest_path(scores_of(*SEED), 2564, locked=["10.2", "9", "10"], target=99).reachable


def test_a_locked_indicator_has_neither_documents_nor_a_rise() -> None:
    path = ita.shortest_path(scores_of(*SEED), 2564, locked=["10"])
    assert not {"10", "o42/o43"} & set(path.steps["what"])
    assert path.reachable


def test_a_way_is_not_sure_where_the_failure_may_lie_with_a_locked_document() -> None:
    assert ita.shortest_path(scores_of(*SEED), 2564).sure
    path = ita.shortest_path(scores_of(*SEED), 2564, locked=["o42"])
    assert (path.steps["what"].tolist(), path.sure) == (["o43"], False)


def test_items_that_are_known_to_have_failed_are_named() -> None:
    path = ita.shortest_path(scores_of(*SEED), 2564, failed_items=["o34", "o35", "o42", "o43"])
    assert path.steps["what"].tolist() == ["o42"] or path.steps["what"].tolist() == ["o43"]


def test_codes_may_come_as_a_column_in_capitals_or_alone() -> None:
    failed = pd.Series(["O34", "O35", "O42", "O43"])
    known = ita.shortest_path(scores_of(*SEED), 2564, failed_items=failed, locked="O42")
    assert known.steps["what"].tolist() == ["o43"]


@pytest.mark.parametrize("locked", [["o42", "o43"], ["10.2"], pd.Series(["O42", "O43"])])
def test_an_indicator_rises_no_further_than_its_locked_documents_let_it(locked: Iterable[str]) -> None:
    """Where both of 10.2 and two of 10.1 failed, 10.2 alone keeps indicator 10 from more than 50."""
    path = ita.shortest_path(scores_of(*SEED), 2564, locked=locked)
    assert path.steps.to_dict("list") == {"what": ["10", "9"], "points": [2.5, 1.66], "total_after": [83.34, 85.0]}
    beyond = ita.shortest_path(scores_of(*SEED), 2564, locked=locked, target=95)
    assert (beyond.reachable, beyond.after) == (False, 90.0)


def test_a_document_that_was_found_holds_nothing_back_though_it_is_locked() -> None:
    failed = ["o34", "o35", "o36", "o37", "o38", "o39", "o42"]
    path = ita.shortest_path(scores_of(*SEED), 2564, failed_items=failed, locked=["o43"], target=100)
    assert (path.reachable, path.level) == (True, "AA")


def test_a_level_may_be_the_target_and_from_fy2566_needs_every_instrument() -> None:
    passed = scores_of(*SEED[:8], 80.0, 76.0)
    assert ita.shortest_path(passed, 2566).steps.empty
    path = ita.shortest_path(passed, 2566, target="ผ่านดี")
    assert (path.reachable, path.level) == (True, "ผ่านดี")
    assert set(path.steps["what"]) <= {"9", "10"}
    assert ita.shortest_path(passed, 2566, target="Good pass").after == path.after
    assert ita.shortest_path(passed, 2564, target="A").steps.empty
    with pytest.raises(ValueError, match="FY2566 has no level 'A'"):
        ita.shortest_path(passed, 2566, target="A")


def test_a_missing_score_has_no_way() -> None:
    path = ita.shortest_path(scores_of(*SEED[:9], None), 2564)
    assert (path.reachable, path.steps.empty) == (False, True)


def test_a_year_without_rules_is_refused() -> None:
    with pytest.raises(ita.UnknownFiscalYear):
        ita.worth(2561)
