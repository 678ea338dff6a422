"""Sends a photo as a file."""

from django.http import HttpResponse


def picture_answer(data: bytes, *, is_public: bool) -> HttpResponse:
    """Answer with a photo: what is public stays with the reader for a day, for its address names one picture."""
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Cache-Control"] = "public, max-age=86400" if is_public else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
