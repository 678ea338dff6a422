"""Exports and imports as their owner sees them: what, how far, and where to get it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from raquan.exchange.models import Export, Import
from raquan.exchange.rules import KEEP, KIND_NAMES, SOURCE_NAMES, ExportKind, ImportSource
from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.ui.columns import Column, Columns, ranked


@dataclass(frozen=True, slots=True)
class ExportView:
    """An export; `until` is how long it can be downloaded."""

    id: UUID
    kind_name: str
    asked_at: datetime
    until: datetime
    total: int
    done: int
    size: int
    missing_files: int
    is_finished: bool
    is_removed: bool


@dataclass(frozen=True, slots=True)
class ExportFile:
    """An export's file on disk, the name that it is downloaded under, and its media type."""

    path: Path
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import: what was understood of its file (`preview`), and how far its rows have come."""

    id: UUID
    source_name: str
    form_id: str
    file_name: str
    asked_at: datetime
    preview: Mapping[str, Any]
    total: int
    done: int
    accepted: int
    known: int
    refused: int
    is_started: bool
    is_finished: bool


@dataclass(frozen=True, slots=True)
class ImportRefusalView:
    """A row that was not taken, and why."""

    line: int
    instance_id: str
    code: str
    message: str


def _state_of_export(one: ExportView) -> str:
    return gettext("Đã xóa") if one.is_removed else gettext("Xong") if one.is_finished else gettext("Đang làm")


def _state_of_import(one: ImportView) -> str:
    return gettext("Xong") if one.is_finished else gettext("Đang nhập") if one.is_started else gettext("Xem trước")


EXPORTS: Columns[ExportView] = Columns(
    name="tep-da-tai",
    title=N_("Tệp của bạn"),
    first="-asked_at",
    columns=(
        Column("asked_at", N_("Lúc"), lambda one: one.asked_at, by=("asked_at",)),
        Column("kind", N_("Định dạng"), lambda one: one.kind_name, by=(ranked("kind", ExportKind),)),
        Column("total", N_("Bản ghi"), lambda one: one.total, by=("total",), numeric=True),
        Column("state", N_("Tình trạng"), _state_of_export, by=("removed_at", "finished_at")),
    ),
)

IMPORTS: Columns[ImportView] = Columns(
    name="tep-da-doc",
    title=N_("Tệp đã đọc"),
    first="-asked_at",
    columns=(
        Column("file", N_("Tệp"), lambda one: one.file_name),
        Column("asked_at", N_("Lúc"), lambda one: one.asked_at, by=("asked_at",)),
        Column("source", N_("Từ"), lambda one: one.source_name, by=(ranked("source", ImportSource),)),
        Column("done", N_("Đã nhập"), lambda one: one.done, by=("reached",), numeric=True),
        Column("total", N_("Số dòng"), lambda one: one.total, by=("total",), unseen=True),
        Column("refused", N_("Không nhận"), lambda one: one.refused, unseen=True),
        Column("state", N_("Tình trạng"), _state_of_import, by=("finished_at", "started_at")),
    ),
)


def exports(actor: Actor, page: int = 1, size: int = 20, sort: str = "") -> Page[ExportView]:
    """List the actor's own exports, the latest first."""
    found = Export.objects.filter(owner_id=_person(actor))
    rows = EXPORTS.ordered(found, sort)[window(page, size)]
    items = [_export(row) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def export(actor: Actor, export_id: UUID) -> ExportView:
    """Give an export of the actor's own; the system sees every one. Raises NotFound."""
    return _export(_own(actor, export_id))


def export_file(actor: Actor, export_id: UUID, now: datetime) -> ExportFile:
    """Give the file of a finished export to its owner, for a week. Raises NotFound."""
    row = _own(actor, export_id)
    path = Path(settings.RAQUAN_EXCHANGE) / f"{row.id}.done"
    if row.finished_at is None or row.removed_at is not None or now >= row.asked_at + KEEP or not path.exists():
        raise NotFound()
    kind = ExportKind(row.kind)
    return ExportFile(path, f"ban-ghi-{row.asked_at:%Y%m%d-%H%M}.{kind.value}", _MEDIA_TYPES[kind])


_MEDIA_TYPES = {
    ExportKind.CSV: "text/csv; charset=utf-8",
    ExportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportKind.GEOJSON: "application/geo+json",
    ExportKind.ZIP: "application/zip",
}


def imports(actor: Actor, page: int = 1, size: int = 20, sort: str = "") -> Page[ImportView]:
    """List the actor's own imports, the latest first."""
    found = Import.objects.filter(owner_id=_person(actor))
    rows = IMPORTS.ordered(found, sort)[window(page, size)]
    items = [_import(row) for row in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def import_(actor: Actor, import_id: UUID) -> ImportView:
    """Give an import of the actor's own. Raises NotFound."""
    return _import(_own_import(actor, import_id))


REFUSALS: Columns[ImportRefusalView] = Columns(
    name="dong-khong-nhan",
    title=N_("Những dòng không nhận"),
    first="line",
    columns=(
        Column("line", N_("Dòng"), lambda one: one.line, by=("line",)),
        Column("instance", N_("Mã bản ghi"), lambda one: one.instance_id, by=("instance_id",)),
        Column("message", N_("Vì sao"), lambda one: one.message),
        Column("code", N_("Mã lý do"), lambda one: one.code, by=("code", "line")),
    ),
)


def import_refusals(
    actor: Actor, import_id: UUID, page: int = 1, size: int = 50, sort: str = ""
) -> Page[ImportRefusalView]:
    """List the rows of an import that were not taken, in the file's order."""
    found = REFUSALS.ordered(_own_import(actor, import_id).refusals.all(), sort)
    items = [ImportRefusalView(r.line, r.instance_id, r.code, r.message) for r in found[window(page, size)]]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def _person(actor: Actor) -> UUID:
    if actor.id is None:
        raise NotAllowed()
    return actor.id


def _own(actor: Actor, export_id: UUID) -> Export:
    row = Export.objects.filter(id=export_id).first()
    if row is None or (row.owner_id != actor.id and actor.kind is not ActorKind.SYSTEM):
        raise NotFound()
    return row


def _own_import(actor: Actor, import_id: UUID) -> Import:
    row = Import.objects.filter(id=import_id).first()
    if row is None or row.owner_id != actor.id:
        raise NotFound()
    return row


def _export(row: Export) -> ExportView:
    return ExportView(
        id=row.id,
        kind_name=gettext(KIND_NAMES[ExportKind(row.kind)]),
        asked_at=row.asked_at,
        until=row.asked_at + KEEP,
        total=row.total,
        done=row.done,
        size=row.size,
        missing_files=row.missing_files,
        is_finished=row.finished_at is not None,
        is_removed=row.removed_at is not None,
    )


def _import(row: Import) -> ImportView:
    return ImportView(
        id=row.id,
        source_name=gettext(SOURCE_NAMES[ImportSource(row.source)]),
        form_id=row.form_id,
        file_name=row.file_name,
        asked_at=row.asked_at,
        preview=row.preview,
        total=row.total,
        done=row.accepted + row.known + row.refused,
        accepted=row.accepted,
        known=row.known,
        refused=row.refused,
        is_started=row.started_at is not None,
        is_finished=row.finished_at is not None,
    )
