"""Reads the small multipart bodies that telephones send by the thousand; Django's own reader reads all others."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from raquan.odk.multipart import plain_parts

SMALL = 64 * 1024
"""Up to this many bytes a body is read at once."""

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
    parts = plain_parts(body, boundary)
    if parts is None:
        return None
    files: MultiValueDict[str, UploadedFile[bytes]] = MultiValueDict()
    for one in parts:
        size = len(one.data)
        file = InMemoryUploadedFile(BytesIO(one.data), one.name, one.file_name, one.media_type, size, None)
        files.appendlist(one.name, file)
    return QueryDict(encoding=encoding), files


def _as_django(body: bytes, meta: dict[str, Any], encoding: str | None) -> Read:
    said = {**meta, "CONTENT_LENGTH": str(len(body))}
    reader = MultiPartParser(said, BytesIO(body), [MemoryFileUploadHandler()], encoding)
    post, files = reader.parse()
    return post, files
