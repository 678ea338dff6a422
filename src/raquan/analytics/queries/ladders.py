"""The ladder of people with a companion card, live or in a snapshot, of all services or of one group."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from raquan.analytics.queries import counting
from raquan.analytics.rules import (
    DIMENSIONS,
    MEASURES,
    STAGES,
    Ladder,
    figure_address,
    ladder_address,
    ladder_rungs,
)
from raquan.analytics.rules.dimensions import GROUP_NAMES, STAGE_NAMES
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.localized import DEFAULT_LANGUAGE, Localized, in_language
from raquan.people import commands as people
from raquan.people.rules import Action

RUNGS = dict(zip(STAGES, ("people", "people_installed", "people_activated", "people_first_use"), strict=True))
"""Which measure counts who has reached a stage or a higher one."""


def ladder(
    actor: Actor,
    *,
    group: str = "",
    snapshot_id: UUID | None = None,
    campaign_id: UUID | None = None,
    now: datetime | None = None,
) -> Ladder:
    """Count people by the highest rung that each has reached, all from the same facts.

    Raises NotAllowed, NotFound for a snapshot, SnapshotDamaged.
    """
    people.check(actor, Action.FIGURE_READ)
    facts = counting.facts_of(snapshot_id, campaign_id)
    by = DIMENSIONS["group"]
    group = group if group in GROUP_NAMES else ""
    where = [(by, group)] if group else []
    wanted = (*RUNGS.values(), "people_returned")
    counted = {key: counting.counted(facts, MEASURES[key], by, where) for key in wanted}
    everybody = counted["people"]
    of: dict[str, UUID | None] = {"snapshot_id": snapshot_id, "campaign_id": campaign_id}
    filters = [(by.key, group)] if group else []
    return Ladder(
        group=group,
        group_name=_said(GROUP_NAMES[group]) if group else "",
        groups=tuple((code, _said(name)) for code, name in GROUP_NAMES.items()),
        people=None if everybody.total is None else int(everybody.total),
        returned=int(counted["people_returned"].total or 0),
        rungs=ladder_rungs(
            [(stage, int(counted[key].total or 0)) for stage, key in RUNGS.items()],
            _names(group),
            {stage: _address(key, filters, snapshot_id, campaign_id) for stage, key in RUNGS.items()},
        ),
        beside=counting.beside(facts, MEASURES["people"], everybody.total, where, ()),
        as_of=counting.as_of(facts.frozen, now),
        synthetic=everybody.synthetic or bool(facts.frozen and facts.frozen.is_synthetic),
        address=ladder_address(group, **of),
    )


def _names(group: str) -> dict[str, str]:
    """Name the rungs: as all groups share them, or as the group's own ladder does."""
    names = {stage: _said(name) for stage, name in STAGE_NAMES.items()}
    for one in catalogue.groups():
        if one.code == group:
            for stage in STAGES:
                own = [_said(rung.name) for rung in one.rungs if rung.stage == stage]
                names |= {stage: " / ".join(own)} if own else {}
    return names


def _said(value: Localized) -> str:
    return in_language(value, (get_language() or DEFAULT_LANGUAGE)[:2])


def _address(key: str, filters: list[tuple[str, str]], snapshot_id: UUID | None, campaign_id: UUID | None) -> str:
    return figure_address(key, "commune", snapshot_id=snapshot_id, campaign_id=campaign_id, filters=filters)
