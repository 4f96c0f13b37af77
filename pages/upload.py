"""Bring in a file: see what was understood, settle what is open, confirm. Nothing is stored before that."""

import streamlit as st

from ita.documents import template
from ita.reading.measures import MeasureReading
from ita.reading.problems import UnreadableFile
from ita.reading.results import ResultReading
from ita.rulebooks import fiscal_years
from ita.store import Upload
from ita.ui import cache, examples, preview
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, go_to, now

FEW = 6
"""Up to so many results of a file are shown in full; a longer list as a table of one row each."""


def show_beginnings(here: Frame) -> None:
    """What to begin with: the template to fill in, and the example files to try."""
    say = here.say
    st.markdown(f"**{say('upload.beginnings')}**")
    with st.container(horizontal=True):
        st.download_button(
            say("upload.template"),
            template.write_example,
            say("upload.template_file"),
            template.MIME,
            key="upload.template",
            on_click="ignore",
            icon=":material/download:",
        )
        for key, name in (("sample", examples.RESULTS[-1]), ("sample_measures", examples.MEASURES)):
            st.download_button(
                say(f"upload.{key}"),
                (examples.FOLDER / name).read_bytes,
                name,
                template.MIME,
                key=f"upload.{key}",
                on_click="ignore",
                icon=":material/download:",
            )
    if cache.has_examples() and st.button(
        say("upload.remove_sample"), key="upload.remove_sample", icon=":material/delete:"
    ):
        cache.store().remove_examples()
        st.rerun()


def settled(here: Frame, reading: ResultReading) -> ResultReading:
    """The reading with agency and year asked for where the file does not state them."""
    say = here.say
    if not (reading.asks_agency or reading.asks_fiscal_year):
        return reading
    agency = year = None
    with st.container(border=True):
        st.markdown(f"**{say('upload.ask')}**")
        if reading.asks_agency:
            agency = st.text_input(say("column.agency"), value=here.agency, key="upload.agency").strip() or None
        if reading.asks_fiscal_year:
            years = sorted(fiscal_years(), reverse=True)
            year = st.selectbox(say("column.fiscal_year"), years, index=None, key="upload.year", placeholder="–")
    return reading.stated(agency=agency, fiscal_year=year)


def show_results(here: Frame, reading: ResultReading) -> None:
    """What the file says about scores: rows as they will be used, then everything to know about them."""
    preview.show_recognised(reading, here.say)
    if len(reading.agencies) * len(reading.fiscal_years) > FEW:
        preview.show_many_results(reading, here.say)
    else:
        preview.show_one_result(here, reading)
    preview.show_problems(reading.problems, here.say, here.language)


def replacements(here: Frame, reading: ResultReading) -> list[tuple[str, int]] | None:
    """Which stored results this file replaces: asked, never assumed. None while the question is open."""
    say = here.say
    conflicts = cache.store().conflicts(reading.scores, reading.published, reading.items)
    if conflicts.empty:
        return []
    with st.container(border=True):
        st.markdown(f"**{say('upload.conflict', count=len(conflicts))}**")
        columns = ["agency", "fiscal_year", "file_name", "old_total", "new_total", "indicators_differ"]
        headings = [say(f"column.{name}") for name in columns]
        st.dataframe(conflicts[columns].set_axis(headings, axis=1).head(FEW), hide_index=True)
        answer = st.radio(
            say("upload.conflict_question"),
            ["keep", "replace"],
            index=None,
            format_func=lambda code: say(f"upload.{code}"),
            key="upload.replace",
        )
    if answer is None:
        return None
    places = zip(conflicts["agency"], conflicts["fiscal_year"], strict=True)
    return [(agency, int(year)) for agency, year in places] if answer == "replace" else []


def show_measures(here: Frame, reading: MeasureReading, results: ResultReading | None) -> tuple[str, int] | None:
    """The measures of a file, and agency and year of the result that they answer; None where that is still open."""
    say = here.say
    st.subheader(say("upload.measures", count=len(reading.measures)), anchor=False)
    preview.show_measures(here, reading)
    preview.show_problems(reading.problems, say, here.language)
    if results is not None and len(results.agencies) == 1 and len(results.fiscal_years) == 1:
        return results.agencies[0], results.fiscal_years[0]
    if here.agency_id is None:
        st.info(say("upload.measures_need_result"), icon=":material/help:")
        return None
    years = cache.years(here.agency_id)
    answered = (reading.fiscal_year or 0) - 1
    year = st.selectbox(
        say("upload.measures_answer", agency=plain(here.agency)),
        years,
        index=years.index(answered) if answered in years else 0,
        key="upload.measures_year",
    )
    if reading.agency and reading.agency != here.agency:
        told = say("upload.measures_other_agency", stated=reading.agency, shown=here.agency)
        st.warning(plain(told), icon=":material/warning:")
    return here.agency, int(year)


def save(
    here: Frame,
    upload: Upload,
    results: ResultReading | None,
    replace: list[tuple[str, int]],
    measures: MeasureReading | None,
    answers: tuple[str, int] | None,
) -> str:
    """Store what was confirmed, look at it next, and return the page to see it on."""
    store = cache.store()
    changed = False
    if results is not None:
        saved = store.save_results(results.scores, results.published, results.items, upload, replace=replace)
        changed = bool(saved.added or saved.replaced)
    whose, year = answers or (results.agencies[0], results.fiscal_years[-1])
    agency_id = int(store.agencies(whose, limit=1)["agency_id"].iloc[0])
    if measures is not None:
        changed |= bool(store.add_measures(agency_id, year, measures.measures, upload))
    go_to(agency_id, year, told=here.say("upload.saved" if changed else "upload.nothing_new"))
    return "measures" if results is None else "overview"


here = now()
say = here.say
st.title(say("upload.title"), anchor=False)
st.markdown(say("upload.text"))
file = st.file_uploader(say("upload.file"), key="upload.file")
if file is None or st.session_state.get("upload.cancelled") == file.file_id:
    if file is not None:
        st.info(say("upload.cancelled"), icon=":material/info:")
    show_beginnings(here)
    st.stop()

content = file.getvalue()
try:
    with st.spinner(say("upload.reading"), show_time=True):
        reading = cache.reading(content, file.name)
except UnreadableFile as refusal:
    preview.show_problems([refusal.problem], say, here.language)
    show_beginnings(here)
    st.stop()
if reading.results is None and reading.measures is None:
    preview.show_problems(reading.problems, say, here.language)
    show_beginnings(here)
    st.stop()

upload = Upload.of(content, file.name)
if (seen := cache.store().seen(upload.sha256)) is not None:
    st.info(plain(say("upload.seen", file=seen.file_name)), icon=":material/info:")
results, replace, ready = reading.results, [], True
if results is not None:
    results = settled(here, results)
    show_results(here, results)
    ready = not (results.asks_agency or results.asks_fiscal_year) and bool(results.agencies)
    answer = replacements(here, results) if ready else []
    ready, replace = ready and answer is not None, answer or []
answers = None
if reading.measures is not None:
    answers = show_measures(here, reading.measures, results)
    ready = ready and answers is not None
with st.container(horizontal=True):
    confirm = say("upload.confirm")
    if st.button(confirm, key="upload.confirm", type="primary", icon=":material/check:", disabled=not ready):
        with st.spinner(say("upload.saving")):
            page = save(here, upload, results, replace, reading.measures, answers)
        st.switch_page(here.pages[page])
    if st.button(say("upload.cancel"), key="upload.cancel", icon=":material/close:"):
        st.session_state["upload.cancelled"] = file.file_id
        st.rerun()
    if not ready:
        note(say("upload.answer_first"))
