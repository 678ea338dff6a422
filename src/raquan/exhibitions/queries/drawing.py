"""The floor as pages draw it: rectangles of the plan, and the list of booths beside it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from raquan.exhibitions.models import BoothApplication, Exhibition
from raquan.exhibitions.queries.applications import views as application_views
from raquan.exhibitions.queries.exhibitions import row_for
from raquan.exhibitions.queries.exhibitions import views as exhibition_views
from raquan.exhibitions.queries.shapes import AllocationView, BoothLine, PlanShape, PlanView
from raquan.exhibitions.queries.standing import plan_of
from raquan.exhibitions.rules import (
    KIND_NAMES,
    SIGNS,
    ApplicationState,
    CellKind,
    FloorPlan,
    booth_order,
    kind_of,
    metres,
)
from raquan.kernel.actor import Actor

_STANDING = (ApplicationState.APPROVED.value, ApplicationState.ALLOCATED.value)


def plan(actor: Actor, exhibition_id: UUID) -> PlanView:
    """Give the floor of an exhibition to whoever may know of it: who has a booth, not what is only proposed.

    Raises NotFound, NotAllowed.
    """
    return drawn(row_for(actor, exhibition_id), proposed=False)


def allocation(actor: Actor, exhibition_id: UUID, *, now: datetime) -> AllocationView:
    """Give what its organizer decides on. Raises NotFound, NotAllowed. A bounded number of queries."""
    row = row_for(actor, exhibition_id)
    rows = list(_standing(row, proposed=True))
    view = exhibition_views([row], now=now, actor=actor)[0]
    shown = application_views(rows, now=now, actor=actor) if view.manages else ()
    return AllocationView(
        exhibition=view,
        plan=draw(plan_of(row), rows, proposed=view.manages),
        given=tuple(sorted((one for one in shown if one.booth), key=lambda one: booth_order(one.booth))),
        proposed=tuple(sorted((one for one in shown if one.proposed), key=lambda one: booth_order(one.proposed))),
        left=tuple(one for one in shown if not one.booth and not one.proposed),
    )


def drawn(row: Exhibition, *, proposed: bool) -> PlanView:
    """Draw an exhibition's floor with who stands on it. One query."""
    return draw(plan_of(row), list(_standing(row, proposed=proposed)), proposed=proposed)


def draw(floor: FloorPlan, rows: list[BoothApplication], *, proposed: bool) -> PlanView:
    """Draw a floor with applications that have, and with `proposed` would have, a booth."""
    standing = {number: one for one in rows if (number := one.booth or (one.proposed if proposed else ""))}
    lines = []
    for booth in sorted(floor.booths, key=lambda one: booth_order(one.number)):
        one = standing.get(booth.number)
        state = "free" if one is None else "taken" if one.booth else "proposed"
        watts = floor.posts[booth.post].watts if booth.post is not None else 0
        line = BoothLine(booth.number, metres(booth.width_cm, booth.depth_cm), watts, state)
        if one is not None:
            told = (one.organization.name, one.title, one.field, one.code, one.id)
            line = BoothLine(line.number, line.size, line.watts, state, *told)
        lines.append(line)
    return PlanView(
        columns=floor.columns,
        rows=len(floor.cells),
        cell=metres(floor.cell_cm, floor.cell_cm),
        shapes=tuple(_shapes(floor, {one.number: one.state for one in lines})),
        booths=tuple(lines),
    )


def _shapes(floor: FloorPlan, states: dict[str, str]) -> list[PlanShape]:
    """Give what is drawn: booths whole, other cells joined along their row; aisles are the ground."""
    name = gettext(KIND_NAMES[CellKind.BOOTH])
    found = [
        PlanShape("booth", name, one.column, one.row, one.columns, one.rows, one.number, states[one.number])
        for one in floor.booths
    ]
    for y, line in enumerate(floor.cells):
        x = 0
        while x < len(line):
            kind, start = kind_of(line[x]), x
            x += 1
            if kind in (CellKind.AISLE, CellKind.BOOTH):
                continue
            while kind is not CellKind.POWER and x < len(line) and kind_of(line[x]) is kind:
                x += 1
            label = gettext(KIND_NAMES[kind]) if x - start > 2 else SIGNS[kind]
            found.append(PlanShape(kind.value, gettext(KIND_NAMES[kind]), start, y, x - start, 1, label))
    return found


def _standing(row: Exhibition, *, proposed: bool) -> list[BoothApplication]:
    states = _STANDING if proposed else (ApplicationState.ALLOCATED.value,)
    rows = row.applications.filter(state__in=states).select_related("organization", "exhibition__campaign")
    return list(rows.order_by("id"))
