"""Reads a form's labels from its definition, for exports that say labels instead of names."""

import re
from collections.abc import Iterator

from raquan.exchange.rules import Labels, label_key
from raquan.xml.reading import Element, child_of, name_of, parse, text_of

_ITEXT = re.compile(r"jr:itext\('([^']+)'\)")
_INSTANCE = re.compile(r"instance\('([^']+)'\)")


def read_labels(definition: bytes) -> Labels:
    """Read what heads questions and what choices are called, in every language of the form."""
    root = parse(definition)
    texts = _texts(root)
    lists = {one.get("id", ""): list(_items(one, texts)) for one in root.iter() if name_of(one) == "instance"}
    questions: dict[str, set[str]] = {}
    choices: dict[str, list[tuple[str, str]]] = {}
    for control in root.iter():
        ref = control.get("ref", "")
        if not ref.startswith("/"):
            continue
        path = "/".join(ref.strip("/").split("/")[1:])
        for label in _labels(child_of(control, "label"), texts):
            questions.setdefault(label_key(label), set()).add(path)
        found = [pair for child in control if name_of(child) == "item" for pair in _item(child, texts)]
        itemset = child_of(control, "itemset")
        named = _INSTANCE.search(itemset.get("nodeset", "")) if itemset is not None else None
        found += lists.get(named.group(1), []) if named else []
        if found:
            choices[path] = found
    return Labels(
        questions={label: paths.copy().pop() for label, paths in questions.items() if len(paths) == 1},
        choices={path: _meanings(found) for path, found in choices.items()},
        values={path: frozenset(value for value, _ in found) for path, found in choices.items()},
    )


def _meanings(found: list[tuple[str, str]]) -> dict[str, str]:
    meant: dict[str, set[str]] = {}
    for value, label in found:
        meant.setdefault(label_key(label), set()).add(value)
    return {label: values.copy().pop() for label, values in meant.items() if len(values) == 1}


def _texts(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in root.iter():
        if name_of(one) == "text":
            found.setdefault(one.get("id", ""), []).append(text_of(child_of(one, "value")))
    return found


def _labels(label: Element | None, texts: dict[str, list[str]]) -> list[str]:
    if label is None:
        return []
    named = _ITEXT.search(label.get("ref", ""))
    said = texts.get(named.group(1), []) if named else [text_of(label)]
    return [one for one in said if one]


def _item(item: Element, texts: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for label in _labels(child_of(item, "label"), texts):
        yield text_of(child_of(item, "value")), label


def _items(instance: Element, texts: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Give the (value, label) pairs of a list of choices."""
    for item in instance.iter():
        if name_of(item) != "item":
            continue
        named = text_of(child_of(item, "itextId"))
        for label in texts.get(named, []) if named else [text_of(child_of(item, "label"))]:
            yield text_of(child_of(item, "name")), label
