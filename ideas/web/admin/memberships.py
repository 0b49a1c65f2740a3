"""One membership: the job, and what else somebody is there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import administration
from ideas.models import Membership, Role
from ideas.web.acts import accepted, once
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from .forms import JobForm, RoleForm

bp = Blueprint("memberships", __name__)


@bp.get("/memberships/<int:id>")
@on(Membership, Action.ADMINISTER)
def edit(membership: Membership) -> str:
    """What they are here, and what can be changed about it."""
    return _page(membership)


@bp.post("/memberships/<int:id>")
@on(Membership, Action.ADMINISTER)
def update(membership: Membership) -> Any:
    """Put their job right."""
    form = JobForm()
    if accepted(form, lambda: administration.change_job(membership, form.job.data, by=me())) is None:
        return _page(membership, refused=form, job_form=form), 422
    return go_on(url_for("memberships.edit", id=membership.id), said=f"Their job is {membership.job} now")


@bp.post("/memberships/<int:id>/roles")
@on(Membership, Action.ADMINISTER)
@once
def create(membership: Membership) -> Any:
    """Make them something else here too."""
    form = RoleForm.of(membership)
    given = accepted(form, lambda: administration.give_role(membership, Role(form.role.data), by=me()))
    if given is None:
        return _page(membership, refused=form, role_form=form), 422
    to = url_for("admin_people.index", slug=membership.organisation.slug)
    return go_on(to, said=f"{membership.person.name} is {given.role.words} now")


def _page(membership: Membership, **forms: Any) -> str:
    return render_template(
        "admin/membership.html",
        membership=membership,
        form=forms.get("refused"),
        refused="refused" in forms,
        job_form=forms.get("job_form") or JobForm(formdata=None, job=membership.job),
        role_form=forms.get("role_form") or RoleForm.of(membership, formdata=None),
    )
