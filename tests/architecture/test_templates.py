"""Templates parse, use what they import, and are used."""

import pytest

from . import templates

ALL = templates.sources()


@pytest.mark.parametrize("name", ALL)
def test_a_template_parses_and_uses_what_it_imports(name):
    assert not templates.unused_imports(ALL[name])


def test_every_template_is_used():
    assert not templates.unused(ALL)


def test_every_id_that_is_swapped_is_somewhere_to_be_swapped():
    assert not templates.lost_swap_ids(ALL)


def test_an_unused_import_is_found():
    text = '{% from "fields.html" import field, choice %}{{ field() }}'
    assert templates.unused_imports(text) == ["choice"]


def test_a_template_that_nobody_uses_is_found():
    assert templates.unused({"board/_forgotten.html": "<p>"}) == ["board/_forgotten.html"]


def test_a_swap_without_a_target_is_found():
    card = """<li id="{{ dom_id(idea, 'card') }}">"""
    moved = """<li id="{{ dom_id(moved, 'card') }}"><p id="count"><i hx-swap-oob="outerHTML:#gone">"""
    pages = {"board/_card.html": card, "board/moved.swaps.html": moved}
    assert templates.lost_swap_ids(pages) == ["board/moved.swaps.html: count", "board/moved.swaps.html: gone"]
