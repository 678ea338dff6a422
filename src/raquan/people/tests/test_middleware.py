"""The gate before every route: who comes in, who is asked to sign in, who is refused, and in which words."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.kernel.actor import SYSTEM
from raquan.people import commands
from raquan.people.models import Duty
from raquan.people.tests.conftest import PASSWORD

pytestmark = [pytest.mark.urls("raquan.people.tests.gate"), pytest.mark.django_db]

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def campaign_day(monkeypatch: pytest.MonkeyPatch, now: object) -> None:
    """Let the campaign's clock stand in October 2023."""
    monkeypatch.setattr("raquan.kernel.clock.now", lambda: now)


@pytest.fixture
def officer(client: Client, officer_id: UUID) -> Client:
    """A browser in which the officer has signed in."""
    assert client.post("/sign-in", {"login": "trang@example.vn", "password": PASSWORD}).status_code == 302
    return client


def test_a_route_without_a_declaration_does_not_run(client: Client, officer: Client) -> None:
    for browser in (client, officer):
        with pytest.raises(RuntimeError, match="does not declare"):
            browser.get("/forgotten")


def test_public_routes_know_who_asks(client: Client, officer_id: UUID) -> None:
    assert client.get("/open").content.decode() == "ai đó"
    client.post("/sign-in", {"login": "trang@example.vn", "password": PASSWORD})
    assert client.get("/open").content.decode() == "H’Trang Niê"


def test_a_route_for_phones_knows_no_session(officer: Client) -> None:
    assert officer.get("/phones").content.decode() == "ai đó"


@pytest.mark.parametrize("address", ["/staff", "/reviewers", "/office"])
def test_strangers_are_asked_to_sign_in_and_come_back(client: Client, address: str) -> None:
    answer = client.get(f"{address}?page=2")
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in?next={address}%3Fpage%3D2"


def test_a_stranger_who_sends_a_form_comes_back_to_its_page(client: Client) -> None:
    answer = client.post("/staff", headers={"Referer": "http://testserver/open?x=1"})
    assert answer["Location"] == "/sign-in?next=http%3A//testserver/open%3Fx%3D1"
    for referer in ({}, {"Referer": "https://evil.example/open"}):
        assert client.post("/staff", headers=referer)["Location"] == "/sign-in"


def test_a_panel_sends_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get("/staff", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/open"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/sign-in?next=")
    assert answer["HX-Redirect"].endswith("/open")


def test_programs_are_told_in_json(client: Client) -> None:
    answer = client.get("/staff", headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")


def test_a_duty_opens_what_it_is_for(officer: Client) -> None:
    assert officer.get("/staff").status_code == 200
    assert officer.get("/reviewers").status_code == 200
    closed = officer.get("/office")
    assert closed.status_code == 403
    assert "không có quyền" in closed.content.decode()
    assert officer.get("/office", headers=JSON).json()["code"] == "not_allowed"


def test_a_duty_counts_by_the_campaigns_day(officer: Client) -> None:
    Duty.objects.update(ends_on=date(2023, 10, 4))
    assert officer.get("/staff").status_code == 200
    assert officer.get("/reviewers").status_code == 403


def test_a_closed_account_and_a_new_password_end_the_session(officer: Client, officer_id: UUID, now: object) -> None:
    commands.set_password(by=SYSTEM, now=now, user_id=officer_id, password="một câu khác hẳn")  # type: ignore[arg-type]
    assert officer.get("/staff").status_code == 302
    officer.post("/sign-in", {"login": "trang@example.vn", "password": "một câu khác hẳn"})
    assert officer.get("/staff").status_code == 200
    commands.close_account(by=SYSTEM, now=now, user_id=officer_id)  # type: ignore[arg-type]
    assert officer.get("/staff").status_code == 302


def test_a_refusal_is_a_page_in_its_own_words_or_json(client: Client) -> None:
    page = client.get("/refusing")
    assert page.status_code == 409
    assert "Hôm nay Buôn Hồ không mưa." in page.content.decode()
    answer = client.get("/refusing", headers=JSON)
    assert answer.status_code == 409
    assert answer.json() == {"code": "test.no_rain", "message": "Hôm nay Buôn Hồ không mưa."}


def test_what_nobody_foresaw_is_not_made_pretty(client: Client) -> None:
    with pytest.raises(ZeroDivisionError):
        client.get("/breaking")


def test_pages_of_the_staff_are_not_left_in_the_browser(client: Client, officer: Client) -> None:
    assert officer.get("/staff")["Cache-Control"] == "private, no-store"
    officer.post("/sign-out")
    assert not officer.get("/open").has_header("Cache-Control")


def test_the_gate_asks_the_database_little(officer: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):  # the session, and the account with its duties
        officer.get("/staff")
