"""Reads the small multipart bodies that telephones send by the thousand; Django's own reader reads all others."""

import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

SMALL = 64 * 1024
"""Up to this many bytes a body is read at once."""

MOST_PARTS = 20

_PART = re.compile(
    rb'Content-Disposition: form-data; name="(\w+)"; filename="(\w[\w. -]*)"\r\n'
    rb"(?:Content-Type: ([\w./+-]+)\r\n)?"
    rb"(?:Content-Transfer-Encoding: binary\r\n)?"
    rb"(?:Content-Length: \d+\r\n)?",
    re.ASCII | re.IGNORECASE,
)
"""A file's head as OpenRosa clients write it; whatever is written otherwise is left to Django."""

Read = tuple[QueryDict, MultiValueDict[str, UploadedFile[bytes]]]


class SmallBodies(FileUploadHandler):
    """Read a small body whole: Django's reader is made for large ones, and costs a fifth of what a record costs."""

    def handle_raw_input(  # type: ignore[override]  # the stubs say that a boundary is a str: it is bytes
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> Read | None:
        """Give what the body holds; None leaves a larger one to the handlers after this one."""
        if content_length > SMALL:
            return None
        body = input_data.read(content_length)
        return _plain_files(body, boundary, encoding) or _as_django(body, META, encoding)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave larger bodies to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave larger bodies to the next handler."""


def _plain_files(body: bytes, boundary: bytes, encoding: str | None) -> Read | None:
    """Read a body of nothing but files in the plainest form; None when it is anything else."""
    first, *parts = body.split(b"--" + boundary)
    if first or not 1 < len(parts) <= MOST_PARTS or parts.pop() not in (b"--\r\n", b"--"):
        return None
    files: MultiValueDict[str, UploadedFile[bytes]] = MultiValueDict()
    for part in parts:
        head, separator, content = part.partition(b"\r\n\r\n")
        found = _PART.fullmatch(head[2:] + b"\r\n")
        if not separator or not head.startswith(b"\r\n") or not content.endswith(b"\r\n") or found is None:
            return None
        name, file_name, kind = (one.decode() if one else "" for one in found.groups())
        data = content[:-2]
        file = InMemoryUploadedFile(BytesIO(data), name, file_name, kind, len(data), None)
        files.appendlist(name, file)
    return QueryDict(encoding=encoding), files


def _as_django(body: bytes, meta: dict[str, Any], encoding: str | None) -> Read:
    said = {**meta, "CONTENT_LENGTH": str(len(body))}
    reader = MultiPartParser(said, BytesIO(body), [MemoryFileUploadHandler()], encoding)
    post, files = reader.parse()
    return post, files
