"""The public figures of a snapshot: their totals, and the ZIP of all of them, as they were packed."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import UUIDField
from django.utils import translation

from raquan.analytics import queries as analytics
from raquan.analytics.queries import MeasureEntry
from raquan.analytics.rules import Figure, SnapshotView, figure_csv, figure_data, public_address
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.kernel.clock import VIETNAM
from raquan.kernel.dates import format_datetime
from raquan.kernel.localized import in_language
from raquan.kernel.tables import BOM, csv_row, write_workbook
from raquan.ledger.queries import Question, Told
from raquan.press.models import ResultsPack
from raquan.press.rules import LICENCE, README, SYNTHETIC, packed_by


@dataclass(frozen=True, slots=True)
class PackView:
    """A packed snapshot; `totals` by measure, None where it is not known or too small to be published."""

    snapshot_id: UUID
    number: int
    frozen_at: datetime
    manifest_sha256: str
    is_synthetic: bool
    sha256: str
    size: int
    totals: Mapping[str, int | float | None]


def latest_pack(campaign_id: UUID) -> PackView | None:
    """Give the pack of a campaign's last packed snapshot; public. One query."""
    return next((PackView(*row) for row in _LATEST.rows(campaign_id=campaign_id)), None)


_LATEST = Question(
    lambda: (
        ResultsPack.objects.filter(snapshot__campaign_id=Told("campaign_id", UUIDField()))
        .order_by("-snapshot__number")
        .values_list(
            *("snapshot_id", "snapshot__number", "snapshot__frozen_at", "snapshot__manifest_sha256"),
            *("snapshot__is_synthetic", "sha256", "size", "totals"),
        )[:1]
    )
)


def unpacked(campaign_id: UUID) -> SnapshotView | None:
    """Give a campaign's last snapshot when it is not packed yet. Two queries."""
    last = analytics.latest_snapshot(campaign_id)
    return None if last is None or ResultsPack.objects.filter(snapshot_id=last.id).exists() else last


def any_unpacked() -> bool:
    """Tell whether the last snapshot of some campaign waits to be packed. Few queries."""
    return any(unpacked(one.id) is not None for one in campaigns.campaigns())


def packed(campaign: CampaignView, snapshot: SnapshotView) -> tuple[bytes, dict[str, int | float | None]]:
    """Make the ZIP of a snapshot's public figures and its totals; the same snapshot gives the same bytes.

    Texts are in Vietnamese. Takes seconds. Raises SnapshotDamaged.
    """
    totals: dict[str, int | float | None] = {}
    with translation.override("vi"):
        parts = dict(_parts(campaign, snapshot, totals))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in parts.items())
    parts["SHA256SUMS"] = sums.encode()
    return _zipped(parts, snapshot.frozen_at), totals


def _parts(
    campaign: CampaignView, snapshot: SnapshotView, totals: dict[str, int | float | None]
) -> Iterator[tuple[str, bytes]]:
    address = f"{settings.RAQUAN_PUBLIC_URL}/{campaign.year}/results/"
    words = {
        "campaign": campaign.name,
        "owner": campaign.province_name,
        "number": snapshot.number,
        "frozen_at": format_datetime(snapshot.frozen_at),
        "sha256": snapshot.manifest_sha256,
        "address": address,
        "licence": settings.RAQUAN_DATA_LICENCE,
        "synthetic": SYNTHETIC if snapshot.synthetic else "",
    }
    yield "README.txt", README.format(**words).encode()
    yield "LICENCE.txt", LICENCE.format(**words).encode()
    yield "snapshot.json", _json(analytics.public_manifest(snapshot.id))
    heads = ("measure", "name", "total", "unit", "definition", "grade", "snapshot", "as_of", "address")
    lines = [BOM.encode() + csv_row(heads)]
    for entry in [one for group in analytics.catalogue(public_only=True) for one in group.entries]:
        figures = [_figure(campaign, snapshot, entry, by) for by in packed_by(d.key for d in entry.dimensions)]
        # What one split would give away is not told by another.
        total = figures[0].total if all(one.total is not None for one in figures) else None
        whole = figure_data(figures[0])["total"] if total is not None else None
        totals[entry.measure.key] = whole
        lines.append(csv_row(_total(entry, figures[0], whole, campaign)))
        for figure in figures:
            yield from _files(campaign, figure)
    yield "totals.csv", b"".join(lines)


def _figure(campaign: CampaignView, snapshot: SnapshotView, entry: MeasureEntry, by: str) -> Figure:
    return analytics.public_figure(campaign.id, entry.measure.key, by, snapshot_id=snapshot.id)


def _total(entry: MeasureEntry, figure: Figure, whole: int | float | None, campaign: CampaignView) -> list[object]:
    say = [in_language(one, "vi") for one in (entry.measure.name, entry.measure.unit, entry.measure.definition)]
    address = settings.RAQUAN_PUBLIC_URL + _address(campaign, figure)
    number = figure.snapshot.number if figure.snapshot else ""
    return [entry.measure.key, say[0], whole, say[1], say[2], entry.grade, number, figure.as_of, address]


def _files(campaign: CampaignView, figure: Figure) -> Iterator[tuple[str, bytes]]:
    stem = f"figures/{figure.measure.key}-{figure.by.key}"
    about = analytics.about(figure, None, settings.RAQUAN_PUBLIC_URL + _address(campaign, figure))
    data = figure_data(figure, about=about) | {"address": settings.RAQUAN_PUBLIC_URL + _address(campaign, figure)}
    yield f"{stem}.csv", figure_csv(figure).encode()
    yield f"{stem}.json", _json(data)
    book = io.BytesIO()
    heads = [figure.by.key, in_language(figure.by.name, "vi"), in_language(figure.measure.name, "vi")]
    rows = [[row["key"], row["label"], row["value"]] for row in data["rows"]]
    write_workbook(book, heads, rows, [f"{name}: {text}" for name, text in about])
    yield f"{stem}.xlsx", book.getvalue()


def _address(campaign: CampaignView, figure: Figure) -> str:
    frozen = figure.snapshot.id if figure.snapshot else None
    return public_address(campaign.year, figure.measure.key, figure.by.key, frozen)


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode()


def _zipped(parts: Mapping[str, bytes], at: datetime) -> bytes:
    file = io.BytesIO()
    local = at.astimezone(VIETNAM)
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return file.getvalue()
