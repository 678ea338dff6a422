"""Two units of a campaign, and ways to say something to them."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.capture.tests.world import Field, make_field
from raquan.feedback import commands
from raquan.feedback.commands import Said
from raquan.people.models import Organization

Send = Callable[..., tuple[UUID, str]]


@pytest.fixture
def field(db: None, now: datetime) -> Field:
    """Two units with an outing each."""
    made = make_field(now)
    Organization.objects.filter(id=made.cumgar_id).update(place_code="648", short_name="UBND huyện Cư M’gar")
    return made


@pytest.fixture
def send(field: Field, now: datetime) -> Send:
    """Say something about Cư M’gar's outing; give the id and the private address."""

    def say(token: str = "", **said: Any) -> tuple[UUID, str]:
        own = token or secrets.token_urlsafe(16)
        usual: dict[str, Any] = {"text": "Mai có mặt ở chợ không?", "wants_answer": True}
        told = Said(**usual | {"about_code": field.outing_code} | said)
        return commands.send_feedback(now=now, token=own, campaign_id=field.campaign_id, said=told), own

    return say
