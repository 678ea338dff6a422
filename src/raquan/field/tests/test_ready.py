"""What a phone says that it holds, and who is told."""

from typing import Any

import pytest

from raquan.capture.tests.world import VERSION, Field
from raquan.field.tests.conftest import Phone, said_by
from raquan.kernel.refused import NotAllowed
from raquan.people.models import DeviceReadiness
from raquan.people.queries import readiness_of

pytestmark = pytest.mark.django_db


def said(field: Field, **changes: Any) -> dict[str, Any]:
    """Say that all is stored."""
    return {
        "app": "2026.1",
        "form_version": VERSION,
        "outings": [field.outing_code],
        "guides": 3,
        "stored_bytes": 3_000_000_000,
        "persisted": True,
        "unsent": 2,
        **changes,
    }


def test_the_leader_sees_the_latest_word_of_each_phone(field: Field, phone: Phone) -> None:
    assert field.helper.id
    assert readiness_of(field.officer, [field.helper.id]) == ()
    for unsent in (2, 0):
        answer = phone.post("ready", said(field, unsent=unsent))
        assert (answer.status_code, answer.content) == (204, b"")
    (found,) = readiness_of(field.officer, [field.helper.id])
    assert (found.owner_id, found.device_label) == (field.helper.id, "Máy của H’Trang")
    assert (found.form_version, found.outing_codes, found.unsent) == (VERSION, (field.outing_code,), 0)
    assert found.is_persisted
    assert found.stored_bytes == 3_000_000_000
    with pytest.raises(NotAllowed):
        readiness_of(field.helper, [field.helper.id])


def test_what_cannot_be_is_not_believed(field: Field, phone: Phone) -> None:
    assert said_by(phone.post("ready", said(field, outings="all"))) == (400, "body.unreadable")
    odd = {"app": 7, "guides": -1, "stored_bytes": 2**70, "persisted": "yes", "unsent": True}
    codes = [field.outing_code, None, "\x00", 5, *(f"C{n}" for n in range(500))]
    assert phone.post("ready", said(field, outings=codes, **odd)).status_code == 204
    row = DeviceReadiness.objects.get()
    assert (row.app, row.guides, row.is_persisted, row.unsent) == ("", 0, False, 0)
    assert len(row.outing_codes) == 60


def test_without_a_key_nothing_is_noted(field: Field, phone: Phone) -> None:
    assert said_by(Phone(phone.client).post("ready", said(field))) == (401, "key.missing")
    assert not DeviceReadiness.objects.exists()
