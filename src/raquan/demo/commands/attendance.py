"""Checks the demo's teams in at the outings that have begun: most in time, some late, one in ten never."""

import random
from datetime import datetime, timedelta
from uuid import uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.demo.queries import begun_outings
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.outings import commands
from raquan.outings import queries as outings

EARLIEST, LATEST = -20, 25
"""Minutes from the start between which people come."""


def load_attendance(now: datetime, seed: int) -> None:
    """Check in the teams of begun outings, all at once; the same seed gives the same arrivals."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    begun = {one.code: one for one in begun_outings(campaign, now, seed)}
    ids = [ref.id for ref in outings.outings_by_codes(begun).values() if ref.state != "cancelled"]
    chance = random.Random(f"attendance {seed}")  # noqa: S311 - a simulation
    with transaction.atomic():
        for start in range(0, len(ids), 200):
            for view in reversed(outings.outings_by_ids(SYSTEM, ids[start : start + 200])):
                opens = datetime.combine(view.held_on, view.starts_at, tzinfo=clock.VIETNAM)
                for one in outings.attendance(SYSTEM, view, now):
                    if chance.random() < 0.1:
                        continue
                    commands.check_in(
                        by=SYSTEM,
                        now=now,
                        outing_code=view.code,
                        at=opens + timedelta(minutes=chance.randint(EARLIEST, LATEST)),
                        user_id=one.user_id,
                        request_id=uuid5(view.id, f"raquan.demo.attendance.{one.user_id}"),
                    )
