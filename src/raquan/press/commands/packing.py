"""The public figures of a snapshot are packed, once."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.files import commands as files
from raquan.kernel.actor import Actor
from raquan.ledger import commands as ledger
from raquan.press.models import ResultsPack
from raquan.press.queries.packing import packed, unpacked


def pack_results(*, by: Actor, now: datetime, campaign_id: UUID) -> bool:
    """Pack a campaign's last snapshot, if it is not packed yet; tell whether that was done. Takes seconds.

    Raises SnapshotDamaged.
    """
    campaign = next((one for one in campaigns.campaigns() if one.id == campaign_id), None)
    snapshot = unpacked(campaign_id) if campaign else None
    if campaign is None or snapshot is None:
        return False
    data, totals = packed(campaign, snapshot)
    stored = files.store_file(by=by, data=data, media_type="application/zip")
    try:
        with transaction.atomic():
            pack = ResultsPack.objects.create(
                snapshot_id=snapshot.id, sha256=stored.sha256, size=stored.size, totals=totals, packed_at=now
            )
            detail = {"snapshot": snapshot.number, "sha256": stored.sha256}
            ledger.record(by=by, verb="pack_results", subject="press.ResultsPack", subject_id=pack.id, detail=detail)
    except IntegrityError:  # another worker packed it in this moment
        return False
    return True
