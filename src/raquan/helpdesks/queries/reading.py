"""What may be asked about help desks: which there are, open now or when next; all of it is public."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import DateField, Exists, IntegerField, OuterRef, Q, QuerySet, TimeField

from raquan.helpdesks.models import Closure, HelpDesk, HelpDeskService, OpeningHours
from raquan.helpdesks.queries.columns import HELP_DESKS
from raquan.helpdesks.queries.shapes import SHOWN, ClosureView, DeskRow, HelpDeskView, closure_view, rows_of, views_of
from raquan.helpdesks.rules import Calendar, DatedSpan, Span, was_open
from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.ledger.queries import Question, Told
from raquan.outings.rules import is_desk_code, path_codes, read_code
from raquan.people.rules import Action, may

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class HelpDeskRef:
    """What a record needs to know of the desk whose code it carries."""

    id: UUID
    code: str
    organization_id: UUID
    place_code: str
    place_path: tuple[str, ...]
    spans: tuple[DatedSpan, ...]
    calendar: Calendar

    def was_open(self, at: datetime) -> bool:
        """Tell whether the desk was open at a moment, half an hour before and after its hours included."""
        return was_open(self.spans, self.calendar, at)


def help_desks(
    place_codes: Sequence[str] = (),
    *,
    now: datetime,
    organization_ids: Collection[UUID] | None = None,
    still_today: bool = False,
    service_code: str = "",
    language: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[HelpDeskView]:
    """List the desks that have not ended, by name; public. Nine queries, however many desks a page has.

    Within any of the given units or everywhere, of some organizations or of all, for a service, in a language; with
    `still_today` those that are open now or will be open later on the same day.
    """
    wanted = _Wanted(
        tuple(place_codes),
        None if organization_ids is None else tuple(sorted(organization_ids)),
        still_today,
        service_code,
        language,
    )
    cut, local = window(page, size), now.astimezone(clock.VIETNAM)
    told = {"today": local.date(), "weekday": local.isoweekday(), "at": local.time()}
    items = views_of([DeskRow(*row) for row in _LISTED.rows(wanted, sort, cut.start, cut.stop, **told)], now)
    total = total_of(items, page, size, lambda: _WANTED.count(wanted, **told))
    return Page(items, max(page, 1), size, total)


class _Wanted(NamedTuple):
    place_codes: tuple[str, ...]
    organization_ids: tuple[UUID, ...] | None
    still_today: bool
    service_code: str
    language: str


def _wanted(wanted: _Wanted) -> QuerySet[HelpDesk]:
    """Select desks; told are `today`, its `weekday` and what time it is `at`."""
    within = Q()
    for code in wanted.place_codes:
        within |= Q(place_path__contains=f"/{code}/")
    found = HelpDesk.objects.filter(within & (Q(valid_to__isnull=True) | Q(valid_to__gte=_TODAY)))
    if wanted.organization_ids is not None:
        found = found.filter(organization_id__in=wanted.organization_ids)
    if wanted.service_code:
        offered = HelpDeskService.objects.filter(desk_id=OuterRef("pk"), service_code=wanted.service_code)
        found = found.filter(Exists(offered))
    if wanted.language:
        found = found.filter(language=wanted.language)
    return _still_open(found) if wanted.still_today else found


def help_desk(desk_id: UUID, *, now: datetime) -> HelpDeskView | None:
    """Give a desk, ended or not; public."""
    return _one(HelpDesk.objects.filter(id=desk_id), now)


def help_desk_by_code(code: str, *, now: datetime) -> HelpDeskView | None:
    """Give the desk of a public code, however it was typed; anybody may ask whether a code is real."""
    return _one(HelpDesk.objects.filter(code=read_code(code)), now)


def help_desks_by_codes(codes: Iterable[str]) -> dict[str, HelpDeskRef]:
    """Give the desks of codes as stored (see outings.rules.read_code); three queries, none when none is a desk's.

    Unknown codes are left out.
    """
    wanted = {code for code in codes if is_desk_code(code)}
    rows = list(HelpDesk.objects.filter(code__in=wanted).select_related("site")) if wanted else []
    if not rows:
        return {}
    hours = list(OpeningHours.objects.filter(desk__in=rows))
    closures = list(_holding().filter(Q(desk_id__isnull=True) | Q(desk__in=rows)))
    return {
        row.code: HelpDeskRef(
            id=row.id,
            code=row.code,
            organization_id=row.organization_id,
            place_code=row.site.place_code,
            place_path=path_codes(row.place_path),
            spans=tuple(
                DatedSpan(Span(one.weekday, one.opens_at, one.closes_at), one.begun_at, one.ended_at)
                for one in hours
                if one.desk_id == row.id
            ),
            calendar=Calendar(
                row.valid_from,
                row.valid_to,
                tuple((one.first_on, one.last_on) for one in closures if one.desk_id in (None, row.id)),
            ),
        )
        for row in rows
    }


def closures_everywhere(*, now: datetime) -> tuple[ClosureView, ...]:
    """List the days from today on on which every desk is closed; public."""
    found = _holding().filter(desk_id__isnull=True)
    rows = found.filter(last_on__gte=clock.local_date(now)).order_by("first_on", "id")
    return tuple(closure_view(one) for one in rows[:100])


def units_of(actor: Actor) -> frozenset[UUID]:
    """Give the organizations whose desks are the actor's own; none for who serves every organization."""
    return frozenset(duty.organization_id for duty in actor.duties if duty.organization_id is not None)


def may_change_desk(actor: Actor, view: HelpDeskView) -> bool:
    """Tell whether the actor may change a desk."""
    return may(actor, Action.OUTING_PLAN, organization_id=view.organization_id, place_path=view.place_path)


def _one(found: QuerySet[HelpDesk], now: datetime) -> HelpDeskView | None:
    views = views_of(rows_of(found), now)
    return views[0] if views else None


def _still_open(found: QuerySet[HelpDesk]) -> QuerySet[HelpDesk]:
    """Keep the desks with hours left today; the same rule as `rules.next_opening`, said to the database."""
    hours = OpeningHours.objects.filter(
        desk_id=OuterRef("pk"),
        weekday=Told("weekday", IntegerField()),
        closes_at__gt=Told("at", TimeField()),
        ended_at__isnull=True,
    )
    closed = _holding().filter(first_on__lte=_TODAY, last_on__gte=_TODAY)
    closed = closed.filter(Q(desk_id__isnull=True) | Q(desk_id=OuterRef("pk")))
    return found.filter(Exists(hours), ~Exists(closed), valid_from__lte=_TODAY)


_TODAY = Told("today", DateField())
_LISTED = Question(
    lambda wanted, sort, start, stop: HELP_DESKS.ordered(_wanted(wanted), sort).values_list(*SHOWN)[start:stop]
)
_WANTED = Question(lambda wanted: _wanted(wanted).values_list("id"))


def _holding() -> QuerySet[Closure]:
    return Closure.objects.filter(withdrawn_at__isnull=True)
