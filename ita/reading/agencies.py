"""Which agency a figure is of, seen over the whole file: one name for each, and none for two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ita import thai
from ita.agency_kinds import kinds_in_full
from ita.reading import names
from ita.reading.layouts.table import Table
from ita.reading.problems import Problem
from ita.reading.sheet import address

MOST = 0.5
"""Two spellings of which more than this share of the figures differ are two agencies; less are slips."""


def with_one_name_each(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    """The tables with every agency under one name, namesakes told apart by kind, province or district; what to know.

    Names that differ only in how they are typed (blanks, ำ as two characters) are one; so are abbreviated and full ones
    (ทต., เทศบาลตำบล), and two spellings whose blocks complete each other. Names that stand more than once in a year get
    what tells them apart.
    """
    tables, written_out = _in_one_typing(_in_provinces(tables))
    tables, respelt = _in_one_spelling(tables)
    tables, told_apart = _told_apart(tables)
    return tables, [*written_out, *respelt, *told_apart]


def _renamed(table: Table, new_names: Mapping[str, str]) -> Table:
    if not new_names:
        return table
    return replace(
        table, lines=table.lines.assign(agency=[new_names.get(name, name) for name in table.lines["agency"]])
    )


def _in_provinces(tables: Sequence[Table]) -> list[Table]:
    """The tables; lists that name no province themselves have that of their sheet, where it is named for one."""
    return [
        replace(table, lines=table.lines.assign(province=names.province(table.sheet)))
        if table.listed and table.lines["province"].isna().all() and names.names_province(table.sheet)
        else table
        for table in tables
    ]


def _in_one_typing(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    """Names that fold to the same as the first of them, the kind written out; that a kind is abbreviated is said."""
    every = list(dict.fromkeys(name for table in tables for name in _stated(table)))
    folded = dict(zip(every, thai.folded(every), strict=True))
    key_of = dict(zip(every, kinds_in_full(folded.values()), strict=True))
    for name in _of_other_figures(tables, folded, key_of):
        key_of[name] = folded[name]
    first: dict[str, str] = {}
    others = {name: used for name, key in key_of.items() if (used := first.setdefault(key, name)) != name}
    if not others:
        return list(tables), []
    abbreviated = {name: used for name, used in others.items() if folded[name] != folded[used]}
    return [_renamed(table, others) for table in tables], list(_written_out(tables, abbreviated))


def _of_other_figures(tables: Sequence[Table], folded: Mapping[str, str], key_of: Mapping[str, str]) -> Iterator[str]:
    """Names, abbreviated and in full, most of whose figures in one year are different: they are two agencies."""
    if len(set(key_of.values())) == len(set(folded.values())):
        return  # no name is there in two spellings
    spellings = Counter(key for key, _ in {(key_of[name], folded[name]) for name in key_of})
    doubled = {name: key for name, key in key_of.items() if spellings[key] > 1}
    figures = pd.concat(
        table.figures[["what", "exact"]].assign(
            key=table.lines["agency"].map(doubled).take(table.figures["line"]).array,
            year=table.lines["fiscal_year"].take(table.figures["line"]).array,
        )
        for table in tables
    )
    held = figures.groupby(["key", "year", "what"], dropna=False, observed=True)["exact"].agg(["count", "nunique"])
    different = (held["nunique"] > 1)[held["count"] > 1].groupby("key").mean()
    apart = set(different.index[different > MOST])
    yield from (name for name, key in doubled.items() if key in apart)


def _written_out(tables: Sequence[Table], abbreviated: Mapping[str, str]) -> Iterator[Problem]:
    """What there is to know about names that are another's with the kind abbreviated, or not: one for each sheet."""
    of_sheets: dict[str, list[str]] = {}
    for table in tables:
        of_sheets.setdefault(table.sheet, []).extend(name for name in _stated(table) if name in abbreviated)
    for sheet, found in of_sheets.items():
        if found:
            details = {"used": abbreviated[found[0]], "count": len(set(found))}
            yield Problem("ITA-T26", "info", sheet, None, found[0], details)


def _stated(table: Table) -> list[str]:
    """The agencies that a table names, each once."""
    return [name for name in dict.fromkeys(table.lines["agency"]) if name is not None]


def _in_one_spelling(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    """Blocks on several sheets that complete each other under names that are nearly the same, under the commonest."""
    common: Counter[str] = Counter()
    for table in tables:
        if not table.listed:
            common.update(name for name in table.figures["line"].map(table.lines["agency"]) if name is not None)
    if len(common) < 2:
        return list(tables), []
    ((used, _),) = common.most_common(1)
    held = {what for table in tables if not table.listed and used in _stated(table) for what in _held(table)}
    respelt: list[Table] = []
    problems: list[Problem] = []
    for table in tables:
        other = next(iter(_stated(table)), None) if not table.listed else None
        if other is not None and other != used and names.alike(other, used) and not held & _held(table):
            held |= _held(table)
            problems.append(Problem("ITA-T04", "warning", table.sheet, None, other, {"used": used}))
            table = _renamed(table, {other: used})
        respelt.append(table)
    return respelt, problems


def _held(table: Table) -> set[object]:
    years = table.lines["fiscal_year"].take(table.figures["line"])
    return set(zip(years, table.figures["what"], strict=True))


# Namesakes


def _told_apart(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    lists = [(index, table.lines) for index, table in enumerate(tables) if table.listed]
    if not lists:
        return list(tables), []
    every = pd.concat([lines for _, lines in lists], keys=[index for index, _ in lists])
    named = every[every["agency"].notna()]
    # The same row may be there once for each of several years, and is no namesake of itself.
    repeated = named.loc[named.duplicated(["agency", "fiscal_year"], keep=False), "agency"].unique()
    if not len(repeated):
        return list(tables), []
    namesakes = named[named["agency"].isin(repeated)]
    told = _full_names(namesakes)
    changed = told[told != namesakes["agency"]]
    if changed.empty:
        return list(tables), []
    every.loc[changed.index, "agency"] = changed
    index, line = changed.index[0]
    details = {"used": str(changed.iloc[0]), "count": int(changed.nunique())}
    figures = tables[index].figures
    first = figures[figures["line"] == line].iloc[0]
    problem = Problem(
        "ITA-T13",
        "info",
        tables[index].sheet,
        address(first["row"], first["column"]),
        str(namesakes.at[changed.index[0], "agency"]),
        details,
    )
    renamed = {index: every.loc[index, "agency"].tolist() for index, _ in lists}
    return [
        replace(table, lines=table.lines.assign(agency=renamed[index])) if index in renamed else table
        for index, table in enumerate(tables)
    ], [problem]


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
    return f"{name} {province}" if province == names.CAPITAL else f"{name} จ.{province}"


def _in_district(name: str, district: object) -> str:
    return f"{name} อ.{district}"
