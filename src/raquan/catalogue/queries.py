"""What may be asked of the catalogue; all of it is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db.models import Q, QuerySet

from raquan.catalogue.models import Answer, Bottleneck, Guide, Service, ServiceGroup, StepRestriction
from raquan.catalogue.rules import holds_on
from raquan.kernel.localized import Localized
from raquan.kernel.remembering import Remembered


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service as it is between `valid_from` and `valid_to`."""

    code: str
    name: Localized
    group_code: str
    provider: Localized
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the service is so on a day."""
        return holds_on(day, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class RungView:
    """A rung of a ladder; `stage` compares it with the other groups' rungs."""

    code: str
    name: Localized
    position: int
    stage: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of services with its ladder, lowest rung first."""

    code: str
    name: Localized
    rungs: tuple[RungView, ...]


@dataclass(frozen=True, slots=True)
class BottleneckView:
    """A reason why somebody was not helped to the end."""

    code: str
    name: Localized


@dataclass(frozen=True, slots=True)
class RestrictionView:
    """Who alone may perform a step."""

    service_code: str
    group_code: str
    rung_code: str
    performer: str
    performer_name: Localized
    note: Localized


@dataclass(frozen=True, slots=True)
class GuideView:
    """How a service is used; `cost` and `note` None where nothing is said, `checked_on` None while no office looked."""

    service_code: str
    name: Localized
    bring: tuple[Localized, ...]
    steps: tuple[Localized, ...]
    cost: Localized | None
    address: str
    note: Localized | None
    source: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What helps against a bottleneck; `services` are the codes of services and of groups that it comes up with."""

    code: str
    question: Localized
    steps: tuple[Localized, ...]
    note: Localized | None
    services: tuple[str, ...]
    address: str
    source: str
    checked_on: date | None


def services_on(on: date) -> tuple[ServiceView, ...]:
    """List the services of a day, in the catalogue's order."""
    return tuple(one for one in all_services() if one.holds_on(on))


def all_services() -> tuple[ServiceView, ...]:
    """List every dated row of every service, oldest first: for work over many days; one query or none."""
    seconds = settings.RAQUAN_REMEMBER_REFERENCE_SECONDS
    return _services.get("all", _read_services, seconds=seconds) or ()


def service_names(codes: Iterable[str]) -> dict[str, Localized]:
    """Give the localized names of services, each by its latest row; unknown codes are left out."""
    wanted = set(codes)
    if not wanted:
        return {}
    rows = sorted(all_services(), key=lambda one: one.valid_from)
    return {one.code: one.name for one in rows if one.code in wanted}


def groups() -> tuple[GroupView, ...]:
    """List the groups with their ladders; one query or none."""
    return _groups.get("all", _read_groups, seconds=settings.RAQUAN_REMEMBER_REFERENCE_SECONDS) or ()


def guides_on(on: date) -> tuple[GuideView, ...]:
    """List the guides of a day, in the catalogue's order of services; one without a service that day is left out."""
    seconds = settings.RAQUAN_REMEMBER_REFERENCE_SECONDS
    return _guides.get(on, lambda: _read_guides(on), seconds=seconds) or ()


def _read_guides(on: date) -> tuple[GuideView, ...]:
    services = {one.code: one for one in services_on(on)}
    places = {code: place for place, code in enumerate(services)}
    rows = Guide.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    found = sorted((row for row in rows if row.service_code in places), key=lambda row: places[row.service_code])
    return tuple(
        GuideView(
            service_code=row.service_code,
            name=services[row.service_code].name,
            bring=tuple(row.bring),
            steps=tuple(row.steps),
            cost=row.cost,
            address=row.address,
            note=row.note,
            source=row.source,
            checked_on=row.checked_on,
        )
        for row in found
    )


def all_guides() -> QuerySet[Guide]:
    """Select every dated row of every guide."""
    return Guide.objects.all()


def answers_on(on: date) -> tuple[AnswerView, ...]:
    """List the answers of a day, in the order of their reasons; one without its reason that day is left out."""
    seconds = settings.RAQUAN_REMEMBER_REFERENCE_SECONDS
    return _answers.get(on, lambda: _read_answers(on), seconds=seconds) or ()


def _read_answers(on: date) -> tuple[AnswerView, ...]:
    places = {one.code: place for place, one in enumerate(bottlenecks_on(on))}
    rows = Answer.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    found = sorted((row for row in rows if row.bottleneck_code in places), key=lambda row: places[row.bottleneck_code])
    return tuple(
        AnswerView(
            code=row.bottleneck_code,
            question=row.question,
            steps=tuple(row.steps),
            note=row.note,
            services=tuple(row.services),
            address=row.address,
            source=row.source,
            checked_on=row.checked_on,
        )
        for row in found
    )


def all_answers() -> QuerySet[Answer]:
    """Select every dated row of every answer."""
    return Answer.objects.all()


def bottlenecks_on(on: date) -> tuple[BottleneckView, ...]:
    """List the bottleneck reasons of a day, in their order."""
    rows = Bottleneck.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    return tuple(BottleneckView(row.code, row.name) for row in rows.order_by("position"))


def bottleneck_codes() -> frozenset[str]:
    """Give the codes of all reasons there ever were: for work over many days."""
    return frozenset(Bottleneck.objects.values_list("code", flat=True))


def bottleneck_names(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give the localized names of reasons, each by its latest row; unknown codes are left out."""
    return dict(Bottleneck.objects.filter(code__in=set(codes)).order_by("valid_from").values_list("code", "name"))


def restrictions_on(on: date) -> tuple[RestrictionView, ...]:
    """List who alone may perform which step of the services of a day."""
    codes = Service.objects.on(on).values("code")
    return _restrictions(StepRestriction.objects.filter(service_code__in=codes))


def all_restrictions() -> tuple[RestrictionView, ...]:
    """List who alone may perform which step, of every service: for work over many days."""
    return _restrictions(StepRestriction.objects.all())


def _restrictions(rows: QuerySet[StepRestriction]) -> tuple[RestrictionView, ...]:
    return tuple(
        RestrictionView(
            service_code=row.service_code,
            group_code=row.rung.group.code,
            rung_code=row.rung.code,
            performer=row.performer,
            performer_name=row.performer_name,
            note=row.note,
        )
        for row in rows.select_related("rung__group").order_by("service_code", "rung__position")
    )


_services: Remembered[str, tuple[ServiceView, ...]] = Remembered(1)
_groups: Remembered[str, tuple[GroupView, ...]] = Remembered(1)
_guides: Remembered[date, tuple[GuideView, ...]] = Remembered(2)
_answers: Remembered[date, tuple[AnswerView, ...]] = Remembered(2)


def forget_catalogue() -> None:
    """Look the catalogue up again: it has changed."""
    for one in (_services, _groups, _guides, _answers):
        one.forget()


def _read_groups() -> tuple[GroupView, ...]:
    columns = "code", "name", "rungs__code", "rungs__name", "rungs__position", "rungs__stage"
    rows = ServiceGroup.objects.order_by("position", "code", "rungs__position").values_list(*columns)
    return tuple(
        GroupView(code=code, name=name, rungs=tuple(RungView(*rung) for *_, rung in ladder if rung[0] is not None))
        for (code, name), ladder in groupby(((row[:2], row[2:]) for row in rows), key=itemgetter(0))
    )


def _read_services() -> tuple[ServiceView, ...]:
    found = Service.objects.select_related("group").order_by("position", "valid_from")
    return tuple(
        ServiceView(
            code=row.code,
            name=row.name,
            group_code=row.group.code,
            provider=row.provider,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in found
    )
