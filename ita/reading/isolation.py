"""A script reading one file in a process of its own, bounded in memory and time, with no file able to harm this one.

Calamine aborts, panics or asks for terabytes on hostile files of 2 kB: only the child process may die of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Generic, Literal, TypeVar

MEGABYTE = 2**20
SECONDS = 15.0  # ten years of the national list take 2
RESIDENT_MEGABYTES = 640  # ten years of the national list take 330
BUFFER_BYTES = MEGABYTE
ANSWER_BYTES = 64 * MEGABYTE  # ten years of the national list answer with 26 MB
ANSWER_RATIO, SMALL_ANSWER_BYTES = 100, 8 * MEGABYTE  # one text in many cells makes much of a small file
CHILDREN = os.cpu_count() or 1  # reading at the same time: each may take the memory above
WAITING_SECONDS = 60.0  # for one of those seats
GLANCE_SECONDS = 0.02  # between two looks at a child's memory
ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what Python needs to start; no passwords for the child
# Windows: no window of its own, and behind the server, as child.py puts itself on other systems.
FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)

_seats = threading.BoundedSemaphore(CHILDREN)

End = Literal["said", "time", "memory", "much", "busy"]
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Line]):
    """The lines that a child wrote, and how that ended: in good order, or stopped over time, memory or their length.

    "busy": none could be started. What a child that died wrote is too little to understand.
    """

    lines: list[Line]
    end: End


def answer_of(
    script: Path, content: bytes, library: str, hear: Callable[[bytes], Line], seconds: float | None = None
) -> Answer[Line]:
    """What `script` writes when it is given `content`, each line as `hear` understands it, at once.

    `library` is what it imports, from where that is installed. What `hear` raises ends the child.
    """
    if not _seats.acquire(timeout=WAITING_SECONDS):
        return Answer([], "busy")
    try:
        try:
            child = subprocess.Popen(
                [sys.executable, "-I", "-S", str(script), _folder(library)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                creationflags=FLAGS,
                bufsize=BUFFER_BYTES,
            )
        except OSError:
            return Answer([], "busy")
        with child, _Watch(child, SECONDS if seconds is None else seconds) as watch:
            lines: list[Line] = []
            much = False
            for line in _exchange(child, content):
                much = line is None
                if line is not None:
                    lines.append(hear(line))
    finally:
        _seats.release()
    return Answer(lines, watch.stopped_over or ("much" if much else "said"))


def environment() -> dict[str, str]:
    """What a child is told of this process's environment."""
    return {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}


def _exchange(child: subprocess.Popen[bytes], content: bytes) -> Iterator[bytes | None]:
    """Hand the child the whole file, then take its lines: it writes nothing before it has read everything.

    None, and the end, where they come to more than ANSWER_BYTES, or to too much for the size of the file.
    """
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        with child.stdin as pipe:
            pipe.write(content)
    except OSError:
        return  # it died over the first bytes: no answer
    left = min(ANSWER_BYTES, SMALL_ANSWER_BYTES + ANSWER_RATIO * len(content))
    while line := child.stdout.readline(left + 1):
        left -= len(line)
        if left < 0:
            yield None
            return
        yield line


class _Watch:
    """Looks at a child from time to time and stops it where it takes too long or too much memory.

    A child limits itself too, but Windows and macOS know no such limits.
    """

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self.stopped_over: Literal["time", "memory"] | None = None
        self._child = child
        self._until = time.monotonic() + seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._child.kill()  # whatever it still does, its answer is here

    def _look(self) -> None:
        import psutil  # here, while the child starts

        while not self._ended.wait(GLANCE_SECONDS):
            if time.monotonic() > self._until:
                self._stop("time")
            with suppress(psutil.Error):  # it has just ended
                taken = psutil.Process(self._child.pid).memory_info()
                if max(taken.rss, getattr(taken, "private", 0)) > RESIDENT_MEGABYTES * MEGABYTE:
                    self._stop("memory")

    def _stop(self, over: Literal["time", "memory"]) -> None:
        self.stopped_over = self.stopped_over or over
        self._child.kill()


@cache
def _folder(library: str) -> str:
    """Where a library is installed: a child searches nothing but this folder and the standard library."""
    spec = find_spec(library)
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parents[1])
