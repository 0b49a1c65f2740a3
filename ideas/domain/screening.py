"""Screening: the answers to the questions, and the checks that they call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ideas import clock
from ideas.access import Action, demand
from ideas.db import db
from ideas.models import Answer, Check, CheckState, ScreeningAnswer, Stage

from . import events, versions
from .errors import Invalid, Refused
from .governance import governance

if TYPE_CHECKING:
    from ideas.models import Idea, Person


def none_of_these() -> dict[str, Answer]:
    """No to all five, in one tap."""
    return {question.key: Answer.NO for question in governance().main}


def answer(idea: Idea, answers: dict[str, Answer], *, by: Person, version: int) -> list[Check]:
    """Answer the screening questions: all five, and fuller ones where their main one is a yes or not sure.

    Returns the checks that the answers call for. Raises Denied, Stale, Invalid (one of the five is missing)
    or Refused (it is being tried: what was approved is what is tried).
    """
    versions.hold_at(idea, version)
    demand(by, Action.EDIT, idea)
    for question in governance().main:
        if question.key not in answers:
            raise Invalid(question.key, "Choose yes, no or not sure.")
    kept = _that_count(answers)
    before = {row.question: row.answer for row in idea.screening}
    if kept == before:
        return idea.checks_called_for
    if idea.stage is Stage.TRYING:
        raise Refused("What was approved is what is tried. To answer anew, move it back to Planning and ask again.")
    _call_for(idea, kept)
    _keep(idea, kept, by=by)
    yes = sum(value is Answer.YES for value in kept.values())
    unsure = sum(value is Answer.NOT_SURE for value in kept.values())
    summary = f"{yes} yes, {unsure} not sure" if yes or unsure else "none of these"
    events.record(events.Kind.SCREENING_ANSWERED, idea, by=by, summary=summary)
    versions.step_on(idea)
    return idea.checks_called_for


def _that_count(answers: dict[str, Answer]) -> dict[str, Answer]:
    """The answers less those to fuller questions whose main one is now a no."""
    questions = {question.key: question for question in governance().questions}
    return {
        key: value
        for key, value in answers.items()
        if key in questions and (not questions[key].behind or answers[questions[key].behind] is not Answer.NO)
    }


def _call_for(idea: Idea, answers: dict[str, Answer]) -> None:
    """Make, bring back or let rest the checks, so that they are those that the answers call for."""
    called: dict[str, set[Answer]] = {}
    for question in governance().questions:
        value = answers.get(question.key, Answer.NO)
        if value is not Answer.NO:
            for kind in question.calls:
                called.setdefault(kind, set()).add(value)
    present = {check.kind: check for check in idea.checks}
    for kind, check in present.items():
        check.is_called_for = kind in called
    for kind, values in called.items():
        if kind not in present:
            state = CheckState.OPEN if Answer.YES in values else CheckState.TALKING
            idea.checks.append(Check(kind=kind, state=state))


def _keep(idea: Idea, answers: dict[str, Answer], *, by: Person) -> None:
    rows = {row.question: row for row in idea.screening}
    for key, row in rows.items():
        if key not in answers:
            idea.screening.remove(row)
            db.session.delete(row)
    for key, value in answers.items():
        if key not in rows:
            rows[key] = ScreeningAnswer(question=key)
            idea.screening.append(rows[key])
        row = rows[key]
        if row.answer is not value:
            row.answer, row.answered_by_id, row.answered_at = value, by.id, clock.now()
