"""What everybody may see: exhibitions whose booths were given, booths, plans; in an order that nobody pays for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from raquan.exhibitions.models import BoothApplication, Exhibition
from raquan.exhibitions.queries.applications import views as application_views
from raquan.exhibitions.queries.applications import whole as whole_applications
from raquan.exhibitions.queries.drawing import drawn
from raquan.exhibitions.queries.exhibitions import views as exhibition_views
from raquan.exhibitions.queries.exhibitions import whole as whole_exhibitions
from raquan.exhibitions.queries.shapes import ApplicationView, BoothCard, ExhibitionView, PlanView
from raquan.exhibitions.rules import SHOWN, ApplicationState, read_code, turn_of
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page
from raquan.kernel.text import fold

PAGE_SIZE = 24
MOST_SHOWN = 2000
_SHOWN = [one.value for one in SHOWN]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a visitor looks for; empty is anything. `exhibition` is its code, `text` words of products and names."""

    field: str = ""
    exhibition: str = ""
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything was chosen."""
        return bool(self.field or self.exhibition or self.text)


def public_exhibitions(campaign_id: UUID, *, now: datetime) -> tuple[ExhibitionView, ...]:
    """List the exhibitions of a campaign that are shown, the next first, those that are over last."""
    rows = list(whole_exhibitions().filter(campaign_id=campaign_id, state__in=_SHOWN).order_by("starts_on", "id"))
    today = local_date(now)
    return exhibition_views(sorted(rows, key=lambda one: one.ends_on < today), now=now)


def public_exhibition(code: str, *, now: datetime) -> tuple[ExhibitionView, PlanView] | None:
    """Give an exhibition that is shown with its plan; None for any other code."""
    found = whole_exhibitions().filter(code=read_code(code), state__in=_SHOWN).first()
    return (exhibition_views([found], now=now)[0], drawn(found, proposed=False)) if found else None


def public_booths(
    campaign_id: UUID, *, now: datetime, sought: Sought = Sought(), page: int = 1, size: int = PAGE_SIZE
) -> tuple[Page[BoothCard], tuple[str, ...]]:
    """List the booths that are shown, and all fields to choose from.

    Exhibitions that are not over stand first; within, the order of the day (rules.turn_of): nobody pays to stand
    first. Two queries.
    """
    every = _given().filter(exhibition__campaign_id=campaign_id)
    known = list(
        every.values_list(
            "field", "code", "exhibition__code", "exhibition__ends_on", "search_key", "organization__search_key"
        )[:MOST_SHOWN]
    )
    today, folded = local_date(now), fold(sought.text)
    found = [
        (ends_on < today, turn_of(today.isoformat(), code), code)
        for field, code, held, ends_on, words, whose in known
        if (not sought.field or field == sought.field)
        and (not sought.exhibition or held == sought.exhibition)
        and (not folded or folded in words or folded in whose)
    ]
    page = max(page, 1)
    here = [code for _, _, code in sorted(found)[(page - 1) * size : page * size]]
    rows = {one.code: one for one in _given().filter(code__in=here)} if here else {}
    fields = tuple(sorted({row[0] for row in known}, key=fold))
    return Page([_card(rows[one]) for one in here if one in rows], page, size, len(found)), fields


def public_booth(code: str, *, now: datetime) -> tuple[ApplicationView, ExhibitionView, PlanView] | None:
    """Give a booth that is shown, its exhibition and the plan; None for any other code. Two queries."""
    found = whole_applications().filter(code=read_code(code), state=ApplicationState.ALLOCATED.value).first()
    if found is None or found.exhibition.state not in _SHOWN:
        return None
    held = Exhibition.objects.select_related("organization", "campaign").get(id=found.exhibition_id)
    return application_views([found], now=now)[0], exhibition_views([held], now=now)[0], drawn(held, proposed=False)


def _given() -> QuerySet[BoothApplication]:
    given = BoothApplication.objects.filter(state=ApplicationState.ALLOCATED.value, exhibition__state__in=_SHOWN)
    return given.select_related("organization", "exhibition")


def _card(row: BoothApplication) -> BoothCard:
    return BoothCard(
        code=row.code,
        booth=row.booth,
        title=row.title,
        organization_name=row.organization.name,
        field=row.field,
        exhibition_name=row.exhibition.name,
        exhibition_code=row.exhibition.code,
        starts_on=row.exhibition.starts_on,
        ends_on=row.exhibition.ends_on,
        items=tuple(name for name, _ in row.items),
    )
