"""Sample calendars are read as was written down before there was a reader; hours, days and names one by one."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from raquan.calendars.rules import BLOCKING, DOUBT_NAMES, Doubt, RowRead, Window, place_parts, read_calendar, site_kind
from raquan.calendars.rules.columns import Column, column_meaning
from raquan.calendars.rules.days import read_days
from raquan.calendars.rules.hours import read_hours
from raquan.calendars.rules.names import names_in, split_place, topics_in
from raquan.calendars.tests.conftest import SAMPLES
from raquan.kernel.text import normalize
from raquan.readings.commands import open_sheets

WINDOW = Window(date(2023, 9, 15), date(2023, 10, 15))
FILES = sorted(one for one in SAMPLES.iterdir() if one.suffix in (".xlsx", ".csv"))


def read(file: Path) -> tuple[RowRead, ...]:
    return read_calendar(open_sheets(data=file.read_bytes(), file_name=file.name), WINDOW)


def clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_sample_is_read_as_written_down(file: Path) -> None:
    said: list[dict[str, Any]] = [
        {
            "row": row.address,
            "day": one.day.isoformat() if one.day else "",
            "starts": clock(one.hours.starts_at),
            "ends": clock(one.hours.ends_at),
            "place": one.place,
            "site": one.site,
            "unit": one.unit,
            "leader": one.leader,
            "members": list(one.members),
            "topics": list(one.topics),
            "notes": one.notes,
            "doubts": [doubt.value for doubt in one.doubts],
        }
        for row in read(file)
        for one in row.outings
    ]
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert said == [one | {"unit": normalize(one["unit"])} for one in expected]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_cell_vanishes(file: Path) -> None:
    sheets = open_sheets(data=file.read_bytes(), file_name=file.name)
    written = [cell.text.strip() for sheet in sheets for row in sheet.rows for cell in row.cells if not cell.continued]
    shown = [cell.text for row in read(file) for cell in row.cells if not cell.goes_on]
    assert sorted(filter(None, written)) == sorted(shown)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("7h30 - 11h", "07:30", "11:00"),
        ("7-11h", "07:00", "11:00"),
        ("7 giờ 30 phút đến 10 giờ", "07:30", "10:00"),
        ("từ 2 giờ chiều đến 4 giờ chiều", "14:00", "16:00"),
        ("7.30-10.45", "07:30", "10:45"),
        ("sáng, chiều", "07:30", "17:00"),
        ("CHIEU", "13:30", "17:00"),
        ("23h", "23:00", "23:59"),
        ("24h", "", ""),
    ],
)
def test_hours(text: str, starts: str, ends: str) -> None:
    found = read_hours(text)
    assert (clock(found.starts_at), clock(found.ends_at)) == (starts, ends)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Thứ 5, 5/10", ["2023-10-05"]),
        ("T2 9/10/2023", ["2023-10-09"]),
        ("CN 8.10.2023", ["2023-10-08"]),
        ("5, 7 và 9/10", ["2023-10-05", "2023-10-07", "2023-10-09"]),
        ("5-6/10/2023", ["2023-10-05", "2023-10-06"]),
        ("hằng ngày", []),
        ("30, 31/9", []),
    ],
)
def test_days(text: str, days: list[str]) -> None:
    assert [day.isoformat() for day in read_days(text, WINDOW).days] == days


def test_until_makes_days_of_two_columns() -> None:
    assert len(read_days("5/10", WINDOW, until="Thứ Bảy 7/10").days) == 3


def test_what_headings_say() -> None:
    said = {
        "Người phụ trách": Column.LEADER,
        "Đơn vị phụ trách": Column.UNIT,
        "Số điện thoại": None,
        "Đơn vị phối hợp": None,
        "Cả ngày": None,
        "Xã, phường, thị trấn": Column.PLACE,
        "Thôn/buôn": Column.SITE,
    }
    assert {heading: column_meaning(heading) for heading in said} == said


def test_places_people_and_topics_come_apart() -> None:
    assert split_place("Chợ huyện - P. Tân Lợi, TP. Buôn Ma Thuột") == ("P. Tân Lợi, TP. Buôn Ma Thuột", "Chợ huyện")
    assert split_place("UBND xã Cư Suê") == ("", "UBND xã Cư Suê")
    assert place_parts("TT. Quảng Phú, huyện Cư M’gar") == ("thị trấn", "quang phu", "cu mgar")
    assert place_parts("Ea Tul") == ("", "ea tul", "")
    assert names_in("1. Đ/c Lê Thị B (0905 123 456) và bà H’Ler") == ["1. Đ/c Lê Thị B", "H’Ler"]
    assert topics_in("- VNeID\n- Ví điện tử") == ["VNeID", "Ví điện tử"]
    assert [site_kind(name) for name in ("Chợ Ea Tul", "Buôn Pốk", "Trường THCS A", "Ngã ba")] == [
        "market", "village_hall", "school", "street",
    ]  # fmt: skip


def test_every_doubt_has_words() -> None:
    assert set(DOUBT_NAMES) == set(Doubt)
    assert set(Doubt) > BLOCKING
