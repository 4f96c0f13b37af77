"""How far a measure is and what it costs, as offices type it: "ร้อยละ 50", "๑๒,๐๐๐.-", "ไม่ใช้งบประมาณ"."""

from __future__ import annotations

import re

from ita import thai

WHOLE = 100
_SHARE = re.compile(r"(?:ร้อยละ|เปอร์เซ็นต์|percent|%)", re.IGNORECASE)
_BAHT = r"(?:บาท(?:ถ้วน)?|฿|baht|thb)"
_BUDGET = re.compile(
    r"(?:(?:ใช้)?งบประมาณ|งบ|จำนวน(?:เงิน)?|เป็นเงิน|วงเงิน|฿|\s|:)*"
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?)"
    rf"\s*(?:[./][{thai.DASHES}=])?\s*{_BAHT}?\s*(?:\([^()0-9]*\))?",
    re.IGNORECASE,
)
"""An amount, with words before it, and behind it the mark that ends it, its unit, and the amount spelt out."""
_NO_BUDGET = re.compile(
    r"(?:ไม่(?:ได้|มีการ|ต้อง|จำเป็นต้อง)*(?:ใช้|มี|ขอ|ขอรับ|เบิก(?:จ่าย)?)(?:จ่าย)?(?:เงิน)?(?:งบ(?:ประมาณ)?|ค่าใช้จ่าย)?"
    r"|no(?:budget|cost)|none)(?:ใน)?(?:การ)?(?:ดำเนินการ|ดำเนินงาน)?[.]?"
)


def percent_of(text: str) -> float | None:
    """How far a measure is, 0 to 100; None where the text states no such share.

    A plain fraction may be a half as well as half a hundredth, and is none.
    """
    stated = thai.number(text)
    return None if stated is None or not 0 <= stated <= WHOLE or is_fraction(text) else stated


def is_fraction(text: str) -> bool:
    """Whether a text is a number between 0 and 1 that does not say whether it is out of a hundred."""
    stated = thai.number(text)
    return stated is not None and 0 < stated < 1 and not says_share(text)


def says_share(text: str) -> bool:
    """Whether a text has the sign or the word that makes a share of its number."""
    return _SHARE.search(text) is not None


def budget_of(text: str) -> float | None:
    """An amount of baht, 0 for a measure that costs nothing; None where the text states no amount, or several."""
    if _NO_BUDGET.fullmatch(thai.fold(text)):
        return 0.0
    amount = _BUDGET.fullmatch(thai.arabic_digits(thai.tidy(text)))
    return float(amount["number"].replace(",", "")) if amount else None
