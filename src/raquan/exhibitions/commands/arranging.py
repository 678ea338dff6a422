"""An exhibition's life: written, planned, opened to applications, held, closed or cancelled."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.exhibitions.commands.refusals import (
    BoothInUse,
    BoothsMissing,
    Changed,
    DaysReversed,
    DeadlineTooLate,
    FieldsMissing,
    NameMissing,
    NotPlanned,
    PlaceUnknown,
    ReasonMissing,
    SentOtherwise,
    SizeImpossible,
)
from raquan.exhibitions.models import BoothApplication, Exhibition
from raquan.exhibitions.queries.standing import plan_of, standing_of
from raquan.exhibitions.rules import (
    EXHIBITION_TRANSITIONS,
    PLANNED,
    ApplicationState,
    ExhibitionSaid,
    ExhibitionState,
    ExhibitionStep,
    broken_rules,
    make_code,
    read_plan,
    write_plan,
)
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import N_, NotFound
from raquan.kernel.text import fold, nfc, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.people import commands as people
from raquan.people.rules import Action, Role
from raquan.places import queries as places

SUBJECT = "exhibitions.Exhibition"


def draft_exhibition(
    *, by: Actor, now: datetime, request_id: UUID, campaign_id: UUID, organization_id: UUID, said: ExhibitionSaid
) -> UUID:
    """Write an exhibition of a unit as a draft and give its id; the same request again is the same one.

    Raises NotFound, NotAllowed, NameMissing, DaysReversed, DeadlineTooLate, FieldsMissing, PlaceUnknown,
    SizeImpossible, SentOtherwise.
    """
    people.check_unit(by, Action.EXHIBITION_MANAGE, organization_id)
    if not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    values = _columns(said)
    row = Exhibition(request_id=request_id, campaign_id=campaign_id, organization_id=organization_id, **values)
    row.state, row.changed_at, row.code = ExhibitionState.DRAFT.value, now, make_code("TL", secrets.choice)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            detail = {"name": row.name}
            ledger.record(by=by, verb="draft_exhibition", subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:
        before = Exhibition.objects.filter(request_id=request_id, organization_id=organization_id).first()
        if before is None or any(getattr(before, name) != value for name, value in values.items()):
            raise SentOtherwise() from None
        return before.id
    return row.id


def change_exhibition(*, by: Actor, now: datetime, exhibition_id: UUID, said: ExhibitionSaid, seen: int) -> None:
    """Change an exhibition's particulars until it opens; `seen` is the edition shown. The same again does nothing.

    Raises NotFound, NotAllowed, NotPlanned, Changed, BoothInUse, and what draft_exhibition raises of what is said.
    """
    found = load(by, exhibition_id)
    values = _columns(said)
    if all(getattr(found, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(found, name, value)
    _save(by, now, found, seen, "change_exhibition", values)


def change_plan(*, by: Actor, now: datetime, exhibition_id: UUID, plan: str, seen: int) -> None:
    """Draw the floor anew until the exhibition opens; booths that were given keep what their enterprises need.

    The same again does nothing.
    Raises NotFound, NotAllowed, NotPlanned, Changed, BoothInUse, and what read_plan raises.
    """
    found = load(by, exhibition_id)
    drawn = write_plan(read_plan(plan, cell_cm=found.cell_cm, post_watts=found.post_watts))
    if found.plan == drawn:
        return
    found.plan = drawn
    _save(by, now, found, seen, "change_plan", {"plan": drawn})


def open_applications(*, by: Actor, now: datetime, exhibition_id: UUID, seen: int) -> None:
    """Let enterprises apply. Raises NotFound, NotAllowed, BoothsMissing, Changed."""
    found = load(by, exhibition_id)
    if not plan_of(found).booths:
        raise BoothsMissing()
    with transaction.atomic():
        take(found, ExhibitionStep.INVITE, by=by, now=now, seen=seen)


def open_exhibition(*, by: Actor, now: datetime, exhibition_id: UUID, seen: int) -> None:
    """Open the doors: visits are counted and contacts taken from now on. Raises NotFound, NotAllowed, Changed."""
    with transaction.atomic():
        take(load(by, exhibition_id), ExhibitionStep.OPEN, by=by, now=now, seen=seen)


def close_exhibition(*, by: Actor, now: datetime, exhibition_id: UUID, seen: int) -> None:
    """Close an exhibition for good; its pages stay. Raises NotFound, NotAllowed, Changed."""
    with transaction.atomic():
        take(load(by, exhibition_id), ExhibitionStep.CLOSE, by=by, now=now, seen=seen)


def cancel_exhibition(*, by: Actor, now: datetime, exhibition_id: UUID, seen: int, reason: str) -> None:
    """Cancel an exhibition for a reason that every applicant is told.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    found = load(by, exhibition_id)
    said = nfc(reason).strip()[:500]
    if not said:
        raise ReasonMissing()
    with transaction.atomic():
        if not take(found, ExhibitionStep.CANCEL, by=by, now=now, seen=seen, reason=said):
            return
        over = (ApplicationState.WITHDRAWN.value, ApplicationState.REFUSED.value)
        for one in found.applications.exclude(state__in=over).order_by("id"):
            text = N_("Triển lãm “{exhibition}” đã hủy.")
            tell_enterprise(one, now, text, {"exhibition": found.name}, what="cancelled")


def load(by: Actor, exhibition_id: UUID) -> Exhibition:
    """Give an exhibition to its organizer. Raises NotFound, NotAllowed."""
    found = Exhibition.objects.filter(id=exhibition_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.EXHIBITION_MANAGE, found.organization_id)
    return found


def take(found: Exhibition, step: ExhibitionStep, *, by: Actor, now: datetime, seen: int, reason: str = "") -> bool:
    """Take a step from the edition that was seen; False when this very step was taken from it before.

    Of two at once one wins, on both databases: the update names the edition. For use in a transaction.
    """
    result = EXHIBITION_TRANSITIONS.result_of(step)
    if found.edition == seen + 1 and (found.state, found.reason) == (result.value, reason):
        return False
    target = EXHIBITION_TRANSITIONS.leads_to(ExhibitionState(found.state), step)
    same = Exhibition.objects.filter(id=found.id, state=found.state, edition=seen)
    if target is None or not same.update(state=target.value, edition=seen + 1, reason=reason, changed_at=now):
        raise Changed()
    ledger.record(by=by, verb=step.value, subject=SUBJECT, subject_id=found.id, detail={"reason": reason})
    found.state, found.edition = target.value, seen + 1
    return True


def tell_enterprise(
    one: BoothApplication, now: datetime, text: str, params: dict[str, Any], *, what: str = "answer"
) -> None:
    """Tell an enterprise's officers what became of its application: each `what` of an edition by itself."""
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=f"exhibitions.{what}.{one.edition}",
        key=str(one.id),
        to=OnDuty(one.organization_id, Role.ENTERPRISE_OFFICER),
        text=text,
        params=params,
        href=f"/desk/exhibitions/applications/{one.id}/",
    )


def _save(by: Actor, now: datetime, found: Exhibition, seen: int, verb: str, values: dict[str, Any]) -> None:
    """Write what was changed of an exhibition, if every booth that was given may still be had."""
    if ExhibitionState(found.state) not in PLANNED:
        raise NotPlanned()
    _keeps_standing(found)
    with transaction.atomic():
        same = Exhibition.objects.filter(id=found.id, edition=seen, state__in=[one.value for one in PLANNED])
        # A proposal was made for the floor of before.
        if not same.update(**values, edition=seen + 1, changed_at=now, proposed_at=None):
            raise Changed()
        found.applications.exclude(proposed="", why=[]).update(proposed="", why=[])
        detail = {"name": found.name}
        ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=found.id, detail=detail)


def _keeps_standing(found: Exhibition) -> None:
    standing = standing_of(found, proposed=False)
    plan = plan_of(found)
    for number, wish in standing.items():
        booth = plan.booth(number)
        if booth is None or broken_rules(plan, standing, wish, booth, found.most_booths):
            raise BoothInUse(booth=number, name=wish.name)


def _columns(said: ExhibitionSaid) -> dict[str, Any]:
    """Give the columns of what is said, or refuse what cannot be."""
    name, fields = normalize(said.name)[:200], [normalize(one)[:100] for one in said.fields]
    fields = list(dict.fromkeys(one for one in fields if one))[:40]
    if not name or not normalize(said.where):
        raise NameMissing()
    if said.ends_on < said.starts_on or said.closes_at <= said.opens_at:
        raise DaysReversed()
    if said.apply_until > said.starts_on:
        raise DeadlineTooLate(starts_on=f"{said.starts_on:%d/%m/%Y}")
    if not fields:
        raise FieldsMissing()
    if not (50 <= said.cell_cm <= 5000 and 0 <= said.post_watts <= 100_000 and 1 <= said.most_booths <= 20):
        raise SizeImpossible()
    if not places.path_on(said.place_code, said.starts_on):
        raise PlaceUnknown(place=said.place_code)
    own = {"name": name, "sort_key": sort_key(name)[:400], "search_key": fold(name)[:400], "fields": fields}
    return asdict(said) | own | {"where": normalize(said.where)[:300], "about": nfc(said.about).strip()[:4000]}
