"""A market day in tests: an outing of Cư M’gar at which sheets are ticked, and its people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.outings import commands as outings
from raquan.outings import queries as outing_queries
from raquan.outings.tests.conftest import make_world, plan_arguments


@dataclass(frozen=True)
class Market:
    """What tests speak of; `city_officer` is of another unit."""

    outing_id: UUID
    outing_code: str
    campaign_id: UUID
    cumgar_id: UUID
    officer: Actor
    helper: Actor
    city_officer: Actor


def make_market(now: datetime) -> Market:
    """Make it, in the test's own transaction or outside any."""
    world = make_world(now)
    plan = plan_arguments(world) | {"held_on": local_date(now), "service_codes": ["birth_registration"], "team": []}
    outing_id = outings.plan_outing(now=now, **plan)
    return Market(
        outing_id=outing_id,
        outing_code=outing_queries.outing(world.officer, outing_id).code,
        campaign_id=world.campaign_id,
        cumgar_id=world.cumgar_id,
        officer=world.officer,
        helper=world.helper,
        city_officer=world.city_officer,
    )


def signed_in(actor: Actor) -> Client:
    """Give a browser in which the person has signed in."""
    assert actor.id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.id))
    return client
