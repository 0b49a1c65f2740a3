"""The governance data: whole, and in words that somebody reads between two tasks."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from ideas.domain.governance import governance
from ideas.web.forms import Form

DATA = governance()
TEXTS = [text for question in DATA.questions for text in (question.words, question.hint) if text] + [
    text for check in DATA.checks.values() for text in (check.name, check.asks, check.what_for)
]
#: Names by which the people who are asked know these things.
KNOWN = {"NHS", "HR", "CQC", "DPIA", "DCB", "DTAC"}


def test_there_are_five_main_questions_in_their_order() -> None:
    assert [question.key for question in DATA.main] == ["facts", "care", "money", "people", "size"]


def test_every_call_names_a_check_and_every_check_is_called() -> None:
    called = {kind for question in DATA.questions for kind in question.calls}
    assert called == set(DATA.checks)


def test_every_fuller_question_stands_behind_a_main_one_and_calls_for_something() -> None:
    main = {question.key for question in DATA.main}
    fuller = [question for question in DATA.questions if question.behind]
    assert fuller
    assert all(question.behind in main and question.calls for question in fuller)


def test_keys_are_unique_short_and_no_names_of_a_form() -> None:
    keys = [question.key for question in DATA.questions]
    taken = {"csrf_token", "version", "key", "none_of_these", *dir(Form)}
    assert len(keys) == len(set(keys))
    assert not taken & set(keys)
    assert all(len(key) <= 40 and re.fullmatch(r"[a-z_]+", key) for key in [*keys, *DATA.checks])


@pytest.mark.parametrize("key", DATA.checks)
def test_a_check_says_what_for_whom_to_ask_and_where_that_was_read(key: str) -> None:
    check = DATA.checks[key]
    assert all((check.name, check.asks, check.what_for, check.source))


def test_the_guidance_has_the_day_on_which_it_was_read() -> None:
    assert dt.date(2026, 1, 1) <= DATA.as_of <= dt.date(2026, 12, 31)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_plain(text: str) -> None:
    sentences = [sentence.split() for sentence in re.split(r"[.?!;:]\s*", text) if sentence]
    words = [word for sentence in sentences for word in sentence]
    assert max(len(sentence) for sentence in sentences) <= 25
    assert sum(len(re.sub(r"\W", "", word)) for word in words) / len(words) <= 7.5 or len(words) < 5
    assert not re.search(r"n['’]t\b|\bplease\b|\bshould\b|\bpatient safety incident\b", text, re.IGNORECASE)
    assert set(re.findall(r"\b[A-Z]{2,}", text)) <= KNOWN
