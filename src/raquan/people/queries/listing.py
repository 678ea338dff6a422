"""The lists of people and organizations that are searched, sorted and exported, and the page of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_, NotFound
from raquan.kernel.text import fold
from raquan.people.models import NOBODY, Duty, Invitation, Organization, User
from raquan.people.queries.actors import in_force
from raquan.people.queries.register import DutyView, duties_by_user, duty_text, duty_view, readable_organizations
from raquan.people.queries.scope import organizations_of
from raquan.people.rules import GIVEN_ON, LEVEL_NAMES, Action, Level, Role, may
from raquan.ui.columns import Column, Columns, ranked


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What is looked for: a text in name or login, an organization, a role, who is `open`, `invited` or `closed`."""

    text: str = ""
    organization_id: UUID | None = None
    role: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of a list with the duties that hold on the day; `is_invited`: has not chosen a password yet."""

    id: UUID
    number: int
    full_name: str
    login: str
    is_active: bool
    is_invited: bool
    duties: tuple[DutyView, ...]

    @property
    def state_name(self) -> str:
        """Say in which state the account is, a message id."""
        return N_("Đã khóa") if not self.is_active else N_("Chưa nhận lời mời") if self.is_invited else N_("Đang dùng")


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person's page: `duties` are all, newest first; `stand_ins` name who does a duty instead, by the duty's id."""

    id: UUID
    full_name: str
    login: str
    is_active: bool
    has_password: bool
    invited_until: datetime | None
    duties: tuple[DutyView, ...]
    stand_ins: tuple[tuple[DutyView, str, UUID], ...]


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """An organization of a list, and how many people have a duty there on the day."""

    id: UUID
    name: str
    code: str | None
    level_name: str
    parent_name: str | None
    place_code: str | None
    people: int


_UNUSABLE = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
_INVITED = Case(When(_UNUSABLE, then=True), default=False)
_STATE = Case(When(is_active=False, then=2), When(_UNUSABLE, then=1), default=0)

PEOPLE: Columns[PersonLine] = Columns(
    name="nhan-su",
    title=N_("Nhân sự"),
    first="name",
    columns=(
        Column("name", N_("Họ và tên"), lambda one: one.full_name, by=("sort_key",)),
        Column("login", N_("Đăng nhập"), lambda one: one.login, by=("login",)),
        Column("duties", N_("Phân công hôm nay"), lambda one: "; ".join(duty_text(duty) for duty in one.duties)),
        Column("state", N_("Tài khoản"), lambda one: gettext(one.state_name), by=(_STATE,)),
    ),
)

ORGANIZATIONS: Columns[OrganizationLine] = Columns(
    name="don-vi",
    title=N_("Đơn vị"),
    first="name",
    columns=(
        Column("name", N_("Đơn vị"), lambda one: one.name, by=("sort_key",)),
        Column("code", N_("Mã định danh"), lambda one: one.code, unseen=True),
        Column("level", N_("Cấp"), lambda one: gettext(one.level_name), by=(ranked("level", Level),)),
        Column("parent", N_("Thuộc"), lambda one: one.parent_name, by=("parent__sort_key",)),
        Column("place", N_("Mã địa bàn"), lambda one: one.place_code, unseen=True),
        Column("people", N_("Số người"), lambda one: one.people, by=("people",), numeric=True),
    ),
)


def people_list(
    actor: Actor, wanted: PeopleFilter, *, on: date, sort: str = "", page: int = 1, size: int = 50
) -> Page[PersonLine]:
    """List the people where the actor may read, as `users` does, of those looked for; five queries at most."""
    own = readable_organizations(actor)
    found = _narrowed(_reachable(own), wanted, on)
    seen = PEOPLE.ordered(found.annotate(is_invited=_INVITED), sort)[window(page, size)]
    rows = in_force(on).filter(user_id__in=seen.values("id"))  # not by their ids: of a file there are thousands
    if own is not None:
        rows = rows.filter(organization_id__in=own)
    people = list(seen.values_list("id", "number", "full_name", "login", "is_active", "is_invited"))
    duties = duties_by_user(rows.order_by("starts_on", "id")) if people else {}
    items = [PersonLine(*one, duties=tuple(duties.get(one[0], ()))) for one in people]
    return Page(items, page, size, total_of(items, page, size, found.count))


def person(actor: Actor, user_id: UUID) -> PersonView:
    """Give a person's page, with the duties where the actor may read; their own to everybody. Raises NotFound."""
    own = None if actor.id == user_id else readable_organizations(actor)
    found = _reachable(own).filter(id=user_id).first()
    if found is None:
        raise NotFound()
    rows = Duty.objects.filter(user_id=user_id).select_related("organization", "instead_of__user")
    others = Duty.objects.filter(instead_of__user_id=user_id).select_related("organization", "user")
    if own is not None:
        rows, others = rows.filter(organization_id__in=own), others.filter(organization_id__in=own)
    opened = Invitation.objects.filter(user_id=user_id, used_at__isnull=True, ended_at__isnull=True).first()
    return PersonView(
        id=found.id,
        full_name=found.full_name,
        login=found.login,
        is_active=found.is_active,
        has_password=found.has_usable_password(),
        invited_until=opened.expires_at if opened else None,
        duties=tuple(duty_view(row) for row in rows.order_by("-starts_on", "-id")),
        stand_ins=tuple(
            (duty_view(row), row.user.full_name, row.user_id) for row in others.order_by("-starts_on", "-id")
        ),
    )


@dataclass(frozen=True, slots=True)
class PeopleQueues:
    """Whom an administrator should look after: `invited` have no password yet, `idle` have no duty on the day."""

    invited: int
    idle: int


def people_queues(actor: Actor, on: date) -> PeopleQueues:
    """Count the open accounts, among those that the actor manages, that nobody uses or can use; one query."""
    found = _reachable(organizations_of(actor, Action.PEOPLE_MANAGE)).filter(is_active=True)
    idle = ~_UNUSABLE & ~Q(Exists(in_force(on).filter(user_id=OuterRef("id"))))
    counts = found.aggregate(invited=Count("id", filter=_UNUSABLE), idle=Count("id", filter=idle))
    return PeopleQueues(**counts)


def colleagues(actor: Actor, on: date) -> tuple[tuple[str, str], ...]:
    """List who could stand in for the actor: the others with a duty where the actor has one to give on; id and name."""
    mine = {duty.organization_id for duty in actor.duties if Role(duty.role) in GIVEN_ON}
    held = in_force(on).filter(Q(organization_id__in=[one for one in mine if one]) | _whole(None in mine))
    people = User.objects.filter(id__in=held.values("user_id"), is_active=True).exclude(id=actor.id or NOBODY)
    return tuple((str(id_), name) for id_, name in people.order_by("sort_key", "id").values_list("id", "full_name"))


def organization_list(
    actor: Actor, *, on: date, text: str = "", level: str = "", sort: str = "", page: int = 1, size: int = 50
) -> Page[OrganizationLine]:
    """List the organizations whose people the actor may read; two queries. Raises NotAllowed."""
    own = readable_organizations(actor)
    found = Organization.objects.filter(search_key__contains=fold(text))
    if own is not None:
        found = found.filter(id__in=own)
    if level in set(Level):
        found = found.filter(level=level)
    counted = found.annotate(people=Count("duties_here__user", filter=_on_a_day(on), distinct=True))
    rows = ORGANIZATIONS.ordered(counted.select_related("parent"), sort)
    items = [
        OrganizationLine(
            id=one.id,
            name=one.name,
            code=one.code,
            level_name=LEVEL_NAMES[Level(one.level)],
            parent_name=one.parent.name if one.parent else None,
            place_code=one.place_code,
            people=one.people,
        )
        for one in rows[window(page, size)]
    ]
    return Page(items, page, size, total_of(items, page, size, found.count))


def choices_of_organizations(actor: Actor, action: Action) -> Sequence[tuple[str, str]]:
    """List the organizations for which the actor may do something, id and name by name; none for who may nowhere."""
    if not may(actor, action):
        return ()
    own = organizations_of(actor, action)
    found = Organization.objects.all() if own is None else Organization.objects.filter(id__in=own)
    rows = found.order_by("sort_key", "id").values_list("id", "name")
    return tuple((str(id_), name) for id_, name in rows)


def invited_person(token_hash: str, real_now: datetime) -> str | None:
    """Give the name of who an invitation is for, by the hash of what its link ends with; None when it is gone."""
    found = Invitation.objects.filter(
        token_hash=token_hash,
        used_at__isnull=True,
        ended_at__isnull=True,
        expires_at__gt=real_now,
        user__is_active=True,
    )
    return found.values_list("user__full_name", flat=True).first()


def _reachable(own: frozenset[UUID] | None) -> QuerySet[User]:
    if own is None:
        return User.objects.all()
    return User.objects.filter(id__in=Duty.objects.filter(organization_id__in=own).values("user_id"))


def _narrowed(found: QuerySet[User], wanted: PeopleFilter, on: date) -> QuerySet[User]:
    if wanted.text:
        found = found.filter(search_key__contains=fold(wanted.text))
    held = in_force(on).filter(user_id=OuterRef("id"))
    if wanted.organization_id:
        held = held.filter(organization_id=wanted.organization_id)
    if wanted.role:
        held = held.filter(role=wanted.role)
    if wanted.organization_id or wanted.role:
        found = found.filter(Exists(held))
    states = {
        "open": Q(is_active=True) & ~_UNUSABLE,
        "invited": Q(is_active=True) & _UNUSABLE,
        "closed": Q(is_active=False),
    }
    return found.filter(states.get(wanted.state, Q()))


def _on_a_day(on: date) -> Q:
    return Q(duties_here__starts_on__lte=on) & (Q(duties_here__ends_on__isnull=True) | Q(duties_here__ends_on__gte=on))


def _whole(is_wanted: bool) -> Q:
    return Q(organization__isnull=True) if is_wanted else Q(pk__in=[])
