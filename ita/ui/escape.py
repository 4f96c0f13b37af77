"""Text from data, made harmless where Streamlit would read it as Markdown."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&=@/\"'])")


def plain(text: object) -> str:
    """`text` as Markdown that shows just that text: no picture, link, formula, icon, colour or HTML comes of it."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))
