"""A unit makes artwork and fetches it with its name; nothing typed is lost; everybody sees what is out."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.outreach import commands, queries
from raquan.outreach.rules import Channel, PostPlan
from raquan.outreach.tests.conftest import KIT, Make, Outreach
from raquan.people import commands as people
from raquan.people.rules import Role

HOME = "/desk/outreach/"


@pytest.fixture(autouse=True)
def _on_that_day(now: datetime) -> Iterator[None]:
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


def _signed_in(now: datetime, role: Role, organization_id: UUID | None) -> Client:
    login = f"{role.value}@example.vn"
    user_id = people.create_user(by=SYSTEM, now=now, full_name="Người Thử", login=login, password="mot-cau-de-nho-2023")
    duty: dict[str, Any] = {"user_id": user_id, "role": role, "organization_id": organization_id}
    people.give_duty(by=SYSTEM, now=now, starts_on=date(2023, 1, 1), **duty)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=user_id))
    return client


@pytest.fixture
def officer(outreach: Outreach, now: datetime) -> Client:
    """The browser of an officer of the first unit."""
    return _signed_in(now, Role.UNIT_OFFICER, outreach.units[0])


@pytest.fixture
def office(outreach: Outreach, now: datetime) -> Client:
    """The browser of the steering office."""
    return _signed_in(now, Role.STEERING_OFFICER, None)


def _said(outreach: Outreach, **more: str) -> dict[str, str]:
    said = {"organization": str(outreach.units[0]), "slogan": str(outreach.slogan_id), "title": "Áp phích của xã"}
    said |= {"design": "poster", "language": "vi", "second": "rad", "starts_on": "20/9/2023", "ends_on": "15/10/2023"}
    return said | more


def test_a_unit_makes_artwork_and_loses_nothing(outreach: Outreach, officer: Client, office: Client) -> None:
    wrong = officer.post(f"{HOME}new/", _said(outreach, ends_on="1/9/2023", line="Mời bà con"))
    assert wrong.status_code == 422
    assert "Mời bà con" in wrong.content.decode()
    assert officer.post(f"{HOME}new/", _said(outreach, is_for_units="on")).status_code == 403
    made = officer.post(f"{HOME}new/", _said(outreach))
    assert made.status_code == 302
    here = made["Location"]
    page = officer.get(here).content.decode()
    assert "Dữ liệu số là tài sản" in page
    picture = officer.get(f"{here}picture/")
    assert Image.open(io.BytesIO(picture.content)).size[1] == 1200
    assert officer.get(f"{here}file/?format=pdf").status_code == 404, "nobody has approved it"
    assert officer.post(f"{here}step/", {"step": "submit_artwork", "seen": "1"}).status_code == 302
    assert officer.post(f"{here}step/", {"step": "approve_artwork", "seen": "2"}).status_code == 403
    told = office.post(f"{here}step/", {"step": "return_artwork", "seen": "2", "reason": ""})
    assert told.status_code == 422
    late = office.post(f"{here}step/", {"step": "approve_artwork", "seen": "1", "reason": "Chữ đã gõ"})
    assert late.status_code == 422
    assert "Chữ đã gõ" in late.content.decode()
    assert office.post(f"{here}step/", {"step": "approve_artwork", "seen": "2"}).status_code == 302
    file = officer.get(f"{here}file/?format=pdf")
    assert file["Content-Disposition"].endswith('-poster-xa-ea-kpam.pdf"')
    assert file.content.startswith(b"%PDF-")
    assert officer.get(f"{here}file/?format=svg").status_code == 404


def test_what_is_shared_carries_the_name_of_who_fetches(
    outreach: Outreach, make: Make, officer: Client, office: Client
) -> None:
    id_ = make(until="approved", by=outreach.office, is_for_units=True, design="email")
    here = f"{HOME}artworks/{id_}/"
    for whose, name in ((0, True), (1, False)):
        text = officer.get(f"{here}file/?format=txt&unit={outreach.units[whose]}").content.decode()
        assert ("Xã Ea Kpam" in text) is name
        assert "Buôn Ma Thuột, trung tâm" not in text, "a unit speaks for itself alone"
    started = office.post(f"{here}units/", {"format": "txt"})
    page = office.get(started["Location"])
    assert "Đang làm" in page.content.decode()
    run_id = UUID(started["Location"].split("/")[-2])
    while commands.run_artwork(now=queries.run(outreach.office, run_id).asked_at, run_id=run_id):
        pass
    assert office.get(started["Location"], headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "ZIP" in office.get(started["Location"]).content.decode()
    assert officer.get(started["Location"]).status_code == 403


def test_the_kit_takes_a_png_and_nothing_else(outreach: Outreach, office: Client, officer: Client) -> None:
    kit = {name: getattr(KIT, name) for name in ("shown_name", "host", "doer", "call")} | dict(KIT.colors)
    picture = io.BytesIO()
    Image.new("RGBA", (40, 40), (200, 0, 0, 128)).save(picture, "PNG")
    for data, status in ((b"<svg/>", 422), (picture.getvalue(), 302)):
        sent = kit | {"seen": "1", "emblem": SimpleUploadedFile("a.png", data)}
        assert office.post(f"{HOME}kit/save/", sent).status_code == status
    assert Image.open(io.BytesIO(office.get(f"{HOME}kit/picture/").content)).size == (1200, 630)
    assert officer.post(f"{HOME}kit/save/", kit | {"seen": "2"}).status_code == 403


def test_messages_are_planned_handed_over_and_told(outreach: Outreach, officer: Client) -> None:
    said = {"organization": str(outreach.units[0]), "channel": "loudspeaker", "on": "6/10/2023", "at": "5h30"}
    said |= {"title": "Loa sáng", "text": "Mời bà con đến nhà văn hóa."}
    assert officer.post(f"{HOME}posts/new/", said | {"channel": "portal"}).status_code == 403
    here = officer.post(f"{HOME}posts/new/", said)["Location"]
    assert "05:30" in officer.get(here).content.decode()
    assert "giây" in officer.get(f"{here}sheet/").content.decode()
    assert "Loa sáng" in officer.get(f"{HOME}posts/month/?month=2023-10").content.decode()
    assert b"BEGIN:VEVENT" in officer.get(f"{HOME}posts/calendar.ics").content
    empty = officer.post(f"{here}done/", {"seen": "1"})
    assert empty.status_code == 422
    assert officer.post(f"{here}done/", {"seen": "1", "note": "Đã phát 5 giờ 30, hai lần"}).status_code == 302
    assert officer.post(f"{here}cancel/", {"seen": "2", "reason": "Thôi"}).status_code == 422


def test_everybody_sees_what_is_out(outreach: Outreach, make: Make, client: Client, now: datetime) -> None:
    assert client.get("/2023/messages/banner.png").status_code == 404
    assert "Chưa có tin nào" in client.get("/2023/messages/").content.decode()
    art = make(until="approved", by=outreach.office, is_for_units=True, design="share")
    plan = PostPlan(Channel.PORTAL, now - timedelta(hours=1), "Mời dự lễ", "Mời bà con <b>dự</b> lễ.", "https://x.vn/")
    commands.plan_post(
        by=outreach.office, now=now, request_id=uuid4(), campaign_id=outreach.campaign_id,
        organization_id=outreach.units[0], plan=plan, artwork_id=art,
    )  # fmt: skip
    page = client.get("/2023/messages/").content.decode()
    assert "Mời bà con &lt;b&gt;dự&lt;/b&gt; lễ." in page
    assert "Mời dự lễ" in client.get("/").content.decode()
    assert b"M\xe1\xbb\x9di d\xe1\xbb\xb1 l\xe1\xbb\x85" in client.get("/2023/messages.atom").content
    frame = client.get("/2023/messages/banner/")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    picture = client.get("/2023/messages/banner.png")
    assert picture["Content-Type"] == "image/png"
    code = queries.artwork(outreach.office, art, now=now).code
    assert client.get(f"/2023/kit/{code}.png").content == picture.content
    assert code in client.get("/2023/kit/").content.decode()
    assert client.get("/1999/kit/").status_code == 404
