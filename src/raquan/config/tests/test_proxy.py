"""Whose address counts behind a proxy."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from raquan.config.proxy import VisitorAddress


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # the first was made up by the visitor
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # not our proxy
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_only_our_proxy_is_believed(settings: Settings, peer: str, forwarded: str, seen: str) -> None:
    settings.RAQUAN_TRUSTED_PROXY = "10.0.0.1"

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.META["REMOTE_ADDR"])

    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)  # type: ignore[arg-type]
    assert VisitorAddress(answer)(request).content.decode() == seen  # type: ignore[attr-defined]
