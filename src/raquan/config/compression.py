"""Compresses answers where it spares the line something."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

SMALL = 512
"""Up to this many bytes, compressing spares a few dozen, and costs a twentieth of what taking a record costs."""


class CompressLarge(GZipMiddleware):
    """Compress answers for clients that read gzip, but not the small ones that telephones get by the thousand."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the answer if it is large, or its size unknown."""
        if isinstance(response, HttpResponse) and len(response.content) <= SMALL:
            return response
        return super().process_response(request, response)
