"""What a visitor notices of others: the time of a click while somebody else uploads file after file.

The files go the whole way that a visitor's files go, over the upload page of the running server: sent, guarded, read in
the child, compared with what is stored, shown. Between them clicks are measured with nobody else there.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from .contestants import PROJECT, Contestant
from .hostile import hostile_workbook
from .reading import Lists
from .report import Line, milliseconds, within
from .server import Server, serving
from .websocket import RunFailed, Visitor

CLICK_OVER_IDLE = 1.5
WARM_UP = 4  # clicks
SECONDS = 5  # of each stretch of clicks


def neighbours(us: Contestant, lists: Lists, scratch: Path, quick: bool) -> Iterator[Line]:
    """A click beside a stream of national lists, and beside a stream of files that kill their reader."""
    hostile = scratch / "hostile.xlsx"
    hostile.write_bytes(hostile_workbook())
    with serving(us.app, scratch) as server, server.welcome() as visitor:
        visitor.visit(us.page)
        for number in range(WARM_UP):
            visitor.change(us.switch, number % 2 == 0)
        for what, file in (("a national list", lists.rows()), ("a hostile file", hostile)):
            idle: list[float] = []
            beside: list[float] = []
            files = 0
            for _ in range(1 if quick else 3):
                idle += clicks_while(visitor, us, time.monotonic() + SECONDS)
                files += clicks_beside(server, visitor, us, file, beside)
            what = f"click beside {files} uploads of {what}"
            yield within(what, median(beside), median(idle), CLICK_OVER_IDLE, milliseconds)


def clicks_while(visitor: Visitor, us: Contestant, ends: float) -> list[float]:
    """Seconds of each click until then."""
    taken = []
    while time.monotonic() < ends:
        taken.append(visitor.change(us.switch, len(taken) % 2 == 0).seconds)
    return taken


def clicks_beside(server: Server, visitor: Visitor, us: Contestant, file: Path, taken: list[float]) -> int:
    """Add the seconds of each click while somebody uploads this file again and again, and return how often."""
    command = [sys.executable, "-m", "tests.benchmarks.uploads", str(server.port), str(file), str(SECONDS)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as uploader:
        assert uploader.stdout is not None
        if uploader.stdout.readline() != "ready\n":
            raise RunFailed(f"{file.name} could not be uploaded")
        taken += clicks_while(visitor, us, time.monotonic() + SECONDS)
        return int(uploader.stdout.readline())
