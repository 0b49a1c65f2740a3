"""How a story begins: somebody says it, somebody carries it, and it gets its plan."""

from __future__ import annotations

import datetime as dt
import decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from ideas.domain import (
    authors,
    checks,
    hidings,
    home_answers,
    homes,
    ideas,
    moves,
    plans,
    screening,
    sponsors,
    steps,
    teams,
)
from ideas.domain.governance import governance
from ideas.models import Answer, Audience, CheckState, HowSure, PledgeKind, SaidBy, Stage, Unit

if TYPE_CHECKING:
    from ideas.models import Check

    from .diary import Page
    from .story import Asked, CheckTold, StepTold, Story
    from .told import Told


def write(told: Told, page: Page) -> None:
    """Write down all that happens until its plan stands."""
    story = told.story
    page.on(story.said, lambda: _say(told))
    if story.hosted:
        page.on(story.hosted["day"], lambda: _host(told))
    if story.not_ours:
        page.on(story.not_ours["day"], lambda: _not_ours(told))
    if hidden := story.hidden:
        page.on(hidden["day"], lambda: hidings.hide(told.idea, hidden["why"], by=told.person(hidden["by"])))
    if story.named:
        _name_owner(told, page)
    elif story.owner:
        taken = story.taken or story.planned or story.said - 1
        page.on(taken, lambda: teams.take_on(told.idea, by=told.carrier))
    _team(told, page)
    if story.planned is None:
        return
    page.on(
        story.planned,
        lambda: moves.move(told.idea, Stage.PLANNING, by=told.carrier, version=told.idea.version),
    )
    _plan(told, page)


def _say(told: Told) -> None:
    story = told.story
    hurts = told.organisation(story.hurts) or told.cast.organisation_of(story.author)
    said: dict[str, Any] = {
        "now": story.now,
        "change": story.change,
        "title": story.title,
        "by": told.author,
        "hurts_organisation": hurts,
        "hurts_place": story.place,
        "home": told.organisation(story.home) if not story.hosted else None,
        "audience": _audience(story),
        "is_illustrative": story.is_illustrative,
    }
    if story.for_colleague:
        told.idea = authors.say_for(told.person(story.for_colleague), **said)
    else:
        told.idea = ideas.say(**said)


def _audience(story: Story) -> Audience:
    if story.is_draft:
        return Audience.DRAFT
    return Audience.HERE_FIRST if story.is_here_first else Audience.OPEN


def _host(told: Told) -> None:
    hosted = told.story.hosted or {}
    home = told.cast.organisations[told.story.home]
    homes.host(told.idea, home, by=told.person(hosted["by"]), version=told.idea.version)


def _not_ours(told: Told) -> None:
    said = told.story.not_ours or {}
    home_answers.not_ours(told.idea, by=told.person(said["by"]), version=told.idea.version, reason=said["why"])


def _name_owner(told: Told, page: Page) -> None:
    """A leader of its home asks somebody to carry it; they say yes unless nothing is said of that."""
    named = told.story.named or {}
    asked, leader = told.person(named["who"]), told.person(named["by"])
    page.on(named["day"], lambda: teams.ask_to_own(told.idea, asked, by=leader))
    if "accepted" in named:
        page.on(named["accepted"], lambda: teams.accept(told.idea.asks_of_team(asked)[0], by=asked))


def _team(told: Told, page: Page) -> None:
    story = told.story
    begins = story.planned or story.taken or story.said - 1
    for place, key in enumerate([*story.team, *story.team_asked]):
        # Asked when the work begins; who still owes an answer was asked lately.
        day = begins - 0.5 - place if key in story.team else min(4.0, max(1.5, begins - 1)) + place / 10
        page.on(day, partial(_ask_in, told, key))
        if key in story.team:
            page.on(day - 0.8, partial(_join, told, key))


def _ask_in(told: Told, key: str) -> None:
    teams.ask_in(told.idea, told.person(key), by=told.carrier)


def _join(told: Told, key: str) -> None:
    person = told.person(key)
    teams.accept(told.idea.asks_of_team(person)[0], by=person)


def _plan(told: Told, page: Page) -> None:
    story = told.story
    begins, stood = story.planned or story.said, told.plan_stood

    def at(share: float) -> float:
        """The day on which this share of the planning was done."""
        return begins - (begins - stood) * share

    if story.plan:
        early = {"smallest_test", "harm_of_staying", "asked_whom", "place"}
        fields = _fields(told)
        first = {name: value for name, value in fields.items() if name in early}
        page.on(at(0.25), lambda: _revise(told, first))
        page.on(at(0.5), lambda: _revise(told, fields))
        if story.screened:
            page.on(at(0.55), lambda: _screen(told))
    for place, step in enumerate(story.steps):
        page.on(at(0.4 + place / 50), partial(_add_step, told, step))
        if step.done is not None:
            page.on(min(step.done, at(0.4 + place / 50)), partial(_tick, told, step))
    for check in story.checks:
        # No check is asked about before the questions are answered that call for it.
        asked_on = min(check.asked or at(0.6), at(0.56))
        page.on(asked_on, partial(_ask_about, told, check))
        if check.state:
            answered = min(check.answered or at(0.85), asked_on - 0.1)
            page.on(answered, partial(_answer_check, told, check))
    for place, asked in enumerate(story.sponsors):
        _sponsor(told, page, asked, asked.day or at(0.5 + place / 20), at(0.8 + place / 20))


def _fields(told: Told) -> dict[str, Any]:
    """The plan's fields: the file's smallest test with the team's own words after it, and the rest."""
    fields: dict[str, Any] = dict(told.story.plan)
    more = fields.pop("test", "")
    fields["smallest_test"] = f"{told.story.smallest_test} {more}".strip()
    for name in ("harm_how_sure", "risk_how_sure"):
        if name in fields:
            fields[name] = HowSure(fields[name])
    if told.story.rounds:
        fields["starts_on"], fields["ends_on"] = _from_when_to_when(told)
    return fields


def _from_when_to_when(told: Told) -> tuple[dt.date, dt.date]:
    """From a Monday two weeks after asking, for as long as they mean to try."""
    first = told.story.rounds[0]
    starts = told.today - dt.timedelta(days=int(told.asked_days_ago(first)) - 14)
    starts += dt.timedelta(days=-starts.weekday() % 7)
    if first.ends is not None:
        return starts, told.today + dt.timedelta(days=first.ends)
    return starts, starts + dt.timedelta(weeks=first.weeks, days=-3)


def _revise(told: Told, fields: dict[str, Any]) -> None:
    plans.revise(told.idea, fields, by=told.carrier, version=told.idea.version)


def _screen(told: Told) -> None:
    story = told.story
    answers = screening.none_of_these()
    behind = {question.key: question.behind for question in governance().questions}
    for key in (*story.yes, *story.unsure):
        if key not in behind:
            raise ValueError(f"idea {story.number}: there is no question {key}")
        answers[key] = Answer.YES if key in story.yes else Answer.NOT_SURE
    opened = [key for key, value in answers.items() if value is not Answer.NO]
    for key, main in behind.items():
        if main in opened:
            answers.setdefault(key, Answer.NO)
    screening.answer(told.idea, answers, by=told.carrier, version=told.idea.version)


def _check(told: Told, kind: str) -> Check:
    return next(check for check in told.idea.checks if check.kind == kind)


def _ask_about(told: Told, asked: CheckTold) -> None:
    check = _check(told, asked.kind)
    checks.record(check, check.state, by=told.carrier, **_whom(told, asked))


def _whom(told: Told, asked: CheckTold) -> dict[str, Any]:
    return {
        "asked_whom": asked.whom,
        "asked_person": told.person(asked.person) if asked.person else None,
        "due_on": told.today + dt.timedelta(days=asked.due) if asked.due is not None else None,
    }


def _answer_check(told: Told, asked: CheckTold) -> None:
    check, state = _check(told, asked.kind), CheckState(asked.state)
    if asked.adviser:
        checks.record(check, state, by=told.person(asked.person), answer=asked.said)
    else:
        checks.record(check, state, by=told.carrier, answer=asked.said, said_by=SaidBy.TEAM, **_whom(told, asked))


def _add_step(told: Told, step: StepTold) -> None:
    due_on = told.today + dt.timedelta(days=step.due)
    steps.add(told.idea, step.title, by=told.carrier, owner=told.person(step.owner), due_on=due_on)


def _tick(told: Told, step: StepTold) -> None:
    row = next(row for row in told.idea.steps if row.title == step.title)
    steps.tick(row, by=told.person(step.owner))


def _sponsor(told: Told, page: Page, asked: Asked, day: float, answered: float) -> None:
    leader = told.person(asked.who)
    page.on(day, lambda: sponsors.ask(told.idea, leader, by=told.carrier))
    if asked.pledge:
        page.on(min(answered, day - 0.1), lambda: _pledge(told, asked))
    elif asked.declined:
        page.on(min(answered, day - 0.1), lambda: _decline(told, asked))


def _pledge(told: Told, asked: Asked) -> None:
    sponsorship = next(s for s in told.idea.sponsorships if s.person is told.person(asked.who))
    sponsors.accept(
        sponsorship,
        by=told.person(asked.who),
        kind=PledgeKind(asked.pledge),
        amount=decimal.Decimal(asked.amount) if asked.amount else None,
        unit=Unit(asked.unit) if asked.unit else None,
        note=asked.note,
    )


def _decline(told: Told, asked: Asked) -> None:
    sponsorship = next(s for s in told.idea.sponsorships if s.person is told.person(asked.who))
    sponsors.decline(sponsorship, by=told.person(asked.who), reason=asked.declined)
