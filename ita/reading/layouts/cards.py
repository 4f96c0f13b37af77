"""A total and a level that stand alone on a sheet, each under or beside its label, as on the cards of a dashboard."""

from __future__ import annotations

from ita.reading import names
from ita.reading.layouts import titles
from ita.reading.layouts.down.sentences import figures_on_cards
from ita.reading.layouts.table import Column, Table, figures_frame, lines_frame, numbers, text_cells
from ita.reading.sheet import Sheet


def find(sheet: Sheet) -> list[Table]:
    """The one result that a sheet without any table prints; nothing where it has several totals, or no title of ITA."""
    texts = list(text_cells(sheet))
    if not any(names.speaks_of_ita(text) for _, _, text in texts):
        return []
    said = {(what, row, column): value for what, value, row, column in figures_on_cards(sheet, texts)}
    whats = [what for what, _, _ in said]
    if "total" not in whats or len(set(whats)) < len(whats):
        return []
    year, dated = titles.fiscal_year(sheet, texts)
    agency, named = titles.agency(sheet, texts)
    return [
        Table(
            layout="totals",
            sheet=sheet.name,
            lines=lines_frame({"row": [0], "agency": [agency], "fiscal_year": [year]}),
            figures=figures_frame(
                [Column(what, [0], [row], column, numbers([value])) for (what, row, column), value in said.items()]
            ),
            problems=(*dated, *named),
        )
    ]
