"""What others wrote is noted, changed, replied to, set aside; the office alone reads it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from raquan.capture.tests.world import Field
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import Conflict, NotAllowed, NotFound, Refused
from raquan.ledger import queries as ledger
from raquan.press import commands, queries
from raquan.press.rules import PressItemSaid
from raquan.press.tests.test_views import office

SAID = PressItemSaid(
    outlet="Báo Đắk Lắk",
    title="Xếp hàng từ sáng ở điểm hỗ trợ",
    published_at=datetime.fromisoformat("2023-10-04T08:00:00+07:00"),
    author="Thanh Hường",
    address="https://baodaklak.vn/xa-hoi/bai-1",
    topic="Thời gian chờ",
    reply_due_on=date(2023, 10, 6),
)
TYPED = {"outlet": "Báo Đắk Lắk", "title": "Bài của hôm nay", "on": "4/10/2023", "at": "8h"}


@pytest.fixture
def noted(field: Field, now: datetime) -> UUID:
    return note(field, now)


def note(field: Field, now: datetime, item_id: UUID | None = None, **said: Any) -> UUID:
    return commands.note_press_item(
        by=field.office,
        now=now,
        item_id=item_id or uuid7(),
        campaign_id=field.campaign_id,
        said=replace(SAID, **said),
    )


def listed(field: Field, now: datetime, **asked: Any) -> list[str]:
    return [one.title for one in queries.press_items(field.office, field.campaign_id, now=now, **asked).items]


def test_the_same_item_is_noted_once(field: Field, now: datetime, noted: UUID) -> None:
    assert note(field, now, noted) == noted
    with pytest.raises(Conflict):
        note(field, now, noted, title="Bài khác")
    with pytest.raises(commands.PressItemKnown):
        note(field, now)
    note(field, now, address="", title="Báo in")
    note(field, now, address="", title="Phát thanh")
    view = queries.press_item(field.office, noted, now=now)
    assert (view.state, view.is_late, view.version) == ("owed", False, 1)
    with pytest.raises(NotFound):
        queries.press_item(field.office, uuid7(), now=now)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"outlet": " "}, commands.PressItemIncomplete),
        ({"title": ""}, commands.PressItemIncomplete),
        ({"published_at": SAID.published_at + timedelta(days=30)}, commands.PressItemAhead),
        ({"address": "http://baodaklak.vn/1"}, commands.PressAddressUnreadable),
        ({"address": "javascript:alert(1)"}, commands.PressAddressUnreadable),
        ({"address": "https://me:secret@baodaklak.vn/"}, commands.PressAddressUnreadable),
        ({"reply_due_on": date(2023, 10, 1)}, commands.ReplyDayPast),
    ],
)
def test_what_cannot_be_noted(field: Field, now: datetime, said: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        note(field, now, **said)


def test_the_office_alone(field: Field, now: datetime, noted: UUID) -> None:
    told: dict[str, Any] = {"by": field.officer, "now": now, "item_id": noted}
    for refused in (
        lambda: commands.note_press_item(**told, campaign_id=field.campaign_id, said=SAID),
        lambda: commands.change_press_item(**told, seen=1, said=SAID),
        lambda: commands.reply_to_press_item(**told, seen=1, replied_at=now, how="Thư", who="Sở"),
        lambda: commands.set_aside_press_item(**told, seen=1, reason="Trùng"),
        lambda: queries.press_items(field.officer, field.campaign_id, now=now),
        lambda: queries.press_item(field.officer, noted, now=now),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert queries.outlets(field.officer, field.campaign_id) == ()


def test_a_change_brings_the_need_of_a_reply_and_takes_it_away(field: Field, now: datetime, noted: UUID) -> None:
    told: dict[str, Any] = {"by": field.office, "now": now, "item_id": noted}
    commands.change_press_item(**told, seen=1, said=SAID)  # nothing changed
    commands.change_press_item(**told, seen=1, said=replace(SAID, reply_due_on=None))
    commands.change_press_item(**told, seen=1, said=replace(SAID, reply_due_on=None))  # the same again
    with pytest.raises(commands.PressItemChanged):
        commands.change_press_item(**told, seen=1, said=replace(SAID, topic="Khác"))
    with pytest.raises(commands.ReplyDayPast):
        commands.change_press_item(**told, seen=2, said=replace(SAID, reply_due_on=date(2023, 10, 1)))
    commands.change_press_item(**told, seen=2, said=SAID)
    verbs = [act.verb for act in ledger.history(field.office, "press.PressItem", noted).items]
    assert sorted(verbs) == ["note_press_item", "require_press_reply", "waive_press_reply"]
    other = note(field, now, address="", title="Báo in")
    with pytest.raises(commands.PressItemKnown):
        commands.change_press_item(**told | {"item_id": other}, seen=1, said=replace(SAID, title="Báo in"))


def test_a_reply_says_when_how_and_who(field: Field, now: datetime, noted: UUID) -> None:
    told: dict[str, Any] = {"by": field.office, "now": now, "item_id": noted, "seen": 1}
    reply: dict[str, Any] = {"replied_at": now, "how": "Công văn 15", "who": "Phòng Chuyển đổi số"}
    for wrong in ({"how": " "}, {"who": ""}, {"replied_at": SAID.published_at - timedelta(hours=1)}):
        with pytest.raises(commands.ReplyIncomplete):
            commands.reply_to_press_item(**told, **reply | wrong)
    with pytest.raises(commands.PressItemAhead):
        commands.reply_to_press_item(**told, **reply | {"replied_at": now + timedelta(hours=1)})
    commands.reply_to_press_item(**told, **reply)
    commands.reply_to_press_item(**told, **reply)
    view = queries.press_item(field.office, noted, now=now + timedelta(days=30))
    assert (view.state, view.is_late, view.reply_how, view.steps) == ("replied", False, "Công văn 15", ())
    with pytest.raises(commands.PressItemChanged):
        commands.set_aside_press_item(**told | {"seen": 2}, reason="Trùng")


def test_what_is_set_aside_says_why(field: Field, now: datetime, noted: UUID) -> None:
    told: dict[str, Any] = {"by": field.office, "now": now, "item_id": noted, "seen": 1}
    with pytest.raises(commands.AsideReasonMissing):
        commands.set_aside_press_item(**told, reason=" ")
    commands.set_aside_press_item(**told, reason="Đăng lại bài cũ")
    commands.set_aside_press_item(**told, reason="Đăng lại bài cũ")
    assert queries.press_item(field.office, noted, now=now).aside_reason == "Đăng lại bài cũ"


def test_the_list_finds_by_outlet_state_words_and_what_is_late(
    field: Field, now: datetime, noted: UUID, django_assert_max_num_queries: Any
) -> None:
    note(field, now, outlet="Đài Phát thanh", title="Phóng sự", author="", address="", reply_due_on=None)
    later = now + timedelta(days=3)
    assert listed(field, now, state="late") == []
    assert listed(field, later, state="late") == [SAID.title]
    assert listed(field, now, outlet="Đài Phát thanh") == listed(field, now, state="noted") == ["Phóng sự"]
    assert listed(field, now, text="thanh huong") == [SAID.title]
    assert queries.outlets(field.office, field.campaign_id) == ("Báo Đắk Lắk", "Đài Phát thanh")
    with django_assert_max_num_queries(2):
        assert len(listed(field, now, sort="-outlet")) == 2


@pytest.mark.usefixtures("campaign_time")
def test_the_pages_keep_what_was_typed(field: Field, now: datetime) -> None:
    desk, ticket = office(field), uuid7()
    assert "Chưa ghi bài báo nào" in desk.get("/desk/press/items/").content.decode()
    refused = _post(desk, "new/", TYPED | {"ticket": ticket, "needs_reply": "on"}, 422)
    assert "Cần phản hồi thì ghi hạn." in refused
    assert "Bài của hôm nay" in refused
    _post(desk, "new/", TYPED | {"ticket": ticket, "needs_reply": "on", "reply_due_on": "6/10/2023"}, 302)
    own = f"{ticket}/"
    _post(desk, f"{own}change/", TYPED | {"seen": "1", "topic": "Chờ lâu"}, 302)
    again = _post(desk, f"{own}change/", TYPED | {"seen": "1", "topic": "Chữ của người sau"}, 422)
    assert "Chữ của người sau" in again
    assert 'name="seen" value="2"' in again
    assert "Hãy ghi vì sao" in _post(desk, f"{own}set-aside/", {"seen": "2", "reason": ""}, 422)
    reply = {"seen": "2", "how": "Đăng lại", "who": "Sở", "on": "5/10/2023", "at": "8:00"}
    _post(desk, f"{own}reply/", reply, 302)
    page = desk.get(f"/desk/press/items/{own}").content.decode()
    assert "Đã phản hồi" in page
    assert "Gác lại, không phản hồi" not in page
    assert "bài báo" in desk.get(f"/desk/history/press_item/{ticket}/").content.decode()


def _post(desk: Client, where: str, body: dict[str, Any], status: int) -> str:
    answer = desk.post(f"/desk/press/items/{where}", body)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_wins_and_one_address_is_noted_once(field: Field, now: datetime) -> None:
    assert _at_once([lambda: note(field, now), lambda: note(field, now)]) == ["done", "told"]
    (one,) = queries.press_items(field.office, field.campaign_id, now=now).items
    told: dict[str, Any] = {"by": field.office, "now": now, "item_id": one.id, "seen": 1}
    acts: list[Callable[[], object]] = [
        lambda: commands.reply_to_press_item(**told, replied_at=now, how="Thư", who="Sở"),
        lambda: commands.set_aside_press_item(**told, reason="Trùng"),
    ]
    assert _at_once(acts) == ["done", "told"]


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    def run(act: Callable[[], object]) -> str:
        try:
            act()
        except Conflict:
            return "told"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))
