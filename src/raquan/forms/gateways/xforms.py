"""Reads XForm definitions: which form and version they are, and what their binds declare."""

from dataclasses import dataclass

from raquan.kernel.refused import N_, Refused
from raquan.xml import reading as xml
from raquan.xml.reading import Element, name_of, text_of

NAMESPACE = "urn:raquan:xform"
"""The namespace of the bind attribute with which a form declares what its questions feed."""

_XFORMS = "{http://www.w3.org/2002/xforms}"
_XHTML = "{http://www.w3.org/1999/xhtml}"


class FormMalformed(Refused):
    """The bytes are no XML."""

    code = "form.malformed"
    message = N_("Biểu mẫu không phải là XML đúng (dòng {line}, cột {column}).")
    status = 400


class FormDoctypeRefused(Refused):
    """The XML declares a document type, which forms never need and attacks do."""

    code = "form.doctype"
    message = N_("Biểu mẫu có khai báo DOCTYPE nên không được nhận.")
    status = 400


class FormIdAbsent(Refused):
    """The definition has no primary instance with an id."""

    code = "form.id_missing"
    message = N_("Biểu mẫu không có mã (form_id).")
    status = 400


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


def read_form(definition: bytes) -> FormReading:
    """Read a compiled form's id, version, title, and what its binds declare."""
    root = _parse(definition)
    primary = root.find(f".//{_XFORMS}instance/*")
    if primary is None or not primary.get("id"):
        raise FormIdAbsent()
    title = root.find(f"{_XHTML}head/{_XHTML}title")
    binds = root.findall(f".//{_XFORMS}bind")
    return FormReading(
        form_id=primary.get("id", ""),
        version=primary.get("version", ""),
        title=text_of(title),
        assist={name: _path(bind) for bind in binds if (name := bind.get(f"{{{NAMESPACE}}}assist"))},
        uploads=tuple(_path(bind) for bind in binds if bind.get("type") == "binary"),
        fields=tuple(_fields(root, primary, {_path(bind): bind.get("type", "string") for bind in binds})),
    )


def _parse(definition: bytes) -> Element:
    try:
        return xml.parse(definition)
    except xml.Malformed as error:
        raise FormMalformed(line=error.line, column=error.column) from error
    except xml.DoctypeDeclared as error:
        raise FormDoctypeRefused() from error


def _fields(root: Element, primary: Element, types: dict[str, str]) -> list[tuple[str, str]]:
    """List what the primary instance holds, depth first; what stands in it twice (a repeat's template) once."""
    repeats = {_path(one) for one in root.iter(f"{_XFORMS}repeat")}
    found: dict[str, str] = {}

    def walk(element: Element, above: str, depth: int) -> None:
        for child in element:
            path = f"{above}/{name_of(child)}" if above else name_of(child)
            if path == "meta":
                continue
            is_group = len(child) > 0
            found.setdefault(path, "repeat" if path in repeats else "group" if is_group else types.get(path, "string"))
            if is_group and depth:
                walk(child, path, depth - 1)

    walk(primary, "", xml.MAX_DEPTH)
    return list(found.items())


def _path(bind: Element) -> str:
    """Give a bind's path below the root element: /data/place/outing is place/outing."""
    return "/".join(bind.get("nodeset", "").strip("/").split("/")[1:])
