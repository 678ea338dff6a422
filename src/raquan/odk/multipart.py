"""Reads multipart bodies of files in the plainest form, as telephones send them by the thousand."""

import re
from dataclasses import dataclass

MOST_PARTS = 20

_HEAD = re.compile(
    rb'Content-Disposition: form-data; name="(\w+)"; filename="(\w[\w. -]*)"\r\n'
    rb"(?:Content-Type: ([\w./+-]+)\r\n)?"
    rb"(?:Content-Transfer-Encoding: binary\r\n)?"
    rb"(?:Content-Length: \d+\r\n)?",
    re.ASCII | re.IGNORECASE,
)
"""A file's head as OpenRosa clients write it; whatever is written otherwise is left to Django."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a body: its part's name, its own name, its media type ("" where none is said), its bytes."""

    name: str
    file_name: str
    media_type: str
    data: bytes


def plain_parts(body: bytes, boundary: bytes) -> list[Part] | None:
    """Read a body of nothing but files in the plainest form; None when it is anything else, or breaks off."""
    first, *pieces = body.split(b"--" + boundary)
    if first or not 1 < len(pieces) <= MOST_PARTS or pieces.pop() not in (b"--\r\n", b"--"):
        return None
    parts = []
    for piece in pieces:
        head, separator, content = piece.partition(b"\r\n\r\n")
        found = _HEAD.fullmatch(head[2:] + b"\r\n")
        if not separator or not head.startswith(b"\r\n") or not content.endswith(b"\r\n") or found is None:
            return None
        name, file_name, kind = (one.decode() if one else "" for one in found.groups())
        parts.append(Part(name, file_name, kind, content[:-2]))
    return parts
