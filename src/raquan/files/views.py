"""Hands out files to whoever holds a signed address."""

from django.http import FileResponse
from django.views.decorators.http import require_safe

from raquan.files import queries
from raquan.files.rules import SHOWN_INLINE
from raquan.ui.access import public
from raquan.ui.http import Request


@public
@require_safe
def download(request: Request, token: str) -> FileResponse:
    """Send a file; the signature in the address is the authorization, given by the room that owns the file."""
    sha256, name = queries.read_token(token)
    media_type = queries.media_type(sha256)
    return FileResponse(
        queries.open_file(sha256),
        content_type=media_type,
        as_attachment=media_type not in SHOWN_INLINE,
        filename=name,
        # nosniff here too: what was stored as text must not run as a script, whatever stands before us.
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
