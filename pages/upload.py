"""Bring in a file: see what was understood, settle what is open, confirm. Nothing is stored before that."""

import datetime as dt
import time
from dataclasses import replace

import pandas as pd
import streamlit as st

from ita.documents import check_sheet, findings, marked_copy, template, word
from ita.reading.apart import read_file_apart
from ita.reading.files import STEPS, FileReading
from ita.reading.measures import MeasureReading
from ita.reading.problems import Problem, UnreadableFile
from ita.reading.results import ResultReading
from ita.sentences import day_text
from ita.store import Merged, Saved, Upload
from ita.ui import cache, examples, merging, paper, preview, questions, sign_in, upload_log, writing
from ita.ui.escape import note, plain
from ita.ui.frame import Frame, go_to, now
from ita.ui.progress import progress

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
    removable = here.may_manage and cache.has_examples()
    if removable and st.button(say("upload.remove_sample"), key="upload.remove_sample", icon=":material/delete:"):
        writing.remove_examples()
        st.rerun()


def read(here: Frame, file_id: str, content: bytes, file_name: str) -> FileReading | UnreadableFile:
    """What the file holds, or why it cannot be read: read once, and the steps of it are told."""

    def build() -> FileReading | UnreadableFile:
        with progress(here.say, STEPS) as tell:
            return upload_log.read(content, lambda: read_file_apart(content, file_name, tell=tell))

    return cache.kept("reading", file_id, build)


def show_results(here: Frame, reading: ResultReading) -> None:
    """What the file says about scores: rows as they will be used, and where they were found."""
    preview.show_recognised(reading, here.say)
    if reading.scores.empty or len(reading.agencies) * len(reading.fiscal_years) > FEW:
        preview.show_many_results(reading, here.say)
    else:
        preview.show_one_result(here, reading)


def offer_documents(here: Frame, file_name: str, content: bytes, reading: FileReading) -> None:
    """The check sheet of the file to print, and a copy of a workbook with its problems marked."""
    say = here.say
    digest = Upload.of(content, file_name).sha256
    problems = check_sheet.problems_of(reading)
    with st.container(horizontal=True):
        st.download_button(
            say("upload.check_sheet"),
            lambda: check_sheet.write(
                reading, filename=file_name, sha256=digest, on=dt.date.today(), language=here.language
            ),
            check_sheet.file_name(file_name, here.language),
            word.MIME,
            key="upload.check_sheet",
            on_click="ignore",
            icon=":material/fact_check:",
        )
        if problems and not reading.of_document:
            st.download_button(
                say("upload.marked_copy"),
                lambda: marked_copy.write(content, file_name, problems, here.language),
                marked_copy.file_name(content, file_name, here.language),
                marked_copy.mime_type(content),
                key="upload.marked_copy",
                on_click="ignore",
                icon=":material/edit_note:",
            )


def offer_refusal(here: Frame, file_name: str, content: bytes, problem: Problem) -> None:
    """The check sheet of a file that could not be read."""
    digest = Upload.of(content, file_name).sha256
    st.download_button(
        here.say("upload.check_sheet"),
        lambda: check_sheet.write_refusal(
            problem, filename=file_name, sha256=digest, on=dt.date.today(), language=here.language
        ),
        check_sheet.file_name(file_name, here.language),
        word.MIME,
        key="upload.check_sheet",
        on_click="ignore",
        icon=":material/fact_check:",
    )


def save(
    here: Frame,
    upload: Upload,
    results: ResultReading | None,
    replacing: list[tuple[str, int]],
    measures: MeasureReading | None,
    answers: tuple[str, int] | None,
    plan: pd.DataFrame | None,
) -> str:
    """Store what was confirmed, look at it next, and return the page to see it on: this one, if measures were left.

    `plan`: of `measures` what is to be added and changed.
    """
    began = time.perf_counter()
    saved, merged, told = Saved(), Merged(), []
    if results is not None:
        saved = writing.save_results(results, upload, replacing)
        if saved.added or saved.replaced:
            told.append(here.say("upload.saved"))
    whose, year = answers or (results.agencies[0], results.fiscal_years[-1])
    cache.look()
    [agency_id] = cache.agency_names(whose, 1)
    if measures is not None and plan is not None:
        merged = writing.merge_measures(agency_id, year, measures.measures, plan, upload)
        if done := merging.told(merged, here.say):
            told.append(done)
    counts = {"measures": len(merged.added), "changed": len(merged.changed)}
    upload_log.saved(upload.sha256, began, results=saved.added, replaced=saved.replaced, **counts)
    go_to(agency_id, year, told=" · ".join(told) or here.say("upload.nothing_new"))
    cache.forget()
    if merged.stale:
        merging.keep_stale(merged.stale)
        return "upload"
    return "measures" if results is None else "overview"


def refuse_others(here: Frame, results: ResultReading) -> None:
    """End the page where a file speaks of agencies that are not this person's: before it is compared with theirs."""
    who = sign_in.person()
    others = [name for name in results.agencies if not who.may_edit(name)]
    if others:
        named = ", ".join([*others[:FEW], "…"] if len(others) > FEW else others)
        st.warning(plain(here.say("access.not_yours", agencies=named)), icon=":material/block:")
        st.stop()


here = now()
say = here.say
st.title(say("upload.title"), anchor=False)
if not here.may_upload:
    here.show_reading_only()
    st.stop()
st.markdown(say("upload.text"))
file = st.file_uploader(say("upload.file"), key="upload.file")
if file is None or st.session_state.get("upload.cancelled") == file.file_id:
    if file is not None:
        st.info(say("upload.cancelled"), icon=":material/info:")
    show_beginnings(here)
    st.stop()

content = file.getvalue()
questions.begin(here, file.file_id)
reading = read(here, file.file_id, content, file.name)
if isinstance(reading, UnreadableFile):
    preview.show_refusal([reading.problem], say, here.language)
    offer_refusal(here, file.name, content, reading.problem)
    show_beginnings(here)
    st.stop()
if reading.results is None and reading.measures is None:
    preview.show_refusal(reading.problems, say, here.language)
    offer_documents(here, file.name, content, reading)
    show_beginnings(here)
    st.stop()

summary = st.empty()
upload = Upload.of(content, file.name)
if (seen := cache.seen(upload.sha256)) is not None:
    st.info(plain(say("upload.seen", file=seen.file_name)), icon=":material/info:")
results, measures, replacing, answers, plan, ready = reading.results, reading.measures, [], None, None, True
if results is not None:
    results, named = questions.settle_names(here, results)
    results = questions.settle_whose(here, results, file.name)
    refuse_others(here, results)
    ready = named and not (results.asks_agency or results.asks_fiscal_year) and bool(results.agencies)
    answer = questions.replacements(here, results) if ready else []
    ready, replacing = ready and answer is not None, answer or []
if measures is not None:
    answers = questions.settle_measures(here, measures, results)
    ready = ready and answers is not None
    if answers is not None:
        plan = merging.settle(here, file.file_id, measures, *answers)
reading = replace(reading, results=results)
problems = check_sheet.problems_of(reading)
summary.subheader(plain(findings.summary(results, measures, problems, say)), anchor=False)
with st.container(horizontal=True, vertical_alignment="center"):
    confirm = say("upload.confirm")
    if st.button(confirm, key="upload.confirm", type="primary", icon=":material/check:", disabled=not ready):
        count = 0 if results is None else len(results.agencies) * len(results.fiscal_years)
        with st.spinner(
            say("upload.saving_results", count=f"{count:,}") if count else say("upload.saving"), show_time=True
        ):
            page = save(here, upload, results, replacing, measures, answers, plan)
        if page == "upload":
            st.rerun()
        st.switch_page(here.pages[page])
    if st.button(say("upload.cancel"), key="upload.cancel", icon=":material/close:"):
        st.session_state["upload.cancelled"] = file.file_id
        st.rerun()
    note(say("upload.check_first" if ready else "upload.answer_first"))
preview.show_problems(problems, say, here.language)
if results is not None:
    show_results(here, results)
if measures is not None:
    st.subheader(say("upload.measures", count=len(measures.measures)), anchor=False)
    preview.show_measures(here, measures)
offer_documents(here, file.name, content, reading)
paper.show_line(f"{file.name} · {day_text(dt.date.today(), say)}")
