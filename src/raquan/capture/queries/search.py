"""Searching records of every form: filters, orders, and pages that cost the same at any depth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext

from raquan.capture.models import Assist, RecordRow, Tombstone
from raquan.capture.queries.names import place_names
from raquan.capture.rules import (
    DELETED,
    ISSUE_NAMES,
    REVIEW_STATE_NAMES,
    SORTS,
    SOURCE_NAMES,
    RecordFilter,
    RecordSource,
    ReviewState,
    search_words,
)
from raquan.catalogue import queries as catalogue
from raquan.forms import queries as forms
from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.kernel.text import sort_key
from raquan.outings import queries as outings
from raquan.people import queries as people
from raquan.people.queries import covered
from raquan.people.rules import Action
from raquan.places import queries as places

PAGE_SIZE = 50
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record as the search lists it, in its current version, with names in the reader's language."""

    number: int
    root_instance_id: str
    submission_id: UUID
    title: str
    occurred_at: datetime
    place_name: str
    organization_name: str
    outing_id: UUID | None
    outing_code: str
    sender: str
    source_name: str
    review_state: str
    review_state_name: str
    edits: int
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of found records; `after` and `before` lead to its neighbours, None where there is none."""

    items: tuple[FoundRecord, ...]
    total: int
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class SearchChoices:
    """What the filters of the search can be set to: (value, name) pairs."""

    forms: Choices
    services: Choices
    places: Choices
    organizations: Choices
    states: Choices
    issues: Choices
    sources: Choices


def search_records(
    actor: Actor,
    filters: RecordFilter,
    *,
    sort: str = "-received",
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> SearchPage:
    """Find the records that the actor may read; `after` and `before` are of a page given earlier."""
    column, falls = SORTS.get(sort, SORTS["-received"])
    found = found_rows(actor, filters)
    backwards = bool(before) and not after
    edge = _edge(column, before if backwards else after)
    rows = found if edge is None else found.filter(_beyond(column, falls is not backwards, edge))
    minus = "-" if falls is not backwards else ""
    order = (f"{minus}number",) if column == "number" else (f"{minus}{column}", f"{minus}number")
    needed = rows.select_related("submission", "form").only(*_NEEDED).order_by(*order)
    page = list(needed[: size + 1])
    more, page = len(page) > size, page[:size]
    if backwards:
        page.reverse()
    has_before = more if backwards else edge is not None
    has_after = True if backwards else more
    return SearchPage(
        items=_views(page),
        total=found.count(),
        after=_mark(column, page[-1]) if page and has_after else None,
        before=_mark(column, page[0]) if page and has_before else None,
    )


def found_rows(actor: Actor, filters: RecordFilter) -> QuerySet[RecordRow]:
    """Select the rows that a filter finds of what the actor may read; raises NotAllowed for who may read none."""
    deleted = Exists(Tombstone.objects.filter(root_instance_id=OuterRef("root_instance_id")))
    found = RecordRow.objects.filter(covered(actor, Action.RECORD_READ)).filter(
        deleted if filters.is_deleted else ~deleted
    )
    for word in search_words(filters.text):
        found = found.filter(search_key__contains=word)
    for word in search_words(filters.helper):
        found = found.filter(sender_key__contains=word)
    if filters.place_code:
        found = found.filter(Q(place_code=filters.place_code) | Q(district_code=filters.place_code))
    if filters.help_desk_id:
        there = Assist.objects.filter(help_desk_id=filters.help_desk_id)
        found = found.filter(root_instance_id__in=there.values("root_instance_id"))
    exact = {
        "submission__review_state": filters.state,
        "form__xml_form_id": filters.form_id,
        "service_code": filters.service_code,
        "organization_id": filters.organization_id,
        "outing_id": filters.outing_id,
        "source": filters.source,
        "issue_key__contains": f"|{filters.issue}|" if filters.issue else "",
        "occurred_on__gte": filters.on_from,
        "occurred_on__lte": filters.on_to,
    }
    return found.filter(**{name: value for name, value in exact.items() if value})


def last_number() -> int:
    """Give the number of the row that was listed last: what comes later is no part of what is asked for now."""
    return RecordRow.objects.aggregate(last=Max("number"))["last"] or 0


def last_day(found: QuerySet[RecordRow], on: date) -> date:
    """Give the day of the last of some records, by which their places are named: a unit may be gone since."""
    day: date | None = found.aggregate(last=Max("occurred_on"))["last"]
    return min(day, on) if day else on


def search_choices(actor: Actor, on: date) -> SearchChoices:
    """List what occurs in what the actor may read, with names as on a day or the last before it with a record."""
    found = RecordRow.objects.filter(covered(actor, Action.RECORD_READ)).order_by()
    kinds = list(found.values_list("place_code", "service_code", "organization_id").annotate(last=Max("occurred_on")))
    on = min(on, max((last for *_kind, last in kinds if last), default=on))
    language = get_language() or "vi"
    codes = {place for place, *_rest in kinds} - {""}
    units = places.unit_names(codes, on)
    services = catalogue.service_names({service for _place, service, *_rest in kinds})
    owners = people.organization_names({owner for *_rest, owner, _last in kinds if owner})
    states = [(state.value, gettext(name)) for state, name in REVIEW_STATE_NAMES.items()]
    return SearchChoices(
        forms=forms.form_titles(),
        services=_by_name((code, in_language(name, language)) for code, name in services.items()),
        places=_by_name((code, units.get(code, code)) for code in codes),
        organizations=_by_name((str(id_), name) for id_, name in owners.items()),
        states=(*states, (DELETED, gettext("Đã xóa"))),
        issues=tuple((issue.value, gettext(name)) for issue, name in ISSUE_NAMES.items()),
        sources=tuple((source.value, gettext(name)) for source, name in SOURCE_NAMES.items()),
    )


_NEEDED = (
    *("number", "root_instance_id", "submission_id", "form__title", "service_code", "occurred_at", "occurred_on"),
    *("place_code", "organization_id", "outing_id", "source", "edits", "submission__review_state"),
    *("submission__sent_by_name", "submission__is_synthetic"),
)


def _views(rows: Sequence[RecordRow]) -> tuple[FoundRecord, ...]:
    language = get_language() or "vi"
    services = catalogue.service_names({row.service_code for row in rows if row.service_code})
    units = place_names({(row.place_code, row.occurred_on) for row in rows if row.place_code})
    owners = people.organization_names({row.organization_id for row in rows if row.organization_id})
    codes = outings.outing_codes({row.outing_id for row in rows if row.outing_id})

    def view(row: RecordRow) -> FoundRecord:
        state = ReviewState(row.submission.review_state)
        service = services.get(row.service_code)
        return FoundRecord(
            number=row.number,
            root_instance_id=row.root_instance_id,
            submission_id=row.submission_id,
            title=in_language(service, language) if service else row.service_code or row.form.title,
            occurred_at=row.occurred_at,
            place_name=units.get((row.place_code, row.occurred_on), ""),
            organization_name=owners.get(row.organization_id, "") if row.organization_id else "",
            outing_id=row.outing_id,
            outing_code=codes.get(row.outing_id, "") if row.outing_id else "",
            sender=row.submission.sent_by_name,
            source_name=gettext(SOURCE_NAMES[RecordSource(row.source)]),
            review_state=state.value,
            review_state_name=gettext(REVIEW_STATE_NAMES[state]),
            edits=row.edits,
            is_synthetic=row.submission.is_synthetic,
        )

    return tuple(view(row) for row in rows)


def _edge(column: str, mark: str) -> tuple[object, int] | None:
    """Read where a page ends; None for what no page of ours says."""
    value, _, number = mark.rpartition("~")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    if column == "occurred_at":
        moment = _moment(value)
        return (moment, int(number)) if moment else None
    return (value, int(number))


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _beyond(column: str, falls: bool, edge: tuple[object, int]) -> Q:
    value, number = edge
    way = "lt" if falls else "gt"
    if column == "number":
        return Q(**{f"number__{way}": number})
    return Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"number__{way}": number})


def _mark(column: str, row: RecordRow) -> str:
    value = "" if column == "number" else getattr(row, column)
    return f"{value.isoformat() if isinstance(value, datetime) else value}~{row.number}"


def _by_name(pairs: Iterable[tuple[str, str]]) -> Choices:
    return tuple(sorted(pairs, key=lambda pair: (sort_key(pair[1]), pair[0])))
