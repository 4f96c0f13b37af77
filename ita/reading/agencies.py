"""Which agency a figure is of, seen over the whole file: one name for each, and none for two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ita import thai
from ita.reading import names
from ita.reading.layouts.table import Table
from ita.reading.problems import Problem
from ita.reading.sheet import address

CAPITAL = "กรุงเทพมหานคร"
"""The one that is no จังหวัด."""


def with_one_name_each(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    """The tables with every agency under one name, namesakes told apart by kind, province or district; what to know.

    Names that differ only in how they are typed (blanks, ำ as two characters) are one; so are two spellings whose
    blocks complete each other. Names that stand more than once in a year get what tells them apart.
    """
    tables = _in_one_typing(tables)
    tables, respelt = _in_one_spelling(tables)
    tables, told_apart = _told_apart(tables)
    return tables, [*respelt, *told_apart]


def _renamed(table: Table, new_names: dict[str, str]) -> Table:
    if not new_names:
        return table
    lines = table.lines
    if lines is not None:
        lines = lines.assign(agency=lines["agency"].replace(new_names))
    return replace(table, figures=table.figures.assign(agency=table.figures["agency"].replace(new_names)), lines=lines)


def _in_one_typing(tables: Sequence[Table]) -> list[Table]:
    """Names that fold to the same as the first of them: the store would take them for one."""
    stated = [set(_stated(table)) for table in tables]
    first: dict[str, str] = {}
    others: dict[str, str] = {}
    for name in dict.fromkeys(name for table in tables for name in _stated(table)):
        used = first.setdefault(thai.fold(name), name)
        if used != name:
            others[name] = used
    return [
        _renamed(table, {name: others[name] for name in here & others.keys()})
        for table, here in zip(tables, stated, strict=True)
    ]


def _stated(table: Table) -> list[str]:
    """The agencies that a table names, each once."""
    named = table.figures["agency"] if table.lines is None else table.lines["agency"]
    return [str(name) for name in named.dropna().unique()]


def _in_one_spelling(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    """Blocks on several sheets that complete each other under names that are nearly the same, under the commonest."""
    blocks = [table for table in tables if table.lines is None]
    common = (
        pd.concat([table.figures["agency"] for table in blocks]).value_counts() if blocks else pd.Series(dtype="int64")
    )
    if len(common) < 2:
        return list(tables), []
    used = str(common.index[0])
    held = {what for table in blocks if used in _stated(table) for what in _held(table)}
    respelt: list[Table] = []
    problems: list[Problem] = []
    for table in tables:
        other = next(iter(_stated(table)), None) if table.lines is None else None
        if other is not None and other != used and names.alike(other, used) and not held & _held(table):
            held |= _held(table)
            problems.append(Problem("ITA-T04", "warning", table.sheet, None, other, {"used": used}))
            table = _renamed(table, {other: used})
        respelt.append(table)
    return respelt, problems


def _held(table: Table) -> set[object]:
    return set(zip(table.figures["fiscal_year"], table.figures["what"], strict=True))


# Namesakes


def _told_apart(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    lines = [
        table.lines.assign(table=index, sheet=table.sheet)
        for index, table in enumerate(tables)
        if table.lines is not None
    ]
    if not lines:
        return list(tables), []
    every = pd.concat(lines, ignore_index=True)
    named = every[every["agency"].notna()]
    repeated = named.loc[named.duplicated(["agency", "fiscal_year"], keep=False), "agency"].unique()
    if not len(repeated):
        return list(tables), []
    namesakes = named[named["agency"].isin(repeated)].copy()
    namesakes["province"] = namesakes["province"].fillna(
        namesakes["sheet"].map(_province_sheets(namesakes["sheet"].unique()))
    )
    told = _full_names(namesakes)
    changed = told[told != namesakes["agency"]]
    if changed.empty:
        return list(tables), []
    every.loc[changed.index, "agency"] = changed
    first = every.loc[changed.index[0]]
    table = tables[first["table"]]
    row = table.figures[table.figures["row"] == first["row"]].iloc[0]
    details = {"used": first["agency"], "count": int(changed.nunique())}
    problem = Problem(
        "ITA-T13",
        "info",
        table.sheet,
        address(row["row"], row["column"]),
        str(namesakes.at[changed.index[0], "agency"]),
        details,
    )
    return [_with_agencies(table, every[every["table"] == index]) for index, table in enumerate(tables)], [problem]


def _with_agencies(table: Table, lines: pd.DataFrame) -> Table:
    """The table with the names that its lines have now."""
    if table.lines is None:
        return table
    agency_of = lines.set_index("row")["agency"]
    return replace(table, figures=table.figures.assign(agency=table.figures["row"].map(agency_of)), lines=lines)


def _province_sheets(sheets: Sequence[str]) -> dict[str, str]:
    """The sheets that are named for a province."""
    return {sheet: str(names.province(sheet)) for sheet in sheets if names.names_province(sheet)}


def _full_names(namesakes: pd.DataFrame) -> pd.Series[str]:
    """The names of lines, each with as much added as tells it apart from the others of its year."""
    told = namesakes["agency"].astype("str")
    for beside, full in (("kind", _of_kind), ("province", _in_province), ("district", _in_district)):
        different = namesakes.groupby([told, "fiscal_year"], dropna=False)[beside].nunique()
        names_apart = different[different > 1].index.get_level_values(0)
        known = told.isin(names_apart) & namesakes[beside].notna()
        told = told.mask(known, [full(name, value) for name, value in zip(told, namesakes[beside], strict=True)])
    return told


def _of_kind(name: str, kind: object) -> str:
    return f"{kind}{name}"


def _in_province(name: str, province: object) -> str:
    return f"{name} {province}" if province == CAPITAL else f"{name} จ.{province}"


def _in_district(name: str, district: object) -> str:
    return f"{name} อ.{district}"
