"""Opens the archive that an office file is, no larger than we are willing to unpack."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from docx.oxml import parse_xml

from raquan.kernel.refused import N_, Refused

MAX_UNPACKED = 50 * 1024 * 1024
_MAX_PARTS = 5000
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


class TooLarge(Refused):
    """The file unpacks to more than we are willing to read."""

    code = "plan.too_large"
    message = N_("Văn bản quá lớn: sau khi giải nén vượt quá {megabytes} MB. Hãy bỏ bớt ảnh trong văn bản rồi nạp lại.")


def open_package(data: bytes, *, most: int = MAX_UNPACKED) -> zipfile.ZipFile:
    """Open an archive. Raises TooLarge, and BadZipFile for what is none or declares entities."""
    package = zipfile.ZipFile(BytesIO(data))
    parts = package.infolist()
    if sum(part.file_size for part in parts) > most or len(parts) > _MAX_PARTS:
        raise TooLarge(megabytes=most // (1024 * 1024))
    return package


def refuse_entities(package: zipfile.ZipFile) -> None:
    """Raise BadZipFile when a part declares a document type: no office program writes one."""
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            with package.open(name) as part:
                if b"<!DOCTYPE" in part.read(2048):
                    raise zipfile.BadZipFile(name)


def texts_of(drawing: bytes) -> Iterator[str]:
    """Give the text of each shape of a sheet's drawing, its paragraphs parted by line breaks."""
    for shape in parse_xml(drawing).iter(f"{_SHEET_DRAWING}txBody"):
        paragraphs = shape.iter(f"{_DRAWING}p")
        yield "\n".join("".join(one.text or "" for one in line.iter(f"{_DRAWING}t")) for line in paragraphs)
