"""Keeps what each phone last said it holds for work without a signal."""

from collections.abc import Sequence
from datetime import datetime

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.people.models import DeviceReadiness

MOST_OUTINGS = 60


def report_readiness(
    *,
    by: Actor,
    now: datetime,
    app: str,
    form_version: str,
    outing_codes: Sequence[str],
    guides: int,
    stored_bytes: int,
    is_persisted: bool,
    unsent: int,
) -> None:
    """Keep what a phone says: which app, form and outings are stored, and how many records it has yet to send.

    Each word of a phone replaces its last one. A state that the phone tells, not an act: not audited.
    """
    if by.kind is not ActorKind.DEVICE or by.id is None:
        raise NotAllowed()
    said = {
        "said_at": now,
        "app": app[:40],
        "form_version": form_version[:100],
        "outing_codes": sorted(set(outing_codes))[:MOST_OUTINGS],
        "guides": guides,
        "stored_bytes": stored_bytes,
        "is_persisted": is_persisted,
        "unsent": unsent,
    }
    DeviceReadiness.objects.update_or_create(device_id=by.id, defaults=said)
