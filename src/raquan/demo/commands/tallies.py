"""Issues and enters the demo's tally sheets, the evening after their outing."""

from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from uuid import uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.demo.queries import begun_outings, services
from raquan.demo.rules.tallies import simulate_sheets
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.outings import queries as outings
from raquan.tallies import commands as tallies
from raquan.tallies.rules import TallySource

AFTER = timedelta(hours=2)


def load_tally_sheets(now: datetime, assists: int, seed: int) -> None:
    """Enter the sheets of outings that are over, all at once; a blank one is left of each that had any."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    begun = {one.code: one for one in begun_outings(campaign, now, seed)}
    ids = {code: ref.id for code, ref in outings.outings_by_codes(begun).items()}
    ticked_sheets = simulate_sheets(list(begun.values()), services(now), assists=assists, seed=seed)
    with transaction.atomic():
        for code, sheets in groupby(ticked_sheets, key=attrgetter("outing_code")):
            ticked, day = list(sheets), begun[code]
            numbers = tallies.issue_tally_sheets(
                by=SYSTEM,
                now=datetime.combine(day.held_on, day.starts_at, tzinfo=clock.VIETNAM),
                outing_id=ids[code],
                count=len(ticked) + 1,
                request_id=uuid5(campaign.id, f"raquan.demo.tallies.{code}"),
            )
            evening = datetime.combine(day.held_on, day.ends_at, tzinfo=clock.VIETNAM) + AFTER
            for number, sheet in zip(numbers, ticked, strict=False):  # the last one stays blank
                tallies.enter_tally_sheet(
                    by=SYSTEM,
                    now=min(evening, now),
                    number=number,
                    lines=sheet.cells,
                    recorded_too=sheet.recorded_too,
                    source=TallySource.PAGE,
                    is_synthetic=True,
                )
