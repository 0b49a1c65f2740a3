"""Checks: who was asked, and what came of it. The team's word and the adviser's are kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, url_for

from ideas.access import Action
from ideas.domain import checks
from ideas.domain.errors import Stale
from ideas.models import Check, SaidBy
from ideas.web.acts import accepted
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on
from ideas.web.stale import too_late

from . import page
from .forms import CheckForm, chosen

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ideas.models import Person

bp = Blueprint("checks", __name__)


@bp.post("/checks/<int:id>")
@on(Check, Action.RECORD_CHECK)
def update(check: Check) -> Response | tuple[str, int]:
    """Record how far a check has come: the fields that were sent, and no others."""
    able = [*checks.could_be_asked(check.idea), *([check.asked_person] if check.asked_person else [])]
    form = CheckForm(ids=f"check-{check.id}").offer(able, check.asked_person)
    try:
        done = accepted(form, lambda: checks.record(check, by=me(), **_as_sent(form, check, able)))
    except Stale as error:
        return too_late("plans/show.html", form, error, lambda: _overtaken(check, form))
    if done is None:
        return refused("plans/show.html", form, **page.of(check.idea, check_forms={check.id: form}))
    to = url_for("plans.show", ref=check.idea.ref, _anchor=f"check-{check.id}")
    return go_on(to, said="The check is saved.", accepted=f"check-{check.id}")


def _as_sent(form: CheckForm, check: Check, able: list[Person]) -> dict[str, Any]:
    kept = {name: getattr(check, name) for name in ("state", "answer", "asked_whom", "due_on")}
    sent = {name: form[name].data for name in kept if form.was_sent(name)}
    if sent.get("state") is None:
        sent.pop("state", None)
    # Words for whom to ask, and no person sent with them, stand in place of the person.
    stays = None if "asked_whom" in sent else check.asked_person
    person = chosen(able, form.asked_person.data) if form.was_sent("asked_person") else stays
    voice = SaidBy(form.said_by.data) if form.said_by.data else None
    seen = form.seen.data if form.was_sent("seen") else None
    return kept | sent | {"asked_person": person, "said_by": voice, "seen": seen}


def _overtaken(check: Check, form: CheckForm) -> dict[str, Any]:
    form.seen.data = checks.seal(check)
    return page.of(check.idea, check_forms={check.id: form})
