"""A unit or the office makes an artwork, and changes it while it is a draft or was returned."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.outreach import queries
from raquan.outreach.commands.slogans import Changed
from raquan.outreach.models import Artwork, Slogan
from raquan.outreach.rules import EDITABLE, ArtworkState, Draft, make_artwork_code
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action

SUBJECT = "outreach.Artwork"


class TitleMissing(Refused):
    """A thing has a name by which it is found again."""

    code = "outreach.title_missing"
    message = N_("Hãy ghi tên để tìm lại.")


class DaysReversed(Refused):
    """The last day comes before the first."""

    code = "outreach.days_reversed"
    message = N_("Ngày cuối phải từ ngày đầu trở đi.")


class SloganUnusable(Refused):
    """The slogan is of another campaign, or out of use."""

    code = "outreach.slogan_unusable"
    message = N_("Khẩu hiệu này không còn dùng. Hãy chọn khẩu hiệu khác.")


class LanguageMissing(Refused):
    """Nobody has written the slogan in that language."""

    code = "outreach.language_missing"
    message = N_("Khẩu hiệu này chưa có bằng thứ tiếng đã chọn.")


class NotEditable(Conflict):
    """It is being looked at, or is approved, or over."""

    code = "outreach.not_editable"
    message = N_("Ấn phẩm đã gửi duyệt hoặc đã duyệt nên không sửa được. Hãy nhờ cơ quan thường trực trả lại.")


class DraftedOtherwise(Conflict):
    """The same request came before with other content."""

    code = "outreach.drafted_otherwise"
    message = N_("Việc này đã lưu với nội dung khác. Hãy mở danh sách để xem.")


def draft_artwork(
    *,
    by: Actor,
    now: datetime,
    request_id: UUID,
    campaign_id: UUID,
    organization_id: UUID,
    slogan_id: UUID,
    draft: Draft,
) -> UUID:
    """Make an artwork as a draft and give its id; the same request again is the same artwork.

    Raises NotFound, NotAllowed, TitleMissing, DaysReversed, SloganUnusable, LanguageMissing, DraftedOtherwise.
    """
    people.check_unit(by, Action.OUTREACH_WRITE, organization_id)
    known = any(one.id == campaign_id for one in campaigns.campaigns())
    if not known or people_queries.organization(organization_id) is None:
        raise NotFound()
    values = _columns(by, campaign_id, slogan_id, draft)
    row = Artwork(request_id=request_id, campaign_id=campaign_id, organization_id=organization_id, **values)
    row.state, row.changed_at, row.code = ArtworkState.DRAFTED.value, now, make_artwork_code(secrets.choice)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            ledger.record(by=by, verb="draft_artwork", subject=SUBJECT, subject_id=row.id, detail={"title": row.title})
    except IntegrityError:
        before = Artwork.objects.filter(request_id=request_id, organization_id=organization_id).first()
        if before is None or _differs(before, values):
            raise DraftedOtherwise() from None
        return before.id
    return row.id


def change_artwork(*, by: Actor, now: datetime, artwork_id: UUID, slogan_id: UUID, draft: Draft, seen: int) -> None:
    """Change a draft or returned artwork over the edition that was seen. The same again does nothing.

    Raises NotFound, NotAllowed, NotEditable, Changed, and what draft_artwork raises of the draft.
    """
    found = Artwork.objects.filter(id=artwork_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.OUTREACH_WRITE, found.organization_id)
    values = _columns(by, found.campaign_id, slogan_id, draft)
    if ArtworkState(found.state) not in EDITABLE:
        raise NotEditable()
    if not _differs(found, values):
        return
    with transaction.atomic():
        same = Artwork.objects.filter(id=artwork_id, edition=seen, state__in=[one.value for one in EDITABLE])
        if not same.update(**values, edition=seen + 1, changed_at=now):
            raise Changed()
        detail = {"title": values["title"]}
        ledger.record(by=by, verb="change_artwork", subject=SUBJECT, subject_id=artwork_id, detail=detail)


def _differs(row: Artwork, values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _columns(by: Actor, campaign_id: UUID, slogan_id: UUID, draft: Draft) -> dict[str, Any]:
    """Give the columns of a draft, or refuse what cannot be."""
    title, made_from = normalize(draft.title)[:200], queries.design(draft.design)
    if not title:
        raise TitleMissing()
    if draft.ends_on < draft.starts_on:
        raise DaysReversed()
    if draft.is_for_units:
        people.check_whole(by, Action.OUTREACH_DECIDE, on=draft.starts_on)
    slogan = Slogan.objects.filter(id=slogan_id, campaign_id=campaign_id, withdrawn_at__isnull=True).first()
    if slogan is None:
        raise SloganUnusable()
    if not {draft.language, draft.second} - {""} <= set(slogan.texts):
        raise LanguageMissing()
    texts = {name: normalize(getattr(draft, name)) for name in ("line", "place", "file_number")}
    return (
        asdict(draft)
        | {name: text[:300] for name, text in texts.items()}
        | {
            "title": title,
            "sort_key": sort_key(title)[:400],
            "search_key": fold(title)[:400],
            "file_number": texts["file_number"][:60],
            "kind": made_from.kind.value,
            "slogan_id": slogan_id,
        }
    )
