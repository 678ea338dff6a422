"""What may be asked about what teams take along."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.kernel.refused import NotAllowed
from raquan.outings.models import Assignment, KitItem, KitTick
from raquan.outings.queries.shapes import OutingView
from raquan.outings.rules import State
from raquan.people.rules import Action, may


@dataclass(frozen=True, slots=True)
class KitLine:
    """An item for an outing, and whether it is packed."""

    code: str
    name: str
    is_packed: bool
    by_name: str


def kit(actor: Actor, view: OutingView) -> tuple[KitLine, ...]:
    """List what the team of an outing takes along; two queries. Raises NotAllowed."""
    if not may(actor, Action.OUTING_READ, organization_id=view.organization_id, place_path=view.place_path):
        raise NotAllowed()
    ticks: dict[UUID, KitTick] = {one.item_id: one for one in KitTick.objects.filter(outing_id=view.id, is_packed=True)}
    language = get_language() or "vi"
    return tuple(
        KitLine(
            code=one.code,
            name=in_language(one.name, language),
            is_packed=one.id in ticks,
            by_name=ticks[one.id].by_name if one.id in ticks else "",
        )
        for one in items_for(view.aim, view.site_kind)
    )


def ticks_kit(actor: Actor, view: OutingView) -> bool:
    """Tell whether the actor may tick items off now: the team, and who plans or runs the outing, until it is over."""
    if view.state not in (State.PLANNED, State.OPEN):
        return False
    actions = (Action.OUTING_RUN, Action.OUTING_PLAN)
    if any(may(actor, one, organization_id=view.organization_id, place_path=view.place_path) for one in actions):
        return True
    team = Assignment.objects.filter(outing_id=view.id, ended_at__isnull=True)
    return actor.id is not None and team.filter(user_id=actor.id).exists()


def items_for(aim: str, site_kind: str) -> Sequence[KitItem]:
    """List the items of an aim at a kind of site, in the list's order."""
    found = KitItem.objects.filter(is_listed=True, aim__in=["", aim], site_kind__in=["", site_kind])
    return list(found.order_by("position", "code"))
