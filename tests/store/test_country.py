"""All agencies of a year at once, and the provinces that lists state of them."""

from __future__ import annotations

import pandas as pd

from ita.store import Store
from tests.store.file_frames import BUA, SEED_SCORES, Line, file_of

OTHER = "เทศบาลตำบลท่าพล"


def agency_id(store: Store, name: str) -> int:
    return int(store.agencies(name)["agency_id"].iloc[0])


def province(store: Store, name: str) -> str | None:
    stated = store.results_of(2564)["province"][agency_id(store, name)]
    return None if pd.isna(stated) else str(stated)


def test_the_current_results_of_a_year_stand_beside_each_other(store: Store) -> None:
    file_of(Line(), Line(OTHER, total=None, level=None).but(3, None), Line(OTHER, 2565)).save(store)
    file_of(Line().but(10, 87.5)).save(store, replace=[(BUA, 2564)])
    found = store.results_of(2564)
    assert found["name"].tolist() == sorted([BUA, OTHER])
    bua, other = found.loc[agency_id(store, BUA)], found.loc[agency_id(store, OTHER)]
    assert bua[list(range(1, 11))].tolist() == [*SEED_SCORES[:9], 87.5]
    assert pd.isna(other[3])
    assert other[4] == SEED_SCORES[3]
    assert (bua["total"], bua["level"]) == (80.84, "B")
    assert pd.isna(other["total"])
    assert pd.isna(other["level"])
    assert found["province"].isna().all()


def test_a_year_of_which_nothing_is_stored_is_empty(store: Store) -> None:
    assert store.results_of(2564).empty


def test_a_province_is_known_as_soon_as_a_list_states_it(store: Store) -> None:
    file_of(Line(), Line(OTHER)).save(store)
    before = store.revision()
    same = file_of(Line(), Line(OTHER))
    store.save_results(*same.frames, same.upload, provinces={BUA: "เพชรบูรณ์"})
    assert store.revision() > before, "nothing would be drawn anew"
    assert store.results_of(2564)["province"].dropna().to_dict() == {agency_id(store, BUA): "เพชรบูรณ์"}
    assert province(store, BUA) == "เพชรบูรณ์"
    assert province(store, OTHER) is None


def test_the_last_list_is_believed_and_one_that_says_the_same_writes_nothing(store: Store) -> None:
    file = file_of(Line(), Line(OTHER))
    store.save_results(*file.frames, file.upload, provinces={BUA: "เลย", OTHER: "เลย"})
    store.save_results(*file.frames, file.upload, provinces={BUA: "เพชรบูรณ์"})
    assert province(store, BUA) == "เพชรบูรณ์"
    assert province(store, OTHER) == "เลย"
    before = store.revision()
    store.save_results(*file.frames, file.upload, provinces={BUA: "เพชรบูรณ์", OTHER: "เลย"})
    assert store.revision() == before
