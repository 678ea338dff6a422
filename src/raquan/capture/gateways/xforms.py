"""Reads XForm instances: which record they are, and its answers."""

from dataclasses import dataclass, field
from typing import Any

from raquan.kernel.refused import N_, Refused
from raquan.xml import reading as xml
from raquan.xml.reading import Element, child_of, name_of, text_of


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
    root: Element = field(repr=False, compare=False)

    def answers(self) -> dict[str, Any]:
        """Read the answers, as `read_answers` does, of what has been parsed already."""
        return _answers(self.root)


def read_head(payload: bytes) -> InstanceHead:
    """Read which form, version and instance a payload is; raises the refusals above."""
    root = _parse(payload)
    form_id = root.get("id", "").strip()
    if not form_id:
        raise FormIdMissing()
    meta = child_of(root, "meta")
    return InstanceHead(
        form_id=form_id,
        version=root.get("version", "").strip(),
        instance_id=text_of(child_of(meta, "instanceID")) if meta is not None else "",
        deprecated_id=text_of(child_of(meta, "deprecatedID")) if meta is not None else "",
        root=root,
    )


def read_answers(payload: bytes) -> dict[str, Any]:
    """Read the answers: a text a question ("" when empty), a mapping a group, a list where a name repeats."""
    return _answers(_parse(payload))


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
    meta = child_of(root, "meta")
    own = child_of(meta, "instanceID") if meta is not None else None
    if meta is None or own is None:
        return None
    for path, value in changes.items():
        found = [root]
        for name in path.split("/"):
            found = [child for one in found for child in one if name_of(child) == name]
        if len(found) != 1 or len(found[0]):
            return None
        found[0].text = value
    own.text = instance_id
    deprecated = child_of(meta, "deprecatedID")
    if deprecated is None:
        deprecated = xml.add_child(meta, like=own, name="deprecatedID")
    deprecated.text = deprecated_id
    return xml.write(root)


def _parse(payload: bytes) -> Element:
    try:
        return xml.parse(payload)
    except xml.Malformed as error:
        raise MalformedXml(line=error.line, column=error.column) from error
    except xml.DoctypeDeclared as error:
        raise DoctypeRefused() from error


def _answers(root: Element) -> dict[str, Any]:
    answers = _children(root, xml.MAX_DEPTH)
    answers.pop("meta", None)
    return answers


def _children(element: Element, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in element:
        value: Any = _children(child, depth - 1) if len(child) and depth else text_of(child)
        name = name_of(child)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found
