"""Errors: each thing that can go wrong becomes one answer, in plain words, as a page or as a fragment."""

from __future__ import annotations

import dataclasses
import errno
from typing import TYPE_CHECKING, Any

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from ideas import db as database
from ideas import logs
from ideas.access import Denied
from ideas.domain.errors import Invalid, Refused, Stale
from ideas.domain.throttles import TooOften

from . import links, request_log, sent, templating, transaction, way_back
from .guard import NotSignedIn, needs_a_person, visitor
from .htmx import here, wants_fragment

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from ideas.domain.gates import Requirement
    from ideas.models import Idea

log = logs.of(__name__)

#: Seconds after which a busy page is worth another try.
RETRY_AFTER = 5
_NEVER_SHOWN_AGAIN = frozenset({"csrf_token", "password", "current", "new", "again"})
#: What the system says when there is no room for a file: a full disk, a used-up quota.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_PAGES = frozenset({400, 403, 404, 405, 413})


@dataclasses.dataclass(frozen=True)
class Missing:
    """Something that is missing, and where it is put right."""

    words: str
    hint: str
    href: str

    @classmethod
    def of(cls, requirement: Requirement, idea: Idea) -> Missing:
        """What a gate asks for, with its place on the pages of this idea."""
        return cls(requirement.words, requirement.hint, links.put_right_at(idea, requirement))


def init_app(app: Flask) -> None:
    """Answer everything that can go wrong."""
    app.register_error_handler(NotSignedIn, _not_signed_in)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(Denied, _denied)
    app.register_error_handler(TooOften, _too_often)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(IntegrityError, _at_the_same_moment)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _our_fault)


def _answer(status: int, page: str, *, heading: str, words: str = "", **context: Any) -> Response:
    """The error as a page, or as a notice in the page that htmx is on."""
    template = "errors/_notice.html" if wants_fragment() else page
    return make_response(render_template(template, heading=heading, words=words, **context), status)


def _not_signed_in(error: NotSignedIn) -> Response | AnyResponse:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("sign_in.new", next=here()), 303)
    return _signed_out()


def _expired(error: CSRFError) -> Response:
    logs.security.info("a form without a valid token", reason=error.description)
    if visitor() is None and needs_a_person(current_app.view_functions[request.endpoint or ""]):
        return _signed_out()
    return _too_old()


def _signed_out() -> Response:
    """What was typed, to read and to copy, and the way to sign in that leads back to the page it was typed on."""
    words = sent.typed(request.form)
    back = way_back.to_form() if words else way_back.to_page()
    return _answer(
        419,
        "errors/419.html",
        heading="You were signed out",
        words="Nothing was sent. Copy what you wrote, then sign in and send it again."
        if words
        else "It was not done. Sign in, then do it again.",
        typed=words,
        signed_out=True,
        href=url_for("sign_in.new", next=back),
        link="Sign in",
    )


def _too_old() -> Response:
    """What was typed, shown, so that nobody writes it twice. It can be sent again: it came from our own page."""
    words = sent.typed(request.form)
    return _answer(
        419,
        "errors/419.html",
        heading="This form was open for too long",
        words="Nothing was sent, and nothing is lost. Open the page again, then send your words."
        if words
        else "It was not done. Open the page again, then do it again.",
        typed=words,
        fields=[(name, text) for name, text in request.form.items(multi=True) if name not in _NEVER_SHOWN_AGAIN],
        action=request.full_path.rstrip("?"),
    )


def _denied(error: Denied) -> Response:
    transaction.undo()
    logs.security.warning("denied", reason=error.reason)
    return _answer(403, "errors/403.html", heading="This is not yours to do", words=error.reason, reason=error.reason)


def _refused(error: Refused) -> Response:
    transaction.undo()
    idea = g.get("about")
    back = {"href": url_for("ideas.show", ref=idea.ref), "link": "See how it stands now"} if idea else {}
    missing = [Missing.of(requirement, idea) for requirement in error.missing] if idea else []
    if isinstance(error, Stale):
        heading = "Not done: somebody else was first"
    elif missing:
        things = "1 thing is" if len(missing) == 1 else f"{len(missing)} things are"
        heading = f"Not done: {things} missing"
    else:
        heading = "Not done"
    return _answer(409, "errors/409.html", heading=heading, words=error.words, missing=missing, **back)


def _invalid(error: Invalid) -> Response:
    transaction.undo()
    return _answer(422, "errors/400.html", heading="This cannot be kept as it is", words=error.words)


def _too_often(error: TooOften) -> Response:
    transaction.undo()
    answer = _answer(429, "errors/429.html", heading="Too many tries", words=error.words)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _at_the_same_moment(error: IntegrityError) -> Response:
    transaction.undo()
    log.warning("two at the same moment", cause=_first_line(error.orig))
    return _answer(
        409,
        "errors/409.html",
        heading="Not done: somebody else was first",
        words="Somebody did the same at the same moment. Theirs stands.",
    )


def _busy(error: OperationalError) -> Response:
    if database.is_full(error):
        log.error("no room left for the database", cause=_first_line(error.orig))
        return _bare(507)
    log.warning("the database did not answer", cause=_first_line(error.orig))
    return _bare(503)


def _first_line(error: BaseException | None) -> str:
    """What went wrong, without the row that it went wrong with, which may hold somebody's words."""
    return next(iter(str(error).splitlines()), "")


def _bare(status: int) -> Response:
    """A page that needs neither the database nor a person."""
    try:
        transaction.undo()
    except OperationalError:
        log.warning("the database does not answer at all")
    answer = make_response(templating.render_bare(f"errors/{status}.html", reference=request_log.reference()), status)
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _http(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status not in _PAGES:
        return error
    transaction.undo()
    heading = {403: "This is not yours to do", 404: "This page is not here", 413: "This is too large"}
    reason = {"reason": error.description} if status == 403 else {}
    return _answer(
        status, f"errors/{status}.html", heading=heading.get(status, "This cannot be done"), words="", **reason
    )


def _our_fault(error: InternalServerError) -> Response:
    cause = error.original_exception
    if isinstance(cause, OperationalError):
        return _busy(cause)
    if isinstance(cause, OSError) and cause.errno in _NO_ROOM:
        log.error("no room left for files", cause=cause.strerror)
        return _bare(507)
    if cause is not None:
        log.error("a page failed", exc_info=cause)
    return _bare(500)
