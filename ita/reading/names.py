"""What a cell's words mean: an indicator, a printed figure, the role of a column, an agency, a level."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from ita import thai
from ita.agency_kinds import kinds_in_full
from ita.reading.sheet import Fault, Value
from ita.rulebooks import Level, fiscal_years, latest, rulebook

INSTRUMENTS = ("iit", "eit", "oit")
FIGURES = (*INSTRUMENTS, "total", "level")
"""What a file prints beside the ten indicators, as `published` names it."""

ITEMS = tuple(
    f"{letter}{number}" for letter, most in (("i", 40), ("e", 30), ("o", 60)) for number in range(1, most + 1)
)
"""Codes of items, of every year: a little beyond the longest lists that were used (30, 15 and 43)."""

Meaning = int | str
"""What a column or row is about: an indicator's number, an item's code, or a role."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "agency": (
        "หน่วยงาน", "ชื่อหน่วยงาน", "รายชื่อหน่วยงาน", "หน่วยงานภาครัฐ", "ชื่อหน่วยงานภาครัฐ", "หน่วยงานที่รับการประเมิน", "อปท",
        "ชื่ออปท", "รายชื่ออปท", "อปทหน่วยงาน", "หน่วยงานอปท", "องค์กรปกครองส่วนท้องถิ่น", "ชื่อองค์กรปกครองส่วนท้องถิ่น",
        "รายชื่อองค์กรปกครองส่วนท้องถิ่น", "เทศบาล", "ชื่อเทศบาล", "อบต", "ชื่ออบต", "เทศบาลอบต", "ส่วนราชการ", "สถานศึกษา",
        "ชื่อสถานศึกษา", "โรงเรียน", "ชื่อโรงเรียน", "หน่วยงานจังหวัด", "จังหวัดหน่วยงาน", "องค์กร", "ชื่อองค์กร",
        "ชื่อหน่วยงานที่รับการประเมิน", "ชื่อหน่วยงานที่ประเมิน", "หน่วยงานที่ประเมิน",
        "agency", "agencyname", "organization", "organisation", "orgname", "organizationname",
        "organisationname", "org",
    ),
    "province": ("จังหวัด", "จ", "ชื่อจังหวัด", "province"),
    "district": ("อำเภอ", "อ", "ชื่ออำเภอ", "district"),
    "kind": ("ประเภท", "ประเภทหน่วยงาน", "ประเภทอปท", "ประเภทองค์กรปกครองส่วนท้องถิ่น", "type"),
    "fiscal_year": (
        "ปี", "ปีงบประมาณ", "ปีงบประมาณพศ", "พศ", "ปีพศ", "ประจำปีงบประมาณ", "ปีที่ประเมิน", "ปีงบ", "ปีงบฯ", "ปีประเมิน",
        "ปีการประเมิน", "ปีที่รับการประเมิน", "รอบปี", "รอบปีงบประมาณ", "fiscalyear", "budgetyear", "year", "fy",
    ),
    "indicator": (
        "ตัวชี้วัด", "ตัวชี้วัดที่", "รายการตัวชี้วัด", "ชื่อตัวชี้วัด", "ตัวชี้วัดการประเมิน", "ตัวชี้วัดita",
        "ประเด็นการประเมิน", "รายการประเมิน", "ประเด็นตัวชี้วัด", "indicator", "indicators",
        "indicatorname", "indicatorno", "indicatornumber", "indicatorid", "indicatorcode",
        "ตัวชี้วัดหน่วยงาน", "หน่วยงานตัวชี้วัด", "รายละเอียดตัวชี้วัด", "ตัวชี้วัดเครื่องมือ",
        "เครื่องมือตัวชี้วัด", "ดัชนี", "ตัวชี้วัดการประเมินita", "หัวข้อการประเมิน", "ด้าน", "ด้านการประเมิน",
    ),
    "item": (
        "ข้อ", "ข้อที่", "รหัสข้อ", "รหัส", "รายการข้อมูล", "ข้อคำถาม", "ประเด็นคำถาม", "รายการ", "ตัวชี้วัดย่อย", "หัวข้อ", "ประเด็น",
        "เรื่อง", "item", "items", "code",
    ),
    "score": (
        "คะแนน", "ร้อยละของคะแนน", "คะแนนที่ได้", "คะแนนที่ได้รับ", "ผลคะแนน", "ผลการประเมิน",
        "ผลคะแนนการประเมิน", "ค่าคะแนน", "คะแนนประเมิน",
        "คะแนนการประเมิน", "คะแนนตัวชี้วัด", "ร้อยละ", "คะแนนร้อยละ", "คะแนนร้อยละ100", "คะแนน100", "คะแนนเต็ม100",
        "ผลประเมิน", "สรุปผลการประเมิน", "คะแนนปปช", "ผลคะแนนปปช", "คะแนนจากปปช", "ผลการประเมินปปช",
        "คะแนนเต็ม100คะแนน", "คะแนนปีนี้", "คะแนนปีปัจจุบัน", "ได้", "ที่ได้", "score", "scores",
    ),
    "mean": (
        "รวม", "เฉลี่ย", "ค่าเฉลี่ย", "คะแนนเฉลี่ย", "รวมเฉลี่ย", "คะแนนรวมเฉลี่ย", "ผลรวม", "ค่าเฉลี่ยรวม", "average", "mean",
        "คะแนนเครื่องมือ", "คะแนนรายเครื่องมือ", "คะแนนเฉลี่ยเครื่องมือ", "คะแนนเฉลี่ยรายเครื่องมือ", "ค่าเฉลี่ยเครื่องมือ",
    ),
    "total": (
        "คะแนนรวม", "คะแนนita", "คะแนนรวมita", "ผลคะแนนita", "ผลรวมคะแนน", "คะแนนรวมทั้งหมด", "รวมทั้งหมด",
        "รวมทั้งสิ้น", "คะแนนภาพรวม", "ภาพรวม", "คะแนนภาพรวมหน่วยงาน", "คะแนนรวมหน่วยงาน",
        "คะแนนเฉลี่ยรวม", "คะแนนเฉลี่ยita", "คะแนนสุทธิ", "รวมคะแนน", "รวมคะแนนทั้งหมด",
        "คะแนนของหน่วยงาน", "คะแนนของเทศบาล", "คะแนนของอบต", "คะแนนของอปท", "คะแนนหน่วยงาน", "คะแนนเทศบาล", "คะแนนอบต",
        "ผลคะแนนรวม", "ผลคะแนนภาพรวม", "คะแนนรวมถ่วงน้ำหนัก", "รวมคะแนนทั้งสิ้น", "คะแนนรวมทั้งสิ้น", "สรุปคะแนนรวม",
        "คะแนนเฉลี่ยรวมทั้งสิ้น", "ภาพรวมคะแนน", "รวมคะแนน3เครื่องมือ", "คะแนนหลังถ่วงน้ำหนัก", "คะแนนรวม3เครื่องมือ",
        "คะแนนรวมสุทธิ", "คะแนนรวมของหน่วยงาน", "คะแนนภาพรวมของหน่วยงาน", "ผลการประเมินภาพรวม", "ผลการประเมินในภาพรวม",
        "ita", "total", "totalscore", "overall", "overallscore",
    ),
    "level": (
        "ระดับ", "ระดับผลการประเมิน", "ระดับคะแนน", "ผลการประเมินระดับ", "ระดับผลคะแนน", "ระดับการประเมิน", "ระดับita", "ผลระดับ",
        "เกรด", "อยู่ในระดับ", "ผลการประเมินอยู่ในระดับ", "ระดับคุณธรรม", "level", "rating", "grade",
    ),
}  # fmt: skip
"""Column headings and row labels, folded and without punctuation, by what they stand for.

"mean" is a word that an instrument's mean and the total are both headed with: `resolved` tells which.
"""

_ROLE_OF = {word: role for role, words in ROLES.items() for word in words}
_PUNCTUATION = re.compile(r"[^\w\u0e30-\u0e4e]+|_")
_NUMBERED = re.compile(
    r"^\(?(?:ตัวชี้วัด|ตชว\.?|(?:indicator|kpi|ind|t)(?=[._]?\d))?[._]?(?:ที่|ด้าน|ข้อ)?(?P<number>\d{1,2})?"
    r"(?P<part>\.\d{1,2}(?!\d))?[.):\-–—]*(?:ตัวชี้วัด)?(?:ด้าน)?(?P<name>.*)$"
)
_NUMBERS_AN_INDICATOR = ("ตัวชี้วัด", "ตชว", "indicator", "kpi", "ind")
_BEFORE_NAME = re.compile(r"^(?:ผล)?คะแนน(?:ของ)?(?=.)")
_IN_BRACKETS = re.compile(r"^(?:ตัวชี้วัด)?\[(?P<name>[^\[\]]+)\]$")
_AFTER_NAME = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|[*:.]|\d/)+$")
_FULL_MARKS = re.compile(r"(?:เต็ม|จาก|outof)?(?:ร้อยละ)?100(?:คะแนน)?$")
_ITEM = re.compile(
    r"^(?:ข้อ|รายการ|ข้อมูล|ข้อคำถาม)?(?:ที่)?[(\[]?(?P<letter>[oie])(?:it)?"
    r"[-.:]?0?(?P<number>\d{1,2})(?!\d|[.,]\d|%|คะแนน|ตัวชี้วัด|ข้อ(?!มูล|บังคับ|ร้องเรียน|ตกลง))"
)
_PART = re.compile(r"^(?:ตัวชี้วัดย่อย(?:ที่)?)?\d{1,2}\.\d{1,2}(?:[.):]|\D|$)")

_LONG_NAMES = {
    "iit": ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน", "ผู้มีส่วนได้ส่วนเสียภายใน", "internalintegrityandtransparencyassessment"),
    "eit": ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก", "ผู้มีส่วนได้ส่วนเสียภายนอก", "externalintegrityandtransparencyassessment"),
    "oit": ("แบบตรวจการเปิดเผยข้อมูลสาธารณะ", "การเปิดเผยข้อมูลสาธารณะ", "opendataintegrityandtransparencyassessment"),
}  # fmt: skip
_INSTRUMENT = {code: re.compile("|".join((rf"(?<![a-z]){code}(?![a-z])", *long))) for code, long in _LONG_NAMES.items()}
_BESIDE_INSTRUMENT = re.compile(
    r"แบบวัดการรับรู้|การรับรู้|แบบวัด|แบบตรวจ|แบบสำรวจ|เครื่องมือ|คะแนน|ค่าเฉลี่ย|เฉลี่ย|รวม|ผล|ค่า|สรุป|ร้อยละ|ถ่วงน้ำหนัก|น้ำหนัก|เต็ม|ของ|ด้าน|ที่ได้|score|mean|\d+"
)

_NAME_END = r"[^\s,()“”\"*:;]+"
_TAMBON = "ต(?:ำ|ํา)บล"  # ำ is often typed as two characters, and a name is given back as it stands
_AGENCY_TYPES = (
    rf"(?:เทศบาล(?:{_TAMBON}|เมือง|นคร)|องค์การบริหารส่วน(?:{_TAMBON}|จังหวัด)|(?<![ก-๙])(?:อบต\.?|อบจ\.?|ท[ตมน]\.)"
    r"|เมืองพัทยา|มหาวิทยาลัย|วิทยาลัย|โรงเรียน)"
)
_AGENCY = re.compile(rf"(?P<agency>(?P<kind>{_AGENCY_TYPES})\s?(?P<name>{_NAME_END}))")
_STATED_AGENCY = re.compile(r"^\s*(?:ชื่อ)?หน่วยงาน\s*[:：]\s*(?P<name>\S.*)$")
_NOT_IN_A_NAME = re.compile(r"(?:ประจำปี|ปีงบประมาณ|ได้เข้าร่วม|เข้าร่วม|ได้รับ|ได้ดำเนินการ|มีผล|อำเภอ|จังหวัด|อ\.|จ\.).*$")
_NO_NAME = re.compile(r"^(?:ที่เข้า|ที่ได้|ทุกแห่ง|ทั้งหมด|จำนวน|ขนาด|ในพื้นที่|ในจังหวัด|ในสังกัด|และ|หรือ|ต่าง|[/\-–.])")
_PROVINCE_BEFORE = re.compile(r"^(?:จังหวัด|จ\.)\s*")
_CAPITAL = re.compile(r"^(?:กรุงเทพ(?:ฯ|มหานคร)?|กทม\.?)$")
_PROVINCE = re.compile(r"(?<!ส่วน)(?<!ระดับ)(?:จังหวัด|(?<![ก-๙])จ\.)\s*(?P<name>[ก-๙]+)")
CAPITAL = "กรุงเทพมหานคร"
"""The one that is no จังหวัด."""
_DISTRICT_BEFORE = re.compile(r"^(?:อำเภอ|เขต|อ\.)\s*")

_SUMMARY = re.compile(
    r"^(?:รวม|รวมทั้งหมด|รวมทั้งสิ้น|(?:grand)?total|max|min|x̄|x̅|ประเทศ|ลด|เพิ่ม)(?:\(.*\)|:)?$"
    r"|^(?:ค่า|คะแนน|ผล|สรุป)*(?:รวม)?(?:ถัว)?(?:เฉลี่ย|มัธยฐาน|กลาง$|ต่าง|น้ำหนัก|เป้าหมาย|เบี่ยงเบน)"
    r"|^(?:ค่า|คะแนน)?(?:ที่)?(?:มาก|สูง|ต่ำ|น้อย)(?:ที่)?สุด|^คะแนน(?:เต็ม|ปี|ที่เพิ่ม|ที่ลด)|^ผลรวม"
    r"|^(?:ผลการประเมิน|คะแนน|สรุป)*ภาพรวม|\(ภาพรวม\)$|ทั้งประเทศ$|^ระดับ(?:ประเทศ|จังหวัด|อำเภอ|ภาค|ชาติ|คะแนน|$)"
    r"|^รวม(?:เฉลี่ย|คะแนน|ค่าเฉลี่ย|ทุก|\d)|^รวมทั้ง|^(?:จำนวน|ร้อยละ)|^(?:ไม่)?ผ่าน(?:เกณฑ์|การ|$|\()"
    r"|^(?:อันดับ|ลำดับ|เกณฑ์|ช่องว่าง|ส่วนต่าง|ส่วนเบี่ยงเบน|ผู้ตอบ|เบี่ยงเบน|^s[.]?d[.]?$|ปีที่แล้ว|ปีก่อน)|^(?:เพิ่ม|ลด)(?:ขึ้น|ลง|[/-])"
    r"|^(?:ค่า)?s\.?d\.?$|^average|^mean|^median|^difference|^rank"
)
_NOT_ASSESSED = {
    "n/a", "na", "#n/a", "n.a.", "nil", "none", "null", "ไม่ประเมิน", "ไม่ได้ประเมิน",
    "ไม่รับการประเมิน", "ไม่มีการประเมิน", "ยังไม่ประเมิน", "ไม่มี", "ไม่มีข้อมูล", "ไม่มีคะแนน", "ไม่ระบุ", "ไม่พบข้อมูล",
    "ไม่เข้าร่วม", "ไม่เข้าร่วมการประเมิน", "ไม่ได้เข้าร่วม", "ไม่ได้เข้าร่วมการประเมิน", "รอผล", "รอประกาศผล",
}  # fmt: skip
_ALIKE = 0.75
"""From this similarity on two names are taken for one that is spelt in two ways: บัวพัฒนา and บัววัฒนา have 0.88."""
_NEAR = 0.72
"""From this similarity on a name may be an indicator's, misspelt: three letters in ten missing or wrong."""
_CLEARLY = 0.08
"""So much nearer it must be to that indicator than to any other."""


@cache
def indicator_names() -> Mapping[str, int]:
    """Indicator numbers by folded name, every known spelling, Thai and English."""
    return {
        thai.fold(name): indicator.number
        for indicator in latest().indicators
        for name in (*indicator.name.values(), *indicator.also)
    }


def indicator_named(value: Value) -> int | None:
    """The indicator that a cell names: "1. การปฏิบัติหน้าที่", "การใช้อำนาจ", "ตัวชี้วัดที่ ๓"; None for anything else.

    The name decides where there is one; a bare number counts only with the word ตัวชี้วัด before it, for a number
    alone may be anything (`numbered` answers for those).
    """
    return _indicator_in(value) if isinstance(value, str) else None


@lru_cache(maxsize=16384)
def _indicator_in(text: str) -> int | None:
    folded = thai.fold(text)
    bare = _IN_BRACKETS.sub(r"\g<name>", _BEFORE_NAME.sub("", folded))
    return _indicator_spelt(folded) or (_indicator_spelt(bare) if bare != folded else None) or _named_after_code(folded)


def _indicator_spelt(folded: str) -> int | None:
    match = _NUMBERED.match(folded)
    if match is None:
        return None
    number, name = match["number"], match["name"]
    if name:
        known = indicator_names()
        return known.get(name) or known.get(_AFTER_NAME.sub("", name))
    if not number or match["part"] or not folded.lstrip("(").startswith(_NUMBERS_AN_INDICATOR):
        return None
    return _in_range(number)


def _named_after_code(folded: str) -> int | None:
    """The indicator that a code like an item's stands before: "I1 การปฏิบัติหน้าที่"."""
    match = _ITEM.match(folded)
    return indicator_names().get(folded[match.end() :].lstrip(".):-–—")) if match else None


def misnumbered(value: Value) -> int | None:
    """The number that a cell gives to another indicator than its name says: 3 for "3. การใช้ทรัพย์สินของราชการ".

    None where it numbers the indicators of each instrument anew: "1. คุณภาพการดำเนินงาน".
    """
    indicator = indicator_named(value)
    match = _NUMBERED.match(thai.fold(value)) if indicator is not None and isinstance(value, str) else None
    if indicator is None or match is None or not match["number"] or not match["name"] or match["part"]:
        return None
    number = int(match["number"])
    return None if may_number(number, indicator) else number


def may_number(number: int, indicator: int) -> bool:
    """Whether a number is the indicator's among all ten, or among those of its instrument."""
    of_its_own = indicators_of(latest().instrument_of[indicator].lower())
    return number in (indicator, of_its_own.index(indicator) + 1)


def near_indicator(text: str) -> int | None:
    """The one indicator whose name a text is nearly spelt like: to be proposed, never to be used unasked."""
    match = _NUMBERED.match(thai.fold(text))
    name = _AFTER_NAME.sub("", match["name"]) if match else ""
    if not name:
        return None
    spellings = indicator_names()
    likeness: dict[int, float] = {}
    for spelling, near, _ in process.extract(
        name, list(spellings), scorer=Levenshtein.normalized_similarity, score_cutoff=_NEAR - _CLEARLY, limit=None
    ):  # the likest first
        likeness.setdefault(spellings[spelling], near)
    best, *others = [*likeness.values(), 0.0]
    return next(iter(likeness)) if best >= _NEAR and best - max(others, default=0.0) >= _CLEARLY else None


def item_named(value: Value) -> str | None:
    """The item whose code a cell begins with: "o1", "O1", "OIT 1", "ข้อ O1 โครงสร้าง"; None for anything else.

    One alone may be chance ("IIT 5"): whoever asks looks for several.
    """
    return _item_in(value) if isinstance(value, str) and len(value) < 400 else None


@lru_cache(maxsize=16384)
def _item_in(text: str) -> str | None:
    folded = thai.fold(text)
    match = None if _named_after_code(folded) else _ITEM.match(folded)
    code = f"{match['letter']}{int(match['number'])}" if match else ""
    return code if code in _ITEM_CODES else None


_ITEM_CODES = frozenset(ITEMS)


def indicators_coded(codes: Iterable[str]) -> Mapping[str, int]:
    """The ten indicators by codes that look like items': IIT1 to IIT5, EIT6 (or EIT1) and so on; empty for items."""
    given = set(codes)
    return next((coded for coded in indicator_codes() if given == set(coded)), {})


@cache
def indicator_codes() -> tuple[Mapping[str, int], ...]:
    """The ten indicators by the codes that offices give them, counted through or within each instrument."""
    letters = {number: code[0].lower() for number, code in latest().instrument_of.items()}
    first = {letter: min(number for number in letters if letters[number] == letter) for letter in letters.values()}
    return (
        {f"{letter}{number}": number for number, letter in letters.items()},
        {f"{letter}{number - first[letter] + 1}": number for number, letter in letters.items()},
    )


@lru_cache(maxsize=4096, typed=True)
def fiscal_year(value: Value) -> int | None:
    """The fiscal year that a cell names (see `thai.fiscal_year`), also where Excel shows the number 2564 as a date.

    A year that can only be C.E., such as 2021 alone, is a `CommonEra`. A formula that was never calculated names none.
    """
    if isinstance(value, Fault):
        return None
    if isinstance(value, dt.datetime):
        serial = (value - _FIRST_DAY).total_seconds() / 86400
        return thai.fiscal_year(serial)
    year = thai.fiscal_year(value)
    return _from_common_era(value) if year is None else year


class CommonEra(int):
    """A fiscal year (B.E.) that the file names as a year C.E. without saying so."""


def _from_common_era(value: Value) -> CommonEra | None:
    named = _COMMON_ERA.findall(thai.fold(value)) if isinstance(value, str) else [value]
    year = named[0] if len(named) == 1 and not isinstance(named[0], bool) else None
    if isinstance(year, str | int | float) and float(year) in _COMMON_ERA_YEARS:
        return CommonEra(int(float(year)) + thai.BUDDHIST_ERA)
    return None


_COMMON_ERA_YEARS = range(2015, 2050)
_COMMON_ERA = re.compile(r"(?<![\d/.,-])20[1-4]\d(?![\d/-]|[.,]\d)")


_FIRST_DAY = dt.datetime(1899, 12, 30)
"""Day 0 of Excel's calendar."""


@lru_cache(maxsize=4096, typed=True)
def year_headed(value: Value) -> int | None:
    """The year that a column of figures is headed with: "ปี 2564", "คะแนน 2564", "เทศบาลตำบลบัวงาม (ปี 2564)".

    None over what only belongs to a year, such as a rank, and where other words than these may make it another thing,
    such as "คาดการณ์ปี 2568".
    """
    year = None if is_beside_scores(value) else fiscal_year(value)
    if year is None or not isinstance(value, str):
        return year
    agency = agency_in(value)
    rest = _OF_YEAR.sub("", thai.fold(thai.tidy(value).replace(agency, "") if agency else value))
    return None if _PUNCTUATION.sub("", rest) else year


_OF_YEAR = re.compile(
    r"ประจำ|ปี|งบประมาณ|พ\.?ศ\.?|ค\.?ศ\.?|ผล|การ|ประเมิน|คะแนน|ที่ได้(?:รับ)?|รวม|เฉลี่ย|ค่า|ร้อยละ|ตัวชี้วัด|ของ|หน่วยงาน"
    r"|ที่แล้ว|ก่อน(?:หน้า)?|เดิม|ใหม่|ปัจจุบัน|ที่ผ่านมา|ล่าสุด|นี้|เต็ม|ทั้งหมด|ทั้งสิ้น|ภาพ|ita|iit|eit|oit|fiscal|year|fy|score|total|\d+"
)


def numbered(value: Value) -> int | None:
    """The indicator a bare column number stands for: 1, "1", "๑", "1.", "(1)", "ตัวชี้วัดที่ 1"."""
    number = counted(value)
    return None if number is None else _in_range(number)


def counted(value: Value) -> int | None:
    """The number from 1 to 99 that a cell counts with, in the forms of `numbered`, also beyond the indicators."""
    if isinstance(value, str):
        match = _NUMBERED.match(thai.fold(value))
        plain = match and match["number"] and not match["name"] and not match["part"]
        return int(match["number"]) or None if match and plain else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 1 <= value < 100 and float(value).is_integer() else None


def counts_people(value: Value) -> bool:
    """Whether a column is headed with a number of people or things: what stands beside it is a share of them."""
    return isinstance(value, str) and thai.fold(value).startswith(("จำนวน", "ผู้ตอบ"))


def names_part(value: Value) -> bool:
    """Whether a cell names a sub-indicator, such as "9.1 ข้อมูลพื้นฐาน"."""
    return isinstance(value, str) and _PART.match(thai.fold(value)) is not None


def role_of(value: Value) -> str | None:
    """What a heading or label stands for (a key of ROLES or an instrument), None where it is none of them."""
    return _role_in(value) if isinstance(value, str) and len(value) < 120 else None


@lru_cache(maxsize=16384)
def _role_in(text: str) -> str | None:
    folded = thai.fold(text)
    bare = _PUNCTUATION.sub("", folded)
    return _ROLE_OF.get(bare) or _ROLE_OF.get(_FULL_MARKS.sub("", bare)) or _instrument_headed(folded)


def _instrument_headed(folded: str) -> str | None:
    """The instrument whose mean a heading such as "คะแนนเฉลี่ย IIT" or "IIT (30%)" stands over, and nothing else."""
    codes = instruments_in(folded)
    if len(codes) != 1:
        return None
    rest = _BESIDE_INSTRUMENT.sub("", _INSTRUMENT[codes[0]].sub("", folded))
    return None if _PUNCTUATION.sub("", rest) else codes[0]


def instruments_in(text: str) -> list[str]:
    """The instruments that a text speaks of, by code or by their Thai names."""
    folded = thai.fold(text)
    return [code for code, pattern in _INSTRUMENT.items() if pattern.search(folded)]


def indicators_in(text: str) -> set[int]:
    """The indicators that a text names anywhere; the OIT's long name holds one's name and is none."""
    folded = thai.fold(text)
    for pattern in _INSTRUMENT.values():
        folded = pattern.sub(" ", folded)
    named = {number for name, number in indicator_names().items() if name in folded}
    number = indicator_named(text)
    return named or ({number} if number else set())


def speaks_of_whole(text: str) -> bool:
    """Whether a text is about the assessment as a whole."""
    return re.search("(?<![a-z])ita(?![a-z])|คุณธรรม", thai.fold(text)) is not None


def last_instrument_in(text: str) -> str | None:
    """The instrument that a text speaks of last."""
    folded = thai.fold(text)
    ends = {
        code: max((match.end() for match in pattern.finditer(folded)), default=0)
        for code, pattern in _INSTRUMENT.items()
    }
    last = max(ends, key=lambda code: ends[code])
    return last if ends[last] else None


def heads_names(cells: Sequence[Value]) -> bool:
    """Whether a row heads a column of indicators."""
    return any(role_of(value) == "indicator" for value in cells)


def heads_measures(cells: Sequence[Value]) -> bool:
    """Whether a row is the heading of a table of measures, which may name the indicators too."""
    texts = [value for value in cells if isinstance(value, str) and len(value) < 60]
    return sum(bool(_OF_MEASURES.search(thai.fold(text))) for text in texts) > 2


def is_of_measures(value: Value) -> bool:
    """Whether a heading is one that tables of measures have."""
    return isinstance(value, str) and _OF_MEASURES.search(thai.fold(value)) is not None


_OF_MEASURES = re.compile("มาตรการ|ผู้รับผิดชอบ|ขั้นตอน|ระยะเวลา|ข้อเสนอแนะ")


def is_verdict(value: Value) -> bool:
    """Whether a cell only says passed or not: no level, though one of some years is called "ผ่าน"."""
    return isinstance(value, str) and _VERDICT.fullmatch(thai.fold(value).strip("✓✗✔✘▼ ")) is not None


_VERDICT = re.compile(
    r"(?:ยัง)?(?:ไม่)?ผ่าน(?:เกณฑ์|การประเมิน|เป้าหมาย|เกณฑ์เป้าหมาย|เกณฑ์การประเมิน)?|pass(?:ed)?|fail(?:ed)?|notpassed"
)


def figure_headed(value: Value) -> str | None:
    """The total, level or instrument that a heading beside the indicators stands over in words of its own.

    "คะแนนรวม ปี 2567", "สรุปคะแนน", "ระดับ (AA-F)", "ส่วนที่ 1 (IIT)".
    """
    if not isinstance(value, str) or is_another_score(value):
        return None
    folded = thai.fold(value)
    if (code := _instrument_headed(_OF_PART.sub("", _YEAR_SAID.sub("", folded)))) is not None:
        return code
    bare = _PUNCTUATION.sub("", _YEAR_SAID.sub("", re.sub(r"\(.*?\)", "", folded)))
    if (role := _ROLE_OF.get(bare)) in ("total", "level"):
        return role
    return "total" if _TOTAL_WORDS.fullmatch(bare) and _SAYS_TOTAL.search(bare) else None


_OF_PART = re.compile(r"^(?:ส่วน|ตอน|part)(?:ที่)?\d")
_YEAR_SAID = re.compile(r"(?:ประจำ)?(?:ปี|fy)?(?:งบประมาณ)?(?:พ\.?ศ\.?)?(?:25[5-9]\d|20[1-4]\d)")
_TOTAL_WORDS = re.compile(
    r"(?:ผล|การ|คะแนน|รวม|เฉลี่ย|ita|ประเมิน|ภาพ|สรุป|ถ่วงน้ำหนัก|ทั้งหมด|ทั้งสิ้น|ค่า|ใน|ของหน่วยงาน|total|overall|score)+"
)
_SAYS_TOTAL = re.compile("^(?!ผลรวมทั้งหมด$).*(?:รวม|ita|สรุป|total|overall)")  # a pivot table has ผลรวมทั้งหมด over means


def is_full_marks(value: Value) -> bool:
    """Whether a heading is of the full marks: "คะแนนเต็ม", "เต็ม"."""
    return isinstance(value, str) and thai.fold(value) in ("คะแนนเต็ม", "เต็ม")


def is_another_score(value: Value) -> bool:
    """Whether a heading says that its scores are other ones: "คะแนนเฉลี่ย (เต็ม 5)", "คะแนนปีที่แล้ว"."""
    folded = thai.fold(value) if isinstance(value, str) else ""
    match = _FULL_SCORE.search(folded)
    if match is not None and int(match["full"]) != _HUNDRED:
        return True
    return _LAST_YEAR.search(folded) is not None or _OF_ANOTHER_THING.search(folded) is not None


_FULL_SCORE = re.compile(r"เต็ม(?P<full>\d{1,3})(?!\d)")
_LAST_YEAR = re.compile(r"ปี(?:ที่แล้ว|ก่อน|ที่ผ่านมา)")
_HUNDRED = 100
_OF_ANOTHER_THING = re.compile(r"บาท\)?$|ความเสี่ยง|ความพึงพอใจ|ความก้าวหน้า|ความคืบหน้า|เบิกจ่าย|เป้าหมาย|คาดการณ์")


def is_statistic(value: Value) -> bool:
    """Whether a heading is of what only several results have: the highest, the lowest, the deviation."""
    return isinstance(value, str) and _STATISTIC.search(thai.fold(value)) is not None


_STATISTIC = re.compile(r"สูงสุด|ต่ำสุด|เบี่ยงเบน|มัธยฐาน|^max|^min|^s\.?d\.?$")


def is_beside_scores(value: Value) -> bool:
    """Whether a heading is of what only stands beside scores: a target, a rank, a difference, another's average."""
    return isinstance(value, str) and _BESIDE_SCORES.search(thai.fold(value)) is not None


_BESIDE_SCORES = re.compile(
    "เป้า|อันดับ|ลำดับ|ต่าง|ผู้ตอบ|เพิ่ม(?:ขึ้น|[/-]?ลด|$)|ลด(?:ลง|$)|เปลี่ยน|ระดับ|หมายเหตุ|ประเทศ|(?:เฉลี่ย|ภาพรวม|รวม)(?:ทั้ง|ของ|ราย)?(?:จังหวัด|อำเภอ)|ถ่วง|น้ำหนัก|เกณฑ์|สูงสุด|ต่ำสุด|ร้อยละของ(?!คะแนน)|จำนวน|สถานะ|ผ่าน"
    "|พัฒนาการ|แนวโน้ม|^[+-]/?[+-]$|^[(]?[0-9]+%[)]?$|ตนเอง|self|national|diff|rank|target|change|weight|average of"
    "|^วงเงิน|^งบ(?:ประมาณ)?(?:$|ที่|[(])|[(].*บาท[)]|ความ(?:สำเร็จ|ก้าวหน้า|คืบหน้า)|progress|budget"
)


def words_of(what: Meaning) -> dict[str, str]:
    """What a figure is of, by language: "1. การปฏิบัติหน้าที่", "คะแนนรวม", "IIT", "O42"."""
    if isinstance(what, int):
        return {language: f"{what}. {name}" for language, name in latest().indicator(what).name.items()}
    return dict(_FIGURE_WORDS.get(what, {"th": what.upper(), "en": what.upper()}))


_FIGURE_WORDS = {"total": {"th": "คะแนนรวม", "en": "the total"}, "level": {"th": "ระดับ", "en": "the level"}}


def weighted_heading(value: Value) -> bool:
    """Whether a heading speaks of weights: "IIT (30%)", "คะแนนถ่วงน้ำหนัก IIT"."""
    return isinstance(value, str) and re.search(r"[34]0|น้ำหนัก", thai.fold(value)) is not None


def resolved(sequence: Sequence[Meaning]) -> list[Meaning]:
    """The same columns or rows, in order, with each "mean" and "total" as the instrument or total that it stands for.

    Such a word after the indicators of one instrument is that instrument's mean; after all of them, or after the means,
    it is the total. A word that plainly says total is an instrument's only where every instrument has one.
    """
    out: list[Meaning] = []
    since: set[int] = set()
    only = instrument_of({meaning for meaning in sequence if isinstance(meaning, int)})
    as_mean = False
    for position, meaning in enumerate(sequence):
        if isinstance(meaning, int):
            since.add(meaning)
        elif meaning in ("mean", "total"):
            instrument = instrument_of(since)
            later = any(other in ("mean", "total") for other in sequence[position + 1 :])
            plural = meaning == "mean" or later or as_mean or only is not None
            as_mean = instrument is not None and instrument not in sequence and plural
            meaning = instrument if as_mean and instrument else "total"
            since = set()
        elif meaning in INSTRUMENTS:
            since = set()
        out.append(meaning)
    return out


def indicators_of(instrument: str) -> list[int]:
    """The indicators of an instrument, in official order."""
    return [number for number, code in latest().instrument_of.items() if code.lower() == instrument]


def instrument_of(numbers: set[int]) -> str | None:
    """The one instrument that all these indicators belong to."""
    instruments = {latest().instrument_of[number] for number in numbers}
    return instruments.pop().lower() if len(instruments) == 1 else None


def _in_range(number: str | float) -> int | None:
    return int(number) if 1 <= int(number) <= len(latest().indicators) else None


# Agencies and places


def agency_in(text: str) -> str | None:
    """The agency that a title line or sentence speaks of, as it spells it."""
    tidied = thai.tidy(text)
    for match in _AGENCY.finditer(tidied):
        name = _NOT_IN_A_NAME.sub("", match["name"])
        if name and not _NO_NAME.match(name):
            return match["agency"][: len(match["agency"]) - len(match["name"]) + len(name)].rstrip(".-–")
    stated = _STATED_AGENCY.match(tidied)
    return _NOT_IN_A_NAME.sub("", stated["name"]).strip() or None if stated else None


def agency_named(value: Value) -> str | None:
    """The agency that a heading names and nothing else but perhaps a year: "เทศบาลตำบลบัวงาม (ปี 2564)"."""
    name = agency_in(value) if isinstance(value, str) else None
    if name is None:
        return None
    rest = thai.fold(_YEAR_BESIDE.sub("", thai.tidy(str(value)).replace(name, "")))
    return name if not _PUNCTUATION.sub("", rest) else None


def agency_headed(value: Value) -> str | None:
    """The agency's name in a row of agencies, whatever it looks like."""
    if not isinstance(value, str) or role_of(value) is not None:
        return None
    text = _YEAR_BESIDE.sub("", thai.tidy(value)).strip(" -–()")
    if not text.startswith(agency_in(text) or ""):
        return None  # a title, with the agency in it
    return text if any(map(str.isalpha, text)) else None


_YEAR_BESIDE = re.compile(r"\(?\s*(?:ประจำ)?(?:ปีงบประมาณ|ปี)?\s*(?:พ\.?ศ\.?)?\s*[0-9๐-๙]{4}\s*\)?")


def names_both(value: Value) -> bool:
    """Whether a heading is of indicators below and agencies beside it: "ตัวชี้วัด / หน่วยงาน"."""
    folded = thai.fold(value) if isinstance(value, str) else ""
    return "ตัวชี้วัด" in folded and ("หน่วยงาน" in folded or "อปท" in folded or "เทศบาล" in folded)


def alike(one: str, other: str) -> bool:
    """Whether two agency names look like one that is spelt in two ways: the kind the same, the name nearly."""
    (kind, name), (other_kind, other_name) = _kind_and_name(one), _kind_and_name(other)
    return kind == other_kind and fuzz.ratio(name, other_name) >= 100 * _ALIKE


def _kind_and_name(agency: str) -> tuple[str, str]:
    match = _AGENCY.match(thai.tidy(agency))
    if match is None:
        return "", thai.fold(agency)
    (kind,) = kinds_in_full([thai.fold(match["kind"])])
    return kind, thai.fold(match["name"])


def province_in(text: str) -> str | None:
    """The one province that a title speaks of: "จังหวัดขอนแก่น", "จ.ขอนแก่น"."""
    provinces = {match["name"] for match in _PROVINCE.finditer(thai.tidy(text))}
    return provinces.pop() if len(provinces) == 1 else None


def province(value: Value) -> str | None:
    """A province's bare name from a cell that holds nothing else; the capital's in full."""
    bare = _PROVINCE_BEFORE.sub("", thai.tidy(value)) if isinstance(value, str) else ""
    return CAPITAL if _CAPITAL.match(bare) else bare or None


def district(value: Value) -> str | None:
    """A district's bare name from a cell that holds nothing else."""
    return _DISTRICT_BEFORE.sub("", thai.tidy(value)) or None if isinstance(value, str) else None


def names_province(name: str) -> bool:
    """Whether this, such as a sheet's name, is a province's name."""
    from pythainlp.corpus import provinces  # slow to import, and seldom needed

    return province(name) in provinces()


def is_summary(text: str) -> bool:
    """Whether a row with this name sums up other rows, or states their full marks or weights: no agency."""
    return _SUMMARY.match(thai.fold(text)) is not None


def summaries(texts: Iterable[str]) -> set[str]:
    """Those of many texts that `is_summary` is true of. Most of a long list are agencies at first sight."""
    doubtful = [text for text in texts if not _PLAIN_AGENCY.fullmatch(text)]
    pairs = zip(doubtful, thai.folded(doubtful), strict=True)
    return {text for text, folded in pairs if _SUMMARY.match(folded)}


_PLAIN_AGENCY = re.compile(r"(?:เทศบาล(?:ตำบล|เมือง|นคร)|องค์การบริหารส่วน(?:ตำบล|จังหวัด))[ก-๙]+(?<!ประเทศ)")


def speaks_of_ita(text: str) -> bool:
    """Whether a text names ITA, one of its instruments or one of its indicators."""
    folded = thai.fold(text)
    return _ITA.search(folded) is not None or bool(instruments_in(text)) or bool(indicators_in(text))


_ITA = re.compile(r"(?<![a-z])ita(?![a-z])|คุณธรรมและความโปร่งใส")


def other_assessment(text: str) -> str | None:
    """The assessment other than ITA that a text speaks of: LPA, MOIT (the hospitals' list), PMQA."""
    match = _OTHER_ASSESSMENT.search(thai.fold(text))
    return (match[0].upper() if match["code"] else "LPA") if match else None


_OTHER_ASSESSMENT = re.compile(r"(?<![a-z])(?P<code>moit|lpa|pmqa)(?![a-z])|การประเมินประสิทธิภาพขององค์กรปกครองส่วนท้องถิ่น")


def other_figures(text: str) -> str | None:
    """What a sheet or title says that its figures are, where that is no result: targets, a draft, a mean of others."""
    match = _OTHER_FIGURES.match(thai.fold(text))
    return match[0] if match else None


_OTHER_FIGURES = re.compile(
    r"[(\[]?(?:ค่า)?เป้าหมาย(?!ของการประเมิน)|คาดการณ์|ประมาณการ|พยากรณ์|จำลอง|[(\[]?ร่าง|(?:ผล|คะแนน)?(?:การ)?ประเมินตนเอง"
    r"|(?:ค่า|คะแนน)*เฉลี่ย(?:ระดับ|ทั้ง|ราย|ของ)*(?:ประเทศ|จังหวัด|อำเภอ)|target|forecast|draft"
)


# What stands for a score or level


def says_not_assessed(value: Value) -> bool:
    """Whether a cell says in words that there is no score: "N/A", "ไม่ประเมิน"."""
    return isinstance(value, str) and not isinstance(value, Fault) and thai.fold(value) in _NOT_ASSESSED


_LEVEL_BEFORE = re.compile(r"^(?:ระดับ|เกรด)\s*[:：]?\s*")
_AROUND_LEVEL = " *“”\"'.()"


def level_text(value: Value) -> str | None:
    """A level as a cell prints it, "ระดับ B" as "B"; None where the cell says none."""
    if not isinstance(value, str) or thai.is_blank(value) or says_not_assessed(value):
        return None
    text = thai.tidy(value)
    bare = _LEVEL_BEFORE.sub("", text).strip(_AROUND_LEVEL)
    known = levels().get(thai.fold(bare))
    if known is None:
        return None if "คะแนน" in thai.fold(bare) else bare or text  # "ช่วงคะแนน" heads a legend
    return next((name for name in known.name.values() if thai.fold(name) == thai.fold(bare)), bare)


def is_level(value: Value) -> bool:
    """Whether a cell says a level that there is, in any year."""
    text = level_text(value)
    return text is not None and thai.fold(text) in levels()


@cache
def levels() -> Mapping[str, Level]:
    """Every year's levels by folded name, Thai and English."""
    return {
        thai.fold(name): level
        for year in fiscal_years()
        for level in rulebook(year).levels
        for name in level.name.values()
    }
