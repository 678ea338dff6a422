"""An artwork's life: handed in, returned, approved with its picture and what the law warned of, withdrawn, expired."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.files import commands as files
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.kernel.text import nfc
from raquan.ledger import commands as ledger
from raquan.links.commands import make_link
from raquan.links.rules import About
from raquan.links.rules import Channel as LinkChannel
from raquan.notices import commands as notices
from raquan.notices.rules import OnDuty
from raquan.outreach import gateways, queries
from raquan.outreach.commands.drafting import SUBJECT
from raquan.outreach.commands.slogans import Changed, ReasonMissing
from raquan.outreach.models import Artwork
from raquan.outreach.rules import (
    ARTWORK_TRANSITIONS,
    NEED_REASON,
    ArtworkState,
    ArtworkStep,
    DesignKind,
    Format,
    stamp_of,
)
from raquan.people import commands as people
from raquan.people.rules import Action, Role

PNG = "image/png"
_LINK_CHANNELS: Mapping[DesignKind, LinkChannel] = {
    DesignKind.BANNER: LinkChannel.STREET,
    DesignKind.STANDEE: LinkChannel.STREET,
    DesignKind.POSTER: LinkChannel.POSTER,
    DesignKind.LED: LinkChannel.LED,
    DesignKind.EMAIL: LinkChannel.EMAIL,
    DesignKind.LOUDSPEAKER: LinkChannel.LOUDSPEAKER,
}


class TooLate(Refused):
    """The last day on which it may hang is over."""

    code = "outreach.too_late"
    message = N_("Ấn phẩm chỉ dùng đến ngày {ends_on}. Hãy sửa ngày trước.")


class ExpiryBefore(Refused):
    """An approval holds until a day that is still to come."""

    code = "outreach.expiry_before"
    message = N_("Duyệt phải có hiệu lực đến hôm nay hoặc sau hôm nay.")


def submit_artwork(*, by: Actor, now: datetime, artwork_id: UUID, seen: int) -> None:
    """Hand an artwork in to be looked at. Raises NotFound, NotAllowed, TooLate, Changed."""
    found = _load(by, artwork_id, Action.OUTREACH_WRITE)
    _not_over(found, now)
    with transaction.atomic():
        if _take(found, ArtworkStep.SUBMIT, by=by, now=now, seen=seen):
            notices.tell(
                by=SYSTEM,
                now=now,
                kind=f"outreach.artwork.{found.edition}",
                key=str(found.id),
                to=OnDuty(None, Role.STEERING_OFFICER),
                text=N_("Ấn phẩm “{title}” chờ duyệt."),
                params={"title": found.title},
                href=f"/desk/outreach/artworks/{found.id}/",
            )


def return_artwork(*, by: Actor, now: datetime, artwork_id: UUID, seen: int, reason: str) -> None:
    """Give an artwork back with what is to be changed. Raises NotFound, NotAllowed, ReasonMissing, Changed."""
    found = _load(by, artwork_id, Action.OUTREACH_DECIDE)
    with transaction.atomic():
        if _take(found, ArtworkStep.RETURN, by=by, now=now, seen=seen, reason=reason):
            _answer(found, now, N_("Ấn phẩm “{title}” được trả lại để sửa."))


def approve_artwork(
    *, by: Actor, now: datetime, artwork_id: UUID, seen: int, reason: str = "", expires_on: date | None = None
) -> None:
    """Approve an artwork until a day (None: its last); what it says and its picture are kept as they are now.

    What the law's table did not find kept stands beside the approval: it warns, a person decides.
    Raises NotFound, NotAllowed, TooLate, ExpiryBefore, Changed.
    """
    found = _load(by, artwork_id, Action.OUTREACH_DECIDE)
    _not_over(found, now)
    until = expires_on or found.ends_on
    if until < local_date(now):
        raise ExpiryBefore()
    campaign = next(one for one in campaigns.campaigns() if one.id == found.campaign_id)
    found.link = found.link or _own_link(found, now)
    said = queries.wording_now(found, queries.kit(campaign))
    kept = {
        "wording": said.as_data(),
        "picture_sha256": _picture(by, found, said),
        "approved_over": [one.rule.key for one in queries.findings(found, said) if not one.is_kept],
        "approved_at": now,
        "approved_by_name": by.name,
        "expires_on": until,
        "link": said.link,
    }
    with transaction.atomic():
        if _take(found, ArtworkStep.APPROVE, by=by, now=now, seen=seen, reason=reason, kept=kept):
            _answer(found, now, N_("Ấn phẩm “{title}” đã được duyệt."))


def withdraw_artwork(*, by: Actor, now: datetime, artwork_id: UUID, seen: int, reason: str) -> None:
    """Take an artwork back for good; its unit may, and the office.

    Raises NotFound, NotAllowed, ReasonMissing, Changed.
    """
    found = _load(by, artwork_id, Action.OUTREACH_WRITE)
    with transaction.atomic():
        if _take(found, ArtworkStep.WITHDRAW, by=by, now=now, seen=seen, reason=reason):
            _answer(found, now, N_("Ấn phẩm “{title}” đã bị thu hồi; hãy tháo nơi đang treo."))


def expire_artworks(*, now: datetime, most: int = 200) -> int:
    """Let approvals end whose last day is over; count them. Each is its own transaction."""
    over = Artwork.objects.filter(state=ArtworkState.APPROVED.value, expires_on__lt=local_date(now))
    done = 0
    for found in over.order_by("expires_on", "id")[:most]:
        with transaction.atomic():
            same = Artwork.objects.filter(id=found.id, state=ArtworkState.APPROVED.value, edition=found.edition)
            if same.update(state=ArtworkState.EXPIRED.value, edition=found.edition + 1, changed_at=now):
                ledger.record(by=SYSTEM, verb="expire_artwork", subject=SUBJECT, subject_id=found.id)
                found.edition += 1
                _answer(found, now, N_("Ấn phẩm “{title}” đã hết hạn; hãy tháo nơi đang treo."))
                done += 1
    return done


def _own_link(found: Artwork, now: datetime) -> str:
    """Give an artwork the short link by which its visits are counted apart; asked again, it is the same one.

    It never ends: what still hangs after its last day leads to the page all the same.
    """
    return make_link(
        by=SYSTEM,
        now=now,
        target=f"/{found.campaign.year}/outings/",
        label=found.code,
        channel=_LINK_CHANNELS.get(DesignKind(found.kind), LinkChannel.OTHER),
        unit=found.organization_id,
        about=About("artwork", str(found.id)),
        request_id=uuid5(found.id, "link"),
    ).address


def _picture(by: Actor, found: Artwork, said: Any) -> str:
    """Draw and keep the picture of an artwork; empty for one that is text."""
    made_from = queries.design(found.design)
    if not made_from.is_drawn:
        return ""
    drawn = gateways.make(made_from, said, Format.PNG, stamp=stamp_of(found.campaign.is_synthetic))
    return files.store_file(by=by, data=drawn.data, media_type=PNG).sha256


def _load(by: Actor, artwork_id: UUID, action: Action) -> Artwork:
    found = Artwork.objects.select_related("slogan", "campaign", "organization").filter(id=artwork_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, action, found.organization_id)
    return found


def _not_over(found: Artwork, now: datetime) -> None:
    if found.ends_on < local_date(now):
        raise TooLate(ends_on=f"{found.ends_on:%d/%m/%Y}")


def _take(
    found: Artwork,
    step: ArtworkStep,
    *,
    by: Actor,
    now: datetime,
    seen: int,
    reason: str = "",
    kept: Mapping[str, Any] | None = None,
) -> bool:
    """Take a step from the edition that was seen; False when this very step was taken from it before.

    Of two at once one wins, on both databases: the update names the edition. For use in a transaction.
    """
    said = nfc(reason).strip()[:500]
    if step in NEED_REASON and not said:
        raise ReasonMissing()
    target = ARTWORK_TRANSITIONS.leads_to(ArtworkState(found.state), step)
    if found.edition == seen + 1 and (found.state, found.reason) == (ARTWORK_TRANSITIONS.result_of(step).value, said):
        return False
    same = Artwork.objects.filter(id=found.id, state=found.state, edition=seen)
    values = {"reason": said, "changed_at": now} | dict(kept or {})
    if target is None or not same.update(state=target.value, edition=seen + 1, **values):
        raise Changed()
    detail = {"reason": said} | ({"rules": kept["approved_over"]} if kept else {})
    ledger.record(by=by, verb=step.value, subject=SUBJECT, subject_id=found.id, detail=detail)
    notices.settle(by=by, now=now, key=str(found.id))
    found.state, found.edition = target.value, seen + 1
    return True


def _answer(found: Artwork, now: datetime, text: str) -> None:
    notices.tell(
        by=SYSTEM,
        now=now,
        kind=f"outreach.answer.{found.edition}",
        key=str(found.id),
        to=OnDuty(found.organization_id, Role.UNIT_OFFICER),
        text=text,
        params={"title": found.title},
        href=f"/desk/outreach/artworks/{found.id}/",
    )
