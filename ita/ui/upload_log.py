"""What the log holds of a file that was handed in: its fingerprint, its size, how long it took and how it ended."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from ita import log
from ita.reading.files import FileReading
from ita.reading.problems import UnreadableFile

_DIGITS = 12
"""So many of a fingerprint's digits tell files apart; what the file is called is nobody's business."""


def read(content: bytes, reading: Callable[[], FileReading]) -> FileReading | UnreadableFile:
    """What `reading` gives, or why the file cannot be read; either is logged."""
    began = time.perf_counter()
    found: FileReading | UnreadableFile
    try:
        found = reading()
    except UnreadableFile as refusal:
        found = refusal
    file = hashlib.sha256(content).hexdigest()
    log.tell("file_read", file=file[:_DIGITS], size=len(content), ms=_since(began), outcome=_outcome(found))
    return found


def saved(sha256: str, began: float, **counts: int) -> None:
    """Log that what was found in a file is stored: how many of each kind, since `began` (`time.perf_counter`)."""
    log.tell("file_saved", file=sha256[:_DIGITS], ms=_since(began), **counts)


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)


def _outcome(found: FileReading | UnreadableFile) -> str:
    """The kinds of tables that were found, else the code of the first thing that was wrong."""
    if isinstance(found, UnreadableFile):
        return found.problem.code
    kinds = {"results": found.results, "measures": found.measures}
    there = [name for name, reading in kinds.items() if reading is not None]
    return "-and-".join(there) or next((problem.code for problem in found.problems), "nothing")
