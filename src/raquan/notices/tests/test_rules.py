"""Quiet hours, and what an SMS says."""

from datetime import UTC, datetime, time, timedelta

import pytest

from raquan.notices.rules import LONGEST_SMS, Quiet, hide, read_quiet, write_plain, write_sms

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
