"""What a phone stores for a day without a signal."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

import raquan
from raquan.capture.tests.world import VERSION, Field, set_up_desk
from raquan.field.tests.conftest import Phone, said_by
from raquan.forms.commands import publish_form, set_form_state
from raquan.forms.rules import FormState
from raquan.forms.tests.world import trees
from raquan.helpdesks import commands as helpdesks
from raquan.helpdesks.rules import Span
from raquan.kernel.actor import SYSTEM
from raquan.outings import commands as outings
from raquan.outings import queries as outing_queries

pytestmark = pytest.mark.django_db
ROOT = Path(raquan.__file__).parents[2]


def day(phone: Phone) -> dict[str, Any]:
    """Ask for the day."""
    answer = phone.get("day")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def plan(field: Field, held_on: date, *, mine: bool = False, hour: int = 13) -> str:
    """Plan an outing of Cư M’gar, and give its code."""
    site = outing_queries.outing(SYSTEM, field.outing_id).site_id
    assert field.helper.id
    outing_id = outings.plan_outing(
        by=SYSTEM,
        now=datetime(2023, 9, 20, 2, tzinfo=UTC),
        campaign_id=field.campaign_id,
        task_id=None,
        organization_id=field.cumgar_id,
        site_id=site,
        held_on=held_on,
        starts_at=time(hour),
        ends_at=time(hour + 1),
        service_codes=["birth_registration"],
        team=[field.helper.id] if mine else [],
    )
    return outing_queries.outing(SYSTEM, outing_id).code


def test_the_day_holds_what_the_app_works_with(field: Field, phone: Phone) -> None:
    said = day(phone)
    assert said["schema"] == 1
    assert said["person"] == {"name": "H’Trang Niê"}
    assert said["campaign"] == {
        "year": 2023,
        "name": "Ngày Chuyển đổi số 2023",
        "theme": "Khai thác dữ liệu số để tạo ra giá trị",
        "starts_on": "2023-09-15",
        "ends_on": "2023-10-15",
        "day_on": "2023-10-10",
    }
    (guide,) = [one for one in said["guides"] if one["service"] == "birth_registration"]
    assert guide["title"] == "Đăng ký khai sinh"
    assert "Giấy chứng sinh" in guide["bring"][0]
    assert guide["cost"].startswith("Miễn phí")
    assert (guide["address"], guide["checked_on"]) == ("https://dichvucong.gov.vn", None)
    assert (said["form"]["id"], said["form"]["version"]) == ("assist", VERSION)
    assert said["form"]["fields"] == {
        name: {"started": "start"}.get(name, name)
        for name in ("started", "outing", "service", "result", "how", "bottleneck", "language", "card", "group")
    }
    assert {one["code"] for one in said["how"]} == {"self", "guided", "done_for"}
    assert {"code": "rad", "name": "Tiếng Ê Đê"} in said["languages"]
    assert said["bottlenecks"][0].keys() == {"code", "name"}
    groups = {one["code"]: one for one in said["groups"]}
    assert {one["group"] for one in said["services"]} <= set(groups)
    rungs = {(code, rung["code"]) for code, group in groups.items() for rung in group["rungs"]}
    barred = [one for one in said["services"] if one["restricted"]]
    assert barred
    assert all((one["group"], one["restricted"]["rung"]) in rungs for one in barred)
    assert all(one["restricted"]["performer"] for one in barred)


def test_an_outing_says_where_and_when(field: Field, phone: Phone) -> None:
    (found,) = day(phone)["outings"]
    assert found == {
        "kind": "outing",
        "code": field.outing_code,
        "site": "Bộ phận một cửa",
        "place": "thị trấn Quảng Phú, huyện Cư M’gar",
        "held_on": "2023-10-05",
        "starts_at": "07:30",
        "ends_at": "11:00",
        "state": "planned",
        "services": ["birth_registration"],
        "mine": False,
    }


def test_the_persons_own_outings_come_first_then_today_and_none_from_farther_than_three_days(
    field: Field, phone: Phone
) -> None:
    before, after = plan(field, date(2023, 10, 2)), plan(field, date(2023, 10, 8))
    plan(field, date(2023, 10, 1))
    plan(field, date(2023, 10, 9), mine=True)
    own = plan(field, date(2023, 10, 7), mine=True)
    found = [(one["code"], one["mine"]) for one in day(phone)["outings"]]
    assert found == [(own, True), (field.outing_code, False), (after, False), (before, False)]


def test_sixty_outings_at_most_and_today_among_them(
    field: Field, phone: Phone, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(22):
        for held_on in (date(2023, 10, 3), date(2023, 10, 5), date(2023, 10, 7)):
            plan(field, held_on, hour=hour)
    with django_assert_max_num_queries(60):
        found = day(phone)["outings"]
    assert len(found) == 60
    assert sum(one["held_on"] == "2023-10-05" for one in found) == 23


MORNING, AFTERNOON, MONDAY = Span(4, time(7, 30), time(11)), Span(4, time(13), time(16)), Span(1, time(8), time(9))


def test_a_desk_is_told_like_an_outing_with_its_hours(field: Field, phone: Phone) -> None:
    set_up_desk(field, MORNING, AFTERNOON, MONDAY)
    found = day(phone)["outings"]
    assert [one["kind"] for one in found] == ["desk", "outing"]
    today = {"on": "2023-10-05", "mine": True}
    assert found[0] == {
        "kind": "desk",
        "code": "CMG-7K2QA",
        "site": "Bộ phận một cửa",
        "place": "thị trấn Quảng Phú, huyện Cư M’gar",
        "held_on": "2023-10-05",
        "starts_at": "07:30",
        "ends_at": "16:00",
        "state": "open",
        "services": ["birth_registration"],
        "mine": True,
        "hours": [
            today | {"opens_at": "07:30", "closes_at": "11:00"},
            today | {"opens_at": "13:00", "closes_at": "16:00"},
            {"on": "2023-10-09", "mine": True, "opens_at": "08:00", "closes_at": "09:00"},
        ],
    }


def test_a_roster_says_whose_the_desk_is(field: Field, phone: Phone) -> None:
    desk_id = set_up_desk(field, MORNING, MONDAY)
    assert field.helper.id
    assert field.officer.id
    act: dict[str, Any] = {"by": SYSTEM, "now": datetime(2023, 10, 1, tzinfo=UTC), "desk_id": desk_id}
    act |= {"first_on": date(2023, 10, 1)}
    helpdesks.put_on_roster(**act, user_id=field.officer.id)
    helpdesks.put_on_roster(**act, user_id=field.helper.id, weekdays=[1])
    found = day(phone)["outings"][0]
    assert found["mine"] is False
    assert [one["mine"] for one in found["hours"]] == [False, True]


def test_who_is_on_a_roster_has_that_desk_alone_and_nobody_has_too_many(field: Field, phone: Phone) -> None:
    site: dict[str, Any] = {"by": SYSTEM, "now": datetime(2023, 9, 1, tzinfo=UTC), "kind": "village_hall"}
    ids = []
    for number in "234579":
        site_id = outings.add_site(**site, name=f"Nhà văn hóa {number}", place_code="24259")
        ids.append(set_up_desk(field, MORNING, site_id=site_id, code=f"CMG-7K2Q{number}"))
    assert not any(one["mine"] for one in day(phone)["outings"])  # six are not one person's
    for desk_id in ids[2:4]:
        helpdesks.close_days(
            by=SYSTEM,
            now=datetime(2023, 10, 1, tzinfo=UTC),
            desk_id=desk_id,
            first_on=date(2023, 10, 1),
            last_on=date(2023, 10, 20),
            reason="Sửa",
        )
    assert sum(one["mine"] for one in day(phone)["outings"]) == 4
    assert field.helper.id
    helpdesks.put_on_roster(
        by=SYSTEM,
        now=datetime(2023, 10, 1, tzinfo=UTC),
        desk_id=ids[5],
        user_id=field.helper.id,
        first_on=date(2023, 10, 1),
    )
    assert [one["code"] for one in day(phone)["outings"] if one["mine"]] == ["CMG-7K2Q9"]


def test_a_desk_of_others_or_closed_all_week_is_not_told(field: Field, phone: Phone) -> None:
    desk_id = set_up_desk(field, MONDAY)
    set_up_desk(field, MORNING, organization_id=field.city_id, code="BMT-7K2QA")
    (found, _) = day(phone)["outings"]
    assert (found["held_on"], found["state"]) == ("2023-10-09", "planned")
    closed: dict[str, Any] = {"first_on": date(2023, 10, 5), "last_on": date(2023, 10, 12), "reason": "Nghỉ lễ"}
    helpdesks.close_days(by=SYSTEM, now=datetime(2023, 10, 1, tzinfo=UTC), desk_id=desk_id, **closed)
    assert [one["kind"] for one in day(phone)["outings"]] == ["outing"]


def test_what_the_phone_has_is_not_sent_again(field: Field, phone: Phone) -> None:
    first = phone.get("day")
    etag = first.headers["ETag"]
    again = phone.get("day", **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    packed = phone.get("day", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert phone.get("day", **{"If-None-Match": packed.headers["ETag"]}).status_code == 304
    plan(field, date(2023, 10, 6))
    changed = phone.get("day", **{"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_it_is_told_to_the_owner_of_the_key_alone(phone: Phone) -> None:
    answer = phone.get("day")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer.headers["Vary"]


def test_other_forms_are_offered_and_fetched_apart(field: Field, phone: Phone, now: datetime) -> None:
    assert day(phone)["forms"] == []
    assert phone.get("forms/supervision").status_code == 404
    workbook = (ROOT / "forms" / "supervision.xlsx").read_bytes()
    made = publish_form(by=SYSTEM, now=now, xlsform=workbook, file_name="supervision.xlsx")
    (offered,) = day(phone)["forms"]
    assert offered == {
        "id": "supervision",
        "version": made.version,
        "title": "Giám sát buổi ra quân",
        "md5": made.md5,
        "media": False,
    }
    answer = phone.get("forms/supervision")
    assert (answer.status_code, answer.headers["ETag"]) == (200, f'"{made.md5}"')
    assert b"<h:html" in answer.content
    again = phone.get("forms/supervision", **{"If-None-Match": f'"{made.md5}"'})
    assert (again.status_code, again.content) == (304, b"")
    set_form_state(by=SYSTEM, now=now, form_id="supervision", state=FormState.CLOSING)
    assert phone.get("forms/supervision").status_code == 404
    assert said_by(Phone(phone.client).get("forms/supervision")) == (401, "key.missing")


def test_a_form_with_files_of_its_own_says_so(phone: Phone, now: datetime) -> None:
    publish_form(by=SYSTEM, now=now, xlsform=trees(), file_name="trees.xlsx")
    assert [(one["id"], one["media"]) for one in day(phone)["forms"]] == [("trees", True)]
