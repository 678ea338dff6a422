"""Signing in: the count of wrong tries, by account and by address, and what it says."""

import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from raquan.kernel.actor import SYSTEM
from raquan.people import commands
from raquan.people.models import SignInAttempt
from raquan.people.rules.signing_in import MAX_BY_ADDRESS, MAX_BY_LOGIN, WINDOW
from raquan.people.tests.conftest import PASSWORD

AT = datetime.fromisoformat("2026-03-05T02:00:00+00:00")
LOGIN = "trang@example.vn"


def attempt(password: str, login: str = LOGIN, address: str = "10.0.0.1", at: datetime = AT) -> UUID:
    """Try once; give whose account it is."""
    found: UUID = commands.sign_in(login=login, password=password, address=address, real_now=at).pk
    return found


def fail(times: int, login: str = LOGIN, address: str = "10.0.0.1", at: datetime = AT) -> None:
    """Try and fail."""
    for _ in range(times):
        with pytest.raises(commands.WrongPassword):
            attempt("sai", login, address, at)


def test_login_and_password_as_people_type_them(officer_id: UUID, now: datetime) -> None:
    assert attempt(unicodedata.normalize("NFD", PASSWORD), login=" Trang@Example.VN ") == officer_id
    phone = commands.create_user(by=SYSTEM, now=now, full_name="Y", login="0905 123 456", password=PASSWORD)
    assert attempt(PASSWORD, login="+84 905.123.456") == phone


def test_an_account_waits_after_too_many_wrong_tries_from_anywhere(officer_id: UUID) -> None:
    for n in range(MAX_BY_LOGIN):
        fail(1, address=f"10.0.0.{n}")
    with pytest.raises(commands.TooManyTries) as refused:
        attempt(PASSWORD, address="10.9.9.9", at=AT + timedelta(minutes=5))
    assert refused.value.status == 429
    assert "10 phút" in refused.value.text()
    assert attempt(PASSWORD, at=AT + WINDOW + timedelta(seconds=1)) == officer_id


def test_waiting_is_not_made_longer_by_asking(officer_id: UUID) -> None:
    fail(MAX_BY_LOGIN)
    for minute in range(1, 15):
        with pytest.raises(commands.TooManyTries):
            attempt("sai", at=AT + timedelta(minutes=minute))
    assert attempt(PASSWORD, at=AT + WINDOW + timedelta(seconds=1)) == officer_id


def test_an_address_waits_whatever_account_it_tries(officer_id: UUID) -> None:
    for n in range(MAX_BY_ADDRESS):
        fail(1, login=f"ai{n}@example.vn")
    with pytest.raises(commands.TooManyTries):
        attempt(PASSWORD)
    assert attempt(PASSWORD, address="10.0.0.2") == officer_id


def test_a_success_forgives_the_account_and_not_the_address(officer_id: UUID) -> None:
    fail(MAX_BY_LOGIN - 1)
    attempt(PASSWORD)
    fail(MAX_BY_LOGIN - 1)
    assert attempt(PASSWORD) == officer_id
    assert SignInAttempt.objects.filter(address="10.0.0.1").count() == 2 * (MAX_BY_LOGIN - 1)


def test_unknown_and_closed_accounts_read_the_same_as_a_wrong_password(officer_id: UUID, now: datetime) -> None:
    said = set()
    commands.close_account(by=SYSTEM, now=now, user_id=officer_id)
    for login, password in ((LOGIN, PASSWORD), ("ai@do.vn", PASSWORD), ("không phải login", "x"), ("", "")):
        with pytest.raises(commands.WrongPassword) as refused:
            attempt(password, login=login)
        said.add((refused.value.code, refused.value.text()))
    assert len(said) == 1


def test_an_unknown_login_costs_a_hash_too(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the time of an answer would tell which accounts exist."""
    hashed = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    encode = MD5PasswordHasher.encode

    def count(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    fail(1, login="ai@do.vn")
    assert hashed == ["sai"]


def test_what_was_typed_as_login_is_not_kept_in_clear(db: None) -> None:
    fail(1, login="mật khẩu gõ nhầm ô")
    row = SignInAttempt.objects.values().get()
    assert "mật khẩu" not in str(row)
    fail(1, at=AT + WINDOW * 2)
    assert SignInAttempt.objects.count() == 1  # the old one is forgotten
