"""What is kept between runs: the only user of Streamlit's cache decorators.

Everything read from the store is kept under the store's revision, which any write moves, also another process's.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ita.assessment import Assessment, assess
from ita.reading.files import FileReading, read_file
from ita.store import Store, StoredResult, open_store


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The one store of this server."""
    return open_store()


def agencies(matching: str, limit: int) -> pd.DataFrame:
    """As `Store.agencies`."""
    return _agencies(store().revision(), matching, limit)


def agency_count() -> int:
    return _agency_count(store().revision())


def years(agency_id: int) -> list[int]:
    """As `Store.years`."""
    return _years(store().revision(), agency_id)


def result(agency_id: int, fiscal_year: int) -> StoredResult | None:
    """As `Store.result`."""
    return _result(store().revision(), agency_id, fiscal_year)


def assessment(agency_id: int, fiscal_year: int) -> Assessment | None:
    """The stored result judged by its year's rules; None where nothing is stored."""
    return _assessment(store().revision(), agency_id, fiscal_year)


def measures(agency_id: int, fiscal_year: int) -> pd.DataFrame:
    """As `Store.measures`."""
    return _measures(store().revision(), agency_id, fiscal_year)


@st.cache_data(show_spinner=False, max_entries=256)
def _agencies(revision: int, matching: str, limit: int) -> pd.DataFrame:
    return store().agencies(matching, limit)


@st.cache_data(show_spinner=False, max_entries=8)
def _agency_count(revision: int) -> int:
    return store().agency_count()


@st.cache_data(show_spinner=False, max_entries=256)
def _years(revision: int, agency_id: int) -> list[int]:
    return store().years(agency_id)


@st.cache_resource(show_spinner=False, max_entries=256)
def _result(revision: int, agency_id: int, fiscal_year: int) -> StoredResult | None:
    return store().result(agency_id, fiscal_year)


@st.cache_resource(show_spinner=False, max_entries=256)
def _assessment(revision: int, agency_id: int, fiscal_year: int) -> Assessment | None:
    stored = _result(revision, agency_id, fiscal_year)
    return None if stored is None else assess(stored.scores, fiscal_year, stored.published)


@st.cache_data(show_spinner=False, max_entries=256)
def _measures(revision: int, agency_id: int, fiscal_year: int) -> pd.DataFrame:
    return store().measures(agency_id, fiscal_year)


@st.cache_resource(show_spinner=False, max_entries=2, scope="session")
def reading(content: bytes, filename: str) -> FileReading:
    """As `read_file`, kept for this visitor alone while the upload is being looked at."""
    return read_file(content, filename)
