"""The names of a figure's rows: units, services, organizations, and what the rules name themselves."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from raquan.analytics.rules import Dimension
from raquan.analytics.rules.measures import UNKNOWN
from raquan.catalogue import queries as catalogue
from raquan.kernel.dates import format_date
from raquan.kernel.localized import DEFAULT_LANGUAGE, Localized, in_language
from raquan.people import queries as people
from raquan.places import queries as places

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


def _bottlenecks(codes: Collection[str], on: date) -> Names:
    return {code: _said(name) for code, name in catalogue.bottleneck_names(codes).items()}


def _organizations(ids: Collection[str], on: date) -> Names:
    return {str(id_): name for id_, name in people.organization_names([UUID(one) for one in ids]).items()}


def _days(days: Collection[str], on: date) -> Names:
    return {day: format_date(date.fromisoformat(day)) for day in days}


def _hours(hours: Collection[str], on: date) -> Names:
    return {hour: f"{hour}:00" for hour in hours}


_NAMERS: Mapping[str, Callable[[Collection[str], date], Names]] = {
    "commune": _units,
    "district": _units,
    "service": _services,
    "bottleneck": _bottlenecks,
    "organization": _organizations,
    "day": _days,
    "hour": _hours,
}
