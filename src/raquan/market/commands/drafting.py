"""An enterprise writes an offer, and changes it while it is a draft or was returned."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.campaign import queries as campaigns
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, nfc, normalize, sort_key
from raquan.ledger import commands as ledger
from raquan.market.commands.deciding import SUBJECT, Changed
from raquan.market.models import Offer
from raquan.market.rules import EDITABLE, Draft, OfferState, Redeem, make_offer_code
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action
from raquan.places import queries as places


class TitleMissing(Refused):
    """An offer has a name."""

    code = "market.title_missing"
    message = N_("Hãy ghi tên ưu đãi.")


class DaysReversed(Refused):
    """The last day comes before the first."""

    code = "market.days_reversed"
    message = N_("Ngày cuối phải từ ngày đầu trở đi.")


class LinkMissing(Refused):
    """What is taken up on a page needs its address."""

    code = "market.link_missing"
    message = N_("Hãy ghi địa chỉ trang, bắt đầu bằng https://.")


class ServiceUnknown(Refused):
    """A service is not in the catalogue on the offer's first day."""

    code = "market.service_unknown"
    message = N_("Danh mục không có dịch vụ “{service}”.")


class PlaceUnknown(Refused):
    """A place is none on the offer's first day."""

    code = "market.place_unknown"
    message = N_("Không có đơn vị hành chính “{place}”.")


class NotEditable(Conflict):
    """It is being looked at, or is shown."""

    code = "market.not_editable"
    message = N_("Ưu đãi đã gửi kiểm tra hoặc đã đăng nên không sửa được. Hãy nhờ cơ quan thường trực trả lại.")


class ChangedMeanwhile(Conflict):
    """The same request came before with another offer."""

    code = "market.drafted_otherwise"
    message = N_("Ưu đãi này đã lưu với nội dung khác. Hãy mở danh sách để xem.")


def draft_offer(
    *, by: Actor, now: datetime, request_id: UUID, campaign_id: UUID, organization_id: UUID, draft: Draft
) -> UUID:
    """Write an enterprise's offer as a draft and give its id; the same request again is the same offer.

    Raises NotFound, NotAllowed, TitleMissing, DaysReversed, LinkMissing, ServiceUnknown, PlaceUnknown,
    ChangedMeanwhile.
    """
    people.check_unit(by, Action.OFFER_WRITE, organization_id)
    known = people_queries.organization(organization_id)
    if known is None or not any(one.id == campaign_id for one in campaigns.campaigns()):
        raise NotFound()
    values = _columns(draft)
    row = Offer(request_id=request_id, campaign_id=campaign_id, organization_id=organization_id, **values)
    row.state, row.changed_at, row.code = OfferState.DRAFT.value, now, make_offer_code(secrets.choice)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            ledger.record(by=by, verb="draft_offer", subject=SUBJECT, subject_id=row.id, detail={"title": row.title})
    except IntegrityError:
        before = Offer.objects.filter(request_id=request_id, organization_id=organization_id).first()
        if before is None or any(getattr(before, name) != value for name, value in values.items()):
            raise ChangedMeanwhile() from None
        return before.id
    return row.id


def change_offer(*, by: Actor, now: datetime, offer_id: UUID, draft: Draft, seen: int) -> None:
    """Change a draft or returned offer; `seen` is the edition that its page showed. The same again does nothing.

    Raises NotFound, NotAllowed, NotEditable, Changed, and what draft_offer raises of the draft.
    """
    found = Offer.objects.filter(id=offer_id).first()
    if found is None:
        raise NotFound()
    people.check_unit(by, Action.OFFER_WRITE, found.organization_id)
    values = _columns(draft)
    if OfferState(found.state) not in EDITABLE:
        raise NotEditable()
    if all(getattr(found, name) == value for name, value in values.items()):
        return
    with transaction.atomic():
        same = Offer.objects.filter(id=offer_id, edition=seen, state__in=[one.value for one in EDITABLE])
        if not same.update(**values, edition=seen + 1, changed_at=now):
            raise Changed()
        detail = {"title": values["title"]}
        ledger.record(by=by, verb="change_offer", subject=SUBJECT, subject_id=offer_id, detail=detail)


def _columns(draft: Draft) -> dict[str, Any]:
    """Give the columns of a draft, or refuse what cannot be."""
    title, link = normalize(draft.title)[:200], draft.link.strip()[:500]
    if not title:
        raise TitleMissing()
    if draft.ends_on < draft.starts_on:
        raise DaysReversed()
    if draft.redeem is Redeem.LINK and not link.startswith(("https://", "http://")):
        raise LinkMissing()
    known = {one.code for one in catalogue.services_on(draft.starts_on)}
    strange = next((one for one in draft.service_codes if one not in known), None)
    if strange is not None:
        raise ServiceUnknown(service=strange)
    paths = {code: places.path_on(code, draft.starts_on) for code in draft.place_codes}
    nowhere = next((code for code, path in paths.items() if not path), None)
    if nowhere is not None:
        raise PlaceUnknown(place=nowhere)
    columns = asdict(draft)
    del columns["service_codes"], columns["place_codes"]
    texts = {
        name: nfc(columns[name]).strip() for name in ("programme", "notice_number", "where", "terms", "how_to_use")
    }
    return (
        columns
        | texts
        | {
            "title": title,
            "sort_key": sort_key(title)[:400],
            "search_key": fold(title)[:400],
            "link": link,
            "form": draft.form.value,
            "redeem": draft.redeem.value,
            "services": _joined(sorted(set(draft.service_codes))),
            "places": _joined(sorted(paths)),
            "place_paths": _joined(sorted({one for path in paths.values() for one in path})),
        }
    )


def _joined(codes: list[str]) -> str:
    return f"/{'/'.join(codes)}/" if codes else ""
