"""Fills Word templates: a template is read and compiled once, and then filled as often as there are documents."""

import io
import re
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from raquan.kernel.refused import N_, Refused
from raquan.reports.rules import FONT, LAYOUT, Kind, LetterContent, ReportContent

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates_docx"
DEFAULTS = {Kind.CAMPAIGN: _TEMPLATES / "report.docx", Kind.UNIT: _TEMPLATES / "unit.docx"}
LETTER = _TEMPLATES / "letter.docx"
FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
"""The parts of a document that may have tags."""

PICTURE_MM = 150
TALLEST_MM = 160
_ZIP_TIME = (2020, 3, 5, 0, 0, 0)
"""Any fixed time does: the same content must be the same bytes."""
_DOCUMENT_RELS = "word/_rels/document.xml.rels"
_EMU = 36000
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class TemplateBroken(Refused):
    """The template cannot be filled: a tag is not closed, or names what does not exist."""

    code = "template.broken"
    message = N_("Không điền được mẫu báo cáo: {reason}")


class Filler:
    """A template that is read and compiled; `fill` may be called from several threads."""

    def __init__(self, template: bytes) -> None:
        """Read a template. Raises TemplateBroken."""
        from docxtpl import DocxTemplate
        from jinja2 import TemplateError

        patch = DocxTemplate(io.BytesIO(template)).patch_xml
        self._others: dict[str, bytes] = {}
        self._filled: dict[str, Any] = {}
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            for name in package.namelist():
                data = package.read(name)
                if not FILLED.fullmatch(name):
                    self._others[name] = data
                    continue
                try:
                    self._filled[name] = _ENVIRONMENT.from_string(patch(data.decode()))
                except TemplateError as error:
                    raise TemplateBroken(reason=str(error)) from error

    def fill(self, content: Any, pictures: Sequence[bytes] = ()) -> bytes:
        """Give the document as .docx; the same content gives the same bytes. Raises TemplateBroken.

        `pictures` are those of the content's charts, in their order.
        """
        from jinja2 import TemplateError

        added = _Added()
        context = added.context(content, pictures)
        try:
            parts = {name: one.render(c=context).encode() for name, one in self._filled.items()}
        except (TemplateError, TypeError, ValueError) as error:
            raise TemplateBroken(reason=str(error)) from error
        return _packed(self._others | parts | added.parts(self._others))


class _Added:
    """What filling adds to the package: addresses to open, pictures."""

    def __init__(self) -> None:
        self._relations: list[str] = []
        self._media: dict[str, bytes] = {}

    def context(self, content: Any, pictures: Sequence[bytes]) -> dict[str, Any]:
        """Give the content as templates see it."""
        context: dict[str, Any] = {one.name: getattr(content, one.name) for one in fields(content)}
        if "sources" in context:
            context["sources"] = [
                {"mark": one.mark, "name": one.name, "address": one.address, "link": self._link(one.address)}
                for one in content.sources
            ]
            context["charts"] = [
                {"number": one.number, "caption": one.caption, "picture": self._picture(png, one.caption)}
                for one, png in zip(content.charts, pictures, strict=False)
            ]
        return context

    def parts(self, others: dict[str, bytes]) -> dict[str, bytes]:
        """Give the parts that are new or changed."""
        if not self._relations:
            return {}
        relations = (
            others[_DOCUMENT_RELS].decode().replace("</Relationships>", f"{''.join(self._relations)}</Relationships>")
        )
        found = {_DOCUMENT_RELS: relations.encode(), **self._media}
        types = others["[Content_Types].xml"].decode()
        if self._media and 'Extension="png"' not in types:
            types = types.replace("<Default ", '<Default Extension="png" ContentType="image/png"/><Default ', 1)
            found["[Content_Types].xml"] = types.encode()
        return found

    def _link(self, address: str) -> Markup:
        name = self._relate("hyperlink", address, ' TargetMode="External"')
        return Markup(  # noqa: S704 - the address is escaped
            f'<w:hyperlink xmlns:r="{_R}" r:id="{name}"><w:r><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" '
            f'w:cs="{FONT}"/><w:sz w:val="{LAYOUT.recipients * 2}"/></w:rPr><w:t>{escape(address)}</w:t></w:r>'
            "</w:hyperlink>"
        )

    def _picture(self, png: bytes, caption: str) -> Markup:
        number = len(self._media) + 1
        self._media[f"word/media/raquan{number}.png"] = png
        name = self._relate("image", f"media/raquan{number}.png")
        pixels = struct.unpack(">II", png[16:24])
        width = min(PICTURE_MM, TALLEST_MM * pixels[0] / pixels[1])
        size = f'cx="{round(width * _EMU)}" cy="{round(width * pixels[1] / pixels[0] * _EMU)}"'
        said = f'id="{number}" name="Hinh {number}"'
        return Markup(  # noqa: S704 - the caption is escaped
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {size}/><wp:docPr {said} descr={quoteattr(caption)}/>"
            f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
            f'<pic:cNvPr {said}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_R}" r:embed="{name}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
            '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )

    def _relate(self, kind: str, target: str, more: str = "") -> str:
        name = f"rIdRaquan{len(self._relations) + 1}"
        self._relations.append(f'<Relationship Id="{name}" Type="{_R}/{kind}" Target={quoteattr(target)}{more}/>')
        return name


def fill_letter(content: LetterContent) -> bytes:
    """Give the letter to units that are behind as .docx; the same content gives the same bytes."""
    return _letter().fill(content)


def filler_of(kind: Kind) -> Filler:
    """Give the filler of the template that the program brings, compiled once a process."""
    return _default(kind)


@lru_cache(maxsize=4)
def _default(kind: Kind) -> Filler:
    return Filler(DEFAULTS[kind].read_bytes())


@lru_cache(maxsize=1)
def _letter() -> Filler:
    return Filler(LETTER.read_bytes())


def fill_report(content: ReportContent, pictures: Sequence[bytes], kind: Kind) -> bytes:
    """Give a report as .docx by the program's own template."""
    return filler_of(kind).fill(content, pictures)


def _clean(value: Any) -> Any:
    """Drop what XML cannot hold; nothing is written as nothing."""
    if value is None:
        return ""
    return _BAD.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_clean)


_ENVIRONMENT = _environment()


def _packed(parts: dict[str, bytes]) -> bytes:
    """Write a package without the time of day in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(parts, key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            part.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            new.writestr(part, parts[name])
    return packed.getvalue()
