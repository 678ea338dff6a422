"""What may be asked of short links: where one leads, a unit's links, their visits by day and channel."""

import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import segno
from django.conf import settings
from django.db.models import BigIntegerField, Count, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import N_, NotFound
from raquan.kernel.remembering import Remembered
from raquan.kernel.text import fold
from raquan.links.models import Link, LinkDay
from raquan.links.rules import (
    CHANNEL_NAMES,
    LINK_STATE_NAMES,
    LINK_TRANSITIONS,
    Channel,
    LinkState,
    code_path,
    is_code,
)
from raquan.people import queries as people
from raquan.people.queries import organizations_of
from raquan.people.rules import Action
from raquan.search.rules import Entry, Kind, join_line
from raquan.ui.columns import Column, Columns, ranked

PAGE_SIZE = 50
ABOUT = "link__about_id"
"""Where the days of links have the id of what a link is about: an outing's code."""
Grouped = TypeVar("Grouped", bound=QuerySet[Any, Any])


@dataclass(frozen=True, slots=True)
class Way:
    """Where a code leads on a day; `is_over` when it leads nowhere any more."""

    link_id: UUID
    target: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link, whose it is, how it stands, how many visits it had."""

    id: UUID
    code: str
    address: str
    target: str
    label: str
    channel: str
    channel_name: str
    about_kind: str
    about_id: str
    organization_id: UUID
    organization_name: str
    made_at: datetime
    ends_on: date | None
    state: str
    state_name: str
    is_over: bool
    edition: int
    visits: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    """Visits of a day by a channel."""

    day: date
    channel: str
    channel_name: str
    visits: int


@dataclass(frozen=True, slots=True)
class LinkDayFact:
    """The visits of a link on a day, as measures read them."""

    link_id: UUID
    day: date
    visits: int
    channel: str
    organization_id: UUID
    outing_id: UUID | None
    outing_path: str


@dataclass(frozen=True, slots=True)
class LinkRef:
    """A link, as it is named where its visits are listed."""

    label: str
    code: str
    channel: str
    organization_name: str


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """Visits by a channel of links about one thing."""

    about_id: str
    channel: str
    channel_name: str
    links: int
    visits: int


LINKS: Columns[LinkView] = Columns(
    name="duong-dan-ngan",
    title=N_("Đường dẫn ngắn"),
    first="-made_at",
    columns=(
        Column("label", N_("Dùng để làm gì"), lambda one: one.label, by=("sort_key",)),
        Column("address", N_("Đường dẫn"), lambda one: one.address, by=("code",)),
        Column("channel", N_("Kênh"), lambda one: one.channel_name, by=(ranked("channel", Channel),)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("target", N_("Mở trang"), lambda one: one.target, by=("target",), unseen=True),
        Column("made_at", N_("Tạo lúc"), lambda one: one.made_at, by=("made_at",)),
        Column("ends_on", N_("Đến hết ngày"), lambda one: one.ends_on, by=("ends_on",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", LinkState),)),
        Column("visits", N_("Lượt mở"), lambda one: one.visits, by=("visits",), numeric=True),
    ),
)

COUNTS: Columns[DayCount] = Columns(
    name="luot-mo-theo-ngay",
    title=N_("Lượt mở theo ngày và kênh"),
    first="-day",
    columns=(
        Column("day", N_("Ngày"), lambda one: one.day, by=("day",)),
        Column("channel", N_("Kênh"), lambda one: one.channel_name, by=(ranked("link__channel", Channel),)),
        Column("visits", N_("Lượt mở"), lambda one: one.visits, by=("total",), numeric=True),
    ),
)

_ways: Remembered[str, Link] = Remembered(5000)


def forget_links() -> None:
    """Ask anew where links lead: one was changed."""
    _ways.forget()


def way_of(code: str, *, on: date) -> Way | None:
    """Tell where a code leads on a day, capital letters or not; None for a code that was never given.

    Kept for RAQUAN_REMEMBER_SECONDS: a crowd at one poster asks the database once.
    """
    written = code.strip().lower()
    if not is_code(written):
        return None
    found = _ways.get(
        written, lambda: Link.objects.filter(code=written).first(), seconds=settings.RAQUAN_REMEMBER_SECONDS
    )
    return Way(found.id, found.target, _is_over(found, on)) if found else None


def links(
    actor: Actor,
    *,
    now: datetime,
    text: str = "",
    channel: str = "",
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[LinkView]:
    """List the links of the actor's units, in an order of LINKS. Raises NotAllowed. Two queries."""
    found = readable_links(actor)
    if channel:
        found = found.filter(channel=channel)
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    rows = LINKS.ordered(found.select_related("organization"), sort)[window(page, size)]
    return Page([_view(row, now) for row in rows], max(page, 1), size, found.count())


def link(actor: Actor, link_id: UUID, *, now: datetime) -> LinkView:
    """Give a link of a unit of the actor's. Raises NotAllowed, NotFound. One query."""
    found = readable_links(actor).select_related("organization").filter(id=link_id).first()
    if found is None:
        raise NotFound()
    return _view(found, now)


def links_about(actor: Actor, kind: str, *, most: int = 500) -> tuple[ChannelCount, ...]:
    """Add up visits by thing and channel, of the actor's units' links about things of a kind; most visited first.

    At most `most` pairs. Raises NotAllowed. One query.
    """
    grouped = readable_links(actor).filter(about_kind=kind).exclude(about_id="").values_list("about_id", "channel")
    rows = grouped.annotate(links=Count("id"), total=Sum("visits")).order_by("-total", "about_id", "channel")[:most]
    return tuple(ChannelCount(id_, one, channel_name(one), count, total) for id_, one, count, total in rows)


def find_counts(
    actor: Actor,
    *,
    since: date | None = None,
    until: date | None = None,
    channel: str = "",
    about: tuple[str, str] | None = None,
    link_id: UUID | None = None,
    sort: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[DayCount]:
    """List visits by day and channel, of the links of the actor's units; of one link, or one thing, where named.

    `since` and `until` are both included. Raises NotAllowed. Two queries.
    """
    days = LinkDay.objects.filter(link__in=readable_links(actor))
    if since:
        days = days.filter(day__gte=since)
    if until:
        days = days.filter(day__lte=until)
    if channel:
        days = days.filter(link__channel=channel)
    if about:
        days = days.filter(link__about_kind=about[0], link__about_id=about[1])
    if link_id:
        days = days.filter(link_id=link_id)
    grouped = days.values("day", "link__channel").annotate(total=Sum("visits"))
    rows = _in_order(grouped, sort)[window(page, size)]
    items = [
        DayCount(one["day"], one["link__channel"], channel_name(one["link__channel"]), one["total"]) for one in rows
    ]
    return Page(items, max(page, 1), size, grouped.order_by().count())


def link_day_facts(since: date, until: date, outings: QuerySet[Any]) -> list[LinkDayFact]:
    """Give the visits of every link on the days between two, both included; for analytics alone. One query.

    `outings` are those of the code in ABOUT: the part of the question that the room of outings knows.
    """
    about = {"outing": Subquery(outings.values("id")[:1]), "path": Subquery(outings.values("place_path")[:1])}
    rows = LinkDay.objects.filter(day__gte=since, day__lte=until).annotate(**about)
    columns = ("link_id", "day", "visits", "link__channel", "link__organization_id", "link__about_kind")
    return [
        LinkDayFact(*row, *((outing, path or "") if kind == "outing" else (None, "")))
        for *row, kind, outing, path in rows.values_list(*columns, "outing", "path").iterator(chunk_size=5000)
    ]


def visits_counted(kind: str) -> "QuerySet[Link, tuple[str, int]]":
    """Count all visits that are written, as a row of a kind and a number: a part of another room's question."""
    whole = Coalesce(Sum("visits"), 0, output_field=BigIntegerField())
    return Link.objects.order_by().values_list(Value(kind)).annotate(n=whole)


def links_by_ids(actor: Actor, ids: Collection[UUID]) -> dict[UUID, LinkRef]:
    """Give those of some links that are of the actor's units. Raises NotAllowed. One query."""
    rows = readable_links(actor).filter(id__in=ids).select_related("organization")
    return {row.id: LinkRef(row.label, row.code, row.channel, row.organization.name) for row in rows}


def channel_totals(actor: Actor, *, since: date, until: date) -> tuple[tuple[str, int], ...]:
    """Give the visits by channel between two days, both included, most first. Raises NotAllowed. One query."""
    days = LinkDay.objects.filter(link__in=readable_links(actor), day__gte=since, day__lte=until)
    rows = days.values_list("link__channel").annotate(total=Sum("visits")).order_by("-total", "link__channel")
    return tuple((channel_name(channel), total) for channel, total in rows)


def days_of(link_id: UUID, *, now: datetime, days: int = 14) -> tuple[tuple[date, int], ...]:
    """Give the visits of a link on each of the last days, oldest first, days without any too. One query.

    For a link that the actor was let see.
    """
    last = local_date(now)
    first = last - timedelta(days=days - 1)
    counted = dict(LinkDay.objects.filter(link_id=link_id, day__gte=first).values_list("day", "visits"))
    every = (first + timedelta(days=number) for number in range(days))
    return tuple((day, counted.get(day, 0)) for day in every)


def draw_qr(code: str) -> str:
    """Draw the QR of a link as SVG that stands in a page."""
    return people.draw_qr(settings.RAQUAN_PUBLIC_URL + code_path(code))


def qr_file(code: str, kind: str) -> bytes:
    """Draw the QR of a link as a file, "svg" or "png", with the quiet zone that printers forget."""
    made = segno.make_qr(settings.RAQUAN_PUBLIC_URL + code_path(code), error="q")
    file = io.BytesIO()
    made.save(file, kind=kind, scale=20, border=4)
    return file.getvalue()


def channel_name(channel: str) -> str:
    """Call a channel by its name in the reader's language."""
    return gettext(CHANNEL_NAMES[Channel(channel)])


def readable_links(actor: Actor) -> QuerySet[Link]:
    """Give the links of the units that the actor makes links for. Raises NotAllowed."""
    own = organizations_of(actor, Action.LINK_MAKE)
    return Link.objects.all() if own is None else Link.objects.filter(organization_id__in=own)


def _entries(rows: QuerySet[Link]) -> Iterable[Entry]:
    for one in rows.select_related("organization"):
        line = join_line(channel_name(one.channel), one.organization.name)
        yield Entry(one.id, one.label, f"/desk/links/{one.id}/", line=line, code=one.code, at=one.made_at)


KIND = Kind("link", N_("Đường dẫn ngắn"), "links.Link", Link.objects.all, readable_links, _entries)


def _in_order(grouped: Grouped, sort: str) -> Grouped:
    """Put sums in an order; a group has no id, so day and channel settle ties."""
    wanted = COUNTS.known(sort)
    sign = "-" if wanted.startswith("-") else ""
    by = {"day": "day", "channel": "link__channel", "visits": "total"}[wanted.removeprefix("-")]
    return grouped.order_by(f"{sign}{by}", "-day", "link__channel")


def _is_over(row: Link, on: date) -> bool:
    return row.state != LinkState.LIVE.value or (row.ends_on is not None and row.ends_on < on)


def _view(row: Link, now: datetime) -> LinkView:
    state = LinkState(row.state)
    is_over = _is_over(row, local_date(now))
    name = N_("Đã hết hạn") if is_over and state is LinkState.LIVE else LINK_STATE_NAMES[state]
    return LinkView(
        id=row.id,
        code=row.code,
        address=settings.RAQUAN_PUBLIC_URL + code_path(row.code),
        target=row.target,
        label=row.label,
        channel=row.channel,
        channel_name=channel_name(row.channel),
        about_kind=row.about_kind,
        about_id=row.about_id,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        made_at=row.made_at,
        ends_on=row.ends_on,
        state=row.state,
        state_name=gettext(name),
        is_over=is_over,
        edition=row.edition,
        visits=row.visits,
        steps=tuple(step.value for step in LINK_TRANSITIONS.steps_from(state)),
    )
