"""The pages on which a guide is read aloud and listened to."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.people import commands as people
from raquan.people.models import User
from raquan.people.rules import Role
from raquan.recordings.models import Recording
from raquan.recordings.tests import tones
from raquan.recordings.tests.conftest import GUIDE, Speakers, version

SPEAK = f"/desk/recordings/guides/{GUIDE}/rad/"


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Iterator[None]:
    """Let pages see the campaign's time."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


def of(speakers: Speakers, now: datetime, role: Role, login: str) -> Client:
    user_id = people.create_user(by=SYSTEM, now=now, full_name=login, login=f"{login}@example.vn", password="x" * 14)
    people.give_duty(
        by=SYSTEM, now=now, user_id=user_id, role=role, organization_id=speakers.unit_id, starts_on=date(2023, 9, 1)
    )
    client = Client()
    client.force_login(User.objects.get(id=user_id))
    return client


def form(now: datetime, data: bytes, **changes: object) -> dict[str, object]:
    sound = SimpleUploadedFile("ban-thu.webm", data, "audio/webm")
    said = {"request_id": UUID(int=7), "text_version": version(now), "sound": sound, "agrees": "on"}
    return {**said, "speaker_name": "Amí Hà", **changes}


def test_a_guide_is_recorded_heard_and_withdrawn_without_a_script(speakers: Speakers, now: datetime) -> None:
    helper, leader = of(speakers, now, Role.HELPER, "hbia"), of(speakers, now, Role.TEAM_LEADER, "ythanh")
    page = helper.get(SPEAK)
    assert "Đọc to, chậm" in page.content.decode()
    assert "media-src 'self' blob:" in page["Content-Security-Policy"]
    sent = helper.post(SPEAK, form(now, tones.webm(8)))
    assert sent.status_code == 302
    address = sent["Location"]
    assert 'name="has_heard"' not in helper.get(address).content.decode()
    assert leader.get(f"{address}sound/").content == tones.webm(8)
    assert 'name="has_heard"' in leader.get(address).content.decode()
    refused = leader.post(address, {"text_version": version(now)})
    assert refused.status_code == 422
    assert "không phải là người đọc" in refused.content.decode()
    assert leader.post(address, {"text_version": version(now), "has_heard": "on"}).status_code == 302
    wanted = leader.get("/desk/recordings/guides/").content.decode()
    assert "Đang phát" in wanted
    assert "Thu tiếng" in wanted
    assert helper.post(f"{address}withdraw/", {"reason": "Amí Hà xin rút"}).status_code == 302
    gone = leader.get(address).content.decode()
    assert "Tiếng của bản này đã xóa" in gone
    assert "Amí Hà xin rút" in gone


def test_what_is_refused_says_why_and_keeps_what_was_typed(speakers: Speakers, now: datetime) -> None:
    helper = of(speakers, now, Role.HELPER, "hbia")
    answer = helper.post(SPEAK, form(now, b"no sound"))
    assert answer.status_code == 422
    assert "không phải tiếng nói" in answer.content.decode()
    assert 'value="Amí Hà"' in answer.content.decode()
    assert helper.post(SPEAK, form(now, bytes(200_000))).status_code == 422
    said = helper.post(SPEAK, form(now, tones.webm(8), agrees=""), headers={"accept": "application/json"})
    assert (said.status_code, said.json()) == (422, {"errors": ["Người đọc phải đồng ý thì mới gửi được."]})
    assert not Recording.objects.exists()
    done = helper.post(SPEAK, form(now, tones.webm(8)), headers={"accept": "application/json"})
    assert done.json()["href"].startswith("/desk/recordings/")


@pytest.mark.parametrize("address", ["/desk/recordings/guides/no_such/rad/", f"/desk/recordings/guides/{GUIDE}/en/"])
def test_what_is_not_spoken_is_not_there(speakers: Speakers, now: datetime, address: str) -> None:
    assert of(speakers, now, Role.HELPER, "hbia").get(address).status_code == 404


def test_pages_ask_the_database_little(
    speakers: Speakers, sent: UUID, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    leader = of(speakers, now, Role.TEAM_LEADER, "ythanh")
    for address in ("", "guides/", f"guides/{GUIDE}/rad/", f"{sent}/"):
        with django_assert_max_num_queries(14):  # two of them look up what a server remembers
            assert leader.get(f"/desk/recordings/{address}").status_code == 200
