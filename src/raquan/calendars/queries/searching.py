"""What stands in the index of calendars, and which of them an actor may see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from raquan.calendars.models import Calendar
from raquan.calendars.rules import CalendarState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.people.queries import organizations_of
from raquan.people.rules import Action
from raquan.search.rules import Entry, Kind


def _entries(rows: QuerySet[Calendar]) -> Iterable[Entry]:
    for one in rows.exclude(state=CalendarState.DISCARDED.value).select_related("organization"):
        href = f"/desk/outings/calendars/{one.id}/"
        yield Entry(one.id, one.file_name, href, line=one.organization.name, at=one.asked_at)


def _seen(actor: Actor) -> Any:
    own = organizations_of(actor, Action.OUTING_PLAN)
    found = Calendar.objects.exclude(state=CalendarState.DISCARDED.value)
    return True if own is None else found.filter(organization_id__in=own)


KINDS = (Kind("calendar", N_("Lịch ra quân từ tệp"), "calendars.Calendar", Calendar.objects.all, _seen, _entries),)
