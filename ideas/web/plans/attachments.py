"""A file: added to the plan, and sent to who may read the idea, always to be saved and never to be shown as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, abort, current_app, url_for

from ideas.access import Action
from ideas.domain import attachments, plans
from ideas.domain.errors import Refused
from ideas.models import Attachment, Idea
from ideas.web import transaction
from ideas.web.acts import accepted, once
from ideas.web.bodies import takes_a_file
from ideas.web.downloads import download
from ideas.web.forms import refused
from ideas.web.guard import me, on
from ideas.web.htmx import go_on

from . import page
from .forms import AttachmentForm

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Response

bp = Blueprint("attachments", __name__)


@bp.post("/ideas/<ref:ref>/files")
@takes_a_file
@on(Idea, Action.EDIT, *plans.for_page())
@once
def create(idea: Idea) -> Response | tuple[str, int]:
    """Add a file to the plan."""
    form = AttachmentForm(ids="new-file")
    if accepted(form, lambda: _add(idea, form)) is None:
        return refused("plans/show.html", form, **page.of(idea, attachment_form=form))
    return go_on(url_for("plans.show", ref=idea.ref, _anchor="files"), said="The file is added.")


def _add(idea: Idea, form: AttachmentForm) -> Attachment:
    # Nobody waits for the database while a file is read.
    transaction.let_go()
    store = current_app.config["FILES"]
    sent = cast("FileStorage", form.file.data)
    file = attachments.clean(sent.filename or "", sent.stream, store=store)
    with file.stream:
        return attachments.add(idea, file, by=me(), store=store, room=_room())


def _room() -> attachments.Room:
    settings = current_app.config["SETTINGS"]
    return attachments.Room(all_mb=settings.files_mb, idea_mb=settings.files_idea_mb, day_mb=settings.files_day_mb)


@bp.get("/files/<int:id>")
@on(Attachment, Action.READ)
def show(attachment: Attachment) -> Response:
    """Send the file, as it is kept."""
    if not attachment.may_be_opened:
        abort(404)
    file = current_app.config["FILES"].path(attachment.sha256)
    if not file.exists():
        raise Refused("This file is not where it is kept. Tell whoever runs Headroom where you work.")
    return download(file, mimetype=attachment.kind.media_type, name=attachment.name)
