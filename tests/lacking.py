"""What a machine has not got: there a test is skipped, but never where the tests are the judge."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

CONTINUOUS_INTEGRATION = os.environ.get("CI") == "true"


def lacking(what: str) -> NoReturn:
    """Skip for want of something; where CI=true, fail."""
    if CONTINUOUS_INTEGRATION:
        pytest.fail(f"{what} is missing, and no test may be left out here", pytrace=False)
    pytest.skip(f"{what} is missing", allow_module_level=True)
