"""What a cell's words mean: an indicator, a printed figure, the role of a column, an agency, a level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from ita import thai
from ita.reading.sheet import Value
from ita.rulebooks import Level, fiscal_years, latest, rulebook

INSTRUMENTS = ("iit", "eit", "oit")
FIGURES = (*INSTRUMENTS, "total", "level")
"""What a file prints beside the ten indicators, as `published` names it."""

Meaning = int | str
"""What a column or row is about: an indicator's number, or a role."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "agency": (
        "หน่วยงาน", "ชื่อหน่วยงาน", "รายชื่อหน่วยงาน", "หน่วยงานภาครัฐ", "ชื่อหน่วยงานภาครัฐ", "หน่วยงานที่รับการประเมิน", "อปท",
        "ชื่ออปท", "รายชื่ออปท", "อปทหน่วยงาน", "หน่วยงานอปท", "องค์กรปกครองส่วนท้องถิ่น", "ชื่อองค์กรปกครองส่วนท้องถิ่น",
        "รายชื่อองค์กรปกครองส่วนท้องถิ่น", "เทศบาล", "ชื่อเทศบาล", "อบต", "ชื่ออบต", "เทศบาลอบต", "ส่วนราชการ", "สถานศึกษา",
        "ชื่อสถานศึกษา", "โรงเรียน", "ชื่อโรงเรียน", "agency", "agencyname", "organization",
    ),
    "province": ("จังหวัด", "จ", "ชื่อจังหวัด", "province"),
    "district": ("อำเภอ", "อ", "ชื่ออำเภอ", "district"),
    "kind": ("ประเภท", "ประเภทหน่วยงาน", "ประเภทอปท", "ประเภทองค์กรปกครองส่วนท้องถิ่น", "type"),
    "fiscal_year": (
        "ปี", "ปีงบประมาณ", "ปีงบประมาณพศ", "พศ", "ปีพศ", "ประจำปีงบประมาณ", "ปีที่ประเมิน", "fiscalyear", "year",
    ),
    "indicator": (
        "ตัวชี้วัด", "ตัวชี้วัดที่", "รายการตัวชี้วัด", "ชื่อตัวชี้วัด", "ตัวชี้วัดการประเมิน", "ตัวชี้วัดita",
        "ประเด็นการประเมิน", "รายการประเมิน", "ประเด็นตัวชี้วัด", "indicator", "indicators",
    ),
    "score": (
        "คะแนน", "คะแนนที่ได้", "คะแนนที่ได้รับ", "ผลคะแนน", "ผลการประเมิน", "ผลคะแนนการประเมิน", "ค่าคะแนน", "คะแนนประเมิน",
        "คะแนนการประเมิน", "คะแนนตัวชี้วัด", "ร้อยละ", "คะแนนร้อยละ", "คะแนนร้อยละ100", "คะแนน100", "คะแนนเต็ม100",
        "คะแนนเต็ม100คะแนน", "score", "scores",
    ),
    "mean": (
        "รวม", "เฉลี่ย", "ค่าเฉลี่ย", "คะแนนเฉลี่ย", "รวมเฉลี่ย", "คะแนนรวมเฉลี่ย", "ผลรวม", "ค่าเฉลี่ยรวม", "average", "mean",
    ),
    "total": (
        "คะแนนรวม", "คะแนนita", "คะแนนรวมita", "ผลคะแนนita", "ผลรวมคะแนน", "คะแนนรวมทั้งหมด", "รวมทั้งหมด",
        "รวมทั้งสิ้น", "คะแนนภาพรวม", "ภาพรวม", "คะแนนภาพรวมหน่วยงาน", "คะแนนรวมหน่วยงาน",
        "คะแนนเฉลี่ยรวม", "คะแนนเฉลี่ยita", "คะแนนสุทธิ", "รวมคะแนน", "รวมคะแนนทั้งหมด",
        "ผลคะแนนรวม", "ผลคะแนนภาพรวม", "คะแนนรวมถ่วงน้ำหนัก", "ita", "total", "totalscore",
    ),
    "level": (
        "ระดับ", "ระดับผลการประเมิน", "ระดับคะแนน", "ผลการประเมินระดับ", "ระดับผลคะแนน", "ระดับการประเมิน", "ระดับita", "ผลระดับ",
        "เกรด", "level", "rating", "grade",
    ),
}  # fmt: skip
"""Column headings and row labels, folded and without punctuation, by what they stand for.

"mean" is a word that an instrument's mean and the total are both headed with: `resolved` tells which.
"""

_ROLE_OF = {word: role for role, words in ROLES.items() for word in words}
_PUNCTUATION = re.compile(r"[^\w\u0e30-\u0e4e]+|_")
_NUMBERED = re.compile(r"^\(?(?:ตัวชี้วัด)?(?:ที่|ด้าน|ข้อ)?(?P<number>\d{1,2})?[.):\-–—]*(?:ตัวชี้วัด)?(?:ด้าน)?(?P<name>.*)$")
_AFTER_NAME = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|[*:.]|\d/)+$")
_FULL_MARKS = re.compile(r"(?:เต็ม)?(?:ร้อยละ)?100(?:คะแนน)?$")
_PART = re.compile(r"^(?:ตัวชี้วัดย่อย(?:ที่)?)?\d{1,2}\.\d{1,2}(?:[.):]|\D|$)")

_LONG_NAMES = {
    "iit": ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน", "ผู้มีส่วนได้ส่วนเสียภายใน", "internalintegrityandtransparencyassessment"),
    "eit": ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก", "ผู้มีส่วนได้ส่วนเสียภายนอก", "externalintegrityandtransparencyassessment"),
    "oit": ("แบบตรวจการเปิดเผยข้อมูลสาธารณะ", "การเปิดเผยข้อมูลสาธารณะ", "opendataintegrityandtransparencyassessment"),
}  # fmt: skip
_INSTRUMENT = {code: re.compile("|".join((rf"(?<![a-z]){code}(?![a-z])", *long))) for code, long in _LONG_NAMES.items()}
_BESIDE_INSTRUMENT = re.compile(
    r"แบบวัดการรับรู้|แบบวัด|แบบตรวจ|แบบสำรวจ|เครื่องมือ|คะแนน|ค่าเฉลี่ย|เฉลี่ย|รวม|ผล|ค่า|สรุป|ร้อยละ|ถ่วงน้ำหนัก|น้ำหนัก|เต็ม|ของ|ด้าน|ที่ได้|score|mean|\d+"
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
_PROVINCE = re.compile(r"(?<!ส่วน)(?<!ระดับ)(?:จังหวัด|(?<![ก-๙])จ\.)\s*(?P<name>[ก-๙]+)")
_DISTRICT_BEFORE = re.compile(r"^(?:อำเภอ|เขต|อ\.)\s*")

_SUMMARY = re.compile(
    r"^(?:รวม|รวมทั้งหมด|รวมทั้งสิ้น|ผลรวม|ภาพรวม|total|max|min)$"
    r"|^(?:ค่า|คะแนน)?เฉลี่ย|^(?:ค่า|คะแนน)?(?:สูงสุด|ต่ำสุด)|^คะแนนเต็ม"
    r"|^ภาพรวม(?:จังหวัด|ทั้ง|ระดับ|ประเทศ)|^รวม(?:เฉลี่ย|คะแนน|ค่าเฉลี่ย)"
    r"|^(?:ค่า)?น้ำหนัก|^(?:ค่า)?เป้าหมาย|^เกณฑ์|^ส่วนเบี่ยงเบน|^(?:ค่า)?มัธยฐาน|^s\.?d\.?$|^average|^mean|^median"
)
_NOT_ASSESSED = {
    "n/a", "na", "#n/a", "n.a.", "nil", "none", "null", "ไม่ประเมิน", "ไม่ได้ประเมิน",
    "ไม่รับการประเมิน", "ไม่มีการประเมิน", "ยังไม่ประเมิน", "ไม่มี", "ไม่มีข้อมูล", "ไม่มีคะแนน", "ไม่ระบุ", "ไม่พบข้อมูล",
    "ไม่เข้าร่วม", "ไม่เข้าร่วมการประเมิน", "ไม่ได้เข้าร่วม", "ไม่ได้เข้าร่วมการประเมิน", "รอผล", "รอประกาศผล",
}  # fmt: skip
_ALIKE = 0.75
"""From this similarity on two names are taken for one that is spelt in two ways: บัวพัฒนา and บัววัฒนา have 0.88."""


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
    match = _NUMBERED.match(folded)
    if match is None:
        return None
    number, name = match["number"], match["name"]
    if name:
        known = indicator_names()
        return known.get(name) or known.get(_AFTER_NAME.sub("", name))
    return _in_range(number) if number and folded.lstrip("(").startswith("ตัวชี้วัด") else None


def numbered(value: Value) -> int | None:
    """The indicator a bare column number stands for: 1, "1", "๑", "1.", "(1)", "ตัวชี้วัดที่ 1"."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _in_range(value) if value == value and float(value).is_integer() else None
    if not isinstance(value, str):
        return None
    match = _NUMBERED.match(thai.fold(value))
    return _in_range(match["number"]) if match and match["number"] and not match["name"] else None


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


def speaks_of_indicator(text: str) -> bool:
    """Whether a text names an indicator anywhere; the OIT's long name holds one and is none."""
    folded = thai.fold(text)
    for pattern in _INSTRUMENT.values():
        folded = pattern.sub(" ", folded)
    return any(name in folded for name in indicator_names())


def last_instrument_in(text: str) -> str | None:
    """The instrument that a text speaks of last."""
    folded = thai.fold(text)
    ends = {
        code: max((match.end() for match in pattern.finditer(folded)), default=0)
        for code, pattern in _INSTRUMENT.items()
    }
    last = max(ends, key=lambda code: ends[code])
    return last if ends[last] else None


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


def alike(one: str, other: str) -> bool:
    """Whether two agency names look like one that is spelt in two ways: the kind the same, the name nearly."""
    (kind, name), (other_kind, other_name) = _kind_and_name(one), _kind_and_name(other)
    return kind == other_kind and SequenceMatcher(None, name, other_name).ratio() >= _ALIKE


def _kind_and_name(agency: str) -> tuple[str, str]:
    match = _AGENCY.match(thai.tidy(agency))
    return (thai.fold(match["kind"]), thai.fold(match["name"])) if match else ("", thai.fold(agency))


def province_in(text: str) -> str | None:
    """The one province that a title speaks of: "จังหวัดขอนแก่น", "จ.ขอนแก่น"."""
    provinces = {match["name"] for match in _PROVINCE.finditer(thai.tidy(text))}
    return provinces.pop() if len(provinces) == 1 else None


def province(value: Value) -> str | None:
    """A province's bare name from a cell that holds nothing else."""
    return _PROVINCE_BEFORE.sub("", thai.tidy(value)) or None if isinstance(value, str) else None


def district(value: Value) -> str | None:
    """A district's bare name from a cell that holds nothing else."""
    return _DISTRICT_BEFORE.sub("", thai.tidy(value)) or None if isinstance(value, str) else None


def names_province(name: str) -> bool:
    """Whether this, such as a sheet's name, is a province's name."""
    from pythainlp.corpus import provinces  # slow to import, and seldom needed

    return _PROVINCE_BEFORE.sub("", thai.tidy(name)) in provinces()


def is_summary(text: str) -> bool:
    """Whether a row with this name sums up other rows, or states their full marks or weights: no agency."""
    return _SUMMARY.search(thai.fold(text)) is not None


# What stands for a score or level


def says_not_assessed(value: Value) -> bool:
    """Whether a cell says in words that there is no score: "N/A", "ไม่ประเมิน"."""
    return isinstance(value, str) and thai.fold(value) in _NOT_ASSESSED


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
        return bare or text
    return next((name for name in known.name.values() if thai.fold(name) == thai.fold(bare)), bare)


@cache
def levels() -> Mapping[str, Level]:
    """Every year's levels by folded name, Thai and English."""
    return {
        thai.fold(name): level
        for year in fiscal_years()
        for level in rulebook(year).levels
        for name in level.name.values()
    }
