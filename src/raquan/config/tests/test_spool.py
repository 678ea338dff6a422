"""Bodies that come in chunks reach the views whole, up to the cap."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from raquan.config.spool import SpoolBodies


def _request(body: bytes, **environ: object) -> WSGIRequest:
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/",
            "SERVER_NAME": "x",
            "SERVER_PORT": "80",
            "wsgi.input": io.BytesIO(body),
            **environ,
        }
    )


def _echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body)


@pytest.mark.parametrize("size", [0, 1, 70_000, 1_500_000])
def test_a_chunked_body_arrives_whole(size: int) -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    body = b"x" * size
    assert SpoolBodies(_echo)(_request(body, **chunked)).content == body  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_chunked_body_over_the_cap_is_refused(settings: Settings) -> None:
    settings.RAQUAN_MAX_BODY = 1000
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    assert SpoolBodies(_echo)(_request(b"x" * 1001, **chunked)).status_code == 413


def test_a_body_with_a_length_is_left_alone() -> None:
    assert SpoolBodies(_echo)(_request(b"abcdef", CONTENT_LENGTH="3")).content == b"abc"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/key/k/projects/2023/submission", "text/xml"),
        ("/v1/projects/2023/submission", "text/xml"),
        ("/v1/projects/2023/forms", "application/json"),
        ("/api/field/v1/sync", "application/json"),
    ],
)
def test_a_body_that_says_it_is_too_large_is_refused_unread(settings: Settings, path: str, kind: str) -> None:
    settings.RAQUAN_MAX_BODY = 1000
    request = _request(b"x" * 1001, CONTENT_LENGTH="1001", PATH_INFO=path, HTTP_ACCEPT="application/json")
    answer = SpoolBodies(_echo)(request)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (413, kind)
    assert request.META["wsgi.input"].tell() == 0
