"""Loads the list of what teams take along, and ticks off what is packed for an outing."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.ledger import commands as ledger
from raquan.outings.commands.life import OutingStateForbids, load_outing
from raquan.outings.gateways import KitUnreadable, read_kit
from raquan.outings.models import Assignment, KitItem, KitTick, Outing
from raquan.outings.queries.kit import items_for
from raquan.outings.rules import STATE_NAMES, State, path_codes
from raquan.people import commands as people
from raquan.people.rules import Action, may

__all__ = ["ItemUnknown", "KitUnreadable", "load_kit", "tick_kit"]


class ItemUnknown(Refused):
    """The list for this outing has no such item."""

    code = "kit.item_unknown"
    message = N_("Danh mục của buổi {code} không có: {items}.")


def load_kit(*, by: Actor, now: datetime, path: Path | None = None) -> int:
    """Make a CSV file the list, the packaged one without a path, and give how many items it has.

    What the file lacks is listed no more; what was ticked stays. The same again changes nothing.
    Raises KitUnreadable.
    """
    people.check(by, Action.CATALOGUE_LOAD)
    rows = read_kit(path)
    with transaction.atomic():
        KitItem.objects.exclude(code__in=[row.code for row in rows]).update(is_listed=False)
        for position, row in enumerate(rows):
            said = {"name": row.name, "aim": row.aim, "site_kind": row.site_kind, "position": position}
            KitItem.objects.update_or_create(code=row.code, defaults={**said, "is_listed": True})
        detail = {"items": len(rows)}
        ledger.record(by=by, verb="load_kit", subject="outings.KitItem", subject_id="list", detail=detail)
    return len(rows)


def tick_kit(*, by: Actor, now: datetime, outing_id: UUID, packed: Collection[str]) -> None:
    """Say which items are packed for an outing, by code; all others are not. The same again changes nothing.

    Its team may, and who plans or runs it. Raises NotFound, NotAllowed, ItemUnknown, or OutingStateForbids once
    the outing is done or called off.
    """
    with transaction.atomic():
        outing = load_outing(outing_id)
        _check(by, outing)
        if not Outing.objects.alive().filter(id=outing.id).update(state=F("state")):  # others wait until the commit
            raise OutingStateForbids(code=outing.code, state=gettext_lazy(STATE_NAMES[State(outing.state)]))
        items = {one.code: one.id for one in items_for(outing.aim, outing.site.kind)}
        unknown = sorted(set(packed) - set(items))
        if unknown:
            raise ItemUnknown(code=outing.code, items=", ".join(unknown))
        ticks = KitTick.objects.filter(outing=outing)
        before = set(ticks.filter(is_packed=True).values_list("item__code", flat=True)) & set(items)
        changed = before ^ set(packed)
        for code in sorted(changed):
            said = {"is_packed": code in packed, "changed_at": now, "by_name": by.name}
            ticks.update_or_create(outing=outing, item_id=items[code], defaults=said)
        if changed:
            detail = {"before": sorted(before), "after": sorted(set(packed))}
            ledger.record(by=by, verb="tick_kit", subject="outings.Outing", subject_id=outing.id, detail=detail)


def _check(by: Actor, outing: Outing) -> None:
    place = path_codes(outing.place_path)
    actions = (Action.OUTING_RUN, Action.OUTING_PLAN)
    if any(may(by, one, organization_id=outing.organization_id, place_path=place) for one in actions):
        return
    team = Assignment.objects.filter(outing=outing, ended_at__isnull=True)
    if by.id is None or not team.filter(user_id=by.id).exists():
        raise NotAllowed()
