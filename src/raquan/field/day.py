"""Puts together what a phone needs for a day without a signal: outings, services, ladders, words."""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.capture.rules import HOW_NAMES
from raquan.catalogue import queries as catalogue
from raquan.forms import queries as forms
from raquan.forms.rules import FormKind
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
        "outings": _outings(actor, campaign, today) if campaign else [],
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
        {"id": one.form_id, "version": one.version, "title": one.title, "md5": one.md5}
        for one in forms.forms_for(actor)
        if one.kind != FormKind.ASSIST
    ]


def _outings(actor: Actor, campaign: CampaignView, today: date) -> list[Said]:
    """List the outings around today: the person's own first, then today's and the next, then the last days'."""
    own = _own(actor, today)
    found = {one.code: one for one in sorted(own, key=lambda one: abs(one.held_on - today))}
    for first, last in ((today, today + AROUND), (today - AROUND, today - timedelta(days=1))):
        page = outings.outings(actor, campaign.id, on_from=first, on_to=last, size=MOST_OUTINGS)
        found |= {one.code: one for one in page.items if one.code not in found}
    mine = {one.code for one in own}
    return [_outing(one, one.code in mine) for one in list(found.values())[:MOST_OUTINGS]]


def _own(actor: Actor, today: date) -> list[OutingView]:
    owner = people.owner_of_device(actor.id) if actor.id else None
    person = people.actor_of_user(owner[0], today) if owner else None
    days = (today + timedelta(days=n) for n in range(-AROUND.days, AROUND.days + 1))
    return [one for day in days for one in outings.assigned_outings(person, day)] if person else []


def _outing(one: OutingView, mine: bool) -> Said:
    return {
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
