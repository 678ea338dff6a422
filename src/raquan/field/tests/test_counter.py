"""Counters call by HTTP: in by a code, then with what they redeemed."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from raquan.vouchers import commands, queries
from raquan.vouchers.tests.conftest import LAST, Shop, make_shop, market, shop, write

__all__ = ["make_shop", "market", "shop", "write"]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Stop the clock."""
    monkeypatch.setattr("raquan.kernel.clock.now", lambda: now)


def call(path: str, body: dict[str, Any], token: str = "") -> Any:
    """Send JSON, and give the answer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().post(f"/api/counter/v1/{path}", body, "application/json", headers=headers)


def test_a_counter_comes_in_and_redeems(at: None, shop: Shop, now: datetime) -> None:
    issued = commands.issue_enrolment_code(
        by=shop.market.officers[0], now=now, organization_id=shop.market.enterprises[0]
    )
    came = call("enroll", {"code": issued.code.lower(), "name": "Quầy 9"})
    assert came.status_code == 200
    said = came.json()
    assert (said["counter"]["name"], said["enterprise"]) == ("Quầy 9", "Công ty Một")
    assert call("enroll", {"code": issued.code, "name": "Quầy 8"}).json()["code"] == "enrolment.used"

    run = str(shop.run_id)
    asked = {"request_id": str(uuid4()), "sent_at": now.isoformat(), "want": [{"run": run, "count": 2}]}
    got = call("sync", asked, said["token"]).json()
    (lease,) = got["leases"]
    assert (lease["granted"], lease["state"], lease["run"]) == (2, "held", run)
    assert (got["runs"][0]["left"], got["runs"][0]["quota"], got["runs"][0]["state"]) == (8, 10, "open")
    redemption = {
        "id": str(uuid4()),
        "run": run,
        "lease": lease["id"],
        "code": queries.code_of(shop.run_id, 4, LAST),
        "redeemed_at": now.isoformat().replace("+00:00", "Z"),
        "clock": "anchored",
        "amount": 50_000,
    }
    broken = redemption | {"id": "x", "clock": "sundial"}
    sent = {"request_id": str(uuid4()), "redemptions": [redemption, broken, 7]}
    outcomes = call("sync", sent, said["token"]).json()["outcomes"]
    assert [(one["id"], one["outcome"], one["code"]) for one in outcomes] == [
        (redemption["id"], "accepted", ""),
        ("x", "refused", "unreadable"),
    ]


def test_what_cannot_be_is_refused_in_words(at: None, shop: Shop) -> None:
    assert call("enroll", {"code": "ACDEFHJK", "name": "Quầy"}).json()["code"] == "enrolment.wrong"
    assert call("enroll", {"name": "Quầy"}).status_code == 400
    assert call("sync", {}).json()["code"] == "key.missing"
    assert call("sync", {}, "unknown").json()["code"] == "counter.unknown"
    answer = call("sync", {}, "unknown")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="raquan"')


def test_guessing_at_codes_is_slow(at: None, db: None) -> None:
    answers = [call("enroll", {"code": "ACDEFHJK", "name": "Quầy"}).status_code for _ in range(12)]
    assert 429 in answers
    assert answers[0] == 401
