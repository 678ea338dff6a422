"""Writes down what was done, in the transaction of what it records."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import Actor
from raquan.ledger.commands.acts import Act
from raquan.ledger.commands.inserting import insert_new
from raquan.ledger.commands.registry import FOLLOWERS
from raquan.ledger.models import AuditEntry


def record(
    *, by: Actor, verb: str, subject: str, subject_id: UUID | str, detail: Mapping[str, Any] | None = None
) -> None:
    """Record one act (see Act). Raises RuntimeError outside a transaction, as `record_acts` does."""
    record_acts([Act(by, verb, subject, subject_id, detail or {})])


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


def record_acts(acts: Sequence[Act]) -> None:
    """Record acts of several actors, a row each, in one statement.

    Raises RuntimeError outside a transaction: an act and its record stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() must run in the transaction of what it records")
    entries = [
        AuditEntry(
            actor_kind=act.by.kind.value,
            actor_id=act.by.id,
            actor_name=act.by.name,
            verb=act.verb,
            subject=act.subject,
            subject_id=str(act.subject_id),
            detail=_with_absent(act),
        )
        for act in acts
    ]
    insert_new(entries)
    for follower in FOLLOWERS:
        follower(acts)


def _with_absent(act: Act) -> dict[str, Any]:
    """Give what is told of an act, and for whom its author stands in on that day."""
    absent = [{"id": id_, "name": name} for id_, name in act.by.stands_in_for]
    return {**act.detail, "stands_in_for": absent} if absent else dict(act.detail)
