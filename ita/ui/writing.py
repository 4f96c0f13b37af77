"""The only way from a page to what is stored: whether it is theirs is asked at the moment of writing, and kept who did.

Every function raises Refused for what is not this person's to do, NotAdmitted where they are no longer signed in; then
nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from ita.meetings import Meeting
from ita.reading.results import ResultReading
from ita.store import Backups, MeasureChange, Merged, Saved, StaleEdit, Upload, restore
from ita.store.backups import ASKED
from ita.ui import cache, sign_in


def save_results(reading: ResultReading, upload: Upload, replacing: Collection[tuple[str, int]] = ()) -> Saved:
    """As `Store.save_results`, of everything that the reading holds."""
    who = sign_in.editing(*reading.agencies, *reading.provinces)
    frames = reading.scores, reading.published, reading.items
    return cache.store().save_results(*frames, upload, replace=replacing, provinces=reading.provinces, by=who.email)


def add_measures(
    agency_id: int,
    fiscal_year: int,
    measures: pd.DataFrame | Iterable[Mapping[str, object]],
    upload: Upload | None = None,
) -> list[int]:
    """As `Store.add_measures`."""
    return cache.store().add_measures(agency_id, fiscal_year, measures, upload, by=_editor(agency_id))


def merge_measures(
    agency_id: int, fiscal_year: int, measures: pd.DataFrame, preview: pd.DataFrame, upload: Upload
) -> Merged:
    """As `Store.merge_measures`."""
    by = _editor(agency_id, *_agencies_of(preview["measure_id"].dropna().tolist()))
    return cache.store().merge_measures(agency_id, fiscal_year, measures, preview, upload, by=by)


def apply_measures(changes: Collection[MeasureChange]) -> list[StaleEdit]:
    """As `Store.apply_measures`."""
    by = _editor(*_agencies_of(change.measure_id for change in changes))
    return cache.store().apply_measures(changes, by=by)


def save_known_items(agency_id: int, fiscal_year: int, changed: Mapping[str, bool | None]) -> None:
    """As `Store.save_known_items`."""
    _editor(agency_id)
    cache.store().save_known_items(agency_id, fiscal_year, changed)


def write_slide_note(agency_id: int, fiscal_year: int, slide: str, text: str) -> None:
    """As `Store.write_slide_note`."""
    _editor(agency_id)
    cache.store().write_slide_note(agency_id, fiscal_year, slide, text)


def close_meeting(agency_id: int, fiscal_year: int, closed: Meeting) -> None:
    """As `Store.close_meeting`."""
    _editor(agency_id)
    cache.store().close_meeting(agency_id, fiscal_year, closed)


def remove_examples() -> None:
    """As `Store.remove_examples`."""
    cache.store().remove_examples(by=sign_in.managing(None).email)


def restore_measure(measure_id: int) -> None:
    """As `Store.restore_measure`."""
    cache.store().restore_measure(measure_id, by=_editor(*_agencies_of([measure_id])))


def forget_person(person: str, mark: str) -> dict[str, int]:
    """As `Store.forget_person`."""
    sign_in.managing(None)
    return cache.store().forget_person(person, mark)


def back_up() -> None:
    """Keep a copy of the database as it is now, as `Store.back_up`."""
    sign_in.managing(None)
    cache.store().back_up(ASKED)


def renew_backups() -> int:
    """As `Store.renew_backups`."""
    sign_in.managing(None)
    return cache.store().renew_backups()


def restore_backup(backups: Backups, name: str) -> None:
    """Bring the database back to what it was in a backup, as `store.restore`."""
    sign_in.managing(None)
    restore(backups, name)


def _agencies_of(measure_ids: Iterable[int]) -> set[int]:
    """Whose measures these are, whatever the page takes them for."""
    return cache.store().agencies_of_measures(list(measure_ids))


def _editor(*agency_ids: int) -> str:
    """The e-mail of the person here, who may edit these agencies; "" where nobody has to sign in."""
    known = [cache.store().agency(agency_id) for agency_id in agency_ids]
    return sign_in.editing(*(None if agency is None else agency.name for agency in known)).email
