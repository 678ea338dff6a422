"""Outings and who came to them as plain rows: for the room that counts them, which decides who may see what of it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet

from raquan.kernel.clock import VIETNAM
from raquan.outings.models import Assignment, CheckIn, Outing
from raquan.outings.rules import arrival, minutes_after_start, path_codes


@dataclass(frozen=True, slots=True)
class OutingFact:
    """An outing as it stands; `minutes` are those of its plan, `team` the people in its team now."""

    id: UUID
    organization_id: UUID
    place_path: tuple[str, ...]
    held_on: date
    state: str
    site_kind: str
    aim: str
    language: str
    minutes: int
    team: int


@dataclass(frozen=True, slots=True)
class AttendanceFact:
    """A person awaited at an outing, or who came to it; `helper` stands for the person within a campaign.

    `part` is "" for who came without being in the team, `presence` is "" for who has not come; `minutes` run from the
    arrival (not before the start) to the planned end. Outings that were called off have none.
    """

    id: UUID
    outing_id: UUID
    organization_id: UUID
    place_path: tuple[str, ...]
    held_on: date
    part: str
    presence: str
    minutes: int
    helper: str


def outings_of_code(column: str) -> QuerySet[Outing]:
    """Give the outing whose code stands in a column of another room's rows: a part of that room's question."""
    return Outing.objects.filter(code=OuterRef(column))


def outing_facts(campaign_id: UUID) -> list[OutingFact]:
    """List a campaign's outings in the order of their ids, in one query."""
    team = Count("team", filter=Q(team__ended_at__isnull=True))
    rows = Outing.objects.filter(campaign_id=campaign_id).annotate(kind=F("site__kind"), members=team).order_by("id")
    columns = ("id", "organization_id", "place_path", "held_on", "state", "kind", "aim", "language")
    return [
        OutingFact(id_, unit, path_codes(path), day, state, kind, aim, language, _minutes(starts, ends), members)
        for id_, unit, path, day, state, kind, aim, language, starts, ends, members in rows.values_list(
            *columns, "starts_at", "ends_at", "members"
        )
    ]


def attendance_facts(campaign_id: UUID) -> list[AttendanceFact]:
    """List who is in the teams of a campaign's outings, and who came, each person of an outing once; two queries."""
    columns = ("outing_id", "user_id", "id", *(f"outing__{name}" for name in _OUTING))
    of = Q(outing__campaign_id=campaign_id) & ~Q(outing__state="cancelled")
    came = {
        (row[0], row[1]): row
        for row in CheckIn.objects.filter(of).order_by("id").values_list(*columns, "at").iterator()
    }
    team = Assignment.objects.filter(of, ended_at__isnull=True).order_by("id").values_list(*columns, "part")
    found = []
    for *row, part in team.iterator():
        arrived = came.pop((row[0], row[1]), None)
        found.append(_attendance(campaign_id, row, part, arrived[-1] if arrived else None))
    return found + [_attendance(campaign_id, list(row), "", row[-1]) for row in came.values()]


_OUTING = ("organization_id", "place_path", "held_on", "starts_at", "ends_at")


def _attendance(campaign_id: UUID, row: list[object], part: str, at: datetime | None) -> AttendanceFact:
    outing_id, user_id, id_, unit, path, held_on, starts, ends = row[:8]
    assert isinstance(starts, time) and isinstance(ends, time) and isinstance(held_on, date)  # noqa: S101, PT018
    presence, minutes = "", 0
    if at is not None:
        presence = arrival(minutes_after_start(held_on, starts, at)).value
        local = at.astimezone(VIETNAM).time()
        minutes = _minutes(max(starts, local), ends)
    return AttendanceFact(
        id=UUID(str(id_)),
        outing_id=UUID(str(outing_id)),
        organization_id=UUID(str(unit)),
        place_path=path_codes(str(path)),
        held_on=held_on,
        part=part,
        presence=presence,
        minutes=minutes,
        helper=hashlib.sha256(f"{campaign_id} {user_id}".encode()).hexdigest()[:16],
    )


def _minutes(starts: time, ends: time) -> int:
    """Count the whole minutes between two times of a day; 0 where the second is not after the first."""
    return max((ends.hour - starts.hour) * 60 + ends.minute - starts.minute, 0)
