"""Quiet hours, what an SMS and a push message say, how a browser is named."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest

from raquan.notices.rules import (
    LONGEST_SMS,
    PUSH_BYTES,
    Quiet,
    hide,
    name_browser,
    read_quiet,
    write_plain,
    write_push,
    write_sms,
)

NIGHT = read_quiet("21:00-06:30")


def at(hour: int, minute: int = 0) -> datetime:
    """Give a moment of 5 October 2023 in Vietnam, as UTC."""
    return datetime(2023, 10, 5, tzinfo=UTC) + timedelta(hours=hour - 7, minutes=minute)


@pytest.mark.parametrize(
    ("moment", "wait"),
    [
        (at(20, 59), timedelta(0)),
        (at(21), timedelta(hours=9, minutes=30)),
        (at(2), timedelta(hours=4, minutes=30)),
        (at(6, 30), timedelta(0)),
    ],
)
def test_nothing_goes_out_at_night(moment: datetime, wait: timedelta) -> None:
    assert NIGHT.wait(moment) == wait


def test_quiet_hours_can_be_by_day_or_none() -> None:
    assert read_quiet("11:30 – 13:30") == Quiet(time(11, 30), time(13, 30))
    assert read_quiet("11:30-13:30").wait(at(12)) == timedelta(hours=1, minutes=30)
    assert not read_quiet("").holds(at(2))
    for wrong in ("21-6", "25:00-06:00", "đêm"):
        with pytest.raises(ValueError, match=r".+"):
            read_quiet(wrong)


def test_an_sms_is_plain_and_short_and_keeps_its_address() -> None:
    assert write_plain("Đơn vị “Cư M’gar” – hạn 8:30…") == 'Don vi "Cu M\'gar" - han 8:30.'
    text = write_sms(["Báo cáo trễ " * 50, "khác"], "(và 1 tin nữa)", "https://a.vn/desk/notices/")
    assert len(text) <= LONGEST_SMS
    assert text.isascii()
    assert text.endswith("... (va 1 tin nua) https://a.vn/desk/notices/")


def test_an_address_is_only_hinted_at() -> None:
    assert (hide("trang@example.vn"), hide("0905123456")) == ("tr…@example.vn", "090…456")


def test_a_push_message_stays_small() -> None:
    said = json.loads(write_push("Tin báo", ["Báo cáo đã quá hạn.", "Kế hoạch chờ duyệt."], "/desk/", "t"))
    assert said == {
        "title": "Tin báo",
        "body": "Báo cáo đã quá hạn.\nKế hoạch chờ duyệt.",
        "href": "/desk/",
        "tag": "t",
    }
    long = write_push("20 tin báo mới", ["Đủ ế ộ ỹ " * 30] * 20, "/desk/notices/", "t")
    assert 1500 < len(long) <= PUSH_BYTES
    assert json.loads(long)["body"].endswith("…")


_GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_GECKO} Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {_GECKO} Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {_GECKO} coc_coc_browser/130.0 Chrome/124.0 Safari/537.36",
            "Cốc Cốc, Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, macOS"),
        ("curl/8", ""),
    ],
)
def test_a_browser_s_name(agent: str, name: str) -> None:
    assert name_browser(agent) == name
