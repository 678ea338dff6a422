"""Changes an outing's team after it was planned; whoever was in it stays on record."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.outings.commands.life import OutingStateForbids, check_outing, load_outing
from raquan.outings.commands.planning import refuse_wrong_team
from raquan.outings.models import Assignment, Outing
from raquan.outings.rules import STATE_NAMES, Part, State, path_codes
from raquan.people.rules import Action


class TeamMissing(Refused):
    """A team that was named is changed, not emptied: an outing without people is called off."""

    code = "outing.team_missing"
    message = N_("Đội cần có ít nhất tổ trưởng. Nếu không ai đi được, hãy hủy buổi.")


def change_team(*, by: Actor, now: datetime, outing_id: UUID, team: Sequence[UUID], reason: str = "") -> None:
    """Make `team` the outing's team, the first of them its leader; who leaves it stays in its history.

    The same team again does nothing. Raises TeamMissing, MemberWithoutDuty, or OutingStateForbids once the outing
    is done or called off.
    """
    wanted = dict.fromkeys(team)
    with transaction.atomic():
        outing = load_outing(outing_id)
        check_outing(by, Action.OUTING_PLAN, outing)
        if not wanted:
            raise TeamMissing()
        _hold(outing)
        refuse_wrong_team(tuple(wanted), outing.organization_id, outing.held_on, path_codes(outing.place_path))
        parts = {one: (Part.HELPER if place else Part.LEADER).value for place, one in enumerate(wanted)}
        standing = dict(_standing(outing).values_list("user_id", "part"))
        if standing == parts:
            return
        leaving = [one for one, part in standing.items() if parts.get(one) != part]
        joining = [one for one, part in parts.items() if standing.get(one) != part]
        said = normalize(reason)[:300]
        _standing(outing).filter(user_id__in=leaving).update(ended_at=now, end_reason=said)
        Assignment.objects.bulk_create(
            Assignment(outing=outing, user_id=one, part=parts[one], assigned_at=now) for one in joining
        )
        detail = {
            "before": {str(one): part for one, part in standing.items()},
            "after": {str(one): part for one, part in parts.items()},
            "reason": said,
        }
        ledger.record(by=by, verb="change_team", subject="outings.Outing", subject_id=outing.id, detail=detail)


def _hold(outing: Outing) -> None:
    """Keep others from changing the same outing until the commit, and refuse when it has ended."""
    alive = Outing.objects.alive().filter(id=outing.id)
    if not alive.update(state=F("state")):
        state = Outing.objects.get(id=outing.id).state
        raise OutingStateForbids(code=outing.code, state=gettext_lazy(STATE_NAMES[State(state)]))


def _standing(outing: Outing) -> QuerySet[Assignment]:
    return Assignment.objects.filter(outing=outing, ended_at__isnull=True)
