"""The sign-in page: what it keeps, where it leads, how it says no; signing out."""

from uuid import UUID

import pytest
from django.test import Client

from raquan.people.rules.signing_in import MAX_BY_LOGIN
from raquan.people.tests.conftest import PASSWORD

pytestmark = [pytest.mark.urls("raquan.people.tests.gate"), pytest.mark.django_db]

RIGHT = {"login": "trang@example.vn", "password": PASSWORD}


def test_the_page_can_be_filled_by_a_password_manager_and_by_pasting(client: Client) -> None:
    text = client.get("/sign-in?next=/staff").content.decode()
    assert 'autocomplete="username"' in text
    assert 'autocomplete="current-password"' in text
    assert 'name="next" value="/staff"' in text
    assert "onpaste" not in text


def test_sign_in_and_out(client: Client, officer_id: UUID) -> None:
    answer = client.post("/sign-in", RIGHT | {"next": "/staff?x=1"})
    assert answer.status_code == 302
    assert answer["Location"] == "/staff?x=1"
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 302
    assert "_auth_user_id" not in client.session


def test_signing_in_makes_a_new_session(client: Client, officer_id: UUID) -> None:
    client.session.save()
    before = client.session.session_key
    client.post("/sign-in", RIGHT)
    assert client.session.session_key != before


def test_a_wrong_password_keeps_the_login_and_not_the_password(client: Client, officer_id: UUID) -> None:
    answer = client.post("/sign-in", {"login": "trang@example.vn", "password": "sai-mat-khau", "next": "/staff"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="trang@example.vn"' in text
    assert 'value="/staff"' in text
    assert "sai-mat-khau" not in text
    assert "chưa đúng" in text


def test_an_empty_form_says_what_is_missing(client: Client) -> None:
    answer = client.post("/sign-in", {"login": "", "password": ""})
    assert "Hãy điền ô này." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_after_too_many_tries_the_page_says_how_long_to_wait(client: Client, officer_id: UUID) -> None:
    for _ in range(MAX_BY_LOGIN):
        client.post("/sign-in", RIGHT | {"password": "sai"})
    answer = client.post("/sign-in", RIGHT)
    assert answer.status_code == 429
    assert "Hãy đợi 15 phút" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "after", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "http:///evil.example", "\\\\evil", ""]
)
def test_nobody_is_sent_to_another_site(client: Client, officer_id: UUID, after: str) -> None:
    assert client.post("/sign-in", RIGHT | {"next": after})["Location"] == "/desk/"


def test_the_form_cannot_be_sent_from_elsewhere(officer_id: UUID) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in", RIGHT).status_code == 403
