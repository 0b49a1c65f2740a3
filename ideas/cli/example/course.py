"""How a story goes on: a leader is asked, it is tried and measured, and it is kept or stopped."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ideas import clock
from ideas.domain import cases, hand_overs, ideas, measures, moves, sign_off
from ideas.domain.backings import Backing
from ideas.domain.readings import enter
from ideas.models import Direction, Gate, MeasureKind, Outcome, PledgeKind, Stage

from . import diary, readings, weeks

if TYPE_CHECKING:
    from .diary import Page
    from .story import Numbers, Round
    from .told import Told

_DIRECTIONS = {"decrease": Direction.LOWER, "increase": Direction.HIGHER}


def write(told: Told, page: Page) -> None:
    """Write down all that happens from the first ask on."""
    story = told.story
    for round_ in story.rounds:
        _round(told, page, round_)
    _evidence(told, page)
    weeks.write(told, page)
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


def _evidence(told: Told, page: Page) -> None:
    """The measure, counted before and since; for some, a second one that could have become worse."""
    story = told.story
    if story.measure is None:
        return
    measured = story.measured
    _count(
        told,
        page,
        story.measure,
        name=story.measure.name or _sentence(measured["measure"]),
        unit=story.measure.unit or measured["unit"],
        direction=_DIRECTIONS[measured["improvement_direction"]],
        start=measured["value"] if story.measure.start is None else story.measure.start,
    )
    if balance := story.balance:
        _count(
            told,
            page,
            balance,
            name=balance.name,
            unit=balance.unit,
            direction=_DIRECTIONS[balance.direction],
            start=balance.start or 0,
            kind=MeasureKind.BALANCING,
        )


def _count(
    told: Told,
    page: Page,
    numbers: Numbers,
    *,
    name: str,
    unit: str,
    direction: Direction,
    start: float,
    kind: MeasureKind = MeasureKind.OUTCOME,
) -> None:
    story, seed = told.story, told.story.number * 10 + len(name)
    started = _started(told)
    stood = told.plan_stood
    day = stood + 1 if story.planned is None or stood + 1 < story.planned else stood + 0.2
    page.on(
        day,
        lambda: told.measures.__setitem__(
            name,
            measures.add(
                told.idea,
                name=name,
                unit=unit,
                direction=direction,
                kind=kind,
                by=told.carrier,
                # Readings are made up, whatever the number was that they begin with.
                is_illustrative=bool(numbers.before or numbers.after) or bool(story.measured.get("illustrative")),
            ),
        ),
    )
    shape: dict[str, Any] = {"spread": numbers.spread, "decimals": numbers.decimals}
    before = readings.around(start, numbers.before, **shape, seed=seed)
    for place, value in enumerate(before):
        ago = int(day) + 1 + numbers.every * (len(before) - 1 - place)
        _enter(told, page, name, unit, value, taken=ago, entered=day - 0.001 * (place + 1))
    if started is None:
        return
    after = readings.towards(start, numbers.end, numbers.after, **shape, seed=seed + 1)
    for place, value in enumerate(after):
        ago = int(started) - numbers.every * (place + 1)
        if ago >= 1 and (story.stop is None or ago > story.stop.day):
            _enter(told, page, name, unit, value, taken=ago, entered=ago)


def _started(told: Told) -> float | None:
    """How many days ago a leader of its home said yes to trying it."""
    for round_ in told.story.rounds:
        if round_.outcome == "approve" and not round_.organisation:
            return round_.answered
    return None


def _enter(told: Told, page: Page, name: str, unit: str, value: float, *, taken: int, entered: float) -> None:
    # Counted on a working day, as it is entered on one; never on a day that is still to come then.
    taken_on = diary.worked(told.today, taken)
    if unit == "%":
        value = min(value, 100.0)
    if taken == entered and weeks.give(told, taken, name, value):
        return
    page.on(
        entered,
        lambda: enter(told.measures[name], taken_on=taken_on, value=value, by=told.carrier),
    )


def _state_result(told: Told) -> None:
    """What the team says of itself, then what is known of it elsewhere."""
    story = told.story
    text = f"{story.result}\n\nReported elsewhere: {story.outcome}" if story.outcome else story.result
    measures.state_result(told.idea, text, by=told.carrier, version=told.idea.version)


def _rename(told: Told) -> None:
    idea = told.idea
    ideas.edit(idea, now=idea.now, change=idea.change, title=told.story.renamed, by=told.carrier, version=idea.version)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
