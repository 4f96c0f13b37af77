"""What a clerk has confirmed of single documents, and a store of the version before it could be kept."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy.exc import IntegrityError

from ita.store import Store
from tests.documents.briefings import YEAR, store_example


def test_what_is_confirmed_takes_the_place_of_what_was_and_leaves_all_else(store: Store) -> None:
    agency_id = store_example(store)
    assert store.known_items(agency_id, YEAR) == {}
    store.save_known_items(agency_id, YEAR, {"o43": False, "o34": True})
    assert store.known_items(agency_id, YEAR) == {"o34": True, "o43": False}
    store.save_known_items(agency_id, YEAR, {"o43": True})
    assert store.known_items(agency_id, YEAR) == {"o34": True, "o43": True}
    store.save_known_items(agency_id, YEAR, {"o34": None, "o43": None, "o1": None})
    assert store.known_items(agency_id, YEAR) == {}


def test_each_year_and_each_agency_has_its_own(store: Store) -> None:
    agency_id = store_example(store)
    store.save_known_items(agency_id, YEAR, {"o42": False})
    store.save_known_items(agency_id, YEAR - 1, {"o1": True})
    assert store.known_items(agency_id, YEAR) == {"o42": False}
    assert store.known_items(agency_id, YEAR - 1) == {"o1": True}
    with pytest.raises(IntegrityError):
        store.save_known_items(agency_id + 1, YEAR, {"o42": False})
    assert store.known_items(agency_id + 1, YEAR) == {}


def test_two_who_confirm_at_once_lose_nothing_to_each_other(store: Store, database_url: str) -> None:
    agency_id = store_example(store)
    codes = [[f"o{number}" for number in range(first, 40, 2)] for first in (0, 1)]
    program = "import sys; from ita.store import open_store; store = open_store(sys.argv[1])\n"
    program += f"for code in sys.argv[2:]: store.save_known_items({agency_id}, {YEAR}, {{code: True}})"
    clerks = [subprocess.Popen([sys.executable, "-c", program, database_url, *own]) for own in codes]
    assert [clerk.wait(60) for clerk in clerks] == [0, 0]
    assert store.known_items(agency_id, YEAR) == {code: True for own in codes for code in own}


def test_confirming_counts_as_a_change(store: Store) -> None:
    agency_id = store_example(store)
    before = store.revision()
    store.save_known_items(agency_id, YEAR, {"o42": False})
    assert store.revision() == before + 1
