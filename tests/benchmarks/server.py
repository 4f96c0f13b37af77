"""A Streamlit server as a process of its own: started on a free port of this machine, stopped with all it started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from .websocket import Visitor

PATIENCE = 60.0
POLL = 0.01


class ServerFailed(Exception):
    """The server ended, or did not answer in time. The message carries the last it said."""


@dataclass(frozen=True, slots=True)
class App:
    """What to serve: a script, the folder to run it in (its .streamlit/config.toml counts), its environment, where."""

    script: Path
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `started` is the moment its process was made, by `time.perf_counter`."""

    port: int
    started: float
    process: subprocess.Popen[bytes]
    log: Path

    def welcome(self) -> Visitor:
        """The first visitor to be let in, waited for. Raises ServerFailed when none ever is."""
        while True:
            try:
                return Visitor(self.port)
            except OSError as refused:
                if self.process.poll() is not None or time.perf_counter() - self.started > PATIENCE:
                    raise ServerFailed(self._last_words()) from refused
                time.sleep(POLL)

    def _last_words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]


@contextmanager
def serving(app: App, scratch: Path) -> Iterator[Server]:
    """A server of `app`, its log and home directory in `scratch`; on leaving, its whole process tree is gone.

    The home directory is empty and STREAMLIT_* variables are dropped: only the app's own settings count.
    """
    port = free_port()
    log = scratch / f"server-{port}.log"
    command = [sys.executable, "-m", "streamlit", "run", str(app.script)]
    options = [f"--server.port={port}", f"--server.address={app.address}", "--server.headless=true"]
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command + options,
            cwd=app.folder,
            env={**_clean_environment(), "HOME": str(scratch), **app.environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(port, started, process, log)
    finally:
        _end(process)


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "ITA_"))}


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.kill()
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()
