"""Memory that reading a large file took for a while, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

LARGE_FILE = 2**18  # bytes; a list of some 2,000 agencies


@contextmanager
def given_back(content: bytes) -> Iterator[None]:
    """Read `content` in this block: what that took and nothing holds any more is no longer this process's.

    Arrow keeps free memory for later, and glibc what lies between pieces still in use: together three times what a
    reading is in the end. To give it back takes some milliseconds.
    """
    yield
    if len(content) > LARGE_FILE:
        pa.default_memory_pool().release_unused()
        if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):  # musl has none
            trim(0)
