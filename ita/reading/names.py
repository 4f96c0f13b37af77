"""What a cell's words mean: an indicator, an instrument's or total's figure, or the role of a column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ita import thai
from ita.rulebooks import latest
from ita.reading.sheet import Value

FIGURES = ("iit", "eit", "oit", "total", "level")
"""What a file prints beside the ten indicators, as `published` names it."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "agency": ("หน่วยงาน", "ชื่อหน่วยงาน", "รายชื่อหน่วยงาน", "หน่วยงานภาครัฐ", "อปท", "ชื่ออปท", "องค์กรปกครองส่วนท้องถิ่น", "agency"),
    "fiscal_year": ("ปี", "ปีงบประมาณ", "ปีงบประมาณพศ", "พศ", "ปีพศ", "fiscalyear"),
    "indicator": ("ตัวชี้วัด", "รายการตัวชี้วัด", "ชื่อตัวชี้วัด", "ประเด็นการประเมิน", "indicator"),
    "score": ("คะแนน", "คะแนนที่ได้", "ผลคะแนน", "ร้อยละ", "คะแนนร้อยละ", "คะแนน100", "คะแนนเต็ม100", "score"),
    "total": (
        "คะแนนรวม", "คะแนนita", "คะแนนรวมita", "ผลคะแนนita", "รวม", "คะแนนรวมเฉลี่ย", "คะแนนเฉลี่ย", "คะแนนรวมทั้งหมด",
        "คะแนนภาพรวม", "คะแนนภาพรวมหน่วยงาน", "คะแนนรวมหน่วยงาน", "รวมคะแนน", "total",
    ),
    "level": ("ระดับ", "ระดับผลการประเมิน", "ระดับคะแนน", "ผลการประเมินระดับ", "ระดับผลคะแนน", "level"),
    "iit": ("iit", "คะแนนiit", "คะแนนเฉลี่ยiit", "รวมiit", "เฉลี่ยiit"),
    "eit": ("eit", "คะแนนeit", "คะแนนเฉลี่ยeit", "รวมeit", "เฉลี่ยeit"),
    "oit": ("oit", "คะแนนoit", "คะแนนเฉลี่ยoit", "รวมoit", "เฉลี่ยoit"),
}  # fmt: skip
"""Column headings and row labels, folded and without punctuation, by what they stand for."""

_ROLE_OF = {word: role for role, words in ROLES.items() for word in words}
_PUNCTUATION = re.compile(r"[\s.():,\-–—/*]+")
_NUMBERED = re.compile(r"^(?:ตัวชี้วัด)?(?:ที่|ด้าน)?(?P<number>\d{1,2})?[.):\-–]*(?:ตัวชี้วัด)?(?:ด้าน)?(?P<name>.*)$")
_AGENCY_TYPES = r"(?:เทศบาล(?:ตำบล|เมือง|นคร)|องค์การบริหารส่วน(?:ตำบล|จังหวัด)|อบต\.|อบจ\.|เมืองพัทยา)"
_AGENCY = re.compile(rf"{_AGENCY_TYPES}\s?[^\s,()“”\"]+")
_NOT_IN_A_NAME = re.compile(r"(?:ประจำปี|ปีงบประมาณ|ได้เข้าร่วม|ได้รับ).*$")


@cache
def indicator_names() -> Mapping[str, int]:
    """Indicator numbers by folded Thai name, every known spelling."""
    return {
        thai.fold(name): indicator.number
        for indicator in latest().indicators
        for name in (indicator.name["th"], *indicator.also)
    }


def indicator_named(value: Value) -> int | None:
    """The indicator that a cell names: "1. การปฏิบัติหน้าที่", "การใช้อำนาจ", "ตัวชี้วัดที่ ๓"; None for anything else.

    The name decides where there is one; a bare number counts only with the word ตัวชี้วัด before it, for a number
    alone may be anything (`numbered` answers for those).
    """
    if not isinstance(value, str):
        return None
    folded = thai.fold(value)
    match = _NUMBERED.match(folded)
    if match is None:
        return None
    number, name = match["number"], match["name"]
    if name:
        return indicator_names().get(name)
    return _in_range(number) if number and folded.startswith("ตัวชี้วัด") else None


def numbered(value: Value) -> int | None:
    """The indicator a bare column number stands for: 1, "1", "๑", "1.", "ตัวชี้วัดที่ 1"."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _in_range(value) if value == value and float(value).is_integer() else None
    if not isinstance(value, str):
        return None
    match = _NUMBERED.match(thai.fold(value))
    return _in_range(match["number"]) if match and match["number"] and not match["name"] else None


def role_of(value: Value) -> str | None:
    """What a heading or label stands for (a key of ROLES), None where it is none of them."""
    if not isinstance(value, str):
        return None
    return _ROLE_OF.get(_PUNCTUATION.sub("", thai.fold(value)))


def agency_in(text: str) -> str | None:
    """The agency that a title line or sentence speaks of, as it spells it."""
    match = _AGENCY.search(thai.tidy(text))
    if match is None:
        return None
    return _NOT_IN_A_NAME.sub("", match[0]) or None


def _in_range(number: str | float) -> int | None:
    return int(number) if 1 <= int(number) <= len(latest().indicators) else None
