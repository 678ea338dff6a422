"""The days of an exhibition: visits counted at the booth, heads counted by hand, incidents noted."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.exhibitions.commands.applying import check_own
from raquan.exhibitions.commands.arranging import load
from raquan.exhibitions.commands.refusals import (
    Changed,
    HeadsImpossible,
    NotOpen,
    NotThatDay,
    SentOtherwise,
    WordsMissing,
)
from raquan.exhibitions.models import BoothApplication, BoothDay, BoothVisit, Exhibition, Incident
from raquan.exhibitions.rules import ApplicationState, ExhibitionState, Grade, read_booth_number, read_code
from raquan.exhibitions.rules.visiting import MOST_HEADS
from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.open_forms import mark_of
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import nfc
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action

_HELD = (ExhibitionState.OPEN.value, ExhibitionState.CLOSED.value)


def count_visit(*, now: datetime, code: str, token: str) -> None:
    """Count that somebody was at a booth today; the same token again is the same visit. Raises NotFound, NotOpen."""
    booth = open_booth(code, now)
    mark = mark_of(token)
    try:
        with transaction.atomic():
            made = BoothVisit.objects.create(application=booth, mark=mark, visited_on=local_date(now))
            ledger.record(by=ANONYMOUS, verb="count_visit", subject="exhibitions.BoothVisit", subject_id=made.id)
    except IntegrityError:
        if not BoothVisit.objects.filter(mark=mark, application=booth).exists():
            raise


def state_day(
    *, by: Actor, now: datetime, application_id: UUID, held_on: date, heads: int, note: str = "", seen: int = 0
) -> Grade:
    """Keep how many came to a booth on a day, and give the grade: tallied from the organizer, stated from the booth.

    `seen` is the edition that was shown, 0 when there was none; the same again does nothing.
    Raises NotFound, NotAllowed, NotThatDay, HeadsImpossible, Changed.
    """
    booth = BoothApplication.objects.filter(id=application_id).select_related("exhibition").first()
    if booth is None:
        raise NotFound()
    grade = _grade(by, booth)
    _held_on(booth.exhibition, held_on, now)
    if not booth.booth or not 0 <= heads <= MOST_HEADS:
        raise HeadsImpossible()
    said: dict[str, Any] = {"heads": heads, "note": nfc(note).strip()[:300]}
    named = {"application": booth, "held_on": held_on, "grade": grade.value}
    before = BoothDay.objects.filter(**named).first()
    if before is not None and all(getattr(before, name) == value for name, value in said.items()):
        return grade
    told = {"said_at": now, "by_name": by.name, "edition": seen + 1}
    try:
        with transaction.atomic():
            if seen == 0:
                row = BoothDay.objects.create(**named, **said, **told)
            elif before is None or not BoothDay.objects.filter(id=before.id, edition=seen).update(**said, **told):
                raise Changed()
            else:
                row = before
            detail = {"day": held_on.isoformat(), "grade": grade.value, "heads": heads}
            ledger.record(by=by, verb="state_day", subject="exhibitions.BoothDay", subject_id=row.id, detail=detail)
    except IntegrityError:
        raise Changed() from None
    return grade


def note_incident(
    *,
    by: Actor,
    now: datetime,
    request_id: UUID,
    exhibition_id: UUID,
    held_on: date,
    at: time,
    text: str,
    booth: str = "",
) -> UUID:
    """Note what went wrong on a day, and what was done; the same request again is the same incident.

    Raises NotFound, NotAllowed, NotThatDay, WordsMissing, SentOtherwise.
    """
    found = load(by, exhibition_id)
    _held_on(found, held_on, now)
    said = nfc(text).strip()[:500]
    if not said:
        raise WordsMissing()
    row = Incident(request_id=request_id, exhibition=found, held_on=held_on, at=at, text=said, by_name=by.name)
    row.booth = read_booth_number(booth)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            ledger.record(by=by, verb="note_incident", subject="exhibitions.Incident", subject_id=row.id)
    except IntegrityError:
        before = Incident.objects.filter(request_id=request_id, exhibition=found).first()
        if before is None or (before.text, before.held_on) != (said, held_on):
            raise SentOtherwise() from None
        return before.id
    return row.id


def open_booth(code: str, now: datetime) -> BoothApplication:
    """Give a booth whose exhibition is open today. Raises NotFound, NotOpen."""
    given = BoothApplication.objects.filter(code=read_code(code), state=ApplicationState.ALLOCATED.value)
    booth = given.select_related("exhibition__campaign", "organization").first()
    if booth is None:
        raise NotFound()
    held = booth.exhibition
    if held.state != ExhibitionState.OPEN.value or not held.starts_on <= local_date(now) <= held.ends_on:
        raise NotOpen()
    return booth


def _grade(by: Actor, booth: BoothApplication) -> Grade:
    """Tell how sure a number is by who says it. Raises NotAllowed."""
    try:
        people.check_unit(by, Action.EXHIBITION_MANAGE, booth.exhibition.organization_id)
    except NotAllowed:
        check_own(by, booth.organization_id)
        return Grade.STATED
    return Grade.TALLIED


def _held_on(found: Exhibition, day: date, now: datetime) -> None:
    is_held = found.state in _HELD and found.starts_on <= day <= found.ends_on
    if not is_held or day > local_date(now):
        raise NotThatDay(day=f"{day:%d/%m/%Y}")
