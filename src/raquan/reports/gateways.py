"""Fills the Word templates, and turns Word documents into PDF by LibreOffice where it is installed."""

import io
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

from raquan.reports.rules import FONT, LAYOUT, LetterContent, ReportContent

_TEMPLATES = Path(__file__).resolve().parent / "templates_docx"
TEMPLATE, LETTER = _TEMPLATES / "report.docx", _TEMPLATES / "letter.docx"
PDF_SECONDS = 120
_ZIP_TIME = (2020, 3, 5, 0, 0, 0)
"""Any fixed time does: the same content must be the same bytes."""


class PdfFailed(Exception):
    """LibreOffice is there and did not make the PDF."""


def fill_template(content: ReportContent) -> bytes:
    """Give the report as .docx; the same content gives the same bytes."""
    from docxtpl import DocxTemplate, RichText

    template = DocxTemplate(TEMPLATE)
    context: dict[str, Any] = {field.name: getattr(content, field.name) for field in fields(content)}

    def link(address: str) -> Any:
        rich = RichText()
        rich.add(address, url_id=template.build_url_id(address), font=FONT, size=LAYOUT.recipients * 2)
        return rich

    context["sources"] = [{"mark": one.mark, "name": one.name, "link": link(one.address)} for one in content.sources]
    return _rendered(template, context)


def fill_letter(content: LetterContent) -> bytes:
    """Give the letter as .docx; the same content gives the same bytes."""
    from docxtpl import DocxTemplate

    return _rendered(DocxTemplate(LETTER), {field.name: getattr(content, field.name) for field in fields(content)})


def _rendered(template: Any, context: dict[str, Any]) -> bytes:
    template.render({"c": context}, autoescape=True)
    filled = io.BytesIO()
    template.save(filled)
    return _without_times(filled.getvalue())


def has_libreoffice() -> bool:
    """Tell whether PDFs can be made here."""
    return _soffice() is not None


def to_pdf(docx: bytes) -> bytes:
    """Turn a .docx into PDF. Raises PdfFailed; call only where has_libreoffice()."""
    with tempfile.TemporaryDirectory(prefix="raquan-pdf-") as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(docx)
        # A profile of its own: a second LibreOffice on the user's profile refuses to start.
        command = [
            str(_soffice()),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PDF_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise PdfFailed(f"no answer in {PDF_SECONDS} s") from error
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise PdfFailed(done.stderr.decode(errors="replace")[-500:])
        return made.read_bytes()


def _soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _without_times(docx: bytes) -> bytes:
    """Write the package again without the time of day in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()
