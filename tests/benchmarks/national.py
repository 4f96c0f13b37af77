"""Made-up result lists of the country: 8,300 agencies a year, one per row, ranked by total, as they are published.

The names are made from the words Thai local governments are really named with; the scores of every year are drawn anew,
so that the country looks as it did in FY2564 (a mean about 82, two in five passing) and OIT scores are values that the
items of that year can really give. One row is real: the sample municipality of FY2564.
"""

from __future__ import annotations

import itertools
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from openpyxl import Workbook

AGENCIES = 8_300
FISCAL_YEAR = 2564

INDICATORS = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
_HEADINGS = [f"{number}. {name}" for number, name in enumerate(INDICATORS, start=1)]
HEADER = (
    *("ลำดับ", "รหัสหน่วยงาน", "หน่วยงาน", "ประเภท", "จังหวัด", "ปีงบประมาณ"),
    *(*_HEADINGS[:5], "IIT"),
    *(*_HEADINGS[5:8], "EIT"),
    *(*_HEADINGS[8:], "OIT"),
    *("คะแนนรวม", "ระดับ", "ผ่านเกณฑ์", "จำนวนผู้ตอบ IIT", "จำนวนผู้ตอบ EIT", "จำนวนข้อ OIT ที่พบ"),
)
KINDS = ("องค์การบริหารส่วนจังหวัด", "องค์การบริหารส่วนตำบล", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล")

PASS_MARK = 8500  # in hundredths of a point, like every score below

# Levels, best first: the least total, the least of every instrument, the name.
LETTERS = (
    *((9500, 0, "AA"), (8500, 0, "A"), (7500, 0, "B"), (6500, 0, "C")),
    *((5500, 0, "D"), (5000, 0, "E"), (0, 0, "F")),
)
WORDS = (
    *((9500, 9500, "ผ่านดีเยี่ยม"), (8500, 8500, "ผ่านดี"), (8500, 0, "ผ่าน")),
    *((7000, 0, "ต้องปรับปรุง"), (0, 0, "ต้องปรับปรุงโดยด่วน")),
)
LAST_YEAR_OF_LETTERS = 2565

# Items of each OIT sub-indicator in FY2564: each item scores 0 or 100.
ITEMS_OF_9 = (9, 8, 7, 4, 5)
ITEMS_OF_10 = (8, 2)

_NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
PROVINCES: list[str] = _NAMES["provinces"]


@dataclass(frozen=True, slots=True)
class Result:
    """One agency's result of one year: `indicators` holds its ten scores, in hundredths (8496 is 84.96)."""

    fiscal_year: int
    code: str
    agency: str
    province: str
    indicators: tuple[int, ...]

    @property
    def instruments(self) -> tuple[int, int, int]:
        """IIT, EIT and OIT in hundredths: the means of their indicators, rounded half up."""
        iit, eit, oit = self._sums
        return rounded(iit, 5), rounded(eit, 3), rounded(oit, 2)

    @property
    def total(self) -> int:
        """The weighted total in hundredths, from the unrounded means: 0.30 IIT + 0.30 EIT + 0.40 OIT."""
        iit, eit, oit = self._sums
        return rounded(6 * iit + 10 * eit + 20 * oit, 100)

    @property
    def level(self) -> str:
        """The level by the rule of the year: letters up to FY2565, words from FY2566 on."""
        levels = LETTERS if self.fiscal_year <= LAST_YEAR_OF_LETTERS else WORDS
        weakest = min(self.instruments)
        return next(level for total, each, level in levels if self.total >= total and weakest >= each)

    @property
    def passed(self) -> bool:
        """Whether the total reaches the pass mark, which is the same in every year."""
        return self.total >= PASS_MARK

    @property
    def _sums(self) -> tuple[int, int, int]:
        return sum(self.indicators[:5]), sum(self.indicators[5:8]), sum(self.indicators[8:])


SAMPLE = Result(
    FISCAL_YEAR,
    "00037",
    "เทศบาลตำบลบัววัฒนา",
    "เพชรบูรณ์",
    (9213, 8455, 8613, 8360, 8496, 9834, 9658, 9766, 9100, 3750),
)


def national_results(count: int = AGENCIES, fiscal_year: int = FISCAL_YEAR) -> list[Result]:
    """`count` results, best total first; the same ones whenever asked for the same year.

    The first `count` of the same agencies in every year, the sample always among them. No name stands twice.
    """
    chance = random.Random(fiscal_year)
    results = [Result(fiscal_year, *agency, _indicators(chance)) for agency in islice(agencies(), count)]
    if fiscal_year == SAMPLE.fiscal_year:
        results[0] = SAMPLE
    return sorted(results, key=lambda result: (-result.total, result.agency))


def write_national(path: Path, count: int = AGENCIES, fiscal_years: Sequence[int] = (FISCAL_YEAR,)) -> None:
    """Write the lists of fiscal years as a workbook, a sheet each, in the order given."""
    workbook = Workbook(write_only=True)
    for fiscal_year in fiscal_years:
        results = national_results(count, fiscal_year)
        write_list(workbook, fiscal_year, HEADER, [_row(rank, result) for rank, result in enumerate(results, start=1)])
    workbook.save(path)


def write_rows(path: Path, count: int) -> None:
    """Write a list of so many rows, however many: beyond the country's agencies the schools that they run."""
    schools = (
        replace(result, agency=f"โรงเรียนในสังกัด{result.agency} แห่งที่ {number}")
        for number in itertools.count(1)
        for result in national_results()
    )
    results = list(islice(itertools.chain(national_results(), schools), count))
    workbook = Workbook(write_only=True)
    write_list(workbook, FISCAL_YEAR, HEADER, [_row(rank, result) for rank, result in enumerate(results, start=1)])
    workbook.save(path)


def write_list(workbook: Workbook, fiscal_year: int, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Add the list of a fiscal year: title rows, one header row, one row an agency, a note below."""
    sheet = workbook.create_sheet(f"ปี {fiscal_year}")
    sheet.append(["ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)"])
    sheet.append([f"ประจำปีงบประมาณ พ.ศ. {fiscal_year} จำนวน {len(rows):,} หน่วยงาน เรียงตามคะแนนรวม"])
    sheet.append([])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    sheet.append(["หมายเหตุ: คะแนนเต็ม 100 คะแนน ค่าเป้าหมายร้อยละ 85 ขึ้นไป"])


def _row(rank: int, result: Result) -> list[int | float | str]:
    iit, eit, oit = (score / 100 for score in result.instruments)
    scores = [score / 100 for score in result.indicators]
    numbers = [*scores[:5], iit, *scores[5:8], eit, *scores[8:], oit, result.total / 100]
    people = [30 + rank * 7 % 90, 40 + rank * 11 % 260]
    return [
        *(rank, result.code, result.agency, kind_of(result.agency), result.province, result.fiscal_year),
        *numbers,
        *(result.level, "ผ่าน" if result.passed else "ไม่ผ่าน"),
        *(*people, sum(ITEMS_OF_9 + ITEMS_OF_10) - rank % 7),
    ]


def kind_of(agency: str) -> str:
    """The kind of organisation that an agency's name begins with."""
    return next((kind for kind in KINDS if agency.startswith(kind)), "อื่น ๆ")


def agencies() -> Iterator[tuple[str, str, str]]:
    """Code, name and province of every agency, the sample first; the same whenever asked."""
    yield SAMPLE.code, SAMPLE.agency, SAMPLE.province
    for number, (agency, province) in enumerate(_places(), start=2):
        yield f"{number * 37 % 100_000:05d}", agency, province


def _places() -> Iterator[tuple[str, str]]:
    """Names with their provinces, each name once: the organisation and the town of every province, then the rest."""
    for province in PROVINCES:
        yield f"องค์การบริหารส่วนจังหวัด{province}", province
        yield f"เทศบาลเมือง{province}", province
    kinds = ("องค์การบริหารส่วนตำบล", "เทศบาลตำบล")
    subdistricts = [
        f"{kind}{place}{trait}" for kind in kinds for place in _NAMES["places"] for trait in _NAMES["traits"]
    ]
    chance = random.Random(FISCAL_YEAR)
    chance.shuffle(subdistricts)
    for name in subdistricts:
        yield name, chance.choice(PROVINCES)


def _indicators(chance: random.Random) -> tuple[int, ...]:
    """Ten scores that hang together: a well-run agency is good in most of them, its publishing is a thing apart."""
    standing = chance.gauss(8450, 550)
    surveyed = (min(10_000, max(2_000, round(chance.gauss(standing, 450)))) for _ in range(8))
    diligence = min(0.99, max(0.3, chance.gauss(0.80, 0.18)))
    return (*surveyed, _open_data(chance, diligence, ITEMS_OF_9), _open_data(chance, diligence, ITEMS_OF_10))


def _open_data(chance: random.Random, diligence: float, sizes: Sequence[int]) -> int:
    """The mean of sub-indicators with `sizes` items, each item published with the given chance."""
    shares = [sum(chance.random() < diligence for _ in range(size)) / size for size in sizes]
    return int(sum(shares) / len(shares) * 10_000 + 0.5)


def rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
