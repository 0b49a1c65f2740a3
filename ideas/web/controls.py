"""The mark-up of nhsuk-frontend's controls without its macros, which take ten times as long.

Each is told what the macro would be told, in nhsuk-frontend's own words, and says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping


def one_line(params: dict[str, Any]) -> Markup:
    """An `<input>` with its label."""
    spellcheck = params.get("spellcheck")
    attributes = {
        "class": _classes("nhsuk-input", params),
        "id": params["id"],
        "name": params["name"],
        "type": params.get("type", "text"),
        "spellcheck": None if spellcheck is None else str(spellcheck).lower(),
        "value": params.get("value"),
        "aria-describedby": _described_by(params),
        "autocomplete": params.get("autocomplete"),
        "inputmode": params.get("inputmode"),
        **params["attributes"],
    }
    return _group(params, _label(params), *_told(params), f"<input{_written(attributes)}>")


def many_lines(params: dict[str, Any]) -> Markup:
    """A `<textarea>` with its label."""
    attributes = {
        "class": _classes("nhsuk-textarea", params),
        "id": params["id"],
        "name": params["name"],
        "rows": params["rows"],
        "aria-describedby": _described_by(params),
        **params["attributes"],
    }
    box = f"<textarea{_written(attributes)}>{escape(params['value'])}</textarea>"
    return _group(params, _label(params), *_told(params), box)


def select(params: dict[str, Any]) -> Markup:
    """A `<select>` with its label."""
    attributes = {
        "class": _classes("nhsuk-select", params),
        "id": params["id"],
        "name": params["name"],
        "aria-describedby": _described_by(params),
        **params["attributes"],
    }
    options = (_option(each, " selected" if each["selected"] else "") for each in params["items"])
    return _group(params, _label(params), *_told(params), f"<select{_written(attributes)}>", *options, "</select>")


def _option(choice: dict[str, Any], state: str) -> str:
    return f'<option value="{escape(choice["value"])}"{state}>{escape(choice["text"])}</option>'


def password(params: dict[str, Any]) -> Markup:
    """An `<input>` for a password, with a button to show it."""
    own = escape(params["id"])
    attributes = {
        "class": f"{_classes('nhsuk-input', params)} nhsuk-password-input__input nhsuk-js-password-input-input",
        "id": own,
        "name": params["name"],
        "type": "password",
        "spellcheck": "false",
        "aria-describedby": _described_by(params),
        "autocomplete": params["autocomplete"],
        "autocapitalize": "none",
        **params["attributes"],
    }
    button = (
        '<button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small nhsuk-password-input__toggle '
        'nhsuk-js-password-input-toggle" data-module="nhsuk-button" type="button" aria-label="Show password" '
        f'aria-controls="{own}" hidden>Show</button>'
    )
    box = ('<div class="nhsuk-input-wrapper">', f"<input{_written(attributes)}>", button, "</div>")
    return _group(params, _label(params), *_told(params), *box, module="nhsuk-password-input")


def radios(params: dict[str, Any]) -> Markup:
    """Radios in a fieldset."""
    return _group(params, *_fieldset(params, *_told(params), *_several("radio", "nhsuk-radios", params)))


def ticks(params: dict[str, Any]) -> Markup:
    """Boxes to tick in a fieldset; or one box alone, which the error describes."""
    boxes = _several("checkbox", "nhsuk-checkboxes", params)
    if "fieldset" in params:
        return _group(params, *_fieldset(params, *_told(params), *boxes))
    return _group(params, *_told(params), *boxes)


def _fieldset(params: dict[str, Any], *parts: str) -> list[str]:
    """The parts of a fieldset, with its legend first."""
    legend = params["fieldset"]["legend"]
    around = {"class": "nhsuk-fieldset", "aria-describedby": _described_by(params)}
    size = {"class": _joined("nhsuk-fieldset__legend", legend["classes"])}
    said = f"<legend{_written(size)}>{escape(legend['text'])}</legend>"
    return [f"<fieldset{_written(around)}>", said, *parts, "</fieldset>"]


def _several(kind: str, block: str, params: dict[str, Any]) -> list[str]:
    """Radios, or boxes to tick."""
    around = {"class": _joined(block, params["classes"]), "data-module": block, **params["attributes"]}
    described_by = None if "fieldset" in params else _described_by(params)
    items = (_item(kind, block, params["name"], item, described_by) for item in params["items"])
    return [f"<div{_written(around)}>", *items, "</div>"]


def _item(kind: str, block: str, name: str, item: dict[str, Any], described_by: str | None) -> str:
    own, hint = escape(item["id"]), item.get("hint")
    attributes = {"class": f"{block}__input", "id": own, "name": name, "type": kind, "value": item["value"]}
    tied = {"aria-describedby": _joined(described_by, f"{own}-item-hint" if hint else None) or None}
    state = " checked" if item["checked"] else ""
    said = f'<div class="nhsuk-hint {block}__hint" id="{own}-item-hint">{_words(hint)}</div>' if hint else ""
    return (
        f'<div class="{block}__item"><input{_written(attributes)}{state}{_written(tied)}>\n'
        f'<label class="nhsuk-label {block}__label" for="{own}">{escape(item["text"])}</label>\n{said}</div>'
    )


def _group(params: dict[str, Any], *parts: str, module: str | None = None) -> Markup:
    """All that belongs to one control; the module is what brings it to life in a browser."""
    wrong = "nhsuk-form-group--error" if params.get("errorMessage") else None
    around = {
        "class": _joined("nhsuk-form-group", wrong, params["formGroup"]["classes"], module),
        "data-module": module,
    }
    return Markup("\n".join((f"<div{_written(around)}>", *parts, "</div>")))  # noqa: S704 (each part is escaped)


def _label(params: dict[str, Any]) -> str:
    return f'<label class="nhsuk-label" for="{escape(params["id"])}">{escape(params["label"]["text"])}</label>'


def _told(params: dict[str, Any]) -> list[str]:
    """The hint and the error, where there are some."""
    own, hint, error = escape(_own(params)), params.get("hint"), params.get("errorMessage")
    told = [f'<div class="nhsuk-hint" id="{own}-hint">{_words(hint)}</div>'] if hint else []
    if error:
        before = '<span class="nhsuk-u-visually-hidden">Error: </span>'
        told.append(f'<span class="nhsuk-error-message" id="{own}-error">{before}{escape(error["text"])}</span>')
    return told


def _described_by(params: dict[str, Any]) -> str | None:
    """The ids of what describes it, or None."""
    own = _own(params)
    hint = f"{own}-hint" if params.get("hint") else None
    error = f"{own}-error" if params.get("errorMessage") else None
    return _joined(params.get("describedBy"), hint, error) or None


def _own(params: dict[str, Any]) -> str:
    """What its ids begin with."""
    return str(params.get("idPrefix") or params["id"])


def _classes(block: str, params: dict[str, Any]) -> str:
    wrong = f"{block}--error" if params.get("errorMessage") else None
    return _joined(block, wrong, params["classes"])


def _joined(*words: str | None) -> str:
    """Those that are there, with a blank between."""
    return " ".join(filter(None, words))


def _words(hint: dict[str, Any]) -> str:
    """Its text, escaped, or its mark-up, which says that it is some."""
    (words,) = hint.values()
    return escape(words)


def _written(attributes: Mapping[str, Any]) -> str:
    """The attributes of an element, but for those that are None."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None)
