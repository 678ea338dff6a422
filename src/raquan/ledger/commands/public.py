"""Counts the changes of what public pages show, so that pages that are kept are built anew."""

import threading
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F

from raquan.ledger.commands.acts import Act
from raquan.ledger.models import PublicVersion
from raquan.ledger.queries import forget_public_version


class _Waiting(threading.local):
    """Whether this thread, and so its connection, has acts that are not counted yet."""

    some = False


_waiting = _Waiting()


def count_public_changes(acts: Sequence[Act]) -> None:
    """Count, after its commit, that something of RAQUAN_PUBLIC_SUBJECTS was acted upon."""
    if any(act.subject in settings.RAQUAN_PUBLIC_SUBJECTS for act in acts):
        _waiting.some = True
        transaction.on_commit(_count_public_change)


def _count_public_change() -> None:
    """Count a change of what public pages show, after its commit, so that nobody waits for the one row.

    Acts of one transaction are one change: each asks for the count, because each may have been rolled back.
    """
    if not _waiting.some:
        return
    row = PublicVersion.objects.filter(id=1)
    if not row.update(number=F("number") + 1):
        PublicVersion.objects.bulk_create([PublicVersion(id=1)], ignore_conflicts=True)
        row.update(number=F("number") + 1)
    _waiting.some = False
    forget_public_version()
