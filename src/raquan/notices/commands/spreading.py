"""Finds whom a due notice is for, and tells the level above of what nobody has settled in time."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import local_date
from raquan.ledger import commands as ledger
from raquan.notices.models import Notice, Telling
from raquan.notices.rules import ABOVE, LOOK_AGAIN
from raquan.people import queries as people
from raquan.people.rules import Role

BATCH = 200
MOST_LEVELS = 6


def spread_due(*, now: datetime) -> int:
    """Tell what is due to whom it is for, or to the level above where nobody is on duty; count the notices.

    What finds nobody at all waits and is looked at again: it is never lost.
    """
    due = Notice.objects.filter(spread_at__isnull=True, settled_at__isnull=True, next_at__lte=now)
    spread = 0
    for notice in due.order_by("next_at", "id")[:BATCH]:
        people_found, is_above = _recipients(notice, local_date(now))
        mine = Notice.objects.filter(id=notice.id, spread_at__isnull=True)
        with transaction.atomic():
            if not people_found:
                mine.update(next_at=now + LOOK_AGAIN)
            elif mine.update(spread_at=now):
                _add(notice, people_found, now, is_escalation=is_above)
                spread += 1
    return spread


def escalate_overdue(*, now: datetime) -> int:
    """Tell the level above of what was told, was not settled by its time, and has not been told there; count them."""
    late = Notice.objects.filter(
        spread_at__isnull=False, escalated_at__isnull=True, settled_at__isnull=True, escalate_at__lte=now
    )
    told = 0
    for notice in late.order_by("escalate_at", "id")[:BATCH]:
        above = _climb(notice.organization_id, local_date(now))
        with transaction.atomic():
            if Notice.objects.filter(id=notice.id, escalated_at__isnull=True).update(escalated_at=now):
                _add(notice, above, now, is_escalation=True)
                detail = {"people": len(above)}
                ledger.record(
                    by=SYSTEM, verb="escalate_overdue", subject="notices.Notice", subject_id=notice.id, detail=detail
                )
                told += 1
    return told


def _recipients(notice: Notice, on: date) -> tuple[Collection[UUID], bool]:
    """Give the people, and whether they are those of a level above."""
    if notice.user_id is not None:
        if people.actor_of_user(notice.user_id, on) is not None:
            return (notice.user_id,), False
    elif found := people.on_duty(notice.organization_id, (Role(notice.role),), on):
        return found, False
    return _climb(notice.organization_id, on), True


def _climb(organization_id: UUID | None, on: date) -> frozenset[UUID]:
    """Give the officers of the nearest level above that has any; the standing office's at last."""
    here = organization_id
    for _level in range(MOST_LEVELS):
        above = people.organization_above(here, on) if here else None
        if above is None:
            break
        if found := people.on_duty(above.id, ABOVE, on):
            return found
        here = above.id
    return people.on_duty(None, (Role.STEERING_OFFICER,), on)


def _add(notice: Notice, user_ids: Collection[UUID], now: datetime, *, is_escalation: bool) -> None:
    rows = [Telling(notice=notice, user_id=one, made_at=now, is_escalation=is_escalation) for one in sorted(user_ids)]
    Telling.objects.bulk_create(rows, ignore_conflicts=True)
