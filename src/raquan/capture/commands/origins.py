"""Marks records that were brought in from another system's export."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from raquan.capture.models import Origin, RecordRow
from raquan.capture.rules import RecordSource
from raquan.kernel.actor import Actor
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action


def mark_origins(*, by: Actor, now: datetime, source: RecordSource, references: Mapping[UUID, str]) -> int:
    """Say of records (by submission) where in which file they came from; what is marked already stays so."""
    people.check(by, Action.RECORD_IMPORT)
    with transaction.atomic():
        known = set(Origin.objects.filter(submission_id__in=list(references)).values_list("submission_id", flat=True))
        fresh = {one: reference for one, reference in references.items() if one not in known}
        Origin.objects.bulk_create(
            Origin(submission_id=one, source=source.value, reference=reference[:200], brought_in_at=now)
            for one, reference in fresh.items()
        )
        RecordRow.objects.filter(submission_id__in=list(fresh)).update(source=source.value)
        ledger.record_many(
            by=by, verb="mark_origins", subject="capture.Submission", subject_ids=list(fresh), detail={"source": source}
        )
    return len(fresh)
