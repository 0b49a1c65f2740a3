"""Components of nhsuk-frontend, as a field renders itself through them."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from markupsafe import Markup


class Component:
    """Renders a field through a macro of nhsuk-frontend-jinja, with its hint, its error and their links."""

    def __init__(self, folder: str, macro: str, own: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> None:
        self.folder, self.macro, self.own = folder, macro, own

    def __call__(self, field: Any, **options: Any) -> Markup:
        return self.render(self.params(field, options))

    def params(self, field: Any, options: dict[str, Any]) -> dict[str, Any]:
        """What the component is told, in nhsuk-frontend's own words."""
        params: dict[str, Any] = {
            "id": field.id,
            "name": field.name,
            "label": {"text": options.pop("label", field.label.text)},
            "formGroup": {"classes": f"field {options.pop('group', '')}".strip()},
        }
        options.setdefault("hint", field.description)
        if hint := hint_of(options):
            params["hint"] = hint
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        if described_by := options.pop("described_by", None):
            params["describedBy"] = described_by
        params.update(self.own(field, options))
        del options["hint"]
        params["classes"] = " ".join(filter(None, (params.get("classes"), options.pop("classes", None))))
        attributes = {name.rstrip("_").replace("_", "-"): value for name, value in options.items()}
        if field.errors:
            attributes["aria-invalid"] = "true"
        params["attributes"] = {
            name: "" if value is True else str(value)
            for name, value in attributes.items()
            if value not in (None, False)
        }
        return params

    def render(self, params: dict[str, Any]) -> Markup:
        """The component in mark-up."""
        module = current_app.jinja_env.get_template(f"nhsuk/components/{self.folder}/macro.jinja").module
        return Markup(str(getattr(module, self.macro)(params)).strip())  # noqa: S704 (the macro escapes)


def hint_of(options: dict[str, Any]) -> dict[str, Any] | None:
    """The hint, in nhsuk-frontend's own words; None where there is none."""
    hint = options["hint"]
    return {"html" if hasattr(hint, "__html__") else "text": hint} if hint else None


def one_input(**fixed: Any) -> Callable[[Any, dict[str, Any]], dict[str, Any]]:
    """The parameters of an `<input>`: what it holds, and what the caller may say about it."""

    def params(field: Any, options: dict[str, Any]) -> dict[str, Any]:
        sayable = [name for name in options if name in ("autocomplete", "inputmode", "spellcheck")]
        return {"value": field._value(), **fixed} | {name: options.pop(name) for name in sayable}

    return params


def many_lines(field: Any, options: dict[str, Any]) -> dict[str, Any]:
    params: dict[str, Any] = {"value": field._value(), "rows": options.pop("rows", 3)}
    if options.pop("count", False) and field.max_length:
        params |= {"maxlength": field.max_length, "threshold": 75}
    return params


def one_tick(field: Any, options: dict[str, Any]) -> dict[str, Any]:
    said = hint_of(options)
    hint = {"hint": said} if said else {}
    return {
        # The box has the field's id, and its wrapper none.
        "id": None,
        "idPrefix": field.id,
        "hint": None,
        "items": [{"value": "y", "text": field.label.text, "id": field.id, "checked": bool(field.data), **hint}],
    }
