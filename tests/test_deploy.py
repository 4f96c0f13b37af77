"""What is written for servers really serves: the image's files alone, the unit, TLS in front with nginx."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.benchmarks.server import App, Server, free_port, serving
from tests.browser.dashboard import wait_until_healthy
from tests.browser.visitor import lacking
from tests.handshake import LET_IN, REFUSED, handshake

HOME = Path(__file__).parents[1]
DEPLOY = HOME / ".deploy"
NAME = "ita.example"
PATIENCE = 20

AROUND = """
daemon off;
pid nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    {ours}
}}
"""


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        lacking(name)
    return str(found)


def instructions() -> list[list[str]]:
    """The Dockerfile's lines, taken apart."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [shlex.split(line) for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the image has, copied as its COPY lines say."""
    folder = tmp_path_factory.mktemp("image")
    for word, *rest in instructions():
        if word == "COPY":
            source, target = HOME / rest[0], folder / rest[1]
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                target = target / source.name if rest[1].endswith(("/", ".")) else target
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
    return folder


@contextmanager
def served(folder: Path, scratch: Path, **environment: str) -> Iterator[Server]:
    database = {"ITA_DATABASE_URL": f"sqlite:///{scratch / 'ita.sqlite3'}"}
    with serving(App(folder / "app.py", folder, {**database, **environment}), scratch) as server:
        wait_until_healthy(f"http://127.0.0.1:{server.port}", server)
        yield server


# The image


def test_the_files_of_the_image_are_enough_to_serve_every_page(image: Path, tmp_path: Path) -> None:
    with served(image, tmp_path) as server, server.welcome() as visitor:
        for page in ("", "upload", "rules", "privacy"):
            assert visitor.visit(page).elements
    assert not list(image.rglob("secrets.toml"))


def test_what_the_image_copies_is_not_ignored_and_nothing_else_is_sent() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    sources = {rest[0] for word, *rest in instructions() if word == "COPY"}
    assert ignored[0] == "*"
    assert {one.removeprefix("!") for one in ignored if one.startswith("!")} == sources


def test_the_image_runs_as_nobody_on_pinned_libraries_and_asks_after_its_health() -> None:
    told = {word: rest for word, *rest in instructions()}
    assert told["USER"] == ["ita"]
    assert told["VOLUME"] == ["/app/data"]
    assert told["CMD"] == ["[streamlit,", "run,", "app.py]"]
    assert "/health" in " ".join(told["HEALTHCHECK"])
    assert ["COPY", "requirements.txt", "."] in instructions()


# The unit


def test_the_unit_of_the_service_is_understood(tmp_path: Path) -> None:
    text = (DEPLOY / "ita.service").read_text(encoding="utf-8")
    assert "DynamicUser=yes" in text
    assert "ProtectSystem=strict" in text
    unit = tmp_path / "ita.service"
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    checked = subprocess.run(
        [program("systemd-analyze"), "verify", str(unit)], capture_output=True, encoding="utf-8", check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


# TLS in front


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int, ssl.SSLContext]]:
    """The port for TLS, the plain one, and the trust in a certificate that was made for this."""
    nginx, openssl = program("nginx"), program("openssl")
    folder = tmp_path_factory.mktemp("nginx")
    key, certificate = folder / "ita.key", folder / "ita.crt"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    secure, plain = free_port(), free_port()
    with served(HOME, folder, STREAMLIT_SERVER_ALLOWED_HOSTS=NAME) as server:
        ours = (DEPLOY / "nginx-tls.conf").read_text(encoding="utf-8")
        for told, here in (
            ("listen 443", f"listen 127.0.0.1:{secure}"), ("listen 80", f"listen 127.0.0.1:{plain}"),
            ("127.0.0.1:8501", f"127.0.0.1:{server.port}"),
            ("/etc/nginx/tls/ita.crt", str(certificate)), ("/etc/nginx/tls/ita.key", str(key)),
        ):  # fmt: skip
            assert told in ours
            ours = ours.replace(told, here)
        (folder / "nginx.conf").write_text(AROUND.format(ours=ours), encoding="utf-8")
        process = subprocess.Popen([nginx, "-p", str(folder), "-c", "nginx.conf", "-e", "errors.log"])
        try:
            trusted = ssl.create_default_context(cafile=str(certificate))
            _await(plain)
            yield secure, plain, trusted
        finally:
            process.terminate()
            process.wait()


def _await(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
                connection.connect()
                return
        except OSError:
            assert time.monotonic() < until, "nginx does not answer"
            time.sleep(0.05)


class Tls(http.client.HTTPSConnection):
    """To the server by its name, at this machine."""

    def __init__(self, port: int, trusted: ssl.SSLContext) -> None:
        super().__init__("127.0.0.1", port, context=trusted)
        self._trusted = trusted

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._trusted.wrap_socket(self.sock, server_hostname=NAME)


def test_behind_tls_the_health_answers_and_cookies_are_secure(behind_tls: tuple[int, int, ssl.SSLContext]) -> None:
    secure, _, trusted = behind_tls
    with closing(Tls(secure, trusted)) as connection:
        connection.request("GET", "/health", headers={"Host": NAME})
        answer = connection.getresponse()
        assert json.loads(answer.read())["status"] == "ok"
        assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"
        assert "frame-ancestors" in str(answer.getheader("Content-Security-Policy"))
        connection.request("GET", "/_stcore/health", headers={"Host": NAME})
        assert str(connection.getresponse().getheader("Set-Cookie")).endswith("; Secure")


def test_whoever_comes_without_tls_is_sent_to_it(behind_tls: tuple[int, int, ssl.SSLContext]) -> None:
    _, plain, _ = behind_tls
    with closing(http.client.HTTPConnection("127.0.0.1", plain)) as connection:
        connection.request("GET", "/indicators?below=1", headers={"Host": NAME})
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/indicators?below=1")


def test_behind_tls_a_session_opens_for_our_own_page_alone(behind_tls: tuple[int, int, ssl.SSLContext]) -> None:
    secure, _, trusted = behind_tls

    for origin, expected in ((f"https://{NAME}", LET_IN), ("https://elsewhere.example", REFUSED)):
        with closing(Tls(secure, trusted)) as connection:
            assert handshake(connection, NAME, origin) == expected


def test_behind_tls_what_is_far_too_large_is_refused_before_it_is_sent(
    behind_tls: tuple[int, int, ssl.SSLContext],
) -> None:
    secure, _, trusted = behind_tls
    with closing(Tls(secure, trusted)) as connection:
        headers = {"Host": NAME, "Content-Length": str(26 * 2**20)}
        connection.request("PUT", "/_stcore/upload_file/nobody/1", headers=headers)
        assert connection.getresponse().status == 413
