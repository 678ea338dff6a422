"""Loads the demo part by part, through the same commands that people use, and simulates assists."""

import random as random_module
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from django.db import transaction

from raquan.analytics import commands as analytics
from raquan.campaign import commands as campaign_commands
from raquan.campaign import queries as campaigns
from raquan.capture import commands as capture
from raquan.capture.rules import Envelope, Outcome
from raquan.cards import commands as card_commands
from raquan.cards import queries as cards
from raquan.cards.rules import CARDS_A_SHEET, MOST_SHEETS, mark_of
from raquan.catalogue import commands as catalogue_commands
from raquan.catalogue import queries as catalogue
from raquan.demo.gateways import instance_xml
from raquan.demo.models import DemoState
from raquan.demo.queries import begun_outings, communes, loaded_parts, services
from raquan.demo.rules import (
    ACCOUNTS,
    CU_MGAR,
    CU_MGAR_CODE,
    CU_MGAR_OUTING,
    DEVICE_KEY,
    FIELD_CODE,
    FIELD_LOGIN,
    PASSWORD,
)
from raquan.demo.rules.assists import (
    CHANGED,
    OLD_FORM,
    REPEATS,
    SimulatedAssist,
    simulate,
)
from raquan.demo.rules.cards import card_code, hand_out, sheets_for
from raquan.demo.rules.schedule import STARTS_AT, ScheduledOuting, schedule
from raquan.forms import commands as form_commands
from raquan.forms import queries as forms
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.outings import commands as outing_commands
from raquan.outings import queries as outings
from raquan.outings.rules import make_code
from raquan.people import commands as people_commands
from raquan.people import queries as people
from raquan.places import commands as places_commands

Progress = Callable[[str, int, int], None]
BATCH = 500
FORM = "assist"
FORMS = (FORM, "supervision")


class NotADemo(Conflict):
    """This installation holds a real campaign: nothing synthetic may enter it."""

    code = "demo.not_a_demo"
    message = N_("Hệ thống này đang giữ chiến dịch thật; không nạp số liệu mô phỏng vào đây.")


class FilesMissing(Refused):
    """The example plan or the form is not where the project keeps it."""

    code = "demo.files_missing"
    message = N_("Không thấy tệp {name}. Hãy chạy lệnh này từ thư mục của dự án.")


@dataclass(slots=True)
class Sent:
    """What became of simulated records."""

    sent: int = 0
    accepted: int = 0
    duplicates: int = 0
    conflicts: int = 0
    refused: int = 0


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
        "cards": lambda: make_demo_cards(now=now, assists=assists, seed=seed),
        "assists": lambda: _load_assists(now, assists, seed, progress),
        "snapshot": lambda: _load_snapshot(now),
    }
    done = loaded_parts()
    for name, load in parts.items():
        if name not in done:
            load()
            with transaction.atomic():
                state = DemoState.objects.get(id=1)
                DemoState.objects.filter(id=1).update(loaded=[*state.loaded, name])


def simulate_assists(*, now: datetime, count: int, seed: int, progress: Progress) -> Sent:
    """Send `count` simulated assists, with repeats and refusals, through the door that phones use."""
    if not DemoState.objects.exists():
        raise NotADemo()
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    begun = begun_outings(campaign, now, seed)
    make_demo_cards(now=now, assists=count, seed=seed)
    groups = {service.code: service.group for service in services(now)}
    offered = services(now)
    made = hand_out(simulate(begun, offered, count=count, seed=seed), begun, offered, count=count, seed=seed)
    sent = Sent()
    dice = random_module.Random(seed)  # noqa: S311 - a simulation, not a secret
    version = forms.forms_for(SYSTEM, form_id=FORM)[0].version
    while batch := list(islice(made, BATCH)):
        envelopes = [one for assist in batch for one in _envelopes(assist, groups, version, now, dice, seed)]
        for verdict in capture.receive_submissions(by=SYSTEM, now=now, envelopes=envelopes):
            _count(sent, verdict.outcome)
        progress("assists", min(sent.accepted, count), count)
    return sent


def make_demo_cards(*, now: datetime, assists: int, seed: int) -> None:
    """Make the cards that so many simulated assists hand out, in every district; those that stand stay."""
    sheets = sheets_for(assists)
    for district in sorted({one.district_code for one in communes(now)}):
        for first in range(0, sheets, MOST_SHEETS):
            numbers = range(first * CARDS_A_SHEET, min(first + MOST_SHEETS, sheets) * CARDS_A_SHEET)
            codes = [card_code(seed, district, number) for number in numbers]
            if not cards.cards_by_marks([mark_of(codes[0])]):
                unit = _organization_of_district(district)
                size = len(codes) // CARDS_A_SHEET
                card_commands.make_cards(by=SYSTEM, now=now, organization_id=unit, sheets=size, codes=codes)


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
        organization_id = _organization(account.organization) if account.organization else None
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
                organization_id=organization_id or _organization(CU_MGAR),
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
        organization_id=_organization(CU_MGAR),
        starts_on=day.replace(month=1, day=1),
        ends_on=day.replace(month=12, day=31),
        code=FIELD_CODE,
    )


def _organization(name: str) -> UUID:
    match = people.match_organization(name)
    if match is None:
        raise FilesMissing(name=name)
    return match.organization_id


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
    owners = {code: _organization_of_district(code) for code in {one.district_code for one in scheduled}}
    task_id = campaigns.task_for_outings(campaign.id)
    members = [people.actor_by_login(login, clock.local_date(now)) for login in ("totruong@demo.vn", FIELD_LOGIN)]
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
        service_codes=[code for code in one.service_codes if code in _codes_on(one.held_on)],
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


@cache
def _codes_on(day: date) -> frozenset[str]:
    """Give the services that there were on a day; the catalogue does not change while the demo loads."""
    return frozenset(service.code for service in catalogue.services_on(day))


def _organization_of_district(code: str) -> UUID:
    found = people.organization_of_place(code)
    return found.id if found else _organization(CU_MGAR)


def _envelopes(
    assist: SimulatedAssist, groups: dict[str, str], version: str, now: datetime, dice: random_module.Random, seed: int
) -> Iterator[Envelope]:
    """Give what a phone sends for an assist: the record, now and then again, or with what must be refused."""
    delay = timedelta(seconds=dice.choice([20, 60, 300, 3600, 5 * 3600]))  # signal comes back in the evening
    received = min(assist.ended_at + delay, now)
    group = groups[assist.service]
    card = mark_of(card_code(seed, *assist.card)) if assist.card else ""

    def envelope(version: str, note: str = "") -> Envelope:
        payload = instance_xml(assist, form_id=FORM, version=version, group=group, card=card, note=note)
        return Envelope(payload=payload, received_at=received, device_id=assist.device, is_synthetic=True)

    if dice.random() < OLD_FORM:
        yield envelope("2022010100")
    yield envelope(version)
    if dice.random() < REPEATS:
        yield envelope(version)
    if dice.random() < CHANGED:
        yield envelope(version, note="-changed")


def _count(sent: Sent, outcome: Outcome) -> None:
    sent.sent += 1
    sent.accepted += outcome is Outcome.ACCEPTED
    sent.duplicates += outcome is Outcome.DUPLICATE
    sent.conflicts += outcome is Outcome.CONFLICT
    sent.refused += outcome is Outcome.REFUSED


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
