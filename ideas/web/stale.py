"""Stale: somebody else was first. What was typed is kept, and what is there now stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template

from . import transaction
from .fields import HiddenField
from .forms import Versioned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ideas.domain.errors import Stale

    from .forms import Form


class OnVersion(Versioned):
    """A form that says which version it was made on: without it nobody can tell whose words it would write over.

    Stands before `Form` among the bases.
    """

    @property
    def made_on(self) -> int:
        """The version that it was made on; 0, which nothing ever has, when it does not say."""
        return self.version.data or 0

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the form is complete, and names a version."""
        is_complete = super().validate(*args, **kwargs)  # type: ignore[misc]
        if self.version.data is None:
            self.refuse(None, "This form does not say which version it changes. Open the page again.")  # type: ignore[attr-defined]
            return False
        return bool(is_complete)


class OnSeal:
    """A form that holds the seal of what was read before it was filled in. Shown anew, it holds what is there now."""

    seen = HiddenField(filters=[lambda sent: sent or ""])


def overtaken(
    template: str,
    form: Form,
    error: Stale,
    *,
    version: Callable[[], int],
    now: Callable[[], Mapping[str, str]],
    page: Callable[[], dict[str, Any]],
) -> tuple[str, int]:
    """The answer to words that came too late: the same page, 409, to look at and send again.

    All three are asked after the transaction was undone: the version and the words that are there now, field by
    field, and what the page holds. The page gets `theirs`: what is there now, for the fields in which it differs
    from what was typed. Sending again means that one has seen it.
    """

    def renewed() -> dict[str, Any]:
        form["version"].data = version()
        typed = {name: str(form[name].data or "") for name in now() if form[name].raw_data}
        theirs = {name: words for name, words in now().items() if name in typed and typed[name] != words}
        return page() | {"theirs": theirs}

    return too_late(template, form, error, renewed)


def too_late(template: str, form: Form, error: Stale, page: Callable[[], dict[str, Any]]) -> tuple[str, int]:
    """The same, for a form that stands on something else than a version.

    `page` is asked after the transaction was undone: what the page holds, with the form standing on what is there now.
    """
    transaction.undo()
    form.refuse(None, error.words)
    return render_template(template, **page() | {"form": form, "refused": True}), 409
