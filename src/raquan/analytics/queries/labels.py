"""The names of a figure's rows: units, services, organizations, and what the rules name themselves."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from raquan.analytics.rules import Dimension
from raquan.analytics.rules.dimensions import UNKNOWN
from raquan.catalogue import queries as catalogue
from raquan.exhibitions import queries as exhibitions
from raquan.kernel.dates import format_date
from raquan.kernel.localized import DEFAULT_LANGUAGE, Localized, in_language
from raquan.links import queries as links
from raquan.people import queries as people
from raquan.places import queries as places
from raquan.vouchers import queries as vouchers

Names = Mapping[str, str]


def labels(by: Dimension, keys: Collection[str], on: date) -> dict[str, str]:
    """Name keys as on a day, in the language of the page; a key without a name is its own. At most one query."""
    known = [key for key in keys if key]
    if by.keys is not None:
        names: Names = {key: _said(name) for key, name in by.keys.items()}
    else:
        names = _NAMERS[by.key](known, on)
    labeled = {key: names.get(key, key) for key in known}
    repeated = {label for label, times in Counter(labeled.values()).items() if times > 1}
    # Two communes may share a name; their codes tell them apart.
    labeled = {key: f"{label} ({key})" if label in repeated else label for key, label in labeled.items()}
    return labeled | {"": _said(by.unknown or UNKNOWN)}


def _said(value: Localized) -> str:
    return in_language(value, (get_language() or DEFAULT_LANGUAGE)[:2])


def _units(codes: Collection[str], on: date) -> Names:
    return {code: name[:1].upper() + name[1:] for code, name in places.unit_names(codes, on).items()}


def _services(codes: Collection[str], on: date) -> Names:
    return {code: _said(name) for code, name in catalogue.service_names(codes).items()}


def _rungs(codes: Collection[str], on: date) -> Names:
    """Name rungs; one code that stands on several ladders has the first one's name."""
    found = {rung.code: _said(rung.name) for group in reversed(catalogue.groups()) for rung in group.rungs}
    return {code: found[code] for code in codes if code in found}


def _bottlenecks(codes: Collection[str], on: date) -> Names:
    return {code: _said(name) for code, name in catalogue.bottleneck_names(codes).items()}


def _organizations(ids: Collection[str], on: date) -> Names:
    return {str(id_): name for id_, name in people.organization_names([UUID(one) for one in ids]).items()}


def _days(days: Collection[str], on: date) -> Names:
    return {day: format_date(date.fromisoformat(day)) for day in days}


def _hours(hours: Collection[str], on: date) -> Names:
    return {hour: f"{hour}:00" for hour in hours}


def _reasons(reasons: Collection[str], on: date) -> Names:
    return {one: name for one in reasons if (name := vouchers.reason_name(one))}


def _runs(ids: Collection[str], on: date) -> Names:
    return {str(id_): name for id_, name in vouchers.run_titles([UUID(one) for one in ids]).items()}


def _exhibitions(ids: Collection[str], on: date) -> Names:
    return {str(id_): name for id_, name in exhibitions.exhibition_names([UUID(one) for one in ids]).items()}


def _channels(channels: Collection[str], on: date) -> Names:
    return {one: links.channel_name(one) for one in channels}


_NAMERS: Mapping[str, Callable[[Collection[str], date], Names]] = {
    "commune": _units,
    "district": _units,
    "service": _services,
    "rung": _rungs,
    "bottleneck": _bottlenecks,
    "organization": _organizations,
    "day": _days,
    "hour": _hours,
    "reason": _reasons,
    "run": _runs,
    "exhibition": _exhibitions,
    "channel": _channels,
}
