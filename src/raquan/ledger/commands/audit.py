"""Writes down what was done, in the transaction of what it records."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import Actor
from raquan.ledger.models import AuditEntry


def record(
    *, by: Actor, verb: str, subject: str, subject_id: UUID | str, detail: Mapping[str, Any] | None = None
) -> None:
    """Record that `by` did `verb` to a thing.

    `subject` is the model ("outings.Outing"), `verb` the command's name, `detail` plain JSON.
    Raises RuntimeError outside a transaction: an act and its record stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must run in the transaction of what it records")
    AuditEntry.objects.create(
        actor_kind=by.kind.value,
        actor_id=by.id,
        actor_name=by.name,
        verb=verb,
        subject=subject,
        subject_id=str(subject_id),
        detail=dict(detail or {}),
    )


def record_many(
    *,
    by: Actor,
    verb: str,
    subject: str,
    subject_ids: Sequence[UUID | str],
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Record one act upon many things in one row; their ids stand in its detail."""
    ids = [str(one) for one in subject_ids]
    if ids:
        record(by=by, verb=verb, subject=subject, subject_id=ids[0], detail={**(detail or {}), "ids": ids})
