"""Reads XForm instances and definitions; the one place that parses XML from outside."""

from dataclasses import dataclass
from typing import Any

from lxml import etree

from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import nfc

NAMESPACE = "urn:raquan:xform"
"""The namespace of the bind attribute with which a form declares what its questions feed."""

MAX_DEPTH = 30
_XFORMS = "{http://www.w3.org/2002/xforms}"


class MalformedXml(Refused):
    """The bytes are no XML."""

    code = "envelope.malformed"
    message = N_("Bản ghi không phải là XML đúng (dòng {line}, cột {column}).")
    status = 400


class DoctypeRefused(Refused):
    """The XML declares a document type, which records never need and attacks do."""

    code = "envelope.doctype"
    message = N_("Bản ghi có khai báo DOCTYPE nên không được nhận.")
    status = 400


class FormIdMissing(Refused):
    """The root of the instance does not say which form it answers."""

    code = "envelope.form_id_missing"
    message = N_("Bản ghi không cho biết thuộc biểu mẫu nào.")
    status = 400


@dataclass(frozen=True, slots=True)
class InstanceHead:
    """What the outside of an instance says; `instance_id` and `deprecated_id` are "" when it has none."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a form definition says; `assist` maps fields to question paths, `uploads` lists questions for files.

    `fields` lists groups, repeats and questions in their order; a group's type is "group", a repeat's "repeat".
    """

    form_id: str
    version: str
    title: str
    assist: dict[str, str]
    uploads: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


def read_head(payload: bytes) -> InstanceHead:
    """Read which form, version and instance a payload is; raises the refusals above."""
    root = _parse(payload)
    form_id = root.get("id", "").strip()
    if not form_id:
        raise FormIdMissing()
    meta = _child(root, "meta")
    return InstanceHead(
        form_id=form_id,
        version=root.get("version", "").strip(),
        instance_id=_text(_child(meta, "instanceID")) if meta is not None else "",
        deprecated_id=_text(_child(meta, "deprecatedID")) if meta is not None else "",
    )


def read_answers(payload: bytes) -> dict[str, Any]:
    """Read the answers: a text a question ("" when empty), a mapping a group, a list where a name repeats."""
    answers = _children(_parse(payload), MAX_DEPTH)
    answers.pop("meta", None)
    return answers


def answer_at(answers: dict[str, Any], path: str) -> str:
    """Give the answer at a path such as "place/outing"; "" where there is none or more than one."""
    found: Any = answers
    for name in path.split("/"):
        found = found.get(name, "") if isinstance(found, dict) else ""
    return found if isinstance(found, str) else ""


def change_answers(payload: bytes, changes: dict[str, str], *, instance_id: str, deprecated_id: str) -> bytes | None:
    """Write an instance anew with other answers at some paths, as a correction of `deprecated_id`.

    None where a path is not there exactly once, or the instance has no id of its own. What is not named stays as
    it was, also what we do not know.
    """
    root = _parse(payload)
    meta = _child(root, "meta")
    own = _child(meta, "instanceID") if meta is not None else None
    if meta is None or own is None:
        return None
    for path, value in changes.items():
        found = [root]
        for name in path.split("/"):
            found = [child for one in found for child in one if _name(child) == name]
        if len(found) != 1 or len(found[0]):
            return None
        found[0].text = value
    own.text = instance_id
    deprecated = _child(meta, "deprecatedID")
    if deprecated is None:
        deprecated = etree.SubElement(meta, str(own.tag).replace("instanceID", "deprecatedID"))
    deprecated.text = deprecated_id
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def read_form(xml: bytes) -> FormReading:
    """Read a compiled form's id, version, title, and what its binds declare."""
    root = _parse(xml)
    primary = root.find(f".//{_XFORMS}instance/*")
    if primary is None or not primary.get("id"):
        raise FormIdMissing()
    title = root.find("{http://www.w3.org/1999/xhtml}head/{http://www.w3.org/1999/xhtml}title")
    binds = root.findall(f".//{_XFORMS}bind")
    return FormReading(
        form_id=primary.get("id", ""),
        version=primary.get("version", ""),
        title=_text(title),
        assist={name: _path(bind) for bind in binds if (name := bind.get(f"{{{NAMESPACE}}}assist"))},
        uploads=tuple(_path(bind) for bind in binds if bind.get("type") == "binary"),
        fields=tuple(_fields(root, primary, {_path(bind): bind.get("type", "string") for bind in binds})),
    )


def _parse(payload: bytes) -> etree._Element:
    # A parser a call: lxml's parsers are not for several threads at once, and making one costs little.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if b"<!DOCTYPE" in payload[:4096]:
        raise DoctypeRefused()
    try:
        root = etree.fromstring(payload, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise MalformedXml(line=line, column=column) from error
    if root.getroottree().docinfo.doctype:
        raise DoctypeRefused()
    return root


def _fields(root: etree._Element, primary: etree._Element, types: dict[str, str]) -> list[tuple[str, str]]:
    """List what the primary instance holds, depth first; what stands in it twice (a repeat's template) once."""
    repeats = {_path(one) for one in root.iter(f"{_XFORMS}repeat")}
    found: dict[str, str] = {}

    def walk(element: etree._Element, above: str, depth: int) -> None:
        for child in element:
            path = f"{above}/{_name(child)}" if above else _name(child)
            if path == "meta":
                continue
            is_group = len(child) > 0
            found.setdefault(path, "repeat" if path in repeats else "group" if is_group else types.get(path, "string"))
            if is_group and depth:
                walk(child, path, depth - 1)

    walk(primary, "", MAX_DEPTH)
    return list(found.items())


def _path(bind: etree._Element) -> str:
    """Give a bind's path below the root element: /data/place/outing is place/outing."""
    return "/".join(bind.get("nodeset", "").strip("/").split("/")[1:])


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child) == name), None)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else nfc((element.text or "").strip())


def _children(element: etree._Element, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in element:
        value: Any = _children(child, depth - 1) if len(child) and depth else _text(child)
        name = _name(child)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found
