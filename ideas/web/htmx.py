"""Pages and fragments: the same address answers a page to a browser and a fragment to htmx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, g, redirect, render_template, request
from flask_htmx import HTMX
from werkzeug.urls import iri_to_uri

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

htmx = HTMX()


def init_app(app: Flask) -> None:
    """Read htmx's headers, and tell caches that they change the answer."""
    htmx.init_app(app)
    app.after_request(_vary)


def _vary(response: Response) -> Response:
    response.vary.update(("Cookie", "HX-Request"))
    return response


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page; going back in the history, it wants the whole."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def fragment_or_redirect(template: str, *, to: str, said: str = "", **context: Any) -> str | AnyResponse:
    """The answer to an act that was done: the parts that changed, or the page to go on from (303).

    `said` tells what was done, in a few words.
    """
    g.led_to = to
    if wants_fragment():
        return render_template(template, said=said, **context)
    return go_on(to, said=said)


def go_on(to: str, *, said: str = "", accepted: str = "") -> AnyResponse:
    """Go on from another page (303), saying what was done. `accepted` names the form whose words are now kept here."""
    g.led_to = to
    if said:
        flash(said, "done")
    if accepted:
        flash(accepted, "accepted")
    if wants_fragment():
        answer = redirect(to, 303)
        answer.status_code = 204
        # As redirect() does it for its own header, which holds no letters but those of an address.
        answer.headers["HX-Redirect"] = iri_to_uri(to)
        return answer
    return redirect(to, 303)


def here() -> str:
    """The address of this page, to come back to."""
    return request.full_path.rstrip("?")
