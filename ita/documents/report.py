"""The half-yearly report of an office, in Word, as it has always been written: scores, analysis, advice, measures.

Everything in it comes from a briefing; the name at the end is left to whoever signs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from docx.document import Document
from docx.shared import Pt

from ita import sentences, wayfinding
from ita.assessment import Assessment
from ita.briefing import Briefing
from ita.documents import word
from ita.measures import work_year
from ita.sentences import indicator_name, score_word, state_with_percent
from ita.text import Say, speaker
from ita.thai import BUDDHIST_ERA, columns, with_thai_digits, wrap

MIME = word.MIME
Round = Literal["half", "year"]
Digits = Literal["arabic", "thai"]
ROUNDS: tuple[Round, ...] = ("half", "year")
DIGITS: tuple[Digits, ...] = ("arabic", "thai")
HALF_ENDS = (3, 31)
"""Month and day on which the first half of a fiscal year ends."""
NONE = "–"
_BARS_WIDTH, _RADAR_WIDTH = 14.5, 11.5
"""Centimetres with which both stand on one page."""
_DOTS = "." * 50
_TITLE_COLUMNS, _TITLE_ROOM = 54, 5
"""Letters that a line of the title has room for; how many more than an even share one may have."""
_SCORES_WIDTHS = (2.6, 10.6, 2.8)
_DOCUMENT_WIDTHS, _RISE_WIDTHS = (6.7, 4.6, 2.0, 2.7), (7.9, 3.4, 2.0, 2.7)
_MEASURES_WIDTHS = (4.5, 5.2, 2.8, 2.6, 4.9, 3.1, 2.6)


@dataclass(frozen=True, slots=True)
class Choices:
    """What an office chooses before its report is written.

    `half` reports on the first six months only: measures that begin later are counted and left out. `position` is the
    signer's; blank, a line is left for it.
    """

    on: dt.date
    round: Round = "half"
    position: str = ""
    digits: Digits = "arabic"
    charts: bool = True


def write(briefing: Briefing, choices: Choices, language: str) -> bytes:
    """The report as a Word document."""
    return _Report(briefing, choices, language).content()


def measures_of(briefing: Briefing, choices: Choices) -> pd.DataFrame:
    """The measures that the chosen round reports on."""
    measures = briefing.measures
    if choices.round == "year":
        return measures
    last = pd.Timestamp(dt.date(work_year(briefing.fiscal_year) - BUDDHIST_ERA, *HALF_ENDS))
    return measures[~(measures["period_start"] > last)]


def title_lines(briefing: Briefing, choices: Choices, say: Say) -> tuple[str, str, str]:
    """What the report is called, whose it is, of which year and round."""
    of_round = say(f"report.round_{choices.round}")
    return (
        say("report.title"),
        say("report.title_agency", agency=briefing.agency),
        say("report.title_year", year=work_year(briefing.fiscal_year), round=of_round),
    )


def _evenly(title: str) -> list[str]:
    """A title in lines of about the same length, where it takes more than one."""
    lines = -(-columns(title) // _TITLE_COLUMNS)
    return wrap(title, columns(title) // lines + _TITLE_ROOM)


class _Report:
    def __init__(self, briefing: Briefing, choices: Choices, language: str) -> None:
        self._briefing, self._choices, self._language = briefing, choices, language
        self._judged: Assessment = briefing.assessment
        self._say = speaker(language)
        self._written: Callable[[str], str] = with_thai_digits if choices.digits == "thai" else str
        self._document: Document = word.new_document(" ".join(title_lines(briefing, choices, self._say)), choices.on)

    def content(self) -> bytes:
        self._add_title()
        self._add_instruments()
        self._add_analysis()
        self._add_advice()
        self._add_way()
        self._add_measures()
        self._add_signature()
        return word.content_of(self._document)

    # Parts, in the order of the report

    def _add_title(self) -> None:
        for line in title_lines(self._briefing, self._choices, self._say):
            self._paragraph("\n".join(_evenly(line)), word.DOCUMENT_TITLE)
        judged, say = self._judged, self._say
        values = {"agency": self._briefing.agency, "year": judged.fiscal_year}
        values |= {"assessment": speaker("en")("report.assessment")}  # named in English in Thai reports too
        if judged.total is None or judged.gap is None:
            text = say("report.intro_no_total", missing=self._names(judged.missing), **values)
        else:
            level = sentences.level_name(judged, judged.level, self._language)
            values |= {"total": f"{judged.total:.2f}", "mark": f"{judged.rules.pass_mark:g}"}
            values |= {"level": say("report.at_level", level=level) if level else ""}
            values |= {"gap": f"{abs(judged.gap):.2f}"}
            text = say("report.intro_passed" if judged.passed else "report.intro_not_passed", **values)
        self._paragraph("", style="Normal")
        self._paragraph(text)
        if judged.disagrees:
            self._paragraph(sentences.disagreement(judged, say))

    def _add_instruments(self) -> None:
        say, rules = self._say, self._judged.rules
        headings = [say("column.instrument"), say("column.indicator"), say("chart.year", year=rules.fiscal_year)]
        for place, row in enumerate(self._judged.instruments.itertuples(), start=1):
            instrument = rules.instrument(row.instrument)
            self._heading(f"{place}. {instrument.name[self._language]} ({row.instrument})", level=2)
            own, english = instrument.name[self._language], instrument.name["en"]
            name = f"{own} ({row.instrument})" if own == english else f"{own} ({english}: {row.instrument})"
            values = {"name": name, "count": row.indicators, "purpose": instrument.purpose[self._language]}
            self._paragraph(say("report.instrument", **values))
            scores = self._judged.indicators[self._judged.indicators["instrument"] == row.instrument]
            rows = [
                (row.instrument if first else "", self._name(each.indicator), score_word(each.score, self._judged, say))
                for first, each in zip([True] + [False] * len(scores), scores.itertuples(), strict=False)
            ]
            self._table(headings, rows, _SCORES_WIDTHS, right=[2], whole=True)
            missing = scores.loc[scores["score"].isna(), "indicator"]
            self._paragraph(self._mean_sentence(row, list(missing)), spaced=True)

    def _mean_sentence(self, row: Any, missing: Sequence[int]) -> str:
        mark = self._judged.rules.pass_mark
        values = {"code": row.instrument, "count": row.indicators, "mark": f"{mark:g}"}
        if row.passed is pd.NA:
            return self._say("report.mean_missing", missing=self._names(missing), **values)
        values |= {"score": f"{row.score:.2f}", "gap": f"{abs(row.gap):.2f}"}
        return self._say("report.mean_passed" if row.passed else "report.mean_below", **values)

    def _add_analysis(self) -> None:
        say, judged = self._say, self._judged
        mark = f"{judged.rules.pass_mark:g}"
        self._heading(say("report.analysis"), level=1)
        self._paragraph(say("report.analysis_text", agency=self._briefing.agency, year=judged.fiscal_year))
        if self._choices.charts:
            self._add_charts()
        parts = (("strong", judged.strong.sort_values("indicator")), ("below", judged.below.sort_values("indicator")))
        for place, (part, rows) in enumerate(parts, start=1):
            heading = say(f"report.{part}", mark=mark, count=len(rows))
            self._heading(f"{place}. {heading}", level=2)
            if rows.empty:
                self._paragraph(say("report.none"))
            for row in rows.itertuples():
                self._paragraph(
                    say(
                        "report.indicator",
                        name=judged.rules.indicator(row.indicator).name[self._language],
                        number=row.indicator,
                        score=f"{row.score:.2f}",
                        gap=sentences.gap_note(judged, row.indicator, say),
                        covers=judged.rules.indicator(row.indicator).covers[self._language],
                    )
                )
        if judged.missing:
            self._paragraph(say("report.missing", missing=self._names(judged.missing)))

    def _add_charts(self) -> None:
        from ita.documents.picture import write_bars, write_radar  # takes a second to load

        say, judged, briefing = self._say, self._judged, self._briefing
        source = sentences.source(briefing.stored, say)
        bars, radar = sentences.bars_title(judged, say), sentences.radar_title(judged, say)
        drawn = write_bars(judged, say, self._language, title=bars, source=source)
        word.add_picture(self._document, drawn, bars, width=_BARS_WIDTH)
        drawn = write_radar(judged, say, self._language, title=radar, source=source, previous=briefing.previous)
        word.add_picture(self._document, drawn, radar, width=_RADAR_WIDTH)

    def _add_advice(self) -> None:
        say, judged = self._say, self._judged
        self._heading(say("report.advice"), level=1)
        self._paragraph(say("report.advice_text", year=judged.fiscal_year))
        for place, row in enumerate(judged.instruments.itertuples(), start=1):
            name = judged.rules.instrument(row.instrument).name[self._language]
            if row.passed is pd.NA:
                advice = say("report.advice_missing", name=name, code=row.instrument)
            else:
                how = "passed" if row.passed else "below"
                values = {"name": name, "code": row.instrument, "score": f"{row.score:.2f}"}
                values["mark"] = f"{judged.rules.pass_mark:g}"
                values["advice"] = say(f"report.advice_{row.instrument}_{how}")
                advice = say(f"report.advice_{how}", **values)
            self._paragraph(f"{place}. {advice}{self._weak_of(row.instrument)}")

    def _weak_of(self, instrument: str) -> str:
        below = self._judged.below
        weak = below[below["instrument"] == instrument].sort_values("indicator")
        if weak.empty:
            return ""
        named = [f"{self._name(row.indicator)} ({row.score:.2f})" for row in weak.itertuples()]
        return " " + self._say("report.weak", names=", ".join(named))

    def _add_way(self) -> None:
        """How the next target is reached, and what of it is known; nothing without a total or where all is reached."""
        ways, causes, say, judged = self._briefing.ways, self._briefing.causes, self._say, self._judged
        if ways is None:
            return
        self._heading(say("report.way", total=f"{ways.target.total:g}"), level=1)
        self._paragraph(wayfinding.title(ways, judged, say, self._language))
        self._paragraph(wayfinding.why(ways, causes, judged, say), spaced=True)
        if ways.told is not None:
            headings, rows = wayfinding.table(ways.told, judged, say, self._language)
            widths = _DOCUMENT_WIDTHS if ways.by_documents else _RISE_WIDTHS
            numbers = [2, 3] if ways.by_documents else [1, 2, 3]
            self._table(headings, rows, widths, right=numbers)
        scores = judged.scores.dropna()
        failing = [number for number in causes.explanations if number in scores and self._not_all_found(number)]
        if failing:
            self._heading(say("report.causes"), level=2)
        for number in failing:
            told, every = wayfinding.cause_of_score(number, causes, judged, say)
            values = {"name": self._name(number), "score": f"{scores[number]:.2f}"}
            self._paragraph(say("report.cause", told=told, **values))
            for way in every:
                self._paragraph(f"- {way}")

    def _not_all_found(self, number: int) -> bool:
        """Whether a document of an indicator failed, or its score cannot be explained."""
        every = self._briefing.causes.explanations[number]
        return not every or any(explanation.count for explanation in every)

    def _add_measures(self) -> None:
        say, briefing, choices = self._say, self._briefing, self._choices
        self._foot()
        word.add_landscape(self._document)
        title, agency, year = title_lines(briefing, choices, say)
        self._heading(title, level=1)
        self._paragraph(f"{agency} {year}", style="Normal")
        measures = measures_of(briefing, choices)
        date = sentences.day_text(choices.on, say)
        told = say("report.measures", date=date, what=sentences.measures_title(measures, say))
        left_out = len(briefing.measures) - len(measures)
        self._paragraph(
            told + (say("report.measures_later", count=left_out) if left_out else ""), style="Normal", spaced=True
        )
        if not measures.empty:
            keys = ("title", "steps", "responsible", "period", "result_text", "status", "suggestion")
            headings = [say(f"column.{key}") for key in keys]
            rows = [self._measure(row) for row in measures.itertuples()]
            self._table(headings, rows, _MEASURES_WIDTHS, splits=True, with_next=True)
        self._foot()

    def _measure(self, row: Any) -> tuple[str, ...]:
        period = sentences.period_text(row, self._say)
        state = state_with_percent(row.status, row.percent, self._say)
        proof = self._say("sentence.evidence", evidence=row.evidence) if row.evidence else ""
        result = "\n".join(filter(None, (row.result, proof)))
        late = f"\n{self._say('state.overdue')}" if row.overdue else ""
        texts = (row.steps, row.responsible, period, result, f"{state}{late}", row.suggestion)
        return (self._measure_name(row), *(text or NONE for text in texts))

    def _measure_name(self, row: Any) -> str:
        if pd.isna(row.indicator):
            return str(row.title)
        name = self._name(row.indicator)
        return name if row.title == self._judged.rules.indicator(row.indicator).name["th"] else f"{name}\n- {row.title}"

    def _add_signature(self) -> None:
        say, position = self._say, self._choices.position
        lines = (
            say("report.sign", line=_DOTS),
            f"({_DOTS})",
            say("report.position", position=position or _DOTS),
        )
        word.add_signature(self._document, list(map(self._written, lines)))

    # Its words

    def _heading(self, text: str, level: int) -> None:
        self._paragraph(text, style=f"Heading {level}")

    def _paragraph(self, text: str, style: str = word.BODY, *, spaced: bool = False) -> None:
        paragraph = word.add_paragraph(self._document, self._written(text), style)
        if spaced:
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)

    def _table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        **layout: Any,
    ) -> None:
        written = [list(map(self._written, row)) for row in rows]
        word.add_table(self._document, list(map(self._written, headings)), written, widths, **layout)

    def _foot(self) -> None:
        say = self._say
        made = sentences.made_from(self._briefing.stored, self._choices.on, say)
        words = (say("check_sheet.page"), say("check_sheet.of_pages"))
        thai_digits = self._choices.digits == "thai"
        word.add_footer(self._document.sections[-1], self._written(made), *words, thai_digits=thai_digits)

    def _name(self, number: int) -> str:
        return indicator_name(self._judged.rules, number, self._language)

    def _names(self, numbers: Sequence[int]) -> str:
        return ", ".join(map(self._name, numbers))
