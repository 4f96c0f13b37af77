"""The script of every run: page settings, frame, then the page that was asked for."""

from pathlib import Path

import streamlit as st

from ita.access import BadAccess, NotAdmitted
from ita.ui import frame, gate, paper, sign_in, trouble
from ita.ui.address import language

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("overview", "indicators", "compare", "measures", "path", "meeting", "documents", "upload", "history", "rules")
ASIDE = "privacy"
"""Not in the menu, but below every page."""

say = language().say
st.set_page_config(page_title=say("frame.product"), layout="wide")
closed: NotAdmitted | BadAccess | None = None
hidden = {ASIDE}
try:
    if not sign_in.person().may_upload:
        hidden.add("upload")
except (NotAdmitted, BadAccess) as reason:
    closed = reason
pages = {
    name: st.Page(
        ROOT / "pages" / f"{name}.py",
        title=say(f"{name}.page"),
        url_path="" if name == "overview" else name,
        default=name == "overview",
        visibility="hidden" if name in hidden else "visible",
    )
    for name in (*PAGES, ASIDE)
}
chosen = st.navigation(list(pages.values()), position="hidden" if closed else "top")
name = next(name for name, page in pages.items() if page is chosen)
if closed:
    gate.show(closed, name)
    st.stop()
refused_before = gate.show_refusal(say)
try:
    with trouble.told():
        frame.show(pages, name)
        # A file may be another agency's, and a slide says it by itself.
        if name not in ("upload", "meeting", ASIDE) and (whose := frame.now().whose):
            paper.show_line(whose)
        # A page may stop the run: what stands below it is drawn first.
        body = st.container()
        if name not in ("meeting", ASIDE):
            frame.show_foot(pages[ASIDE])
        with body:
            trouble.tell_waiting()
            chosen.run()
except (sign_in.Refused, NotAdmitted):
    if not refused_before:
        sign_in.note_refusal()
        st.rerun()
