"""Loads the demo part by part, through the same commands that people use."""

import random as random_module
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from django.db import transaction

from raquan.analytics import commands as analytics
from raquan.campaign import commands as campaign_commands
from raquan.campaign import queries as campaigns
from raquan.capture import commands as capture
from raquan.catalogue import commands as catalogue_commands
from raquan.demo.commands.attendance import load_attendance
from raquan.demo.commands.desks import load_help_desks
from raquan.demo.commands.displays import load_displays
from raquan.demo.commands.exhibitions import load_booth_photos, load_exhibitions
from raquan.demo.commands.feedback import load_feedback
from raquan.demo.commands.ground import (
    FilesMissing,
    NotADemo,
    Progress,
    codes_on,
    organization,
    organization_of_district,
)
from raquan.demo.commands.links import load_links
from raquan.demo.commands.market import load_market
from raquan.demo.commands.outreach import load_outreach
from raquan.demo.commands.press import load_press
from raquan.demo.commands.rounds import load_rounds
from raquan.demo.commands.simulating import make_demo_cards, simulate_assists
from raquan.demo.commands.tallies import load_tally_sheets
from raquan.demo.commands.vouchers import load_vouchers
from raquan.demo.models import DemoState
from raquan.demo.queries import communes, loaded_parts
from raquan.demo.rules import (
    ACCOUNTS,
    CU_MGAR,
    CU_MGAR_CODE,
    CU_MGAR_OUTING,
    DEVICE_KEY,
    FIELD_CODE,
    FIELD_LOGIN,
    LEADER_LOGIN,
    PASSWORD,
)
from raquan.demo.rules.schedule import STARTS_AT, ScheduledOuting, schedule
from raquan.forms import commands as form_commands
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.outings import commands as outing_commands
from raquan.outings import queries as outings
from raquan.outings.rules import make_code
from raquan.people import commands as people_commands
from raquan.people import queries as people
from raquan.places import commands as places_commands

FORMS = ("assist", "supervision", "display")


def load_demo(*, real_now: datetime, root: Path, assists: int, seed: int, progress: Progress) -> None:
    """Load what is not loaded yet; each part is finished or done again, so that it may be killed at any moment.

    `root` is the project's folder, with `examples/` and `forms/`. Raises NotADemo beside a real campaign.
    """
    _begin(real_now)
    now = STARTS_AT  # not the ticking clock: a load that goes on after a kill must make the very same records
    parts: dict[str, Callable[[], None]] = {
        "places": lambda: _load_ground(now),
        "accounts": lambda: _load_accounts(now),
        "field_code": lambda: _load_field_code(now),
        "plan": lambda: _load_plan(now, root),
        "outings": lambda: _load_outings(now, seed, progress),
        "help_desks": lambda: load_help_desks(now, seed),
        "attendance": lambda: load_attendance(now, seed),
        "tally_sheets": lambda: load_tally_sheets(now, assists, seed),  # facts with the assists beside them
        "cards": lambda: make_demo_cards(now=now, assists=assists, seed=seed),
        "assists": lambda: _load_assists(now, assists, seed, progress),
        "market": lambda: load_market(now),
        "vouchers": lambda: load_vouchers(now),
        "exhibitions": lambda: load_exhibitions(now),
        "outreach": lambda: load_outreach(now),
        "displays": lambda: load_displays(now),
        "links": lambda: load_links(now),
        "snapshot": lambda: _load_snapshot(now),  # of all that came before it
        "rounds": lambda: load_rounds(now),
        "feedback": lambda: load_feedback(now),
        "press": lambda: load_press(now),
        "booth_photos": lambda: load_booth_photos(now),
    }
    done = loaded_parts()
    for name, load in parts.items():
        if name not in done:
            load()
            with transaction.atomic():
                state = DemoState.objects.get(id=1)
                DemoState.objects.filter(id=1).update(loaded=[*state.loaded, name])


def _begin(real_now: datetime) -> None:
    """Make this installation a demo, and set its clock at the first load; from then on it ticks."""
    state = DemoState.objects.filter(id=1).first()
    if state is None:
        if campaigns.campaigns():
            raise NotADemo()
        state = DemoState.objects.create(id=1, clock_offset=STARTS_AT - real_now)
    clock.install_offset(state.clock_offset)


def _load_ground(now: datetime) -> None:
    places_commands.load_packaged_units(by=SYSTEM, now=now)
    people_commands.load_organizations(by=SYSTEM, now=now)
    catalogue_commands.load_catalogue(by=SYSTEM, now=now)


def _load_accounts(now: datetime) -> None:
    from_day = clock.local_date(now).replace(month=1, day=1)
    for account in ACCOUNTS:
        organization_id = organization(account.organization) if account.organization else None
        user_id = people_commands.create_user(
            by=SYSTEM, now=now, full_name=account.full_name, login=account.login, password=PASSWORD
        )
        people_commands.give_duty(
            by=SYSTEM,
            now=now,
            user_id=user_id,
            role=account.role,
            organization_id=organization_id,
            place_code=account.place_code,
            starts_on=from_day,
        )
        if account.login == FIELD_LOGIN:
            people_commands.register_device(
                by=SYSTEM,
                now=now,
                label="Máy dùng thử của " + account.full_name,
                owner_id=user_id,
                organization_id=organization_id or organization(CU_MGAR),
                key=DEVICE_KEY,
            )


def _load_field_code(now: datetime) -> None:
    day = clock.local_date(now)
    helper = people.actor_by_login(FIELD_LOGIN, day)
    assert helper is not None  # noqa: S101 - made by the part before
    assert helper.id is not None  # noqa: S101 - a person
    people_commands.give_field_code(
        by=SYSTEM,
        now=now,
        user_id=helper.id,
        organization_id=organization(CU_MGAR),
        starts_on=day.replace(month=1, day=1),
        ends_on=day.replace(month=12, day=31),
        code=FIELD_CODE,
    )


def _load_plan(now: datetime, root: Path) -> None:
    plan, forms = root / "examples" / "ke-hoach-138-2023.docx", [root / "forms" / f"{name}.xlsx" for name in FORMS]
    for path in (plan, *forms):
        if not path.exists():
            raise FilesMissing(name=str(path))
    campaign_commands.import_plan(by=SYSTEM, now=now, document=plan.read_bytes(), file_name=plan.name, synthetic=True)
    for form in forms:
        form_commands.publish_form(by=SYSTEM, now=now, xlsform=form.read_bytes(), file_name=form.name)


def _load_outings(now: datetime, seed: int, progress: Progress) -> None:
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    scheduled = list(schedule(communes(now), campaign.starts_on, campaign.ends_on, seed=seed))
    dice = random_module.Random(seed)  # noqa: S311 - a simulation, not a secret
    owners = {code: organization_of_district(code) for code in {one.district_code for one in scheduled}}
    task_id = campaigns.task_for_outings(campaign.id)
    members = [people.actor_by_login(login, clock.local_date(now)) for login in (LEADER_LOGIN, FIELD_LOGIN)]
    of_cu_mgar = [one.id for one in members if one and one.id]  # the leader first
    for first in range(0, len(scheduled), 50):
        drawn = [(one, *_draw(one, now, dice)) for one in scheduled[first : first + 50]]
        standing = outings.outings_by_codes(code for _, code, _ in drawn)
        with transaction.atomic():  # one commit for fifty: an outing that stands has gone all its way
            for one, code, rains in drawn:
                if code not in standing:
                    team = of_cu_mgar if one.district_code == CU_MGAR_CODE else []
                    _plan(one, code, rains, campaign.id, task_id, owners[one.district_code], team, now)
        progress("outings", min(first + 50, len(scheduled)), len(scheduled))


def _draw(one: ScheduledOuting, now: datetime, dice: random_module.Random) -> tuple[str, bool]:
    """Draw an outing's code, and whether rain calls it off; the same seed draws the same."""
    code = make_code(" ".join(one.site_name.rsplit(" ", 2)[-2:]), dice.choice)
    if (one.district_code, one.kind, one.held_on) == (CU_MGAR_CODE, "one_stop_shop", STARTS_AT.date()):
        code = CU_MGAR_OUTING
    is_over = datetime.combine(one.held_on, one.ends_at, tzinfo=clock.VIETNAM) < now
    return code, is_over and dice.random() < 0.03


def _plan(
    one: ScheduledOuting,
    code: str,
    rains: bool,
    campaign_id: UUID,
    task_id: UUID | None,
    organization_id: UUID,
    team: list[UUID],
    now: datetime,
) -> None:
    site_id = outing_commands.add_site(by=SYSTEM, now=now, name=one.site_name, kind=one.kind, place_code=one.place_code)
    outing_id = outing_commands.plan_outing(
        by=SYSTEM,
        now=now,
        campaign_id=campaign_id,
        task_id=task_id,
        organization_id=organization_id,
        site_id=site_id,
        held_on=one.held_on,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        service_codes=[code for code in one.service_codes if code in codes_on(one.held_on)],
        team=team,
        code=code,
    )
    begins = datetime.combine(one.held_on, one.starts_at, tzinfo=clock.VIETNAM)
    ends = datetime.combine(one.held_on, one.ends_at, tzinfo=clock.VIETNAM)
    if rains:
        outing_commands.cancel_outing(by=SYSTEM, now=begins, outing_id=outing_id, reason="Mưa lớn, đường không đi được")
        return
    if begins <= now:
        outing_commands.open_outing(by=SYSTEM, now=begins, outing_id=outing_id)
    if ends <= now:
        outing_commands.close_outing(by=SYSTEM, now=ends, outing_id=outing_id)


def _load_assists(now: datetime, count: int, seed: int, progress: Progress) -> None:
    simulate_assists(now=now, count=count, seed=seed, progress=progress)
    done = 0
    while projected := capture.project_pending(now=now):
        done += projected
        progress("projection", done, max(count, done))


def _load_snapshot(now: datetime) -> None:
    campaign = campaigns.current_campaign(now)
    if campaign is not None:
        analytics.extract_facts(by=SYSTEM, now=now)
        note = "Số liệu mô phỏng đến ngày nạp"
        request_id = uuid5(campaign.id, "raquan.demo.snapshot")  # killed right after it, loading freezes no second one
        analytics.freeze_snapshot(by=SYSTEM, now=now, campaign_id=campaign.id, note=note, request_id=request_id)
