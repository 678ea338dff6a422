"""Where a file's bytes lie, how long an address to them holds, and what is taken out of a photo."""

import re
from datetime import timedelta

from raquan.files.rules.photos import MAX_PHOTO, PhotoTooLarge, PhotoUnreadable, strip_photo, widths_of

__all__ = [
    "ADDRESS_HOLDS",
    "DEFAULT_MEDIA_TYPE",
    "MAX_PHOTO",
    "MEDIA_TYPE",
    "SHOWN_INLINE",
    "PhotoTooLarge",
    "PhotoUnreadable",
    "storage_name",
    "strip_photo",
    "widths_of",
]

ADDRESS_HOLDS = timedelta(hours=12)
"""How long a download address may be used after it was given."""

MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
"""What a media type looks like (RFC 6838), without parameters."""

DEFAULT_MEDIA_TYPE = "application/octet-stream"

SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/webp", "application/pdf"})
"""What a browser may show; everything else is saved, so that no stored file can run as a page of ours."""


def storage_name(sha256: str) -> str:
    """Give the name of a content in the storage: two levels of folders keep them small."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
