"""Briefings to make documents of: the example's, one with many long measures, one without a score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

import ita
from ita.assessment import Published, assess
from ita.briefing import Briefing, assemble
from ita.store import Store, Upload

SAMPLES = Path(__file__).parents[2] / "sample_data"
YEAR = 2564
ON = dt.date(2022, 4, 20)
LONGEST_NAME = "เผยแพร่มาตรการส่งเสริมคุณธรรมและความโปร่งใสพร้อมผลการดำเนินการบนเว็บไซต์หลักทุกไตรมาส"
HOSTILE = '=HYPERLINK("http://host") <b>x</b> [y](javascript:z) $k$ & "quoted"'


def store_example(store: Store) -> int:
    """Store the example's two years and measures as an office's own; the id of the agency."""
    for name in ("ita_result_2563_example.xlsx", "ita_result_2564_example.xlsx"):
        reading = ita.read_results(SAMPLES / name)
        store.save_results(reading.scores, reading.published, reading.items, Upload.of(name.encode(), name))
    agency_id = store.newest_agency_id()
    assert agency_id is not None
    store.add_measures(agency_id, YEAR, ita.read_measures(SAMPLES / "ita_measures_2565_example.xlsx").measures)
    return agency_id


def example(store: Store) -> Briefing:
    return briefing_of(store, store_example(store))


def with_measures(store: Store, measures: Sequence[Mapping[str, object]]) -> Briefing:
    """The example with these measures added to its ten."""
    agency_id = store_example(store)
    store.add_measures(agency_id, YEAR, measures)
    return briefing_of(store, agency_id)


def without_score(store: Store, indicator: int) -> Briefing:
    """The example without one of its scores, and with no total printed."""
    briefing = example(store)
    scores = briefing.stored.scores
    return rescored(briefing, scores["score"].mask(scores["indicator"] == indicator).tolist())


def rescored(briefing: Briefing, scores: Sequence[float | None], published: Published | None = None) -> Briefing:
    """The briefing with other scores of its ten indicators, and what the file prints beside them."""
    frame = briefing.stored.scores.assign(score=pd.Series(scores, dtype=float).to_numpy())
    printed = published or Published()
    stored = replace(briefing.stored, scores=frame, published=printed)
    return replace(briefing, stored=stored, assessment=assess(frame, briefing.fiscal_year, printed))


def briefing_of(store: Store, agency_id: int, on: dt.date = ON) -> Briefing:
    briefing = assemble(store, agency_id, YEAR, on)
    assert briefing is not None
    return briefing
