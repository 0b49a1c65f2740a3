"""Fields with given answers: one of many in a drop-down, one of a few as radios, any number as boxes to tick."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import wtforms
from flask import current_app
from markupsafe import Markup, escape
from wtforms.fields.choices import SelectChoice

from .component import Component
from .fields import own_validators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wtforms.fields.choices import Choice


def items(field: Any, options: dict[str, Any]) -> dict[str, Any]:
    """Radios or checkboxes in a fieldset whose legend is the label. The first carries the field's own id."""
    size = options.pop("legend", "")
    choices = [
        {
            "value": choice.value,
            "text": choice.label,
            "id": field.id if n == 0 else f"{field.id}-{n + 1}",
            "checked": choice.selected,
            **({"hint": {"text": choice.render_kw["hint"]}} if choice.render_kw.get("hint") else {}),
        }
        for n, choice in enumerate(field.iter_choices())
    ]
    row = {"classes": "nhsuk-radios--row"} if options.pop("row", False) else {}
    legend = {"text": options.pop("label_text", field.label.text), "classes": size}
    return {"id": None, "idPrefix": field.id, "items": choices, "fieldset": {"legend": legend}, **row}


def select_items(field: Any, options: dict[str, Any]) -> dict[str, Any]:
    """The options of a drop-down by their groups, in order; those of no group under None."""
    return {"groups": list(field.iter_groups())}


def choose(field: Any, **options: Any) -> Markup:
    """Equal answers side by side, each with its description: see templates/components/choose.html."""
    module = current_app.jinja_env.get_template("components/choose.html").module
    return Markup(str(module.choose(field, **options)).strip())  # type: ignore[attr-defined] # noqa: S704


def option(choice: Any) -> SelectChoice:
    """A choice from (value, label), (value, label, hint), a word, a member of an Enum with a `label`, or as it is."""
    if isinstance(choice, SelectChoice):
        return choice
    if isinstance(choice, Enum):
        return SelectChoice(str(choice.value), str(getattr(choice, "label", choice.value)))
    if isinstance(choice, str):
        return SelectChoice(choice, choice)
    value, label, *hint = choice
    return SelectChoice(str(value), str(label), {"hint": hint[0]} if hint and hint[0] else {})


class Options:
    """What select, radios and ticks share: choices in any of our shapes, set in the class or by the view."""

    invalid = "Choose one of the answers given"

    def __init__(
        self, label: str, *, choices: Any = (), coerce: Callable[[Any], Any] = str, hint: str = "",
        required: str | None = None, validators: Iterable[Any] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        def forgiving(value: Any) -> Any:
            return None if value in ("", None) else coerce(value)

        super().__init__(  # type: ignore[call-arg]
            label,
            own_validators(required, None, validators),
            description=hint,
            coerce=forgiving,
            choices=choices if callable(choices) else [option(choice) for choice in choices],
            invalid_value_message=self.invalid,
            invalid_choice_message=self.invalid,
            **kwargs,
        )

    def _choices_from_input(self, choices: Any) -> list[SelectChoice]:
        return [option(choice) for choice in choices or ()]

    def pre_validate(self, form: Any) -> None:
        if self.data not in (None, []):  # type: ignore[attr-defined]
            super().pre_validate(form)  # type: ignore[misc]


class Select(Component):
    """The mark-up of nhsuk-frontend's select without its macro, which takes ten times as long for a list of people."""

    def render(self, params: dict[str, Any]) -> Markup:
        """The label, the hint, the error and the list."""
        own, hint, error = params["id"], params.get("hint"), params.get("errorMessage")
        ids = (params.get("describedBy"), f"{own}-hint" if hint else "", f"{own}-error" if error else "")
        described = " ".join(filter(None, ids))
        attributes = {"aria-describedby": described} if described else {}
        attributes |= params["attributes"]
        return Markup("").join(
            (
                Markup('<div class="nhsuk-form-group{} {}">').format(
                    " nhsuk-form-group--error" if error else "", params["formGroup"]["classes"]
                ),
                Markup('<label class="nhsuk-label" for="{}">{}</label>').format(own, params["label"]["text"]),
                Markup('<div class="nhsuk-hint" id="{}-hint">{}</div>').format(own, *hint.values()) if hint else "",
                _ERROR.format(own, error["text"]) if error else "",
                Markup('<select class="nhsuk-select{}{}" id="{}" name="{}"{}>').format(
                    " nhsuk-select--error" if error else "",
                    f" {params['classes']}" if params["classes"] else "",
                    own,
                    params["name"],
                    Markup("").join(Markup(' {}="{}"').format(*each) for each in attributes.items()),
                ),
                *(_options(*group) for group in params["groups"]),
                Markup("</select></div>"),
            )
        )


_ERROR = Markup(
    '<span class="nhsuk-error-message" id="{}-error"><span class="nhsuk-u-visually-hidden">Error: </span>{}</span>'
)


_SELECTED = {True: " selected", False: ""}


def _options(group: str | None, choices: Iterable[Choice]) -> Markup:
    lines = "".join(
        f'<option value="{escape(each.value)}"{_SELECTED[each.selected]}>{escape(each.label)}</option>'
        for each in choices
    )
    return Markup(f'<optgroup label="{escape(group)}">{lines}</optgroup>' if group else lines)  # noqa: S704 (escaped above)


class SelectField(Options, wtforms.SelectField):
    """One of many, in a drop-down. Begin with ("", "Choose ...") where nothing is to be chosen at first."""

    widget = Select("select", "select", select_items)


class ChoiceField(Options, wtforms.RadioField):
    """One of a few, as radios, none chosen at first. `row=True` puts them in a row; `choose=4` shows four cards."""

    widget = Component("radios", "radios", items)

    def __call__(self, **options: Any) -> Markup:
        if columns := options.pop("choose", 0):
            return choose(self, columns=columns, **options)
        return self.widget(self, **options)


class TicksField(Options, wtforms.SelectMultipleField):
    """Any number of several, as boxes to tick. Its data is a list."""

    widget = Component("checkboxes", "checkboxes", items)
