"""Lets what this room keeps be found, and its history be shown; empties the words of what was settled long ago."""

from datetime import datetime

from django.conf import settings

from raquan.feedback.commands import purge_feedback
from raquan.feedback.queries.searching import KINDS
from raquan.kernel.actor import SYSTEM
from raquan.ledger.commands import every
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)


@every(seconds=24 * 3600)
def purge(now: datetime) -> None:
    """Empty the words of talks that were settled so many months ago."""
    purge_feedback(by=SYSTEM, now=now, months=settings.RAQUAN_FEEDBACK_MONTHS)
