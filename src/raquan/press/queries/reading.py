"""What may be asked of publications: by the public what is shown now, by the office all."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Q, QuerySet, UUIDField
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import NotFound, Refused
from raquan.ledger.queries import Question, Told
from raquan.people import commands as people
from raquan.people.rules import Action, may
from raquan.press.models import Correction, Picture, Publication
from raquan.press.queries.columns import PUBLICATIONS
from raquan.press.queries.filling import fill, from_stored
from raquan.press.queries.shapes import (
    CorrectionView,
    PictureView,
    PublicationLine,
    PublicationView,
    Size,
    SnapshotRef,
)
from raquan.press.rules import (
    CONSENT_NAMES,
    KIND_NAMES,
    LICENCES,
    PUBLIC,
    STATE_NAMES,
    STATE_TONES,
    TRANSITIONS,
    Filled,
    Kind,
    PhotoConsent,
    State,
    Step,
    blocks,
    plain_text,
)

PAGE_SIZE = 20
LINE = (
    *("id", "campaign__year", "kind", "serial", "state", "title", "lead", "figures", "number", "dated_on"),
    *("written_by_name", "changed_at", "published_at", "shown_from", "shown_until", "withdraw_reason"),
)
"""What is read of a publication for its line in a list."""
PATHS: Mapping[str, str] = {Kind.RELEASE.value: "press", Kind.NEWS.value: "news"}


def shown(
    campaign_id: UUID, kind: Kind, *, now: datetime, page: int = 1, size: int = PAGE_SIZE
) -> Page[PublicationLine]:
    """List what the public sees of a kind now, the newest first; the withdrawn stand among them. Two queries."""
    cut = window(page, size)
    items = [_line(row) for row in _LISTED.rows(cut.start, cut.stop, now=now, campaign_id=campaign_id, kind=kind.value)]
    every = _shown(now).filter(campaign_id=campaign_id, kind=kind.value)
    return Page(items, page, size, total_of(items, page, size, every.count))


def last_news(campaign_id: UUID, *, now: datetime, limit: int) -> tuple[PublicationLine, ...]:
    """Give the last news that are shown and not withdrawn, the newest first; public. One query."""
    return tuple(_line(row) for row in _NEWS.rows(limit, now=now, campaign_id=campaign_id, kind=Kind.NEWS.value))


def shown_publication(year: int, kind: Kind, serial: int, *, now: datetime) -> PublicationView | None:
    """Give a publication as the public sees it now; None where there is none, or not yet, or no more."""
    row = _shown(now).filter(campaign__year=year, kind=kind.value, serial=serial).first()
    if row is None:
        return None
    return _view(row, from_stored(row.figures), is_public=True)


def picture_file(year: int, picture_id: UUID, width: int, *, now: datetime) -> str:
    """Give the SHA-256 of a photo's file while what it belongs to is shown. Raises NotFound."""
    visible = _shown(now).filter(campaign__year=year).exclude(state=State.WITHDRAWN.value)
    found = Picture.objects.filter(id=picture_id, taken_off_at__isnull=True, publication__in=visible).first()
    return _file(found, width)


def picture_of_draft(actor: Actor, picture_id: UUID, width: int) -> str:
    """Give the SHA-256 of a photo's file to the office. Raises NotAllowed, NotFound."""
    people.check(actor, Action.PRESS_WRITE)
    return _file(Picture.objects.filter(id=picture_id).first(), width)


def publications(
    actor: Actor, campaign_id: UUID, *, state: str = "", sort: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[PublicationLine]:
    """List all publications of a campaign. Raises NotAllowed."""
    found = readable(actor).filter(campaign_id=campaign_id)
    if state:
        found = found.filter(state=state)
    rows = PUBLICATIONS.ordered(found, sort)[window(page, size)]
    items = [_line(row) for row in rows.values_list(*LINE)]
    return Page(items, page, size, total_of(items, page, size, found.count))


def publication(actor: Actor, publication_id: UUID) -> PublicationView:
    """Give a publication to the office: a draft is filled anew, `problem` says why it cannot be.

    Raises NotAllowed, NotFound.
    """
    people.check(actor, Action.PRESS_WRITE)
    row = _rows().filter(id=publication_id).first()
    if row is None:
        raise NotFound()
    figures, problem = from_stored(row.figures), ""
    if row.state == State.DRAFT.value:
        try:
            figures = fill(row.campaign_id, row.campaign.year, row.snapshot_id, row.title, row.lead, row.body)
        except Refused as refused:
            problem = refused.text(gettext)
    return _view(row, figures, is_public=False, problem=problem)


def readable(actor: Actor) -> QuerySet[Publication]:
    """Give the publications that an actor may open at the desk: the office all, others none."""
    return _rows() if may(actor, Action.PRESS_WRITE) else _rows().none()


def _rows() -> QuerySet[Publication]:
    return Publication.objects.select_related("campaign", "snapshot").defer("campaign__theme", "snapshot__manifest")


def _shown(now: datetime | Told) -> QuerySet[Publication]:
    """Select what `rules.is_shown` says of, said to the database."""
    return _rows().filter(
        Q(shown_until__isnull=True) | Q(shown_until__gt=now),
        state__in=[one.value for one in PUBLIC],
        shown_from__lte=now,
    )


def _listed() -> QuerySet[Publication, Any]:
    """List what the public sees; told are `now`, `campaign_id` and `kind`."""
    here = {"campaign_id": Told("campaign_id", UUIDField()), "kind": Told("kind", CharField())}
    found = _shown(Told("now", DateTimeField())).filter(**here).order_by("-shown_from", "-serial")
    return found.values_list(*LINE)


_LISTED = Question(lambda start, stop: _listed()[start:stop])
_NEWS = Question(lambda limit: _listed().exclude(state=State.WITHDRAWN.value)[:limit])


def _file(found: Picture | None, width: int) -> str:
    sizes = found.sizes if found else []
    sha256 = next((str(one["sha256"]) for one in sizes if one["width"] == width), "")
    if not sha256:
        raise NotFound()
    return sha256


def _line(row: tuple[Any, ...]) -> PublicationLine:
    """Turn the values of LINE into a line."""
    publication_id, year, kind, serial, stored, title, lead, kept, *others = row
    number, dated_on, written_by_name, changed_at, published_at, shown_from, shown_until, withdraw_reason = others
    figures = {one.text: one for one in from_stored(kept)}
    state = State(stored)
    return PublicationLine(
        id=publication_id,
        year=year,
        kind=kind,
        kind_name=gettext(KIND_NAMES[Kind(kind)]),
        serial=serial,
        state=stored,
        state_name=gettext(STATE_NAMES[state]),
        state_tone=STATE_TONES[state],
        title=plain_text(title, figures),
        lead="" if state is State.WITHDRAWN else plain_text(lead, figures),
        number=number,
        dated_on=dated_on,
        written_by_name=written_by_name,
        changed_at=changed_at,
        published_at=published_at,
        shown_from=shown_from,
        shown_until=shown_until,
        withdraw_reason=withdraw_reason,
        href=_path(year, kind, serial),
    )


def public_path(row: Publication) -> str:
    """Give the path of a publication's public page."""
    return _path(row.campaign.year, row.kind, row.serial)


def _path(year: int, kind: str, serial: int) -> str:
    return f"/{year}/{PATHS[kind]}/{serial}/"


def _view(row: Publication, figures: tuple[Filled, ...], *, is_public: bool, problem: str = "") -> PublicationView:
    by_text = {one.text: one for one in figures}
    is_hidden = is_public and row.state == State.WITHDRAWN.value
    pictures = [] if is_hidden else [_picture(one, row.campaign.year, is_public) for one in _pictures(row)]
    return PublicationView(
        line=_line(attrgetter(*(name.replace("__", ".") for name in LINE))(row)),
        version=row.version,
        campaign_id=row.campaign_id,
        typed_title=row.title,
        typed_lead=row.lead,
        typed_body=row.body,
        contact=row.contact,
        published_by_name=row.published_by_name,
        snapshot=_snapshot(row),
        blocks=() if is_hidden else blocks(row.body, by_text),
        figures=() if is_hidden else figures,
        corrections=tuple(_corrections(row, is_hidden)),
        pictures=tuple(one for one in pictures if one.taken_off_at is None),
        taken_off=tuple(one for one in pictures if one.taken_off_at is not None),
        steps=tuple(step.value for step in Step if TRANSITIONS.leads_to(State(row.state), step)),
        problem=problem,
    )


def _snapshot(row: Publication) -> SnapshotRef | None:
    if (frozen := row.snapshot) is None:
        return None
    return SnapshotRef(frozen.id, frozen.number, frozen.frozen_at, frozen.manifest_sha256, frozen.is_synthetic)


def _pictures(row: Publication) -> Iterable[Picture]:
    return Picture.objects.filter(publication=row).order_by("added_at", "id")


def _corrections(row: Publication, is_hidden: bool) -> Iterable[CorrectionView]:
    for one in Correction.objects.filter(publication=row).order_by("-number"):
        before: dict[str, Any] = one.before
        figures = {filled.text: filled for filled in from_stored(before["figures"])}
        yield CorrectionView(
            number=one.number,
            what=one.what,
            why=one.why,
            at=one.at,
            before_title="" if is_hidden else plain_text(before["title"], figures),
            before_lead="" if is_hidden else plain_text(before["lead"], figures),
            before_blocks=() if is_hidden else blocks(before["body"], figures),
        )


def _picture(one: Picture, year: int, is_public: bool) -> PictureView:
    start = f"/{year}/press/photos" if is_public else "/desk/press/photos"
    return PictureView(
        id=one.id,
        sizes=tuple(
            Size(size["width"], size["height"], size["size"], f"{start}/{one.id}-{size['width']}.jpg")
            for size in one.sizes
        ),
        alternative=one.alternative,
        caption=one.caption,
        credit=one.credit,
        licence_name=gettext(LICENCES[one.licence]),
        consent_name=gettext(CONSENT_NAMES[PhotoConsent(one.consent)]),
        consent_note=one.consent_note,
        is_illustration=one.is_illustration,
        taken_off_at=one.taken_off_at,
        taken_off_reason=one.taken_off_reason,
    )
