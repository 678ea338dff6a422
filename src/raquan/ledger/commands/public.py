"""Counts the changes of what public pages show, so that pages that are kept are built anew."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F

from raquan.ledger.commands.acts import Act
from raquan.ledger.models import PublicVersion
from raquan.ledger.queries import forget_public_version


def count_public_changes(acts: Sequence[Act]) -> None:
    """Count, after its commit, that something of RAQUAN_PUBLIC_SUBJECTS was acted upon."""
    if any(act.subject in settings.RAQUAN_PUBLIC_SUBJECTS for act in acts):
        transaction.on_commit(_count_public_change)


def _count_public_change() -> None:
    """Count a change of what public pages show, after its commit, so that nobody waits for the one row."""
    row = PublicVersion.objects.filter(id=1)
    if not row.update(number=F("number") + 1):
        PublicVersion.objects.bulk_create([PublicVersion(id=1)], ignore_conflicts=True)
        row.update(number=F("number") + 1)
    forget_public_version()
