"""Everything about an agency's year as a formatted Excel workbook that this program reads back to the same values.

Each sheet is one table that can be filtered, under lines that say whose it is and where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ita import sentences, wayfinding
from ita.briefing import Briefing
from ita.charts import LIGHT
from ita.documents.template import FONT
from ita.measures import STATUSES
from ita.sentences import indicator_name, mark_name
from ita.text import speaker
from ita.thai import tidy, wrap

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIZE, TITLE_SIZE = 16, 20
CHART_FONT, CHART_SIZE = "Tahoma", 10
"""The charts name a font for Latin letters only; Thai ones come in the theme's, which is this."""
ROW = 26
"""Points that a line of text takes: Thai marks stand above and below it."""
CHART_WIDTH, CHART_HEIGHT = 960, 430
"""Pixels."""
_HEAD = 4
"""The row of the headings, from 0, under title, verdict and source."""
_HEADING = {"bold": True, "bg_color": "#D6E6F2", "border": 1, "border_color": LIGHT.soft, "text_wrap": True}
_HEADING |= {"align": "center"}
_ITEM_ORDER = "ieo"
_GAIN = f'[=0]"{sentences.gain_word(0)}";+0.00'
_ROOM = 1.12
"""Columns of Excel's width for each column of text: the font is larger than the one it counts in."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a sheet: heading, width in characters, what stands in it, and how numbers are shown."""

    heading: str
    width: int
    values: Sequence[Any]
    shown: str = ""


def write(briefing: Briefing, language: str) -> bytes:
    """The workbook: scores and charts, instruments and total, the way on, measures, and items if the file had them."""
    return _Book(briefing, language).content()


class _Book:
    def __init__(self, briefing: Briefing, language: str) -> None:
        self._briefing, self._language = briefing, language
        self._judged, self._say = briefing.assessment, speaker(language)
        self._content = BytesIO()
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(self._content, {"in_memory": True, **plain})
        self._book.set_properties({"title": tidy(f"ITA {briefing.fiscal_year} {briefing.agency}"), "author": "ITA"})
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def content(self) -> bytes:
        self._add_scores()
        self._add_instruments()
        self._add_way()
        if not self._briefing.measures.empty:
            self._add_measures()
        if not self._briefing.items.empty:
            self._add_items()
        self._book.close()
        return self._content.getvalue()

    # Sheets

    def _add_scores(self) -> None:
        say, judged = self._say, self._judged
        rows = judged.indicators
        columns = [
            _Column(say("column.number"), 12, rows["indicator"].tolist(), "0"),
            _Column(say("column.indicator"), 34, [self._indicator(number) for number in rows["indicator"]]),
            _Column(say("column.instrument"), 12, rows["instrument"].tolist()),
            _Column(say("column.score"), 11, rows["score"].tolist(), "0.00"),
            _Column(say("workbook.mark"), 9, [judged.rules.pass_mark] * len(rows), "0.00"),
            _Column(say("column.result"), 17, [sentences.result_word(passed, say) for passed in rows["passed"]]),
            _Column(say("column.gap"), 13, rows["gap"].tolist(), "+0.00;-0.00;0.00"),
            _Column(say("column.gain"), 11, rows["points_at_mark"].where(rows["gap"] < 0).tolist(), _GAIN),
        ]
        sheet = self._sheet(say("column.score"), columns)
        self._mark_below(sheet, columns, score=3)
        first, last = _HEAD + 1, _HEAD + len(rows)
        series = {"categories": [sheet.name, first, 1, last, 1], "values": [sheet.name, first, 3, last, 3]}
        mark = {"categories": series["categories"], "values": [sheet.name, first, 4, last, 4]}
        self._add_charts(sheet, series, mark, last + 2)

    def _add_instruments(self) -> None:
        say, judged = self._say, self._judged
        rows = judged.instruments
        level = sentences.level_name(judged, judged.level, self._language)
        columns = [
            _Column(say("column.instrument"), 22, [*rows["instrument"], say("column.total"), say("column.level")]),
            _Column(say("column.score"), 12, [*rows["score"], judged.total, level or None], "0.00"),
            _Column(say("column.weight"), 12, [*rows["weight"], None, None], "0"),
            _Column(say("column.points"), 16, [*rows["points"].round(4), None, None], "0.00"),
            _Column(
                say("column.result"),
                17,
                [*(sentences.result_word(passed, say) for passed in [*rows["passed"], self._passed()]), None],
            ),
        ]
        sheet = self._sheet(say("column.instrument"), columns, filtered=False)
        self._mark_below(sheet, columns, score=1, rows=len(rows) + 1)

    def _add_way(self) -> None:
        """From the total as it is, step by step to the next target, if it can be reached.

        A step is a sentence: indicators with scores beside them would be read back as results.
        """
        ways, say, judged = self._briefing.ways, self._say, self._judged
        if ways is None or ways.told is None:
            return
        steps = ways.told.grouped
        _, rows = wayfinding.table(ways.told, judged, say, self._language)
        told = [": ".join(row[:2]).replace("\n", " ") for row in rows]
        columns = [
            _Column(say("workbook.step"), 80, [say("path.today"), *told]),
            _Column(say("column.gain"), 11, [None, *(step.gain for step in steps)], _GAIN),
            _Column(say("column.total"), 12, [ways.told.before.total, *(step.total for step in steps)], "0.00"),
        ]
        self._sheet(say("path.page"), columns, said=wayfinding.why(ways, self._briefing.causes, judged, say))

    def _add_measures(self) -> None:
        say, rows = self._say, self._briefing.measures
        columns = [
            _Column(
                say("column.indicator"),
                22,
                [None if pd.isna(number) else self._indicator(int(number)) for number in rows["indicator"]],
            ),
            _Column(say("column.title"), 30, rows["title"].tolist()),
            _Column(say("column.steps"), 34, rows["steps"].tolist()),
            _Column(say("column.responsible"), 18, rows["responsible"].tolist()),
            _Column(say("column.period"), 15, [sentences.period_text(row, say) for row in rows.itertuples()]),
            _Column(say("column.result_text"), 32, rows["result"].tolist()),
            _Column(say("column.suggestion"), 20, rows["suggestion"].tolist()),
            _Column(say("column.status"), 17, [say(f"state.{status}") for status in rows["status"]]),
            _Column(say("column.percent"), 13, rows["percent"].tolist(), "0"),
            _Column(say("column.budget"), 15, rows["budget"].tolist(), "#,##0.00"),
            _Column(say("column.evidence"), 28, rows["evidence"].tolist()),
        ]
        sheet = self._sheet(say("measures.page"), columns, wide=True)
        status = [column.heading for column in columns].index(say("column.status"))
        choices = {"validate": "list", "source": [say(f"state.{code}") for code in STATUSES]}
        sheet.data_validation(_HEAD + 1, status, _HEAD + len(rows), status, choices)

    def _add_items(self) -> None:
        say = self._say
        rows = self._briefing.items.sort_values(
            "item", key=lambda codes: codes.str[0].map(_ITEM_ORDER.index), kind="stable"
        )
        listed = {item.code: item for item in self._judged.rules.items}
        columns = [
            _Column(say("workbook.item"), 10, [code.upper() for code in rows["item"]]),
            _Column(
                say("workbook.item_name"), 70, [listed[code].name if code in listed else "" for code in rows["item"]]
            ),
            _Column(say("column.score"), 11, rows["score"].tolist(), "0.00"),
        ]
        sheet = self._sheet(say("workbook.items"), columns)
        self._mark_below(sheet, columns, score=2)

    # What every sheet has

    def _sheet(
        self, name: str, columns: Sequence[_Column], *, said: str = "", filtered: bool = True, wide: bool = False
    ) -> Any:
        """A sheet with its lines above (`said` in the verdict's place), headings that stay, and one table."""
        sheet = self._book.add_worksheet(name)
        briefing, say = self._briefing, self._say
        title = say("workbook.title", agency=briefing.agency, year=briefing.fiscal_year)
        made = sentences.made_from(briefing.stored, briefing.on, say)
        self._text(sheet, 0, 0, title, bold=True, font_size=TITLE_SIZE)
        self._text(sheet, 1, 0, said or sentences.verdict(self._judged, say, self._language))
        self._text(sheet, 2, 0, made, font_color=LIGHT.soft)
        for row in range(_HEAD):
            sheet.set_row(row, ROW + 4 * (row == 0))
        count = len(columns[0].values)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width * _ROOM)
            self._text(sheet, _HEAD, place, column.heading, **_HEADING)
            for row, value in enumerate(column.values, start=_HEAD + 1):
                self._cell(sheet, row, place, value, column.shown)
        sheet.set_row(_HEAD, 2 * ROW)
        for row in range(count):
            lines = max(_lines(column.values[row], column.width) for column in columns)
            sheet.set_row(_HEAD + 1 + row, ROW * lines)
        if filtered:
            sheet.autofilter(_HEAD, 0, _HEAD + count, len(columns) - 1)
        sheet.freeze_panes(_HEAD + 1, 0)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        if wide:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.set_footer("&L&F&R&P / &N")
        return sheet

    def _cell(self, sheet: Any, row: int, column: int, value: Any, shown: str) -> None:
        side = "left" if isinstance(value, str) else "right"
        look = {"border": 1, "border_color": LIGHT.grid, "valign": "top", "text_wrap": True, "align": side, "indent": 1}
        if value is None or pd.isna(value):
            sheet.write_blank(row, column, None, self._format(**look))
        elif isinstance(value, str):
            self._text(sheet, row, column, value, **look)
        else:
            sheet.write_number(row, column, value, self._format(num_format=shown, **look))

    def _text(self, sheet: Any, row: int, column: int, text: str, **look: Any) -> None:
        sheet.write_string(row, column, tidy(text), self._format(**look))

    def _format(self, **look: Any) -> Any:
        look = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter", **look}
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def _mark_below(self, sheet: Any, columns: Sequence[_Column], *, score: int, rows: int | None = None) -> None:
        """Mark the rows whose score is under the mark, also once somebody has changed it."""
        first, last = _HEAD + 1, _HEAD + (rows or len(columns[0].values))
        cell = f"${xl_col_to_name(score)}{first + 1}"
        rule = f"AND(ISNUMBER({cell}),{cell}<{self._judged.rules.pass_mark:g})"
        weak = self._book.add_format({"font_color": LIGHT.below, "bold": True, "bg_color": "#FDF0E7"})
        sheet.conditional_format(
            first, 0, last, len(columns) - 1, {"type": "formula", "criteria": f"={rule}", "format": weak}
        )

    def _add_charts(self, sheet: Any, scores: dict[str, Any], mark: dict[str, Any], row: int) -> None:
        """Columns with the mark as a line, and the radar beside them, of the cells above."""
        say, judged = self._say, self._judged
        year, of_mark = say("chart.year", year=judged.fiscal_year), mark_name(judged, say)
        font = {"name": CHART_FONT, "size": CHART_SIZE, "color": LIGHT.text}
        weak = [
            {"fill": {"color": LIGHT.below}} if passed is not pd.NA and not passed else None
            for passed in judged.indicators["passed"]
        ]
        labels = {"value": True, "num_format": "0.00", "font": {**font, "bold": True}}
        dashes = {"color": LIGHT.text, "width": 2, "dash_type": "dash"}
        bars = self._book.add_chart({"type": "column"})
        bars.add_series(
            {**scores, "name": year, "fill": {"color": LIGHT.passed}, "points": weak, "gap": 60, "data_labels": labels}
        )
        line = self._book.add_chart({"type": "line"})
        line.add_series({**mark, "name": of_mark, "line": dashes})
        bars.combine(line)
        radar = self._book.add_chart({"type": "radar", "subtype": "with_markers"})
        spot = {"type": "circle", "size": 7, "fill": {"color": LIGHT.passed}, "border": {"color": LIGHT.passed}}
        radar.add_series({**scores, "name": year, "line": {"color": LIGHT.passed, "width": 2.5}, "marker": spot})
        radar.add_series({**mark, "name": of_mark, "line": dashes, "marker": {"type": "none"}})
        titles = (sentences.bars_title(judged, say), sentences.radar_title(judged, say))
        for place, (chart, title) in enumerate(zip((bars, radar), titles, strict=True)):
            chart.set_title(
                {"name": title, "name_font": {**font, "size": CHART_SIZE + 3, "bold": True}, "overlay": False}
            )
            chart.set_legend({"position": "bottom", "font": font})
            chart.set_x_axis({"num_font": font})
            chart.set_y_axis(
                {
                    "min": 0,
                    "max": 100,
                    "major_unit": 25,
                    "num_font": font,
                    "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
                }
            )
            chart.set_size({"width": CHART_WIDTH, "height": CHART_HEIGHT})
            lines = round(CHART_HEIGHT * 0.75 / 15) + 1
            sheet.insert_chart(row + place * lines, 0, chart, {"description": title, "object_position": 3})

    def _indicator(self, number: int) -> str:
        return indicator_name(self._judged.rules, number, self._language)

    def _passed(self) -> object:
        return pd.NA if self._judged.passed is None else self._judged.passed


def _lines(value: Any, width: int) -> int:
    return max(1, len(wrap(value, width))) if isinstance(value, str) else 1
