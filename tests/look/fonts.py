"""Stand-ins for the fonts that Office has and this machine may lack, so that pages break about where they do there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from fontTools.ttLib import TTFont

from tests.browser.dashboard import PROJECT

SHIPPED = PROJECT / "ita" / "ui" / "static" / "fonts"
STAND_INS = {"TH Sarabun New": 0.72, "TH SarabunPSK": 0.72, "Leelawadee UI": 1.0, "Tahoma": 1.0}
"""How large each font draws its letters, beside Sarabun at the same size."""
_NAMES = (1, 4, 16)
"""Numbers under which a font keeps its name."""
_CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir></fontconfig>
"""


def environment(scratch: Path) -> Mapping[str, str]:
    """The environment of a program that is to see the stand-ins, which are written into `scratch`."""
    folder = scratch / "fonts"
    folder.mkdir()
    for name, scale in STAND_INS.items():
        for cut in ("Regular", "Bold"):
            _stand_in(name, cut, scale).save(folder / f"{name.replace(' ', '')}-{cut}.ttf")
    configuration = scratch / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(configuration)}


def _stand_in(name: str, cut: str, scale: float) -> TTFont:
    font = TTFont(SHIPPED / f"Sarabun-{cut}.ttf")
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / scale)
    for number in _NAMES:
        font["name"].setName(f"{name} {cut}" if number == 4 else name, number, 3, 1, 0x409)
    if scale != 1:  # its lines are higher than its letters: about 1.13 of the size
        size = font["head"].unitsPerEm
        above, below = round(0.85 * size), round(0.28 * size)
        font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = above, -below, 0
        font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = above, below
        font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap = above, -below, 0
    return font
