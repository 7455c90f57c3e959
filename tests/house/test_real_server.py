"""What only a real socket shows: made-up forwarded headers, a body without an end, and no word to the outside."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.bench.server import await_answer, free_port, prepare
from tests.cast import PASSWORD

pytestmark = [pytest.mark.phone, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
FORM = "application/x-www-form-urlencoded"
FORGED = {"X-Forwarded-For": "198.51.100.23", "X-Forwarded-Proto": "https", "X-Real-IP": "198.51.100.23"}
PIECE = b"x" * 65_536
GIGABYTE = 1_000_000_000
MOST = 8_000_000
"""Bytes: what two sockets buffer between them."""

GUARD = """
import socket, sys
def hook(event, args):
    if event == "socket.connect":
        where = args[1]
        near = isinstance(where, (str, bytes)) or where[0] in ("127.0.0.1", "::1", "localhost")
    elif event == "socket.getaddrinfo":
        near = args[0] in (None, "127.0.0.1", "::1", "localhost", "")
    else:
        return
    if not near:
        print("OUTSIDE", event, args, file=sys.stderr, flush=True)
        raise OSError("no way out")
sys.addaudithook(hook)
"""


class Running:
    def __init__(self, folder, **environment):
        self.folder, self.port = folder, free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=os.environ | {"KLANTSAFARI_DATA": str(folder), "KLANTSAFARI_DATABASE_URL": ""} | environment,
            stderr=subprocess.PIPE,
        )
        await_answer(f"http://localhost:{self.port}/health/ready", lambda: self.process.poll() is None)

    def ask(self, method, path, body=None, **headers):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def sign_in(self, **headers):
        body = f"email=bas%40klantsafari.example&password={PASSWORD}"
        return self.ask(
            "POST", "/login", body, **{"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"} | headers
        )

    def addresses(self):
        with closing(sqlite3.connect(self.folder / "klantsafari.db")) as db:
            return [
                row[0] for row in db.execute("SELECT address FROM audit_entry WHERE verb = 'session.opened'")
            ]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=30)[1].decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("served")
    prepare(made)
    return made


@pytest.fixture(scope="module")
def running(folder, tmp_path_factory):
    """Behind a proxy that is not this machine, and with a guard at the door to the outside."""
    guard = tmp_path_factory.mktemp("guard")
    (guard / "sitecustomize.py").write_text(GUARD)
    paths = os.pathsep.join((str(guard), str(ROOT)))
    server = Running(folder, KLANTSAFARI_PROXIES="10.9.9.9", PYTHONPATH=paths)
    yield server
    if server.process.poll() is None:
        server.end()


def test_what_a_visitor_says_of_addresses_is_not_believed(running):
    before = len(running.addresses())
    status, headers, _ = running.sign_in(**FORGED)
    assert status == 303
    assert "strict-transport-security" not in headers
    assert running.addresses()[before:] == ["127.0.0.1"]


def test_what_a_known_proxy_says_of_addresses_is(folder):
    proxied = Running(folder, KLANTSAFARI_PROXIES="127.0.0.1")
    _, headers, _ = proxied.sign_in(**FORGED)
    proxied.end()
    assert headers["strict-transport-security"].startswith("max-age=")
    assert proxied.addresses()[-1] == "198.51.100.0/24"


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/login", ""),
        ("PUT", "/api/v1/field-notes/0190a000-0000-7000-8000-0000000000bb", ""),
        ("POST", "/field-notes/x/attachments", "Cookie: __Host-klantsafari=made-up\r\n"),
        ("POST", "/api/v1/sync", "Authorization: Bearer made-up\r\n"),
        ("GET", "/today", ""),
    ],
)
def test_a_gigabyte_of_a_stranger_is_not_read(running, method, path, headers):
    memory = rss(running.process.pid)
    sent = 0
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as line:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n{headers}"
        line.sendall(f"{head}Content-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        try:
            while sent < GIGABYTE:
                line.sendall(b"%x\r\n%s\r\n" % (len(PIECE), PIECE))
                sent += len(PIECE)
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert sent < MOST
    assert rss(running.process.pid) - memory < 50
    assert running.ask("GET", "/health/live")[0] == 200


def rss(pid):
    """MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def test_no_answer_says_what_it_is_made_with(running):
    for path in ("/login", "/nowhere", "/api/v1/me"):
        _, headers, text = running.ask("GET", path)
        told = " ".join(f"{name}: {value}" for name, value in headers.items()).lower()
        assert not [
            word for word in ("uvicorn", "starlette", "fastapi", "python") if word in told + text.lower()
        ]


def test_nothing_goes_outside_while_bas_does_his_work(running):
    _, headers, _ = running.sign_in()
    cookie = "; ".join(one.partition(";")[0] for one in headers.get_all("set-cookie"))
    for path in (
        "/today",
        "/field-notes",
        "/actions",
        "/exports/actions.csv",
        "/api/v1/me",
        "/settings",
        "/log",
    ):
        assert running.ask("GET", path, Cookie=cookie)[0] == 200, path
    assert "OUTSIDE" not in running.end()


def test_the_guard_itself_sees_a_way_out(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    tried = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('203.0.113.1', 80), 1)"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OUTSIDE" in tried.stderr
