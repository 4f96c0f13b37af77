"""Workbooks that were damaged at random: refused as unreadable, or read without a wrong value. Never anything else.

What stands in a damaged cell is looked up in the XML by the few lines of `Damaged`, which know nothing of our reader:
as XML where it is well-formed, else in its bytes.
`ITA_MUTATIONS=20` makes twenty times as many, from other seeds.
"""

from __future__ import annotations

import os
import random
import re
import signal
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from lxml import etree

import ita
from ita import thai
from ita.reading.results import ResultReading, find_results
from ita.reading.sheet import address
from tests.reading import arrangements as a
from tests.reading.arrangements import OTHER, SEED, THIRD, Across, Arrangement, alone, year_before

MORE = int(os.environ.get("ITA_MUTATIONS", "1"))
PATIENCE = 20  # seconds for one file, far above what a reading may take
PROVINCE = (SEED, OTHER, THIRD)
BOTH_YEARS = tuple(one for result in PROVINCE for one in (year_before(result), result))

ARRANGEMENTS: dict[str, Callable[[], Arrangement]] = {
    "blocks": lambda: alone(a.block(SEED, per_block=True, sentences=True, prose=True)),
    "block": lambda: alone(a.block(SEED, means="ค่าเฉลี่ย {}", total="คะแนนรวม", level="ระดับ")),
    "block beside others": lambda: alone(
        a.down(*a.besides(SEED).values(), a.Column(("คะแนนที่ได้",), SEED), instrument="none", numbering="")
    ),
    "list": lambda: alone(a.across(PROVINCE, Across(upper="instruments", trail=("อันดับ",)))),
    "list of numbers": lambda: alone(a.across(PROVINCE, Across(header="numbers", summary=("ค่าเฉลี่ย",)))),
    "weighted list": lambda: alone(a.across(PROVINCE, Across(header="names", points=True))),
    "two rows an agency": lambda: alone(
        a.across(BOTH_YEARS, Across(lead=("ที่", "หน่วยงาน", "ปี"), merge_same=True, stated="nothing"))
    ),
    "years across": lambda: alone(a.years_across(year_before(SEED), SEED, total="คะแนนรวม")),
    "agency columns": lambda: alone(a.agency_columns(PROVINCE, numbering="")),
    "a score a row": lambda: alone(a.long_list(BOTH_YEARS[:4], same="merged")),
    "percentages": lambda: a.as_percentages(alone(a.block(SEED))),
    "typed": lambda: a.with_thai_digits(a.with_unit(alone(a.across(PROVINCE)), "{} คะแนน")),
    "sheets": lambda: alone(a.block(SEED).named("ผล"), a.hidden(a.block(year_before(SEED)).named("เก่า"))),
    "stacked": lambda: alone(a.stacked(a.block(SEED), a.block(OTHER))),
}


@contextmanager
def patience() -> Iterator[None]:
    """A reading that hangs is a failure; where there are no alarms, it hangs."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def give_up(*_: Any) -> None:
        raise AssertionError(f"not read within {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def reading_of(content: bytes) -> ResultReading | None:
    """The reading, None for a file that is refused; anything else is raised."""
    with patience():
        try:
            return ita.read_results(content)
        except ita.UnreadableFile:
            return None


# What stands in a cell


class Damaged:
    """A damaged workbook, looked into: every number that may be said to stand in a cell."""

    def __init__(self, content: bytes) -> None:
        self.parts = unpacked(content)
        self.strings = self._strings()
        self.cells: dict[str, list[Any]] = {}
        self.raw: list[bytes] = []
        for name in self.parts:
            if re.search(r"worksheets/.*\.xml$", name):
                tree = self._tree(name)
                if tree is None:
                    self.raw.append(self.parts[name])
                else:
                    self._collect(tree)

    def _tree(self, name: str) -> Any:
        """The part, None where it is not well-formed."""
        try:
            return etree.fromstring(self.parts.get(name, b""), etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError:
            return None

    def _strings(self) -> list[str]:
        tree = self._tree(SHARED)
        if tree is not None:
            return ["".join(si.itertext()) for si in tree.iter("{*}si")]
        raw = re.split(rb"<si>", self.parts.get(SHARED, b""))[1:]
        return [re.sub("<[^<>]*>|<t", "", one.decode("utf-8", "replace")) for one in raw]

    def _collect(self, tree: Any) -> None:
        row_number = 0
        for row in tree.iter("{*}row"):
            stated = row.get("r", "")
            row_number = int(stated) if re.fullmatch("[0-9]{1,7}", stated) else row_number + 1
            column = 0
            for cell in row.iter("{*}c"):
                match = re.fullmatch("([A-Za-z]{1,3})([0-9]{1,7})", cell.get("r", ""))
                column = _column(match[1]) if match else column + 1
                places = {address(row_number - 1, column - 1)}
                if match:
                    places.add(f"{match[1].upper()}{int(match[2])}")
                for place in places:
                    self.cells.setdefault(place, []).append(cell)
        for cell in tree.iter("{*}c"):  # also one that has got outside its row
            if cell.get("r"):
                self.cells.setdefault(cell.get("r"), []).append(cell)

    def numbers_at(self, cell: str) -> set[float]:
        """What the cell's number may be out of 100: as it is, and as a percentage, at two decimals."""
        found: set[float] = set()
        for text in [text for element in self.cells.get(cell, ()) for text in self._texts(element)]:
            found |= _scores_in(text)
        for part in self.raw:
            for start in re.finditer(rb'r="%s"' % cell.encode(), part):
                found |= self._scores_in_bytes(part[start.end() :].split(b"</c", 1)[0])
        return found

    def _scores_in_bytes(self, cell: bytes) -> set[float]:
        value = re.search(rb"<(?:v|t)[^<]*?>?([^<>]*)<", cell + b"<")
        if value is None:
            return set()
        text = value[1].decode("utf-8", "replace")
        if b't="s"' in cell.split(b"<", 1)[0]:
            return _scores_in(self.strings[int(text)]) if text.isdigit() and int(text) < len(self.strings) else set()
        return _scores_in(text)

    def _texts(self, cell: Any) -> Iterator[str]:
        values = ["".join(value.itertext()) for value in cell.iter("{*}v")]
        yield "".join("".join(text.itertext()) for text in cell.iter("{*}t"))
        for value in values:
            if cell.get("t") == "s" and value.strip().isdigit():
                if int(value) < len(self.strings):
                    yield self.strings[int(value)]
            else:
                yield value


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _scores_in(text: str) -> set[float]:
    numbers = re.findall(r"[-−+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+", thai.arabic_digits(text))
    if len(numbers) != 1:
        return set()
    try:
        exact = Decimal(numbers[0].replace("−", "-"))
        return {
            float(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
            for value in (exact, exact * 100, Decimal(float(exact)), Decimal(repr(float(exact))))
            if abs(value) < 1000
        }
    except (InvalidOperation, OverflowError):
        return set()


def wrong_values(reading: ResultReading, content: bytes) -> list[str]:
    """The scores that are not what their cell says."""
    rows = list(reading.scores.dropna(subset="score").itertuples())
    if not rows:
        return []
    damaged = Damaged(content)
    found = []
    for row in rows:
        if not 0 <= row.score <= 100:
            found.append(f"{row.cell} was read as {row.score}")
        elif not any(abs(row.score - number) < 0.011 for number in damaged.numbers_at(row.cell)):
            found.append(f"{row.cell} was read as {row.score}, it says {sorted(damaged.numbers_at(row.cell))}")
    return found


# Damage


TOLD = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
)
Damage = Callable[[random.Random, dict[str, bytes]], None]


@cache
def workbook(name: str) -> bytes:
    """The file, its texts in one part beside the sheets, as Excel keeps them, for every other arrangement."""
    content = ARRANGEMENTS[name]().workbook()
    return with_shared_strings(content) if list(ARRANGEMENTS).index(name) % 2 else content


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHARED = "xl/sharedStrings.xml"


def with_shared_strings(content: bytes) -> bytes:
    """The same workbook with its texts in a part of their own."""
    parts = unpacked(content)
    shared = etree.Element(f"{{{MAIN}}}sst", nsmap={None: MAIN})
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            tree = etree.fromstring(parts[name])
            for cell in tree.findall(".//{*}c[@t='inlineStr']"):
                etree.SubElement(shared, f"{{{MAIN}}}si").extend(cell[0])
                del cell[:]
                cell.set("t", "s")
                etree.SubElement(cell, f"{{{MAIN}}}v").text = str(len(shared) - 1)
            parts[name] = xml(tree)
    shared.set("count", str(len(shared)))
    shared.set("uniqueCount", str(len(shared)))
    parts[SHARED] = xml(shared)
    types, relations = etree.fromstring(parts["[Content_Types].xml"]), etree.fromstring(parts[TOLD[-1]])
    kind = {"PartName": f"/{SHARED}", "ContentType": f"{SPREADSHEET}.sharedStrings+xml"}
    etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", kind)
    relation = {"Type": f"{OFFICE}/sharedStrings", "Target": "sharedStrings.xml", "Id": "rId99"}
    etree.SubElement(relations, f"{{{relations.nsmap[None]}}}Relationship", relation)
    return packed(parts | {"[Content_Types].xml": xml(types), TOLD[-1]: xml(relations)})


def xml(tree: Any) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


WEIGHTS = (12, 6, 2, 2, 1)


def _some_part(generator: random.Random, parts: dict[str, bytes]) -> str:
    name = generator.choices(TOLD, WEIGHTS)[0]
    return name if name in parts else generator.choice(list(parts))


def flip_bytes_of_a_part(generator: random.Random, parts: dict[str, bytes]) -> None:
    name = _some_part(generator, parts)
    part = bytearray(parts[name])
    for _ in range(generator.choice((1, 1, 2, 5, 20))):
        if part:
            part[generator.randrange(len(part))] = generator.randrange(256)
    parts[name] = bytes(part)


def flip_digits(generator: random.Random, parts: dict[str, bytes]) -> None:
    """Some digits, quotes and angles: what stays well-formed more often than random bytes."""
    name = _some_part(generator, parts)
    part = bytearray(parts[name])
    places = [match.start() for match in re.finditer(rb"[0-9A-Z.\"<>/=]", bytes(part))]
    for place in generator.sample(places, min(len(places), generator.choice((1, 3, 10)))):
        part[place] = ord(generator.choice('0123456789ABCXZ.-"<>/= '))
    parts[name] = bytes(part)


def cut_a_part(generator: random.Random, parts: dict[str, bytes]) -> None:
    name = _some_part(generator, parts)
    parts[name] = parts[name][: generator.randrange(len(parts[name]) + 1)]


def drop_a_part(generator: random.Random, parts: dict[str, bytes]) -> None:
    del parts[generator.choice(list(parts))]


def swap_parts(generator: random.Random, parts: dict[str, bytes]) -> None:
    one, other = generator.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]


def repeat_a_stretch(generator: random.Random, parts: dict[str, bytes]) -> None:
    name = _some_part(generator, parts)
    part = parts[name]
    start, end = sorted(generator.randrange(len(part) + 1) for _ in range(2))
    parts[name] = part[:end] + part[start:end] * generator.choice((1, 2, 50)) + part[end:]


def _in_xml(change: Callable[[random.Random, Any], None]) -> Damage:
    def damage(generator: random.Random, parts: dict[str, bytes]) -> None:
        name = _some_part(generator, parts)
        tree = etree.fromstring(parts[name])
        for _ in range(generator.choice((1, 1, 2, 6))):
            change(generator, tree)
        parts[name] = xml(tree)

    damage.__name__ = change.__name__.strip("_")
    return damage


def _elements(tree: Any) -> list[Any]:
    return [element for element in tree.iter() if element.getparent() is not None]


def _delete_an_element(generator: random.Random, tree: Any) -> None:
    if elements := _elements(tree):
        element = generator.choice(elements)
        element.getparent().remove(element)


def _repeat_an_element(generator: random.Random, tree: Any) -> None:
    if elements := _elements(tree):
        element = generator.choice(elements)
        copy = etree.fromstring(etree.tostring(element, with_tail=False))
        generator.choice([element, generator.choice(elements)]).addnext(copy)


def _swap_elements(generator: random.Random, tree: Any) -> None:
    cells = [element for element in _elements(tree) if etree.QName(element).localname in ("c", "row", "si", "v", "xf")]
    if len(cells) > 1:
        one, other = generator.sample(cells, 2)
        if one not in other.iter() and other not in one.iter():
            mark = etree.Element("mark")
            one.addprevious(mark)
            other.addprevious(one)
            mark.addprevious(other)
            mark.getparent().remove(mark)


ODD_TEXTS = (
    "", " ", "NaN", "INF", "-INF", "1e308", "1E400", "-0", "0x1F", "84,55", "84.55.1", "85 ", "๘๕", "TRUE", "2564",
    "999999999999", "-1", "1e-7", "84.995", "100.004", "100.005", "#N/A", "\u202e58.48", "85\u200b", "=1+1", "0", "1",
    "7", "2021-05-01", "A" * 5000, "9" * 400,
)  # fmt: skip
ODD_ATTRIBUTES = (
    "", "0", "1", "-1", "99999", "4294967296", "s", "n", "str", "b", "e", "d", "inlineStr", "zzz", "A1", "XFD1048576",
    "XFE1", "A0", "A1:XFD1048576", "Z9:A1", "B4", "C5:C9", "hidden", "veryHidden", "true", "rId1", "rId99", "../../etc",
    "1e9",
)  # fmt: skip


def _change_a_text(generator: random.Random, tree: Any) -> None:
    if elements := [element for element in _elements(tree) if element.text]:
        generator.choice(elements).text = generator.choice(ODD_TEXTS)


def _change_an_attribute(generator: random.Random, tree: Any) -> None:
    elements = [element for element in _elements(tree) if element.attrib]
    if elements:
        element = generator.choice(elements)
        name = generator.choice(list(element.attrib))
        if generator.random() < 0.2:
            del element.attrib[name]
        else:
            element.set(name, generator.choice(ODD_ATTRIBUTES))


def _change_a_type(generator: random.Random, tree: Any) -> None:
    if cells := list(tree.iter("{*}c")):
        generator.choice(cells).set("t", generator.choice(("s", "n", "str", "b", "e", "d", "inlineStr", "zzz")))


def _change_styles(generator: random.Random, tree: Any) -> None:
    for cell in tree.iter("{*}c"):
        if generator.random() < 0.3:
            cell.set("s", generator.choice(("0", "1", "2", "3", "77", "99999", "-1", "x", "")))


DAMAGES: tuple[Damage, ...] = (
    flip_bytes_of_a_part,
    flip_digits,
    cut_a_part,
    drop_a_part,
    swap_parts,
    repeat_a_stretch,
    *map(
        _in_xml,
        (
            _delete_an_element,
            _repeat_an_element,
            _swap_elements,
            _change_a_text,
            _change_an_attribute,
            _change_a_type,
            _change_styles,
        ),
    ),
)


def damaged(content: bytes, damage: Damage, generator: random.Random) -> bytes:
    parts = unpacked(content)
    damage(generator, parts)
    return packed(parts)


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_before_the_damage_each_file_reads_as_what_it_says(name: str) -> None:
    assert a.faults(ita.read_results(workbook(name)), ARRANGEMENTS[name]()) == []


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.replace("_", " "))
def test_a_damaged_part_is_refused_or_read_without_a_wrong_value(damage: Damage) -> None:
    for number in range(14 * MORE):
        name = list(ARRANGEMENTS)[number % len(ARRANGEMENTS)]
        content = damaged(workbook(name), damage, random.Random(f"{damage.__name__} {number}"))
        reading = reading_of(content)
        if reading is not None:
            assert wrong_values(reading, content) == [], f"{name}, number {number}"


@pytest.mark.parametrize("way", ["bytes", "end", "beginning", "middle", "twice"])
def test_a_damaged_file_is_refused_or_read_without_a_wrong_value(way: str) -> None:
    for number in range(8 * MORE):
        name = list(ARRANGEMENTS)[number % len(ARRANGEMENTS)]
        generator, whole = random.Random(f"{way} {number}"), workbook(name)
        if way == "bytes":
            spoilt = bytearray(whole)
            for _ in range(generator.choice((1, 3, 30))):
                spoilt[generator.randrange(len(spoilt))] = generator.randrange(256)
            content = bytes(spoilt)
        else:
            start, end = sorted(generator.randrange(len(whole) + 1) for _ in range(2))
            content = {
                "end": whole[:end],
                "beginning": whole[start:],
                "middle": whole[:start] + whole[end:],
                "twice": whole + whole[start:],
            }[way]
        reading = reading_of(content)
        if reading is not None:
            try:
                assert wrong_values(reading, content) == [], f"{name}, number {number}"
            except (zipfile.BadZipFile, zlib.error):  # in a part that holds no cells, or nothing may differ
                assert wrong_values(reading, whole) == [], f"{name}, number {number}"


# Something taken away


def claims(reading: ResultReading, arrangement: Arrangement) -> list[str]:
    """The scores whose agency, year or indicator is another one than their cell's, where they have one."""
    said: dict[tuple[str, str], list[a.Score]] = {}
    for sheet, cell, says in arrangement.said:
        if isinstance(says, a.Score):
            said.setdefault((sheet, cell), []).append(says)
    found = []
    for row in reading.scores.dropna(subset="score").itertuples():
        agency = None if pd.isna(row.agency) else thai.tidy(str(row.agency))
        year = None if pd.isna(row.fiscal_year) else int(row.fiscal_year)
        fits = [
            says
            for says in said.get((row.sheet, row.cell), ())
            if says.indicator == row.indicator and says.score == row.score
            if agency in (None, thai.tidy(says.agency or "")) and year in (None, says.year)
        ]
        if not fits:
            told = said.get((row.sheet, row.cell), "no score")
            found.append(f"{row.cell} was read as {agency}, {year}, {row.indicator}: {row.score}; it says {told}")
    return found


def without(arrangement: Arrangement, gone: Callable[[tuple[int, int]], bool]) -> Arrangement:
    """The first page without the cells at these places."""
    first, *rest = arrangement.pages
    cells = {place: cell for place, cell in first.cells.items() if not gone(place)}
    return replace(arrangement, pages=(replace(first, cells=cells), *rest), warns=True)


def _sampled(things: list[Any], name: str, count: int) -> list[Any]:
    return random.Random(name).sample(things, min(len(things), count * MORE))


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_a_cell_that_is_emptied_takes_away_and_changes_nothing_else(name: str) -> None:
    arrangement = ARRANGEMENTS[name]()
    cells = arrangement.pages[0].cells
    scores = {place for place, cell in cells.items() if any(isinstance(says, a.Score) for says in cell.says)}
    others = sorted(set(cells) - scores)
    for place in [*_sampled(others, name, 14), *_sampled(sorted(scores), name, 2)]:
        less = without(arrangement, lambda other, place=place: other == place)
        assert claims(find_results(less.sheets()), less) == [], f"without {address(*place)}: {cells[place].value!r}"


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_a_row_or_column_that_is_emptied_takes_away_and_changes_nothing_else(name: str) -> None:
    arrangement = ARRANGEMENTS[name]()
    page = arrangement.pages[0]
    for row in _sampled(list(range(page.height)), name, 6):
        less = without(arrangement, lambda place, row=row: place[0] == row)
        assert claims(find_results(less.sheets()), less) == [], f"without row {row + 1}"
    for column in _sampled(list(range(page.width)), name, 4):
        less = without(arrangement, lambda place, column=column: place[1] == column)
        assert claims(find_results(less.sheets()), less) == [], f"without column {address(0, column)[:-1]}"


@pytest.mark.parametrize("name", [name for name in ARRANGEMENTS if name not in ("two rows an agency", "a score a row")])
def test_a_row_that_is_pasted_once_more_changes_nothing(name: str) -> None:
    arrangement = ARRANGEMENTS[name]()
    page = arrangement.pages[0]
    rows = sorted(
        {row for (row, _), cell in page.cells.items() if any(isinstance(says, a.Score) for says in cell.says)}
    )
    for row in _sampled(rows, name, 3):
        below = page.moved(lambda old, row=row: old + (old > row), lambda old: old)
        again = {(row + 1, column): cell for (old, column), cell in page.cells.items() if old == row}
        more = replace(
            arrangement, pages=(replace(below, cells={**below.cells, **again}), *arrangement.pages[1:]), warns=True
        )
        assert a.faults(find_results(more.sheets()), more) == [], f"row {row + 1} twice"


@pytest.mark.parametrize("name", ["blocks", "list of numbers", "years across", "a score a row"])
@pytest.mark.parametrize("place", [(0, 16383), (60_000, 1), (15_000, 30)], ids=lambda place: address(*place))
@pytest.mark.parametrize("value", ["x", 77.0], ids=["a text", "a number"])
def test_a_stray_value_far_away_costs_no_time_and_changes_no_score(name: str, place: a.Place, value: a.Value) -> None:
    arrangement = ARRANGEMENTS[name]()
    first, *rest = arrangement.pages
    stray = replace(first, cells={**first.cells, place: a.Cell(value)})
    more = replace(arrangement, pages=(stray, *rest), warns=True)
    with patience():
        reading = find_results(more.sheets())
    assert a.faults(reading, more) == []
