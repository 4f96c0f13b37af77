"""Several servers of the dashboard on one database behind nginx, as `.deploy/` sets them up, on this machine alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.benchmarks.server import PATIENCE, POLL, App, Server, free_port, serving
from tests.lacking import lacking

PROJECT = Path(__file__).parents[1]
DEPLOYED = PROJECT / ".deploy" / "nginx.conf"
COOKIE = "ita_place"

AROUND = """\
{user}
daemon off;
pid nginx.pid;
error_log errors.log;
events {{}}
http {{
    log_format passed '$cookie_ita_place $upstream_addr $status $request_method $uri';
    access_log passed.log passed;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include deployed.conf;
}}
"""
"""What a distribution's nginx.conf has around ours, for a folder of its own."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A request that nginx passed on: whose it was, to which ports, the last one's answer."""

    place: str
    ports: tuple[int, ...]
    status: int
    request: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """The servers, and the one port that stands for them."""

    port: int
    servers: Sequence[Server]
    folder: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def passed(self) -> list[Passed]:
        """All requests up to now, in the order in which they were answered."""
        lines = (self.folder / "passed.log").read_text(encoding="utf-8").splitlines()
        return [
            Passed(place, tuple(int(port) for port in re.findall(r":(\d+)", ports)), int(status), request)
            for place, ports, status, request in re.findall(
                r"^(\S+) (\S+(?:, \S+)*) (\d+) (.*)$", "\n".join(lines), re.M
            )
        ]

    def passed_for(self, place: str) -> list[Passed]:
        """The requests of somebody who has that place."""
        return [passed for passed in self.passed() if passed.place == place]

    def ask(self, path: str, place: str) -> Passed:
        """A request of somebody who has that place, as it was passed on."""
        before = len(self.passed_for(place))
        with urlopen(Request(f"{self.address}{path}", headers={"Cookie": f"{COOKIE}={place}"})) as answer:
            answer.read()
        until = time.monotonic() + PATIENCE
        while len(self.passed_for(place)) == before:  # it is written down after it was answered
            assert time.monotonic() < until, f"nginx says nothing of {path}"
            time.sleep(POLL)
        return self.passed_for(place)[-1]

    def place_at(self, server: Server) -> str:
        """A place that nginx brings to this server."""
        places = (f"place-{number}" for number in range(100))
        return next(place for place in places if self.ask("/health", place).ports == (server.port,))


@contextmanager
def cluster(
    scratch: Path, database_url: str, count: int = 2, prepare: Callable[[str], None] = lambda address: None
) -> Iterator[Cluster]:
    """So many servers on the database, ready for visitors, behind nginx. Skips where there is none.

    `prepare` is called with the address of all before there is a server; their home is `scratch`.
    """
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or lacking("nginx")
    settings = {"ITA_DATABASE_URL": database_url, "STREAMLIT_SERVER_COOKIE_SECRET": "one for all of them"}
    with ExitStack() as running:
        port = free_port()
        prepare(f"http://127.0.0.1:{port}")
        app = App(PROJECT / "app.py", PROJECT, settings)
        servers = [running.enter_context(serving(app, scratch)) for _ in range(count)]
        folder = scratch / "nginx"
        folder.mkdir()
        (folder / "deployed.conf").write_text(_here(port, servers), encoding="utf-8")
        # A master that may become anybody would let its workers be nobody, who may not write into the folder.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(AROUND.format(user=user), encoding="utf-8")
        nginx = subprocess.Popen(
            [program, "-p", str(folder), "-c", "nginx.conf", "-e", "errors.log"], stdin=subprocess.DEVNULL
        )
        running.callback(nginx.wait)
        running.callback(nginx.terminate)
        for server in servers:
            _await(f"http://127.0.0.1:{server.port}/health", server.process)
        _await(f"http://127.0.0.1:{port}/health", nginx)
        yield Cluster(port, servers, folder)


def _here(port: int, servers: Sequence[Server]) -> str:
    """The deployed configuration with the ports of this machine in the place of the machines of the composition."""
    text = DEPLOYED.read_text(encoding="utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    for number, server in enumerate(servers, start=1):
        text = text.replace(f"app-{number}:8501", f"127.0.0.1:{server.port}")
    assert "8501" not in text, "the configuration names another number of servers"
    return text


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address):
                return
        except URLError:
            assert process.poll() is None, f"{address} has ended"
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(POLL)
