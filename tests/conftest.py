"""What one test leaves behind and another would stumble over."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from streamlit import config

# Streamlit reads its settings once, from the folder that it is first asked in: ours, whichever test comes first.
config.get_config_options()


@pytest.fixture(autouse=True)
def the_main_module_stays() -> Iterator[None]:
    """Streamlit's AppTest leaves its script as `__main__`, which every spawned process would then run again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
