"""Two speakers of one unit, somebody of another, and a guide to be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.catalogue import queries as catalogue
from raquan.catalogue.commands import load_catalogue
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.kernel.clock import local_date
from raquan.people import commands as people
from raquan.people.rules import Level, Role
from raquan.recordings import queries
from raquan.recordings.commands import Spoken, send_recording
from raquan.recordings.tests import tones

GUIDE = "birth_registration"


@dataclass(frozen=True)
class Speakers:
    """H'Bia records for Cư M'gar; Y Thanh hears it again; Hùng is of another unit; Lan of the steering office."""

    unit_id: UUID
    hbia: Actor
    ythanh: Actor
    hung: Actor
    lan: Actor


def _of(name: str, role: Role, unit: UUID | None) -> Actor:
    return Actor(ActorKind.USER, uuid4(), name, duties=(Duty(role, unit),))


@pytest.fixture
def speakers(db: None, now: datetime) -> Speakers:
    """The catalogue, two units and their people."""
    load_catalogue(by=SYSTEM, now=now)
    unit, other = (
        people.register_organization(by=SYSTEM, now=now, name=name, level=Level.DISTRICT)
        for name in ("UBND huyện Cư M’gar", "UBND huyện Ea Kar")
    )
    return Speakers(
        unit,
        _of("H’Bia Niê", Role.HELPER, unit),
        _of("Y Thanh Mlô", Role.TEAM_LEADER, unit),
        _of("Trần Hùng", Role.UNIT_OFFICER, other),
        _of("Nguyễn Lan", Role.STEERING_OFFICER, None),
    )


@pytest.fixture
def sent(speakers: Speakers, now: datetime) -> UUID:
    """A recording in Ê Đê that waits for a second speaker."""
    return send_recording(by=speakers.hbia, now=now, spoken=spoken(now))


def version(now: datetime) -> str:
    """Give the version of the guide's words now."""
    text = queries.current_text(GUIDE, on=local_date(now))
    assert text
    return text.version


def spoken(now: datetime, seconds: float = 12, **changes: Any) -> Spoken:
    """Give a test tone as what is sent of a guide in Ê Đê."""
    said: dict[str, Any] = {
        "service_code": GUIDE,
        "language": "rad",
        "text_version": version(now),
        "data": tones.webm(seconds),
        "speaker_name": "H’Bia",
        "agrees": True,
    }
    return Spoken(**said | changes)


def guide(now: datetime) -> catalogue.GuideView:
    """Give the guide that is read."""
    return next(one for one in catalogue.guides_on(local_date(now)) if one.service_code == GUIDE)
