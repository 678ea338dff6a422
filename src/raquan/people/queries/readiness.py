"""Which phones are ready to leave the signal: what a team's leader asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.models import DeviceReadiness, DeviceSequence
from raquan.people.rules import Action, may
from raquan.people.rules.field_codes import gaps_of


@dataclass(frozen=True, slots=True)
class PhoneReadiness:
    """What a phone last said that it holds, and what it has yet to send; `owner_id` is whose it is."""

    owner_id: UUID
    device_label: str
    said_at: datetime
    app: str
    form_version: str
    outing_codes: tuple[str, ...]
    guides: int
    stored_bytes: int
    is_persisted: bool
    unsent: int


def readiness_of(actor: Actor, user_ids: Collection[UUID]) -> tuple[PhoneReadiness, ...]:
    """Give what the phones in use of some people have said, the latest word first, in one query.

    Asked for the team of an outing: whether that outing is the actor's to run its own query has checked.
    Raises NotAllowed for who runs none.
    """
    if not may(actor, Action.OUTING_RUN):
        raise NotAllowed()
    rows = DeviceReadiness.objects.filter(device__owner_id__in=set(user_ids), device__revoked_at__isnull=True)
    return tuple(
        PhoneReadiness(
            owner_id=row.device.owner_id,
            device_label=row.device.label,
            said_at=row.said_at,
            app=row.app,
            form_version=row.form_version,
            outing_codes=tuple(row.outing_codes),
            guides=row.guides,
            stored_bytes=row.stored_bytes,
            is_persisted=row.is_persisted,
            unsent=row.unsent,
        )
        for row in rows.select_related("device").order_by("-said_at", "device_id")
        if row.device.owner_id is not None
    )


@dataclass(frozen=True, slots=True)
class Awaited:
    """What phones in use have not sent yet: by their own last word, and by the gaps in what they numbered."""

    phones: int
    unsent: int
    gaps: int


def awaited_records() -> Awaited:
    """Count what is still on phones, over all of them, in two queries; it says nothing of whose they are."""
    said = DeviceReadiness.objects.filter(device__revoked_at__isnull=True, unsent__gt=0)
    unsent = dict(said.values_list("device_id", "unsent"))
    sent = DeviceSequence.objects.filter(device__revoked_at__isnull=True).values_list("device_id", "seen")
    missing = {id_: sum(last - first + 1 for first, last in gaps_of(_runs(seen))) for id_, seen in sent}
    missing = {id_: n for id_, n in missing.items() if n}
    return Awaited(phones=len(unsent.keys() | missing), unsent=sum(unsent.values()), gaps=sum(missing.values()))


def _runs(seen: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((first, last) for first, last in seen)
