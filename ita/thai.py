"""Thai text as agencies type it: matching keys, clean display text, numbers, fiscal years, periods, line breaks.

PyThaiNLP does what needs its dictionary (word breaks) and is imported only then: the import takes a tenth of a second,
and its normaliser sends each name through some forty patterns. The small tables here are for the rest.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, is_normalized, normalize

BUDDHIST_ERA = 543
"""B.E. = C.E. + 543."""
YEARS = range(2500, 2601)
"""The B.E. years a file may speak of; a figure outside is some other number."""
FIRST_MONTH = 10
"""The fiscal year N begins in October of N-1."""

MONTHS_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip

_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC_DIGITS = "0123456789"
_TO_THAI = str.maketrans(_ARABIC_DIGITS, _THAI_DIGITS)
_TO_ARABIC = str.maketrans(_THAI_DIGITS, _ARABIC_DIGITS)

DASHES = "-‐‑‒–—―−"
"""Every dash that is typed between two dates and for "none" in a cell."""
# Zero-width characters, soft hyphens, directions and their overrides, tags: nobody sees them, programs compare them.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# Control characters and halves of characters: no document format can carry them.
_UNWRITABLE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"


# Matching


_LEAD_VOWELS = "เ-ไ"
_FOLLOW_VOWELS = "ะาำ"
_MARKS = "ัิ-ฺ็-์"  # above and below the consonant; from U+0E48 on, the tone marks and the silencer, which come last
_FIRST_TONE_MARK = "่"

_UNUSUAL = re.compile("[^ก-ฺเ-ไ็-์!-~]")
_DISORDERED = re.compile(f"[่-์{_FOLLOW_VOWELS}](?:(?<=[่-์])[ัิ-ฺ็]|(?<=[{_FOLLOW_VOWELS}])[่-์])")
_DOUBLED = re.compile(f"([{_LEAD_VOWELS}{_FOLLOW_VOWELS}{_MARKS}])\\1+")
_DROPPED = re.compile(f"[{_UNSEEN}{_UNWRITABLE}]+")
_NIKHAHIT_AA = re.compile("ํ([่-๋]*)า")  # ำ typed as two characters, with the tone mark between or before
_LAKKHANG = re.compile("(?<![ฤฦ])ๅ")  # looks like า; right only after ฤ and ฦ
_FOLLOW_RUN = re.compile(f"[{_FOLLOW_VOWELS}่-์]{{2,}}")
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")


def fold(text: str) -> str:
    """A key for matching, never for display: the same for every way a word is typed and blanks are set.

    Blanks and unseen characters are gone, digits Arabic, ำ and แ one character, vowel and tone marks once each and in
    the order of the Thai standard (consonant, vowel, tone), Latin letters small.
    """
    text = normalize("NFC", "".join(text.split())).casefold()
    if _UNUSUAL.search(text):
        text = normalize("NFC", _DROPPED.sub("", text).translate(_TO_ARABIC))
        text = _NIKHAHIT_AA.sub(r"\1ำ", _LAKKHANG.sub("า", text))
    if _DISORDERED.search(text) or _DOUBLED.search(text):
        text = _FOLLOW_RUN.sub(_tones_first, text.replace("เเ", "แ"))
        text = _DOUBLED.sub(r"\1", _MARK_RUN.sub(_each_once, text))
    return text


def _tones_first(run: re.Match[str]) -> str:
    """Tone marks and vowels that follow the consonant: the tones belong to it, before the vowels."""
    return "".join(sorted(run[0], key=lambda mark: mark in _FOLLOW_VOWELS))


def _each_once(run: re.Match[str]) -> str:
    """Marks over one consonant: each once, vowels before tones."""
    return "".join(sorted(dict.fromkeys(run[0]), key=lambda mark: mark >= _FIRST_TONE_MARK))


def folded(texts: Sequence[str]) -> list[str]:
    """The key of each text, as `fold` gives it: many at once, in a tenth of the time."""
    joined = _BETWEEN.join(texts)
    keys = fold(joined).split(_BETWEEN)
    return keys if len(keys) == len(texts) else [fold(text) for text in texts]


_BETWEEN = "`"
"""A character that nobody types in Thai text and that folding leaves alone: it stands between texts."""


# Display


_UNTIDY = re.compile(f"[{_UNSEEN}{_UNWRITABLE}]|[^\\S ]|  ")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_LINE_ENDS = re.compile(" ?\n ?")


def tidy(text: str) -> str:
    """Text for display: what nobody sees is gone, every run of blanks is one, line ends are kept as "\\n"."""
    text = normalize("NFC", text)
    if _UNTIDY.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _BLANKS.sub(" ", _DROPPED.sub("", text))
        text = _AROUND_LINE_ENDS.sub("\n", text)
    return text.strip()


def tidied(texts: Sequence[str]) -> list[str]:
    """Each text as `tidy` gives it: many at once, in a fraction of the time where they are tidy as they stand."""
    joined = _BETWEEN.join(texts)
    if _UNTIDY.search(joined) or not is_normalized("NFC", joined):
        return [tidy(text) for text in texts]
    return [text.strip() for text in texts]


def arabic_digits(text: str) -> str:
    """The text with Thai digits written as 0-9; as long as before."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """The text with 0-9 written as Thai digits; as long as before."""
    return text.translate(_TO_THAI)


def with_thai_digits(text: str) -> str:
    """The text with Thai digits but in codes and addresses ("o42", "www.…"): in words that have Latin letters."""
    return _WITHOUT_LATIN.sub(lambda word: thai_digits(word[0]), text)


_WITHOUT_LATIN = re.compile(r"(?<!\S)[^\sA-Za-z]+(?!\S)")


def date_text(date: dt.date, year: bool = True, months: Sequence[str] = MONTHS_SHORT) -> str:
    """A date as offices write it, in the Buddhist era: "31 มี.ค. 2565"; without the year "31 มี.ค.".

    `months`: what the twelve are called.
    """
    return f"{date.day} {months[date.month - 1]}" + (f" {date.year + BUDDHIST_ERA}" if year else "")


def period_words(start: dt.date, end: dt.date, months: Sequence[str] = MONTHS_SHORT) -> str:
    """Whole months as offices write them, every year complete: "ม.ค. – มี.ค. 2565"; other days as dates.

    `months`: what the twelve are called.
    """
    if start.day != 1 or end != _month_end(end):
        first, last = (date_text(day, months=months) for day in (start, end))
        return last if start == end else f"{first} – {last}"
    first, last = (f"{months[day.month - 1]} {day.year + BUDDHIST_ERA}" for day in (start, end))
    if start.year != end.year:
        return f"{first} – {last}"
    return last if start.month == end.month else f"{months[start.month - 1]} – {last}"


# Numbers


_NUMBER = re.compile(
    r"(?P<before>[^0-9]*?)"
    r"(?P<number>[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,2}(?P<decimals>,[0-9]{2})|[0-9]+(?:\.[0-9]+)?))"
    r"(?P<after>[^0-9]*?)(?:(?:/|จาก|เต็ม)\s*100(?:\.0+)?(?P<unit>[^0-9]*?))?[*†‡]{0,3}"
)
_BEFORE_NUMBER = {"", "ร้อยละ", "คะแนน", "ได้คะแนน", "'", "’"}
_AFTER_NUMBER = {"", "%", "คะแนน", "เปอร์เซ็นต์"}


def number(value: object) -> float | None:
    """The one number that stands in a cell: 84.96, "๘๔.๙๖", "ร้อยละ 84.96", "84.96%", "84.96 คะแนน", "1,234.5".

    Full marks of a hundred behind it ("84.96/100", "84.96 จาก 100"), the mark of a footnote ("84.96*") and the
    apostrophe that makes a text of it in Excel say nothing else. None where there is no number, more than one
    ("84.96/85"), or words that are no unit. NaN, infinity and booleans are no numbers. A comma is the thousands mark it
    is in Thailand; before two digits ("84,96") it can only be a decimal one; elsewhere it is none ("1,2" is None).
    """
    if isinstance(value, str):
        match = _NUMBER.fullmatch(arabic_digits(tidy(value)))
        if match is None or fold(match["before"]) not in _BEFORE_NUMBER:
            return None
        if fold(match["after"]) not in _AFTER_NUMBER or fold(match["unit"] or "") not in _AFTER_NUMBER:
            return None
        value = float(match["number"].replace(",", "." if match["decimals"] else "").replace("−", "-"))
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: None, no text, blanks, or a dash of any length for "none"."""
    if value is None:
        return True
    return isinstance(value, str) and not tidy(value).strip(f" \n{DASHES}")


# Years


_MONTH_PATTERN = "|".join(
    [*MONTHS, "กรกฏาคม", "กุมภาพันธ", *(short.replace(".", r"\.?") for short in MONTHS_SHORT)]
)  # กรกฎาคม is often typed with ฏ
_MONTH_NUMBERS = (
    {name: month for month, name in enumerate(MONTHS, 1)}
    | {short.replace(".", ""): month for month, short in enumerate(MONTHS_SHORT, 1)}
    | {"กรกฏาคม": 7, "กุมภาพันธ": 2}
)
_ENGLISH_MONTHS = ("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
                   "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?")  # fmt: skip
_ENGLISH_NUMBERS = {name[:3]: month for month, name in enumerate(_ENGLISH_MONTHS, 1)}
_BE = r"พ\.?ศ\.?"
_CE = r"ค\.?ศ\.?"
_ENGLISH = "fiscalyear|budgetyear|year|fy"
_FISCAL = rf"(?:ปีงบประมาณ|งบประมาณ|ปีงบ|ปี)(?:{_BE})?|{_BE}"
_DATES = re.compile(
    rf"(?:(?<![0-9])[0-9]{{1,2}})?(?:{_MONTH_PATTERN})(?:ปี)?(?:{_BE}|{_CE})?(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9])"
)
_YEARS = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])(?:(?P<era>{_CE}|{_ENGLISH})?(?P<full>[0-9]{{4}})|(?:{_FISCAL})['’]?(?P<short>[0-9]{{2}}))"
    r"(?![0-9]|[.,][0-9]*[1-9])(?:[-/](?P<second>[0-9]{4}|[0-9]{2})(?![0-9]))?"
)


def fiscal_year(value: object) -> int | None:
    """The one fiscal year (B.E.) that a cell names: 2564, "ปี ๒๕๖๔", "ปีงบประมาณ พ.ศ. 2564", "ปีงบประมาณ 64".

    None for a text with two different years and for a year outside `YEARS`; C.E. counts only where the text says ค.ศ.,
    or names the year in English ("FY2024" is 2567).
    A date is no fiscal year (1 ต.ค. 2564 lies in 2565): neither a date value nor a date within a text names one.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if value in YEARS else None
    if not isinstance(value, str):
        return None
    named = set(_named_years(_DATES.sub(" ", _one_dash(fold(value)))))
    return named.pop() if len(named) == 1 else None


def _named_years(folded: str) -> Iterator[int]:
    for match in _YEARS.finditer(folded):
        first = int(match["full"]) if match["full"] else 2500 + int(match["short"])
        era = BUDDHIST_ERA if match["era"] and first not in YEARS else 0  # "Fiscal year 2567" is B.E. already
        first += era
        if first in YEARS:
            yield first
            if match["second"]:
                yield int(match["second"]) + (era if len(match["second"]) == 4 else first // 100 * 100)


def _one_dash(text: str) -> str:
    """The text with every kind of dash written as a hyphen."""
    return text.translate(_TO_HYPHEN)


_TO_HYPHEN = str.maketrans(dict.fromkeys(DASHES, "-"))


# Periods


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included. A deadline has no start, an open period no end, "" neither."""

    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Moment:
    """A date as far as it is written; `year` is C.E."""

    month: int
    day: int | None = None
    year: int | None = None


_ALL_MONTHS = (1, 12)
_HALVES = {"แรก": (1, 6), "first": (1, 6), "หลัง": (7, 12), "second": (7, 12)}
_QUARTERS_IN_YEAR = 4

_YEAR_OF_MONTH = rf"(?:ปี)?(?:{_BE}|(?P<ce>{_CE}))?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
_MONTH_NAME = rf"(?P<month>{_MONTH_PATTERN})|(?P<english>{'|'.join(_ENGLISH_MONTHS)})[.,]?"
_QUARTER_NAME = "(?:ไตรมาส(?:ที่)?|quarter|q)"
_TOKEN = re.compile(
    r"(?P<date>(?P<d>[0-9]{1,2})(?P<between>[/.])(?P<m>[0-9]{1,2})(?P=between)(?P<y>[0-9]{4}|[0-9]{2}))(?![0-9])"
    rf"|(?P<day>[0-9]{{1,2}})?(?:{_MONTH_NAME})(?:{_YEAR_OF_MONTH})?"
    rf"|(?P<first_day>[0-9]{{1,2}})(?=-[0-9]{{1,2}}(?:{_MONTH_PATTERN}|{'|'.join(_ENGLISH_MONTHS)}))"
    rf"|{_QUARTER_NAME}(?P<quarters>[1-9](?:(?:-|ถึง|,|และ){_QUARTER_NAME}?[1-9])*)(?:/(?P<quarter_year>25[0-9]{{2}}|[5-9][0-9]))?(?![0-9])"
    r"|(?:รอบ)?(?:ครึ่ง(?:ปี)?(?:งบประมาณ)?|6เดือน)(?P<half>แรก|หลัง)|(?P<english_half>first|second)half"
    r"|รอบ(?P<months>3|6|9|12)เดือน"
    r"|(?P<round>รอบที่[1-9])"
    r"|\((?P<length>[0-9]{1,2})เดือน\)"
    rf"|(?:{_ENGLISH})(?P<english_year>[0-9]{{4}})(?![0-9])"
    rf"|(?:(?:{_FISCAL})(?P<short_year>[0-9]{{2}})|(?:{_FISCAL})?(?P<full_year>[0-9]{{4}}))(?![0-9])"
    rf"|(?P<whole>(?:ตลอดทั้ง|ตลอด|ทั้ง|ประจำ)ปี(?:งบประมาณ|งบ)?|ปีงบประมาณ)(?!งบ|ประมาณ|(?:{_BE})?[0-9])"
    r"|(?P<deadline>ภายใน(?:สิ้น)?|by|within)"
    r"|(?P<open>เป็นต้นไป|onwards?)"
    r"|(?P<to>-|จนถึง|ถึง|to|until)"
    r"|(?P<filler>ตั้งแต่|ระหว่าง|ในช่วง|ช่วง|วันที่|เดือน|ประจำ|ตลอด|ต่อเนื่อง|ทั้ง|ของ|from|of|[()\[\]:])"
)


def period(text: str, fiscal_year: int | None = None) -> Period:
    """The days that a period names: "ต.ค. 64 – มี.ค. 65", "ไตรมาส ๑ - ๔", "ตลอดปีงบประมาณ ๒๕๗๐", "รอบ 6 เดือน".

    Years are B.E., of two or four digits, unless the text says ค.ศ. or is English; a year that stands once holds for
    both ends, through a change of year if need be. Quarters, halves and months without a year lie in `fiscal_year`.
    "ภายใน ..." gives an end only, "... เป็นต้นไป" a start only. A text that is not understood to its last word, an
    impossible day, an end before the start and months that are not as many as is said give neither: nothing is guessed.
    """
    try:
        return _period(_tokens(text), fiscal_year)
    except ValueError:
        return Period()


def _tokens(text: str) -> list[re.Match[str]]:
    """The text as tokens; ValueError where there is something else in it."""
    folded, tokens, position = _one_dash(fold(text)), [], 0
    while position < len(folded):
        token = _TOKEN.match(folded, position)
        if token is None:
            raise ValueError(folded[position:])
        position = token.end()
        if not token["filler"]:
            tokens.append(token)
    return tokens


def _period(tokens: list[re.Match[str]], fiscal_year: int | None) -> Period:
    """What the tokens say together; ValueError where they contradict each other or themselves."""
    years = {year for token in tokens if (year := _stated_year(token)) is not None}
    if len(years) > 1 or not years <= set(YEARS):
        raise ValueError(years)
    fiscal_year = next(iter(years), fiscal_year)
    moments = [moment for token in tokens if (moment := _moment(token)) is not None]
    spans = [span for token in tokens if (span := _span(token)) is not None]
    shape = _shape(tokens, _moment if moments else _span)
    if moments:
        if shape not in ("m", "m-m"):
            raise ValueError(tokens)
        start, end = _between(moments[0], moments[-1], fiscal_year)
    elif any(token["round"] for token in tokens) or not (
        shape == "m-m" or (set(shape) <= {"m"} and len(set(spans)) < 2)
    ):
        raise ValueError(tokens)
    elif spans or years or any(token["whole"] for token in tokens):
        first, last = (spans[0][0], spans[-1][1]) if spans else _ALL_MONTHS
        start, end = _fiscal_month(first, fiscal_year), _month_end(_fiscal_month(last, fiscal_year))
    else:
        raise ValueError(tokens)
    lengths = {int(token["length"]) for token in tokens if token["length"]}
    if end < start or not lengths <= {12 * (end.year - start.year) + end.month - start.month + 1}:
        raise ValueError(start, end)
    deadline, without_end = any(token["deadline"] for token in tokens), any(token["open"] for token in tokens)
    if deadline and without_end:
        raise ValueError(tokens)
    return Period(None if deadline else start, None if without_end else end)


def _shape(tokens: list[re.Match[str]], meant: Callable[[re.Match[str]], object]) -> str:
    """How the tokens that mean something stand to each other: "m" for one, "m-m" for one up to another."""
    return "".join("-" if token["to"] else "m" for token in tokens if token["to"] or meant(token) is not None)


def _stated_year(token: re.Match[str]) -> int | None:
    """The fiscal year that a token names beside the months."""
    if token["short_year"]:
        return 2500 + int(token["short_year"])
    if token["english_year"]:
        return _common_era(token["english_year"], english=True) + BUDDHIST_ERA
    stated = token["full_year"] or token["quarter_year"]
    return int(stated) + (2500 if len(stated) == 2 else 0) if stated else None


def _span(token: re.Match[str]) -> tuple[int, int] | None:
    """The first and last month of the fiscal year (1 is October) that a token names."""
    if half := token["half"] or token["english_half"]:
        return _HALVES[half]
    if token["months"]:
        return 1, int(token["months"])
    if not token["quarters"]:
        return None
    quarters = [int(digit) for digit in re.findall("[0-9]", token["quarters"])]
    listed = "," in token["quarters"] or "และ" in token["quarters"]
    if quarters[-1] > _QUARTERS_IN_YEAR or quarters != sorted(quarters):
        raise ValueError(quarters)
    if quarters != list(range(quarters[0], quarters[-1] + 1)) if listed else len(quarters) > 2:
        raise ValueError(quarters)
    return 3 * quarters[0] - 2, 3 * quarters[-1]


def _moment(token: re.Match[str]) -> _Moment | None:
    """The date or month that a token names. A day that waits for its month ("1 - 31 มี.ค.") has month 0."""
    if token["date"]:
        return _Moment(int(token["m"]), int(token["d"]), _common_era(token["y"]))
    if token["first_day"]:
        return _Moment(0, int(token["first_day"]))
    if not token["month"] and not token["english"]:
        return None
    day = int(token["day"]) if token["day"] else None
    year = token["year"] and _common_era(token["year"], said_so=bool(token["ce"]), english=bool(token["english"]))
    if token["english"]:
        return _Moment(_ENGLISH_NUMBERS[token["english"][:3]], day, year or None)
    return _Moment(_MONTH_NUMBERS[token["month"].replace(".", "")], day, year or None)


def _common_era(digits: str, said_so: bool = False, english: bool = False) -> int:
    """The C.E. year that two or four digits mean; ValueError for a B.E. year outside `YEARS`.

    In English text it may be of either era; one of two digits does not say which.
    """
    if english and len(digits) == 2:
        raise ValueError(digits)
    said_so = said_so or (english and int(digits) not in YEARS)
    year = int(digits) + (BUDDHIST_ERA if said_so else 2500 if len(digits) == 2 else 0)
    if year not in YEARS:
        raise ValueError(digits)
    return year - BUDDHIST_ERA


def _between(first: _Moment, last: _Moment, fiscal_year: int | None) -> tuple[dt.date, dt.date]:
    """The first day of one moment and the last day of another, which may be the same."""
    if first.month == 0:
        first = _Moment(last.month, first.day, last.year)
    wraps = (first.month, first.day or 1) > (last.month, last.day or 31)
    if first.year is None and last.year is None:
        first_year, last_year = _year_in(first.month, fiscal_year), _year_in(last.month, fiscal_year)
    elif last.year is not None:
        first_year, last_year = first.year or last.year - wraps, last.year
    else:
        assert first.year is not None
        first_year, last_year = first.year, first.year + wraps
    start = dt.date(first_year, first.month, first.day or 1)
    month_of_end = dt.date(last_year, last.month, last.day or 1)
    return start, month_of_end if last.day else _month_end(month_of_end)


def _year_in(month: int, fiscal_year: int | None) -> int:
    """The C.E. year of a calendar month within a fiscal year."""
    if fiscal_year is None:
        raise ValueError(month)
    return fiscal_year - BUDDHIST_ERA - (month >= FIRST_MONTH)


def _fiscal_month(month: int, fiscal_year: int | None) -> dt.date:
    """The first day of a fiscal year's month; 1 is October."""
    calendar_month = (month + FIRST_MONTH - 2) % 12 + 1
    return dt.date(_year_in(calendar_month, fiscal_year), calendar_month, 1)


def _month_end(date: dt.date) -> dt.date:
    return date.replace(day=calendar.monthrange(date.year, date.month)[1])


# Lines


_CLINGS_TO_THE_LEFT = tuple("ๆฯะาำๅ)]}”’»,.:;!?%")
_CLINGS_TO_THE_RIGHT = tuple("([{“‘«")


def wrap(text: str, width: int) -> list[str]:
    """The text as lines of at most `width` columns, broken at blanks, line ends and between Thai words only.

    Marks above and below take no column. A word longer than the width stays whole on a line of its own; ๆ, ฯ and
    brackets stay with their word.
    """
    return [line for paragraph in text.split("\n") for line in _wrapped(tidy(paragraph), width)]


def _wrapped(text: str, width: int) -> Iterator[str]:
    if columns(text) <= width:
        if text:
            yield text
        return
    line = ""
    for word in _words(text):
        if line and columns((line + word).rstrip()) > width:
            yield line.rstrip()
            line = word.lstrip()
        else:
            line += word
    if line.strip():
        yield line.strip()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """The pieces of a text between which a line may end; together they are the text."""
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")  # or the import makes a folder in the user's home
    from pythainlp.tokenize import word_tokenize

    words: list[str] = []
    for token in word_tokenize(text, engine="newmm"):
        bare = token.lstrip()
        clings = not bare or bare.startswith(_CLINGS_TO_THE_LEFT) or category(bare[0]) == "Mn"
        if words and (clings or words[-1].endswith(_CLINGS_TO_THE_RIGHT)):
            words[-1] += token
        else:
            words.append(token)
    return tuple(words)


def columns(text: str) -> int:
    """How many letters wide a text is: marks above and below take no column."""
    return sum(category(character) != "Mn" for character in text)
