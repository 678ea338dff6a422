"""What may be asked of the groups of communes of a campaign."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, CharField, Value

from raquan.campaign.models import CommuneInGroup, Plan
from raquan.campaign.rules import CHANGEABLE, COMMUNE_GROUP_NAMES, CommuneGroup
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import sort_key
from raquan.people.rules import Action, covers
from raquan.places import queries as places


class JoinedCodes(Aggregate):
    """The codes of communes in one text with spaces between, so that a query may bring those of each group along."""

    function = "STRING_AGG"
    output_field = CharField()

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code, Value(" "), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Name it as SQLite does."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)


@dataclass(frozen=True, slots=True)
class GroupedCommune:
    """A commune with its name and the message id of its group's."""

    code: str
    name: str
    group_name: str


@dataclass(frozen=True, slots=True)
class CommuneGroupsPage:
    """The communes of a plan's campaign that are in a group, group by group; `left` counts those in none."""

    plan_id: UUID
    plan_number: str
    communes: tuple[GroupedCommune, ...]
    left: int
    may_change: bool


def commune_groups_page(actor: Actor, plan_id: UUID) -> CommuneGroupsPage:
    """Give the groups of communes, for the office. Raises NotAllowed, NotFound."""
    if not covers(actor, Action.PLAN_MANAGE):
        raise NotAllowed()
    plan = Plan.objects.filter(id=plan_id).select_related("campaign").first()
    if plan is None:
        raise NotFound()
    on = plan.campaign.day_on
    kept = commune_groups(plan.campaign_id)
    names = places.unit_names(kept, on)
    order = list(CommuneGroup)
    listed = sorted(kept, key=lambda code: (order.index(kept[code]), sort_key(names.get(code) or code)))
    every = {unit.code for unit in places.communes_within([plan.campaign.province_code], on)}
    return CommuneGroupsPage(
        plan_id=plan.id,
        plan_number=plan.number,
        communes=tuple(GroupedCommune(code, names.get(code, code), COMMUNE_GROUP_NAMES[kept[code]]) for code in listed),
        left=len(every - set(kept)),
        may_change=plan.state in CHANGEABLE,
    )


def commune_groups(campaign_id: UUID) -> dict[str, CommuneGroup]:
    """Give the group of each commune of a campaign that is in one, by code; one query."""
    rows = CommuneInGroup.objects.filter(campaign_id=campaign_id).values_list("place_code", "group")
    return {code: CommuneGroup(group) for code, group in rows}
