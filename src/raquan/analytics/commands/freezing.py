"""Freezes snapshots."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.analytics import extract
from raquan.analytics.commands.extracting import extract_assists
from raquan.analytics.models import Snapshot
from raquan.analytics.queries import activity, stores
from raquan.analytics.rules import ACTIVITIES, ACTIVITY_SCHEMA, Kind, Manifest, SnapshotFile, canonical, digest
from raquan.campaign import queries as campaigns
from raquan.capture import commands as capture_commands
from raquan.kernel.actor import Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

MOST_TRIES = 5
MOST_ROUNDS = 10_000


class FreezeBusy(Conflict):
    """Several people freeze the same campaign at the same moment."""

    code = "snapshot.busy"
    message = N_("Đang có người khác chốt số liệu của chiến dịch này. Hãy thử lại sau ít giây.")


class NothingToFreeze(Refused):
    """The campaign has no record yet: a snapshot of nothing would read as zero."""

    code = "snapshot.nothing"
    message = N_("Chiến dịch này chưa có dữ liệu để chốt.")


def freeze_snapshot(
    *, by: Actor, now: datetime, campaign_id: UUID, note: str = "", request_id: UUID | None = None
) -> UUID:
    """Freeze a campaign's facts as they stand, all that was received before among them; give the snapshot's id.

    Raises NotFound for an unknown campaign, NothingToFreeze, FreezeBusy.
    """
    people.check(by, Action.SNAPSHOT_FREEZE)
    campaign = next((one for one in campaigns.campaigns() if one.id == campaign_id), None)
    if campaign is None:
        raise NotFound()
    _project_all(now)
    upto = extract_assists().watermark
    source = stores.live_source(str(campaign_id))
    files, synthetic = extract.write_snapshot(stores.snapshots_folder(), source, upto)
    if not files:
        raise NothingToFreeze()
    for kind in ACTIVITIES:
        files += extract.write_activity(stores.snapshots_folder(), kind, activity.activity_facts(kind, campaign))
    frozen = _Frozen(campaign_id, now, normalize(note)[:300], upto, files, synthetic or campaign.is_synthetic)
    for _ in range(MOST_TRIES):
        try:
            return _store(by, frozen, request_id)
        except IntegrityError:  # another took the number between our reading and our writing
            continue
    raise FreezeBusy()


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What is known of a snapshot before it has its number."""

    campaign_id: UUID
    at: datetime
    note: str
    fact_seq: int
    files: tuple[SnapshotFile, ...]
    synthetic: bool


def _store(by: Actor, frozen: _Frozen, request_id: UUID | None) -> UUID:
    def do() -> dict[str, str]:
        manifest = _next_manifest(frozen)
        data = canonical(manifest.as_json())
        # Before the row: a snapshot that exists has all its files.
        signature = ledger.sign_manifest(said=_said(manifest, digest(data)))
        extract.write_manifest(stores.snapshots_folder(), data, digest(data), signature)
        row = Snapshot.objects.create(
            id=UUID(manifest.id),
            campaign_id=frozen.campaign_id,
            number=manifest.number,
            frozen_at=frozen.at,
            note=frozen.note,
            fact_seq=frozen.fact_seq,
            manifest=manifest.as_json(),
            manifest_sha256=digest(data),
            previous_sha256=manifest.previous,
            is_synthetic=frozen.synthetic,
            signature=signature,
        )
        detail = {"number": row.number, "fact_seq": row.fact_seq, "manifest_sha256": row.manifest_sha256}
        ledger.record(by=by, verb="freeze_snapshot", subject="analytics.Snapshot", subject_id=row.id, detail=detail)
        return {"id": manifest.id}

    with transaction.atomic():
        asked = digest(canonical({"campaign": str(frozen.campaign_id), "note": frozen.note}))
        return UUID(ledger.once(request_id=request_id, by=by, digest=asked, do=do)["id"])


def _said(manifest: Manifest, sha256: str) -> dict[str, object]:
    """Give what is signed: whose manifest of which number has this hash, and which one it follows."""
    return {
        "manifest_sha256": sha256,
        "campaign": manifest.campaign_id,
        "number": manifest.number,
        "previous": manifest.previous,
        "frozen_at": manifest.frozen_at,
    }


def _next_manifest(frozen: _Frozen) -> Manifest:
    last = Snapshot.objects.filter(campaign_id=frozen.campaign_id).order_by("-number").first()
    return Manifest(
        id=str(uuid7()),
        campaign_id=str(frozen.campaign_id),
        number=last.number + 1 if last else 1,
        frozen_at=frozen.at.isoformat(),
        fact_seq=frozen.fact_seq,
        rows=sum(file.rows for file in frozen.files if file.kind == Kind.ASSIST),
        synthetic=frozen.synthetic,
        note=frozen.note,
        previous=last.manifest_sha256 if last else "",
        files=frozen.files,
        activity_schema=ACTIVITY_SCHEMA,
    )


def _project_all(now: datetime) -> None:
    for _ in range(MOST_ROUNDS):
        if not capture_commands.project_pending(now=now):
            return
