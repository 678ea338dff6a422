"""Printed tally sheets as plain rows: for the room that counts which came back, which decides who may see what."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from raquan.outings.rules import path_codes
from raquan.tallies.models import TallySheet


@dataclass(frozen=True, slots=True)
class SheetFact:
    """A sheet as it stands: issued and still out, entered, or withdrawn."""

    id: UUID
    outing_id: UUID
    organization_id: UUID
    place_path: tuple[str, ...]
    held_on: date
    state: str


def sheet_facts(campaign_id: UUID) -> list[SheetFact]:
    """List the sheets of a campaign's outings in the order of their ids, in one query."""
    rows = TallySheet.objects.filter(outing__campaign_id=campaign_id).order_by("id")
    columns = ("id", "outing_id", "outing__organization_id", "outing__place_path", "outing__held_on", "state")
    return [
        SheetFact(id_, outing, unit, path_codes(path), day, state)
        for id_, outing, unit, path, day, state in rows.values_list(*columns)
    ]


def sheets_out(campaign_id: UUID, *, upto: date) -> int:
    """Count the sheets of outings up to a day that were handed out and are neither entered nor withdrawn."""
    rows = TallySheet.objects.filter(outing__campaign_id=campaign_id, outing__held_on__lte=upto, state="issued")
    return rows.exclude(outing__state="cancelled").count()
