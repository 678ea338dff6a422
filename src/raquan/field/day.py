"""Puts together what a phone needs for a day without a signal: outings, help desks, services, ladders, words."""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.catalogue import queries as catalogue
from raquan.catalogue.rules import HOW_NAMES
from raquan.forms import queries as forms
from raquan.forms.rules import FormKind
from raquan.helpdesks import queries as helpdesks
from raquan.helpdesks.queries import HelpDeskView
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.localized import Localized, in_language
from raquan.ledger.queries import bundle_key, receipt_key
from raquan.outings import queries as outings
from raquan.outings.queries import OutingView
from raquan.outings.rules import LANGUAGE_NAMES
from raquan.people import queries as people

SCHEMA = 1
FORM = "assist"
AROUND = timedelta(days=3)
MOST_OUTINGS = 60
# A desk keeps its hours week after week: a phone that was out of signal for some days still knows today's.
DESK_DAYS = 7
MOST_DESKS = 30
FEW_DESKS = 4

Said = dict[str, Any]


def day_for(actor: Actor, now: datetime) -> tuple[Said, str]:
    """Give the day as the app stores it, and the ETag of all of it but the time."""
    today = local_date(now)
    campaign = campaigns.current_campaign(now)
    owner = people.owner_of_device(actor.id) if actor.id else None
    said: Said = {
        "schema": SCHEMA,
        "campaign": _campaign(campaign) if campaign else None,
        "person": {"name": owner[1] if owner else actor.name},
        "form": _form(actor),
        "forms": _other_forms(actor),
        "outings": _places(actor, campaign, now) if campaign else [],
        "groups": _groups(),
        "services": _services(today),
        "bottlenecks": [{"code": one.code, "name": _vi(one.name)} for one in catalogue.bottlenecks_on(today)],
        "languages": [{"code": code, "name": gettext(name)} for code, name in LANGUAGE_NAMES.items()],
        "how": [{"code": how.value, "name": gettext(name)} for how, name in HOW_NAMES.items()],
        "guides": _guides(today),
        **keys_said(),
    }
    written = json.dumps(said, sort_keys=True, ensure_ascii=False).encode()
    return {**said, "server_time": now.isoformat(timespec="milliseconds")}, hashlib.sha256(written).hexdigest()[:32]


def keys_said() -> Said:
    """Give the keys that receipts are verified with, and that bundles are sealed for."""
    keys = {"receipt_key": receipt_key(), "bundle_key": bundle_key()}
    return {name: {"kid": key.kid, "alg": key.alg, "spki": key.spki} for name, key in keys.items()}


def _campaign(one: CampaignView) -> Said:
    return {
        "year": one.year,
        "name": one.name,
        "theme": _vi(one.theme_province or one.theme),
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "day_on": one.day_on.isoformat(),
    }


def _form(actor: Actor) -> Said | None:
    """Give the form that assists are recorded by, and which question takes what; the group is asked, and not fed."""
    found = forms.forms_for(actor, form_id=FORM)
    if not found:
        return None
    return {"id": FORM, "version": found[0].version, "fields": {**found[0].projection, "group": "group"}}


def _other_forms(actor: Actor) -> list[Said]:
    """List the other forms that the phone is offered; their XML is fetched apart, once for each version."""
    return [
        {"id": one.form_id, "version": one.version, "title": one.title, "md5": one.md5, "media": one.has_media}
        for one in forms.forms_for(actor)
        if one.kind != FormKind.ASSIST
    ]


def _places(actor: Actor, campaign: CampaignView, now: datetime) -> list[Said]:
    """List where the person may record: their own outings, their unit's desks, and the other outings of these days."""
    today = local_date(now)
    owner = people.owner_of_device(actor.id) if actor.id else None
    own, others = _outings(actor, campaign, owner[0] if owner else None, today)
    return [*own, *_desks(actor, owner[0] if owner else None, now), *others]


def _outings(actor: Actor, campaign: CampaignView, person: UUID | None, today: date) -> tuple[list[Said], list[Said]]:
    """List the person's own outings, and apart from them today's and the next ones, then those of the last days."""
    own = sorted(_own(person, today), key=lambda one: abs(one.held_on - today)) if person else []
    mine, found = {one.code for one in own}, list[OutingView]()
    for first, last in ((today, today + AROUND), (today - AROUND, today - timedelta(days=1))):
        page = outings.outings(actor, campaign.id, on_from=first, on_to=last, size=MOST_OUTINGS)
        found += [one for one in page.items if one.code not in mine]
    others = found[: max(0, MOST_OUTINGS - len(own))]
    return [_outing(one, True) for one in own[:MOST_OUTINGS]], [_outing(one, False) for one in others]


def _own(person: UUID, today: date) -> list[OutingView]:
    actor = people.actor_of_user(person, today)
    days = (today + timedelta(days=n) for n in range(-AROUND.days, AROUND.days + 1))
    return [one for day in days for one in outings.assigned_outings(actor, day)] if actor else []


def _outing(one: OutingView, mine: bool) -> Said:
    return {
        "kind": "outing",
        "code": one.code,
        "site": one.site_name,
        "place": one.place_name,
        "held_on": one.held_on.isoformat(),
        "starts_at": f"{one.starts_at:%H:%M}",
        "ends_at": f"{one.ends_at:%H:%M}",
        "state": one.state,
        "services": list(one.service_codes),
        "mine": mine,
    }


def _desks(actor: Actor, person: UUID | None, now: datetime) -> list[Said]:
    """List the desks of the actor's unit that are open within a week: the soonest first, and of those the person's."""
    units = helpdesks.units_of(actor)
    if not units:
        return []
    days = [local_date(now) + timedelta(days=n) for n in range(DESK_DAYS)]
    found = helpdesks.help_desks(now=now, organization_ids=units, size=MOST_DESKS).items
    rosters = helpdesks.rostered({one.id for one in found}, days)
    mine = {day: _mine({one.id: rosters[one.id, day] for one in found if one.hours_on(day)}, person) for day in days}
    said = (_desk(one, {day: one.id in mine[day] for day in days}) for one in found)
    return sorted((one for one in said if one is not None), key=lambda one: (one["held_on"], not one["mine"]))


def _mine(rosters: dict[UUID, frozenset[UUID]], person: UUID | None) -> set[UUID]:
    """Choose the desks of a day that are the person's, from the rosters of those that are open.

    Those whose roster they are on; who is on none has the desks without a roster, unless these are too many to be
    anybody's: then they are found below, among the others.
    """
    own = {desk for desk, people in rosters.items() if person in people}
    free = {desk for desk, people in rosters.items() if not people}
    return own or (free if len(free) <= FEW_DESKS else set())


def _desk(one: HelpDeskView, mine: dict[date, bool]) -> Said | None:
    """Say a desk in the shape of an outing, for apps that know no desks: its next open day is the day it is held on."""
    hours = [
        {
            "on": day.isoformat(),
            "opens_at": f"{span.opens_at:%H:%M}",
            "closes_at": f"{span.closes_at:%H:%M}",
            "mine": is_mine,
        }
        for day, is_mine in mine.items()
        for span in one.hours_on(day)
    ]
    if not hours:
        return None
    first = [span for span in hours if span["on"] == hours[0]["on"]]
    return {
        "kind": "desk",
        "code": one.code,
        "site": one.site_name,
        "place": one.place_name,
        "held_on": first[0]["on"],
        "starts_at": first[0]["opens_at"],
        "ends_at": first[-1]["closes_at"],
        "state": "open" if first[0]["on"] == min(mine).isoformat() else "planned",
        "services": list(one.service_codes),
        "mine": first[0]["mine"],
        "hours": hours,
    }


def _groups() -> list[Said]:
    return [
        {
            "code": group.code,
            "name": _vi(group.name),
            "rungs": [{"code": rung.code, "name": _vi(rung.name), "stage": rung.stage} for rung in group.rungs],
        }
        for group in catalogue.groups()
    ]


def _services(today: date) -> list[Said]:
    """List the day's services; of steps that helpers may not take for people, the lowest bars all above it."""
    barred: dict[str, Said] = {}
    for one in catalogue.restrictions_on(today):
        barred.setdefault(one.service_code, {"rung": one.rung_code, "performer": _vi(one.performer_name)})
    return [
        {
            "code": one.code,
            "group": one.group_code,
            "name": _vi(one.name),
            "restricted": barred.get(one.code),
        }
        for one in catalogue.services_on(today)
    ]


def _guides(today: date) -> list[Said]:
    return [
        {
            "service": one.service_code,
            "title": _vi(one.name),
            "steps": [_vi(step) for step in one.steps],
            "bring": [_vi(thing) for thing in one.bring],
            "cost": _vi(one.cost),
            "address": one.address,
            "note": _vi(one.note),
            "checked_on": one.checked_on.isoformat() if one.checked_on else None,
        }
        for one in catalogue.guides_on(today)
    ]


def _vi(value: Localized | None) -> str:
    return in_language(value, "vi") if value else ""
