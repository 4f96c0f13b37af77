"""The dashboard's server: `streamlit run app.py`. Pages live in pages/, the script of every run in ita/ui/main.py."""

import streamlit as st
from starlette.routing import Route

from ita.ui import server

app = st.App(
    server.SCRIPT,
    lifespan=server.lifespan,
    routes=[Route("/health", server.health)],
    middleware=server.middleware(),
    on_script_error=server.tell_error,
)
