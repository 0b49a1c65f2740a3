"""Removals: a file taken off the plan, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, url_for

from ideas.access import Action
from ideas.domain import attachments
from ideas.models import Attachment
from ideas.web.forms import Form
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = Blueprint("file_removals", __name__)


@bp.get("/files/<int:id>/removal")
@on(Attachment, Action.EDIT)
def new(attachment: Attachment) -> str:
    """Ask before a file goes."""
    stays = attachments.is_evidence(attachment)
    return render_template("plans/removal.html", form=Form(), attachment=attachment, idea=attachment.idea, stays=stays)


@bp.post("/files/<int:id>/removal")
@on(Attachment, Action.EDIT)
def create(attachment: Attachment) -> Response:
    """Take a file off the plan."""
    to = url_for("plans.show", ref=attachment.idea.ref, _anchor="files")
    attachments.remove(attachment, by=me())
    return go_on(to, said="The file is off the plan.")
