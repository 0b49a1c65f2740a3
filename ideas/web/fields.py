"""Form fields that render themselves whole, as nhsuk-frontend components: `{{ form.now(rows=4) }}`.

A call takes: hint, label, classes, group (classes of the form group), rows, described_by, and any attribute
(`autocomplete="username"`, `data_x=True`). What a person typed is kept; what cannot be kept says how to put it right.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import wtforms
from markupsafe import Markup, escape
from wtforms.validators import StopValidation, ValidationError

from ideas.text import typed

from .component import Component, many_lines, one_input, one_tick


class Said:
    """Validators that our fields share; each message says how to put it right."""

    def __init__(self, required: str | None, max_length: int | None = None) -> None:
        self.required, self.max_length = required, max_length

    def __call__(self, form: Any, field: Any) -> None:
        empty = field.data is None or field.data == "" or field.data is False or field.data == []
        if empty and self.required and not field.process_errors:
            raise StopValidation(self.required)
        if empty and not field.process_errors:
            raise StopValidation
        over = len(field.data) - self.max_length if self.max_length and isinstance(field.data, str) else 0
        if over > 0:
            signs = "character" if over == 1 else "characters"
            raise ValidationError(f"Make this shorter: it is {over:,} {signs} over the most, {self.max_length:,}")


def own_validators(required: str | None, max_length: int | None, validators: Iterable[Any]) -> list[Any]:
    return [Said(required, max_length), *validators]


class TextField(wtforms.StringField):
    """One line. Trimmed; control characters are taken out."""

    widget = Component("input", "input", one_input())

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        required: str | None = None,
        max_length: int = 200,
        validators: Iterable[Any] = (),
        **kwargs: Any,
    ) -> None:
        self.max_length = max_length
        validators = own_validators(required, max_length, validators)
        super().__init__(label, validators, description=hint, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = typed.one_line(valuelist[0])


class LongTextField(TextField):
    """Several lines. Line breaks and tabs stay. `count=True` in the call shows how much room is left."""

    widget = Component("textarea", "textarea", many_lines)
    counted = Component("character-count", "characterCount", many_lines)

    def __init__(self, label: str, *, max_length: int = 4000, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, **kwargs)

    def __call__(self, **options: Any) -> Markup:
        return (self.counted if options.get("count") else self.widget)(self, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = typed.lines(valuelist[0])


class PasswordField(wtforms.StringField):
    """A password with a button to show it. Kept as typed, never sent back to the page."""

    widget = Component(
        "password-input",
        "passwordInput",
        lambda field, options: {"autocomplete": options.pop("autocomplete", "current-password")},
    )

    def __init__(
        self, label: str = "Password", *, hint: str = "", required: str | None = None, max_length: int = 1000,
        validators: Iterable[Any] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        validators = own_validators(required, max_length, validators)
        super().__init__(label, validators, description=hint, **kwargs)


#: A number as people write one, with a comma or a blank between thousands alone: "3,5", "1_0" and "1e3" are slips.
_FIGURES = re.compile(r"[+-]?(([0-9]{1,3}([,\s][0-9]{3})+|[0-9]+)(\.[0-9]*)?|\.[0-9]+)")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]{1,2}")


class NumberField(wtforms.Field):
    """A number: whole, or with up to `decimals` places. Takes "1,200", "£40" and " 3.5 "."""

    widget = Component("input", "input", one_input(inputmode="decimal", classes="nhsuk-input--short", spellcheck=False))

    def __init__(
        self, label: str, *, hint: str = "", required: str | None = None, decimals: int = 0,
        minimum: int | None = 0, maximum: int = 1_000_000_000, validators: Iterable[Any] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        self.decimals, self.minimum, self.maximum = decimals, minimum, maximum
        self.typed = ""
        super().__init__(label, own_validators(required, None, validators), description=hint, **kwargs)

    def _value(self) -> str:
        return self.typed or ("" if self.data is None else f"{self.data}")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        self.typed = valuelist[0].strip()[:60] if valuelist else ""
        if not self.typed:
            return
        figures = self.typed.replace("£", "").strip()
        if self.decimals and _DECIMAL_COMMA.fullmatch(figures):
            raise ValueError("Write the decimal with a point, like 3.5, and not with a comma")
        if not _FIGURES.fullmatch(figures):
            raise ValueError(f"Write a number in figures, like {'3.5' if self.decimals else '12'}")
        number = Decimal(re.sub(r"[,\s]", "", figures))
        if self.minimum is not None and number < self.minimum:
            raise ValueError(f"Write a number that is {self.minimum:,} or more")
        if number > self.maximum:
            raise ValueError(f"Write a number that is {self.maximum:,} or less")
        if number != round(number, self.decimals):
            places = f"with at most {self.decimals} decimal places" if self.decimals else "without a decimal point"
            raise ValueError(f"Write the number {places}")
        self.data = number if self.decimals else int(number)


class DateField(wtforms.Field):
    """A day, as the browser's own date box and as ISO text: 2026-12-07."""

    widget = Component("input", "input", one_input(type="date"))

    def __init__(
        self, label: str, *, hint: str = "", required: str | None = None, validators: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        self.typed = ""
        super().__init__(label, own_validators(required, None, validators), description=hint, **kwargs)

    def _value(self) -> str:
        return self.data.isoformat() if self.data else self.typed

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        self.typed = valuelist[0].strip()[:40] if valuelist else ""
        if not self.typed:
            return
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.typed):
                raise ValueError
            self.data = date.fromisoformat(self.typed)
        except ValueError:
            raise ValueError(
                "This is not a day in the calendar. Choose one, or write year, month and day, like 2026-12-07"
            ) from None
        if not 2000 <= self.data.year <= 2100:
            self.data = None
            raise ValueError("Check the year: it is to be between 2000 and 2100")


class TickField(wtforms.BooleanField):
    """One box to tick. Sends "y"."""

    widget = Component("checkboxes", "checkboxes", one_tick)

    def __init__(
        self, label: str, *, hint: str = "", required: str | None = None, validators: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("false_values", (False, "false", "", "0", "n", "no"))
        super().__init__(label, own_validators(required, None, validators), description=hint, **kwargs)


class FileField(wtforms.FileField):
    """A file: its data is what was sent, or None. A refused one has to be chosen again: no page can fill this box."""

    widget = Component("file-upload", "fileUpload", lambda field, options: {})

    def __init__(
        self, label: str, *, hint: str = "", required: str | None = None, validators: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(label, own_validators(required, None, validators), description=hint, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        sent = [value for value in valuelist if getattr(value, "filename", "")]
        self.data = sent[0] if sent else None


class LinesField(wtforms.Field):
    """A text that may be sent several times under one name: its data is the list of those that are not empty."""

    def __init__(self, label: str = "", *, max_length: int = 500, most: int = 20, **kwargs: Any) -> None:
        self.max_length, self.most = max_length, most
        super().__init__(label, [], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [text for value in valuelist if (text := typed.one_line(value))]
        if len(self.data) > self.most:
            raise ValueError(f"Send at most {self.most}")
        if any(len(text) > self.max_length for text in self.data):
            raise ValueError(f"Make each of these shorter: at most {self.max_length:,} characters")


class HiddenField(wtforms.HiddenField):
    """Sent along, never shown. `form.hidden_tag()` writes it, without an id."""


class WholeHiddenField(HiddenField):
    """A hidden whole number: a version. Anything else is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = int(valuelist[0]) if valuelist and re.fullmatch(r"\d{1,9}", valuelist[0]) else None


def hidden_input(field: Any) -> Markup:
    """A hidden input without an id, so that a page may hold many forms."""
    value = field.current_token if hasattr(field, "current_token") else field._value()
    return Markup('<input type="hidden" name="{}" value="{}">').format(field.name, escape(value))
