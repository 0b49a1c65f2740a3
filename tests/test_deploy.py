"""What is in deploy/ does what the README says, and no more."""

from __future__ import annotations

import json
import re

from ideas.config import ROOT, Settings

DEPLOY = ROOT / "deploy"
MAKEFILE = (ROOT / "Makefile").read_text()
#: How the README starts it where everything is installed.
SERVE = ["flask", "--app", "wsgi", "serve"]


def test_the_container_is_made_by_a_target_of_make_and_starts_as_the_readme_says() -> None:
    steps = re.findall(r"^(RUN|CMD|ENV) (.+(?:\\\n.+)*)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    runs = [words for verb, words in steps if verb == "RUN"]
    [command] = [json.loads(words) for verb, words in steps if verb == "CMD" and "HEALTHCHECK" not in words]

    assert [run for run in runs if run.startswith("make")] == ["make install"]
    assert re.search(r"^install:", MAKEFILE, re.MULTILINE)
    assert [command[0].rpartition("/")[2], *command[1:]] == SERVE


def test_the_service_starts_as_the_readme_says() -> None:
    unit = (DEPLOY / "headroom.service").read_text()

    [start] = re.findall(r"^ExecStart=\S+/\.venv/bin/(.+)$", unit, re.MULTILINE)
    assert start.split() == SERVE
    assert "Sockets=headroom.socket" in unit


def test_what_is_set_there_are_settings_that_exist() -> None:
    known = {field.metadata["variable"] for field in Settings.__dataclass_fields__.values()}
    for file in DEPLOY.iterdir():
        assert set(re.findall(r"HEADROOM_\w+", file.read_text())) <= known, file.name


def test_the_proxy_sets_every_header_that_is_believed() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text()
    for header in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Request-ID"):
        assert re.search(rf"proxy_set_header {header} \$", proxy)
