"""Turns Word documents into PDF by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

PDF_SECONDS = 120


class PdfFailed(Exception):
    """LibreOffice is there and did not make the PDF."""


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
