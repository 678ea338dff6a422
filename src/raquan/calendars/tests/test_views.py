"""The pages of calendars, for nobody, for those who may not, and for those who may."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from raquan.calendars import commands
from raquan.calendars.models import CalendarLine
from raquan.calendars.tests.conftest import SAMPLES
from raquan.calendars.tests.test_commands import GOOD, lines, start
from raquan.kernel.actor import Actor
from raquan.kernel.clock import install_offset, real_now
from raquan.outings.models import Outing
from raquan.outings.tests.conftest import World
from raquan.people.models import User

LIST = "/desk/outings/calendars/"


@pytest.fixture(autouse=True)
def campaign_time(now: datetime) -> Any:
    """Let pages see the campaign's time."""
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


@pytest.fixture
def browse() -> Callable[[Actor], Client]:
    """Sign an actor in."""

    def sign_in(actor: Actor) -> Client:
        client = Client()
        assert actor.id
        client.force_login(User.objects.get(id=actor.id))
        return client

    return sign_in


def test_from_a_file_to_outings(world: World, browse: Callable[[Actor], Client]) -> None:
    officer = browse(world.officer)
    page = officer.get(LIST).content.decode()
    assert "Tải mẫu của Ủy ban nhân dân huyện Cư M’gar" in page
    assert "Lịch đã nạp" not in page
    file = SimpleUploadedFile("lịch.xlsx", (SAMPLES / "01_plain_table.xlsx").read_bytes())
    sent = officer.post(LIST, {"organization": world.cumgar_id, "document": file})
    address = sent["Location"]
    page = officer.get(address).content.decode()
    for words in ("Chợ Quảng Phú", "D7", "Địa điểm chưa có; sẽ thêm mới khi nhận.", "Nhận mọi dòng nhận được (3)"):
        assert words in page
    whole = officer.get(address, {"show": "all"}).content.decode()
    for words in ("LỊCH RA QUÂN HƯỞNG ỨNG", "CHỦ TỊCH", "F11", "Không phải buổi ra quân"):
        assert words in whole
    ids = [str(one) for one in CalendarLine.objects.filter(use="waiting").values_list("id", flat=True)]
    officer.post(f"{address}take/", {"line": ids[:2], "show": "ready", "page": "1"})
    assert Outing.objects.count() == 2
    officer.post(f"{address}take/", {"all": "1"})
    officer.post(f"{address}take/", {"all": "1"})
    assert Outing.objects.count() == 3
    assert Outing.objects.order_by("held_on")[0].code in officer.get(address).content.decode()


def test_what_was_typed_is_not_lost(world: World, now: datetime, browse: Callable[[Actor], Client]) -> None:
    calendar = start(world, now, GOOD)
    (line,) = lines(world, calendar)
    officer = browse(world.officer)
    address = f"{LIST}{calendar}/lines/{line.id}/"
    assert "Chợ Ea Tul" in officer.get(address).content.decode()
    typed = {"version": 1, "held_on": "40/10/2023", "starts_at": "9h15", "ends_at": "11:00", "site": "new"}
    refused = officer.post(address, typed)
    assert refused.status_code == 422
    for words in ("40/10/2023", "9h15", "Hãy ghi tên địa điểm mới.", "Hãy chọn ít nhất một dịch vụ."):
        assert words in refused.content.decode()
    good = typed | {
        "held_on": "7/10/2023",
        "organization": world.cumgar_id,
        "new_site_name": "Chợ mới",
        "new_site_kind": "market",
        "new_site_place": "24280",
        "services_online_public_service": ["birth_registration"],
    }
    assert officer.post(address, good).status_code == 302
    late = officer.post(address, good)
    assert late.status_code == 422
    assert "vừa có người sửa" in late.content.decode()
    officer.post(f"{address}decide/", {"version": 1, "step": "dismiss"}, follow=True)
    assert officer.post(f"{address}decide/", {"version": "x", "step": "dismiss"}).status_code == 404
    (line,) = lines(world, calendar)
    assert (line.site_name, line.place_code, line.starts_at and line.starts_at.hour) == ("Chợ mới", "24280", 9)


def test_a_file_that_cannot_be_read_says_why(world: World, browse: Callable[[Actor], Client]) -> None:
    officer = browse(world.officer)
    for name, data, words in (
        ("a.xlsx", b"abc", "không phải là bảng tính Excel"),
        ("a.csv", "Ngày;Giờ".encode("utf-16-le") + b"\xff", "bảng mã UTF-8"),
        ("a.csv", b"a;b\n1;2\n", "Không thấy bảng lịch nào"),
        ("a.ods", b"abc", "Chưa đọc được tệp .ods"),
    ):
        file = SimpleUploadedFile(name, data)
        answer = officer.post(LIST, {"organization": world.cumgar_id, "document": file})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_long_one_shows_how_far_it_is(world: World, now: datetime, browse: Callable[[Actor], Client]) -> None:
    rows = [(f"{1 + at % 14}/10/2023", "7h - 9h", "Ea Tul", f"Thôn {at}", "", "", "khai tử") for at in range(110)]
    calendar = start(world, now, *rows)
    officer = browse(world.officer)
    assert "Đã đọc 0 trên 112 dòng" in officer.get(f"{LIST}{calendar}/").content.decode()
    commands.continue_calendar(now=now, calendar_id=calendar, most=50)
    part = officer.get(f"{LIST}{calendar}/", headers={"HX-Request": "true"})
    assert "Đã đọc 50 trên 112 dòng" in part.content.decode()
    assert officer.post(f"{LIST}{calendar}/resume/").status_code == 302
    commands.continue_calendar(now=now, calendar_id=calendar)
    assert officer.get(f"{LIST}{calendar}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    officer.post(f"{LIST}{calendar}/take/", {"all": "1"})
    assert "Đã nhận 0 trên 110 dòng" in officer.get(f"{LIST}{calendar}/").content.decode()
    commands.continue_taking(now=now, calendar_id=calendar)
    assert Outing.objects.count() == 110


def test_strangers_are_kept_out(world: World, now: datetime, browse: Callable[[Actor], Client]) -> None:
    calendar = start(world, now, GOOD)
    assert Client().get(LIST)["Location"].startswith("/sign-in")
    assert browse(world.viewer).get(LIST).status_code == 403
    other = browse(world.city_officer)
    assert other.get(f"{LIST}{calendar}/").status_code == 403
    assert other.get(f"{LIST}template/{world.cumgar_id}/").status_code == 403
    assert browse(world.officer).get(f"{LIST}template/{world.cumgar_id}/").status_code == 200
