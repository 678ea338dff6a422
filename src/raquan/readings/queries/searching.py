"""What stands in the index of documents that are being read, and who may see them."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.people.rules import Action, may
from raquan.readings.models import Reading, ReadingLine
from raquan.readings.rules import ReadingState
from raquan.search.rules import Entry, Kind


def _rows() -> QuerySet[Reading]:
    return Reading.objects.exclude(state=ReadingState.DISCARDED.value)


def _entries(rows: QuerySet[Reading]) -> Iterable[Entry]:
    for one in rows:
        yield Entry(id=one.id, title=one.file_name, href=f"/desk/campaign/readings/{one.id}/", at=one.asked_at)


def _seen(actor: Actor) -> bool:
    return may(actor, Action.PLAN_IMPORT)


def _acts(actor: Actor, reading_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    lines = ReadingLine.objects.filter(reading_id=reading_id)
    return {"readings.ReadingLine": list(lines.values_list("id", flat=True))}


READINGS = Kind("reading", N_("Văn bản đang đọc"), "readings.Reading", _rows, _seen, _entries, acts=_acts)
KINDS = (READINGS,)
