"""Which phones are ready to leave the signal: what a team's leader asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.models import DeviceReadiness
from raquan.people.rules import Action, may


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
