"""A visitor leaves a name for one enterprise and one purpose, takes it back, or its days run out; what followed."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.exhibitions.commands.applying import check_own
from raquan.exhibitions.commands.refusals import Changed, ConsentMissing, ContactGone, ContactUnreadable, SentOtherwise
from raquan.exhibitions.commands.visiting import open_booth
from raquan.exhibitions.engine import seal
from raquan.exhibitions.models import Contact
from raquan.exhibitions.queries.contacts import consent_words, held_row, particulars
from raquan.exhibitions.rules import Outcome, Purpose, is_phone, purge_after
from raquan.kernel.actor import ANONYMOUS, Actor, ActorKind
from raquan.kernel.clock import local_date
from raquan.kernel.open_forms import mark_of
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import nfc, normalize
from raquan.ledger import commands as ledger

SUBJECT = "exhibitions.Contact"
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Left:
    """What a visitor leaves: who to call, what for, and that they agree."""

    name: str
    phone: str
    purpose: Purpose
    words: str = ""
    agrees: bool = False


def leave_contact(*, now: datetime, code: str, token: str, left: Left, days: int) -> UUID:
    """Keep a contact sealed for a booth's enterprise, with the words that were agreed to, for so many days.

    The same again is the same contact. Raises NotFound, NotOpen, ConsentMissing, ContactUnreadable, SentOtherwise.
    """
    booth = open_booth(code, now)
    if not left.agrees:
        raise ConsentMissing()
    said = {
        "name": normalize(left.name)[:200],
        "phone": normalize(left.phone)[:30],
        "words": nfc(left.words).strip()[:500],
    }
    if not said["name"] or not is_phone(said["phone"]):
        raise ContactUnreadable()
    row = Contact(application=booth, mark=mark_of(token), purpose=left.purpose.value, left_at=now)
    row.purge_on = local_date(now + purge_after(days))
    row.consent = consent_words(booth.organization.name, days)
    row.sealed = seal(json.dumps(said, ensure_ascii=False).encode(), bound=row.id.bytes)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            detail = {"purpose": left.purpose.value}
            ledger.record(by=ANONYMOUS, verb="leave_contact", subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:
        known = Contact.objects.filter(mark=row.mark, application=booth).first()
        if known is None or particulars(known) != said or known.purpose != row.purpose:
            raise SentOtherwise() from None
        return known.id
    return row.id


def withdraw_contact(*, now: datetime, token: str) -> None:
    """Empty a contact because its visitor says so at the private address; the same again does nothing.

    Raises NotFound.
    """
    found = held_row(token)
    if found is None:
        raise NotFound()
    with transaction.atomic():
        if Contact.objects.filter(id=found.id, emptied_at__isnull=True).update(sealed=None, emptied_at=now):
            ledger.record(by=ANONYMOUS, verb="withdraw_contact", subject=SUBJECT, subject_id=found.id)


def state_outcome(*, by: Actor, now: datetime, contact_id: UUID, outcome: Outcome, seen: int) -> None:
    """Keep what the enterprise says followed from a contact; the same again does nothing.

    Raises NotFound, NotAllowed, Changed, and ContactGone when there was never an answer before it was emptied.
    """
    found = Contact.objects.filter(id=contact_id).select_related("application").first()
    if found is None:
        raise NotFound()
    check_own(by, found.application.organization_id)
    if found.outcome == outcome.value:
        return
    if found.emptied_at is not None:
        raise ContactGone()
    with transaction.atomic():
        same = Contact.objects.filter(id=found.id, edition=seen, emptied_at__isnull=True)
        if not same.update(outcome=outcome.value, outcome_at=now, edition=seen + 1):
            raise Changed()
        detail = {"outcome": outcome.value}
        ledger.record(by=by, verb="state_outcome", subject=SUBJECT, subject_id=found.id, detail=detail)


def purge_contacts(*, by: Actor, now: datetime) -> int:
    """Empty the contacts whose day has come; give how many. Purpose, words of consent and outcome stay, nobody's name.

    Raises NotAllowed for anybody but the system.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise NotAllowed()
    emptied = 0
    while done := _purge_some(by, now):
        emptied += done
    return emptied


def _purge_some(by: Actor, now: datetime) -> int:
    with transaction.atomic():
        due = Contact.objects.select_for_update().filter(emptied_at__isnull=True, purge_on__lte=local_date(now))
        ids = list(due.order_by("id").values_list("id", flat=True)[:AT_ONCE])
        Contact.objects.filter(id__in=ids).update(sealed=None, emptied_at=now)
        ledger.record_many(by=by, verb="purge_contacts", subject=SUBJECT, subject_ids=ids)
    return len(ids)
