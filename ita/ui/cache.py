"""What is kept between runs: the only user of Streamlit's cache decorators.

Everything read from the store is kept under the store's revision, which any write moves, also another process's. It is
asked once a run (`look`), not once a question. What comes back is shared by all visitors who may see it: look, do not
write into it. Whether this one may is asked each time, before what is shared: Refused is raised for another's agency.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from functools import partial
from itertools import islice
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from ita import charts
from ita.assessment import Assessment, assess
from ita.briefing import Briefing, assemble
from ita.charts import Palette
from ita.coverage import coverage as covered
from ita.measures import by_indicator, with_state
from ita.peers import Peers
from ita.reading.results import ResultReading
from ita.rulebooks import rulebook
from ita.store import Backups, Store, StoredResult, Upload, open_store
from ita.text import speaker
from ita.thai import fold
from ita.ui import sign_in

T = TypeVar("T")

_REVISION, _KEPT = "cache.revision", "cache.kept"


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The one store of this server."""
    return open_store()


def look() -> None:
    """See what the store holds now: at the start of a run, and after writing to it."""
    st.session_state[_REVISION] = store().revision()


def agency_names(matching: str, limit: int) -> dict[int, str]:
    """Names by agency id, best match first, as `Store.agencies` finds them; only what the person here may see."""
    own = _own()
    if own is None:
        return _agency_names(_revision(), matching, limit)
    found = (one for one in own.items() if fold(matching) in fold(one[1]))
    return dict(islice(found, limit))


def may_see(agency_id: int) -> bool:
    """Whether the person here may see an agency."""
    return sign_in.person().may_see(_agency_name(_revision(), agency_id))


def agency_name(agency_id: int) -> str:
    """The name of a stored agency."""
    return _agency_name(_revision_of(agency_id), agency_id)


def newest_agency_id() -> int | None:
    """As `Store.newest_agency_id`; for who may see only some agencies, one of those."""
    own, newest = _own(), _newest_agency_id(_revision())
    return newest if own is None or newest in own else next(iter(own), None)


def agency_count() -> int:
    """How many agencies with a result the person here may see."""
    own = _own()
    return _agency_count(_revision()) if own is None else len(own)


def years(agency_id: int) -> list[int]:
    """As `Store.years`."""
    return _years(_revision_of(agency_id), agency_id)


def result(agency_id: int, fiscal_year: int) -> StoredResult | None:
    """As `Store.result`."""
    return _result(_revision_of(agency_id), agency_id, fiscal_year)


def version(result_id: int) -> StoredResult:
    """As `Store.version`, of one that there is. Raises Refused where the person here may not see its agency."""
    found = _version(_revision(), result_id)
    assert found is not None
    sign_in.seeing(found.agency)
    return found


def history(agency_id: int, fiscal_year: int) -> pd.DataFrame:
    """As `Store.history`."""
    return _history(_revision_of(agency_id), agency_id, fiscal_year)


def measure_changes(agency_id: int, fiscal_year: int) -> pd.DataFrame:
    """As `Store.measure_changes`."""
    return _measure_changes(_revision_of(agency_id), agency_id, fiscal_year)


def assessment(agency_id: int, fiscal_year: int) -> Assessment | None:
    """The stored result judged by its year's rules; None where nothing is stored."""
    return _assessment(_revision_of(agency_id), agency_id, fiscal_year)


def assessments_until(agency_id: int, fiscal_year: int) -> list[Assessment]:
    """The agency's years up to this one, judged each by its own rules, oldest first."""
    every = (assessment(agency_id, year) for year in sorted(years(agency_id)) if year <= fiscal_year)
    return [judged for judged in every if judged is not None]


def peers(fiscal_year: int) -> Peers:
    """All agencies of a year that the person here may see."""
    own = _own()
    return _peers(_revision(), fiscal_year, None if own is None else frozenset(own))


def measures(agency_id: int, fiscal_year: int, as_of: dt.date | None = None) -> pd.DataFrame:
    """As `Store.measures`, with the state that each has on a day (`measures.with_state`), today unless it is given."""
    return _measures(_revision_of(agency_id), agency_id, fiscal_year, as_of or dt.date.today())


def measures_by_indicator(agency_id: int, fiscal_year: int) -> pd.DataFrame:
    """As `measures.by_indicator`, today."""
    return _measures_by_indicator(_revision_of(agency_id), agency_id, fiscal_year, dt.date.today())


def coverage(agency_id: int, fiscal_year: int, as_of: dt.date | None = None) -> pd.DataFrame | None:
    """As `coverage.coverage` on a day, today unless it is given; None where nothing is stored."""
    return _coverage(_revision_of(agency_id), agency_id, fiscal_year, as_of or dt.date.today())


def briefing(agency_id: int, fiscal_year: int, on: dt.date) -> Briefing | None:
    """As `briefing.assemble`, of this store."""
    return _briefing(_revision_of(agency_id), agency_id, fiscal_year, on)


def bar_chart(
    agency_id: int, fiscal_year: int, language: str, palette: Palette, numbers: tuple[int, ...] | None = None
) -> go.Figure | None:
    """As `charts.bar_chart`, of the indicators in `numbers`."""
    return _bar_chart(_revision_of(agency_id), agency_id, fiscal_year, language, palette, numbers)


def radar_chart(
    agency_id: int, fiscal_year: int, language: str, palette: Palette, previous_year: int | None
) -> go.Figure | None:
    """As `charts.radar_chart`."""
    return _radar_chart(_revision_of(agency_id), agency_id, fiscal_year, language, palette, previous_year)


def backups() -> Backups | None:
    """As `Store.backups`."""
    return store().backups


def database_kind() -> str:
    """As `Store.kind`."""
    return store().kind


def mentions(person: str) -> dict[str, int]:
    """As `Store.mentions`. Raises Refused for who may not manage the store."""
    sign_in.managing(None)
    return store().mentions(person)


def has_examples() -> bool:
    """As `Store.has_examples`."""
    return _has_examples(_revision())


def preview_measures(agency_id: int | None, fiscal_year: int, measures: pd.DataFrame) -> pd.DataFrame:
    """As `Store.preview_measures`; not kept. Raises Refused where the person here may not see the agency."""
    if agency_id is not None:
        _revision_of(agency_id)
    return store().preview_measures(agency_id, fiscal_year, measures)


def seen(sha256: str) -> Upload | None:
    """As `Store.seen`."""
    return store().seen(sha256)


def _revision_of(agency_id: int) -> int:
    """The revision to ask of an agency under. Raises Refused where the person here may not see it."""
    revision = _revision()
    sign_in.seeing(_agency_name(revision, agency_id))
    return revision


def _own() -> dict[int, str] | None:
    """The stored agencies of who is limited to some, names by id in the order of the names; None for all."""
    limit = sign_in.person().agencies
    return None if limit is None else _agencies_of(_revision(), limit)


def _revision() -> int:
    return int(st.session_state[_REVISION])


@st.cache_resource(show_spinner=False, max_entries=256)
def _agency_names(revision: int, matching: str, limit: int) -> dict[int, str]:
    found = store().agencies(matching, limit)
    return dict(zip(found["agency_id"].tolist(), found["name"], strict=True))


@st.cache_resource(show_spinner=False, max_entries=256)
def _agencies_of(revision: int, keys: frozenset[str]) -> dict[int, str]:
    best = [_agency_names(revision, key, 1) for key in keys]
    found = [(name, agency_id) for names in best for agency_id, name in names.items() if fold(name) in keys]
    return {agency_id: name for name, agency_id in sorted(found)}


@st.cache_resource(show_spinner=False, max_entries=256)
def _agency_name(revision: int, agency_id: int) -> str:
    known = store().agency(agency_id)
    return "" if known is None else known.name


@st.cache_resource(show_spinner=False, max_entries=8)
def _newest_agency_id(revision: int) -> int | None:
    return store().newest_agency_id()


@st.cache_resource(show_spinner=False, max_entries=8)
def _has_examples(revision: int) -> bool:
    return store().has_examples()


@st.cache_resource(show_spinner=False, max_entries=8)
def _agency_count(revision: int) -> int:
    return store().agency_count()


@st.cache_resource(show_spinner=False, max_entries=256)
def _years(revision: int, agency_id: int) -> list[int]:
    return store().years(agency_id)


@st.cache_resource(show_spinner=False, max_entries=256)
def _result(revision: int, agency_id: int, fiscal_year: int) -> StoredResult | None:
    return store().result(agency_id, fiscal_year)


@st.cache_resource(show_spinner=False, max_entries=256)
def _version(revision: int, result_id: int) -> StoredResult | None:
    return store().version(result_id)


@st.cache_resource(show_spinner=False, max_entries=64)
def _history(revision: int, agency_id: int, fiscal_year: int) -> pd.DataFrame:
    return store().history(agency_id, fiscal_year)


@st.cache_resource(show_spinner=False, max_entries=64)
def _measure_changes(revision: int, agency_id: int, fiscal_year: int) -> pd.DataFrame:
    return store().measure_changes(agency_id, fiscal_year)


@st.cache_resource(show_spinner=False, max_entries=256)
def _assessment(revision: int, agency_id: int, fiscal_year: int) -> Assessment | None:
    stored = _result(revision, agency_id, fiscal_year)
    return None if stored is None else assess(stored.scores, fiscal_year, stored.published)


@st.cache_resource(show_spinner=False, max_entries=8)
def _peers(revision: int, fiscal_year: int, only: frozenset[int] | None) -> Peers:
    results = store().results_of(fiscal_year)
    return Peers.of(results if only is None else results[results.index.isin(only)], rulebook(fiscal_year))


@st.cache_resource(show_spinner=False, max_entries=256)
def _measures(revision: int, agency_id: int, fiscal_year: int, as_of: dt.date) -> pd.DataFrame:
    return with_state(store().measures(agency_id, fiscal_year), as_of)


@st.cache_resource(show_spinner=False, max_entries=256)
def _measures_by_indicator(revision: int, agency_id: int, fiscal_year: int, today: dt.date) -> pd.DataFrame:
    return by_indicator(_measures(revision, agency_id, fiscal_year, today))


@st.cache_resource(show_spinner=False, max_entries=256)
def _coverage(revision: int, agency_id: int, fiscal_year: int, as_of: dt.date) -> pd.DataFrame | None:
    judged = _assessment(revision, agency_id, fiscal_year)
    return None if judged is None else covered(judged, _measures(revision, agency_id, fiscal_year, as_of))


@st.cache_resource(show_spinner=False, max_entries=64)
def _briefing(revision: int, agency_id: int, fiscal_year: int, on: dt.date) -> Briefing | None:
    return assemble(store(), agency_id, fiscal_year, on)


@st.cache_resource(show_spinner=False, max_entries=256)
def _bar_chart(
    revision: int,
    agency_id: int,
    fiscal_year: int,
    language: str,
    palette: Palette,
    numbers: tuple[int, ...] | None,
) -> go.Figure | None:
    judged = _assessment(revision, agency_id, fiscal_year)
    if judged is None:
        return None
    rows = judged.indicators
    chosen = rows if numbers is None else rows[rows["indicator"].isin(numbers)]
    return charts.bar_chart(judged, speaker(language), language, palette, rows=chosen)


@st.cache_resource(show_spinner=False, max_entries=256)
def _radar_chart(
    revision: int, agency_id: int, fiscal_year: int, language: str, palette: Palette, previous_year: int | None
) -> go.Figure | None:
    judged = _assessment(revision, agency_id, fiscal_year)
    previous = None if previous_year is None else _assessment(revision, agency_id, previous_year)
    return None if judged is None else charts.radar_chart(judged, speaker(language), palette, previous=previous)


def kept(name: str, key: Hashable, build: Callable[[], T]) -> T:
    """What `build` gives, kept for this visitor alone until it is asked for with another `key`: one thing a name.

    What was read of an upload, and what follows from it, is too much to make anew with every click.
    """
    found: tuple[Hashable, T] | None = st.session_state.get(_KEPT, {}).get(name)
    if found is None or found[0] != key:
        found = key, build()
        st.session_state.setdefault(_KEPT, {})[name] = found
    return found[1]


def forget() -> None:
    """Let go of everything that is `kept`."""
    st.session_state.pop(_KEPT, None)


def conflicts(reading: ResultReading) -> pd.DataFrame:
    """As `Store.conflicts`, of everything that the reading holds."""
    sign_in.seeing(*reading.agencies)
    build = partial(store().conflicts, reading.scores, reading.published, reading.items)
    return kept("conflicts", (_revision(), reading), build)
