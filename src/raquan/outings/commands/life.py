"""Takes an outing through its states: opened, closed, or called off."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.outings.models import Outing
from raquan.outings.rules import STATE_NAMES, TRANSITIONS, State, Step, may_open_on, path_codes
from raquan.people import commands as people
from raquan.people.rules import Action


class OutingStateForbids(Conflict):
    """The step does not lead on from the outing's state."""

    code = "outing.state"
    message = N_("Buổi ra quân {code} đang ở trạng thái “{state}” nên không làm được việc này.")


class TooEarly(Refused):
    """An outing is opened on its day, not before."""

    code = "outing.too_early"
    message = N_("Buổi ra quân {code} diễn ra ngày {held_on}, chưa thể mở trước ngày đó.")


class ReasonMissing(Refused):
    """Who calls an outing off says why: people may have planned to come."""

    code = "outing.reason_missing"
    message = N_("Hãy ghi lý do hủy buổi ra quân {code}.")


def open_outing(*, by: Actor, now: datetime, outing_id: UUID) -> None:
    """Say that the team has begun; opening an open outing does nothing.

    Raises TooEarly before its day, OutingStateForbids when it is done or cancelled.
    """
    with transaction.atomic():
        outing = load_outing(outing_id)
        check_outing(by, Action.OUTING_RUN, outing)
        if not may_open_on(clock.local_date(now), outing.held_on):
            raise TooEarly(code=outing.code, held_on=format_date(outing.held_on))
        if _step(outing, Step.OPEN, opened_at=now):
            _record(by, Step.OPEN, outing)


def close_outing(*, by: Actor, now: datetime, outing_id: UUID) -> None:
    """Say that the team has finished; closing a finished outing does nothing.

    Records that come later still count: phones without signal send them days after.
    """
    with transaction.atomic():
        outing = load_outing(outing_id)
        check_outing(by, Action.OUTING_RUN, outing)
        if _step(outing, Step.CLOSE, ended_at=now):
            _record(by, Step.CLOSE, outing)


def cancel_outing(*, by: Actor, now: datetime, outing_id: UUID, reason: str) -> None:
    """Call an outing off with a reason that is shown to the public; the same again does nothing.

    Raises ReasonMissing, or OutingStateForbids when it is done or was cancelled for another reason.
    """
    said = normalize(reason)
    with transaction.atomic():
        outing = load_outing(outing_id)
        check_outing(by, Action.OUTING_PLAN, outing)
        if not said:
            raise ReasonMissing(code=outing.code)
        if _step(outing, Step.CANCEL, ended_at=now, cancel_reason=said[:300]):
            _record(by, Step.CANCEL, outing, reason=said)


def load_outing(outing_id: UUID) -> Outing:
    """Give an outing; raises NotFound."""
    outing = Outing.objects.filter(id=outing_id).first()
    if outing is None:
        raise NotFound()
    return outing


def check_outing(by: Actor, action: Action, outing: Outing) -> None:
    """Raise NotAllowed unless a duty of the actor allows the action on this outing."""
    place_path = path_codes(outing.place_path)
    people.check(by, action, organization_id=outing.organization_id, place_path=place_path)


def _step(outing: Outing, step: Step, **written: object) -> bool:
    """Take a step by a conditional update, so that of two at once one does it; False when it is done already."""
    sources = [s.value for s in TRANSITIONS.sources_of(step)]
    target = TRANSITIONS.result_of(step)
    standing = Outing.objects.filter(id=outing.id)
    if standing.filter(state__in=sources).update(state=target.value, **written):
        return True
    seen = standing.get()
    same_reason = seen.cancel_reason == written.get("cancel_reason", "")
    if seen.state == target.value and same_reason:
        return False
    raise OutingStateForbids(code=seen.code, state=gettext_lazy(STATE_NAMES[State(seen.state)]))


def _record(by: Actor, step: Step, outing: Outing, **detail: str) -> None:
    ledger.record(by=by, verb=step.value, subject="outings.Outing", subject_id=outing.id, detail=detail)
