"""The fields that forms of several rooms share."""

from datetime import time

import pytest
from django import forms

from raquan.ui.forms import clock


class HourForm(forms.Form):
    """A form with an hour."""

    at = clock("Lúc")
    until = clock("Đến", required=False)


def read(text: str) -> time | None:
    form = HourForm({"at": text})
    found: time | None = form.cleaned_data["at"] if form.is_valid() else None
    return found


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("17:00", 17, 0), ("17h", 17, 0), ("17h00", 17, 0), ("17 giờ 30", 17, 30), ("17H30", 17, 30), ("7g5", 7, 5),
        (" 17 h 30 ", 17, 30), ("17 giờ", 17, 0), ("17gio\u031b\u0300 30 phút", 17, 30), ("0.15", 0, 15),
        ("23:59:00", 23, 59),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(text: str, hour: int, minute: int) -> None:
    assert read(text) == time(hour, minute)


@pytest.mark.parametrize("text", ["17", "1730", "24:00", "17:60", "17h30h", "5 giờ chiều", "-1:00", "17:00 phút phút"])
def test_what_is_no_hour_is_refused_and_stays(text: str) -> None:
    form = HourForm({"at": text})
    assert form.errors == {"at": ["Hãy viết giờ như 7:30 hoặc 7h30."]}
    assert f'value="{text}"' in str(form["at"])


def test_an_hour_may_be_left_out_only_where_it_is_not_asked_for() -> None:
    form = HourForm({"at": "", "until": ""})
    assert form.errors == {"at": ["Hãy ghi giờ."]}
    assert form.cleaned_data["until"] is None
    assert 'value="07:05"' in str(HourForm(initial={"at": time(7, 5)})["at"])
