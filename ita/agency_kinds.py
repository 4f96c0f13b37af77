"""The kinds of local governments, told by the beginning of a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

OTHER = "other"
"""What begins like none of KINDS: a ministry, a school, Bangkok."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its code, its Thai name, and the three letters that folded names abbreviate it to."""

    code: str
    name: str
    letters: str


KINDS = (
    Kind("provincial_organization", "องค์การบริหารส่วนจังหวัด", "อบจ"),
    Kind("city_municipality", "เทศบาลนคร", "ทน."),
    Kind("town_municipality", "เทศบาลเมือง", "ทม."),
    Kind("subdistrict_municipality", "เทศบาลตำบล", "ทต."),
    Kind("subdistrict_organization", "องค์การบริหารส่วนตำบล", "อบต"),
)

_IN_FULL = {kind.letters: kind.name for kind in KINDS}


def kinds_in_full(folded: Iterable[str]) -> list[str]:
    """Folded agency names, each with its kind written out: "ทต.บัวงาม" as "เทศบาลตำบลบัวงาม"."""
    return [f"{_IN_FULL[name[:3]]}{name[3:].lstrip('.')}" if name[:3] in _IN_FULL else name for name in folded]


def kinds_of(folded: Iterable[str]) -> list[str]:
    """The code of each folded agency name's kind, OTHER where it has none."""
    whole = kinds_in_full(folded)
    return [next((kind.code for kind in KINDS if name.startswith(kind.name)), OTHER) for name in whole]
