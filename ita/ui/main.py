"""The script of every run: page settings, frame, then the page that was asked for."""

from pathlib import Path

import streamlit as st

from ita.ui import frame, paper
from ita.ui.address import language

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("overview", "indicators", "measures", "meeting", "documents", "upload")

say = language().say
st.set_page_config(page_title=say("frame.product"), layout="wide")
pages = {
    name: st.Page(
        ROOT / "pages" / f"{name}.py",
        title=say(f"{name}.page"),
        url_path="" if name == "overview" else name,
        default=name == "overview",
    )
    for name in PAGES
}
chosen = st.navigation(list(pages.values()), position="top")
frame.show(pages)
if chosen is not pages["upload"] and (whose := frame.now().whose):  # a file may be another agency's
    paper.show_line(whose)
chosen.run()
