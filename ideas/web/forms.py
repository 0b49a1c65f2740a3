"""The base of every form: what was typed is kept, a refusal says what to put right, and nothing is made twice."""

import re
import secrets
from typing import Any, ClassVar

from flask import render_template, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms.widgets import HiddenInput

from ideas.web.fields import HiddenField, WholeHiddenField, hidden_input


class Form(FlaskForm):
    """A form that knows its refusals. `ids="step-7"` keeps its ids apart from another form's on the same page."""

    def __init__(self, *args: Any, ids: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ids:
            for field in self:
                field.id = f"{ids}-{field.short_name}"
                field.label.field_id = field.id

    def refuse(self, name: str | None, message: str) -> None:
        """Say at the field `name`, or at the form when None, what the domain would not take."""
        target = self.form_errors if name is None else self[name].errors
        if isinstance(target, tuple):
            self[name].errors = [*target, message]
        else:
            target.append(message)

    @property
    def error_summary(self) -> list[tuple[str | None, str]]:
        """(id of the field, message) of each refusal, in the order of the page; the form's own come first."""
        own: list[tuple[str | None, str]] = [(None, str(message)) for message in self.form_errors]
        return own + [
            (None if isinstance(field.widget, HiddenInput) else field.id, str(field.errors[0]))
            for field in self
            if field.errors
        ]

    @property
    def is_refused(self) -> bool:
        return bool(self.error_summary)

    def hidden_tag(self, *fields: Any) -> Markup:
        """The token against forgery, the key, the version: inputs without ids."""
        hidden = fields or [field for field in self if isinstance(field.widget, HiddenInput)]
        return Markup("").join(hidden_input(field) for field in hidden)


def new_key() -> str:
    return secrets.token_urlsafe(16)


class KeyField(HiddenField):
    """A random key made when the form is shown: sent twice, the form makes one thing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        sent = valuelist[0] if valuelist else ""
        if re.fullmatch(r"[\w-]{8,64}", sent, re.ASCII):
            self.data = sent


class Keyed:
    """For a form that makes something: its POST carries an idempotency key."""

    key = KeyField(default=new_key)


class Versioned:
    """For a form that changes something: says which version it was made on; None when it does not say."""

    version = WholeHiddenField()


class RefusesUnknown:
    """For a form that must not do less than it was asked: what it cannot do is refused, never left out in silence.

    `cannot` holds the names of fields that a direct request may send, each with the words of the refusal.
    """

    cannot: ClassVar[dict[str, str]] = {}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether it is whole, and asks for nothing that cannot be done."""
        is_complete: bool = super().validate(*args, **kwargs)  # type: ignore[misc]
        for name, words in self.cannot.items():
            if any(value.strip() for value in request.form.getlist(name)):
                self.refuse(None, words)  # type: ignore[attr-defined]
                is_complete = False
        return is_complete


class FilterForm(Form):
    """A form read from the query string: `FilterForm(request.args)`. No token, nothing to keep."""

    class Meta:
        csrf = False


def refused(template: str, form: Form, **context: Any) -> tuple[str, int]:
    """The answer to a form that was refused: the same page or fragment, values kept, 422."""
    return render_template(template, form=form, refused=True, **context), 422
