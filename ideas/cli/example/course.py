"""How a story goes on: a leader is asked, it is tried and measured, and it is kept or stopped."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ideas import clock
from ideas.domain import cases, hand_overs, ideas, measures, moves, sign_off
from ideas.domain.backings import Backing
from ideas.models import Gate, Outcome, PledgeKind, Stage, VerdictKind

from . import counted, cycles, weeks

if TYPE_CHECKING:
    from .diary import Page
    from .story import Round
    from .told import Told


def write(told: Told, page: Page) -> None:
    """Write down all that happens from the first ask on."""
    story = told.story
    for round_ in story.rounds:
        _round(told, page, round_)
    counted.write(told, page)
    weeks.write(told, page)
    cycles.write(told, page)
    if story.result:
        # A leader is asked to make it the way we work when the team has said what came of it.
        asked = [told.asked_days_ago(round_) for round_ in story.rounds[1:2]]
        page.on(max([story.result_day or 2, *(day + 0.5 for day in asked)]), lambda: _state_result(told))
    if story.stop:
        stop = story.stop
        by = told.person(stop.by) if stop.by else told.carrier
        page.on(
            stop.day,
            lambda: moves.move(told.idea, Stage.STOPPED, by=by, version=told.idea.version, lesson=stop.lesson),
        )
        if story.renamed:
            page.on(stop.day - 0.01, lambda: _rename(told))
    if story.reopened:
        page.on(
            story.reopened,
            lambda: moves.move(told.idea, Stage.PLANNING, by=told.carrier, version=told.idea.version),
        )


def _round(told: Told, page: Page, round_: Round) -> None:
    """One request: asked, perhaps moved on or taken back, answered or still open."""
    day = told.asked_days_ago(round_)
    page.on(day, lambda: _ask(told, round_))
    if sent := round_.sent_on:
        page.on(
            sent["day"],
            lambda: sign_off.send_on(
                told.requests[round_.organisation],
                told.person(sent["to"]),
                by=told.person(sent["by"]),
                reason=sent["why"],
            ),
        )
    if over := round_.taken_over:
        page.on(over["day"], lambda: sign_off.take_over(told.requests[round_.organisation], by=told.person(over["by"])))
    if back := round_.taken_back:
        page.on(
            back["day"],
            lambda: sign_off.take_back(
                told.requests[round_.organisation], by=told.person(back["by"]), reason=back["why"]
            ),
        )
    if round_.outcome:
        page.on(round_.answered or day - 7, lambda: _answer(told, round_))
    elif (round_.due or 0) < 0 and not round_.taken_back:
        # What the worker does on the day after.
        page.on(1, lambda: hand_overs.hand_over(told.requests[round_.organisation]))


def _ask(told: Told, round_: Round) -> None:
    told.requests[round_.organisation] = sign_off.ask(
        told.idea,
        told.person(round_.leader),
        by=told.carrier,
        organisation=told.organisation(round_.organisation),
    )


def _answer(told: Told, round_: Round) -> None:
    """The leader whom it is before answers."""
    request, outcome = told.requests[round_.organisation], Outcome(round_.outcome)
    keeps_trying = (request.gate, outcome) in {(Gate.TRY, Outcome.APPROVE), (Gate.ADOPT, Outcome.NOT_YET)}
    sign_off.decide(
        request,
        outcome,
        by=request.leader,
        version=cases.version(told.idea, request.gate),
        has_no_interest=True,
        ends_on=_ends_on(told, round_) if keeps_trying else None,
        condition_while=round_.condition,
        checks=[check.id for check in told.idea.checks if check.kind in round_.checks],
        would_change=round_.would_change,
        reason=round_.reason,
        smaller_yes=round_.smaller_yes,
        backing=_backing(round_),
    )


def _backing(round_: Round) -> Backing | None:
    if round_.backing is None:
        return None
    return Backing(PledgeKind(round_.backing["kind"]), note=round_.backing["note"])


def _ends_on(told: Told, round_: Round) -> dt.date:
    if round_.ends is not None:
        return told.today + dt.timedelta(days=round_.ends)
    return clock.today() + dt.timedelta(weeks=round_.weeks)


def _state_result(told: Told) -> None:
    """What the team says of itself, then what is known of it elsewhere."""
    story = told.story
    text = f"{story.result}\n\nReported elsewhere: {story.outcome}" if story.outcome else story.result
    stated = VerdictKind(story.stated)
    measures.state_result(told.idea, text, stated_as=stated, by=told.carrier, version=told.idea.version)


def _rename(told: Told) -> None:
    idea = told.idea
    ideas.edit(idea, now=idea.now, change=idea.change, title=told.story.renamed, by=told.carrier, version=idea.version)
