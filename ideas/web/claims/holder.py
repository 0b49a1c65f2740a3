"""The guard of what the six words open: nobody signs in, but the words must be those of an idea."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from flask import render_template, request

from ideas.domain import claims, throttles
from ideas.web import security, transaction
from ideas.web.forms import refused
from ideas.web.people import tries
from ideas.web.six_words import claim_key

from .forms import WordsForm

if TYPE_CHECKING:
    from collections.abc import Callable

    View = TypeVar("View", bound=Callable[..., Any])


def with_words(view: View) -> View:
    """This page is for whoever holds the six words of an idea, which is the view's first argument."""

    @functools.wraps(view)
    def guarded() -> Any:
        code = request.form.get("code", "")
        form = WordsForm()
        try:
            throttles.count_claims(address=security.address())
        except throttles.TooOften as refusal:
            return tries.wait(form, refusal, lambda: render_template("claims/new.html", form=form, refused=True))
        finally:
            transaction.keep_now()
        idea = claims.find(code, secret=claim_key()) if code.strip() else None
        if idea is None:
            if form.validate():
                form.refuse("code", "No idea has these six words. Look at each of them again")
            return refused("claims/new.html", form)
        return view(idea)

    guarded.guard = "six words"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
