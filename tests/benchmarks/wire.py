"""What a first visit costs on the wire: every byte a browser with an empty cache receives, counted by a relay between.

A relay, because it misses nothing: headers, gzip as sent, workers, fonts, and the websocket in the same sum.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from playwright.sync_api import sync_playwright

QUIET = 2.0  # seconds without a byte, after which a visit is over
PATIENCE_MS = 60_000
RUN_OVER = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass(slots=True)
class Meter:
    """What has come from the server so far, and when the last of it came (by `time.monotonic`)."""

    received: int = 0
    last: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, size: int) -> None:
        """Add `size` bytes that came just now."""
        with self._lock:
            self.received += size
            self.last = time.monotonic()


def browser() -> str | None:
    """The path of an installed Chromium; None without one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def first_visit(port: int, page: str, executable: str) -> int:
    """Bytes received for `page` by a browser that was never there, until its charts stand and the wire is quiet."""
    with relay(port) as (front, meter), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        visited = chromium.new_page(viewport={"width": 1366, "height": 2400})
        visited.goto(f"http://127.0.0.1:{front}/{page}", timeout=PATIENCE_MS)
        visited.wait_for_selector(RUN_OVER, timeout=PATIENCE_MS)
        visited.wait_for_selector(".js-plotly-plot", timeout=PATIENCE_MS)
        while time.monotonic() - meter.last < QUIET:
            visited.wait_for_timeout(100)
        chromium.close()
        return meter.received


@contextmanager
def relay(port: int) -> Iterator[tuple[int, Meter]]:
    """A port that passes everything to and from `port`, and the meter of what comes back."""
    meter = Meter()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, port, meter), daemon=True).start()
        try:
            yield listener.getsockname()[1], meter
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, port: int, meter: Meter) -> None:
    while True:
        try:
            visitor, _ = listener.accept()
        except OSError:  # the listener was shut down: the visit is over
            return
        server = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=_pass_on, args=(visitor, server, None), daemon=True).start()
        threading.Thread(target=_pass_on, args=(server, visitor, meter), daemon=True).start()


def _pass_on(source: socket.socket, sink: socket.socket, meter: Meter | None) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            if meter:
                meter.count(len(piece))
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
