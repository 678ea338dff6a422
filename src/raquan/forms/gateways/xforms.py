"""Reads XForm definitions: which form and version they are, what their binds declare, which files they name."""

import re
from dataclasses import dataclass

from raquan.forms.rules import FORM_ID, MAX_NAME, MEDIA_NAME, Declared, MediaRef
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


class FormIdMalformed(Refused):
    """The id or the version could not stand in an address, or is too long to be kept."""

    code = "form.id_malformed"
    message = N_(
        "Mã biểu mẫu “{form_id}” hoặc phiên bản “{version}” dài quá 100 chữ, hoặc có một trong các dấu / \\ ? # %."
    )


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a form definition says; `assist` maps fields to question paths, `uploads` lists questions for files.

    `fields` lists groups, repeats and questions in their order; a group's type is "group", a repeat's "repeat".
    `declared` is what `assist` is made of, as it stands; `media` lists the files that the definition names.
    """

    form_id: str
    version: str
    title: str
    assist: dict[str, str]
    uploads: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    declared: tuple[Declared, ...]
    media: tuple[MediaRef, ...]


_MEDIA_URI = re.compile(r"jr://(images|audio|video|file|file-csv)/([^\s'\"<>]+)")
_SEARCH = re.compile(r"search\(\s*['\"]([^'\"]+)['\"]")
_MEDIA_KINDS = {"images": "image", "audio": "audio", "video": "video"}


def read_form(definition: bytes) -> FormReading:
    """Read a compiled form's id, version, title, and what its binds declare."""
    root = parse_form(definition)
    primary = primary_instance(root)
    title = root.find(f"{_XHTML}head/{_XHTML}title")
    binds = root.findall(f".//{_XFORMS}bind")
    types = {path_of(bind): bind.get("type", "string") for bind in binds}
    fields = tuple(_fields(root, primary, types))
    declared = tuple(_declared(binds, dict(fields)))
    return FormReading(
        form_id=primary.get("id", ""),
        version=primary.get("version", ""),
        title=text_of(title),
        assist={one.field: one.path for one in declared},
        uploads=tuple(path_of(bind) for bind in binds if bind.get("type") == "binary"),
        fields=fields,
        declared=declared,
        media=tuple(_media(root)),
    )


def check_names(reading: FormReading) -> None:
    """Refuse an id that no address can hold, or a version that is too long."""
    if not FORM_ID.fullmatch(reading.form_id) or len(reading.version) > MAX_NAME:
        raise FormIdMalformed(form_id=reading.form_id, version=reading.version)


def with_version(definition: bytes, version: str) -> bytes:
    """Give the same form under another version."""
    root = parse_form(definition)
    primary_instance(root).set("version", version)
    return xml.write(root)


def read_trial(payload: bytes) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Read the form's id, the instance's id ("" without one) and the answers (path, text) of a record to a draft."""
    root = parse_form(payload)
    said: list[tuple[str, str]] = []

    def walk(element: Element, above: str, depth: int) -> None:
        for child in element:
            path = f"{above}/{name_of(child)}" if above else name_of(child)
            if len(child) and depth:
                walk(child, path, depth - 1)
            elif text_of(child):
                said.append((path, text_of(child)))

    walk(root, "", xml.MAX_DEPTH)
    instance_id = next((text for path, text in said if path == "meta/instanceID"), "")
    return root.get("id", ""), instance_id, tuple(one for one in said if not one[0].startswith("meta/"))


def parse_form(definition: bytes) -> Element:
    """Parse a definition; raises FormMalformed and FormDoctypeRefused."""
    try:
        return xml.parse(definition)
    except xml.Malformed as error:
        raise FormMalformed(line=error.line, column=error.column) from error
    except xml.DoctypeDeclared as error:
        raise FormDoctypeRefused() from error


def primary_instance(root: Element) -> Element:
    """Give the root element of what is filled in; raises FormIdAbsent."""
    primary = root.find(f".//{_XFORMS}instance/*")
    if primary is None or not primary.get("id"):
        raise FormIdAbsent()
    return primary


def path_of(element: Element, attribute: str = "nodeset") -> str:
    """Give the path that a bind or control speaks of, below the root element: /data/place/outing is place/outing."""
    return "/".join(element.get(attribute, "").strip("/").split("/")[1:])


def _declared(binds: list[Element], types: dict[str, str]) -> list[Declared]:
    repeats = {path for path, kind in types.items() if kind == "repeat"}

    def is_repeated(path: str) -> bool:
        parts = path.split("/")
        return any("/".join(parts[:length]) in repeats for length in range(1, len(parts)))

    found = ((bind.get(f"{{{NAMESPACE}}}assist"), path_of(bind)) for bind in binds)
    return [Declared(name, path, types.get(path, "string"), is_repeated(path)) for name, path in found if name]


def _media(root: Element) -> list[MediaRef]:
    """List the files that the definition names, each once: pictures, sounds, tables that it looks up in."""
    found: dict[str, str] = {}
    for element in root.iter():
        texts = [element.text or "", *element.attrib.values()]
        for text in map(str, texts):
            for folder, name in _MEDIA_URI.findall(text):
                found.setdefault(name, _MEDIA_KINDS.get(folder, "file"))
            for name in _SEARCH.findall(text):
                found.setdefault(f"{name}.csv", "file")
    return [MediaRef(name, kind) for name, kind in found.items() if MEDIA_NAME.fullmatch(name)]


def _fields(root: Element, primary: Element, types: dict[str, str]) -> list[tuple[str, str]]:
    """List what the primary instance holds, depth first; what stands in it twice (a repeat's template) once."""
    repeats = {path_of(one) for one in root.iter(f"{_XFORMS}repeat")}
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
