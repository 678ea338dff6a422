"""A publication is published, corrected in the open, withdrawn with a notice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from raquan.kernel.actor import Actor
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.press.commands.refusals import (
    ChangedMeanwhile,
    EndsBeforeBegin,
    NothingCorrected,
    NumberMissing,
    ReasonMissing,
)
from raquan.press.commands.writing import SUBJECT, Written, cleaned, load, step
from raquan.press.models import Correction, Publication
from raquan.press.queries.filling import fill, stored
from raquan.press.rules import TRANSITIONS, Kind, State, Step


def publish_publication(
    *,
    by: Actor,
    now: datetime,
    publication_id: UUID,
    seen: int,
    shown_from: datetime | None = None,
    shown_until: datetime | None = None,
) -> None:
    """Publish a draft, now or from a moment on, until a moment where one is given; its figures are kept as counted.

    The same again does nothing. Raises NotAllowed, NotFound, NumberMissing, EndsBeforeBegin, ChangedMeanwhile, and
    what `queries.filling.fill` raises for figures.
    """
    row = load(by, publication_id)
    begin = max(shown_from, now) if shown_from else now
    if shown_until is not None and shown_until <= begin:
        raise EndsBeforeBegin()
    if row.state == State.PUBLISHED.value and row.version == seen + 1:
        return
    if row.kind == Kind.RELEASE.value and not (row.number and row.contact):
        raise NumberMissing()
    figures = fill(row.campaign_id, row.campaign.year, row.snapshot_id, row.title, row.lead, row.body)
    fields = {
        "figures": stored(figures),
        "published_at": now,
        "published_by_name": by.name,
        "shown_from": begin,
        "shown_until": shown_until,
    }
    detail = {"from": begin.isoformat(), "until": shown_until.isoformat() if shown_until else None}
    step(by, now, row, Step.PUBLISH, seen, fields, detail)


def correct_publication(
    *, by: Actor, now: datetime, publication_id: UUID, seen: int, written: Written, what: str, why: str
) -> None:
    """Correct what is published: the new text stands with what was corrected, when and why, and with the old text.

    The same again does nothing. Raises NotAllowed, NotFound, WordsMissing, ReasonMissing, NothingCorrected,
    NumberMissing, ChangedMeanwhile, and what `queries.filling.fill` raises.
    """
    row = load(by, publication_id)
    what, why = normalize(what)[:500], normalize(why)[:500]
    fields = cleaned(row.campaign_id, written)
    is_same = all(getattr(row, name) == value for name, value in fields.items())
    if is_same and Correction.objects.filter(publication=row, what=what, why=why).exists():
        return
    if not what or not why:
        raise ReasonMissing()
    if is_same:
        raise NothingCorrected()
    if row.kind == Kind.RELEASE.value and not (fields["number"] and fields["contact"]):
        raise NumberMissing()
    texts = (fields["title"], fields["lead"], fields["body"])
    fields["figures"] = stored(fill(row.campaign_id, row.campaign.year, fields["snapshot_id"], *texts))
    with transaction.atomic():
        if not TRANSITIONS.leads_to(State(row.state), Step.CORRECT):
            raise ChangedMeanwhile()
        number = _log(row, now, by, what, why)
        step(by, now, row, Step.CORRECT, seen, fields, {"number": number, "what": what, "why": why})


def withdraw_publication(*, by: Actor, now: datetime, publication_id: UUID, seen: int, reason: str) -> None:
    """Withdraw what is published: its address stays, with the reason in place of the text.

    The same again does nothing. Raises NotAllowed, NotFound, ReasonMissing, ChangedMeanwhile.
    """
    row = load(by, publication_id)
    said = normalize(reason)[:500]
    if not said:
        raise ReasonMissing()
    if (row.state, row.withdraw_reason) != (State.WITHDRAWN.value, said):
        step(by, now, row, Step.WITHDRAW, seen, {"withdraw_reason": said}, {"reason": said})


def end_publication(*, by: Actor, now: datetime, publication_id: UUID, seen: int) -> None:
    """End what is shown, now: the public list does not have it any more, without a word. For news alone.

    The same again does nothing. Raises NotAllowed, NotFound, ChangedMeanwhile.
    """
    row = load(by, publication_id)
    if row.shown_until is not None and row.shown_until <= now:
        return
    with transaction.atomic():
        states = [State.PUBLISHED.value, State.CORRECTED.value]
        same = Publication.objects.filter(id=row.id, kind=Kind.NEWS.value, version=seen, state__in=states)
        changes = {"shown_until": now, "version": seen + 1, "changed_at": now}
        if not same.filter(shown_from__lt=now).update(**changes):
            raise ChangedMeanwhile()
        ledger.record(by=by, verb="end_publication", subject=SUBJECT, subject_id=row.id)


def _log(row: Publication, now: datetime, by: Actor, what: str, why: str) -> int:
    before: dict[str, Any] = {name: getattr(row, name) for name in ("title", "lead", "body", "figures")}
    number = Correction.objects.filter(publication=row).count() + 1
    # The conditional update of the row follows in this transaction: of two corrections at once one is taken back.
    if Correction.objects.filter(publication=row, number=number).exists():
        raise ChangedMeanwhile()
    Correction.objects.create(
        publication=row, number=number, what=what, why=why, at=now, by_name=by.name, before=before
    )
    return number
