"""Sends a short sound, also the piece of it that a player asks for: some phones play nothing without that."""

import re

from django.http import HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})")


def sound_answer(request: HttpRequest, data: bytes, *, media_type: str, keep: str, name: str = "") -> HttpResponse:
    """Answer with a sound; one range is served (RFC 9110, 14), several or odd ones get the whole.

    `keep` is the Cache-Control; with a `name` it is a file to be saved.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    start, end = _piece(found, len(data)) if found else (0, len(data))
    if start >= end:
        answer = HttpResponse(status=416, content_type=media_type)
        answer["Content-Range"] = f"bytes */{len(data)}"
        return answer
    answer = HttpResponse(data[start:end], status=206 if found else 200, content_type=media_type)
    if found:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = keep
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _piece(found: re.Match[str], size: int) -> tuple[int, int]:
    first, last = found[1], found[2]
    if not first:  # the last so many bytes
        return (max(size - int(last), 0), size) if last and int(last) else (size, size)
    return int(first), min(int(last) + 1, size) if last else size
