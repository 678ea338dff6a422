"""A publication is written: begun, changed, dropped while it is a draft."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from raquan.analytics import queries as analytics
from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.refused import Conflict, NotFound
from raquan.kernel.text import nfc, normalize
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.press.commands.refusals import ChangedMeanwhile, WordsMissing
from raquan.press.models import Publication
from raquan.press.queries import PlaceWrong
from raquan.press.rules import TRANSITIONS, Kind, State, Step, is_well_formed

SUBJECT = "press.Publication"
LONGEST_BODY = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """What the office types; places for figures are filled from the snapshot."""

    title: str
    body: str
    dated_on: date
    lead: str = ""
    number: str = ""
    contact: str = ""
    snapshot_id: UUID | None = None


def start_publication(
    *, by: Actor, now: datetime, publication_id: UUID, campaign_id: UUID, kind: Kind, written: Written
) -> UUID:
    """Begin a draft under an id that the form was opened with; the same again is the same draft.

    Raises NotAllowed, NotFound for an unknown campaign or snapshot, WordsMissing, PlaceWrong, Conflict.
    """
    people.check(by, Action.PRESS_WRITE)
    fields = cleaned(campaign_id, written)
    known = Publication.objects.filter(id=publication_id).first()
    if known is None:
        try:
            ledger.until_free(lambda: _begin(by, now, publication_id, campaign_id, kind, fields))
        except IntegrityError:
            known = Publication.objects.filter(id=publication_id).first()
            if known is None:
                raise
    if known is not None and (known.kind, known.title, known.body) != (kind.value, fields["title"], fields["body"]):
        raise Conflict()
    return publication_id


def change_publication(*, by: Actor, now: datetime, publication_id: UUID, seen: int, written: Written) -> None:
    """Change a draft; `seen` is the version that was read. The same again does nothing.

    Of two officers at once one wins. Raises NotAllowed, NotFound, WordsMissing, PlaceWrong, ChangedMeanwhile.
    """
    row = load(by, publication_id)
    fields = cleaned(row.campaign_id, written)
    if TRANSITIONS.leads_to(State(row.state), Step.CHANGE) and all(
        getattr(row, name) == value for name, value in fields.items()
    ):
        return
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    step(by, now, row, Step.CHANGE, seen, fields, {"changed": changed})


def drop_publication(*, by: Actor, now: datetime, publication_id: UUID, seen: int) -> None:
    """Drop a draft; it stays with its history. The same again does nothing. Raises as `change_publication`."""
    row = load(by, publication_id)
    if row.state != State.DROPPED.value:
        step(by, now, row, Step.DROP, seen, {}, {})


def load(by: Actor, publication_id: UUID) -> Publication:
    """Give a publication to who may write it. Raises NotAllowed, NotFound."""
    people.check(by, Action.PRESS_WRITE)
    row = Publication.objects.select_related("campaign").filter(id=publication_id).first()
    if row is None:
        raise NotFound()
    return row


def step(
    by: Actor, now: datetime, row: Publication, what: Step, seen: int, fields: dict[str, Any], detail: dict[str, Any]
) -> None:
    """Take a step of the state table if the row is still what was read. Raises ChangedMeanwhile."""
    target = TRANSITIONS.leads_to(State(row.state), what)
    with transaction.atomic():
        same = Publication.objects.filter(id=row.id, state=row.state, version=seen)
        if target is None or not same.update(**fields, state=target.value, version=seen + 1, changed_at=now):
            raise ChangedMeanwhile()
        ledger.record(by=by, verb=what.value, subject=SUBJECT, subject_id=row.id, detail=detail)


def cleaned(campaign_id: UUID, written: Written) -> dict[str, Any]:
    """Give the columns of what was typed. Raises WordsMissing, PlaceWrong, NotFound for a strange snapshot."""
    title, lead = normalize(written.title)[:200], normalize(written.lead)[:500]
    body = nfc(written.body).replace("\r\n", "\n").strip()[:LONGEST_BODY]
    if not title or not body:
        raise WordsMissing()
    if not all(is_well_formed(text) for text in (title, lead, body)):
        raise PlaceWrong()
    if written.snapshot_id and not analytics.is_snapshot_of(campaign_id, written.snapshot_id):
        raise NotFound()
    return {
        "title": title,
        "lead": lead,
        "body": body,
        "number": normalize(written.number)[:60],
        "dated_on": written.dated_on,
        "contact": normalize(written.contact)[:300],
        "snapshot_id": written.snapshot_id,
    }


def _begin(
    by: Actor, now: datetime, publication_id: UUID, campaign_id: UUID, kind: Kind, fields: dict[str, Any]
) -> None:
    if not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    alike = Publication.objects.filter(campaign_id=campaign_id, kind=kind.value)
    Publication.objects.create(
        id=publication_id,
        campaign_id=campaign_id,
        kind=kind.value,
        serial=(alike.aggregate(last=Max("serial"))["last"] or 0) + 1,
        state=State.DRAFT.value,
        written_at=now,
        written_by=by.id,
        written_by_name=by.name,
        changed_at=now,
        **fields,
    )
    ledger.record(by=by, verb="start_publication", subject=SUBJECT, subject_id=publication_id)
