"""A made-up list of the country down to the items of FY2564: 8,300 agencies, one per row, 100 columns.

Each agency's indicators are the means of its items, its instruments and total those of its indicators, as the rules of
that year say: an OIT item scores 0 or 100, an item of a survey anything between.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from openpyxl import Workbook

from .national import AGENCIES, FISCAL_YEAR, ITEMS_OF_9, ITEMS_OF_10, Result, agencies, kind_of, rounded, write_list

ITEMS_OF_A_SURVEY = (6, 6, 6, 6, 6, 5, 5, 5)  # of indicators 1 to 8: i1 to i30, e1 to e15

OIT_ITEMS = tuple(f"o{number}" for number in range(1, 44))
SURVEY_ITEMS = (*(f"i{number}" for number in range(1, 31)), *(f"e{number}" for number in range(1, 16)))
HEADER = (
    *("ลำดับ", "รหัสหน่วยงาน", "หน่วยงาน", "ประเภท", "จังหวัด", "ปีงบประมาณ"),
    *OIT_ITEMS,
    *SURVEY_ITEMS,
    *("IIT", "EIT", "OIT", "คะแนนรวม", "ระดับ", "ผ่านเกณฑ์"),
)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One agency's result with the items it comes from, in hundredths, in the order of OIT_ITEMS and SURVEY_ITEMS."""

    result: Result
    oit: tuple[int, ...]
    survey: tuple[int, ...]


def item_results(count: int = AGENCIES) -> list[ItemResult]:
    """`count` results, best total first; the same ones whenever asked."""
    chance = random.Random(FISCAL_YEAR)
    drawn = [_drawn(chance, *agency) for agency in islice(agencies(), count)]
    return sorted(drawn, key=lambda one: (-one.result.total, one.result.agency))


def write_items(path: Path, count: int = AGENCIES) -> None:
    """Write the list as a workbook of one sheet."""
    workbook = Workbook(write_only=True)
    rows = [_row(rank, one) for rank, one in enumerate(item_results(count), start=1)]
    write_list(workbook, FISCAL_YEAR, HEADER, rows)
    workbook.save(path)


def _drawn(chance: random.Random, code: str, agency: str, province: str) -> ItemResult:
    standing = chance.gauss(8450, 550)
    survey = [[_answer(chance, standing) for _ in range(size)] for size in ITEMS_OF_A_SURVEY]
    diligence = min(0.99, max(0.3, chance.gauss(0.80, 0.18)))
    published = [[chance.random() < diligence for _ in range(size)] for size in (*ITEMS_OF_9, *ITEMS_OF_10)]
    disclosure, prevention = published[: len(ITEMS_OF_9)], published[len(ITEMS_OF_9) :]
    indicators = (*(rounded(sum(items), len(items)) for items in survey), _open(disclosure), _open(prevention))
    result = Result(FISCAL_YEAR, code, agency, province, indicators)
    return ItemResult(result, tuple(10_000 * item for item in _flat(published)), tuple(_flat(survey)))


def _answer(chance: random.Random, standing: float) -> int:
    return min(10_000, max(2_000, round(chance.gauss(standing, 450))))


def _open(parts: Sequence[Sequence[bool]]) -> int:
    """The mean of sub-indicators, each the share of its items that are published."""
    return int(sum(sum(part) / len(part) for part in parts) / len(parts) * 10_000 + 0.5)


def _flat(parts: Iterable[Iterable[int]]) -> list[int]:
    return [item for part in parts for item in part]


def _row(rank: int, one: ItemResult) -> list[int | float | str]:
    result = one.result
    return [
        *(rank, result.code, result.agency, kind_of(result.agency), result.province, result.fiscal_year),
        *(item // 100 for item in one.oit),
        *(item / 100 for item in one.survey),
        *(score / 100 for score in (*result.instruments, result.total)),
        *(result.level, "ผ่าน" if result.passed else "ไม่ผ่าน"),
    ]
