"""A display's life: asked of a place, agreed to or declined, over on its last day, taken down."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.displays.models import Display, DisplaySite
from raquan.displays.rules import (
    BEST_FIRST,
    DISPLAY_TRANSITIONS,
    OPEN,
    Claim,
    DisplayState,
    DisplayStep,
    Doer,
    named_after,
)
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.outings.rules import free_code
from raquan.outreach import queries as outreach
from raquan.people import commands as people
from raquan.people.rules import Action, Role
from raquan.places import queries as places

SUBJECT = "displays.Display"
CODE_LENGTH = 6
"""One sign more than a help desk's code has: the three kinds of codes never meet."""

REMIND_AFTER = timedelta(days=1)
"""A place that must show is reminded when the first day has passed without a proof."""


class ArtworkNotApproved(Refused):
    """What hangs in public was approved, and has not run out."""

    code = "displays.artwork_not_approved"
    message = N_("Chỉ treo, đăng ấn phẩm đã được duyệt và còn hạn.")


class NobodyAsked(Refused):
    """No place was chosen."""

    code = "displays.nobody_asked"
    message = N_("Hãy chọn ít nhất một nơi.")


class DaysReversed(Refused):
    """The last day comes before the first."""

    code = "displays.days_reversed"
    message = N_("Ngày cuối phải từ ngày đầu trở đi.")


class MustShow(Refused):
    """A place of the state's own does not decline; it says why there is none, in a talk with its office."""

    code = "displays.must_show"
    message = N_("Nơi này của cơ quan nhà nước, phải treo. Nếu không treo được, hãy báo cơ quan thường trực.")


class Changed(Conflict):
    """Somebody else has taken a step since the page was opened."""

    code = "displays.changed"
    message = N_("Có người vừa sửa hoặc xử lý việc này. Hãy xem lại rồi làm tiếp.")


def ask_displays(
    *,
    by: Actor,
    now: datetime,
    artwork_id: UUID,
    site_ids: Collection[UUID],
    starts_on: date,
    ends_on: date,
    prints: Doer,
    pays: Doer,
    removes: Doer,
) -> int:
    """Ask places to show an approved artwork between two days; count those that were not asked before.

    Who prints, pays and takes down is said from the start. Raises NotFound, NotAllowed, ArtworkNotApproved,
    NobodyAsked, DaysReversed.
    """
    shown = outreach.artwork(by, artwork_id, now=now)
    if not (shown.is_approved and shown.is_current):
        raise ArtworkNotApproved()
    if ends_on < starts_on:
        raise DaysReversed()
    chosen = DisplaySite.objects.filter(id__in=set(site_ids), ended_on__isnull=True)
    sites = list(chosen.select_related("organization").order_by("id"))
    if not sites:
        raise NobodyAsked()
    for unit in {one.organization_id for one in sites}:
        people.check_unit(by, Action.DISPLAY_MANAGE, unit)
    days = {"starts_on": starts_on, "ends_on": ends_on}
    who = {"prints": prints.value, "pays": pays.value, "removes": removes.value}
    return sum(_ask(by, now, artwork_id, site, **days, **who) for site in sites)


def agree_display(*, by: Actor, now: datetime, display_id: UUID, seen: int) -> None:
    """Say that a place agrees. Raises NotFound, NotAllowed, Changed."""
    _take(load_display(by, display_id), DisplayStep.AGREE, verb="agree_display", by=by, now=now, seen=seen)


def decline_display(*, by: Actor, now: datetime, display_id: UUID, seen: int, reason: str = "") -> None:
    """Say that an invited place declines; nothing follows from it, nobody asks why.

    Raises NotFound, NotAllowed, MustShow, Changed.
    """
    found = load_display(by, display_id)
    if found.site.claim == Claim.MUST.value:
        raise MustShow()
    said = normalize(reason)[:300]
    _take(found, DisplayStep.DECLINE, verb="decline_display", by=by, now=now, seen=seen, reason=said)


def remove_display(*, by: Actor, now: datetime, display_id: UUID, seen: int) -> None:
    """Say that a display was taken down. Raises NotFound, NotAllowed, Changed."""
    _take(load_display(by, display_id), DisplayStep.REMOVE, verb="remove_display", by=by, now=now, seen=seen)


def expire_displays(*, now: datetime) -> int:
    """Put what still hangs after its last day among what is to be taken down, and tell its unit; count them."""
    over = Display.objects.filter(state=DisplayState.UP.value, ends_on__lt=local_date(now)).select_related("site")
    expired = 0
    for found in list(over.order_by("id")[:500]):
        with transaction.atomic():
            same = Display.objects.filter(id=found.id, state=found.state, edition=found.edition)
            if not same.update(state=DisplayState.DUE_DOWN.value, edition=found.edition + 1, changed_at=now):
                continue
            ledger.record(by=SYSTEM, verb="expire_displays", subject=SUBJECT, subject_id=found.id)
            tell_unit(found, now, "displays.due_down", N_("Đã hết hạn treo ở “{site}”, cần gỡ xuống."))
            expired += 1
    return expired


def remind_displays(*, now: datetime) -> int:
    """Tell units once of places that must show and have no proof; invited places are never reminded. Count them."""
    late = Display.objects.filter(
        state__in=[DisplayState.ASKED.value, DisplayState.AGREED.value],
        site__claim=Claim.MUST.value,
        site__ended_on__isnull=True,
        starts_on__lte=local_date(now - REMIND_AFTER),
        ends_on__gte=local_date(now),
    ).select_related("site")
    found = list(late.order_by("id")[:500])
    for one in found:
        tell_unit(one, now, "displays.unproven", N_("Nơi phải treo “{site}” chưa có bằng chứng đã treo."))
    return len(found)


def load_display(by: Actor, display_id: UUID) -> Display:
    """Give a display at a place of a unit that the actor manages displays for. Raises NotFound, NotAllowed."""
    found = Display.objects.select_related("site").filter(id=display_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.DISPLAY_MANAGE, found.site.organization_id)
    return found


def settle_proven(by: Actor, now: datetime, display_id: UUID) -> None:
    """Withdraw what its unit was told of a display that was seen whole; for use in its transaction."""
    for kind in ("displays.unproven", "displays.damaged"):
        notices.settle(by=by, now=now, key=str(display_id), kind=kind)


def tell_unit(found: Display, now: datetime, kind: str, text: str) -> None:
    """Tell the unit that answers for a display's place; a later step of the display settles it."""
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=kind,
        key=str(found.id),
        to=OnDuty(found.site.organization_id, Role.UNIT_OFFICER),
        text=text,
        params={"site": found.site.name},
        href=f"/desk/displays/{found.id}/",
    )


def better(kind: str, other: str) -> str:
    """Give the better of two kinds of proof: what was seen before what was said."""
    return next((one.value for one in BEST_FIRST if one.value in (kind, other)), "")


def _ask(by: Actor, now: datetime, artwork_id: UUID, site: DisplaySite, **values: Any) -> int:
    row = Display(artwork_id=artwork_id, site=site, state=DisplayState.ASKED.value, asked_at=now, changed_at=now)
    row.code = _free_code(site, now)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if site.page_url:  # what is asked for is looked for at once
                DisplaySite.objects.filter(id=site.id).update(next_check_at=now, etag="", last_modified="")
            detail = {"site": site.name}
            ledger.record(by=by, verb="ask_displays", subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:
        if not Display.objects.filter(
            artwork_id=artwork_id, site=site, state__in=[*(one.value for one in OPEN), DisplayState.DUE_DOWN.value]
        ).exists():
            raise
        return 0
    return 1


def _free_code(site: DisplaySite, now: datetime) -> str:
    """Make a code that no display has, with the letters of the place of the site's unit, as outings' codes have."""
    taken, unit = Display.objects.all(), site.organization
    place = places.unit_on(unit.place_code, local_date(now)) if unit.place_code else None
    name = place.name if place is not None else named_after(unit.name)
    return free_code(name, secrets.choice, lambda code: taken.filter(code=code).exists(), length=CODE_LENGTH)


def _take(
    found: Display, step: DisplayStep, verb: str, *, by: Actor, now: datetime, seen: int, reason: str = ""
) -> None:
    """Take a step from the edition that was seen; the same again does nothing, of two at once one wins."""
    target = DISPLAY_TRANSITIONS.leads_to(DisplayState(found.state), step)
    if found.edition == seen + 1 and found.state == DISPLAY_TRANSITIONS.result_of(step).value:
        return
    if target is None:
        raise Changed()
    with transaction.atomic():
        same = Display.objects.filter(id=found.id, state=found.state, edition=seen)
        if not same.update(state=target.value, edition=seen + 1, changed_at=now, reason=reason):
            raise Changed()
        detail = {"reason": reason} if reason else {}
        ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=found.id, detail=detail)
        if step is not DisplayStep.AGREE:
            notices.settle(by=by, now=now, key=str(found.id))
