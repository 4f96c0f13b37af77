"""The meeting's slides as a PowerPoint file: charts that can be edited there, each with its own sheet of figures.

PowerPoint keeps three fonts for each piece of text, and the one for Thai is the third ("complex script"): all are set.
Lines have a fixed height, so that a table is as high as it was counted to be in whichever font.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import pandas as pd
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from ita import sentences
from ita.briefing import Briefing
from ita.charts import LIGHT
from ita.sentences import BELOW_MARK, mark_name
from ita.slides import Card, Grid, Slide, slides
from ita.text import Say, speaker
from ita.thai import tidy, wrap

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FONT = "Leelawadee UI"
"""Windows brings it along; its Thai letters are made for screens."""
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.55)
INNER = WIDTH - 2 * SIDE
TITLE_TOP, TITLE_HEIGHT = Inches(0.3), Inches(1.05)
TEXT_TOP, TEXT_HEIGHT = Inches(1.38), Inches(0.62)
BODY_TOP, BODY_BOTTOM = Inches(2.02), Inches(6.9)
STATEMENT_TOP = Inches(2.6)
"""Where the title stands on a slide that has nothing else to show."""
FOOT_TOP, FOOT_HEIGHT = Inches(6.98), Inches(0.45)
PAGE_WIDTH = Inches(0.9)
TITLE, TEXT, TABLE, LABEL, FOOT = 28, 16, 16, 14, 11
STATEMENT, CARD, FIGURE = 36, 20, 60
LARGER_TABLES = (22, 20, 18)
"""Sizes of text in a table that fits on its slide with them."""
_LINE = 1.4
"""Of the size: two marks may stand above a Thai letter and a vowel below."""
_CELL_MARGIN = Inches(0.04)
_CELL_SIDE = Inches(0.08)
_BAR_LABEL, _BAR_COLUMNS, _SPOKE_COLUMNS = 12, 11, 16
"""Size of the text under a bar; columns of a line there and beside a spoke."""
_WEB = {"x": 0.25, "y": 0.1, "w": 0.5, "h": 0.79}
"""Where the radar stands in its chart: left to itself it is drawn small."""
_TITLE_ONLY = 5
_LANGUAGES = {"th": "th-TH", "en": "en-US"}
_THEME_FONT = re.compile(r'(<a:(?:latin|ea|cs) typeface=")[^"]*(")|(<a:font script="Thai" typeface=")[^"]*(")')
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def write(briefing: Briefing, language: str) -> bytes:
    """The slides of `ita.slides` as a PowerPoint file, with what was noted on them in the notes pane."""
    return _Deck(briefing, language).content()


class _Deck:
    def __init__(self, briefing: Briefing, language: str) -> None:
        self._briefing, self._language = briefing, language
        self._say: Say = speaker(language)
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = WIDTH, HEIGHT
        self._layout = self._deck.slide_layouts[_TITLE_ONLY]
        self._set_theme()
        about = self._deck.core_properties
        about.title = tidy(f"ITA {briefing.fiscal_year} {briefing.agency}")
        about.author = about.last_modified_by = "ITA"

    def content(self) -> bytes:
        every = slides(self._briefing, self._say, self._language)
        for place, slide in enumerate(every, start=1):
            self._add(slide, f"{place} / {len(every)}")
        content = BytesIO()
        self._deck.save(content)
        return content.getvalue()

    def _set_theme(self) -> None:
        """Our font for whatever is typed later; the title where our slides have it."""
        theme = self._deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme._blob = _THEME_FONT.sub(
            lambda found: f"{found[1] or found[3]}{FONT}{found[2] or found[4]}", theme.blob.decode()
        ).encode()
        for holder in (self._deck.slide_master, self._layout):
            for shape in [*holder.placeholders]:
                if shape.placeholder_format.type is not None and shape.placeholder_format.idx:
                    shape._element.getparent().remove(shape._element)
                else:
                    _place(shape, TITLE_TOP)

    # One slide

    def _add(self, slide: Slide, page: str) -> None:
        made = self._deck.slides.add_slide(self._layout)
        part = f" ({slide.part}/{slide.parts})" if slide.parts > 1 else ""
        self._write_title(made.shapes.title.text_frame, f"{slide.title}{part}", TITLE if slide.body else STATEMENT)
        if slide.body is None:
            _place(made.shapes.title, STATEMENT_TOP)
        if slide.text:
            top, size = (TEXT_TOP, TEXT) if slide.body else (TEXT_TOP + STATEMENT_TOP - TITLE_TOP, CARD)
            self._add_text(made, slide.text, top, TEXT_HEIGHT, size, LIGHT.soft)
        match slide.body:
            case "bars":
                self._add_bars(made, slide.title)
            case "radar":
                self._add_radar(made, slide.title)
            case Grid() as grid:
                self._add_grid(made, grid, BODY_TOP if slide.text else TEXT_TOP + Inches(0.2), slide.parts == 1)
            case tuple() as cards:
                self._add_cards(made, cards)
            case _:
                pass
        made_on = sentences.made_from(self._briefing.stored, self._briefing.on, self._say)
        foot = f"{self._briefing.agency} · {made_on}"
        self._add_text(made, foot, FOOT_TOP, FOOT_HEIGHT, FOOT, LIGHT.soft, width=INNER - PAGE_WIDTH)
        self._add_text(made, page, FOOT_TOP, FOOT_HEIGHT, FOOT, LIGHT.soft, align=PP_ALIGN.RIGHT)
        if slide.note:
            self._write(made.notes_slide.notes_text_frame, slide.note, FOOT, LIGHT.text)

    def _write_title(self, frame: Any, title: str, size: int) -> None:
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        self._write(frame, title, size, LIGHT.text, bold=True, align=PP_ALIGN.LEFT, line=1.25)

    def _add_text(
        self,
        made: Any,
        text: str,
        top: int,
        height: int,
        size: int,
        color: str,
        *,
        align: Any = PP_ALIGN.LEFT,
        width: int = INNER,
    ) -> None:
        frame = made.shapes.add_textbox(SIDE, top, width, height).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        self._write(frame, text, size, color, align=align)

    def _add_cards(self, made: Any, cards: Sequence[Card]) -> None:
        gap = Inches(0.35)
        width = (INNER - gap * (len(cards) - 1)) // len(cards)
        for place, card in enumerate(cards):
            left, top, height = SIDE + place * (width + gap), BODY_TOP + Inches(0.35), Inches(3.9)
            box = made.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
            box.fill.solid()
            box.fill.fore_color.rgb = _color(LIGHT.surface)
            box.line.color.rgb, box.line.width = _color(LIGHT.grid), Pt(1.5)
            box.shadow.inherit = False
            frame = box.text_frame
            frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
            frame.margin_top = Inches(0.5)
            color = LIGHT.soft if card.passed is None else LIGHT.passed if card.passed else LIGHT.below
            size = FIGURE if card.passed is not None else FIGURE // 2
            self._write(frame, card.label.replace(" ", "\n", 1), CARD, LIGHT.text, bold=True, align=PP_ALIGN.CENTER)
            self._write(
                frame, card.value, size, color, bold=True, align=PP_ALIGN.CENTER, more=True, line=FIGURE * 1.5 / size
            )
            self._write(frame, card.note, CARD, LIGHT.text, align=PP_ALIGN.CENTER, more=True)

    def _add_grid(self, made: Any, grid: Grid, top: int, alone: bool) -> None:
        """The table; one that is `alone`, and does not go on, in the largest letters with which it fits."""
        rows = [grid.headings, *grid.rows]
        size = _table_size(grid, BODY_BOTTOM - top) if alone else TABLE
        frame = made.shapes.add_table(len(rows), len(grid.widths), SIDE, top, INNER, Emu(0))
        table = frame.table
        _plain_table(frame)
        for column, width in enumerate(grid.widths):
            table.columns[column].width = INNER * width // sum(grid.widths)
        for place, texts in enumerate(rows):
            for column, text in enumerate(texts):
                cell = table.cell(place, column)
                cell.margin_top = cell.margin_bottom = _CELL_MARGIN
                cell.margin_left = cell.margin_right = _CELL_SIDE
                cell.fill.background()
                weak = place > 0 and (text.startswith(BELOW_MARK) or (place - 1 in grid.marked and column == 0))
                self._write(
                    cell.text_frame,
                    text,
                    size,
                    LIGHT.below if weak else LIGHT.text,
                    bold=place == 0 or weak,
                    align=PP_ALIGN.RIGHT if column in grid.right else PP_ALIGN.LEFT,
                )
                _underline(cell, LIGHT.text if place == 0 else LIGHT.grid, 1.5 if place == 0 else 0.75)

    # Charts

    def _add_bars(self, made: Any, title: str) -> None:
        """Columns with the pass mark as a line: both are series of the chart and stay right when it is edited."""
        judged = self._briefing.assessment
        figures = judged.indicators
        data = CategoryChartData(number_format="0.00")
        data.categories = self._labels(_BAR_COLUMNS)
        data.add_series(self._year(judged.fiscal_year), _values(figures["score"]))
        data.add_series(self._mark(), [judged.rules.pass_mark] * len(figures))
        chart = self._add_chart(made, XL_CHART_TYPE.COLUMN_CLUSTERED, data, title)
        plot = chart.plots[0]
        plot.gap_width = 45
        series = plot.series[0]
        self._write_labels(series)
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _color(LIGHT.passed)
        for place, weak in enumerate(figures["passed"].eq(False).fillna(False)):
            if weak:
                fill = series.points[place].format.fill
                fill.patterned()
                fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
                fill.fore_color.rgb, fill.back_color.rgb = _color(LIGHT.below), _color(LIGHT.surface)
                outline = series.points[place].format.line
                outline.color.rgb, outline.width = _color(LIGHT.below), Pt(1.5)
                _label_of_point(series, place, f'0.00" {BELOW_MARK}"', LIGHT.below)
        _last_series_as_line(chart)
        line = chart.plots[1].series[0]
        line.format.line.color.rgb, line.format.line.width = _color(LIGHT.text), Pt(2.25)
        line.format.line.dash_style = MSO_LINE.DASH
        line.marker.style = XL_MARKER_STYLE.NONE
        self._set_axes(chart)
        chart.category_axis.format.line.color.rgb = _color(LIGHT.soft)
        chart.category_axis.tick_labels.font.size = Pt(_BAR_LABEL)

    def _add_radar(self, made: Any, title: str) -> None:
        """The shape of the year, with the year before where there is one, and the pass mark as a ring."""
        judged, previous = self._briefing.assessment, self._briefing.previous
        data = CategoryChartData(number_format="0.00")
        data.categories = self._labels(_SPOKE_COLUMNS)
        years = [judged] if previous is None else [judged, previous]
        for year in years:
            data.add_series(self._year(year.fiscal_year), _values(year.indicators["score"]))
        data.add_series(self._mark(), [judged.rules.pass_mark] * len(judged.indicators))
        chart = self._add_chart(made, XL_CHART_TYPE.RADAR_MARKERS, data, title)
        looks = [(LIGHT.passed, 3.0, MSO_LINE.SOLID, XL_MARKER_STYLE.CIRCLE)]
        looks += [(LIGHT.previous, 2.0, MSO_LINE.ROUND_DOT, XL_MARKER_STYLE.DIAMOND)] * (len(years) - 1)
        looks.append((LIGHT.text, 2.0, MSO_LINE.DASH, XL_MARKER_STYLE.NONE))
        for series, (color, width, dashes, marker) in zip(chart.plots[0].series, looks, strict=True):
            series.format.line.color.rgb, series.format.line.width = _color(color), Pt(width)
            series.format.line.dash_style = dashes
            series.marker.style = marker
            if marker is not XL_MARKER_STYLE.NONE:
                series.marker.size = 9
                series.marker.format.fill.solid()
                series.marker.format.fill.fore_color.rgb = _color(color)
        for place, weak in enumerate(judged.indicators["passed"].eq(False).fillna(False)):
            if weak:
                marker = chart.plots[0].series[0].points[place].marker
                marker.style, marker.size = XL_MARKER_STYLE.X, 12
                marker.format.line.color.rgb = _color(LIGHT.below)
                marker.format.line.width = Pt(3)
        self._set_axes(chart)
        chart.legend.position = XL_LEGEND_POSITION.RIGHT
        _place_plot(chart, _WEB)

    def _add_chart(self, made: Any, kind: Any, data: Any, described: str) -> Any:
        frame = made.shapes.add_chart(kind, SIDE, BODY_TOP, INNER, BODY_BOTTOM - BODY_TOP, data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", described)
        chart = frame.chart
        chart.has_title = False
        chart.has_legend = True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.font.size = Pt(LABEL)
        chart.font.color.rgb = _color(LIGHT.text)
        for text in chart._chartSpace.iter(qn("a:defRPr")):
            _set_fonts(text)
        return chart

    def _set_axes(self, chart: Any) -> None:
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 100, 25
        axis.has_major_gridlines = True
        axis.major_gridlines.format.line.color.rgb = _color(LIGHT.grid)
        axis.format.line.fill.background()
        axis.tick_labels.font.size = Pt(12)
        axis.tick_labels.font.color.rgb = _color(LIGHT.soft)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False

    def _write_labels(self, series: Any) -> None:
        labels = series.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, "0.00", False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size, labels.font.bold = Pt(LABEL), True
        labels.font.color.rgb = _color(LIGHT.text)

    def _labels(self, columns: int) -> list[str]:
        rules = self._briefing.assessment.rules
        numbers = [indicator.number for indicator in rules.indicators]
        names = [sentences.indicator_name(rules, number, self._language) for number in numbers]
        return ["\n".join(wrap(name, columns)) for name in names]

    def _year(self, year: int) -> str:
        return self._say("chart.year", year=year)

    def _mark(self) -> str:
        return mark_name(self._briefing.assessment, self._say)

    # Text

    def _write(
        self,
        frame: Any,
        text: str,
        size: int,
        color: str,
        *,
        bold: bool = False,
        align: Any = None,
        more: bool = False,
        line: float = _LINE,
    ) -> None:
        """Fill a frame with the lines of a text, each a paragraph; with `more`, add them to what it has."""
        for place, words in enumerate(tidy(text).split("\n")):
            paragraph = frame.add_paragraph() if more or place else frame.paragraphs[0]
            paragraph.alignment = align
            paragraph.line_spacing = Pt(round(size * line))
            run = paragraph.add_run()
            run.text = words
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = _color(color)
            properties = run.font._element
            properties.set("lang", _LANGUAGES[self._language])
            _set_fonts(properties)


def _table_size(grid: Grid, room: int) -> int:
    """The largest size of text with which a table is no higher than `room`."""
    for size in LARGER_TABLES:
        widths = [width * TABLE // size for width in grid.widths]
        lines = sum(
            max(len(wrap(text, width)) or 1 for text, width in zip(row, widths, strict=True))
            for row in (grid.headings, *grid.rows)
        )
        if lines * Pt(round(size * _LINE)) + 2 * _CELL_MARGIN * (1 + len(grid.rows)) <= room:
            return size
    return TABLE


# What the library has no words for


def _values(scores: pd.Series[float]) -> Iterator[float | None]:
    return (None if pd.isna(score) else float(score) for score in scores)


def _color(color: str) -> RGBColor:
    return RGBColor.from_string(color.removeprefix("#"))


def _set_fonts(properties: Any) -> None:
    """The font for Latin, East Asian and complex script, in the order in which the format wants them."""
    for name in ("latin", "ea", "cs"):
        for present in properties.findall(qn(f"a:{name}")):
            properties.remove(present)
    after = properties.findall(qn("a:hlinkClick"))
    for name in ("latin", "ea", "cs"):
        font = etree.SubElement(properties, qn(f"a:{name}"))
        font.set("typeface", FONT)
    for link in after:
        properties.append(link)


def _plain_table(frame: Any) -> None:
    """Without the library's coloured bands."""
    properties = frame._element.graphic.graphicData.tbl.tblPr
    for name in ("bandRow", "firstRow"):
        properties.set(name, "0")
    for style in properties.findall(qn("a:tableStyleId")):
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"


def _underline(cell: Any, color: str, points: float) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w=str(Pt(points)))
    fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    fill.set("val", color.removeprefix("#"))
    properties.insert(0, line)


def _place(title: Any, top: int) -> None:
    title.left, title.top, title.width, title.height = SIDE, top, INNER, TITLE_HEIGHT


def _place_plot(chart: Any, place: Mapping[str, float]) -> None:
    """Have what a chart draws, without its labels, stand at a place: x, y, w and h are parts of the chart's size."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    for layout in area.findall(qn("c:layout")):
        area.remove(layout)
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    values = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", **place}
    for name, value in values.items():
        etree.SubElement(manual, qn(f"c:{name}")).set("val", str(value))
    area.insert(0, layout)


def _last_series_as_line(chart: Any) -> None:
    """Turn the last series of a column chart into a line over the same axes."""
    columns = chart._chartSpace.find(f".//{{{_CHART}}}barChart")
    series = columns.findall(qn("c:ser"))[-1]
    columns.remove(series)
    for name in ("c:invertIfNegative", "c:dLbls", "c:spPr"):
        for element in series.findall(qn(name)):
            series.remove(element)
    smooth = etree.SubElement(series, qn("c:smooth"))
    smooth.set("val", "0")
    line = etree.Element(qn("c:lineChart"))
    for name, value in (("c:grouping", "standard"), ("c:varyColors", "0")):
        etree.SubElement(line, qn(name)).set("val", value)
    line.append(series)
    etree.SubElement(line, qn("c:marker")).set("val", "1")
    for axis in columns.findall(qn("c:axId")):
        line.append(copy.deepcopy(axis))
    columns.addnext(line)


def _label_of_point(series: Any, place: int, number_format: str, color: str) -> None:
    """The label of one point, in another number format and colour than those of its series."""
    label = series.points[place].data_label
    label.font.size, label.font.bold = Pt(LABEL), True
    label.font.color.rgb = _color(color)
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    element = label._dLbl
    wanted = etree.Element(qn("c:numFmt"))
    wanted.set("formatCode", number_format)
    wanted.set("sourceLinked", "0")
    element.find(qn("c:idx")).addnext(wanted)
