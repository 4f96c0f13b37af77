"""What the words of a heading stand for, however an office calls a column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ita import thai
from ita.reading.measures.statuses import says_only_status, status_of

TEXTS = ("steps", "responsible", "period", "result", "suggestion", "status")
"""The roles of the columns that tell about a measure; the others name it ("title", "indicator")."""
WORK = ("percent", "budget", "evidence")
"""The roles of what the work on a measure has come to. Many other tables have such columns: they make none of measures.
"""

# Headings, each part of them by itself: "ปัญหา/อุปสรรคและข้อเสนอแนะ" has three.

_DO = "(?:การ)?(?:ดำเนินการ|ดำเนินงาน|ดำเนินกิจกรรม|ปฏิบัติงาน|ปฏิบัติการ|ปฏิบัติ|ขับเคลื่อน|จัดทำ)"
_OF = "(?:ของ)?(?:แต่ละ)?(?:มาตรการ|กิจกรรม|โครงการ|งาน)"
_FOR = (
    "(?:ตาม(?:มาตรการ|แผน|แนวทาง|กิจกรรม|ตัวชี้วัด|ขั้นตอน).*"
    "|(?:ใน)?(?:รอบ|ครึ่งปี|ไตรมาส|ประจำ|ปี|ห้วง|ระยะ|เดือน).*|ที่ผ่านมา|ปัจจุบัน|ล่าสุด)"
)
_IMPROVING = "(?:การ)?(?:พัฒนา|แก้ไข|ปรับปรุง|ยกระดับ|ส่งเสริม|ป้องกัน)"
_WORDS: Mapping[str, tuple[str, ...]] = {
    "order": ("(?:ลำดับ)?(?:ที่|เลขที่)?", "ข้อ(?:ที่)?", "no", "number", "order", "#"),
    "suggestion": (
        "(?:ปัญหา)?(?:อุปสรรค)?ข้อเสนอ(?:แนะ)?(?:เชิง.*|เพิ่มเติม|ใน.*|เพื่อ.*|ของ.*|จาก.*)?",
        "suggestions?", "recommendations?",
    ),
    "status": (f"สถานะ(?:ปัจจุบัน)?(?:ของ)?(?:{_DO})?(?:{_OF})?(?:{_FOR})?", "status(?:of.*)?"),
    "responsible": (
        "(?:ชื่อ)?(?:ผู้|หน่วยงาน|ส่วนราชการ|กอง|สำนัก|ฝ่าย|ส่วนงาน|ส่วน|งาน|เจ้าหน้าที่|หน่วย)(?:ที่)?(?:ผู้)?"
        "รับผิดชอบ(?:หลัก|ร่วม|โครงการ|กิจกรรม|มาตรการ|ดำเนิน.*)?",
        "หน่วยงาน(?:หลัก|เจ้าภาพ(?:หลัก)?|(?:ที่)?ดำเนินการ)?", "ส่วนราชการ", "ส่วนงาน", "กอง", "สำนัก", "ฝ่าย", "เจ้าภาพ(?:หลัก)?",
        "ผู้ดำเนินการ", "responsible(?:unit|person|party|agency|office|division|department|for.*)?", "owner", "unit",
        "office", "division", "department", "person(?:incharge|responsible)?", "incharge", "who",
    ),
    "period": (
        f"(?:ห้วง|ช่วง|กรอบ|กำหนด)?(?:ระยะ)?เวลา(?:ที่)?(?:ใน)?(?:{_DO}|แล้วเสร็จ|เริ่มต้น|สิ้นสุด)?(?:{_OF})?(?:{_FOR})?",
        f"กำหนด(?:การ|ส่ง)?(?:วัน)?(?:ที่)?(?:ให้)?(?:แล้วเสร็จ|เสร็จ(?:สิ้น)?|{_DO})?", "ห้วง", "เดือน",
        f"แผน(?:{_DO})?(?:วัน(?:ที่)?)?(?:เริ่ม(?:ต้น)?|สิ้นสุด|แล้วเสร็จ|เสร็จ)",
        f"ปฏิทิน(?:{_DO}|กิจกรรม|(?:การทำ)?งาน)?", "วันเดือนปี", f"(?:วัน)?(?:เดือน)?ปี(?:ที่)?{_DO}",
        f"วัน(?:ที่)?(?:{_DO}|เริ่ม(?:ต้น)?(?:{_DO})?|สิ้นสุด|แล้วเสร็จ|เสร็จ|ครบกำหนด)",
        "period", "time(?:line|frame|period)?", "due(?:date)?", "deadline", "schedule", "calendar", "when", "dates?",
        "(?:start|end|finish|from|to)(?:date)?",
    ),
    "progress": (
        f"(?:รายงาน)?ความ(?:คืบหน้า|ก้าวหน้า)(?:ของ|ใน)?(?:{_DO})?(?:{_OF})?(?:{_FOR})?", "progress(?:report)?",
    ),
    "result": (
        f"(?:สรุป|(?:การ)?รายงาน|(?:การ)?ติดตาม)*ผล(?:{_DO})?(?:{_OF})?(?:{_FOR})?",
        "ผลที่(?:ได้|เกิด)(?:รับ|ขึ้น|ดำเนินการ)?", "ผลลัพธ์", "results?", "outcomes?", "achievements?",
    ),
    "title": ("(?:ชื่อ)?(?:แผน)?มาตรการ.*", "measures?(?:name|title)?"),
    "indicator": (
        "(?:ชื่อ|ด้าน|หัวข้อ)?ตัวชี้วัด(?:ที่)?(?:การประเมิน)?(?:ita|iit|eit|oit)?(?:ที่(?:เกี่ยวข้อง|ต้อง|ควร|ได้|มี).*)?",
        "ประเด็น(?:การประเมิน|ตัวชี้วัด)", "(?:ita)?indicators?(?:number|no|name)?",
    ),
    "steps": (
        f"ขั้นตอน(?:{_DO}|{_OF})?", f"วิธี(?:การ)?(?:{_DO})?", f"กระบวนการ(?:{_DO})?",
        f"รายละเอียด(?:ของ)?(?:{_DO}|ขั้นตอน|{_OF}|แนวทาง|วิธีการ)?",
        "steps?", "methods?", "procedures?", "details?", "description", "how",
    ),
    "approach": ("แนว(?:ทาง)?ปฏิบัติ", f"แนวทาง(?:ใน)?(?:{_DO}|{_IMPROVING}(?:ปัญหา|งาน)?)?", "approach"),
    "activity": (
        f"(?:ชื่อ)?(?:โครงการ|กิจกรรม|แผนงาน)(?:ที่(?:จะ)?ดำเนินการ|หลัก|{_FOR})?",
        "actions?", "activity", "activities", "projects?",
    ),
    "issue": (
        f"ประเด็น(?:ที่)?(?:จะ)?(?:ต้อง|ควร)?(?:ได้รับ)?(?:{_IMPROVING})?", f"จุดที่(?:จะ)?(?:ต้อง|ควร)(?:ได้รับ)?{_IMPROVING}",
    ),
    "problem": ("(?:(?:สภาพ)?ปัญหา|อุปสรรค|ข้อขัดข้อง)+(?:ที่พบ)?", "problems?", "obstacles?"),
    "percent": (
        f"(?:คิดเป็น)?(?:ร้อยละ|เปอร์เซ็นต์|%)(?:ของ|ที่)?(?:ความ(?:คืบหน้า|ก้าวหน้า|สำเร็จ)|ผล|งาน)?(?:ของ|ใน)?(?:{_DO})?(?:แล้วเสร็จ|สำเร็จ)?"
        f"(?:{_OF})?(?:{_FOR})?",
        "(?:percent(?:age)?|%)(?:of)?(?:complet(?:e|ed|ion)|done|progress)?", "progress%",
    ),
    "budget": (
        f"(?:จำนวน|วงเงิน|ใช้|เงิน)*งบ(?:ประมาณ)?(?:ที่)?(?:ได้รับ|จัดสรร|ใช้(?:ไป|จริง)?|ตั้งไว้|{_DO})*(?:{_FOR})?", "ค่าใช้จ่าย",
        "budget(?:used|baht|thb)?", "cost",
    ),
    "evidence": (
        "(?:เอกสาร|ร่องรอย)?(?:หลักฐาน|อ้างอิง)(?:อ้างอิง|ประกอบ|เชิงประจักษ์|เอกสาร|การดำเนิน.*|ผลการดำเนิน.*)?",
        "เอกสาร(?:ประกอบ|แนบ)?", "(?:แหล่ง|หลักฐาน)?(?:ลิง[กค]์|ลิ้ง[กค]์|url|link)(?:เอกสาร|หลักฐาน|อ้างอิง|เว็บไซต์)*",
        "evidence", "urls?", "links?", "proof",
    ),
    "remark": ("หมายเหตุ", "remarks?", "notes?", "comments?"),
}  # fmt: skip
"""Parts of headings, folded and without brackets, by what they stand for."""
_PARTS = {role: re.compile("|".join(patterns)) for role, patterns in _WORDS.items()}
_DECIDING = ("suggestion", "status", "responsible", "period", "progress", "result", "title", "indicator", *WORK)
"""What a heading of several parts is, where one of them is this; else what its first part is."""
_LIKELY = {
    "status": re.compile("^สถานะ|^status"),
    "suggestion": re.compile("ข้อเสนอแนะ|^suggestion|^recommendation"),
    "responsible": re.compile("รับผิดชอบ|^responsible"),
    "period": re.compile("^(?:ระยะเวลา|กำหนดเวลา|ช่วงเวลา|ห้วงเวลา|ห้วงระยะเวลา|period)"),
    "result": re.compile("^(?:สรุป|รายงาน|การรายงาน)?ผล(?:การ)?(?:ดำเนิน|ปฏิบัติ)|^result"),
    "steps": re.compile("^(?:ขั้นตอน|วิธีการ|วิธีดำเนิน|steps)"),
    "title": re.compile("^(?:มาตรการ|measure)"),
    "approach": re.compile("^แนวทาง"),
}
"""What a heading most likely is that is longer than any known one; it counts only in a row with well-known ones."""
TITLES = ("title", "approach", "activity", "issue")
"""What may name the measures, the surest first."""
STEPS_TOO = ("approach", "activity")
NAMING = {*TITLES, "indicator"}
TELLING = {*TEXTS, "progress", "percent"}

_BEGINNINGS = re.compile(
    r"[^ก-๙a-z#]*(?:ชื่อ|ลำดับ|ที่|เลขที่|ข้อ|ปัญหา|อุปสรรค|สภาพ|สถานะ|ผู้|หน่วย|ส่วน|กอง|สำนัก|ฝ่าย|งาน|เจ้า|ห้วง|ช่วง|กรอบ|กำหนด|ระยะ|เวลา"
    "|ปฏิทิน|วัน|เดือน|ปี|ราย|การ|ความ|สรุป|ติดตาม|ผล|แผน|มาตรการ|ด้าน|หัวข้อ|ตัวชี้วัด|ประเด็น|ขั้นตอน|วิธี|กระบวน|แนว|โครงการ|กิจกรรม|จุด|หมายเหตุ"
    "|งบ|ใช้|เงิน|วงเงิน|จำนวน|ค่าใช้จ่าย|คิดเป็น|ร้อยละ|เปอร์เซ็นต์|หลักฐาน|เอกสาร|ร่องรอย|อ้างอิง|แหล่ง|ลิ|[a-z#])|%|.*(?:ข้อเสนอแนะ|รับผิดชอบ)"
)
"""How headings begin: a quick look, for sheets of many names."""
LONGEST_HEADING = 90
_QUARTER = dt.timedelta(days=93)
_SOME_YEAR = 2565
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_IN_PERCENT = re.compile(r"[(\[](?:ร้อยละ|เปอร์เซ็นต์|%|percent)[)\]]")
_MANY_BAHT = re.compile("(?:พัน|หมื่น|แสน|ล้าน)(?:บาท)?|thousand|million")
"""What says that a column's amounts are not in baht."""
_NUMBER_BEFORE = re.compile(r"^[0-9]{1,2}[.)]+")
_BETWEEN = re.compile(rf"[{thai.DASHES}/,|&+:]|และ|หรือ")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading stands for, and whether it is a well-known one or only begins like one."""

    role: str
    known: bool


@lru_cache(maxsize=16384)  # the lists of five years ask it for the same agencies again and again
def meaning(text: str) -> Meaning | None:
    """What a heading stands for; None for one that nobody knows."""
    if len(text) > 2 * LONGEST_HEADING:
        return None
    folded = thai.fold(text)
    if len(folded) > LONGEST_HEADING or not _BEGINNINGS.match(folded):
        return None
    bare = _NUMBER_BEFORE.sub("", _BRACKETS.sub("", folded)).strip(" .*:'\"")
    parts = [_part(part.strip(".")) for part in _BETWEEN.split(bare) if part.strip(".")]
    roles = [part for part in parts if part]
    if roles and len(roles) == len(parts):
        said = [role for role in roles if role != "order"] or roles
        role = next((role for role in _DECIDING if role in said), said[0])
        if role == "budget" and _MANY_BAHT.search(folded):
            return None
        return Meaning("percent" if role == "progress" and _IN_PERCENT.search(folded) else role, known=True)
    if whole := _part(_BETWEEN.sub("", bare)):
        return Meaning(whole, known=True)
    likely = next((role for role, pattern in _LIKELY.items() if pattern.search(folded)), None)
    return Meaning(likely, known=False) if likely else None


def known_among(texts: Iterable[str]) -> set[str]:
    """The well-known headings among many texts; those that begin like none are not looked at any closer."""
    many = list(texts)
    likely = [text for text, key in zip(many, thai.folded(many), strict=True) if _BEGINNINGS.match(key)]
    return {text for text in likely if (found := meaning(text)) and found.known}


def _part(text: str) -> str | None:
    return next((role for role, pattern in _PARTS.items() if pattern.fullmatch(text)), None)


@lru_cache(maxsize=1024)
def mark(text: str) -> str | None:
    """The status that a heading of a column of marks states."""
    known = meaning(text)
    return status_of(text) if says_only_status(text) and not (known and known.known) else None


@lru_cache(maxsize=1024)
def is_short_time(text: str) -> bool:
    """Whether a heading names a month or a quarter: "ต.ค.", "ม.ค. 66", "ไตรมาส 2"."""
    named = thai.period(text, _SOME_YEAR) if len(text) <= LONGEST_HEADING else thai.Period()
    return named.start is not None and named.end is not None and named.end - named.start < _QUARTER
