"""The names that scripts call: there, callable, and free of charge until they are used."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import ita
from tests.years import SEED, scores_of

EXAMPLE = Path(__file__).parents[1] / "sample_data" / "ita_result_2564_example.xlsx"
HEAVY = ("pandas", "numpy", "sqlalchemy", "openpyxl", "python_calamine", "plotly", "streamlit", "pythainlp")


def loaded_by(statement: str) -> set[str]:
    """The heavy libraries that a fresh Python holds after a statement."""
    script = f"import sys\n{statement}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("name", ["read_results", "read_measures", "assess", "rulebook"])
def test_the_verbs_of_the_public_face_are_callable(name: str) -> None:
    assert callable(getattr(ita, name))


@pytest.mark.parametrize("name", ["UnreadableFile", "UnknownFiscalYear"])
def test_the_errors_of_the_public_face_can_be_caught(name: str) -> None:
    assert issubclass(getattr(ita, name), Exception)


@pytest.mark.parametrize("name", ita.__all__)
def test_every_name_of_the_public_face_is_there_and_is_no_module(name: str) -> None:
    found = getattr(ita, name)
    assert callable(found)
    assert not isinstance(found, ModuleType)
    assert found.__module__.startswith("ita.")


def test_everything_can_be_imported_by_a_star() -> None:
    namespace: dict[str, object] = {}
    exec("from ita import *", namespace)
    assert set(ita.__all__) <= set(namespace)


def test_the_rulebook_can_be_called_although_its_module_was_imported() -> None:
    importlib.import_module("ita.rulebooks")
    importlib.import_module("ita.measures")
    assert ita.rulebook(2564).fiscal_year == 2564
    assert ita.rulebook(2564) is importlib.import_module("ita.rulebooks").rulebook(2564)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed_results'"):
        ita.reed_results  # noqa: B018


def test_the_first_example_of_the_documentation_works() -> None:
    reading = ita.read_results(EXAMPLE)
    assessment = ita.assess(reading.scores, 2564)
    assert (assessment.total, assessment.level, assessment.passed) == (80.84, "B", False)


def test_an_assessment_takes_any_frame_with_indicators_and_scores() -> None:
    plain = pd.DataFrame({"score": SEED, "indicator": range(1, 11), "cell": "C7"})
    assert ita.assess(plain, 2564).total == ita.assess(scores_of(SEED), 2564).total == 80.84


def test_a_file_that_is_no_workbook_is_an_unreadable_file_with_its_problem() -> None:
    for read in (ita.read_results, ita.read_measures):
        with pytest.raises(ita.UnreadableFile) as refusal:
            read(b"%PDF-1.7", filename="result.pdf")
        assert isinstance(refusal.value.problem, ita.Problem)


def test_importing_the_core_loads_no_library() -> None:
    assert loaded_by("import ita") == set()


def test_reading_rules_loads_no_library() -> None:
    assert loaded_by("import ita; ita.rulebook(2564)") == set()


def test_judging_scores_needs_neither_database_nor_spreadsheets_nor_screens() -> None:
    assert loaded_by("import ita; ita.assess") == {"pandas", "numpy"}
