"""Says of which group each commune is, for a campaign, by many pasted rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from raquan.campaign.commands.indicators import MANY, UNKNOWN, RowsRefused, places_by_name
from raquan.campaign.commands.planning import SUBJECT, check_changeable, load_plan
from raquan.campaign.models import CommuneInGroup
from raquan.campaign.queries.indicators import forget_told
from raquan.campaign.rules import MOST_ROWS, TargetRow, group_named, split_rows
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.kernel.text import fold
from raquan.ledger import commands as ledger
from raquan.places import queries as places

NO_GROUP = N_("Không nhận ra nhóm: hãy ghi đô thị, chợ hoặc vùng xa.")
TAKEN = N_("Tên này đã có ở dòng trên.")
TOO_MANY = N_("Quá nhiều dòng trong một lần.")
NOTHING = N_("Hãy dán ít nhất một dòng.")


@dataclass(frozen=True, slots=True)
class _Row:
    told: TargetRow
    place_code: str = ""
    group: str = ""


def set_commune_groups(*, by: Actor, now: datetime, plan_id: UUID, text: str, reason: str = "") -> int:
    """Put communes into groups by rows of a name or code and a group, and give how many changed; the others stay.

    All rows are taken or none. Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing, RowsRefused.
    """
    plan = load_plan(by, now, plan_id)
    rows = _resolved(text, plan.campaign.day_on)
    if any(one.told.error for one in rows) or not rows:
        raise RowsRefused([one.told for one in rows] or [TargetRow(1, "", None, NOTHING)])
    standing = dict(plan.campaign.commune_groups.values_list("place_code", "group"))
    new = {one.place_code: one.group for one in rows if standing.get(one.place_code) != one.group}
    if not new:
        return 0
    said = check_changeable(plan, reason)
    with transaction.atomic():
        for place_code, group in new.items():
            CommuneInGroup.objects.update_or_create(
                campaign=plan.campaign, place_code=place_code, defaults={"group": group}
            )
        was = {code: standing.get(code, "") for code in new}
        detail = {"reason": said, "was": was, "now": new}
        ledger.record(by=by, verb="set_commune_groups", subject=SUBJECT, subject_id=plan_id, detail=detail)
        transaction.on_commit(forget_told)
    return len(new)


def _resolved(text: str, on: date) -> Sequence[_Row]:
    """Find which commune and group each row names; a row that names none, or a commune again, says so."""
    pairs = split_rows(text)
    known = places.units_by_codes({name for _, name, _ in pairs if name.isdigit()}, on=on)
    by_name = places_by_name(on)
    found: list[_Row] = []
    seen: set[str] = set()
    for at, (line, name, written) in enumerate(pairs):
        codes = [name] if name in known else by_name.get(fold(name), [])
        group = group_named(f"nhóm {written}")
        error = TOO_MANY if at >= MOST_ROWS else MANY if len(codes) > 1 else UNKNOWN if not codes else ""
        error = error or (NO_GROUP if group is None else TAKEN if codes[0] in seen else "")
        row = _Row(TargetRow(line, name, None, error))
        if not error and group is not None:
            seen.add(codes[0])
            row = replace(row, place_code=codes[0], group=group.value)
        found.append(row)
    return found
