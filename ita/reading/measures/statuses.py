"""What states how far a measure has come: the words that offices use, and the marks that they put under such words.

Other marks stand under the months of a plan and say when it is carried out.
"""

from __future__ import annotations

import re

from ita import thai
from ita.reading.sheet import Value

NOT_STATED = "not_stated"

_WORDS = [
    (status, re.compile(pattern))
    for status, pattern in (
        # What one pattern has matched, the next does not see: a deadline is no status, and the negative forms stand
        # before the plain verbs they contain.
        (None, r"กำหนด(?:การ)?(?:ให้)?(?:แล้ว)?เสร็จ(?:สิ้น)?|ระยะเวลา(?:ที่)?(?:แล้ว)?เสร็จ"),
        (NOT_STATED, r"(?:ยัง)?ไม่(?:ได้)?ระบุ|not_?stated"),
        (
            "not_started",
            r"(?:ยัง)?ไม่(?:ได้)?(?:เริ่ม|มีการ|เคย)?(?:ดำเนินการ|ดำเนินงาน)|ยังไม่(?:ได้)?(?:เริ่ม|ทำ|ปฏิบัติ)"
            r"|รอ(?:การ)?ดำเนินการ|not_?(?:yet_?)?started",
        ),
        (
            "in_progress",
            r"(?:ยัง)?ไม่(?:ได้)?(?:แล้ว)?เสร็จ(?:สิ้น|เรียบร้อย|สมบูรณ์)?|(?:ยัง)?ไม่เรียบร้อย"
            r"|(?:แล้ว)?เสร็จ(?:ไป)?บางส่วน|ดำเนินการ(?:ไป)?(?:แล้ว)?บางส่วน"
            r"|(?:คาดว่า)?จะ(?:ดำเนินการ)?(?:ให้)?(?:แล้ว)?เสร็จ(?:สิ้น)?"
            r"|(?:(?:อยู่)?(?:ใน)?ระหว่าง(?=(?:การ)?(?:ดำเนิน|จัดทำ|เก็บ|รวบรวม|ปรับปรุง|ตรวจ|พิจารณา|เสนอ))|อยู่(?:ใน)?ระหว่าง(?:การ)?"
            r"|กำลัง(?=ดำเนิน|จัดทำ|ทำ|ปรับปรุง))(?:การ)?(?:ดำเนินการ|ดำเนินงาน)?(?:ให้)?(?:(?:แล้ว)?เสร็จ(?:สิ้น)?)?"
            r"|อยู่(?:ใน)?ขั้นตอน|^ดำเนินการ(?:อย่าง)?ต่อเนื่อง$|in_?progress|on-?going",
        ),
        ("cancelled", r"(?<!ไม่)(?<!ไม่ได้)ยกเลิก|cancell?ed"),
        (
            "completed",
            r"แล้วเสร็จ|เสร็จ(?:สิ้น|เรียบร้อย|สมบูรณ์|แล้ว|ครบถ้วน)|(?:ดำเนินการ|^)เสร็จ(?:$|ตาม|ทัน)|เรียบร้อย(?:แล้ว|$)"
            r"|ดำเนินการ(?:ไป)?(?:ครบถ้วน)?แล้ว|^(?:ดำเนินการ)?ครบ(?:ถ้วน)?(?:แล้ว)?$|^(?:ดำเนินการ)?สำเร็จ(?:แล้ว)?$|(?<!in)completed?|^done$",
        ),
    )
]
_SHARE = re.compile(r"(?:ร้อยละ|[0-9.]+(?:%|เปอร์เซ็นต์))")
_ALL = re.compile(r"(?:ร้อยละ)?(?<![0-9.])100(?:\.0+)?(?![0-9])(?:%|เปอร์เซ็นต์)?")
_LONGEST_STATEMENT = 40
"""Letters, without blanks, that a cell has at most which says nothing but its status."""

_TICK = re.compile(r"[✓✔√/x×✕✖✗✘☑☒✅●•⚫■◉⦿⬤vüþp]+")  # ü, þ and P are ticks in the fonts that Excel calls Wingdings
_NO_TICK = re.compile(r"[☐□○◯❏❑▢()\[\]_.]+")

_TICKED = re.compile(r"[✓✔√☑☒✅■●]|\([/x✓✔√]\)")
_NOT_TICKED = re.compile(r"(?:[☐□○◯❏❑▢]|\(\))[^☐□○◯❏❑▢✓✔√☑☒✅■●(]*")

_TIME = re.compile(r"[✓✔√/x×●•■█▬←→↔⟵⟶⟷⇐⇒⇔<>=~*]+")
_ARROW_BEGINS, _ARROW_ENDS = tuple("←⟵⇐<"), tuple("→⟶⇒>")


def status_of(text: str) -> str | None:
    """The status that a text states in the words offices use; None where it states none, or more than one.

    A text says a status by its words only: "ยังไม่ได้ดำเนินการ" is not_started although it holds "ดำเนินการ". A share is
    none by itself, and "แล้วเสร็จ 80%" contradicts itself. Of choices the ticked one counts: "☑ แล้วเสร็จ ☐ ยกเลิก".
    """
    rest = folded = _chosen(thai.fold(text))
    stated = set()
    for status, words in _WORDS:
        rest, count = words.subn(" ", rest)
        if count and status:
            stated.add(status)
    if len(stated) != 1 or (stated == {"completed"} and _SHARE.search(_ALL.sub("", folded))):
        return None
    return stated.pop()


def _chosen(folded: str) -> str:
    """A text without the choices that are not ticked, where one is."""
    return _NOT_TICKED.sub(" ", folded) if _TICKED.search(folded) else folded


def says_only_status(text: str) -> bool:
    """Whether a cell's text is a status and nothing more."""
    return len(thai.fold(text)) <= _LONGEST_STATEMENT and status_of(text) is not None


def is_tick(value: Value) -> bool:
    """Whether a cell holds a mark that says yes: ✓, /, X, ●, a ticked box."""
    return value is True or (isinstance(value, str) and _TICK.fullmatch(thai.fold(value)) is not None)


def is_no_tick(value: Value) -> bool:
    """Whether a cell in a column of marks says no: it is empty, or a box without a tick."""
    if value is False or thai.is_blank(value):
        return True
    return isinstance(value, str) and _NO_TICK.fullmatch(thai.fold(value)) is not None


def is_mark_of_time(text: str) -> bool:
    """Whether a cell under a month says no more than that this is the time: ✓, an arrow, a bar."""
    return _TIME.fullmatch(thai.fold(text)) is not None


def spans(first: str, last: str) -> bool:
    """Whether two marks are the ends of one arrow, which runs over the cells between them."""
    return first.strip()[:1] in _ARROW_BEGINS and last.strip()[-1:] in _ARROW_ENDS
