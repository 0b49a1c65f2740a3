"""The documents say what the code does."""

import collections
import re

import pytest

from ideas import config
from ideas.access import Action
from ideas.config import ROOT

from . import reference
from .readme import README, rewritten


def test_the_readme_shows_the_settings_as_they_are():
    text = README.read_text()
    assert config.table() in text
    assert rewritten(text) == text, "run: make docs"


def test_the_reference_shows_commands_events_rights_and_sweeps_as_they_are():
    assert reference.FILE.read_text() == reference.written(), "run: make docs"


def test_every_action_says_in_a_line_what_it_allows():
    assert [action for action, _ in reference.acts()] == list(Action)


@pytest.mark.parametrize("command", ["run", "serve", "test", "reliability", "check", "fix", "lock", "docs"])
def test_what_make_can_do_is_in_the_contributors_guide_or_the_readme(command):
    assert f"make {command}" in README.read_text() + (ROOT / "CONTRIBUTING.md").read_text()


def test_no_two_decisions_have_the_same_number():
    numbers = collections.Counter(file.name[:4] for file in (ROOT / "docs/adr").glob("*.md"))
    assert numbers
    assert all(number.isdecimal() and times == 1 for number, times in numbers.items()), numbers


def test_links_between_documents_lead_somewhere():
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text()):
            assert (file.parent / link).exists(), f"{file.name}: {link}"
