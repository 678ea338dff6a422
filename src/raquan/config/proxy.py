"""Tells visitors apart behind a reverse proxy, so that one office's wrong passwords do not lock out the province."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class VisitorAddress:
    """Take the visitor's address from X-Forwarded-For, as far as the proxy that we trust has written it.

    Only the last entry is the proxy's own; what stands before it the visitor may have made up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if forwarded and request.META.get("REMOTE_ADDR") == settings.RAQUAN_TRUSTED_PROXY:
            request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        return self.get_response(request)
