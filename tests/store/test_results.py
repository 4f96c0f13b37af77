from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy.exc import IntegrityError

from ita.store import ContradictoryFigures, Saved, Store
from tests.databases import talking_to
from tests.store.file_frames import BUA, SEED_SCORES, Line, file_of

SEED = Line()
LATER = SEED.but(10, 62.50)


def test_a_result_comes_back_as_it_was_saved(store: Store) -> None:
    file = file_of(replace(SEED, items={"o10": 0.0, "o9": 100.0, "e2": None}))
    file.save(store)

    stored = store.result(agency_id(store), 2564)

    assert stored is not None
    assert stored.agency == BUA
    assert stored.scores["indicator"].tolist() == list(range(1, 11))
    assert stored.scores["score"].tolist() == list(SEED_SCORES)
    assert stored.items["item"].tolist() == ["e2", "o9", "o10"]
    assert stored.items["score"].fillna(-1).tolist() == [-1, 100.0, 0.0]
    assert (stored.published.total, stored.published.level, stored.published.iit) == (80.84, "B", None)
    assert stored.upload.file_name == file.name
    assert stored.upload.sha256 == file.upload.sha256
    assert stored.upload.uploaded_at.utcoffset() is not None
    assert stored.replaced_at is None


def test_an_open_score_stays_open(store: Store) -> None:
    file_of(SEED.but(3, None)).save(store)

    stored = store.result(agency_id(store), 2564)

    assert stored is not None
    assert stored.scores.set_index("indicator")["score"].isna().to_dict()[3]


def test_there_is_no_result_of_a_year_nobody_uploaded(store: Store) -> None:
    file_of(SEED).save(store)

    assert store.result(agency_id(store), 2565) is None
    assert store.version(99) is None


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    file_of(SEED, name="first.xlsx").save(store)
    before = store.revision()

    saved = file_of(SEED, name="second.xlsx").save(store)

    assert saved == Saved(unchanged=1)
    assert store.revision() == before
    assert len(store.history(agency_id(store), 2564)) == 1
    seen = store.seen(file_of(SEED).upload.sha256)
    assert seen is not None
    assert seen.file_name == "first.xlsx"


def test_a_file_that_was_never_saved_is_not_seen(store: Store) -> None:
    assert store.seen(file_of(SEED).upload.sha256) is None


def test_another_file_for_the_same_year_is_kept_unless_replace_is_asked(store: Store) -> None:
    file_of(SEED).save(store)

    assert file_of(LATER).save(store) == Saved(kept=1)
    assert shown_score(store, 10) == 37.50
    assert store.seen(file_of(LATER).upload.sha256) is None

    assert file_of(LATER).save(store, replace=[(BUA, 2564)]) == Saved(replaced=1)
    assert shown_score(store, 10) == 62.50


def test_asking_to_replace_one_agency_leaves_the_others_alone(store: Store) -> None:
    here, there = SEED, replace(SEED, agency="เทศบาลตำบลหนองบัว")
    file_of(here, there).save(store)

    saved = file_of(here.but(1, 50), there.but(1, 50), replace(SEED, fiscal_year=2565)).save(
        store, replace=[(here.agency, 2564)]
    )

    assert saved == Saved(added=1, kept=1, replaced=1)
    assert shown_score(store, 1, agency=here.agency) == 50
    assert shown_score(store, 1, agency=there.agency) == 92.13


def test_the_replaced_result_stays_in_the_history(store: Store) -> None:
    file_of(SEED, name="august.xlsx").save(store)
    file_of(LATER, name="september.xlsx").save(store, replace=[(BUA, 2564)])

    history = store.history(agency_id(store), 2564)

    assert history["file_name"].tolist() == ["september.xlsx", "august.xlsx"]
    assert history["replaced_at"].isna().tolist() == [True, False]
    old = store.version(int(history["result_id"].iloc[1]))
    assert old is not None
    assert old.scores["score"].tolist() == list(SEED_SCORES)
    assert old.replaced_at is not None


def test_going_back_to_the_first_file_makes_a_third_version(store: Store) -> None:
    for line in (SEED, LATER, SEED):
        file_of(line).save(store, replace=[(BUA, 2564)])

    assert len(store.history(agency_id(store), 2564)) == 3
    assert shown_score(store, 10) == 37.50


def test_a_conflict_names_the_stored_file_and_what_differs(store: Store) -> None:
    file_of(replace(SEED, items={"o42": 0.0}), name="august.xlsx").save(store)
    other = replace(SEED.but(1, 90.0).but(10, 62.5), items={"o42": 100.0}, total=85.84, level="A")

    (conflict,) = store.conflicts(*file_of(other).frames).to_dict("records")

    assert (conflict["agency"], conflict["fiscal_year"], conflict["file_name"]) == (BUA, 2564, "august.xlsx")
    assert (conflict["old_total"], conflict["new_total"]) == (80.84, 85.84)
    assert (conflict["indicators_differ"], conflict["items_differ"]) == (2, 1)


@pytest.mark.parametrize(
    "line",
    [replace(SEED, total=80.85), replace(SEED, level="C"), replace(SEED, items={"o1": 0.0})],
    ids=["another total", "another level", "items besides"],
)
def test_what_a_conflict_shows_is_what_saving_would_keep(store: Store, line: Line) -> None:
    file_of(SEED).save(store)

    assert len(store.conflicts(*file_of(line).frames)) == 1
    assert file_of(line).save(store) == Saved(kept=1)


def test_new_and_unchanged_results_are_no_conflict(store: Store) -> None:
    file_of(SEED).save(store)

    conflicts = store.conflicts(*file_of(SEED, replace(LATER, fiscal_year=2565)).frames)

    assert conflicts.empty
    assert "old_total" in conflicts.columns


def test_a_score_left_open_and_a_score_left_out_are_the_same(store: Store) -> None:
    file_of(replace(SEED, scores=SEED_SCORES[:9])).save(store)

    assert file_of(SEED.but(10, None)).save(store) == Saved(unchanged=1)


def test_one_agency_spelt_in_two_ways_is_one_agency(store: Store) -> None:
    file_of(SEED).save(store)
    with_split_am = BUA.replace("ำ", "ํา")
    assert with_split_am != BUA

    saved = file_of(replace(LATER, agency=with_split_am)).save(store, replace=[(with_split_am, 2564)])

    assert saved == Saved(replaced=1)
    assert store.agencies()["name"].tolist() == [BUA]


@pytest.mark.parametrize("column", ["agency", "fiscal_year"])
@pytest.mark.parametrize("frame", [0, 1], ids=["scores", "published"])
def test_a_figure_without_agency_or_year_is_refused(store: Store, column: str, frame: int) -> None:
    frames = list(file_of(SEED).frames)
    frames[frame].loc[0, column] = pd.NA

    with pytest.raises(ValueError, match="agency and its fiscal year"):
        store.save_results(*frames, file_of(SEED).upload)

    assert store.agency_count() == 0


def test_a_blank_agency_name_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        file_of(replace(SEED, agency="  ")).save(store)


@pytest.mark.parametrize(
    "line",
    [SEED.but(2, 99.0), replace(SEED, total=12.0), replace(SEED, items={"o1": 100.0})],
    ids=["score", "total", "item"],
)
def test_a_file_that_contradicts_itself_is_refused_and_says_where(store: Store, line: Line) -> None:
    with pytest.raises(ContradictoryFigures) as refusal:
        file_of(replace(SEED, items={"o1": 0.0}), line).save(store)

    assert refusal.value.places == ((BUA, 2564),)
    assert store.agency_count() == 0


def test_two_spellings_in_one_file_are_one_agency_called_by_the_first(store: Store) -> None:
    split = replace(SEED, agency=BUA.replace("ำ", "ํา"), scores=SEED_SCORES[5:], total=None, level=None)

    assert file_of(SEED, replace(split, fiscal_year=2565)).save(store) == Saved(added=2)
    assert store.agencies()["name"].tolist() == [BUA]
    assert store.years(agency_id(store)) == [2565, 2564]


def test_the_order_of_a_files_rows_is_no_difference(store: Store) -> None:
    lines = [replace(SEED, agency=f"อบต. {number}", items={"o1": 0.0, "o2": 100.0}) for number in range(30)]
    file = file_of(*lines)
    file.save(store)

    shuffled = [frame.sample(frac=1, random_state=7).reset_index(drop=True) for frame in file.frames]

    assert store.save_results(*shuffled, file.upload) == Saved(unchanged=30)
    assert store.conflicts(*shuffled).empty


def test_what_is_not_printed_and_what_is_open_are_stored_as_nothing(store: Store, database_url: str) -> None:
    file_of(replace(SEED, level=None, items={"o1": None}).but(3, None)).save(store)

    with talking_to(database_url) as connection:
        assert connection.exec_driver_sql("select iit, total, level from result").fetchone() == (None, 80.84, None)
        assert connection.exec_driver_sql("select score from score where indicator = 3").fetchone() == (None,)
        assert connection.exec_driver_sql("select score from item_score").fetchone() == (None,)


def test_the_same_line_twice_in_a_file_is_one_result(store: Store) -> None:
    assert file_of(SEED, SEED).save(store) == Saved(added=1)


def test_a_save_that_fails_half_way_leaves_the_old_result(store: Store, database_url: str) -> None:
    file_of(SEED).save(store)
    before = store.revision()
    with talking_to(database_url) as connection:
        connection.exec_driver_sql("create unique index no_second_score on score (indicator)")

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        file_of(LATER, replace(SEED, agency="เทศบาลตำบลใหม่")).save(store, replace=[(BUA, 2564)])

    assert shown_score(store, 10) == 37.50
    assert store.agency_count() == 1
    assert store.revision() == before


def test_two_current_results_of_one_year_are_impossible(store: Store, database_url: str) -> None:
    file_of(SEED).save(store)

    with pytest.raises(IntegrityError, match=r"(?i)unique"), talking_to(database_url) as connection:
        connection.exec_driver_sql("insert into result (agency_id, fiscal_year, upload_id) values (1, 2564, 1)")


def test_a_list_of_many_agencies_is_compared_agency_by_agency(store: Store) -> None:
    lines = [replace(SEED, agency=f"องค์การบริหารส่วนตำบลที่ {number}") for number in range(700)]
    elsewhere = replace(SEED, agency="เทศบาลนอกรายการ")
    file_of(elsewhere, replace(lines[0], fiscal_year=2563)).save(store)

    assert file_of(*lines).save(store) == Saved(added=700)

    lines[5], lines[6] = lines[5].but(1, 11.0), lines[6].but(2, 22.0)
    file = file_of(*lines, replace(SEED, agency="เทศบาลใหม่"))
    assert store.conflicts(*file.frames)["agency"].tolist() == [lines[5].agency, lines[6].agency]
    assert file.save(store, replace=[(lines[6].agency, 2564)]) == Saved(added=1, unchanged=698, kept=1, replaced=1)
    assert shown_score(store, 1, agency=lines[5].agency) == 92.13
    assert shown_score(store, 2, agency=lines[6].agency) == 22.0
    assert shown_score(store, 1, agency=elsewhere.agency) == 92.13
    assert store.agency_count() == 702


def test_conflicts_name_the_file_that_each_agency_has_its_result_from(store: Store) -> None:
    here, there = SEED, replace(SEED, agency="เทศบาลตำบลหนองบัว")
    file_of(here, name="ตำบล.xlsx").save(store)
    file_of(there, name="จังหวัด.xlsx").save(store)

    conflicts = store.conflicts(*file_of(there.but(1, 1.0), here.but(1, 1.0)).frames)

    assert conflicts["agency"].tolist() == [there.agency, here.agency]
    assert conflicts["file_name"].tolist() == ["จังหวัด.xlsx", "ตำบล.xlsx"]
    assert conflicts["uploaded_at"].dt.tz is not None


def test_a_list_with_its_items_comes_back_to_the_item(store: Store) -> None:
    codes = [f"{letter}{number}" for letter, last in (("o", 43), ("i", 30), ("e", 15)) for number in range(1, last + 1)]
    lines = [
        replace(SEED, agency=f"อบต. {agency}", items={code: float(agency + place) for place, code in enumerate(codes)})
        for agency in range(150)
    ]
    file_of(*lines).save(store)

    stored = store.result(agency_id(store, "อบต. 149"), 2564)

    assert stored is not None
    assert dict(zip(stored.items["item"], stored.items["score"], strict=True)) == lines[149].items
    assert file_of(*lines).save(store) == Saved(unchanged=150)
    lines[70] = replace(lines[70], items={**(lines[70].items or {}), "i30": 0.5, "e15": 0.25, "e1": None})
    (conflict,) = store.conflicts(*file_of(*lines).frames).to_dict("records")
    assert (conflict["agency"], conflict["indicators_differ"], conflict["items_differ"]) == ("อบต. 70", 0, 2)


def test_a_file_with_only_a_part_of_what_is_stored_contradicts_nothing(store: Store) -> None:
    scores, published, items = file_of(SEED).frames
    file_of(SEED).save(store)
    assert store.conflicts(scores[:0], published, items[:0]).empty
    assert store.conflicts(scores.tail(2), published[:0], items[:0]).empty
    other_total = published.assign(total=72.31)
    (conflict,) = store.conflicts(scores[:0], other_total, items[:0]).to_dict("records")
    assert (conflict["new_total"], conflict["indicators_differ"]) == (72.31, 0)


def test_a_list_of_many_is_replaced_as_a_whole_and_its_versions_stay(store: Store) -> None:
    lines = [replace(SEED, agency=f"อบต. {number}") for number in range(1_200)]
    file_of(*lines, name="august.xlsx").save(store)

    corrected = file_of(*(line.but(1, 50.0) for line in lines), name="september.xlsx")

    assert corrected.save(store, replace=[(line.agency, 2564) for line in lines]) == Saved(replaced=1_200)
    for name in (lines[0].agency, lines[777].agency, lines[-1].agency):
        assert shown_score(store, 1, agency=name) == 50.0
        history = store.history(agency_id(store, name), 2564)
        assert history["file_name"].tolist() == ["september.xlsx", "august.xlsx"]
    assert corrected.save(store) == Saved(unchanged=1_200)


def agency_id(store: Store, name: str = BUA) -> int:
    return int(store.agencies(name)["agency_id"].iloc[0])


def shown_score(store: Store, indicator: int, *, agency: str = BUA) -> float:
    stored = store.result(agency_id(store, agency), 2564)
    assert stored is not None
    return float(stored.scores.set_index("indicator").loc[indicator, "score"])
