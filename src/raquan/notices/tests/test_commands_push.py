"""A browser is told by its push service: once, quiet, tried again, forgotten when it is gone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.notices import commands, queries
from raquan.notices.models import Browser, Dispatch
from raquan.notices.rules import MOST_BROWSERS, Person
from raquan.notices.tests.conftest import Staff
from raquan.notices.tests.push_service import PushService, push_service
from raquan.notices.tests.test_commands import _stored_time, run, send, tell

__all__ = ["_stored_time", "push_service"]

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def subscribe(staff: Staff, now: datetime, service: PushService, path: str = "/chrome", **more: Any) -> Any:
    """Let the officer's browser be told."""
    by = more.pop("by", None) or staff.actor(staff.officer)
    return commands.subscribe_browser(by=by, now=now, user_agent=CHROME, **(service.browser(path) | more))


def test_a_message_reaches_every_browser_of_the_person(staff: Staff, now: datetime, push_service: PushService) -> None:
    subscribe(staff, now, push_service)
    subscribe(staff, now, push_service, "/firefox")
    tell(now, Person(staff.officer))
    tell(now, Person(staff.chief), key="of somebody else")
    run(now)
    assert send(now) == ["sent", "sent"]
    assert send(now) == ["sent", "sent"]
    assert sorted(one.path for one in push_service.got) == ["/chrome", "/firefox"]
    said = push_service.opened()[0]
    assert (said["title"], said["body"]) == ("Tin báo", "Báo cáo của Huyện thử đã quá hạn.")
    assert said["href"] == "/desk/rounds/a/"
    told = queries.dispatches(SYSTEM).items[0]
    assert (told.channel_name, told.address, told.answer) == ("Trình duyệt", "Chrome, Windows", "HTTP 201")


def test_several_notices_are_one_message(staff: Staff, now: datetime, push_service: PushService) -> None:
    subscribe(staff, now, push_service)
    for key in "abc":
        tell(now, Person(staff.officer), key=key, params={"unit": f"Xã {key}"})
    commands.settle(by=SYSTEM, now=now, key="b")
    run(now)
    send(now)
    (said,) = push_service.opened()
    assert (said["title"], said["href"]) == ("2 tin báo mới", "/desk/notices/")
    assert said["body"] == "Báo cáo của Xã a đã quá hạn.\nBáo cáo của Xã c đã quá hạn."


def test_nobody_is_woken(staff: Staff, now: datetime, push_service: PushService) -> None:
    subscribe(staff, now, push_service)
    evening = now + timedelta(hours=11, minutes=59)
    tell(evening, Person(staff.officer))
    run(evening)
    assert send(evening + timedelta(minutes=2)) == ["waiting"]
    assert push_service.got == []
    assert send(evening + timedelta(hours=9, minutes=32)) == ["sent"]


@pytest.mark.parametrize(("status", "state"), [(503, "waiting"), (429, "waiting"), (400, "failed"), (413, "failed")])
def test_a_service_that_says_no(
    staff: Staff, now: datetime, push_service: PushService, status: int, state: str
) -> None:
    subscribe(staff, now, push_service)
    tell(now, Person(staff.officer))
    run(now)
    push_service.status = status
    assert send(now) == [state]
    assert Dispatch.objects.get().answer == f"HTTP {status}"
    assert len(queries.browsers_of(staff.actor(staff.officer))) == 1
    push_service.status = 201
    assert send(now + timedelta(hours=1)) == ["sent" if state == "waiting" else "failed"]
    assert len({one["tag"] for one in push_service.opened()}) == 1, "a browser shows both tries as one"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    staff: Staff, now: datetime, push_service: PushService, status: int
) -> None:
    subscribe(staff, now, push_service)
    tell(now, Person(staff.officer))
    run(now)
    push_service.status = status
    assert send(now) == ["failed"]
    gone = Browser.objects.get()
    assert (gone.ended_at, gone.endpoint, gone.p256dh, gone.auth) == (now, "", "", "")
    assert AuditEntry.objects.get(verb="end_browser").detail["why"] == "gone"
    tell(now, Person(staff.officer), key="b")
    run(now + timedelta(hours=1))
    assert Dispatch.objects.count() == 1
    assert queries.unread_count(staff.actor(staff.officer)) == 2, "the list has it all the same"


def test_a_worker_that_died_while_sending_sends_again(staff: Staff, now: datetime, push_service: PushService) -> None:
    subscribe(staff, now, push_service)
    tell(now, Person(staff.officer))
    run(now)
    Dispatch.objects.update(state="sending")
    assert send(now) == ["sent"]


def test_what_is_ended_is_sent_nothing(staff: Staff, now: datetime, push_service: PushService) -> None:
    mine = subscribe(staff, now, push_service)
    tell(now, Person(staff.officer))
    run(now)
    officer = staff.actor(staff.officer)
    with pytest.raises(NotFound):
        commands.end_browser(by=staff.actor(staff.chief), now=now, browser_id=mine)
    assert [commands.end_browser(by=officer, now=now, browser_id=mine) for _ in range(2)] == [True, False]
    assert send(now) == ["withdrawn"]
    assert push_service.got == []
    assert commands.forget_browser(now=now, browser_id=mine) is False
    with pytest.raises(NotFound):
        commands.end_browser(by=officer, now=now, browser_id=uuid4())


def test_subscribing_twice_is_once(staff: Staff, now: datetime, push_service: PushService) -> None:
    first = subscribe(staff, now, push_service)
    assert subscribe(staff, now, push_service) == first
    assert AuditEntry.objects.filter(verb="subscribe_browser").count() == 1
    chief = staff.actor(staff.chief)
    theirs = subscribe(staff, now, push_service, by=chief)
    assert (theirs != first, len(queries.browsers_of(chief))) == (True, 1), "who sits there now"
    assert queries.browsers_of(staff.actor(staff.officer)) == []
    assert AuditEntry.objects.get(verb="end_browser").detail["why"] == "taken over"


def test_who_and_what_is_refused(staff: Staff, now: datetime, push_service: PushService) -> None:
    with pytest.raises(NotAllowed):
        subscribe(staff, now, push_service, by=ANONYMOUS)
    with pytest.raises(commands.BrowserUnreadable):
        subscribe(staff, now, push_service, endpoint="http://127.0.0.1/x")
    for number in range(MOST_BROWSERS):
        subscribe(staff, now, push_service, f"/{number}")
    with pytest.raises(commands.TooManyBrowsers):
        subscribe(staff, now, push_service)
    assert subscribe(staff, now, push_service, "/0") in Browser.objects.values_list("id", flat=True)


def test_the_operator_may_switch_it_off(staff: Staff, now: datetime, push_service: PushService, settings: Any) -> None:
    subscribe(staff, now, push_service)
    settings.RAQUAN_WEB_PUSH = False
    tell(now, Person(staff.officer))
    run(now)
    assert (send(now), queries.push_key()) == ([], "")
