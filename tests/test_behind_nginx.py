"""Behind a real nginx, set up as in deploy/: who asks is who they are, and a forged header changes nothing."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from ideas.config import ROOT
from ideas.domain.throttles import TRIES_FROM_AN_ADDRESS

from .helpers.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.server,
    pytest.mark.xdist_group("behind nginx"),
    pytest.mark.skipif(
        not (shutil.which("nginx") and shutil.which("openssl")),
        reason="needs nginx and openssl (on Debian: apt-get install nginx-light openssl)",
    ),
]


class Proxy:
    """An nginx with the set-up of deploy/nginx.conf."""

    def __init__(self, port: int, log: Callable[[], str]) -> None:
        self._port = port
        self._log = log

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, Any, str]:
        """Status, headers and text. `X_Forwarded_For` in the place of dashes."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self._port, context=context, timeout=30)
        sent = {"Host": "headroom.example.org", **{name.replace("_", "-"): value for name, value in headers.items()}}
        with contextlib.closing(connection):
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What Headroom logged of requests."""
        found = [json.loads(line) for line in self._log().splitlines() if line.startswith("{")]
        return [line for line in found if line["event"] == "request"]


@pytest.fixture(scope="module")
def proxy(databases: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Headroom behind nginx, over https."""
    ours, theirs = free_port(), free_port()
    wishes = {"HEADROOM_BASE_URL": "https://headroom.example.org", "HEADROOM_TRUSTED_PROXIES": "1"}
    with serving(databases("sqlite").fresh(), HEADROOM_PORT=str(ours), **wishes) as server:
        assert server.url
        with nginx(tmp_path_factory.mktemp("nginx"), theirs, ours):
            yield Proxy(theirs, lambda: server.log)


def test_over_https_the_cookie_is_for_this_host_alone(proxy: Proxy) -> None:
    status, headers, text = proxy.ask("GET", "/sign-in")

    assert status == 200
    assert headers["Set-Cookie"].startswith("__Host-headroom=")
    assert "Secure" in headers["Set-Cookie"]
    assert "Strict-Transport-Security" in headers
    assert "http://" not in re.sub(r"http://www\.w3\.org/\S+", "", text)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 400),
        ({"X_Forwarded_Host": "evil.example"}, 200),
        ({"Forwarded": "host=evil.example"}, 200),
    ],
)
def test_no_page_repeats_a_forged_host(proxy: Proxy, headers: dict[str, str], status: int) -> None:
    answered, sent, text = proxy.ask("GET", "/sign-in", **headers)
    led = proxy.ask("GET", "/board", **headers)[1].get("Location", "")

    assert answered == status
    assert "evil.example" not in text + str(sent) + led


def test_a_forged_address_and_a_forged_id_are_not_believed(proxy: Proxy) -> None:
    forged = {"X_Forwarded_For": "198.51.100.9", "X_Real_IP": "198.51.100.9", "Forwarded": "for=198.51.100.9"}
    _, headers, _ = proxy.ask("GET", "/sign-in", X_Request_ID="of-an-attacker", **forged)

    line = proxy.lines[-1]
    assert line["address"] == "127.0.0.1"
    assert line["request_id"] == headers["X-Request-ID"] != "of-an-attacker"


def test_the_counts_are_not_passed_on(proxy: Proxy) -> None:
    assert proxy.ask("GET", "/metrics")[0] == 404
    assert proxy.ask("GET", "/metrics", X_Forwarded_For="127.0.0.1")[0] == 404


def test_forged_addresses_do_not_get_past_the_limit_of_tries(proxy: Proxy) -> None:
    _, headers, text = proxy.ask("GET", "/sign-in")
    cookie = headers["Set-Cookie"].partition(";")[0]
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found

    def guess(number: int) -> int:
        form = urlencode({"email": f"nobody{number}", "password": "wrong-" * 3, "csrf_token": found[1]})
        typed = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        ours = {"Origin": "https://headroom.example.org", "Referer": "https://headroom.example.org/sign-in"}
        return proxy.ask("POST", "/sign-in", form, X_Forwarded_For=f"198.51.100.{number}", **typed, **ours)[0]

    answers = [guess(number) for number in range(TRIES_FROM_AN_ADDRESS + 1)]

    assert answers == [422] * TRIES_FROM_AN_ADDRESS + [429]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def nginx(folder: Path, listens: int, passes_to: int) -> Iterator[None]:
    """nginx with deploy/nginx.conf, but for ports and paths, which are this machine's."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=headroom.example.org"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    site = (ROOT / "deploy/nginx.conf").read_text()
    for ours, this in {
        "listen 443 ssl": f"listen 127.0.0.1:{listens} ssl",
        "/etc/ssl/headroom.pem": str(certificate),
        "/etc/ssl/headroom.key": str(key),
        "/var/log/nginx/headroom.log": str(folder / "error.log"),
        "http://127.0.0.1:8000": f"http://127.0.0.1:{passes_to}",
    }.items():
        assert ours in site
        site = site.replace(ours, this)
    kept = "".join(
        f"{word}_temp_path {folder / word};" for word in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder / 'pid'}; error_log {folder / 'error.log'}; events {{}}"
        f"http {{ {kept} {site} }}"
    )
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", listens)):
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)
