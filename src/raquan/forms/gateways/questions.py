"""Reads what a form asks, as a person meets it: groups, questions, choices, conditions."""

from collections.abc import Iterator
from dataclasses import dataclass

from raquan.forms.gateways.xforms import parse_form, path_of
from raquan.forms.rules import Choice, Question
from raquan.xml import reading as xml
from raquan.xml.reading import Element, child_of, name_of

_XFORMS = "{http://www.w3.org/2002/xforms}"
_ROSA = "{http://openrosa.org/javarosa}"
_CONTROLS = {
    "input": "input",
    "select1": "select_one",
    "select": "select_multiple",
    "rank": "rank",
    "range": "range",
    "trigger": "acknowledge",
    "upload": "upload",
    "secret": "input",
}
_MOST_CHOICES = 60

Texts = dict[str, tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _Form:
    """What the walk looks things up in."""

    binds: dict[str, Element]
    texts: Texts
    instances: dict[str, Element]


def read_questions(definition: bytes, language: str) -> tuple[Question, ...]:
    """List what the body asks, in its order, in a language; in the form's own default where it does not have that."""
    root = parse_form(definition)
    binds = {path_of(bind): bind for bind in root.iter(f"{_XFORMS}bind")}
    instances = {one.get("id", ""): one for one in root.iter(f"{_XFORMS}instance") if one.get("id")}
    body = next((one for one in root if name_of(one) == "body"), None)
    form = _Form(binds, _texts(root, language), instances)
    return tuple(_walk(body, form, 0)) if body is not None else ()


def _walk(element: Element, form: _Form, depth: int) -> Iterator[Question]:
    for child in element:
        name = name_of(child)
        if name == "group":
            repeat = child_of(child, "repeat")
            has_path = bool(child.get("ref")) or repeat is not None
            if has_path or child_of(child, "label") is not None:
                yield _question(child, form, depth, "group" if repeat is None else "repeat")
            if depth < xml.MAX_DEPTH:
                yield from _walk(child if repeat is None else repeat, form, depth + 1)
        elif name in _CONTROLS:
            yield _question(child, form, depth, _CONTROLS[name])


def _question(control: Element, form: _Form, depth: int, kind: str) -> Question:
    repeat = child_of(control, "repeat")
    path = path_of(control, "ref") or (path_of(repeat) if repeat is not None else "")
    bind = form.binds.get(path)

    def given(name: str) -> str:
        return bind.get(name, "") if bind is not None else ""

    label, media = _said(child_of(control, "label"), form.texts)
    itemset = child_of(control, "itemset")
    choices = _items(control, form) if itemset is None else _itemset(itemset, form)
    if kind == "input" or kind == "upload":
        kind = (control.get("mediatype", "").split("/")[0] if kind == "upload" else "") or given("type") or "string"
    return Question(
        path=path,
        kind=kind,
        label=label,
        depth=depth,
        hint=_said(child_of(control, "hint"), form.texts)[0],
        required="" if given("required") in ("", "false()") else given("required"),
        relevant=given("relevant"),
        constraint=given("constraint"),
        constraint_message=_message(given(f"{_ROSA}constraintMsg"), form.texts),
        readonly=given("readonly") == "true()",
        calculation=given("calculate"),
        choices=choices[:_MOST_CHOICES],
        choices_from=_source(itemset, form) if itemset is not None and not choices else "",
        are_choices_filtered=itemset is not None and "[" in itemset.get("nodeset", ""),
        media=media,
    )


def _texts(root: Element, language: str) -> Texts:
    """Give each text of a language and the files shown with it: of the language asked for, else of the default."""
    every = list(root.iter(f"{_XFORMS}translation"))
    wanted = [one for one in every if f"({language})" in one.get("lang", "") or one.get("lang") == language]
    default = [one for one in every if one.get("default")]
    chosen = (wanted or default or every)[:1]
    return {text.get("id", ""): _values(text) for one in chosen for text in one}


def _values(text: Element) -> tuple[str, tuple[str, ...]]:
    plain = [_flat(value) for value in text if not value.get("form")]
    media = [_flat(value).rsplit("/", 1)[-1] for value in text if (value.get("form") or "").strip() in MEDIA_FORMS]
    return plain[0] if plain else "", tuple(media)


MEDIA_FORMS = frozenset({"image", "big-image", "audio", "video"})


def _said(element: Element | None, texts: Texts) -> tuple[str, tuple[str, ...]]:
    if element is None:
        return "", ()
    ref = element.get("ref", "")
    return texts.get(_text_id(ref), ("", ())) if ref.startswith("jr:itext") else (_flat(element), ())


def _message(written: str, texts: Texts) -> str:
    return texts.get(_text_id(written), ("", ()))[0] if written.startswith("jr:itext") else written


def _text_id(ref: str) -> str:
    return ref.removeprefix("jr:itext(").rstrip(")").strip("'\"")


def _flat(element: Element) -> str:
    """Give a text with the answers that it repeats as […]."""
    parts = [element.text or ""]
    for child in element:
        parts += [f"[{child.get('value', '').rsplit('/', 1)[-1].strip()}]", child.tail or ""]
    return " ".join("".join(parts).split())


def _items(control: Element, form: _Form) -> tuple[Choice, ...]:
    items = (one for one in control if name_of(one) == "item")
    return tuple(_choice(child_of(one, "value"), child_of(one, "label"), form.texts) for one in items)


def _choice(value: Element | None, label: Element | None, texts: Texts) -> Choice:
    name = _flat(value) if value is not None else ""
    return Choice(name, _said(label, texts)[0] or name)


def _itemset(itemset: Element, form: _Form) -> tuple[Choice, ...]:
    """List the choices of a list that stands in the form itself; those of another file are not here."""
    instance = form.instances.get(_instance_of(itemset))
    rows = list(instance[0]) if instance is not None and len(instance) else []
    value, label = child_of(itemset, "value"), child_of(itemset, "label")
    named = (value.get("ref", "name") if value is not None else "name").strip()
    written = label.get("ref", "") if label is not None else ""
    found = []
    for row in rows:
        cells = {name_of(cell): _flat(cell) for cell in row}
        text = form.texts.get(cells.get("itextId", ""), ("", ()))[0] if "itextId" in written else cells.get(written, "")
        found.append(Choice(cells.get(named, ""), text or cells.get(named, "")))
    return tuple(found)


def _instance_of(itemset: Element) -> str:
    nodeset = itemset.get("nodeset", "")
    return nodeset.partition("instance(")[2].partition(")")[0].strip("'\" ") or ""


def _source(itemset: Element, form: _Form) -> str:
    """Name the file or the question that the choices come from."""
    instance = form.instances.get(_instance_of(itemset))
    if instance is not None:
        return instance.get("src", "").rsplit("/", 1)[-1]
    return itemset.get("nodeset", "").rsplit("/", 1)[-1]
