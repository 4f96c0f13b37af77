"""What there is to tell about one agency's year, assembled once: every slide, document and sheet is made from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from ita import deduction, pathway
from ita.assessment import Assessment, assess
from ita.coverage import coverage, uncovered
from ita.deduction import Causes
from ita.measures import OPEN, WORST_FIRST, with_state
from ita.pathway import Ways

if TYPE_CHECKING:
    from ita.meetings import Meeting
    from ita.store import Store, StoredResult


@dataclass(frozen=True, eq=False)
class Briefing:
    """One agency's year as of one day.

    `measures`: as `measures.with_state` gives them for the day `on`. `previous`: the newest year before, None where
    there is none. `last_meeting`: the one that was closed last, None before the first. `notes`: what was noted on the
    slides, by their keys. `known_items`: whether documents were found, by their codes, as the clerk confirmed it.
    """

    stored: StoredResult
    assessment: Assessment
    previous: Assessment | None
    measures: pd.DataFrame
    on: dt.date
    last_meeting: Meeting | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    known_items: Mapping[str, bool] = field(default_factory=dict)

    @property
    def agency(self) -> str:
        return self.stored.agency

    @property
    def fiscal_year(self) -> int:
        return self.assessment.fiscal_year

    @property
    def items(self) -> pd.DataFrame:
        """The scores of items, where the file had them: item, score."""
        return self.stored.items

    @cached_property
    def causes(self) -> Causes:
        """What is known of the documents behind the scores."""
        failed = [code for code, found in self.known_items.items() if not found]
        published = [code for code, found in self.known_items.items() if found]
        return deduction.causes(
            self.assessment.rules, self.assessment.indicators, self.items, failed=failed, published=published
        )

    @cached_property
    def ways(self) -> Ways | None:
        """What leads to the next target; None where there is no total and where all is reached."""
        target = pathway.next_target(self.assessment)
        return None if target is None else pathway.ways(self.assessment, self.causes, target)

    @cached_property
    def worst_first(self) -> pd.DataFrame:
        """The measures, those that need attention first, within a state those that end first."""
        rank = self.measures["state"].map(WORST_FIRST.index)
        return self.measures.assign(rank=rank).sort_values(
            ["rank", "period_end", "indicator", "measure_id"], na_position="last", kind="stable"
        )

    @cached_property
    def due(self) -> pd.DataFrame:
        """The open measures whose end is known, those that end first in front; the overdue are among them."""
        is_open = self.measures["status"].isin(OPEN) & self.measures["period_end"].notna()
        return self.measures[is_open].sort_values(["period_end", "indicator", "measure_id"], kind="stable")

    @cached_property
    def without_open_measure(self) -> list[int]:
        """Indicators under the mark that no measure is at work on, the one that would lift the total most first."""
        return uncovered(coverage(self.assessment, self.measures))


def assemble(store: Store, agency_id: int, fiscal_year: int, on: dt.date) -> Briefing | None:
    """What the store holds about an agency's year as of a day; None where it has no result of that year."""
    stored = store.result(agency_id, fiscal_year)
    if stored is None:
        return None
    before = next((year for year in store.years(agency_id) if year < fiscal_year), None)
    earlier = None if before is None else store.result(agency_id, before)
    return Briefing(
        stored=stored,
        assessment=assess(stored.scores, fiscal_year, stored.published),
        previous=None if earlier is None else assess(earlier.scores, earlier.fiscal_year, earlier.published),
        measures=with_state(store.measures(agency_id, fiscal_year), on),
        on=on,
        last_meeting=store.last_meeting(agency_id, fiscal_year),
        notes=store.slide_notes(agency_id, fiscal_year),
        known_items=store.known_items(agency_id, fiscal_year),
    )
