"""A small body is read as Django reads it, whoever reads it."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from hypothesis import given
from hypothesis import strategies as st

from raquan.config.uploads import SMALL, SmallBodies, _plain_files

HEADS = [
    'Content-Disposition: form-data; name="xml_submission_file"; filename="a b.xml"\r\nContent-Type: text/xml',
    'content-disposition: form-data; name="photo"; filename="1.jpg"\r\nContent-Type: image/jpeg\r\n'
    "Content-Transfer-Encoding: binary\r\nContent-Length: 3",
    'Content-Disposition: form-data; name="photo"; filename="1.jpg"',
    'Content-Disposition: form-data; name="note"',
    'Content-Disposition: form-data; name="a"; filename=".."',
    'Content-Disposition: form-data; name="a"; filename="C:\\\\photos\\\\đ.jpg"',
    'Content-Disposition: form-data; name="a"; filename="&quot;x.xml"',
    'Content-Disposition: form-data; name="a"; filename="x"\r\nContent-Type: text/xml; charset=utf-8',
    'Content-Disposition: form-data; name="a"; filename="x"\r\nContent-Transfer-Encoding: base64',
    "X-Nothing: 1",
    "",
]
CONTENTS = [b"", b"<data/>", b"\r\n", b"\r\n--line\r\n", b"--line", b"x--line--", b"aGVsbG8=", bytes(range(256))]


def _body(parts: list[tuple[str, bytes]], before: bytes = b"", end: bytes = b"--\r\n") -> bytes:
    written = b"".join(b"--line\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts)
    return before + written + b"--line" + end


def _read(body: bytes, *handlers: Any) -> Any:
    said = {"CONTENT_TYPE": "multipart/form-data; boundary=line", "CONTENT_LENGTH": str(len(body))}
    stream = BytesIO(body)
    ordinary = [MemoryFileUploadHandler(), TemporaryFileUploadHandler()]
    try:
        post, files = MultiPartParser(said, stream, [*handlers, *ordinary], "utf-8").parse()
    except MultiPartParserError:
        return "broken"
    found = [(name, one.name, one.content_type, one.size, one.read()) for name, ones in files.lists() for one in ones]
    return dict(post.lists()), found


@given(
    st.lists(st.tuples(st.sampled_from(HEADS), st.sampled_from(CONTENTS)), max_size=4),
    st.sampled_from([b"", b"preamble", b"\r\n"]),
    st.sampled_from([b"--\r\n", b"--", b"", b"--\r\nepilogue", b"\r\n"]),
)
def test_every_body_is_read_as_django_reads_it(parts: list[tuple[str, bytes]], before: bytes, end: bytes) -> None:
    body = _body(parts, before, end)
    assert _read(body, SmallBodies()) == _read(body)


@pytest.mark.parametrize("cut", [1, 5, 40, 90])
def test_a_body_that_breaks_off_is_read_as_django_reads_it(cut: int) -> None:
    body = _body([(HEADS[0], b"<data/>")])[:-cut]
    assert _read(body, SmallBodies()) == _read(body)


def test_what_telephones_send_takes_the_short_way() -> None:
    for parts in ([(HEADS[0], b"<data/>")], [(HEADS[0], b"<data/>"), (HEADS[1], b"jpg")]):
        assert _plain_files(_body(parts), b"line", "utf-8") is not None


def test_a_large_body_is_left_to_the_others() -> None:
    body = _body([(HEADS[0], b"x" * SMALL)])
    assert _read(body, SmallBodies()) == _read(body)
    stream = BytesIO(body)
    assert SmallBodies().handle_raw_input(stream, {}, len(body), b"line") is None
    assert stream.tell() == 0
