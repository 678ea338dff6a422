"""Looks at web pages for what they are asked to show, on schedule, and keeps what was seen."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import transaction

from raquan.displays import gateways
from raquan.displays.commands.proving import prove
from raquan.displays.commands.running import Changed
from raquan.displays.commands.sites import load_site
from raquan.displays.models import Display, DisplaySite, PageCheck
from raquan.displays.rules import (
    CHECK_AGAIN,
    CHECK_SOONER,
    OPEN,
    Match,
    Outcome,
    ProofKind,
    Way,
    short_codes,
)
from raquan.files import queries as files
from raquan.files.commands import store_file
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.calling import CallFailed
from raquan.kernel.clock import local_date
from raquan.kernel.refused import NotFound
from raquan.ledger import commands as ledger
from raquan.outreach import commands as outreach_commands
from raquan.outreach import queries as outreach
from raquan.outreach.queries import ArtworkView
from raquan.outreach.rules import Format

CHECK_TOPIC = "displays.check"
SUBJECT = "displays.PageCheck"
MOST_AT_ONCE = 50


@dataclass
class _Look:
    """What a look at a page came to."""

    outcome: Outcome
    said: str = ""
    page_sha256: str = ""
    etag: str = ""
    last_modified: str = ""
    pictures: int = 0
    matches: dict[UUID, Match] = field(default_factory=dict)
    url: str = ""


def claim_checks(*, now: datetime) -> int:
    """Ask for a look at each page that is due, each once; count them."""
    due = DisplaySite.objects.filter(next_check_at__lte=now, ended_on__isnull=True).exclude(page_url="")
    wanted = due.filter(displays__state__in=[one.value for one in OPEN]).distinct().order_by("next_check_at", "id")
    claimed = 0
    for site in wanted[:MOST_AT_ONCE]:
        with transaction.atomic():
            same = DisplaySite.objects.filter(id=site.id, next_check_at=site.next_check_at)
            if same.update(next_check_at=now + CHECK_AGAIN):
                ledger.publish(topic=CHECK_TOPIC, payload={"site": str(site.id)}, key=f"{CHECK_TOPIC}.{site.id}")
                claimed += 1
    return claimed


def look_again(*, by: Actor, now: datetime, site_id: UUID) -> None:
    """Ask for a look at a place's page now. Raises NotFound, NotAllowed."""
    found = load_site(by, site_id)
    with transaction.atomic():
        DisplaySite.objects.filter(id=found.id).update(next_check_at=now + CHECK_AGAIN, etag="", last_modified="")
        ledger.publish(topic=CHECK_TOPIC, payload={"site": str(found.id)}, key=f"{CHECK_TOPIC}.{found.id}")
        ledger.record(by=by, verb="look_again", subject="displays.DisplaySite", subject_id=found.id)


def check_page(*, now: datetime, site_id: UUID) -> Outcome | None:
    """Look at a place's page for what is asked of it today, and keep what was seen; None where nothing is asked.

    What is found proves its display; a likeness too small to be sure of waits for a person.
    """
    site = DisplaySite.objects.filter(id=site_id, ended_on__isnull=True).exclude(page_url="").first()
    today = local_date(now)
    open_ones = Display.objects.filter(site_id=site_id, state__in=[one.value for one in OPEN])
    wanted = list(open_ones.filter(starts_on__lte=today, ends_on__gte=today).select_related("site"))
    if site is None or not wanted:
        return None
    look = _look(site, wanted, now)
    with transaction.atomic():
        _keep(site, wanted, look, now)
    return look.outcome


def prove_by_page(*, now: datetime, display_id: UUID, match: Match, url: str, page: str) -> None:
    """Keep as proof that a display was seen on a page; `page` is the page's SHA-256, "unchanged", or empty.

    Nothing is kept where the display was declined, taken down or proven otherwise at this moment.
    """
    small = store_file(by=SYSTEM, data=match.small, media_type="image/jpeg").sha256 if match.small else ""
    how = {"way": match.way.value, "url": url, "picture": match.picture_url, "page": page}
    numbers = {"distance": match.distance, "difference": match.difference}
    found = Display.objects.select_related("site").get(id=display_id)  # read anew: the look took its time
    with suppress(Changed):
        prove(
            found,
            ProofKind.PAGE,
            by=SYSTEM,
            now=now,
            seen_at=now,
            place=url,
            picture_sha256=small,
            detail=how | numbers,
        )


def _look(site: DisplaySite, wanted: list[Display], now: datetime) -> _Look:
    try:
        seen = gateways.look_at(site.page_url, etag=site.etag, last_modified=site.last_modified)
    except gateways.PageRefused:
        return _Look(Outcome.NOT_ALLOWED)
    except CallFailed as error:
        return _Look(Outcome.UNREACHED, str(error)[:300])
    if seen.is_unchanged:
        return _Look(Outcome.UNCHANGED, etag=seen.etag, last_modified=seen.last_modified)
    sha256 = hashlib.sha256(seen.page).hexdigest()
    look = _Look(Outcome.MISSING, "", sha256, seen.etag, seen.last_modified, url=seen.url)
    shown = outreach.artworks_by_id([one.artwork_id for one in wanted], now=now)
    for one in wanted:
        artwork = shown[one.artwork_id]
        codes = short_codes(artwork.wording.link, settings.RAQUAN_PUBLIC_URL)
        if codes and codes & short_codes(seen.text, settings.RAQUAN_PUBLIC_URL):
            look.matches[one.id] = Match(Way.LINK)
    known = {one.id: _all_known(shown[one.artwork_id], site.organization.name) for one in wanted}
    look.pictures = _find(seen.pictures, {id_: ones for id_, ones in known.items() if ones}, look.matches)
    sure = [one for one in look.matches.values() if one.way is not Way.LIKENESS]
    look.outcome = Outcome.FOUND if sure else Outcome.DOUBTFUL if look.matches else Outcome.MISSING
    return look


def _find(
    pictures: Iterable[tuple[str, bytes]], known: dict[UUID, list[gateways.Known]], found: dict[UUID, Match]
) -> int:
    """Compare a page's pictures with those that are wanted, until each was found; count the pictures."""
    count = 0
    for url, data in pictures:
        count += 1
        for id_, one in ((id_, one) for id_, ones in known.items() for one in ones):
            match = gateways.compare(data, one, url)
            before = found.get(id_)
            if match and (before is None or (before.way in (Way.LIKENESS, Way.LINK) and match.way is not Way.LIKENESS)):
                found[id_] = match
        if all(id_ in found and found[id_].way is not Way.LIKENESS for id_ in known):
            break
    return count


def _all_known(artwork: ArtworkView, unit_name: str) -> list[gateways.Known]:
    """Give the pictures by which an artwork is known on a unit's page: as it was approved, and with the unit's name."""
    found = [_known(artwork.picture_sha256)]
    if artwork.is_for_units and Format.PNG in artwork.design.formats:
        found.append(_known_of_unit(artwork, unit_name))
    return [one for one in found if one]


def _known_of_unit(artwork: ArtworkView, unit_name: str) -> gateways.Known | None:
    """Draw a unit's picture anew, as the unit fetched it; that takes less than the pause between two pages."""
    try:
        return gateways.know(outreach_commands.draw_artwork(artwork, Format.PNG, unit_name=unit_name).data)
    except NotFound:  # its emblem is gone
        return None


@lru_cache(maxsize=32)
def _known(sha256: str) -> gateways.Known | None:
    try:
        return gateways.know(files.read_file(sha256)) if sha256 else None
    except NotFound:
        return None


def _keep(site: DisplaySite, wanted: list[Display], look: _Look, now: datetime) -> None:
    small = next((one.small for one in look.matches.values() if one.way is Way.LIKENESS and one.small), b"")
    row = PageCheck.objects.create(
        site=site,
        at=now,
        outcome=look.outcome.value,
        page_sha256=look.page_sha256,
        pictures=look.pictures,
        said=look.said,
        picture_sha256=store_file(by=SYSTEM, data=small, media_type="image/jpeg").sha256 if small else "",
    )
    detail = {"outcome": look.outcome.value, "site": str(site.id)}
    ledger.record(by=SYSTEM, verb="check_page", subject=SUBJECT, subject_id=row.id, detail=detail)
    again = now + (CHECK_SOONER if look.outcome is Outcome.UNREACHED else CHECK_AGAIN)
    # Only a page that showed everything may answer "unchanged": otherwise the next look would see nothing.
    is_whole = look.outcome is Outcome.UNCHANGED or all(one.id in look.matches for one in wanted)
    tags = {"etag": look.etag, "last_modified": look.last_modified} if is_whole else {"etag": "", "last_modified": ""}
    DisplaySite.objects.filter(id=site.id, page_url=site.page_url).update(next_check_at=again, **tags)
    for one in wanted:
        if look.outcome is Outcome.UNCHANGED and one.proof_kind == ProofKind.PAGE.value:
            prove_by_page(now=now, display_id=one.id, match=Match(Way.SAME_FILE), url=site.page_url, page="unchanged")
        elif (match := look.matches.get(one.id)) and match.way is not Way.LIKENESS:
            prove_by_page(now=now, display_id=one.id, match=match, url=look.url, page=look.page_sha256)
