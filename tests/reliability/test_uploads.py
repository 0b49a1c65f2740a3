"""Uploads over a real connection: a phone that gives up leaves nothing, and large files do not grow the server."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.helpers.files import SHEET, office, overlapping_zip_bomb

from .browser import Browser
from .service import Service

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

MB = 1024 * 1024
#: How much a web process may grow over uploads of ten megabytes each.
GROWTH_MB = 30
GIVE_UP = 20


def test_phones_that_give_up_half_way_leave_nothing_and_large_files_do_not_grow_the_server(
    databases: Callable[[str], Any],
) -> None:
    service = Service(databases("sqlite").fresh())
    folder = service.database.data_dir / "files"
    amara = Browser(service.url)
    try:
        amara.sign_in("amara@example.org")
        ref = re.search(r"I-\d+", amara.say("aaaaaaaa").headers["Location"])
        assert ref
        send(amara, ref[0], b"One number.", whole=True, name="first.txt")
        kept, grown = files(folder), peak(service)

        for _ in range(GIVE_UP):
            send(amara, ref[0], b"x" * 9 * MB, whole=False, name="half.txt")
        wait_until_quiet(folder, kept)
        assert files(folder) == kept
        assert peak(service) - grown < GROWTH_MB

        for number in range(5):
            words = f"Leaflet {number}\n".encode() * (10 * MB // 11)
            assert send(amara, ref[0], words[: 9 * MB], whole=True, name=f"{number}.txt") == 303
        assert len(files(folder)) == len(kept) + 5
        assert peak(service) - grown < GROWTH_MB
        print(f"largest process: {grown:.0f} MB before, {peak(service):.0f} MB after")
    finally:
        amara.hang_up()
        service.end()


def test_neither_twenty_megabytes_nor_a_bomb_named_as_a_sheet_grows_the_server(
    databases: Callable[[str], Any],
) -> None:
    service = Service(databases("sqlite").fresh())
    amara = Browser(service.url)
    try:
        amara.sign_in("amara@example.org")
        ref = re.search(r"I-\d+", amara.say("aaaaaaaa").headers["Location"])
        assert ref
        amara.post(f"/ideas/{ref[0]}/measures", name="Wait", unit="minutes", direction="lower")
        measure = re.search(r"/measures/(\d+)/batch", amara.get(f"/ideas/{ref[0]}/evidence").body)
        assert measure
        path = f"/measures/{measure[1]}/batch/file"
        readings = b"02/11/2026,50\n09/11/2026,48\n"
        assert send_to(amara, path, parts(amara, "first.csv", readings)) == 200
        grown = peak(service)
        bomb = office(SHEET, "xl/workbook.xml", xl__worksheets__sheet1_xml=b" " * 50_000_000)

        for name, content, status in (
            ("large.csv", readings * 700_000, 413),
            ("bomb.xlsx", bomb, 422),
            ("overlapping.xlsx", overlapping_zip_bomb(), 422),
            ("nine.csv", readings * 330_000, 200),
        ):
            assert (name, send_to(amara, path, parts(amara, name, content))) == (name, status)

        assert "No readings yet" in amara.get(f"/ideas/{ref[0]}/evidence").body
        assert peak(service) - grown < GROWTH_MB
        print(f"largest process: {grown:.0f} MB before, {peak(service):.0f} MB after")
    finally:
        amara.hang_up()
        service.end()


def parts(browser: Browser, name: str, content: bytes) -> bytes:
    """The body of a form with a file."""
    head = f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser._token}\r\n--b\r\n'
    head += f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--b--\r\n"


def send(browser: Browser, ref: str, content: bytes, *, whole: bool, name: str) -> int:
    """Send a file, or the first half of it before the line goes dead. The status of the answer; 0 for none."""
    body = parts(browser, name, content)
    return send_to(browser, f"/ideas/{ref}/files", body, whole=whole)


def send_to(browser: Browser, path: str, body: bytes, *, whole: bool = True) -> int:
    """Send a body of parts, or the first half of it before the line goes dead. The status of the answer; 0 for none."""
    where = urlsplit(browser.url)
    cookie = "; ".join(f"{name}={value}" for name, value in browser._cookies.items())
    asked = (
        f"POST {path} HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with contextlib.closing(socket.create_connection((str(where.hostname), where.port or 80), timeout=60)) as line:
        # What is far too large is refused before it is read to its end.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(asked.encode() + (body if whole else body[: len(body) // 2]))
        return int(line.recv(4096).split(b" ", 2)[1]) if whole else 0


def files(folder: Path) -> set[str]:
    """What lies in the store, whole or half."""
    return {file.name for file in folder.rglob("*") if file.is_file()}


def wait_until_quiet(folder: Path, kept: set[str]) -> None:
    patience = time.monotonic() + 20
    while files(folder) != kept and time.monotonic() < patience:
        time.sleep(0.1)


def peak(service: Service) -> float:
    """The most memory that any process of the server has had so far, in MB."""
    group = service.server.process.pid
    most = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.getpgid(int(process.name)) == group:
                found = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
                most = max(most, int(found[1]) if found else 0)
    return most / 1024
