"""The page of one idea: what it shows, and the forms that it offers to whoever reads it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for

from ideas.access import Action, may
from ideas.domain import (
    circles,
    events,
    gates,
    homes,
    ideas,
    moves,
    people,
    plans,
    sponsors,
    teams,
    us_too,
    weekly_minutes,
    withdrawals,
)
from ideas.models import Outcome, Stage
from ideas.web import by_name
from ideas.web.due import due
from ideas.web.guard import me
from ideas.web.links import outside, put_right_at
from ideas.web.templating import day, dom_id
from ideas.web.watches import page as watches_page

from .hiding_forms import ShowAgainForm
from .home_forms import HomeAnswerForm, HomeForm, NominationForm
from .sponsor_form import SponsorAnswerForm
from .team_forms import AskForm, TakeOnForm, TeamAnswerForm, VersionForm
from .us_too_form import UsTooForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from ideas.domain.gates import Requirement
    from ideas.models import Idea
    from ideas.web.due import Due
    from ideas.web.forms import Form

_TOWARDS = {
    Stage.NEW: "to start planning",
    Stage.PLANNING: "to ask a leader",
    Stage.SIGN_OFF: "to start trying",
    Stage.TRYING: "to make it the way we work",
    Stage.STOPPED: "to start again",
}


@dataclasses.dataclass(frozen=True)
class Passed:
    """A stage of the journey: its name, when the idea came, and whether it is done, here, halted or to come."""

    words: str
    when: str
    state: str


@dataclasses.dataclass(frozen=True)
class Need:
    """Something that the next gate asks for: met, or with where it is put right and by when it is owed."""

    words: str
    hint: str
    is_met: bool
    href: str
    due: Due | None


def show(idea: Idea, **refused: Form) -> str:
    """The whole page. A form that was refused stands in place of the fresh one, and is summed up at the top."""
    ideas.read_page(idea)
    return render_template(
        "ideas/show.html",
        idea=idea,
        journey_so_far=journey(idea),
        needs=needs(idea),
        towards=_TOWARDS.get(idea.stage, ""),
        change=idea.change if ideas.change_is_known(idea) else "",
        decision=_decision(idea),
        home_ask=homes.owed(idea),
        history=events.latest(idea, reader=me()),
        form=next(iter(refused.values()), None),
        refused=bool(refused),
        stages=moves.offered(idea, by=me()),
        has_sign_off=bool(idea.sign_offs),
        end_form=ShowAgainForm(formdata=None),
        may_be_withdrawn=bool(may(me(), Action.WITHDRAW, idea)) and not withdrawals.obstacle(idea),
        **_us_too(idea, refused),
        **watches_page.of(idea),
        **_weeks(idea),
        **_answers(idea, refused),
        **_asks(idea, refused),
    )


def journey(idea: Idea) -> list[Passed]:
    """The five stages with the day on which the idea last came to each; of a stopped one those it came to, and that."""
    came = {entry.stage: entry.entered_at for entry in idea.stage_entries}
    order = [stage for stage in Stage if stage is not Stage.STOPPED]
    reached = len(order) if idea.stage is Stage.STOPPED else order.index(idea.stage)
    passed = [
        Passed(stage.words, day(came[stage]), "done")
        if n < reached and stage in came
        else Passed(stage.words, _since(idea, day(came[stage])), "here")
        if n == reached
        else Passed(stage.words, "", "")
        for n, stage in enumerate(order)
    ]
    if idea.stage is Stage.STOPPED:
        passed = [stage for stage in passed if stage.state == "done"]
        passed.append(Passed(Stage.STOPPED.words, day(came[Stage.STOPPED]), "halt"))
    return passed


def _since(idea: Idea, when: str) -> str:
    """When it came, and the day it is on, counted as on the card and on the desk."""
    trial = plans.trial_days(idea)
    days = trial[0] if trial else idea.days_in_stage
    return when if idea.stage is Stage.ADOPTED or not days else f"{when}, day\N{NO-BREAK SPACE}{days}"


def needs(idea: Idea) -> list[Need]:
    """What the next gate asks for: what is missing first, then what is there."""
    found = [
        Need(each.words, each.hint, each.is_met, put_right_at(idea, each), None if each.is_met else _due(idea, each))
        for each in gates.next_requirements(idea)
    ]
    return sorted(found, key=lambda need: need.is_met)


def _due(idea: Idea, requirement: Requirement) -> Due | None:
    """When what is missing is owed by somebody who was asked."""
    request = idea.open_sign_off
    if requirement.room is gates.Room.SIGN_OFF and request:
        return due(request.due_on, request.asked_at)
    if requirement.room is not gates.Room.CHECKS:
        return None
    check = next((check for check in idea.checks if requirement.anchor == dom_id(check)), None)
    return due(check.due_on) if check and check.due_on else None


def _decision(idea: Idea) -> Any:
    """The leader's words that matter now: what would make it a yes, or what a yes asks while it runs."""
    newest = plans.newest_answer(idea)
    says_when = {Outcome.NOT_YET: (Stage.PLANNING, Stage.TRYING), Outcome.APPROVE: (Stage.TRYING,)}
    return newest if newest and idea.stage in says_when.get(newest.outcome, ()) else None


def _weeks(idea: Idea) -> dict[str, Any]:
    """What the team said of its last weeks, and of this one while it is tried."""
    week = weekly_minutes.this_week(idea) if idea.stage is Stage.TRYING else None
    return {
        "weeks": weekly_minutes.told(idea),
        "week": week,
        "minute": weekly_minutes.of_week(idea, week) if week else None,
        "week_link": outside(url_for("minutes.edit", ref=idea.ref)),
    }


def _us_too(idea: Idea, refused: dict[str, Form]) -> dict[str, Any]:
    """Whom it affects too, what the reader said, and the form that says it."""
    mine = us_too.own(idea, me())
    is_offered = mine is None and not us_too.obstacle(idea) and may(me(), Action.US_TOO, idea)
    return {
        "reach": us_too.reach(idea),
        "mine": mine,
        "us_too_form": _or_fresh("us_too_form", refused, is_offered, lambda: UsTooForm.of(me(), formdata=None)),
    }


def _answers(idea: Idea, refused: dict[str, Form]) -> dict[str, Any]:
    """What the reader was asked, and has not answered."""
    backing = next((s for s in idea.sponsorships if s.person_id == me().id and s.is_asked), None)
    if backing and not may(me(), Action.ANSWER_SPONSORSHIP, backing):
        backing = None
    return {
        "places_asked": idea.asks_of_team(me()),
        "answer_form": TeamAnswerForm(formdata=None),
        "backing": backing,
        "backing_form": _or_fresh("backing_form", refused, backing, lambda: SponsorAnswerForm(formdata=None)),
    }


def _asks(idea: Idea, refused: dict[str, Form]) -> dict[str, Any]:
    """The forms for what the reader may ask for or take on; None where they may not."""
    hands_on = may(me(), Action.HAND_ON, idea)
    answers_for_home = homes.owed(idea) is not None and may(me(), Action.ANSWER_HOME, idea)
    offers: dict[str, tuple[Any, Callable[[], Form]]] = {
        # Whoever answers for its home says there that they carry it: one question, one yes.
        "take_form": (
            may(me(), Action.TAKE_ON, idea) and not answers_for_home,
            lambda: TakeOnForm(formdata=None),
        ),
        "owner_form": (hands_on or may(me(), Action.NAME_OWNER, idea), lambda: ask_to_own(formdata=None)),
        "team_form": (hands_on, lambda: ask_in(formdata=None)),
        "sponsor_form": (
            may(me(), Action.EDIT, idea) and not idea.is_draft,
            lambda: ask_to_sponsor(idea, formdata=None),
        ),
        "home_form": (
            may(me(), Action.HOST, idea),
            lambda: HomeForm.of(idea, me(), formdata=None, ids="host"),
        ),
        "answer_home_form": (
            answers_for_home,
            lambda: HomeAnswerForm.of(idea, me(), formdata=None, ids="asked"),
        ),
        "nomination_form": (
            may(me(), Action.NOMINATE, idea),
            lambda: NominationForm(formdata=None, ids="nominate"),
        ),
        "version_form": (True, lambda: VersionForm(formdata=None, version=idea.version)),
    }
    offered: dict[str, Any] = {name: _or_fresh(name, refused, *offer) for name, offer in offers.items()}
    _name_people(idea, offered["owner_form"], offered["team_form"])
    return offered


def _or_fresh(name: str, refused: dict[str, Form], is_offered: Any, fresh: Callable[[], Form]) -> Form | None:
    return refused.get(name) or (fresh() if is_offered else None)


def _name_people(idea: Idea, owner_form: AskForm | None, team_form: AskForm | None) -> None:
    """Whom the two forms offer: those around the idea, read once; everybody where the reader asks for somebody else."""
    if not (owner_form or team_form):
        return
    near, wanted = circles.around(idea), request.args.get("ask")
    for name, form in (("owner", owner_form), ("team", team_form)):
        if form:
            form.is_whole = name == wanted
            form.leaves_out = not (form.is_whole or near.is_everybody)
            among = people.everybody() if form.is_whole else near.people
            could = teams.could_own(idea, among, by=me()) if form is owner_form else teams.could_join(idea, among)
            form.person.choices = by_name.colleagues(could)


def ask_to_own(**kwargs: Any) -> AskForm:
    """The form that asks somebody to carry it; the page says whom it offers."""
    return AskForm(ids="carry", **kwargs)


def ask_in(**kwargs: Any) -> AskForm:
    """The form that asks somebody into the team; the page says whom it offers."""
    return AskForm(ids="join", **kwargs)


def ask_to_sponsor(idea: Idea, **kwargs: Any) -> AskForm:
    """The form that asks a leader to back it."""
    form = AskForm(ids="back", **kwargs)
    form.person.choices = by_name.by_place(sponsors.could_sponsor(idea))
    return form
