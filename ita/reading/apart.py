"""Large files are read in a process of their own, behind the server, whose other visitors notice next to nothing of it.

Reading a national list is most of a second of Python, and a process runs one piece of Python at a time. The process
stays for a while, for it takes a second to begin; a small file is read faster than it would be sent there.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ita.reading.files import FileReading, read_file
from ita.reading.isolation import CHILDREN, FLAGS, environment
from ita.reading.memory import LARGE_FILE
from ita.reading.problems import Problem, UnreadableFile

IDLE_SECONDS = 300.0  # until a process that has nothing to read is ended
NICE = 5  # behind the server, as the children that open the files

_HOME = Path(__file__).parents[2]
_BROKEN = (OSError, EOFError, pickle.PickleError)
"""What a process that is gone, or that has failed over a file, leaves to be raised."""

Tell = Callable[[str], object]

_seats = threading.BoundedSemaphore(CHILDREN)
_changing = threading.Lock()
_idle: list[_Reader] = []


def read_file_apart(content: bytes, filename: str = "", *, tell: Tell = lambda step: None) -> FileReading:
    """As `read_file`, which it leaves a small file to, and a large one that the other process fails over."""
    if len(content) < LARGE_FILE:
        return read_file(content, filename, tell=tell)
    try:
        with _reader() as reader:
            return reader.read(content, filename, tell)
    except _BROKEN:
        return read_file(content, filename, tell=tell)


class _Reader:
    """A process that reads one file after another."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__]
        self._process = subprocess.Popen(
            command,
            cwd=_HOME,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            creationflags=FLAGS,
        )
        self._timer: threading.Timer | None = None

    def read(self, content: bytes, filename: str, tell: Tell) -> FileReading:
        """As `read_file`; raises one of _BROKEN where the process cannot say what it found."""
        asked, answers = self._pipes
        pickle.dump((content, filename), asked)
        asked.flush()
        while True:
            said = pickle.load(answers)
            if isinstance(said, str):
                tell(said)
            elif isinstance(said, Problem):
                raise UnreadableFile(said)
            elif isinstance(said, FileReading):
                return said
            else:
                raise EOFError

    def wait_for_more(self) -> None:
        """Be at hand for a while."""
        self._timer = threading.Timer(IDLE_SECONDS, self._leave)
        self._timer.daemon = True
        self._timer.start()

    def go_on(self) -> bool:
        """Whether the process is there for the next file."""
        if self._timer:
            self._timer.cancel()
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes:
            with suppress(OSError):  # of what could not be written any more
                pipe.close()

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """What it is asked by, and what it answers by."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def _leave(self) -> None:
        with _changing:
            if self not in _idle:
                return
            _idle.remove(self)
        self.end()


@contextmanager
def _reader() -> Iterator[_Reader]:
    """A process that nobody else uses; it is ended where its file was not read to the end."""
    with _seats:
        reader = _at_hand() or _Reader()
        try:
            yield reader
        except UnreadableFile:
            _keep(reader)
            raise
        except BaseException:  # also where the visitor has left the page meanwhile
            reader.end()
            raise
        else:
            _keep(reader)


def _at_hand() -> _Reader | None:
    while True:
        with _changing:
            if not _idle:
                return None
            reader = _idle.pop()
        if reader.go_on():
            return reader
        reader.end()


def _keep(reader: _Reader) -> None:
    with _changing:
        _idle.append(reader)
        reader.wait_for_more()


def main() -> None:
    """Read the files that come on stdin, as long as any may come, and say on stdout what is in them.

    A file is (content, name); of each are told the steps, as texts, and then a FileReading, a Problem where it cannot
    be read, or None where something failed that nobody foresaw. All of it pickled.
    """
    if sys.platform != "win32":
        os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which takes this process along
    answers, sys.stdout = sys.stdout.buffer, sys.stderr

    def say(what: object) -> None:
        pickle.dump(what, answers)
        answers.flush()

    while True:
        try:
            content, filename = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            say(read_file(content, filename, tell=say))
        except UnreadableFile as refusal:
            say(refusal.problem)
        except Exception:
            say(None)  # the server meets it again and tells it


if __name__ == "__main__":
    main()
