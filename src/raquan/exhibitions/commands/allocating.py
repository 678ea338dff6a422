"""Booths are given: a proposal by rules, moved by hand where the rules allow it, confirmed by a person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from raquan.exhibitions.commands.applying import SUBJECT
from raquan.exhibitions.commands.arranging import SUBJECT as EXHIBITION
from raquan.exhibitions.commands.arranging import load, take, tell_enterprise
from raquan.exhibitions.commands.refusals import BoothUnknown, Changed, NothingProposed, NotPlanned, RuleBroken
from raquan.exhibitions.models import BoothApplication, Exhibition
from raquan.exhibitions.queries.standing import plan_of, standing_of, wish_of
from raquan.exhibitions.rules import (
    RULE_NAMES,
    ApplicationState,
    ExhibitionState,
    ExhibitionStep,
    Proposal,
    Why,
    allocate,
    broken_rules,
    read_booth_number,
)
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound
from raquan.ledger import commands as ledger

_GIVING = (ExhibitionState.APPLYING.value, ExhibitionState.ALLOCATED.value)


def propose_allocation(*, by: Actor, now: datetime, exhibition_id: UUID, seen: int) -> Proposal:
    """Propose a booth for each application that was taken and has none; nobody is told yet. Gives the proposal.

    What was proposed before, by hand too, is proposed anew. Raises NotFound, NotAllowed, NotPlanned, Changed.
    """
    found = _giving(by, exhibition_id)
    waiting = list(_waiting(found))
    standing = standing_of(found, proposed=False)
    made = allocate(
        plan_of(found), map(wish_of, waiting), standing=standing, seed=str(found.request_id), most=found.most_booths
    )
    booths = {one.id: (one.booth, [one.why.value]) for one in made.placed}
    left = {one.id: ("", [[rule.value, count] for rule, count in one.because]) for one in made.left}
    with transaction.atomic():
        _next_edition(found, now, seen, proposed_at=now)
        for one in waiting:
            one.proposed, one.why = (booths | left)[one.id]
        BoothApplication.objects.bulk_update(waiting, ["proposed", "why"])
        detail = {"placed": len(made.placed), "left": len(made.left)}
        ledger.record(by=by, verb="propose_allocation", subject=EXHIBITION, subject_id=found.id, detail=detail)
    return made


def move_booth(*, by: Actor, now: datetime, application_id: UUID, booth: str, seen: int) -> None:
    """Give an application another booth by hand, or none with ""; `seen` is the edition of the exhibition.

    A booth that was given already is told to its enterprise at once; one of a proposal with its confirmation.
    Raises NotFound, NotAllowed, NotPlanned, NothingProposed, BoothUnknown, RuleBroken, which names the rule, Changed.
    """
    one = BoothApplication.objects.filter(id=application_id).first()
    if one is None:
        raise NotFound()
    found = _giving(by, one.exhibition_id)
    is_given = one.state == ApplicationState.ALLOCATED.value
    number = _may_stand(found, one, booth)
    if number == (one.booth if is_given else one.proposed):
        return
    if (not is_given and one.state != ApplicationState.APPROVED.value) or (is_given and not number):
        raise Changed()
    if not is_given and found.proposed_at is None:  # else its enterprise would read what nobody has confirmed
        raise NothingProposed()
    try:
        with transaction.atomic():
            _next_edition(found, now, seen)
            values: dict[str, Any] = {"booth": number} if is_given else {"proposed": number}
            values |= {"why": [Why.BY_HAND.value] if number else [], "changed_at": now, "edition": one.edition + 1}
            if not BoothApplication.objects.filter(id=one.id, edition=one.edition, state=one.state).update(**values):
                raise Changed()
            detail = {"from": one.booth or one.proposed, "to": number}
            ledger.record(by=by, verb="move_booth", subject=SUBJECT, subject_id=one.id, detail=detail)
            one.edition += 1
            if is_given:
                tell_enterprise(one, now, N_("Gian hàng “{title}” chuyển sang gian {booth}."), _words(one, number))
    except IntegrityError:  # somebody else was given it at this moment
        raise Changed() from None


def confirm_allocation(*, by: Actor, now: datetime, exhibition_id: UUID, seen: int) -> int:
    """Give the booths that are proposed, tell every applicant, and show the plan to all; give how many booths.

    Who was left out is told so with the reasons on the application's page, and stays for what becomes free. The same
    again does nothing. Raises NotFound, NotAllowed, NotPlanned, NothingProposed, Changed.
    """
    found = load(by, exhibition_id)
    if found.state == ExhibitionState.ALLOCATED.value and found.edition == seen + 1 and found.proposed_at is None:
        return 0
    if found.state not in _GIVING:
        raise NotPlanned()
    waiting = list(_waiting(found))
    if found.proposed_at is None:
        raise NothingProposed()
    _rules_hold(found, waiting)
    try:
        with transaction.atomic():
            take(found, ExhibitionStep.CONFIRM, by=by, now=now, seen=seen)
            Exhibition.objects.filter(id=found.id).update(proposed_at=None)
            for one in waiting:
                _give(one, by=by, now=now)
    except IntegrityError:
        raise Changed() from None
    return sum(1 for one in waiting if one.proposed)


def _give(one: BoothApplication, *, by: Actor, now: datetime) -> None:
    """Give an application what is proposed for it, and tell its enterprise either way."""
    same = BoothApplication.objects.filter(id=one.id, edition=one.edition, state=ApplicationState.APPROVED.value)
    one.edition += 1
    if one.proposed:
        given = {"state": ApplicationState.ALLOCATED.value, "booth": one.proposed, "proposed": "", "reason": ""}
        text = N_("Đơn “{title}” được xếp gian {booth}.")
    else:
        given = {}
        text = N_("Đơn “{title}” chưa được xếp gian. Mở đơn để xem vì sao.")
    if not same.update(**given, edition=one.edition, changed_at=now):
        raise Changed()
    if one.proposed:
        detail = {"booth": one.proposed}
        ledger.record(by=by, verb="allocate_booth", subject=SUBJECT, subject_id=one.id, detail=detail)
    tell_enterprise(one, now, text, _words(one, one.proposed))


def _words(one: BoothApplication, booth: str) -> dict[str, Any]:
    return {"title": one.title, "booth": booth} if booth else {"title": one.title}


def _may_stand(found: Exhibition, one: BoothApplication, written: str) -> str:
    """Give the number of a booth that an application may have, "" for none; raise what stands against it."""
    if not written.strip():
        return ""
    plan, number = plan_of(found), read_booth_number(written)
    booth = plan.booth(number)
    if booth is None:
        raise BoothUnknown(booth=written.strip()[:20])
    _check(broken_rules(plan, standing_of(found, proposed=True), wish_of(one), booth, found.most_booths))
    return number


def _rules_hold(found: Exhibition, waiting: Iterable[BoothApplication]) -> None:
    """Check once more, at the moment of giving, what was proposed: applications may have been withdrawn or changed."""
    plan, standing = plan_of(found), standing_of(found, proposed=True)
    for one in waiting:
        booth = plan.booth(one.proposed) if one.proposed else None
        if one.proposed and booth is None:
            raise BoothUnknown(booth=one.proposed)
        if booth is not None:
            _check(broken_rules(plan, standing, wish_of(one), booth, found.most_booths))


def _check(broken: Iterable[Any]) -> None:
    for one in broken:
        raise RuleBroken(why=gettext(RULE_NAMES[one.rule]).format(**one.params))


def _giving(by: Actor, exhibition_id: UUID) -> Exhibition:
    found = load(by, exhibition_id)
    if found.state not in _GIVING:
        raise NotPlanned()
    return found


def _waiting(found: Exhibition) -> Iterable[BoothApplication]:
    approved = found.applications.filter(state=ApplicationState.APPROVED.value)
    return approved.select_related("organization").order_by("id")


def _next_edition(found: Exhibition, now: datetime, seen: int, **more: Any) -> None:
    same = Exhibition.objects.filter(id=found.id, edition=seen, state=found.state)
    if not same.update(edition=seen + 1, changed_at=now, **more):
        raise Changed()
