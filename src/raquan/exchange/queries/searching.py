"""What stands in the index of webhooks; of exports and imports the history alone. All of them are one person's own."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.exchange.models import Export, Import, Webhook
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_datetime
from raquan.kernel.refused import N_
from raquan.people.rules import Action, may
from raquan.search.rules import Entry, Kind

NOBODY = UUID(int=0)


def _webhooks() -> QuerySet[Webhook]:
    return Webhook.objects.filter(ended_at__isnull=True)


def _webhook_entries(rows: QuerySet[Webhook]) -> Iterable[Entry]:
    for one in rows:
        yield Entry(id=one.id, title=one.url, href=f"/desk/exchange/webhooks/{one.id}/", at=one.made_at)


def _own_webhooks(actor: Actor) -> Any:
    return may(actor, Action.WEBHOOK_MANAGE) and _webhooks().filter(owner_id=actor.id or NOBODY)


def _export_entries(rows: QuerySet[Export]) -> Iterable[Entry]:
    for one in rows:
        title = gettext("Tệp xuất lúc %(moment)s") % {"moment": format_datetime(one.asked_at)}
        yield Entry(id=one.id, title=title, href=f"/desk/exchange/exports/{one.id}/")


def _own_exports(actor: Actor) -> Any:
    return may(actor, Action.RECORD_EXPORT) and Export.objects.filter(owner_id=actor.id or NOBODY)


def _import_entries(rows: QuerySet[Import]) -> Iterable[Entry]:
    for one in rows:
        yield Entry(id=one.id, title=one.file_name, href=f"/desk/exchange/imports/{one.id}/")


def _own_imports(actor: Actor) -> Any:
    return may(actor, Action.RECORD_IMPORT) and Import.objects.filter(owner_id=actor.id or NOBODY)


WEBHOOKS = Kind("webhook", N_("Địa chỉ nhận tin"), "exchange.Webhook", _webhooks, _own_webhooks, _webhook_entries)
EXPORTS = Kind(
    "export", N_("Tệp xuất"), "exchange.Export", Export.objects.all, _own_exports, _export_entries, is_found=False
)
IMPORTS = Kind(
    "import", N_("Tệp nhập"), "exchange.Import", Import.objects.all, _own_imports, _import_entries, is_found=False
)
KINDS = (WEBHOOKS, EXPORTS, IMPORTS)
