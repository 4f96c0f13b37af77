"""The "ใบตรวจไฟล์" of a file that was read, as a Word document to print, sign and keep with the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import pandas as pd
from docx.document import Document

from ita.assessment import Assessment, assess
from ita.documents import csv_text, findings, word
from ita.documents.findings import NONE, shown
from ita.reading.files import FileReading
from ita.reading.measures import MeasureReading
from ita.reading.places import DOCUMENT, area_in_words, in_words
from ita.reading.problems import Problem
from ita.reading.results import Recognised, ResultReading
from ita.rulebooks import Rulebook, latest, rulebook
from ita.sentences import day_text, indicator_name
from ita.text import Say, speaker

MIME = word.MIME
FEW = 6
"""Up to so many results of a file are printed in full; more are counted."""
MOST_PRINTED = 20
"""Places of one kind of problem that are printed, one to two pages; the marked copy has them all."""
FINGERPRINT_DIGITS = 12
LONGEST_NAME, LONGEST_TEXT = 160, 500
"""Characters of a name and of a sentence from the file that are printed."""
_KEY = ["agency", "fiscal_year"]
_LINE = "." * 40


def write(reading: FileReading, *, filename: str, sha256: str, on: dt.date, language: str) -> bytes:
    """The check sheet of a file that could be read: what was recognised in it and everything to know about it.

    `on` is the day of the check, `sha256` the file's digest in hexadecimal digits.
    """
    say = speaker(language)
    problems = problems_of(reading)
    document = _begun(findings.verdict(problems, say), filename, sha256, on, _years(reading), say)
    if reading.results is not None:
        _add_recognised(document, reading.results, say)
        _add_scores(document, reading.results, say, language)
    if reading.measures is not None:
        _add_measures(document, reading.measures, say, language)
    _add_problems(document, problems, say, language)
    _add_signature(document, say)
    return word.content_of(document)


def write_refusal(problem: Problem, *, filename: str, sha256: str, on: dt.date, language: str) -> bytes:
    """The check sheet of a file that could not be read; `problem` is the one that UnreadableFile carries."""
    say = speaker(language)
    verdict = say("check_sheet.refused", title=problem.title(language))
    document = _begun(verdict, filename, sha256, on, [], say)
    for text in (problem.place(language), problem.told(language), problem.advice(language)):
        if text:
            word.add_paragraph(document, shown(text, LONGEST_TEXT))
    _add_signature(document, say)
    return word.content_of(document)


def file_name(filename: str, language: str) -> str:
    """What the check sheet of a file is called when it is downloaded."""
    stem = filename.rpartition(".")[0] or filename
    return csv_text.file_name(speaker(language)("check_sheet.title"), stem, ending="docx")


def problems_of(reading: FileReading) -> tuple[Problem, ...]:
    """Everything to know about the file as a whole, its results and its measures."""
    parts = (part.problems for part in (reading, reading.results, reading.measures) if part is not None)
    return tuple(problem for part in parts for problem in part)


# Head


def _begun(verdict: str, filename: str, sha256: str, on: dt.date, years: Sequence[int], say: Say) -> Document:
    """A document with title, which file it is about, and the verdict."""
    title, name = say("check_sheet.title"), shown(filename, LONGEST_NAME) or NONE
    fingerprint = sha256[:FINGERPRINT_DIGITS]
    document = word.new_document(f"{title} {name}", on)
    word.add_footer(
        document.sections[0], f"{title} {fingerprint}", say("check_sheet.page"), say("check_sheet.of_pages")
    )
    word.add_paragraph(document, title, "Title")
    facts = [
        (say("check_sheet.file"), name),
        (say("check_sheet.date"), day_text(on, say)),
        (say("check_sheet.fingerprint"), fingerprint),
    ]
    if years:
        facts.append((say("check_sheet.rules"), say("check_sheet.rules_of", years=", ".join(map(str, years)))))
    for label, value in facts:
        word.add_run(word.add_paragraph(document, f"{label}: ", bold=True), value)
    word.add_paragraph(document, shown(verdict, LONGEST_TEXT), word.VERDICT)
    return document


def _years(reading: FileReading) -> list[int]:
    return [] if reading.results is None else reading.results.fiscal_years


# What was recognised


def _add_recognised(document: Document, results: ResultReading, say: Say) -> None:
    """Each table that was found: layout, sheet, cells, agencies."""
    word.add_paragraph(document, say("check_sheet.recognised"), "Heading 1")
    headings = [say(f"check_sheet.{name}") for name in ("layout", "sheet", "cells", "agencies")]
    rows = [(say(f"layout.{table.layout}"), *_where(table, say), f"{table.agencies:,}") for table in results.tables]
    word.add_table(document, headings, rows, (5.4, 3.2, 3.2, 4.2), right=[3])
    if not results.items.empty:
        word.add_paragraph(document, say("check_sheet.items", count=f"{len(results.items):,}"))


def _where(table: Recognised, say: Say) -> tuple[str, str]:
    """The sheet and the cells that a table was found in; of a Word document the rows of its tables."""
    sheet = say("problem.place.document") if table.sheet == DOCUMENT else shown(table.sheet, LONGEST_NAME)
    return sheet, area_in_words(table.sheet, table.area, say)


def _add_scores(document: Document, results: ResultReading, say: Say, language: str) -> None:
    """Scores and printed figures as read where they are those of a few; how many there are where they are a list."""
    whose = pd.concat([results.scores[_KEY], results.published[_KEY]]).drop_duplicates()
    if whose.empty:
        return
    word.add_paragraph(document, say("check_sheet.scores"), "Heading 1")
    if len(whose) > FEW:
        _add_counts(document, results, say)
        return
    for agency, year in whose.itertuples(index=False):
        name = say("check_sheet.no_agency") if pd.isna(agency) else shown(agency, LONGEST_NAME)
        of_year = say("check_sheet.no_year") if pd.isna(year) else say("frame.of_year", year=int(year))
        word.add_paragraph(document, f"{name} · {of_year}", "Heading 2")
        rules = latest() if pd.isna(year) else rulebook(int(year))
        scores = _scores_of(results, agency, year)
        if not scores.empty:
            _add_score_table(document, scores, rules, say, language)
        if not pd.isna(year):
            judged = assess(scores, rules.fiscal_year, findings.published_of(results, agency, rules.fiscal_year))
            _add_comparison(document, judged, say, language)


def _scores_of(results: ResultReading, agency: object, fiscal_year: object) -> pd.DataFrame:
    """The scores of one agency and year; either may be missing."""
    scores = results.scores
    for column, value in zip(_KEY, (agency, fiscal_year), strict=True):
        scores = scores[scores[column].isna()] if pd.isna(value) else scores[scores[column] == value]
    return scores


def _add_counts(document: Document, results: ResultReading, say: Say) -> None:
    """One row per year and sheet: agencies, scores, empty or impossible cells; and how many have figures printed."""
    headings = [say(f"check_sheet.{name}") for name in ("year", "sheet", "agencies", "scores_read", "scores_missing")]
    rows = [
        (
            NONE if pd.isna(year) else str(year),
            shown(sheet, LONGEST_NAME),
            f"{scores['agency'].nunique():,}",
            f"{scores['score'].notna().sum():,}",
            f"{scores['score'].isna().sum():,}",
        )
        for (year, sheet), scores in results.scores.groupby(["fiscal_year", "sheet"], dropna=False, sort=False)
    ]
    if rows:
        word.add_table(document, headings, rows, (2.0, 5.6, 2.8, 2.8, 2.8), right=[2, 3, 4])
    if not results.published.empty:
        word.add_paragraph(document, say("check_sheet.figures_read", count=f"{len(results.published):,}"))


def _add_score_table(document: Document, scores: pd.DataFrame, rules: Rulebook, say: Say, language: str) -> None:
    """The ten indicators of one agency and year, each with its score and the cell that it stands in."""
    several = scores["sheet"].nunique() > 1
    by_indicator = scores.set_index("indicator")
    rows = []
    for indicator in rules.indicators:
        score, cell = NONE, NONE
        if indicator.number in by_indicator.index:
            found = by_indicator.loc[indicator.number]
            score = NONE if pd.isna(found["score"]) else f"{found['score']:.2f}"
            cell = _cell(found["sheet"], found["cell"], several, say)
        rows.append((indicator_name(rules, indicator.number, language), score, cell))
    headings = [say("column.indicator"), say("column.score"), say("upload.cell")]
    word.add_table(document, headings, rows, (8.0, 2.2, 5.8), right=[1])


def _cell(sheet: str, cell: str, several: bool, say: Say) -> str:
    """Where a score stands: with the sheet where there are several, in words where it is a document's."""
    named = several or sheet == DOCUMENT
    return shown(in_words(sheet, cell, say), LONGEST_NAME) if named else cell


def _add_comparison(document: Document, judged: Assessment, say: Say, language: str) -> None:
    """What the file prints beside the scores, beside what they give."""
    word.add_paragraph(document, say("upload.compared"), "Caption")
    rows = [
        (figure.name, figure.printed, figure.computed, findings.agreement(figure, say))
        for figure in findings.compared(judged, say, language)
    ]
    headings = [say("check_sheet.figure"), say("upload.printed"), say("upload.computed"), say("upload.agreement")]
    word.add_table(document, headings, rows, (4.6, 3.6, 3.6, 4.2), right=[1, 2])


def _add_measures(document: Document, reading: MeasureReading, say: Say, language: str) -> None:
    """How many measures were found, and for which indicators."""
    measures = reading.measures
    word.add_paragraph(document, say("upload.measures", count=f"{len(measures):,}"), "Heading 1")
    of_indicator = measures["indicator"].value_counts().sort_index()
    rows = [(indicator_name(latest(), int(number), language), f"{count:,}") for number, count in of_indicator.items()]
    if unassigned := int(measures["indicator"].isna().sum()):
        rows.append((say("check_sheet.no_indicator"), f"{unassigned:,}"))
    headings = [say("column.indicator"), say("check_sheet.measures")]
    word.add_table(document, headings, rows, (11.6, 4.4), right=[1])


# What is to be known


def _add_problems(document: Document, problems: Iterable[Problem], say: Say, language: str) -> None:
    """Every problem, by kind, the worst first: what it is, what to do, and where it was found."""
    kinds = findings.by_kind(problems)
    if not kinds:
        return
    word.add_paragraph(document, say("check_sheet.problems"), "Heading 1")
    for same in kinds:
        severity, title = findings.severity_name(same[0].severity, say), same[0].title(language)
        heading = say("check_sheet.kind", severity=severity, title=title, count=f"{len(same):,}")
        word.add_paragraph(document, heading, "Heading 2")
        advice = word.add_paragraph(document, f"{say('check_sheet.to_do')}: ", bold=True)
        advice.paragraph_format.keep_with_next = True
        word.add_run(advice, same[0].advice(language))
        rows = [
            (str(number), _place(problem, say, language), shown(problem.told(language), LONGEST_TEXT))
            for number, problem in enumerate(same[:MOST_PRINTED], start=1)
        ]
        headings = [say(f"check_sheet.{name}") for name in ("number", "where", "found")]
        word.add_table(document, headings, rows, (1.2, 5.2, 9.6), right=[0])
        if len(same) > MOST_PRINTED:
            more = say("upload.more_places", count=f"{len(same) - MOST_PRINTED:,}")
            word.add_paragraph(document, more, word.SMALL)


def _place(problem: Problem, say: Say, language: str) -> str:
    return shown(problem.place(language), LONGEST_NAME) or say("check_sheet.whole_file")


def _add_signature(document: Document, say: Say) -> None:
    """Where the one who checked signs; the name is left to be written."""
    lines = (
        f"{say('check_sheet.signed')} {_LINE} {say('check_sheet.checker')}",
        f"({_LINE})",
        f"{say('check_sheet.signed_on')} {_LINE}",
    )
    word.add_signature(document, lines)
