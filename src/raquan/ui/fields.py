"""How a field of a Django form becomes the options of a GOV.UK macro."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

WIDTHS = {"date": 10, "time": 5, "number": 10, "tel": 20}
KEYBOARDS = {"number": "numeric", "date": "numeric", "tel": "tel", "email": "email"}


@dataclass(frozen=True, slots=True)
class Control:
    """A macro's kind (input, textarea, select, radios, checkboxes, checkbox, file, hidden) and its options."""

    kind: str
    params: dict[str, Any]


def control(field: BoundField, **extra: Any) -> Control:
    """Describe a bound field for its macro; `extra` options win."""
    kind = kind_of(field)
    params = {
        "id": field.id_for_label or field.auto_id,
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "hint": {"text": field.help_text} if field.help_text else None,
        "errorMessage": _error(field),
        "attributes": _attributes(field, kind),
    }
    params |= _SHAPES.get(kind, _plain)(field) | extra
    return Control(kind, {name: value for name, value in params.items() if value is not None})


def kind_of(field: BoundField) -> str:
    """Name the macro that draws a field, by its widget."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    for classes, kind in _KINDS:
        if isinstance(widget, classes):
            return kind
    return "input"


# Subclasses stand before their bases: CheckboxSelectMultiple is a RadioSelect.
_KINDS: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)


def form_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """List a form's errors for its summary, each with a link to the field it is about."""
    general = [{"text": str(text)} for text in form.non_field_errors()]
    return general + [_named(field, text) for field in form for text in errors_of(field)]


def _named(field: BoundField, text: str) -> dict[str, str]:
    """Name the field that an error is about; what nobody sees has neither a name nor a place to go to."""
    if field.is_hidden:
        return {"text": text}
    return {"text": f"{field.label}: {text}", "href": f"#{field.id_for_label or field.auto_id}"}


def errors_of(field: BoundField) -> list[str]:
    """List what is wrong with a field, in plain words where Django's own Vietnamese is stiff."""
    return [_plain_words(field, error) for error in field.errors.as_data()]


def _plain_words(field: BoundField, error: forms.ValidationError) -> str:
    text = " ".join(error.messages)
    if text == forms.Field.default_error_messages["required"]:
        return _ask_for(field)
    if text == forms.IntegerField.default_error_messages["invalid"]:
        return gettext("Hãy nhập số, ví dụ 45.")
    return text


def _ask_for(field: BoundField) -> str:
    if isinstance(field.field, forms.ChoiceField | forms.ModelChoiceField):
        return gettext("Hãy chọn một mục.")
    if isinstance(field.field, forms.BooleanField):
        return gettext("Hãy đánh dấu vào ô này.")
    return gettext("Hãy điền ô này.")


def _error(field: BoundField) -> dict[str, str] | None:
    wrong = errors_of(field)
    return {"text": wrong[0], "visuallyHiddenText": gettext("Lỗi")} if wrong else None


def _attributes(field: BoundField, kind: str) -> dict[str, Any]:
    own = {k: v for k, v in field.field.widget.attrs.items() if k not in ("class", "id", "rows", "autocomplete")}
    if kind in ("input", "textarea", "select", "file"):
        # The browser's own bubbles are English on most telephones; forms carry novalidate, this is for readers.
        own |= {"aria-required": "true"} if field.field.required else {}
    return {name: str(value) for name, value in own.items() if value is not False}


def _input_type(field: BoundField) -> str:
    if isinstance(field.field, forms.DateField):
        return "date"
    if isinstance(field.field, forms.TimeField):
        return "time"
    return str(getattr(field.field.widget, "input_type", "text"))


def _plain(field: BoundField) -> dict[str, Any]:
    kind = _input_type(field)
    width = f"govuk-input--width-{WIDTHS[kind]}" if kind in WIDTHS else None
    # Browsers write dates in their own language's order, and number fields swallow typing slips.
    shown = kind if kind in ("email", "tel", "password", "search", "url") else "text"
    value = field.value()
    return {
        "label": _label(field),
        "type": shown,
        "value": None if kind == "password" or value is None else field.field.widget.format_value(value),
        "inputmode": KEYBOARDS.get(kind),
        "classes": width,
        "autocomplete": field.field.widget.attrs.get("autocomplete"),
        "spellcheck": False if kind in ("password", "email") else None,
    }


def _textarea(field: BoundField) -> dict[str, Any]:
    rows = field.field.widget.attrs.get("rows", 5)
    return {"label": _label(field), "value": field.value() or "", "rows": str(rows)}


def _select(field: BoundField) -> dict[str, Any]:
    return {"label": _label(field), "items": choices_of(field)}


def _group(field: BoundField) -> dict[str, Any]:
    legend = {"text": str(field.label), "classes": "govuk-fieldset__legend--s"}
    return {
        "fieldset": {"legend": legend},
        "items": [choice | {"checked": choice["selected"]} for choice in choices_of(field)],
    }


def _checkbox(field: BoundField) -> dict[str, Any]:
    # The hint belongs to the one box, not to a group.
    hint = {"text": field.help_text} if field.help_text else None
    return {
        "hint": None,
        "items": [{"value": "on", "text": str(field.label), "checked": bool(field.value()), "hint": hint}],
    }


def _file(field: BoundField) -> dict[str, Any]:
    return {"label": _label(field)}


def _hidden(field: BoundField) -> dict[str, Any]:
    return {"value": "" if field.value() is None else str(field.value())}


def _label(field: BoundField) -> dict[str, str]:
    return {"text": str(field.label), "classes": "govuk-label--s"}


def choices_of(field: BoundField) -> list[dict[str, Any]]:
    """List the choices that a field offers; none where one types."""
    value = field.value()
    chosen = {str(v) for v in (value if isinstance(value, (list, tuple, set)) else [value]) if v is not None}
    choices: list[dict[str, Any]] = []
    for key, text in getattr(field.field, "choices", ()):
        pairs = text if isinstance(text, (list, tuple)) else [(key, text)]
        choices += [{"value": (v := str(k)), "text": str(t), "selected": v in chosen} for k, t in pairs]
    return choices


_SHAPES = {
    "textarea": _textarea,
    "select": _select,
    "radios": _group,
    "checkboxes": _group,
    "checkbox": _checkbox,
    "file": _file,
    "hidden": _hidden,
}
