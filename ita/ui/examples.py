"""The example: two years of one municipality and its measures, stored like any upload but marked as an example."""

from __future__ import annotations

from pathlib import Path

from ita.reading.measures import read_measures
from ita.reading.results import read_results
from ita.store import Upload
from ita.ui import cache, frame, writing

FOLDER = Path(__file__).resolve().parents[2] / "sample_data"
RESULTS = ("ita_result_2563_example.xlsx", "ita_result_2564_example.xlsx")
MEASURES = "ita_measures_2565_example.xlsx"


def load() -> None:
    """Store the example and look at its newest year."""
    for name in RESULTS:
        content = (FOLDER / name).read_bytes()
        reading = read_results(content, filename=name)
        writing.save_results(reading, Upload.of(content, name, example=True))
    cache.look()
    [agency_id] = cache.agency_names(reading.agencies[0], 1)
    answered = reading.fiscal_years[-1]
    content = (FOLDER / MEASURES).read_bytes()
    measures = read_measures(content, filename=MEASURES).measures
    writing.add_measures(agency_id, answered, measures, Upload.of(content, MEASURES, example=True))
    frame.go_to(agency_id, answered)
