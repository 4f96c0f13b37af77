"""Whatever files follow each other, the store says and holds what a list of plain figures would."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita.store import Saved, Store
from tests.databases import forget_everything
from tests.store.file_frames import Line, file_of

AGENCIES = ("ทต. ก", "อบต. ข", "อบจ. ค")
YEARS = (2564, 2565)
SCORES = st.sampled_from([None, 0.0, 84.99, 85.0])

lines = st.builds(
    Line,
    agency=st.sampled_from(AGENCIES),
    fiscal_year=st.sampled_from(YEARS),
    scores=st.lists(SCORES, min_size=1, max_size=3),
    items=st.dictionaries(st.sampled_from(["o1", "o2", "e1"]), SCORES, max_size=2),
    total=st.sampled_from([None, 84.99, 85.0]),
    level=st.sampled_from([None, "A", "B"]),
)
files = st.lists(lines, max_size=6, unique_by=lambda line: (line.agency, line.fiscal_year))
answers = st.sets(st.tuples(st.sampled_from(AGENCIES), st.sampled_from(YEARS)))

Figures = dict[str, object]


def figures(line: Line) -> Figures:
    """What a line says; what is open it does not say."""
    said = {
        **{f"{number}": score for number, score in enumerate(line.scores, start=1)},
        **(line.items or {}),
        "total": line.total,
        "level": line.level,
    }
    return {code: value for code, value in said.items() if value is not None}


def stored(store: Store) -> dict[tuple[str, int], Figures]:
    """The current results."""
    found: dict[tuple[str, int], Figures] = {}
    for agency in store.agencies().itertuples():
        for year in store.years(agency.agency_id):
            result = store.result(agency.agency_id, year)
            assert result is not None
            scores = result.scores.dropna().itertuples(index=False)
            items = result.items.dropna().itertuples(index=False)
            printed = {"total": result.published.total, "level": result.published.level}
            found[agency.name, year] = {
                **{f"{line.indicator}": line.score for line in scores},
                **{line.item: line.score for line in items},
                **{code: value for code, value in printed.items() if value is not None},
            }
    return found


def says_nothing_new(held: Figures, line: Line) -> bool:
    """Whether all that a line says is held already; what it leaves out it does not contradict."""
    return figures(line).items() <= held.items()


def imported(held: dict[tuple[str, int], Figures], file: Sequence[Line], replace: set[tuple[str, int]]) -> Saved:
    """What saving a file should answer; `held` is afterwards what the store should hold."""
    counts = dict.fromkeys(("added", "unchanged", "kept", "replaced"), 0)
    for line in file:
        place = (line.agency, line.fiscal_year)
        if place not in held:
            outcome = "added"
        elif says_nothing_new(held[place], line):
            outcome = "unchanged"
        else:
            outcome = "replaced" if place in replace else "kept"
        if outcome in ("added", "replaced"):
            held[place] = figures(line)
        counts[outcome] += 1
    return Saved(**counts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(imports=st.lists(st.tuples(files, answers), min_size=1, max_size=4))
def test_files_are_added_kept_and_replaced_as_their_figures_say(
    store: Store,
    database_url: str,
    imports: Sequence[tuple[Sequence[Line], set[tuple[str, int]]]],
) -> None:
    forget_everything(database_url)
    held: dict[tuple[str, int], Figures] = {}
    for file, replace in imports:
        differing = {
            (line.agency, line.fiscal_year)
            for line in file
            if not says_nothing_new(held.get((line.agency, line.fiscal_year), figures(line)), line)
        }
        conflicts = store.conflicts(*file_of(*file).frames)
        assert set(zip(conflicts["agency"], conflicts["fiscal_year"], strict=True)) == differing
        expected = imported(held, file, replace)
        assert file_of(*file).save(store, replace=sorted(replace)) == expected
        assert stored(store) == held
