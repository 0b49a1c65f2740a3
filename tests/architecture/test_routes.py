"""Every route is guarded, and reads like the others."""

import re

import pytest
from flask import Flask

from ideas.app import create_app
from ideas.config import Settings

KEBAB_CASE = re.compile(r"(/|(/([a-z0-9]+(-[a-z0-9]+)*|<[a-z_]+:[a-z_]+>))+)")
#: Flask's own route, for files that anybody may have.
STATIC = {"static"}


@pytest.fixture(scope="module")
def whole_app(tmp_path_factory):
    return create_app(Settings.from_environment({"HEADROOM_DATA_DIR": str(tmp_path_factory.mktemp("data"))}))


def test_every_route_has_a_guard(whole_app):
    assert not unguarded(whole_app), (
        "say who may come here: put @on(Thing, Action.X), @signed_in or @anyone of ideas.web.guard "
        "below the route of " + ", ".join(unguarded(whole_app))
    )


def test_addresses_are_kebab_case_and_their_parts_are_typed(whole_app):
    assert not ill_named(whole_app), f"write <int:id> or <ref:ref>, and words-like-these: {ill_named(whole_app)}"


def test_a_route_without_a_guard_or_with_an_odd_name_is_found():
    app = Flask(__name__)
    app.add_url_rule("/Odd_name/<id>", "odd", lambda id: "")
    assert unguarded(app) == ["odd"]
    assert ill_named(app) == ["/Odd_name/<id>"]


def unguarded(app):
    return [name for name, view in app.view_functions.items() if name not in STATIC and not hasattr(view, "guard")]


def ill_named(app):
    return [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in STATIC and not KEBAB_CASE.fullmatch(rule.rule)
    ]
