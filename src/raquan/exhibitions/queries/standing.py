"""The floor of an exhibition and who stands on it, as the rules of allocation read them."""

from raquan.exhibitions.models import BoothApplication, Exhibition
from raquan.exhibitions.rules import ApplicationState, FloorPlan, Wish, read_plan


def plan_of(found: Exhibition) -> FloorPlan:
    """Read the floor of an exhibition."""
    return read_plan(found.plan, cell_cm=found.cell_cm, post_watts=found.post_watts)


def wish_of(one: BoothApplication) -> Wish:
    """Give what an application needs; it is read with its organization."""
    return Wish(
        id=one.id,
        code=one.code,
        organization_id=one.organization_id,
        name=one.organization.name,
        field=one.field,
        width_cm=one.width_cm,
        depth_cm=one.depth_cm,
        watts=one.watts,
        prefers=one.prefers,
        apart=one.apart,
    )


def standing_of(found: Exhibition, *, proposed: bool) -> dict[str, Wish]:
    """Give who has which booth; with `proposed` also who would have one. One query."""
    states = [ApplicationState.ALLOCATED.value, *([ApplicationState.APPROVED.value] if proposed else [])]
    rows = found.applications.filter(state__in=states).select_related("organization").order_by("id")
    return {number: wish_of(one) for one in rows if (number := one.booth or (one.proposed if proposed else ""))}
