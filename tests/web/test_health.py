"""Health, readiness and counts: what a monitor learns, and what nobody else does."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from ideas.db import db
from ideas.domain import readiness
from tests import factories

if TYPE_CHECKING:
    from flask import Flask

    from tests.cast import Cast
    from tests.helpers.client import Client

TOKEN = "a-token-that-is-long-enough-for-nobody-to-guess"


def test_a_server_is_ready_when_all_that_it_needs_is_there(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "checks": {"database": "ok", "schema": "ok", "files": "ok"}}


def test_a_server_of_another_version_than_its_database_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "newest", lambda: "of-tomorrow")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["checks"] == {"database": "ok", "schema": "failed", "files": "ok"}


def test_a_database_that_was_never_migrated_is_not_ready(client: Client, app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.text("ALTER TABLE alembic_version RENAME TO put_aside"))
        db.session.commit()
    try:
        answer = client.get("/readyz")
    finally:
        with app.app_context():
            db.session.execute(sa.text("ALTER TABLE put_aside RENAME TO alembic_version"))
            db.session.commit()

    assert answer.status_code == 503
    assert answer.json["checks"]["schema"] == "failed"


def test_a_server_whose_files_have_no_place_is_not_ready(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = dataclasses.replace(app.config["SETTINGS"], files_folder=tmp_path / "gone" / "away")
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["checks"] == {"database": "ok", "schema": "ok", "files": "failed"}


def test_this_machine_reads_the_counts(client: Client, session: object, cast: Cast) -> None:
    factories.asked(cast)
    db.session.commit()

    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    assert 'headroom_waiting{queue="sign-offs"} 1.0' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"X-Real-IP": "127.0.0.1"}]
)
def test_what_a_proxy_passes_on_is_not_from_this_machine(client: Client, headers: dict[str, str]) -> None:
    assert client.get("/metrics", headers=headers).status_code == 404


def test_other_machines_learn_nothing_of_the_counts(client: Client) -> None:
    for address in ("192.0.2.7", "::ffff:192.0.2.7", "fe80::1%eth0", ""):
        assert client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 404


def test_with_a_token_its_holder_reads_the_counts_and_nobody_else(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = dataclasses.replace(app.config["SETTINGS"], metrics_token=TOKEN)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    far = {"REMOTE_ADDR": "192.0.2.7"}

    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, environ_base=far).status_code == 200
    for wrong in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": "é"}):
        assert client.get("/metrics", headers=wrong).status_code == 404
