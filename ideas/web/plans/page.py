"""What the plan's page holds: the plan, its steps by when they are due, questions and checks, and their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ideas.access import Action, may
from ideas.adapters.files.kinds import ACCEPT
from ideas.domain import checks, forecasts, plans, steps
from ideas.domain.governance import governance
from ideas.models import Stage
from ideas.text import dates
from ideas.web.guard import me
from ideas.web.templating import long_day, number_word

from .forms import AttachmentForm, CheckForm, PlanForm, ScreeningForm, StepForm

if TYPE_CHECKING:
    from ideas.models import Check, Idea, Person


_UNOWNED = "New. A plan can wait until somebody carries it."


def of(idea: Idea, **forms: Any) -> dict[str, Any]:
    """The page of this idea's plan. A form in `forms` stands in place of a fresh one, with what was typed."""
    answers = {row.question: row for row in idea.screening}
    return {
        **of_steps(idea, **forms),
        "has_sign_off": bool(idea.sign_offs),
        "plan_form": forms.get("plan_form") or PlanForm(None, obj=idea.plan, version=idea.version),
        "screening_form": forms.get("screening_form") or _screening_form(idea),
        "check_forms": _check_forms(idea) | forms.get("check_forms", {}),
        "attachment_form": forms.get("attachment_form") or AttachmentForm(None, ids="new-file"),
        "accept": ACCEPT,
        "open_forms": {name for name in ("plan_form", "screening_form") if name in forms},
        "guidance": governance(),
        "read_on": dates.full(governance().as_of),
        "answers": answers,
        "is_answered": all(question.key in answers for question in governance().main),
        "called_for": idea.checks_called_for,
        "resting": checks.resting(idea),
        "newest": plans.newest_answer(idea),
        "approval": plans.approval(idea),
        "conditions": plans.conditions(idea),
        "locked": plans.APPROVED if idea.stage is Stage.TRYING else (),
        "forecast": forecasts.forecast(idea),
        "is_tried": idea.stage is Stage.TRYING,
        "is_complete": plans.says_what_is_needed(idea.plan),
        "theirs": {},
    }


def of_steps(idea: Idea, **forms: Any) -> dict[str, Any]:
    """The part of it that changes with a step."""
    by_when = steps.by_when(idea)
    may_edit = may(me(), Action.EDIT, idea)
    fresh = StepForm(None, ids="new-step").offer(steps.could_own(idea)) if may_edit else None
    return {
        "idea": idea,
        "steps": by_when,
        "stands": where_it_stands(idea),
        "pace": pace(by_when),
        "step_form": forms.get("step_form") or fresh,
        "open_step_form": "step_form" in forms or not by_when.total,
    }


def _screening_form(idea: Idea) -> ScreeningForm:
    return ScreeningForm(
        None, ids="question", version=idea.version, **{row.question: row.answer for row in idea.screening}
    )


def _check_forms(idea: Idea) -> dict[int, CheckForm]:
    """A form for each check that this person may record."""
    able = checks.could_be_asked(idea) if may(me(), Action.EDIT, idea) else []
    mine = [check for check in idea.checks_called_for if may(me(), Action.RECORD_CHECK, check)]
    return {check.id: _check_form(check, able) for check in mine}


def _check_form(check: Check, able: list[Person]) -> CheckForm:
    form = CheckForm(None, ids=f"check-{check.id}", obj=check, seen=checks.seal(check))
    form.asked_person.data = check.asked_person_id
    return form.offer(able, check.asked_person)


def where_it_stands(idea: Idea) -> str:
    """One sentence: where the idea stands, until when."""
    match idea.stage:
        case Stage.TRYING if plans.time_is_up(idea):
            return f"Its time was up on {long_day(idea.trial_ends_on)}."
        case Stage.TRYING if days := plans.trial_days(idea):
            return f"Trying until {long_day(idea.trial_ends_on)}, day {days[0]} of {days[1]}."
        case Stage.SIGN_OFF if request := idea.open_sign_off:
            who = request.leader.short_name
            if request.is_overdue:
                return f"Before {who} for an answer, which was due on {long_day(request.due_on)}."
            return f"Before {who} for an answer by {long_day(request.due_on)}."
        case Stage.ADOPTED:
            return f"The way we work since {long_day(idea.stage_since)}."
        case Stage.STOPPED:
            return f"Stopped on {long_day(idea.stage_since)}, with what was learned."
        case Stage.NEW:
            return "New. A plan can wait until planning starts." if idea.owner_id else _UNOWNED
        case _:
            return f"In Planning since {long_day(idea.stage_since)}."


def pace(by_when: steps.ByWhen) -> str:
    """One sentence: whether the steps are in time."""
    late, soon = len(by_when.late), len(by_when.this_week)
    if not by_when.total:
        return "No steps yet."
    if len(by_when.done) == by_when.total:
        return "Every step is done."
    if late:
        told = f"{number_word(late).capitalize()} late {'step' if late == 1 else 'steps'}"
        return f"{told}, {number_word(soon)} this week." if soon else f"{told}."
    if soon:
        return f"{number_word(soon).capitalize()} {'step' if soon == 1 else 'steps'} this week. None is late."
    return "No step is late."
