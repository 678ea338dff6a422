"""Snapshots: lists, one, and its facts, proved against its manifest whenever they are opened."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from raquan.analytics.engine import Source
from raquan.analytics.models import Snapshot
from raquan.analytics.queries.stores import snapshots_folder
from raquan.analytics.rules import (
    ACTIVITY,
    ASSISTS,
    ROLLUP_KIND,
    Kind,
    Manifest,
    SnapshotFile,
    SnapshotView,
    canonical,
    digest,
    manifest_from,
    snapshot_address,
)
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.ledger import queries as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.ui.columns import Column, Columns


def _data(one: SnapshotView) -> str:
    return gettext("Mô phỏng") if one.synthetic else gettext("Thật")


class SnapshotDamaged(Refused):
    """A file of the snapshot is gone or is not what was frozen."""

    code = "snapshot.damaged"
    message = N_("Bản chốt số liệu {number} không còn nguyên vẹn: {file}. Hãy khôi phục từ bản dự phòng.")
    status = 500


SNAPSHOTS: Columns[SnapshotView] = Columns(
    name="ban-chot",
    title=N_("Các bản chốt số liệu"),
    first="-frozen_at",
    columns=(
        Column("number", N_("Bản chốt"), lambda one: gettext("Số %(number)s") % {"number": one.number}, by=("number",)),
        Column("frozen_at", N_("Lúc"), lambda one: one.frozen_at, by=("frozen_at",)),
        Column("rows", N_("Số bản ghi"), lambda one: one.rows, numeric=True),
        Column("note", N_("Ghi chú"), lambda one: one.note),
        Column("data", N_("Dữ liệu"), _data, by=("is_synthetic",)),
        Column("sha256", "SHA-256", lambda one: one.manifest_sha256, unseen=True),
    ),
)


def snapshots(
    actor: Actor, campaign_id: UUID | None = None, page: int = 1, size: int = 20, sort: str = ""
) -> Page[SnapshotView]:
    """List snapshots, the last first."""
    people.check(actor, Action.FIGURE_READ)
    found = Snapshot.objects.all() if campaign_id is None else Snapshot.objects.filter(campaign_id=campaign_id)
    rows = SNAPSHOTS.ordered(found, sort)[window(page, size)]
    items = [_view(row) for row in rows]
    return Page(items, page, size, total_of(items, page, size, found.count))


def snapshot(actor: Actor, snapshot_id: UUID) -> SnapshotView:
    """Give a snapshot, or raise NotFound."""
    people.check(actor, Action.FIGURE_READ)
    return _view(load(snapshot_id))


def latest_snapshot(campaign_id: UUID) -> SnapshotView | None:
    """Give a campaign's last snapshot; that it exists is public."""
    row = Snapshot.objects.filter(campaign_id=campaign_id).order_by("-number").first()
    return _view(row) if row else None


def is_snapshot_of(campaign_id: UUID, snapshot_id: UUID) -> bool:
    """Tell whether a campaign has this snapshot; that it exists is public."""
    return Snapshot.objects.filter(id=snapshot_id, campaign_id=campaign_id).exists()


def public_manifest(snapshot_id: UUID) -> dict[str, object]:
    """Give what anybody may know of a snapshot: its manifest, without the office's note, beside the hash of the whole.

    It holds counts and hashes of files, no record. Raises NotFound, SnapshotDamaged.
    """
    row = load(snapshot_id)
    return {name: value for name, value in _proved(row).items() if name != "note"} | {
        "manifest_sha256": row.manifest_sha256,
        "signature": row.signature,
    }


def manifest_json(actor: Actor, snapshot_id: UUID) -> bytes:
    """Give a snapshot's manifest, byte for byte what its hash is of."""
    people.check(actor, Action.FIGURE_READ)
    return canonical(_proved(load(snapshot_id)))


def load(snapshot_id: UUID) -> Snapshot:
    """Give a snapshot's row, or raise NotFound."""
    row = Snapshot.objects.filter(id=snapshot_id).first()
    if row is None:
        raise NotFound()
    return row


def frozen_source(row: Snapshot, kind: Kind = Kind.ASSIST) -> Source:
    """Give a snapshot's facts of a kind. Raises SnapshotDamaged unless manifest and files are what was frozen."""
    manifest: Manifest = manifest_from(_proved(row))
    files = _whole(row, [file for file in manifest.files if file.kind == kind])
    rolled = [file for file in manifest.files if file.kind == ROLLUP_KIND and kind is Kind.ASSIST]
    # What is frozen never changes: the same manifest gives the same facts.
    mark = f"{settings.RAQUAN_HOME} {row.manifest_sha256} {kind}"
    table = ASSISTS if kind is Kind.ASSIST else ACTIVITY
    return Source(files, mark=mark, table=table, rollups=_whole(row, rolled))


def _whole(row: Snapshot, files: Sequence[SnapshotFile]) -> tuple[Path, ...]:
    """Give the paths of files that are what was frozen. Raises SnapshotDamaged."""
    paths = tuple(snapshots_folder() / file.name for file in files)
    for path, file in zip(paths, files, strict=True):
        if not path.is_file() or _file_digest(path, *_stamp(path)) != file.sha256:
            raise SnapshotDamaged(number=row.number, file=file.name)
    return paths


def is_whole(actor: Actor, snapshot_id: UUID) -> bool:
    """Tell whether a snapshot's manifest and files are what was frozen."""
    people.check(actor, Action.FIGURE_READ)
    try:
        row = load(snapshot_id)
        for kind in Kind:
            frozen_source(row, kind)
    except SnapshotDamaged:
        return False
    return True


def view_of(row: Snapshot) -> SnapshotView:
    """Describe a snapshot's row."""
    return _view(row)


def _proved(row: Snapshot) -> dict[str, object]:
    manifest: dict[str, object] = row.manifest
    if digest(canonical(manifest)) != row.manifest_sha256:
        raise SnapshotDamaged(number=row.number, file="manifest")
    return manifest


def _stamp(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


@lru_cache(maxsize=4096)
def _file_digest(path: Path, _mtime: int, _size: int, _inode: int) -> str:
    """Hash a file; once a process, as long as it stays the same file with the same time and size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _view(row: Snapshot) -> SnapshotView:
    return SnapshotView(
        id=row.id,
        campaign_id=row.campaign_id,
        number=row.number,
        frozen_at=row.frozen_at,
        fact_seq=row.fact_seq,
        rows=row.manifest["rows"],
        note=row.note,
        manifest_sha256=row.manifest_sha256,
        previous_sha256=row.previous_sha256,
        synthetic=row.is_synthetic,
        files=len(row.manifest["files"]),
        address=snapshot_address(row.id),
        signed_by=_signed_by(row),
    )


def _signed_by(row: Snapshot) -> str:
    """Give the id of the key that signed a manifest, where its signature is of this very manifest; else ""."""
    said = ledger.opened_manifest(row.signature, ledger.receipt_key().spki) if row.signature else None
    return str(said["kid"]) if said and said.get("manifest_sha256") == row.manifest_sha256 else ""


def chain_of(actor: Actor, snapshot_id: UUID) -> tuple[list[str], list[str]]:
    """Give the hashes of a snapshot's manifest and of those before it, and the names of its own files."""
    people.check(actor, Action.FIGURE_READ)
    row = load(snapshot_id)
    earlier = Snapshot.objects.filter(campaign_id=row.campaign_id, number__lte=row.number).order_by("number")
    return list(earlier.values_list("manifest_sha256", flat=True)), [file["name"] for file in row.manifest["files"]]


def others_of(actor: Actor, of: SnapshotView, limit: int = 20) -> tuple[SnapshotView, ...]:
    """List the other snapshots of a campaign, the last first: what one can be compared with."""
    people.check(actor, Action.FIGURE_READ)
    rows = Snapshot.objects.filter(campaign_id=of.campaign_id).exclude(id=of.id).order_by("-number")
    return tuple(_view(row) for row in rows[:limit])
