from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from ita.store import Agency, Store
from tests.store.file_frames import BUA, Line, file_of

HOSTILE = ("'; drop table agency; --", "<img src=x onerror=alert(1)>", "100%_แน่", "=cmd|' /C calc'!A0")


def save(store: Store, *names: str, fiscal_year: int = 2564) -> None:
    file_of(*(Line(agency=name, fiscal_year=fiscal_year) for name in names)).save(store)


def test_an_empty_store_has_no_agency(store: Store) -> None:
    assert store.agency_count() == 0
    assert store.agencies().empty
    assert store.newest_agency_id() is None
    assert store.agency(1) is None
    assert store.years(1) == []


def test_the_exact_name_comes_first_then_those_that_begin_with_it(store: Store) -> None:
    save(store, "ก สำนักงานบัว", "บัวใหญ่", "บัว", "หนองคาย")

    assert store.agencies("บัว")["name"].tolist() == ["บัว", "บัวใหญ่", "ก สำนักงานบัว"]


def test_an_agency_is_found_however_its_name_is_typed(store: Store) -> None:
    save(store, BUA, "เทศบาลตำบลหนองคาย")

    assert store.agencies("ตําบลบัว")["name"].tolist() == [BUA]  # ำ typed as two characters


def test_the_list_ends_at_its_limit(store: Store) -> None:
    save(store, "ก", "ข", "ค")

    assert store.agencies(limit=2)["name"].tolist() == ["ก", "ข"]
    assert store.agency_count() == 3


def test_wildcards_are_letters_like_others(store: Store) -> None:
    save(store, "บัว 50%", "บัว 50 แห่ง")

    assert store.agencies("50%")["name"].tolist() == ["บัว 50%"]
    assert store.agencies("_").empty


def test_an_agency_shows_the_newest_year_and_all_its_years(store: Store) -> None:
    for year in (2564, 2566, 2565):
        save(store, BUA, fiscal_year=year)

    (row,) = store.agencies().to_dict("records")

    assert row["newest_year"] == 2566
    assert store.years(row["agency_id"]) == [2566, 2565, 2564]
    assert store.agency(row["agency_id"]) == Agency(row["agency_id"], BUA)


def test_a_clerks_own_upload_is_shown_before_a_national_list(store: Store) -> None:
    save(store, *(f"อบต. {number}" for number in range(20)))
    assert shown(store) == "อบต. 0"

    save(store, BUA, "อบต. 3")
    assert shown(store) == BUA

    save(store, *(f"ทต. {number}" for number in range(20)))
    assert shown(store) == BUA


def test_of_ones_own_file_the_first_agency_is_shown(store: Store) -> None:
    save(store, "ทต. ข", "ทต. ก")

    assert shown(store) == "ทต. ข"


def test_what_was_replaced_is_not_shown_for_its_file(store: Store) -> None:
    line = Line(agency="ทต. ก")
    file_of(line).save(store)
    file_of(Line(agency="ทต. ข")).save(store)
    file_of(line.but(1, 1.0)).save(store, replace=[("ทต. ก", 2564)])

    assert shown(store) == "ทต. ก"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_just_text(store: Store, name: str) -> None:
    save(store, name, BUA)

    found = store.agencies(name)

    assert found["name"].tolist() == [name]
    assert store.agency(int(found["agency_id"].iloc[0])) == Agency(int(found["agency_id"].iloc[0]), name)
    assert store.agency_count() == 2
    changed = file_of(replace(Line(), agency=name).but(1, 1.0))
    assert changed.save(store, replace=[(name, 2564)]).replaced == 1


def test_the_list_has_the_same_types_with_and_without_rows(store: Store) -> None:
    empty = store.agencies()
    save(store, BUA)

    pd.testing.assert_series_equal(empty.dtypes, store.agencies().dtypes)


def shown(store: Store) -> str:
    chosen = store.newest_agency_id()
    assert chosen is not None
    agency = store.agency(chosen)
    assert agency is not None
    return agency.name
