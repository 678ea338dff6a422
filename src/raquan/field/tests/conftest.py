"""What the tests of the field app's door share: a helper with a code, a phone that has signed in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from raquan.capture.tests.world import Field, instance, make_field, new_id
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people

API = "/api/field/v1/"
CODE = "A3CD-EFHJ-K2"
CLIENT = "0b8f5a62-53f5-4a8e-9a3b-1b1f0a6f4d11"


@dataclass(frozen=True)
class Phone:
    """A phone that speaks to the door; `key` "" before it has signed in."""

    client: Client
    key: str = ""

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """Post JSON, or bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = self.client.post(
            API + path, data, content_type="application/json", headers={**self._authorized(), **headers}
        )
        assert isinstance(answer, HttpResponse)
        return answer

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Get an address."""
        answer = self.client.get(API + path, headers={**self._authorized(), **headers})
        assert isinstance(answer, HttpResponse)
        return answer

    def sync(self, *items: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
        """Send items and give the answer."""
        answer = self.post("sync", batch(*items, **changes))
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = json.loads(answer.content)
        return found

    def _authorized(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


def batch(*items: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Put items in a batch."""
    said = {"schema": 1, "client_id": CLIENT, "app": "2026.1", "sent_at": "2023-10-05T09:00:00+07:00"}
    return {**said, "items": list(items), **changes}


def item(outing: str, seq: int = 1, item_id: str | None = None, **answers: str) -> dict[str, Any]:
    """Make an item of a batch from an assist's answers."""
    item_id = item_id or new_id()
    payload = instance(outing, instance_id=item_id, **answers).decode()
    return {
        "kind": "assist",
        "id": item_id,
        "seq": seq,
        "payload": payload,
        "sha256": sha256(payload.encode()).hexdigest(),
        "clock": None,
    }


def said_by(answer: HttpResponse) -> tuple[int, str]:
    """Give an answer's status and its code, and hold that it says something in words."""
    said = json.loads(answer.content)
    assert set(said) == {"code", "message"}
    assert said["message"]
    return answer.status_code, said["code"]


def give_code(field: Field, now: datetime, code: str = CODE) -> UUID:
    """Give the helper of Cư M’gar a code for the campaign."""
    assert field.helper.id
    return people.give_field_code(
        by=SYSTEM,
        now=now,
        user_id=field.helper.id,
        organization_id=field.cumgar_id,
        starts_on=date(2023, 9, 15),
        ends_on=date(2023, 10, 31),
        code=code,
    ).field_code_id


@pytest.fixture(autouse=True)
def _in_the_campaign(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let the campaign's clock stand at `now`, as the demo's does."""
    monkeypatch.setattr(clock, "_offset", now - clock.real_now())


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """The world that records come from."""
    return make_field(now)


@pytest.fixture
def code_id(field: Field, now: datetime) -> UUID:
    """The helper's code."""
    return give_code(field, now)


@pytest.fixture
def phone(code_id: UUID) -> Phone:
    """A phone that has signed in with the helper's code."""
    client = Client()
    answer = Phone(client).post("sign-in", {"code": CODE, "label": "Máy của H’Trang", "client_id": CLIENT})
    assert answer.status_code == 200, answer.content
    return Phone(client, json.loads(answer.content)["key"])
