"""One agency among the others: worked out here the slow way, agency by agency."""

from __future__ import annotations

import random
import statistics

import pandas as pd
import pytest

from ita.agency_kinds import kinds_of
from ita.assessment import rounded
from ita.peers import Peers
from ita.rulebooks import rulebook
from ita.thai import fold
from tests.years import SEED, judged

OWN = 1


def results(*rows: tuple[str, str | None, list[float | None]], total: float | None = None) -> pd.DataFrame:
    """A year's agencies as the store gives them: name, province, ten scores; all print the same total, if any."""
    frame = pd.DataFrame([scores for _, _, scores in rows], columns=range(1, 11)).astype(float)
    names = pd.Series([name for name, _, _ in rows], dtype="str")
    head = pd.DataFrame(
        {
            "name": names,
            "key": names.map(fold),
            "province": pd.Series([province for _, province, _ in rows], dtype="str"),
            "total": pd.Series([total] * len(rows), dtype=float),
            "level": pd.Series([None] * len(rows), dtype="str"),
        }
    )
    return head.join(frame).set_axis(range(1, len(rows) + 1))


def drawn(count: int, chance: random.Random) -> pd.DataFrame:
    kinds = ("เทศบาลตำบล", "ทต.", "อบต.", "องค์การบริหารส่วนตำบล", "โรงเรียน")
    rows = [
        (
            f"{chance.choice(kinds)}ที่{number}",
            chance.choice(("เลย", "ตาก", None)),
            [None if chance.random() < 0.02 else round(chance.uniform(30, 100), 2) for _ in range(10)],
        )
        for number in range(count)
    ]
    return results(*rows)


def spread_of(frame: pd.DataFrame) -> pd.DataFrame:
    """How the first of these agencies stands among all of them."""
    peers = Peers.of(frame, rulebook(2564))
    return peers.spread(peers.agencies.loc[OWN])


@pytest.mark.parametrize("seed", range(5))
def test_the_quartiles_and_the_place_are_those_worked_out_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    frame = drawn(60, chance)
    among = Peers.of(frame, rulebook(2564)).among("เลย", "subdistrict_municipality")
    chosen = frame[frame["province"].eq("เลย") & frame["name"].str.startswith(("เทศบาลตำบล", "ทต."))]
    assert sorted(among.agencies.index) == sorted(chosen.index)
    own = int(chosen.index[0])
    spread = among.spread(among.agencies.loc[own])
    for number in range(1, 11):
        scores = chosen[number].dropna().tolist()
        low, middle, high = statistics.quantiles(scores, method="inclusive")
        row = spread.loc[number]
        assert (row["lower"], row["median"], row["upper"]) == tuple(map(rounded, (low, middle, high)))
        assert row["count"] == len(scores)
        if pd.notna(frame.at[own, number]):
            assert row["place"] == 1 + sum(score > frame.at[own, number] for score in scores)
        else:
            assert pd.isna(row["place"])


def test_the_total_is_the_one_the_agencys_own_pages_show() -> None:
    frame = results(("เทศบาลตำบลก", "เลย", list(SEED)), ("เทศบาลตำบลข", "เลย", [90.0] * 10))
    spread = spread_of(frame)
    assert spread.loc["total", "own"] == judged().total == 80.84
    printed = spread_of(frame.assign(total=80.85))
    assert printed.loc["total", "own"] == judged(total=80.85).total


@pytest.mark.parametrize("year", [2564, 2566])
@pytest.mark.parametrize("total", [None, 80.84, 86.0])
def test_the_level_is_the_one_the_agencys_own_pages_show(year: int, total: float | None) -> None:
    """Lists seldom print levels, and often totals."""
    peers = Peers.of(results(("เทศบาลตำบลก", "เลย", list(SEED)), total=total), rulebook(year))
    assert peers.agencies.at[OWN, "level"] == judged(fiscal_year=year, total=total).level
    assert peers.ranking().at[OWN, "level"] == peers.agencies.at[OWN, "level"]


def test_equal_scores_share_a_place() -> None:
    frame = results(*((f"เทศบาลตำบล{name}", "เลย", [score] * 10) for name, score in zip("กขคง", (90, 80, 80, 70))))  # noqa: B905
    ranking = Peers.of(frame, rulebook(2564)).ranking()
    assert ranking["place"].tolist() == [1, 2, 2, 4]
    assert ranking["name"].tolist() == ["เทศบาลตำบลก", "เทศบาลตำบลข", "เทศบาลตำบลค", "เทศบาลตำบลง"]


def test_an_agency_without_a_total_is_in_no_ranking_but_its_scores_count() -> None:
    frame = results(("เทศบาลตำบลก", "เลย", list(SEED)), ("เทศบาลตำบลข", "เลย", [90.0, *[None] * 9]))
    peers = Peers.of(frame, rulebook(2564))
    assert peers.ranking().index.tolist() == [OWN]
    assert peers.spread(peers.agencies.loc[OWN])["count"].tolist() == [1, 2, *[1] * 9]


def test_nobody_is_among_the_agencies_of_another_province() -> None:
    peers = Peers.of(results(("เทศบาลตำบลก", None, list(SEED))), rulebook(2564))
    assert peers.provinces == []
    spread = peers.among("เลย").spread(peers.agencies.loc[OWN])
    assert spread["count"].eq(0).all()
    assert spread[["lower", "median", "upper"]].isna().all(axis=None)
    assert spread["own"].notna().all(), "an agency may be set beside others than its own"


def test_a_kind_is_told_by_the_name_abbreviated_or_not() -> None:
    names = ["อบจ.เลย", "เทศบาลนครขอนแก่น", "ทม.เลย", "ทต.นาอ้อ", "เทศบาลตำบลนาอ้อ", "อบต.นาอ้อ", "กรมการปกครอง"]
    assert kinds_of(map(fold, names)) == [
        "provincial_organization",
        "city_municipality",
        "town_municipality",
        "subdistrict_municipality",
        "subdistrict_municipality",
        "subdistrict_organization",
        "other",
    ]


def test_an_agency_stands_first_among_those_most_like_it() -> None:
    towns = [("เทศบาลเมืองก", "เลย"), *((f"เทศบาลตำบล{name}", "เลย") for name in "กขคงจ"), ("เทศบาลตำบลตาก", "ตาก")]
    peers = Peers.of(results(*((name, where, list(SEED)) for name, where in towns)), rulebook(2564))
    assert peers.nearest(2) == ("เลย", "subdistrict_municipality")
    assert peers.nearest(7) == (None, "subdistrict_municipality"), "the only one of its province"
    assert peers.nearest(1) == ("เลย", None), "the only one of its kind"
