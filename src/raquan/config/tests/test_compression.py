"""Answers that are compressed, and small ones that are not."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from raquan.config.compression import SMALL, CompressLarge


def answered(content: str, *, accepts: str = "gzip") -> HttpResponse:
    """Give the answer with this content, as it leaves."""
    middleware = CompressLarge(lambda request: HttpResponse(content))
    answer = middleware(RequestFactory().get("/", headers={"Accept-Encoding": accepts}))
    assert isinstance(answer, HttpResponse)
    return answer


def test_large_answers_are_compressed_for_who_reads_it() -> None:
    assert answered("đ" * SMALL)["Content-Encoding"] == "gzip"
    assert not answered("đ" * SMALL, accepts="br").has_header("Content-Encoding")


def test_small_answers_are_left_as_they_are() -> None:
    assert answered("a" * SMALL).content == b"a" * SMALL


def test_a_stream_is_compressed_whatever_its_length() -> None:
    def stream(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(iter([b"a"]))

    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    assert CompressLarge(stream).process_response(request, stream(request)).has_header("Content-Encoding")
