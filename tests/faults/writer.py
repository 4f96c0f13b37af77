"""A process that writes without end, announces each change before it and confirms it after it, until it is killed."""

from __future__ import annotations

from multiprocessing.connection import Connection

from ita.store import Store, open_store
from tests.store.file_frames import BUA, Line, file_of

YEAR = 2564


def write(url: str, number: int, told: Connection) -> None:
    """Make the changes `number`, `number` + 1, …: a result replaced, a measure added, one changed, one removed."""
    store = open_store(url)
    while True:
        told.send(("begun", number))
        change(store, number)
        told.send(("confirmed", number))
        number += 1


def change(store: Store, number: int) -> None:
    """One change, which leaves its number in the database."""
    if number % 4 == 0:
        file_of(Line(scores=[number / 1e4] * 10, total=None, level=None), name=f"{number}.xlsx").save(
            store, replace=[(BUA, YEAR)]
        )
    elif number % 4 == 1:
        store.add_measures(1, YEAR, [{"title": str(number)}, {"title": f"{number} อีกข้อ"}])
    elif number % 4 == 2:
        newest = store.measures(1, YEAR).iloc[-1]
        store.change_measure(int(newest["measure_id"]), int(newest["version"]), {"result": str(number)})
    else:
        first = store.measures(1, YEAR).iloc[0]
        store.change_measure(int(first["measure_id"]), int(first["version"]), {"result": str(number)})
        store.delete_measure(int(first["measure_id"]), int(first["version"]) + 1)
