"""The sign-off page: one page for five minutes, for the team, the leader who is asked, and everybody who reads."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from flask import render_template
from sqlalchemy.orm import joinedload, selectinload

from ideas import clock
from ideas.access import Action, may
from ideas.access.rules import sponsor_may_decide, sponsors_it
from ideas.domain import answers, asking, backings, cases, deciders, findings, people, rounds, sign_off
from ideas.domain.governance import governance
from ideas.models import Decision, Gate, Idea, Measure, SignOff, Sponsorship
from ideas.text import dates
from ideas.text.numbers import plural
from ideas.web.guard import me
from ideas.web.htmx import wants_fragment
from ideas.web.templating import dom_id

from .forms import AskForm, DecisionForm, SendOnForm, TakeBackForm, TakeOverForm, among

if TYPE_CHECKING:
    import datetime as dt

    from ideas.models import Check, Organisation
    from ideas.web.forms import Form

#: What the page reads, in a few statements however long the lists are.
LOADED = (
    joinedload(Idea.plan),
    selectinload(Idea.team_members),
    selectinload(Idea.screening),
    selectinload(Idea.steps),
    selectinload(Idea.checks),
    selectinload(Idea.all_attachments),
    selectinload(Idea.sponsorships).selectinload(Sponsorship.pledges),
    selectinload(Idea.measures).options(selectinload(Measure.readings), selectinload(Measure.rebases)),
    selectinload(Idea.felt_rounds),
    selectinload(Idea.sign_offs).joinedload(SignOff.case),
    selectinload(Idea.sign_offs).joinedload(SignOff.asked_organisation),
    selectinload(Idea.sign_offs).joinedload(SignOff.withdrawn_by),
    selectinload(Idea.sign_offs).selectinload(SignOff.decision).joinedload(Decision.case),
)


@dataclasses.dataclass(frozen=True)
class NamedCheck:
    """A check with the name that people know it by."""

    check: Check
    name: str
    #: it is open, and a yes made it a condition while the trial runs
    is_condition: bool


def chosen(idea: Idea, *, request: str, organisation: str) -> dict[str, Any]:
    """What the address names: one of the open requests, and another organisation to ask."""
    others = _others(idea) if organisation else []
    return {
        "request": next((each for each in idea.open_sign_offs if str(each.id) == request), None),
        "organisation": next((each for each in others if each.slug == organisation), None),
    }


def _others(idea: Idea) -> list[Organisation]:
    """The other organisations that this reader may ask beside its home."""
    if not idea.open_sign_off or not may(me(), Action.ASK_SIGN_OFF, idea):
        return []
    return deciders.could_be_asked(idea)


def of(idea: Idea, request: SignOff | None = None, organisation: Organisation | None = None) -> dict[str, Any]:
    """What the page shows to whoever reads it now: of several requests the one given, or the one that is theirs."""
    request = request or _theirs(idea)
    beside = rounds.beside(request) if request else []
    return {
        "idea": idea,
        "room": "sign-off",
        "has_sign_off": True,
        "request": request,
        "beside": beside,
        "closed": [each for each in idea.sign_offs if not each.is_open and each not in beside],
        "checks": _checks(idea, request),
        **(_counted(idea) if request and request.gate is Gate.ADOPT else {}),
        **(_asked(request) if request else _not_asked(idea)),
        **(_beside_home(idea, organisation) if request else {}),
    }


def _counted(idea: Idea) -> dict[str, Any]:
    """To adopt: what the readings say, beside what the team says came of it."""
    found = [findings.judged(measure) for measure in idea.measures]
    return {"found": found, "head": findings.headline(found), "mixed": findings.mixed(found)}


def _theirs(idea: Idea) -> SignOff | None:
    """Of the open requests the one that this reader may do most about; else the one that is due first."""
    for action in (Action.DECIDE, Action.TAKE_OVER):
        for each in idea.open_sign_offs:
            if may(me(), action, each):
                return each
    return idea.open_sign_off


def _beside_home(idea: Idea, organisation: Organisation | None) -> dict[str, Any]:
    """For the team: the other organisations that may have to agree too, and the form to ask the one that is chosen."""
    others = _others(idea)
    if organisation is None:
        return {"others": others, "other": None}
    leaders = deciders.could_decide(idea, organisation)
    return {
        "others": others,
        "other": organisation,
        "gate": asking.gate_of(idea),
        "leaders": leaders,
        "answering": deciders.answering(idea, organisation),
        "due_on": asking.due_if_asked_now(idea, organisation),
        "ask_form": ask_form(idea, organisation),
    }


def _checks(idea: Idea, request: SignOff | None) -> list[NamedCheck]:
    named = governance().checks
    to_settle = answers.still_open(request) if request and request.gate is Gate.TRY else []
    return [
        NamedCheck(check, named[check.kind].name, bool(check.condition_of_id) and check not in to_settle)
        for check in idea.checks_called_for
    ]


def _not_asked(idea: Idea) -> dict[str, Any]:
    """For the team: what is still missing, then the form to ask."""
    if not may(me(), Action.ASK_SIGN_OFF, idea) or not asking.can_be_asked_about(idea):
        return {"needs": None}
    leaders = deciders.could_decide(idea)
    return {
        "gate": asking.gate_of(idea),
        "needs": asking.needs_before_asking(idea),
        "leaders": leaders,
        "answering": deciders.answering(idea, idea.home_organisation) if idea.home_organisation else None,
        "lacks_partner": _lacks_partner(idea),
        "leads_home": bool(people.leaders(idea.home_organisation_id)) if idea.home_organisation_id else True,
        "due_on": asking.due_if_asked_now(idea) if leaders else None,
        "ask_form": ask_form(idea),
    }


def _lacks_partner(idea: Idea) -> bool:
    """Whether its home has one leader at most and names no partner, so that nobody stands in."""
    home = idea.home_organisation
    return home is not None and home.partner_id is None and len(people.leaders(home.id)) < deciders.ENOUGH


def ask_form(idea: Idea, organisation: Organisation | None = None) -> AskForm:
    """The form to ask one of those who may decide it, for its home or for another organisation."""
    asked = organisation or idea.home_organisation
    form = AskForm()
    form.organisation.data = str(organisation.id) if organisation else ""
    form.leader.choices = among(deciders.could_decide(idea, asked), deciders.answering(idea, asked) if asked else None)
    return form


def _asked(request: SignOff) -> dict[str, Any]:
    """For the leader: the case, and the form to answer it. For others: where it lies, and what they may do."""
    reader = me()
    is_mine = bool(may(reader, Action.DECIDE, request))
    return {
        "question": question(request),
        "place": request.idea.plan.place or request.idea.hurts_place,
        "changed": cases.differences(request.case.content, cases.content(request.idea, request.gate)),
        "is_mine": is_mine,
        "why_not": _why_not(request),
        "leader_may_answer": is_mine or sign_off.leader_may_answer(request),
        "decision_form": decision_form(request) if is_mine else None,
        "ends_hint": _ends_hint(request),
        "take_over_form": _take_over_form(request),
        "send_on_form": send_on_form(request) if may(reader, Action.SEND_ON, request) else None,
        "take_back_form": take_back_form(request) if may(reader, Action.TAKE_BACK, request) else None,
    }


def _why_not(request: SignOff) -> str:
    """Why a leader of that organisation, who would be asked otherwise, may not answer."""
    if not me().leads(request.organisation_id):
        return ""
    return may(me(), Action.TAKE_OVER, request).reason


def question(request: SignOff) -> str:
    """What the leader is asked, by name, in one sentence."""
    who, plan = request.leader.first_name, request.idea.plan
    if request.gate is Gate.ADOPT:
        return f"{who}, may this become the way {request.organisation.name} works?"
    begins = f" from {_day(plan.starts_on)}" if plan.starts_on and _begins_later(request.idea) else ""
    return f"{who}, may they try this{_length(request.idea)}{begins}?"


def _length(idea: Idea) -> str:
    starts_on, ends_on = idea.plan.starts_on, idea.plan.ends_on
    if not ends_on:
        return f" for {plural(asking.USUAL_TRIAL.days // 7, 'week')}"
    days = (ends_on - starts_on).days if starts_on else 0
    if days and days % 7 == 0:
        return f" for {plural(days // 7, 'week')}"
    return f" for {plural(days, 'day')}" if days else f" until {_day(ends_on)}"


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B}" if date.year == clock.today().year else dates.full(date)


def decision_form(request: SignOff) -> DecisionForm:
    """The form to answer with: an end date offered, and no answer chosen."""
    idea = request.idea
    version = cases.version(idea, request.gate)
    form = DecisionForm(
        request.gate,
        data={"version": version, "ends_on": asking.usual_end(idea)},
        may_back=sponsor_may_decide(request) and request.gate is Gate.TRY and not sponsors_it(me(), request),
        must_back=backings.is_asked(request),
    )
    named = governance().checks
    form.checks.choices = [(str(check.id), named[check.kind].name) for check in answers.still_open(request)]
    return form


def _ends_hint(request: SignOff) -> str:
    idea = request.idea
    end = asking.usual_end(idea)
    if end == idea.plan.ends_on:
        return f"The plan asks for {dates.full(end)}."
    starts_on = idea.plan.starts_on
    begins = f" from {_day(starts_on)}" if starts_on and _begins_later(idea) else " from today"
    return f"Eight weeks{begins} is {dates.full(end)}."


def _begins_later(idea: Idea) -> bool:
    return idea.plan.starts_on is not None and idea.plan.starts_on > clock.today()


def send_on_form(request: SignOff) -> SendOnForm | None:
    """The form to send it on, where there is somebody to send it to."""
    others = deciders.could_take(request)
    if not others:
        return None
    form = SendOnForm(ids=dom_id(request, "on"))
    form.leader.choices = among(others, request.organisation)
    return form


def take_back_form(request: SignOff) -> TakeBackForm:
    """The form to take it back."""
    return TakeBackForm(ids=dom_id(request, "back"))


def _take_over_form(request: SignOff) -> TakeOverForm | None:
    if request.leader_id == me().id or not may(me(), Action.TAKE_OVER, request):
        return None
    return TakeOverForm(ids=dom_id(request, "over"))


def again(
    part: str,
    idea: Idea,
    status: int,
    form: Form,
    request: SignOff | None = None,
    organisation: Organisation | None = None,
    **context: Any,
) -> tuple[str, int]:
    """The answer to a form that was refused: the page, or for htmx that part of it, with all that was typed."""
    shown = {**of(idea, request, organisation), f"{part}_form": form, "form": form, "refused": True, **context}
    return render_template(f"sign_off/_{part}.html" if wants_fragment() else "sign_off/show.html", **shown), status
