"""Who tries things with plans: an officer of the steering office, a unit's viewer, and somebody without a duty."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from raquan.campaign import commands
from raquan.campaign.models import Task
from raquan.kernel.actor import SYSTEM, Actor
from raquan.people import commands as people
from raquan.people.queries import actor_of_user
from raquan.people.rules import Level, Role
from raquan.readings.tests import papers

DAY = date(2023, 10, 5)
PASSWORD = "một mật khẩu đủ dài"


@pytest.fixture
def cu_mgar(db: None, now: datetime) -> UUID:
    """The people's committee of Cư M’gar, which the sample plans name."""
    return register_cu_mgar(now)


def register_cu_mgar(now: datetime) -> UUID:
    """Register it, in the test's transaction or outside any."""
    return people.register_organization(
        by=SYSTEM, now=now, name="Ủy ban nhân dân huyện Cư M’gar", level=Level.DISTRICT, place_code="648"
    )


@pytest.fixture
def person(cu_mgar: UUID, now: datetime) -> Callable[[Role | None], Actor]:
    """Give a person with a role, or with none."""

    def make(role: Role | None) -> Actor:
        login = f"{role.value if role else 'nobody'}@example.vn"
        user_id = people.create_user(by=SYSTEM, now=now, full_name="Y Mek Ê Nuôl", login=login, password=PASSWORD)
        if role:
            everywhere = role is Role.STEERING_OFFICER
            people.give_duty(
                by=SYSTEM,
                now=now,
                user_id=user_id,
                role=role,
                organization_id=None if everywhere else cu_mgar,
                starts_on=date(2023, 1, 1),
            )
        actor = actor_of_user(user_id, DAY)
        assert actor is not None
        return actor

    return make


@pytest.fixture
def officer(person: Callable[[Role | None], Actor]) -> Actor:
    """An officer of the steering office."""
    return person(Role.STEERING_OFFICER)


@pytest.fixture
def viewer(person: Callable[[Role | None], Actor]) -> Actor:
    """Somebody who reads."""
    return person(Role.VIEWER)


@pytest.fixture
def stranger(person: Callable[[Role | None], Actor]) -> Actor:
    """Somebody without a duty."""
    return person(None)


@pytest.fixture
def signed_in(client: Client) -> Callable[[Actor], Client]:
    """Give a browser in which somebody has signed in."""

    def sign_in(actor: Actor) -> Client:
        client.force_login(get_user_model().objects.get(pk=str(actor.id)))
        return client

    return sign_in


@pytest.fixture
def writer(person: Callable[[Role | None], Actor]) -> Actor:
    """An officer of the people's committee of Cư M’gar, which the sample plan's first task names."""
    return person(Role.UNIT_OFFICER)


@pytest.fixture
def neighbour(db: None, now: datetime) -> Actor:
    """An officer of a unit that the plan's first task does not name."""
    return register_neighbour(now)


def register_neighbour(now: datetime) -> Actor:
    """Register an officer of a department, in the test's transaction or outside any."""
    unit = people.register_organization(by=SYSTEM, now=now, name="Sở Tài chính", level=Level.DEPARTMENT)
    login = "so-tai-chinh@example.vn"
    user_id = people.create_user(by=SYSTEM, now=now, full_name="H’Trang Niê", login=login, password=PASSWORD)
    people.give_duty(
        by=SYSTEM, now=now, user_id=user_id, role=Role.UNIT_OFFICER, organization_id=unit, starts_on=date(2023, 1, 1)
    )
    actor = actor_of_user(user_id, DAY)
    assert actor is not None
    return actor


@pytest.fixture
def plan(cu_mgar: UUID, now: datetime) -> commands.PlanImported:
    """The sample plan of 2023, in force."""
    return commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(), file_name="a.docx")


@pytest.fixture
def tasks(plan: commands.PlanImported) -> list[UUID]:
    """The plan's two tasks: of Cư M’gar, and of all departments together."""
    return list(Task.objects.filter(is_section=False).order_by("position").values_list("id", flat=True))


@pytest.fixture
def sub_plan(writer: Actor, cu_mgar: UUID, tasks: list[UUID], now: datetime) -> UUID:
    """A draft of Cư M’gar's with a line, in its first edition."""
    made = commands.start_sub_plan(by=writer, now=now, task_id=tasks[0], organization_id=cu_mgar)
    lines = [commands.Line("Giúp người dân nộp hồ sơ", "Nhà văn hóa Ea Pốk", "5/10", "Tổ công nghệ số")]
    commands.save_sub_plan(by=writer, now=now, sub_plan_id=made, edition=0, title="KH", aims="Kín", lines=lines)
    return made


@pytest.fixture
def sent(sub_plan: UUID, writer: Actor, now: datetime) -> UUID:
    """That draft, issued and sent."""
    issue(sub_plan, writer, now)
    commands.send_sub_plan(by=writer, now=now, sub_plan_id=sub_plan)
    return sub_plan


def issue(sub_plan_id: UUID, by: Actor, now: datetime, **given: object) -> None:
    """Record that a sub-plan in its first edition was signed."""
    said: dict[str, object] = {"number": "12/KH-UBND", "issued_on": DAY, "document": b"%PDF-1.7", "edition": 1}
    said |= {"file_name": "ky.pdf", "media_type": "application/pdf"} | given
    commands.record_issue(by=by, now=now, sub_plan_id=sub_plan_id, **said)  # type: ignore[arg-type]
