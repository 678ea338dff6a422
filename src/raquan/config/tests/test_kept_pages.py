"""Public pages are built once for a crowd, anew after a change, and sent of before when the database is away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from raquan.capture.tests.world import make_field
from raquan.config import kept_pages
from raquan.config.kept_pages import RATHER_OLD, KeptPages
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.ledger import commands as ledger
from raquan.ledger.queries import public_version
from raquan.outings import commands as outings
from raquan.people.models import User

pytestmark = pytest.mark.django_db
Change = Callable[..., None]


@pytest.fixture(autouse=True)
def keeping(settings: Any, now: datetime) -> Iterator[None]:
    """Keep pages, at a minute that stands still."""
    settings.RAQUAN_KEPT_PAGES_BYTES = 1024 * 1024
    install_offset(now - real_now())
    yield
    install_offset(timedelta(0))


class Counting:
    """What stands behind the middleware: counts how often it is asked, and says what it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.status = 200
        self.body = "trang"
        self.headers: dict[str, str] = {}
        self.may_be_kept = True

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        answer = HttpResponse(self.body, status=self.status, headers=self.headers)
        vars(answer)["may_be_kept"] = self.may_be_kept
        return answer


def get(pages: KeptPages, path: str = "/", **headers: str) -> Any:
    return pages(RequestFactory(headers=headers).get(path))


@pytest.fixture
def change(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Change:
    """Act upon something, and commit."""

    def act(subject: str = "outings.Outing") -> None:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            ledger.record(by=SYSTEM, verb="test", subject=subject, subject_id="x")

    return act


def test_a_crowd_costs_one_page() -> None:
    behind = Counting()
    pages = KeptPages(behind)
    assert {get(pages).content for _ in range(5)} == {b"trang"}
    assert behind.asked == 1
    assert get(pages)["Cache-Control"] == "public, max-age=0, s-maxage=5"
    assert set(get(pages)["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}
    get(pages, "/?q=ea+kpam")
    get(pages, **{"Accept-Encoding": "gzip"})
    assert behind.asked == 3


def test_a_public_change_and_a_minute_build_it_anew(now: datetime, change: Change) -> None:
    behind = Counting()
    pages = KeptPages(behind)
    get(pages)
    change("exchange.Webhook")  # nothing that the public sees
    get(pages)
    assert behind.asked == 1
    behind.body = "trang mới"
    change()
    assert get(pages).content == "trang mới".encode()
    install_offset(now + timedelta(minutes=1) - real_now())
    get(pages)
    assert behind.asked == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_changes_nothing() -> None:
    before = public_version()
    for is_kept in (False, True):
        with transaction.atomic():
            ledger.record(by=SYSTEM, verb="test", subject="outings.Outing", subject_id="x")
            transaction.set_rollback(not is_kept)
        assert public_version() == before + is_kept


@pytest.mark.django_db(transaction=True)
def test_acts_of_one_transaction_are_one_change_whichever_of_them_is_undone() -> None:
    def act() -> None:
        ledger.record(by=SYSTEM, verb="test", subject="outings.Outing", subject_id="x")

    before = public_version()
    for undone in (None, 0, 2):
        with transaction.atomic():
            for number in range(3):
                with transaction.atomic():
                    act()
                    transaction.set_rollback(number == undone)
    assert public_version() == before + 3
    for _ in range(2):
        with transaction.atomic():
            act()
    assert public_version() == before + 5


def test_who_has_it_is_told_so(change: Change) -> None:
    behind = Counting()
    pages = KeptPages(behind)
    tag = get(pages)["ETag"]
    again = get(pages, **{"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    behind.body = "khác"
    change()
    assert get(pages, **{"If-None-Match": tag}).status_code == 200


def test_somebody_in_particular_is_never_given_a_page_of_others() -> None:
    behind = Counting()
    pages = KeptPages(behind)
    for cookie in ("sessionid=abc", "messages=abc"):
        for _ in range(2):
            get(pages, cookie=cookie)
    get(pages, authorization="Bearer x")
    pages(RequestFactory().post("/"))
    assert behind.asked == 6


@pytest.mark.parametrize(
    "said",
    [
        {"may_be_kept": False},
        {"status": 404},
        {"headers": {"Content-Security-Policy": "script-src 'self' 'nonce-abc'"}},
    ],
)
def test_what_is_of_one_visitor_or_no_page_is_not_kept(said: dict[str, Any]) -> None:
    behind = Counting()
    for name, value in said.items():
        setattr(behind, name, value)
    pages = KeptPages(behind)
    get(pages)
    get(pages)
    assert behind.asked == 2


def test_a_page_of_before_rather_than_an_error(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    behind = Counting()
    pages = KeptPages(behind)
    get(pages)
    behind.status, behind.body = 500, "lỗi"
    change()
    old = get(pages)
    assert (old.status_code, old.content, old[RATHER_OLD]) == (200, b"trang", "1")
    assert get(pages, "/khac").status_code == 500  # nothing of before

    def away() -> int:
        raise OperationalError("the database is away")

    monkeypatch.setattr(kept_pages, "public_version", away)
    asked = behind.asked
    assert get(pages)[RATHER_OLD] == "1"
    assert behind.asked == asked


def test_memory_is_bounded(settings: Any) -> None:
    settings.RAQUAN_KEPT_PAGES_BYTES = 1000
    behind = Counting()
    behind.body = "x" * 300
    pages = KeptPages(behind)
    for n in range(10):
        get(pages, f"/?q={n}")
    get(pages, "/?q=9")
    assert behind.asked == 10
    get(pages, "/?q=0")
    assert behind.asked == 11


def test_of_a_new_minute_one_builds_and_the_others_do_not_wait(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pages, "public_version", lambda: 1)
    entered, finish = Event(), Event()
    behind = Counting()
    pages = KeptPages(behind)
    get(pages)

    def slow(request: HttpRequest) -> HttpResponse:
        entered.set()
        assert finish.wait(30)
        return behind(request)

    monkeypatch.setattr(pages, "get_response", slow)
    install_offset(now + timedelta(minutes=1) - real_now())
    with running(lambda: get(pages)):
        assert entered.wait(30)
        assert get(pages).content == b"trang"
        finish.set()
    assert behind.asked == 2


def test_of_a_public_change_one_builds_too_and_a_first_page_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    version = [1]
    monkeypatch.setattr(kept_pages, "public_version", lambda: version[0])
    entered, finish = Event(), Event()
    behind = Counting()
    pages = KeptPages(behind)

    def slow(request: HttpRequest) -> HttpResponse:
        entered.set()
        assert finish.wait(30)
        return behind(request)

    monkeypatch.setattr(pages, "get_response", slow)
    with running(lambda: get(pages)):
        assert entered.wait(30)
        with running(lambda: get(pages)):  # waits for the first, or comes after it
            finish.set()
    assert behind.asked == 1
    entered.clear()
    finish.clear()
    version[0] = 2
    with running(lambda: get(pages)):
        assert entered.wait(30)
        assert get(pages).content == b"trang"
        finish.set()
    assert behind.asked == 2


@contextmanager
def running(work: Any) -> Iterator[None]:
    """Do something beside, and wait for its end."""

    thread = Thread(target=work)
    thread.start()
    yield
    thread.join()


def test_the_portal_asks_the_database_once_until_an_outing_is_called_off(
    client: Client, now: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    field = make_field(now)
    assert field.outing_code in client.get("/2023/outings/").content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get("/2023/outings/")
    assert len(asked) == 1  # which version
    with django_capture_on_commit_callbacks(execute=True):
        outings.cancel_outing(by=SYSTEM, now=now, outing_id=field.outing_id, reason="Mưa")
    assert field.outing_code not in client.get("/2023/outings/").content.decode()


def test_who_signs_in_sees_their_own_page(client: Client, now: datetime) -> None:
    address = f"/2023/outings/{make_field(now).outing_code}/"
    assert "điểm danh" not in client.get(address).content.decode()
    signed_in = Client()
    signed_in.force_login(User.objects.exclude(is_active=False)[0])
    assert "điểm danh" in signed_in.get(address).content.decode()
    assert "điểm danh" not in client.get(address).content.decode()
