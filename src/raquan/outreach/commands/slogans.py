"""Slogans are written in languages, changed, and taken out of use."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.outreach.models import Slogan
from raquan.outreach.rules import LANGUAGES
from raquan.people import commands as people
from raquan.people.rules import Action

SUBJECT = "outreach.Slogan"
LONGEST = 300


class Changed(Conflict):
    """Somebody else has changed it or taken a step since the page was opened."""

    code = "outreach.changed"
    message = N_("Có người vừa sửa hoặc xử lý việc này. Hãy xem lại rồi làm tiếp; chữ đã gõ vẫn còn ở ô dưới.")


class ReasonMissing(Refused):
    """A step that others have to understand says why."""

    code = "outreach.reason_missing"
    message = N_("Hãy ghi lý do.")


class SloganMissing(Refused):
    """A slogan says something in Vietnamese."""

    code = "outreach.slogan_missing"
    message = N_("Hãy ghi khẩu hiệu bằng tiếng Việt.")


class SloganKnown(Conflict):
    """The campaign has this slogan."""

    code = "outreach.slogan_known"
    message = N_("Chiến dịch đã có khẩu hiệu này.")


def add_slogan(*, by: Actor, now: datetime, request_id: UUID, campaign_id: UUID, texts: Mapping[str, str]) -> UUID:
    """Add a slogan to a campaign and give its id; `texts` by language, Vietnamese always. The same again is one.

    Raises NotAllowed, NotFound, SloganMissing, SloganKnown.
    """
    people.check_whole(by, Action.OUTREACH_DECIDE, on=local_date(now))
    if not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    said = _said(texts)
    row = Slogan(request_id=request_id, campaign_id=campaign_id, texts=said, changed_at=now, **_keys(said))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            ledger.record(by=by, verb="add_slogan", subject=SUBJECT, subject_id=row.id, detail={"text": said["vi"]})
    except IntegrityError:
        before = Slogan.objects.filter(request_id=request_id, texts=said).first()
        if before is None:
            raise SloganKnown() from None
        return before.id
    return row.id


def change_slogan(*, by: Actor, now: datetime, slogan_id: UUID, texts: Mapping[str, str], seen: int) -> None:
    """Change what a slogan says; what is approved keeps what it said. The same again does nothing.

    Raises NotAllowed, NotFound, SloganMissing, SloganKnown, Changed.
    """
    found = _load(by, now, slogan_id)
    said = _said(texts)
    if found.texts == said:
        return
    detail = {"text": said["vi"], "before": found.texts["vi"]}
    try:
        with transaction.atomic():
            same = Slogan.objects.filter(id=slogan_id, edition=seen, withdrawn_at__isnull=True)
            if not same.update(texts=said, edition=seen + 1, changed_at=now, **_keys(said)):
                raise Changed()
            ledger.record(by=by, verb="change_slogan", subject=SUBJECT, subject_id=slogan_id, detail=detail)
    except IntegrityError:
        raise SloganKnown() from None


def withdraw_slogan(*, by: Actor, now: datetime, slogan_id: UUID, seen: int, reason: str) -> None:
    """Take a slogan out of use: nothing new is made from it. Raises NotAllowed, NotFound, ReasonMissing, Changed."""
    found = _load(by, now, slogan_id)
    why = normalize(reason)[:500]
    if not why:
        raise ReasonMissing()
    if found.withdrawn_at is not None and found.withdraw_reason == why:
        return
    with transaction.atomic():
        same = Slogan.objects.filter(id=slogan_id, edition=seen, withdrawn_at__isnull=True)
        if not same.update(withdrawn_at=now, withdraw_reason=why, edition=seen + 1, changed_at=now):
            raise Changed()
        ledger.record(by=by, verb="withdraw_slogan", subject=SUBJECT, subject_id=slogan_id, detail={"reason": why})


def _load(by: Actor, now: datetime, slogan_id: UUID) -> Slogan:
    people.check_whole(by, Action.OUTREACH_DECIDE, on=local_date(now))
    found = Slogan.objects.filter(id=slogan_id).first()
    if found is None:
        raise NotFound()
    return found


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    """Give the texts as they are stored: NFC, without what is empty or in no language of ours."""
    said = {code: normalize(texts.get(code, ""))[:LONGEST] for code in LANGUAGES}
    if not said["vi"]:
        raise SloganMissing()
    return {code: text for code, text in said.items() if text}


def _keys(said: Mapping[str, str]) -> dict[str, object]:
    return {
        "sort_key": sort_key(said["vi"])[:600],
        "search_key": fold(" ".join(said.values()))[:600],
        "languages": len(said),
    }
