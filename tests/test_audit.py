"""The audit passes only what it has learnt something of."""

from __future__ import annotations

import pytest

from tests.audit import CLEAN, FAULTS, UNKNOWN, verdict

SOUND = {"name": "alpha", "version": "1.0", "vulns": []}
SKIPPED = {"name": "beta", "skip_reason": "Dependency not found on PyPI"}
FAULTY = {"name": "gamma", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
HOPELESS = {"name": "delta", "version": "2.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("libraries", "status", "said"),
    [
        ([SOUND], CLEAN, "No known fault."),
        ([], UNKNOWN, "cannot be reached"),
        ([SOUND, SKIPPED], UNKNOWN, "Nothing was learnt of beta: the advisories cannot be reached"),
        ([SOUND, FAULTY], FAULTS, "gamma 1.0: PYSEC-1, mended in 1.1"),
        ([SKIPPED, HOPELESS], FAULTS, "delta 2.0: PYSEC-2, mended in no version yet"),
    ],
)
def test_only_what_was_looked_up_and_has_no_fault_passes(
    libraries: list[dict[str, object]], status: int, said: str
) -> None:
    got, text = verdict(libraries)
    assert got == status
    assert said in text
    assert ("No known fault." in text) == (status == CLEAN)
