"""What the download address gives."""

import time

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from raquan.files import commands, queries
from raquan.files.rules import ADDRESS_HOLDS
from raquan.kernel.actor import SYSTEM


def body(client: Client, address: str) -> bytes:
    """Fetch a file to its end."""
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_signed_address_gives_the_file_as_an_attachment(client: Client) -> None:
    stored = commands.store_file(by=SYSTEM, data=b"<script>alert(1)</script>", media_type="text/html")
    answer = client.get(queries.download_address(stored.sha256, name="Báo cáo tổng hợp.html"))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''B%C3%A1o")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_forged_address_gives_nothing(client: Client) -> None:
    stored = commands.store_file(by=SYSTEM, data=b"x")
    address = queries.download_address(stored.sha256, name="x")
    assert client.get(address[:-3] + "aaa").status_code == 404


@pytest.mark.django_db
def test_an_old_address_says_that_it_is_old(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = commands.store_file(by=SYSTEM, data=b"x")
    address = queries.download_address(stored.sha256, name="x")
    later = time.time() + ADDRESS_HOLDS.total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later - 60)
    assert body(client, address) == b"x"
    monkeypatch.setattr("django.core.signing.time.time", lambda: later + 60)
    answer = client.get(address)
    assert answer.status_code == 404
    assert "đã hết hạn" in answer.content.decode()


@pytest.mark.django_db
def test_a_picture_is_shown_and_a_signature_for_another_purpose_is_worth_nothing(client: Client) -> None:
    stored = commands.store_file(by=SYSTEM, data=b"\x89PNG", media_type="image/png")
    answer = client.get(queries.download_address(stored.sha256, name="ảnh.png"))
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Type"] == "image/png"
    b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # to close it would close the test's database
    other = TimestampSigner(salt="raquan.other").sign_object({"sha256": stored.sha256, "name": "x"})
    assert client.get(f"/files/{other}").status_code == 404


@pytest.mark.django_db
def test_an_address_is_only_for_reading(client: Client) -> None:
    stored = commands.store_file(by=SYSTEM, data=b"x")
    address = queries.download_address(stored.sha256, name="x")
    assert client.post(address).status_code == 405
    answer = client.head(address)
    assert (answer.status_code, answer["Content-Length"]) == (200, "1")
    answer.close()
