"""Messages are planned on channels, changed, told to have gone out with a proof, or dropped."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.calling import is_plain_address
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, nfc, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.outreach import queries
from raquan.outreach.commands.drafting import DraftedOtherwise, TitleMissing
from raquan.outreach.commands.slogans import Changed, ReasonMissing
from raquan.outreach.models import Artwork, Post
from raquan.outreach.rules import POST_TRANSITIONS, ArtworkState, Channel, PostPlan, PostState, PostStep
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action

SUBJECT = "outreach.Post"
LONGEST_TEXT = 5000
LONGEST_LINK = 500


class TextMissing(Refused):
    """A message says something."""

    code = "outreach.text_missing"
    message = N_("Hãy ghi chữ sẽ đưa ra.")


class LinkUnreadable(Refused):
    """An address begins with https://."""

    code = "outreach.link"
    message = N_("Hãy ghi địa chỉ trang bắt đầu bằng https://, không kèm tên hay mật khẩu.")


class ArtworkNotApproved(Refused):
    """Only what is approved goes out."""

    code = "outreach.artwork_not_approved"
    message = N_("Chỉ đưa ra ấn phẩm đã duyệt.")


class ProofMissing(Refused):
    """What is told to be done says where that can be seen."""

    code = "outreach.proof_missing"
    message = N_("Hãy chép đường dẫn của bài đã đăng; kênh không có đường dẫn thì ghi nơi và giờ đã đưa.")


class PostOver(Conflict):
    """It went out, or was dropped."""

    code = "outreach.post_over"
    message = N_("Tin này đã đưa hoặc đã bỏ nên không sửa được.")


def plan_post(
    *,
    by: Actor,
    now: datetime,
    request_id: UUID,
    campaign_id: UUID,
    organization_id: UUID,
    plan: PostPlan,
    artwork_id: UUID | None = None,
) -> UUID:
    """Plan a message on a channel and give its id; the same request again is the same message. The portal is the
    office's: what stands there speaks for the province.

    Raises NotFound, NotAllowed, TitleMissing, TextMissing, LinkUnreadable, ArtworkNotApproved, DraftedOtherwise.
    """
    people.check_unit(by, Action.OUTREACH_WRITE, organization_id)
    known = any(one.id == campaign_id for one in campaigns.campaigns())
    if not known or people_queries.organization(organization_id) is None:
        raise NotFound()
    values = _columns(by, plan, artwork_id, now)
    row = Post(request_id=request_id, campaign_id=campaign_id, organization_id=organization_id, **values)
    row.state, row.changed_at = PostState.PLANNED.value, now
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _record(by, "plan_post", row.id, title=row.title, channel=row.channel)
    except IntegrityError:
        before = Post.objects.filter(request_id=request_id, organization_id=organization_id).first()
        if before is None or _differs(before, values):
            raise DraftedOtherwise() from None
        return before.id
    return row.id


def change_post(
    *, by: Actor, now: datetime, post_id: UUID, plan: PostPlan, seen: int, artwork_id: UUID | None = None
) -> None:
    """Change a planned message over the edition that was seen. The same again does nothing.

    Raises NotFound, NotAllowed, PostOver, Changed, and what plan_post raises of the plan.
    """
    found = _load(by, post_id)
    values = _columns(by, plan, artwork_id, now)
    if found.state != PostState.PLANNED.value:
        raise PostOver()
    if not _differs(found, values):
        return
    with transaction.atomic():
        same = Post.objects.filter(id=post_id, edition=seen, state=PostState.PLANNED.value)
        if not same.update(**values, edition=seen + 1, changed_at=now):
            raise Changed()
        _record(by, "change_post", post_id, title=values["title"], channel=values["channel"])


def finish_post(*, by: Actor, now: datetime, post_id: UUID, seen: int, proof: str = "", note: str = "") -> None:
    """Tell that a message went out, with the address where it stands, or where and when in words.

    Raises NotFound, NotAllowed, ProofMissing, LinkUnreadable, Changed.
    """
    found = _load(by, post_id)
    link, said = proof.strip()[:LONGEST_LINK], normalize(note)[:500]
    if not link and not said:
        raise ProofMissing()
    if link and not is_plain_address(link, longest=LONGEST_LINK):
        raise LinkUnreadable()
    told = {"proof": link, "note": said}
    if found.state == PostState.DONE.value and not _differs(found, told):
        return
    done = told | {"done_at": now, "done_by_name": by.name}
    _take(found, PostStep.FINISH, by=by, now=now, seen=seen, values=done, detail=told)


def cancel_post(*, by: Actor, now: datetime, post_id: UUID, seen: int, note: str) -> None:
    """Drop a planned message. Raises NotFound, NotAllowed, ReasonMissing, Changed."""
    found = _load(by, post_id)
    said = normalize(note)[:500]
    if not said:
        raise ReasonMissing()
    if found.state == PostState.CANCELLED.value and found.note == said:
        return
    _take(found, PostStep.CANCEL, by=by, now=now, seen=seen, values={"note": said}, detail={"reason": said})


def finish_portal_posts(*, now: datetime, most: int = 100) -> int:
    """Tell of messages planned for the portal that they went out: at their time, its pages show them. Count them."""
    due = Post.objects.filter(channel=Channel.PORTAL.value, state=PostState.PLANNED.value, planned_at__lte=now)
    done = 0
    for found in due.select_related("campaign").order_by("planned_at", "id")[:most]:
        proof = f"{settings.RAQUAN_PUBLIC_URL}/{found.campaign.year}/messages/#m-{found.id}"
        told = {"proof": proof, "done_at": found.planned_at, "done_by_name": SYSTEM.name}
        try:
            _take(found, PostStep.FINISH, by=SYSTEM, now=now, seen=found.edition, values=told, detail={"proof": proof})
        except Changed:  # somebody has changed or dropped it in this moment: it is looked at again
            continue
        done += 1
    return done


def _take(
    found: Post, step: PostStep, *, by: Actor, now: datetime, seen: int, values: dict[str, Any], detail: dict[str, Any]
) -> None:
    target = POST_TRANSITIONS.leads_to(PostState(found.state), step)
    with transaction.atomic():
        same = Post.objects.filter(id=found.id, state=found.state, edition=seen)
        if target is None or not same.update(state=target.value, edition=seen + 1, changed_at=now, **values):
            raise Changed()
        _record(by, step.value, found.id, **detail)


def _load(by: Actor, post_id: UUID) -> Post:
    found = Post.objects.filter(id=post_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.OUTREACH_WRITE, found.organization_id)
    if found.channel == Channel.PORTAL.value:
        people.check_whole(by, Action.OUTREACH_DECIDE, on=local_date(found.planned_at))
    return found


def _differs(row: Post, values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _columns(by: Actor, plan: PostPlan, artwork_id: UUID | None, now: datetime) -> dict[str, Any]:
    title, text, link = normalize(plan.title)[:200], nfc(plan.text).strip()[:LONGEST_TEXT], plan.link.strip()
    if plan.channel is Channel.PORTAL:
        people.check_whole(by, Action.OUTREACH_DECIDE, on=local_date(now))
    if not title:
        raise TitleMissing()
    if not text:
        raise TextMissing()
    if link and not is_plain_address(link, longest=LONGEST_LINK):
        raise LinkUnreadable()
    if artwork_id is not None:
        _check_artwork(by, artwork_id)
    return {
        "channel": plan.channel.value,
        "planned_at": plan.planned_at,
        "title": title,
        "sort_key": sort_key(title)[:400],
        "search_key": fold(title)[:400],
        "text": text,
        "link": link,
        "who": normalize(plan.who)[:200],
        "artwork_id": artwork_id,
    }


def _check_artwork(by: Actor, artwork_id: UUID) -> None:
    seen: Artwork | None = queries.artworks_seen(by).filter(id=artwork_id).first()
    if seen is None:
        raise NotFound()
    if seen.state != ArtworkState.APPROVED.value:
        raise ArtworkNotApproved()


def _record(by: Actor, verb: str, post_id: UUID, **detail: Any) -> None:
    ledger.record(by=by, verb=verb, subject=SUBJECT, subject_id=post_id, detail=detail)
