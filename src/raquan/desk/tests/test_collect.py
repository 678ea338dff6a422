"""The page of app users: who may see it, making many, printing their codes, taking one away."""

import re
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.capture.tests.world import PASSWORD, Field
from raquan.desk.tests.test_views import client_of
from raquan.kernel.actor import SYSTEM, Actor
from raquan.people import commands as people
from raquan.people.models import Device
from raquan.people.queries import actor_of_user
from raquan.people.rules import Role, read_numbers, write_numbers

pytestmark = pytest.mark.usefixtures("campaign_time")
PAGE = "/desk/collect/"


@pytest.fixture
def administrator(field: Field, now: datetime) -> Actor:
    """Who manages the people of Cư M’gar."""
    user_id = people.create_user(
        by=SYSTEM, now=now, full_name="Lê Quang Trị", login="tri@example.vn", password=PASSWORD
    )
    people.give_duty(
        by=SYSTEM,
        now=now,
        user_id=user_id,
        role=Role.ADMINISTRATOR,
        organization_id=field.cumgar_id,
        starts_on=date(2023, 1, 1),
    )
    found = actor_of_user(user_id, date(2023, 10, 5))
    assert found is not None
    return found


def test_who_may_see_it(field: Field, administrator: Actor) -> None:
    assert Client().get(PAGE).status_code == 302
    assert client_of(field.officer).get(PAGE).status_code == 403
    office = client_of(field.office)
    page = office.get(PAGE).content.decode()
    assert "Chưa có mã nào" in page
    assert "<textarea" not in page
    assert office.get(f"{PAGE}print/?numbers=1").status_code == 403
    form = client_of(administrator).get(PAGE).content.decode()
    assert "Ủy ban nhân dân huyện Cư M’gar" in form
    assert "Buôn Ma Thuột" not in form


def test_many_are_made_and_printed(field: Field, administrator: Actor) -> None:
    client = client_of(administrator)
    file = SimpleUploadedFile("names.csv", "Họ tên;Buôn\nH’Ler;A\n".encode(), "text/csv")
    sent = {"unit": str(field.cumgar_id), "names": "Y Bhăm\nY Thoan\n", "file": file}
    answer = client.post(PAGE, sent)
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert re.findall(r'collect-card__name">([^<]*)<', page.content.decode()) == ["H’Ler", "Y Bhăm", "Y Thoan"]
    assert page.content.decode().count('class="collect-card__qr"') == 3
    listed = client.get(PAGE).content.decode()
    assert "Y Thoan" in listed
    assert "Chưa thấy" in listed
    assert client_of(field.office).get(PAGE).content.decode().count("Đang dùng") == 3
    assert client.get(f"{PAGE}print/?numbers=9000").status_code == 404
    assert client.get(f"{PAGE}print/?numbers=x").status_code == 404


@pytest.mark.parametrize(
    ("names", "file", "said"),
    [
        ("", b"", "Hãy ghi ít nhất một tên"),
        ("A\nA", b"", "Tên bị lặp: A."),
        ("A", "Tên\nÔng".encode("utf-16"), "CSV UTF-8"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    field: Field, administrator: Actor, names: str, file: bytes, said: str
) -> None:
    sent = {"unit": str(field.cumgar_id), "names": names}
    if file:
        sent["file"] = SimpleUploadedFile("names.csv", file, "text/csv")  # type: ignore[assignment]
    answer = client_of(administrator).post(PAGE, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f">{names}</textarea>" in answer.content.decode()
    assert not Device.objects.filter(kind="app_user").exists()


def test_a_unit_that_is_not_theirs_cannot_be_chosen(field: Field, administrator: Actor) -> None:
    client = client_of(administrator)
    for unit in (str(field.city_id), ""):
        assert client.post(PAGE, {"unit": unit, "names": "A"}).status_code == 422


def test_one_is_taken_away(field: Field, administrator: Actor, now: datetime) -> None:
    (own,) = people.make_app_users(by=SYSTEM, now=now, names=["Y Bhăm"], organization_id=field.cumgar_id)
    (other,) = people.make_app_users(by=SYSTEM, now=now, names=["H’Ler"], organization_id=field.city_id)
    client = client_of(administrator)
    assert "Thu hồi mã của Y Bhăm" in client.get(f"{PAGE}{own.device_id}/revoke/").content.decode()
    assert not Device.objects.filter(id=own.device_id, revoked_at__isnull=False).exists()
    assert client.post(f"{PAGE}{own.device_id}/revoke/").status_code == 302
    assert "Đã thu hồi" in client.get(PAGE).content.decode()
    assert Device.objects.filter(id=own.device_id, revoked_at__isnull=False).exists()
    assert client.post(f"{PAGE}{other.device_id}/revoke/").status_code == 404
    assert client_of(field.office).post(f"{PAGE}{other.device_id}/revoke/").status_code == 403


def test_numbers_are_short_in_an_address() -> None:
    assert write_numbers([3, 4, 5, 9]) == "3-5,9"
    assert read_numbers("3-5,9,x,-2,7-") == (3, 4, 5, 9, 7)
    assert len(read_numbers("1-999999999,1-5")) == 500
