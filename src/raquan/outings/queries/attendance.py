"""What may be asked about the people of an outing: who came, who is awaited, who was in the team before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.outings.models import Assignment, CheckIn
from raquan.outings.queries.shapes import OutingView
from raquan.outings.rules import (
    PART_NAMES,
    PRESENCE_NAMES,
    Part,
    Presence,
    arrival,
    is_over,
    minutes_after_start,
)
from raquan.people.rules import Action, may


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A person of an outing; `minutes` count from its start, `is_extra` is who came without being in the team."""

    user_id: UUID
    name: str
    part: str
    part_name: str
    presence: str
    presence_name: str
    at: datetime | None
    minutes: int | None
    by_name: str
    is_extra: bool


@dataclass(frozen=True, slots=True)
class TeamSpell:
    """A person's time in a part; `since` None means from the plan on, `until` None means still."""

    name: str
    part_name: str
    since: datetime | None
    until: datetime | None
    reason: str


def attendance(actor: Actor, view: OutingView, now: datetime) -> tuple[AttendanceRow, ...]:
    """List an outing's team, the leader first, and after it who came besides; two queries. Raises NotAllowed."""
    _check(actor, view)
    came = {one.user_id: one for one in CheckIn.objects.filter(outing_id=view.id).select_related("user").order_by("at")}
    over = is_over(view.held_on, view.ends_at, now)
    rows = [
        _row(view, one.user_id, one.user.full_name, Part(one.part), came.pop(one.user_id, None), over)
        for one in _team(view.id).filter(ended_at__isnull=True)
    ]
    return (*rows, *(_row(view, one.user_id, one.user.full_name, None, one, over) for one in came.values()))


def team_history(actor: Actor, view: OutingView) -> tuple[TeamSpell, ...]:
    """List who was in an outing's team and is not any more, the latest first; one query. Raises NotAllowed."""
    _check(actor, view)
    rows = _team(view.id).filter(ended_at__isnull=False).order_by("-ended_at", "id")
    return tuple(
        TeamSpell(
            name=one.user.full_name,
            part_name=gettext(PART_NAMES[Part(one.part)]),
            since=one.assigned_at,
            until=one.ended_at,
            reason=one.end_reason,
        )
        for one in rows[:100]
    )


def checks_in_others(actor: Actor, view: OutingView) -> bool:
    """Tell whether the actor may check in others of this outing: who runs it, or leads its team."""
    if may(actor, Action.OUTING_RUN, organization_id=view.organization_id, place_path=view.place_path):
        return True
    if actor.id is None:
        return False
    team = Assignment.objects.filter(outing_id=view.id, ended_at__isnull=True)
    return team.filter(user_id=actor.id, part=Part.LEADER.value).exists()


def _check(actor: Actor, view: OutingView) -> None:
    if not may(actor, Action.OUTING_READ, organization_id=view.organization_id, place_path=view.place_path):
        raise NotAllowed()


def _team(outing_id: UUID) -> QuerySet[Assignment]:
    # "leader" after "helper": the leader stands first.
    return Assignment.objects.filter(outing_id=outing_id).select_related("user").order_by("-part", "id")


def _row(
    view: OutingView, user_id: UUID, name: str, part: Part | None, came: CheckIn | None, over: bool
) -> AttendanceRow:
    minutes = minutes_after_start(view.held_on, view.starts_at, came.at) if came else None
    awaited = Presence.ABSENT if over else Presence.EXPECTED
    presence = awaited if minutes is None else arrival(minutes)
    return AttendanceRow(
        user_id=user_id,
        name=name,
        part=part.value if part else "",
        part_name=gettext(PART_NAMES[part]) if part else gettext("Đi thay, ngoài danh sách"),
        presence=presence.value,
        presence_name=gettext(PRESENCE_NAMES[presence]),
        at=came.at if came else None,
        minutes=minutes,
        by_name=came.by_name if came else "",
        is_extra=part is None,
    )
