"""What may be asked of the Day's programme; what is not cancelled is public, and so is what was."""

from uuid import UUID

from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotFound
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.press.models import ProgrammeItem
from raquan.press.queries.shapes import ProgrammeLine
from raquan.press.rules import when_of

MOST_ITEMS = 200


def programme(campaign_id: UUID) -> tuple[ProgrammeLine, ...]:
    """List the Day's programme by the clock, at most MOST_ITEMS, the cancelled among them; public. One query."""
    rows = ProgrammeItem.objects.filter(campaign_id=campaign_id).order_by("starts_at", "id")[:MOST_ITEMS]
    return tuple(_line(row) for row in rows)


def programme_item(actor: Actor, item_id: UUID) -> ProgrammeLine:
    """Give an item to the office. Raises NotAllowed, NotFound."""
    people.check(actor, Action.PRESS_WRITE)
    row = ProgrammeItem.objects.filter(id=item_id).first()
    if row is None:
        raise NotFound()
    return _line(row)


def _line(row: ProgrammeItem) -> ProgrammeLine:
    return ProgrammeLine(
        id=row.id,
        version=row.version,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        when=when_of(row.starts_at, row.ends_at),
        place=row.place,
        what=row.what,
        who=row.who,
        cancel_reason=row.cancel_reason,
    )
