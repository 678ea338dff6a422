"""What may be asked before a team leaves the signal: whose phone is ready for the outing, and whose is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.outings.models import Assignment
from raquan.outings.queries.shapes import OutingView
from raquan.outings.rules import PHONE_STATE_NAMES, PhoneState, State, phone_state
from raquan.people.queries import PhoneReadiness, readiness_of
from raquan.people.rules import Action, may


@dataclass(frozen=True, slots=True)
class TeamPhone:
    """The phone with which somebody of a team is best prepared; `said_at` None when none has said anything."""

    user_id: UUID
    name: str
    state: str
    state_name: str
    label: str
    said_at: datetime | None
    unsent: int
    may_lose: bool

    @property
    def is_ready(self) -> bool:
        """Tell whether this person can leave the signal."""
        return self.state == PhoneState.READY.value


def team_phones(actor: Actor, view: OutingView) -> tuple[TeamPhone, ...]:
    """List a team's phones, who is not ready first; two queries. Empty for who does not run it, and when it is over."""
    is_ahead = view.state in (State.PLANNED.value, State.OPEN.value)
    if not is_ahead or not may(
        actor, Action.OUTING_RUN, organization_id=view.organization_id, place_path=view.place_path
    ):
        return ()
    team = Assignment.objects.filter(outing_id=view.id, ended_at__isnull=True).select_related("user")
    people = {one.user_id: one.user.full_name for one in team.order_by("-part", "id")}
    words: dict[UUID, list[PhoneReadiness]] = {}
    for said in readiness_of(actor, people.keys()) if people else ():
        words.setdefault(said.owner_id, []).append(said)
    rows = [_best(view, user_id, name, words.get(user_id, [])) for user_id, name in people.items()]
    return tuple(sorted(rows, key=lambda one: one.is_ready))


def _best(view: OutingView, user_id: UUID, name: str, words: Sequence[PhoneReadiness]) -> TeamPhone:
    """Choose of somebody's phones the readiest, of two alike the one that spoke last."""
    order = list(PhoneState)
    judged = [(_state(view, one), one) for one in words]  # the latest word stands first
    state, said = min(judged, key=lambda pair: order.index(pair[0]), default=(PhoneState.SILENT, None))
    return TeamPhone(
        user_id=user_id,
        name=name,
        state=state.value,
        state_name=gettext(PHONE_STATE_NAMES[state]),
        label=said.device_label if said else "",
        said_at=said.said_at if said else None,
        unsent=said.unsent if said else 0,
        may_lose=said is not None and not said.is_persisted,
    )


def _state(view: OutingView, said: PhoneReadiness) -> PhoneState:
    return phone_state(local_date(said.said_at), holds_outing=view.code in said.outing_codes, held_on=view.held_on)
