"""A code leads whoever stands before an artwork to its display: its own at once, the artwork's among their places."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.displays import queries
from raquan.displays.rules import SiteKind, link_code
from raquan.displays.tests.test_commands import _ask, _site
from raquan.displays.tests.test_commands_reporting import _receive, _record, hung
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.kernel.refused import NotAllowed
from raquan.links.queries import forget_links
from raquan.outreach.tests.conftest import Make, Outreach
from raquan.people import commands as people
from raquan.people.rules import Role

assert hung

Artwork = apps.get_model("outreach.Artwork")
Display = apps.get_model("displays.Display")
DisplayReport = apps.get_model("displays.DisplayReport")


@pytest.fixture(autouse=True)
def _on_that_day(now: datetime) -> Iterator[None]:
    install_offset(now - real_now())
    forget_links()
    yield
    forget_links()
    install_offset(timedelta(0))


@pytest.fixture
def hanging(outreach: Outreach, make: Make, now: datetime) -> UUID:
    """One artwork at two places of the first unit and at one of the second."""
    artwork = make(until="approved", design="post")
    sites = [
        _site(outreach, now, SiteKind.STREET, name="Ngã ba"),
        _site(outreach, now, SiteKind.LED, name="Chợ"),
        _site(outreach, now, SiteKind.STREET, whose=1, name="Cầu"),
    ]
    _ask(outreach, now, artwork, *sites)
    return artwork


def _link(artwork: UUID) -> str:
    found = Artwork.objects.get(id=artwork).link
    assert isinstance(found, str)
    return found


def _signed_in(now: datetime, role: Role, organization_id: UUID | None) -> Client:
    login = f"{uuid4()}@example.vn"
    user_id = people.create_user(by=SYSTEM, now=now, full_name="Cán bộ", login=login, password="mot-cau-dai-2023")
    duty: dict[str, Any] = {"role": role, "organization_id": organization_id}
    people.give_duty(by=SYSTEM, now=now, user_id=user_id, starts_on=date(2023, 1, 1), **duty)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=user_id))
    return client


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("https://raquan.vn/l/7k2qw", "7k2qw"),
        ("http://raquan.vn/l/7K2QW ", "7k2qw"),
        (" 7K2QW", "7k2qw"),
        ("/l/7k2qw", "7k2qw"),
        ("https://an-older-name.vn/l/7k2qw?x=1", "7k2qw"),
        ("https://raquan.vn/l/7k2qwx", ""),
        ("CMG-7K2QAD", ""),
        ("ấn phẩm", ""),
        ("", ""),
    ],
)
def test_a_link_is_known_by_its_address_or_its_code(written: str, code: str) -> None:
    assert link_code(written) == code


def test_a_displays_own_code_means_it_alone_and_to_its_unit(outreach: Outreach, hanging: UUID, now: datetime) -> None:
    one = Display.objects.get(site__name="Ngã ba")
    for written in (one.code, f" {one.code.lower().replace('-', ' ')} "):
        assert queries.meant_by(outreach.officers[0], written, now=now) == queries.Meant(one.id)
    assert queries.meant_by(outreach.officers[1], one.code, now=now) is None
    assert queries.meant_by(outreach.office, one.code, now=now) == queries.Meant(one.id)
    with pytest.raises(NotAllowed):
        queries.meant_by(outreach.field.device, one.code, now=now)


def test_an_artworks_code_means_its_displays_among_ones_own_places(
    outreach: Outreach, hanging: UUID, make: Make, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    link, title = _link(hanging), Artwork.objects.get(id=hanging).title
    code = link[-5:]
    for written in (link, code, code.upper()):
        with django_assert_max_num_queries(3):
            assert queries.meant_by(outreach.officers[0], written, now=now) == queries.Meant(None, title)
        own = queries.displays(outreach.officers[0], text=written)
        assert {one.site_name for one in own.items} == {"Ngã ba", "Chợ"}
        assert [one.site_name for one in queries.displays_meant(outreach.officers[0], written)] == ["Chợ", "Ngã ba"]
    alone = Display.objects.get(site__name="Cầu")
    assert queries.meant_by(outreach.officers[1], link, now=now) == queries.Meant(alone.id)
    other = make(until="approved", design="post", title="Khác")
    assert queries.meant_by(outreach.officers[0], _link(other), now=now) == queries.Meant()
    assert queries.meant_by(outreach.officers[0], "22222", now=now) is None, "no such link"
    assert queries.displays_meant(outreach.officers[0], "chợ") == ()


def test_what_was_taken_down_is_not_meant(outreach: Outreach, hanging: UUID, now: datetime) -> None:
    first, second = Display.objects.filter(site__organization_id=outreach.units[0]).order_by("id")
    Display.objects.filter(id=first.id).update(state="removed")
    assert queries.meant_by(outreach.officers[0], _link(hanging), now=now) == queries.Meant(second.id)


def test_the_list_leads_on_in_one_step(outreach: Outreach, hanging: UUID, now: datetime, client: Client) -> None:
    link = _link(hanging)
    first, second = (_signed_in(now, Role.UNIT_OFFICER, one) for one in outreach.units)
    page = first.get("/desk/displays/", {"q": link})
    shown = page.content.decode()
    assert page.status_code == 200
    assert "Hãy chọn nơi mình đang đứng" in shown
    for one in Display.objects.filter(site__organization_id=outreach.units[0]):
        assert f"/desk/displays/{one.id}/" in shown
    alone = Display.objects.get(site__name="Cầu")
    for written in (link, link[-5:], alone.code.lower()):
        assert second.get("/desk/displays/", {"q": written})["Location"] == f"/desk/displays/{alone.id}/"
    assert second.get("/desk/displays/", {"q": link, "format": "csv"}).getvalue(), "a list is a list"
    public = client.get(link.removeprefix(settings.RAQUAN_PUBLIC_URL), headers={"user-agent": "Mozilla/5.0"})
    assert public["Location"].endswith("/2023/outings/"), "the public is led where it was"
    signed_in = second.get(link.removeprefix(settings.RAQUAN_PUBLIC_URL), headers={"user-agent": "Mozilla/5.0"})
    assert signed_in["Location"] == public["Location"]


def test_a_record_with_the_artworks_code_is_matched_with_one_tap(hung: Any, outreach: Outreach, now: datetime) -> None:
    _receive(outreach, now, _record(_link(hung.artwork_id)))
    report = DisplayReport.objects.get()
    assert report.state == "unknown", "nobody but a person says which of its places it was"
    user_id = people.create_user(
        by=SYSTEM, now=now, full_name="Sở", login="thuong.truc@example.vn", password="mot-cau-dai-2023"
    )
    people.give_duty(by=SYSTEM, now=now, user_id=user_id, role=Role.STEERING_OFFICER, starts_on=date(2023, 1, 1))
    office = Client()
    office.force_login(get_user_model().objects.get(pk=user_id))
    address = f"/desk/displays/reports/{report.id}/"
    offered = re.search(r'<input type="hidden" name="code" value="([^"]+)">', office.get(address).content.decode())
    assert offered is not None
    assert offered[1] == hung.code
    assert office.post(address, {"code": offered[1]}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.display_id) == ("taken", hung.id)
