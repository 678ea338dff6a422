"""The public address leads on and counts people alone; the desk's form keeps what was typed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.links import commands
from raquan.links.rules import Channel
from raquan.people import commands as people
from raquan.people.rules import Role

Link = apps.get_model("links.Link")
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/119.0 Mobile"}


@pytest.fixture(autouse=True)
def _on_that_day(now: datetime) -> Iterator[None]:
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def code(field: Field, now: datetime) -> str:
    """Make a link."""
    said = {"target": "https://dichvucong.gov.vn/", "label": "Loa xã", "channel": Channel.LOUDSPEAKER}
    return commands.make_link(by=field.officer, now=now, unit=field.cumgar_id, **said).code  # type: ignore[arg-type]


def test_a_visit_is_led_on_and_counted_without_a_trace(code: str, client: Client) -> None:
    answer = client.get(f"/l/{code}", headers=PHONE)
    assert (answer.status_code, answer["Location"]) == (302, "https://dichvucong.gov.vn/")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    client.head(f"/l/{code}", headers=PHONE)
    client.get(f"/l/{code}", headers={"User-Agent": "facebookexternalhit/1.1"})
    client.get(f"/l/{code}", headers=PHONE | {"Sec-Purpose": "prefetch;prerender"})
    client.get(f"/l/{code}?to=https://evil.example/", headers=PHONE)
    commands.write_visits()
    assert Link.objects.get().visits == 2


def test_codes_that_lead_nowhere_say_so(code: str, client: Client, field: Field, now: datetime) -> None:
    assert client.get("/l/zzzzz", headers=PHONE).status_code == 404
    commands.stop_link(by=field.office, now=now, link_id=Link.objects.get().id, seen=1)
    gone = client.get(f"/l/{code}", headers=PHONE)
    assert gone.status_code == 410
    assert "hết hạn" in gone.content.decode()
    commands.write_visits()
    assert Link.objects.get().visits == 0


def test_a_refused_target_keeps_what_was_typed(field: Field, now: datetime, client: Client) -> None:
    user_id = people.create_user(by=SYSTEM, now=now, full_name="Y Thử", login="thu@example.vn", password="mot-cau-dai")
    duty = {"user_id": user_id, "role": Role.UNIT_OFFICER, "organization_id": field.cumgar_id}
    people.give_duty(by=SYSTEM, now=now, starts_on=date(2023, 1, 1), **duty)  # type: ignore[arg-type]
    client.force_login(get_user_model().objects.get(pk=user_id))
    typed = {"label": "Poster xã", "target": "http://x.vn/", "channel": "poster", "unit": str(field.cumgar_id)}
    typed["request_id"] = "018b0000-0000-7000-8000-00000000000b"
    page = client.post("/desk/links/new/", typed)
    assert page.status_code == 422
    assert "http://x.vn/" in page.content.decode()
    assert "Poster xã" in page.content.decode()
    made = client.post("/desk/links/new/", typed | {"target": "/"})
    assert made.status_code == 302
    shown = client.get(made["Location"]).content.decode()
    assert "<svg" in shown
    assert "/qr.png" in shown
    assert client.get(f"{made['Location']}qr.png").content.startswith(b"\x89PNG")
