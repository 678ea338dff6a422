"""How many records there are of what the actor may read: plain counts for pages that join rooms, and for progress."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from raquan.capture.models import Assist
from raquan.capture.queries.scope import readable
from raquan.capture.rules import ReviewState
from raquan.kernel.actor import Actor
from raquan.tallies import queries as tallies


def doubtful_count(actor: Actor, campaign_id: UUID) -> int:
    """Count a campaign's records that somebody should look at, in one query."""
    found = readable(actor).filter(campaign_id=campaign_id)
    return found.filter(submission__review_state=ReviewState.HAS_ISSUES.value).count()


def record_counts(actor: Actor, outing_ids: Collection[UUID]) -> dict[UUID, int]:
    """Count the records of some outings, in one query; an outing without any is left out."""
    found = readable(actor).filter(outing_id__in=set(outing_ids)).order_by()
    return dict(found.values_list("outing_id").annotate(n=Count("id")))


def heard_outings(campaign_id: UUID, *, on_from: date, on_to: date) -> QuerySet[Assist, UUID]:
    """Ask which outings of some days have a record or a counted sheet, no more than that; a part of another question.

    By days, not by ids: the database finds the outings of a month sooner than it reads two thousand ids.
    """
    days = {"outing__campaign_id": campaign_id, "outing__held_on__range": (on_from, on_to)}
    found = Assist.objects.filter(**days, withdrawn_at__isnull=True).order_by()
    tallied = tallies.tallied_outings(campaign_id, on_from=on_from, on_to=on_to)
    return found.values_list("outing_id", flat=True).union(tallied)


def task_assists(task_ids: Collection[UUID]) -> dict[UUID, int]:
    """Count the assists at the outings of some tasks as figures count them, on records and sheets; one query.

    An aggregate, for whoever may read figures. A task without any is left out.
    """
    found = Assist.objects.filter(outing__task_id__in=set(task_ids), withdrawn_at__isnull=True).order_by()
    counted = found.exclude(submission__review_state=ReviewState.REJECTED.value)
    recorded = counted.values_list("outing__task_id").annotate(n=Count("id"))
    both: Counter[UUID] = Counter()
    for task_id, number in recorded.union(tallies.tallied_of_tasks(task_ids), all=True):
        both[task_id] += number
    return dict(both)


def outing_assists(outing_ids: Collection[UUID]) -> dict[UUID, int]:
    """Count the assists at some outings as figures count them, on records and sheets; two queries.

    An aggregate, for whoever may read figures. An outing without any is left out.
    """
    found = Assist.objects.filter(outing_id__in=set(outing_ids), withdrawn_at__isnull=True).order_by()
    counted = found.exclude(submission__review_state=ReviewState.REJECTED.value)
    both = Counter(dict(counted.values_list("outing_id").annotate(n=Count("id"))))
    both.update(tallies.tallied_of_outings(outing_ids))
    return dict(both)
