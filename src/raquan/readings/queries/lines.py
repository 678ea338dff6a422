"""What may be asked about kept readings and their lines: pages of them, one, all of a document."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.paging import MAX_SIZE, Page, every, total_of, window
from raquan.kernel.refused import N_, NotAllowed, NotFound
from raquan.people import queries as people
from raquan.people.rules import Action, may
from raquan.readings.models import Reading, ReadingLine, ReadingUnit
from raquan.readings.queries.shapes import (
    LinePage,
    LineView,
    ReadingPage,
    ReadingView,
    SectionChoice,
    line_view,
    reading_view,
)
from raquan.readings.rules import STATE_NAMES, ReadingState, Show, Use
from raquan.ui.columns import Column, Columns, ranked

PAGE_SIZE = 50

_WITHOUT_PLACE = ~Q(left=[]) & ~Q(use=Use.DISMISSED.value)
_SHOWN: Mapping[Show, Q] = {
    Show.OPEN: Q(is_open=True),
    Show.LEFTOVERS: _WITHOUT_PLACE,
    Show.TASKS: Q(use=Use.TASK.value),
    Show.ALL: Q(),
}


def _state(one: ReadingView) -> str:
    return gettext(STATE_NAMES[one.state])


def _number(one: ReadingView) -> str | None:
    return one.head.head.number


def _left(one: ReadingView) -> int | None:
    return one.open if one.can_be_corrected and one.open else None


READINGS: Columns[ReadingView] = Columns(
    name="van-ban-da-nap",
    title=N_("Văn bản đã nạp"),
    first="-asked_at",
    columns=(
        Column("file", N_("Văn bản"), lambda one: one.file_name),
        Column("number", N_("Số"), _number),
        Column("state", N_("Tình trạng"), _state, by=(ranked("state", ReadingState),)),
        Column("open", N_("Còn phải xem"), _left, by=("open",)),
        Column("asked_at", N_("Nạp lúc"), lambda one: one.asked_at, by=("asked_at",)),
        Column("asked_by", N_("Ai nạp"), lambda one: one.asked_by),
    ),
)


def readings(actor: Actor, page: int = 1, sort: str = "", size: int = PAGE_SIZE) -> Page[ReadingView]:
    """List the documents that were not discarded, the latest first. Raises NotAllowed."""
    check(actor)
    found = Reading.objects.exclude(state=ReadingState.DISCARDED.value)
    rows = list(READINGS.ordered(found.annotate(open=_open()), sort)[window(page, size)])
    names = people.user_names({one.asked_by for one in rows if one.asked_by})
    items = [reading_view(one, names, one.open) for one in rows]
    return Page(items, max(page, 1), size, total_of(items, page, size, found.count))


def reading(actor: Actor, reading_id: UUID) -> ReadingView:
    """Give a document and how far it has come, in two queries. Raises NotAllowed, NotFound."""
    check(actor)
    found = Reading.objects.filter(id=reading_id).annotate(open=_open()).first()
    if found is None:
        raise NotFound()
    return reading_view(found, people.user_names([found.asked_by]) if found.asked_by else {}, found.open)


def reading_page(actor: Actor, reading_id: UUID, show: Show | None = None, page: int = 1) -> ReadingPage:
    """Give a page of a document's lines; without `show` those to look at, or its tasks when there are none.

    Raises NotAllowed, NotFound.
    """
    found = reading(actor, reading_id)
    lines = ReadingLine.objects.filter(reading_id=reading_id)
    counted = lines.aggregate(**{one.value: Count("id", filter=_SHOWN[one]) for one in Show})
    show = show or (Show.OPEN if found.open else Show.TASKS)
    items = _views(reading_id, lines.filter(_SHOWN[show]).order_by("position")[window(page, PAGE_SIZE)])
    cut = Page(items, max(page, 1), PAGE_SIZE, counted[show.value])
    return ReadingPage(found, show, {one: counted[one.value] for one in Show}, cut)


def line_page(actor: Actor, reading_id: UUID, line_id: UUID | None = None) -> LinePage:
    """Give a line, or none for a task to be added, with what can be chosen. Raises NotAllowed, NotFound."""
    found = reading(actor, reading_id)
    line = None
    if line_id is not None:
        lines = _views(reading_id, ReadingLine.objects.filter(reading_id=reading_id, id=line_id))
        if not lines:
            raise NotFound()
        line = lines[0]
    sections = tuple(SectionChoice(source, title) for source, title in _sections(reading_id).items())
    known = every(lambda page: people.organizations(actor, page=page, size=MAX_SIZE))
    return LinePage(found, line, sections, tuple(one.name for one in known))


def all_lines(reading_id: UUID) -> tuple[LineView, ...]:
    """Give every line of a document in its order, in five queries; for the plan, whose queries ask who may."""
    return _views(reading_id, ReadingLine.objects.filter(reading_id=reading_id).order_by("position"))


def check(actor: Actor) -> None:
    """Raise NotAllowed for who may not bring plans in: a document that waits is not yet the plan."""
    if not may(actor, Action.PLAN_IMPORT):
        raise NotAllowed()


def _open() -> Count:
    return Count("lines", filter=Q(lines__is_open=True))


def _views(reading_id: UUID, lines: QuerySet[ReadingLine]) -> tuple[LineView, ...]:
    units = Prefetch("units", queryset=ReadingUnit.objects.order_by("part", "position"))
    found = list(lines.prefetch_related(units))
    ids = {unit.organization_id for one in found for unit in one.units.all() if unit.organization_id}
    organizations = people.organization_names(ids) if ids else {}
    changed = {one.changed_by for one in found if one.changed_by}
    names = people.user_names(changed) if changed else {}
    sections = _sections(reading_id) if any(one.section for one in found) else {}
    return tuple(line_view(one, organizations, sections, names) for one in found)


def _sections(reading_id: UUID) -> dict[str, str]:
    found = ReadingLine.objects.filter(reading_id=reading_id, use=Use.SECTION.value).order_by("position")
    rows: Sequence[tuple[str, str, str]] = list(found.values_list("source", "path", "title"))
    return {source: f"{path}. {title}".removeprefix(". ") for source, path, title in rows}
