"""Sets the demo's help desks up, and puts the demo's people on the roster of one."""

import random as random_module
from datetime import date, datetime

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo, codes_on, organization_of_district
from raquan.demo.queries import communes
from raquan.demo.rules import CU_MGAR_CODE, CU_MGAR_DESK, FIELD_LOGIN, LEADER_LOGIN
from raquan.demo.rules.desks import ROSTER, ScheduledDesk, desks
from raquan.helpdesks import commands as helpdesks
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.outings import commands as outings
from raquan.outings.rules import DESK_CODE_LENGTH, make_code
from raquan.people import queries as people


def load_help_desks(now: datetime, seed: int) -> None:
    """Set up the desks of the one-stop shops from the campaign's first day on."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    dice = random_module.Random(seed)  # noqa: S311 - a simulation, not a secret
    with transaction.atomic():
        for one in desks(communes(now)):
            is_known = one.is_seat and one.district_code == CU_MGAR_CODE
            code = CU_MGAR_DESK if is_known else make_code(one.district_name, dice.choice, length=DESK_CODE_LENGTH)
            _set_up(one, code, campaign.starts_on, now)


def _set_up(one: ScheduledDesk, code: str, first_on: date, now: datetime) -> None:
    site_id = outings.add_site(by=SYSTEM, now=now, name=one.site_name, kind="one_stop_shop", place_code=one.place_code)
    desk_id = helpdesks.set_up_help_desk(
        by=SYSTEM,
        now=now,
        organization_id=organization_of_district(one.district_code),
        site_id=site_id,
        service_codes=[service for service in one.service_codes if service in codes_on(first_on)],
        hours=one.hours,
        valid_from=first_on,
        capacity=one.capacity,
        code=code,
    )
    if code != CU_MGAR_DESK:
        return
    for login, weekdays in ((LEADER_LOGIN, ROSTER[0]), (FIELD_LOGIN, ROSTER[1])):
        person = people.actor_by_login(login, clock.local_date(now))
        if person is not None and person.id is not None:
            helpdesks.put_on_roster(
                by=SYSTEM, now=now, desk_id=desk_id, user_id=person.id, weekdays=weekdays, first_on=first_on
            )
