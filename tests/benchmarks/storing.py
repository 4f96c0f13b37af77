"""How long it takes until a national list is in the database, beside `session.add_all` of mapped objects.

Ours is `Store.save_results` with all it does: agencies found or added, unchanged results recognised, versions and their
history kept. The other (`plain/orm.py`) only adds. Both write to a new SQLite file with the same settings.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
from sqlalchemy import Engine, create_engine, event

import ita
from ita.store import Upload, open_store

from .plain import orm
from .reading import Lists
from .report import Line, faster, seconds
from .turns import turns
from .websocket import RunFailed

STORE_OVER_ORM = 25.0
FEW = 100  # scores that both store before anything counts: no statement is compiled afterwards
SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")  # those of ours


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a reading, as the store takes them."""

    scores: pd.DataFrame
    published: pd.DataFrame
    items: pd.DataFrame

    @property
    def places(self) -> list[tuple[str, int]]:
        return list(zip(self.published["agency"], self.published["fiscal_year"].astype(int), strict=True))

    def corrected(self) -> Frames:
        """The same agencies and years, each with another total and another score."""
        first = self.scores["indicator"] == 1
        lower = (self.scores["score"] - 0.01).where(first, self.scores["score"])
        total = self.published["total"] - 0.01
        return Frames(self.scores.assign(score=lower), self.published.assign(total=total), self.items)

    def head(self, scores: int) -> Frames:
        """So many scores, and what is printed of their agencies."""
        few = self.scores.head(scores)
        of_few = self.published["agency"].isin(few["agency"])
        return Frames(few, self.published[of_few], self.items)


def storing(lists: Lists, quick: bool) -> Iterator[Line]:
    """A first import, the same file again, and a corrected one that replaces every result, after a backup."""
    reading = ita.read_results(lists.rows())
    frames = Frames(reading.scores, reading.published, reading.items)
    taken: dict[str, list[float]] = {"first": [], "again": [], "replaced": [], "orm": []}
    save_in_ours(lists.folder / "warm-up-ours.sqlite3", frames.head(FEW))
    save_in_orm(lists.folder / "warm-up-orm.sqlite3", frames.head(FEW))
    for number, who in enumerate(turns(["ours", "orm"], 1 if quick else 5)):
        database = lists.folder / f"{who}-{number}.sqlite3"
        gc.collect()
        if who == "ours":
            for what, times in zip(("first", "again", "replaced"), save_in_ours(database, frames), strict=True):
                taken[what].append(times)
        else:
            taken["orm"].append(save_in_orm(database, frames))
    first, again, replaced, added = (median(times) for times in taken.values())
    count = len(frames.scores)
    yield faster(f"store {count:,} scores, over ORM add_all", first, added, STORE_OVER_ORM, seconds)
    yield faster("  the same file again, all unchanged", again, added, STORE_OVER_ORM, seconds)
    yield faster("  a corrected one in its place, backup included", replaced, added, STORE_OVER_ORM, seconds)


def save_in_ours(database: Path, frames: Frames) -> Sequence[float]:
    """Seconds of a first import, of the same again, and of one that replaces everything."""
    store = open_store(f"sqlite:///{database}")
    corrected, places = frames.corrected(), frames.places
    taken = []
    for imported, replace in ((frames, []), (frames, []), (corrected, places)):
        upload = Upload.of(repr(len(taken)).encode(), "national.xlsx")
        started = time.perf_counter()
        saved = store.save_results(imported.scores, imported.published, imported.items, upload, replace=replace)
        taken.append(time.perf_counter() - started)
        if len(places) not in (saved.added, saved.unchanged, saved.replaced):
            raise RunFailed(f"not every result was saved: {saved}")
    store.close()
    return taken


def save_in_orm(database: Path, frames: Frames) -> float:
    """Seconds of adding everything."""
    engine = _engine(database)
    orm.Base.metadata.create_all(engine)
    started = time.perf_counter()
    orm.save_results(engine, frames.scores, frames.published)
    taken = time.perf_counter() - started
    engine.dispose()
    return taken


def _engine(database: Path) -> Engine:
    engine = create_engine(f"sqlite:///{database}")

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    return engine
