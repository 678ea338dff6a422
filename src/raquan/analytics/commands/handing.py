"""Hands snapshots over as folders, proves such folders, and draws figures for the documents of other rooms."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from raquan.analytics import gateways
from raquan.analytics.gateways import Proof
from raquan.analytics.queries import chain_of, stores
from raquan.analytics.rules import Figure
from raquan.kernel.actor import Actor
from raquan.ledger.queries import PublicKey, receipt_key


def export_snapshot(*, by: Actor, now: datetime, snapshot_id: UUID, folder: Path) -> tuple[int, int, PublicKey]:
    """Copy a snapshot, its chain, signatures and the public key into a folder; give how many manifests and files.

    What is there already is written over. Raises NotAllowed, NotFound, FileNotFoundError.
    """
    manifests, files = chain_of(by, snapshot_id)
    key = receipt_key()
    gateways.export_snapshot(stores.snapshots_folder(), folder, manifests, files, key)
    return len(manifests), len(files), key


def verify_snapshots(*, folder: Path | None = None, spki: str = "") -> list[Proof]:
    """Prove a folder's manifests, or with all files those of this installation; asks no database.

    `spki` is the public key (DER in base64); "" takes the folder's own, or this installation's.
    """
    if folder is not None:
        return gateways.verify_folder(folder, spki)
    return gateways.verify_folder(stores.snapshots_folder(), spki or receipt_key().spki, all_files=True)


def draw_figure(*, figure: Figure, lines: Sequence[str] = ()) -> bytes:
    """Draw a figure's greatest rows as PNG, with lines beneath; the same figure gives the same bytes."""
    return gateways.figure_png(figure, lines)
