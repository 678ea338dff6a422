"""Telephones are spared what pages need; pages get all of it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from raquan.config.pages import ForPages


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{hasattr(request, 'session')} {translation.get_language()}")


@pytest.mark.parametrize("path", ["/v1/key/abc/projects/2023/submission", "/api/field/v1/sync"])
def test_a_device_is_answered_in_vietnamese_and_without_a_session(path: str) -> None:
    with translation.override("en"):
        answer = ForPages(_answer)(RequestFactory().post(path, headers={"Accept-Language": "en"}))
    assert answer.content == b"False vi"  # type: ignore[attr-defined]


def test_a_page_has_its_session_language_and_policy() -> None:
    answer = ForPages(_answer)(RequestFactory().get("/en/", headers={"Accept-Language": "vi"}))
    assert answer.content == b"True en"  # type: ignore[attr-defined]
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_still() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"login": "a", "password": "b"})
    assert answer.status_code == 403
