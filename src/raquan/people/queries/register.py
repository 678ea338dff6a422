"""The lists that managers of people look at: accounts with their duties, and phones."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.paging import Page, total_of, window
from raquan.people.models import Device, Duty, FieldCode, User
from raquan.people.queries.scope import organizations_of
from raquan.people.rules import ROLE_NAMES, Action, DeviceKind, Role


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty; `organization_name` and `place_code` None mean all of them, `instead_of_name` whose it is while away."""

    id: UUID
    role: str
    role_name: str
    organization_id: UUID | None
    organization_name: str | None
    place_code: str | None
    starts_on: date
    ends_on: date | None
    instead_of_name: str | None = None


@dataclass(frozen=True, slots=True)
class UserView:
    """An account and every duty it has, had or will have, newest first."""

    id: UUID
    number: int
    full_name: str
    login: str
    is_active: bool
    duties: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A phone; the key itself is nowhere."""

    id: UUID
    number: int
    label: str
    owner_id: UUID
    owner_name: str
    organization_name: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class FieldCodeView:
    """Who has a code, and how many phones in use signed in with it; the code itself is nowhere."""

    id: UUID
    person_id: UUID
    person_name: str
    organization_name: str
    starts_on: date
    ends_on: date
    revoked_at: datetime | None
    phones: int


def users(actor: Actor, page: int = 1, size: int = 50) -> Page[UserView]:
    """List the accounts with a duty where the actor may read, in the order of their making; three queries.

    Who reads everywhere also sees accounts without any duty. Raises NotAllowed.
    """
    own = readable_organizations(actor)
    found = User.objects.all() if own is None else User.objects.filter(id__in=_with_duty_in(own))
    people = list(found.order_by("number")[window(page, size)])
    duties: dict[UUID, list[DutyView]] = {one.id: [] for one in people}
    rows = Duty.objects.filter(user_id__in=duties).select_related("organization", "instead_of__user")
    if own is not None:
        rows = rows.filter(organization_id__in=own)
    for row in rows.order_by("-starts_on", "-id"):
        duties[row.user_id].append(duty_view(row))
    items = [
        UserView(one.id, one.number, one.full_name, one.login, one.is_active, tuple(duties[one.id])) for one in people
    ]
    return Page(items, page, size, total_of(items, page, size, found.count))


def devices(actor: Actor, page: int = 1, size: int = 50) -> Page[DeviceView]:
    """List the phones of the organizations where the actor may read, newest first; two queries. Raises NotAllowed."""
    own = readable_organizations(actor)
    phones = Device.objects.filter(kind=DeviceKind.PHONE.value)
    found = phones if own is None else phones.filter(organization_id__in=own)
    rows = found.select_related("owner", "organization").order_by("-number")[window(page, size)]
    items = [
        DeviceView(
            id=row.id,
            number=row.number,
            label=row.label,
            owner_id=row.owner.id,
            owner_name=row.owner.full_name,
            organization_name=row.organization.name,
            created_at=row.created_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
        if row.owner and row.organization
    ]
    return Page(items, page, size, total_of(items, page, size, found.count))


def field_codes(actor: Actor, page: int = 1, size: int = 50) -> Page[FieldCodeView]:
    """List the codes of the organizations where the actor may read, newest first; two queries. Raises NotAllowed."""
    own = readable_organizations(actor)
    found = FieldCode.objects.all() if own is None else FieldCode.objects.filter(organization_id__in=own)
    in_use = Count("devices", filter=Q(devices__revoked_at__isnull=True))
    rows = found.select_related("user", "organization").annotate(phones=in_use).order_by("-created_at", "-id")
    items = [
        FieldCodeView(
            id=row.id,
            person_id=row.user_id,
            person_name=row.user.full_name,
            organization_name=row.organization.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            revoked_at=row.revoked_at,
            phones=row.phones,
        )
        for row in rows[window(page, size)]
    ]
    return Page(items, page, size, total_of(items, page, size, found.count))


def readable_organizations(actor: Actor) -> frozenset[UUID] | None:
    """Give the organizations whose people the actor may read; None means all. Raises NotAllowed for none."""
    return organizations_of(actor, Action.PEOPLE_READ)


def _with_duty_in(organization_ids: Collection[UUID]) -> QuerySet[Duty, UUID]:
    return Duty.objects.filter(Q(organization_id__in=organization_ids)).values_list("user_id", flat=True)


def duty_view(row: Duty) -> DutyView:
    """Give a duty as pages show it; its organization, and whose it is instead of, should come with the row."""
    return DutyView(
        id=row.id,
        role=row.role,
        role_name=ROLE_NAMES[Role(row.role)],
        organization_id=row.organization_id,
        organization_name=row.organization.name if row.organization else None,
        place_code=row.place_code,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        instead_of_name=row.instead_of.user.full_name if row.instead_of else None,
    )


def duties_by_user(rows: QuerySet[Duty]) -> dict[UUID, list[DutyView]]:
    """Give duties by whose they are, in their order; one query for no more than is shown."""
    found: dict[UUID, list[DutyView]] = {}
    for user_id, id_, role, *others in rows.values_list("user_id", "id", "role", *_OF_DUTY):
        found.setdefault(user_id, []).append(DutyView(id_, role, ROLE_NAMES[Role(role)], *others))
    return found


_OF_DUTY = (
    "organization_id",
    "organization__name",
    "place_code",
    "starts_on",
    "ends_on",
    "instead_of__user__full_name",
)


def duty_text(duty: DutyView) -> str:
    """Say a duty in one line."""
    until = f"–{format_date(duty.ends_on)}" if duty.ends_on else ""
    days = f"{format_date(duty.starts_on)}{until}"
    return f"{gettext(duty.role_name)}, {duty.organization_name or gettext('Mọi đơn vị')} ({days})"
