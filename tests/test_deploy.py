"""What is in deploy/ does what the README says, and no more."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from ideas.config import ROOT, Settings

if TYPE_CHECKING:
    from pathlib import Path

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


def test_the_backup_is_taken_with_the_settings_and_the_rights_of_what_is_served() -> None:
    """Without them it would be of an empty database, and say that all is well."""
    service, backup = (_section(DEPLOY / f"headroom{name}.service") for name in ("", "-backup"))

    assert {"User=headroom", "EnvironmentFile=/etc/headroom.env", "StateDirectory=headroom"} <= set(service)
    assert service[service.index("User=headroom") :] == backup[backup.index("User=headroom") :]
    # What would be set in one unit alone is set in the file that both read, and commands by hand too.
    assert not [line for line in service + backup if line.startswith("Environment=")]
    assert "HEADROOM_DATA_DIR=/var/lib/headroom" in (DEPLOY / "headroom.env").read_text().splitlines()


def test_the_backup_goes_where_it_may_be_written() -> None:
    [start] = [line for line in _section(DEPLOY / "headroom-backup.service") if line.startswith("ExecStart=")]

    assert " --app wsgi backup /var/lib/headroom-backups/" in start
    assert "StateDirectory=headroom-backups" in _section(DEPLOY / "headroom-backup.service")


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="needs systemd-analyze (on Debian: apt-get install systemd)"
)
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    units = [file for file in DEPLOY.iterdir() if file.suffix in {".service", ".socket", ".timer"}]
    for unit in units:
        # The command that is started is looked for.
        (tmp_path / unit.name).write_text(unit.read_text().replace("/srv/headroom/.venv/bin/flask", "/bin/true"))

    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if "headroom" in line]) == (0, [])


def test_what_is_set_there_are_settings_that_exist() -> None:
    known = {field.metadata["variable"] for field in Settings.__dataclass_fields__.values()}
    for file in DEPLOY.iterdir():
        assert set(re.findall(r"HEADROOM_\w+", file.read_text())) <= known, file.name


def test_the_proxy_sets_every_header_that_is_believed() -> None:
    proxy = (DEPLOY / "nginx.conf").read_text()
    for header in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Request-ID"):
        assert re.search(rf"proxy_set_header {header} \$", proxy)


def _section(unit: Path) -> list[str]:
    """What is said in [Service], without its comments."""
    [lines] = re.findall(r"^\[Service\]\n(.*?)(?=^\[|\Z)", unit.read_text(), re.MULTILINE | re.DOTALL)
    return [line for line in lines.splitlines() if line and not line.startswith("#")]
