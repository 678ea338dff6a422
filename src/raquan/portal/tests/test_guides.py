"""Guides with their recordings, answers, the notice, and what the worker may see."""

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from raquan.recordings import commands
from raquan.recordings.tests import tones
from raquan.recordings.tests.conftest import GUIDE, Speakers, sent, speakers, version
from raquan.search.commands import refresh

__all__ = ["sent", "speakers"]
PAGE = f"/guides/{GUIDE}/"


@pytest.fixture
def played(speakers: Speakers, sent: UUID, now: datetime) -> str:
    """The address of an approved recording in Ê Đê."""
    commands.approve_recording(
        by=speakers.ythanh, now=now, recording_id=sent, text_version=version(now), has_heard=True
    )
    return f"{PAGE}sound/{sent}/"


def test_a_guide_plays_what_was_approved_without_a_script(client: Client, played: str) -> None:
    page = client.get(PAGE).content.decode()
    assert f'<audio controls preload="none" data-recording src="{played}"' in page
    assert f'href="{played}" download="{GUIDE}-rad.webm"' in page
    assert "Người đọc: H’Bia." in page
    assert "Tiếng Ê Đê" in page


def test_a_recording_that_waits_is_not_on_the_page(client: Client, sent: UUID) -> None:
    assert "<audio" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}sound/{sent}/").status_code == 404
    assert client.get(f"/guides/vneid_level2/sound/{sent}/").status_code == 404


def test_a_sound_is_sent_whole_or_in_pieces_and_not_twice(client: Client, played: str) -> None:
    whole = client.get(played)
    assert (whole.content, whole["Content-Type"]) == (tones.webm(), "audio/webm")
    assert (whole["Accept-Ranges"], whole["Cache-Control"]) == ("bytes", "public, no-cache")
    piece = client.get(played, headers={"range": "bytes=10-19"})
    assert (piece.status_code, piece.content) == (206, tones.webm()[10:20])
    assert piece["Content-Range"] == f"bytes 10-19/{len(tones.webm())}"
    assert client.get(played, headers={"range": "bytes=-5"}).content == tones.webm()[-5:]
    assert client.get(played, headers={"range": "bytes=9999999-"}).status_code == 416
    assert client.get(played, headers={"if-none-match": whole["ETag"]}).status_code == 304


def test_a_withdrawn_recording_is_heard_no_more(client: Client, played: str, speakers: Speakers, now: datetime) -> None:
    tag = client.get(played)["ETag"]
    recording_id = UUID(played.split("/")[-2])
    commands.withdraw_recording(by=speakers.hbia, now=now, recording_id=recording_id, reason="Xin rút")
    assert client.get(played, headers={"if-none-match": tag}).status_code == 404
    assert "<audio" not in client.get(PAGE).content.decode()


def test_answers_are_linked_from_guides_and_back(client: Client, speakers: Speakers) -> None:
    guide = client.get("/guides/vneid_level2/").content.decode()
    assert 'href="/guides/answers/forgotten_credentials/"' in guide
    assert 'href="/guides/answers/storage/"' in guide
    answer = client.get("/guides/answers/forgotten_credentials/").content.decode()
    assert "Quên mật khẩu VNeID" in answer
    assert 'href="/guides/vneid_level2/"' in answer
    assert "chưa có cơ quan nào kiểm tra" in answer
    assert client.get("/guides/answers/").content.decode().count("/guides/answers/") >= 12
    assert client.get("/guides/answers/nothing/").status_code == 404
    english = client.get("/en/guides/answers/forgotten_credentials/").content.decode()
    assert "after forgetting the VNeID password" in english


def test_answers_and_guides_are_found_as_soon_as_the_catalogue_is_loaded(client: Client, speakers: Speakers) -> None:
    while refresh():
        pass
    page = client.get("/search/", {"q": "quen mat khau"}).content.decode()
    assert "/guides/answers/forgotten_credentials/" in page
    assert "/guides/birth_registration/" in client.get("/search/", {"q": "khai sinh"}).content.decode()


def test_the_notice_is_whole_sentences(client: Client, speakers: Speakers) -> None:
    text = client.get(f"{PAGE}notice/").content.decode()
    assert "Kính thưa bà con!" in text
    assert "Bước 1." in text
    assert "không ai được hỏi mật khẩu hay mã OTP" in text


@pytest.mark.parametrize("scope", ["/guides/", "/en/guides/"])
def test_the_worker_reaches_the_guides_of_a_language_alone(client: Client, speakers: Speakers, scope: str) -> None:
    answer = client.get(f"{scope}worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer.headers
    assert f'data-keep="{scope}worker.js"' in client.get(f"{scope}{GUIDE}/").content.decode()


@pytest.mark.parametrize("page", ["/", "/help/", "/search/"])
def test_other_pages_register_no_worker(client: Client, speakers: Speakers, page: str) -> None:
    assert "worker.js" not in client.get(page).content.decode()


def test_what_the_worker_shows_without_a_network(client: Client, db: None) -> None:
    page = client.get("/guides/unsaved/").content.decode()
    assert "Chưa lưu trang này" in page
    assert "data-saved-list></ul>" in page
