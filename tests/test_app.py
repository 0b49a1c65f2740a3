"""The app as a whole: health, limits, cookies, proxies, static files."""

import json

import pytest
from flask import request

from ideas.app import create_app
from ideas.config import ROOT


def test_health_is_json_with_the_id_of_this_instance(client, database):
    answer = client.get("/healthz")
    kept = (database.data_dir / "instance-id").read_text()
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "instance": kept}


def test_a_body_that_is_too_long_is_refused(client):
    assert client.post("/sign-in", data={"email": "x" * 2_000_000}).status_code == 413


@pytest.fixture
def open_app(databases):
    """An app as an operator sets it up: `open_app(HEADROOM_BASE_URL="https://ideas.example")`."""
    return lambda **variables: create_app(databases("sqlite").fresh().settings(**variables))


def test_over_https_the_cookie_is_kept_for_this_host_alone(open_app):
    config = open_app(HEADROOM_BASE_URL="https://ideas.example").config
    assert config["SESSION_COOKIE_NAME"] == "__Host-headroom"
    assert config["SESSION_COOKIE_SECURE"] is True


def test_over_http_the_cookie_still_works(open_app):
    config = open_app().config
    assert config["SESSION_COOKIE_NAME"] == "headroom"
    assert config["SESSION_COOKIE_SECURE"] is False


def test_a_request_for_another_host_is_refused(open_app):
    client = open_app(HEADROOM_BASE_URL="https://ideas.example").test_client()
    assert client.get("/healthz", base_url="https://ideas.example").status_code == 200
    assert client.get("/healthz", base_url="http://127.0.0.1:8000").status_code == 200
    assert client.get("/healthz", base_url="https://evil.example").status_code == 400


@pytest.mark.parametrize(("hops", "believed"), [("0", "127.0.0.1"), ("1", "192.0.2.7")])
def test_only_as_many_proxies_are_believed_as_there_are(open_app, hops, believed):
    app = open_app(HEADROOM_TRUSTED_PROXIES=hops)
    seen = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.7"})
    assert seen == [believed]


def test_built_files_may_be_kept_for_good_and_are_what_they_say(client):
    manifest = json.loads((ROOT / "static/built/manifest.json").read_text())
    with client.get(f"/static/built/{manifest['htmx.js']}") as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
