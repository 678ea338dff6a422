"""Hands a batch of records to where they are kept, and puts together what their phone is answered."""

from datetime import datetime
from typing import Any

from raquan.capture import commands as capture
from raquan.capture.rules import Envelope, Verdict
from raquan.field import shapes
from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.ledger.commands import sign_receipt
from raquan.people import commands as people

Said = dict[str, Any]


def receive(*, by: Actor, now: datetime, batch: shapes.SyncBatch, via: str = "") -> Said:
    """Take a batch from the phone `by`; `via` names who carried it, when it did not come by itself."""
    readable = [one for one in batch.items if one.refusal is None]
    envelopes = [
        Envelope(
            payload=one.payload,
            instance_id=one.id,
            received_at=now,
            device_id=f"field {batch.app} {batch.client_id}{via}",
            time_shift=clock.offset(),
            clock=one.clock,
        )
        for one in readable
    ]
    received = iter(capture.receive_submissions(by=by, now=now, envelopes=envelopes))
    verdicts = [_refused(one) if one.refusal else _said(one.id, next(received)) for one in batch.items]
    arrivals = people.note_arrivals(by=by, numbers=[one.seq for one in batch.items])
    return {
        "schema": shapes.SCHEMA,
        "server_time": now.isoformat(timespec="milliseconds"),
        "verdicts": verdicts,
        "last_seq": arrivals.last_seq,
        "gaps": arrivals.gaps,
    }


def _refused(item: shapes.SyncItem) -> Said:
    assert item.refusal is not None  # noqa: S101 - asked by the caller
    code, message = item.refusal.code, item.refusal.text()
    return {"id": item.id, "outcome": "refused", "code": code, "message": message, "receipt": None}


def _said(item_id: str, verdict: Verdict) -> Said:
    receipt = None
    if verdict.is_taken and verdict.received_at is not None:
        receipt = sign_receipt(
            record_id=item_id,
            sha256=verdict.sha256,
            received_at=verdict.received_at,
            device_id=verdict.device_id,
        )
    outcome = verdict.outcome.value
    return {"id": item_id, "outcome": outcome, "code": verdict.code, "message": verdict.message, "receipt": receipt}
