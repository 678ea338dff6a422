"""What may be asked of slogans."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import fold
from raquan.outreach.models import Slogan
from raquan.outreach.queries.columns import SLOGANS
from raquan.outreach.queries.shapes import SloganView
from raquan.outreach.rules import LANGUAGES
from raquan.people.rules import Action, may

PAGE_SIZE = 20


def slogans(
    actor: Actor,
    campaign_id: UUID,
    *,
    text: str = "",
    withdrawn: bool = False,
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[SloganView]:
    """List a campaign's slogans, those in use or those withdrawn; who makes artwork may. Raises NotAllowed."""
    found = slogans_seen(actor).filter(campaign_id=campaign_id, withdrawn_at__isnull=not withdrawn)
    if text:
        found = found.filter(search_key__contains=fold(text))
    rows = SLOGANS.ordered(found.annotate(used=Count("artworks")), sort)[window(page, size)]
    return Page([_view(one) for one in rows], max(page, 1), size, found.count())


def slogan(actor: Actor, slogan_id: UUID) -> SloganView:
    """Give a slogan. Raises NotAllowed, NotFound."""
    found = slogans_seen(actor).annotate(used=Count("artworks")).filter(id=slogan_id).first()
    if found is None:
        raise NotFound()
    return _view(found)


def slogan_choices(actor: Actor, campaign_id: UUID) -> Sequence[tuple[str, str]]:
    """List the slogans in use that an artwork can say, by their words. Raises NotAllowed."""
    found = slogans_seen(actor).filter(campaign_id=campaign_id, withdrawn_at__isnull=True)
    language = get_language() or "vi"
    return tuple((str(one.id), in_language(one.texts, language)) for one in found.order_by("sort_key", "id"))


def slogans_seen(actor: Actor) -> QuerySet[Slogan]:
    """Give the slogans that an actor may read. Raises NotAllowed."""
    if not may(actor, Action.OUTREACH_WRITE):
        raise NotAllowed()
    return Slogan.objects.all()


def _view(row: Slogan) -> SloganView:
    changed: datetime = row.changed_at
    return SloganView(
        id=row.id,
        text=row.texts["vi"],
        texts=row.texts,
        others=tuple(
            (code, name, row.texts[code]) for code, name in LANGUAGES.items() if code in row.texts and code != "vi"
        ),
        edition=row.edition,
        changed_at=changed,
        artworks=getattr(row, "used", 0),
        withdrawn_at=row.withdrawn_at,
        withdraw_reason=row.withdraw_reason,
    )
