"""Words are not kept for ever: months after a talk was settled they are emptied; that it was, and the counts, stay."""

from datetime import datetime, timedelta

from django.db import transaction

from raquan.feedback.models import Entry, Feedback
from raquan.feedback.rules import DAYS_A_YEAR, MONTHS_A_YEAR, NO_WORDS, SETTLED
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.ledger import commands as ledger

AT_ONCE = 200


def purge_feedback(*, by: Actor, now: datetime, months: int) -> int:
    """Empty the words of talks that were settled more than so many months ago (12 are 365 days); give how many.

    Mood, topics, place and times stay, so that every figure stays. What waits for an answer is left alone. With 0
    months nothing is ever emptied. Raises NotAllowed for anybody but the system.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    emptied = 0
    before = now - timedelta(days=months * DAYS_A_YEAR / MONTHS_A_YEAR)
    while months > 0 and (done := _purge_some(by, before)):
        emptied += done
    return emptied


def _purge_some(by: Actor, before: datetime) -> int:
    with transaction.atomic():
        old = Feedback.objects.select_for_update().filter(
            state__in=[one.value for one in SETTLED], changed_at__lt=before
        )
        with_words = old.filter(id__in=Entry.objects.exclude(text="").values("feedback_id"))
        ids = list(with_words.order_by("id").values_list("id", flat=True)[:AT_ONCE])
        Entry.objects.filter(feedback_id__in=ids).update(text="")
        Feedback.objects.filter(id__in=ids).exclude(close_reason="").update(close_reason=NO_WORDS)
        ledger.record_many(by=by, verb="purge_feedback", subject="feedback.Feedback", subject_ids=ids)
    return len(ids)
