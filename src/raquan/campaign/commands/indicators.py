"""Adds and changes the indicators of a plan, and gives their targets by many rows at once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from raquan.campaign.commands.planning import ReasonMissing, check_changeable, load_plan
from raquan.campaign.models import Indicator, Objective, Plan, Target
from raquan.campaign.queries.indicators import forget_told
from raquan.campaign.rules import MOST_ROWS, TargetRow, TargetScope, group_named, names_all, read_rows
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor
from raquan.kernel.paging import MAX_SIZE, every
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import fold, normalize
from raquan.ledger import commands as ledger
from raquan.people import queries as people
from raquan.places import queries as places

SUBJECT = "campaign.Indicator"
MANY = N_("Tên này trùng nhiều nơi: hãy dùng mã.")
UNKNOWN = N_("Không nhận ra tên hoặc mã này.")


class RungUnknown(Refused):
    """The catalogue has no such rung."""

    code = "indicator.rung_unknown"
    message = N_("Không có bậc này trong danh mục dịch vụ.")


class DenominatorUnsourced(Refused):
    """A denominator says what it counts, who counted it and when."""

    code = "indicator.denominator_unsourced"
    message = N_("Mẫu số phải có đủ: con số, đếm cái gì, nguồn và ngày của số liệu.")


class IndicatorNamed(Conflict):
    """The objective has an indicator of this name."""

    code = "indicator.named"
    message = N_("Mục đích này đã có chỉ tiêu cùng tên.")


class IndicatorChanged(Conflict):
    """Somebody else changed it after the page was opened."""

    code = "indicator.changed"
    message = N_("Có người khác vừa sửa chỉ tiêu này. Những gì bạn gõ vẫn còn trong ô: hãy mở lại trang, xem rồi sửa.")


class RowsRefused(Refused):
    """Some rows cannot be taken; nothing was written. `rows` are all of them, each with its error or none."""

    code = "targets.rows_refused"
    message = N_("{count} dòng chưa nhận được nên chưa ghi dòng nào. Hãy sửa các dòng nêu dưới đây rồi lưu lại.")

    def __init__(self, rows: Sequence[TargetRow]) -> None:
        self.rows = tuple(rows)
        super().__init__(count=sum(1 for one in rows if one.error))


@dataclass(frozen=True, slots=True)
class IndicatorTold:
    """What is said of an indicator; without a rung nothing counts it."""

    name: str
    group_code: str = ""
    rung_code: str = ""
    denominator: int | None = None
    denominator_name: str = ""
    denominator_source: str = ""
    denominator_on: date | None = None


def add_indicator(*, by: Actor, now: datetime, objective_id: UUID, told: IndicatorTold, reason: str = "") -> UUID:
    """Add an indicator under an objective; the same again gives the one that is there.

    Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing, RungUnknown, DenominatorUnsourced, IndicatorNamed.
    """
    plan_id = Objective.objects.filter(id=objective_id).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise NotFound()
    plan = load_plan(by, now, plan_id)
    told = _checked(told)
    if found := Indicator.objects.filter(objective_id=objective_id, name=told.name).first():
        if _told(found) == told:
            return found.id
        raise IndicatorNamed()
    said = check_changeable(plan, reason)
    try:
        with transaction.atomic():
            last = Indicator.objects.filter(objective_id=objective_id).aggregate(last=Max("position"))["last"] or 0
            made = Indicator.objects.create(objective_id=objective_id, position=last + 1, **asdict(told))
            detail = {"reason": said, "version": 1, "now": _plain(told)}
            ledger.record(by=by, verb="add_indicator", subject=SUBJECT, subject_id=made.id, detail=detail)
            transaction.on_commit(forget_told)
            return made.id
    except IntegrityError:  # another officer was first in this moment
        raise IndicatorChanged() from None


def change_indicator(
    *, by: Actor, now: datetime, indicator_id: UUID, version: int, told: IndicatorTold, reason: str = ""
) -> int:
    """Change an indicator over the version that was opened, and give the next; the same again changes nothing.

    Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing, RungUnknown, DenominatorUnsourced, IndicatorNamed,
    IndicatorChanged.
    """
    row, plan = _load(by, now, indicator_id)
    told = _checked(told)
    before = _told(row)
    if before == told:
        return row.version
    said = check_changeable(plan, reason)
    try:
        with transaction.atomic():
            _next_version(indicator_id, version, **asdict(told))
            detail = {"reason": said, "version": version + 1, "was": _plain(before), "now": _plain(told)}
            ledger.record(by=by, verb="change_indicator", subject=SUBJECT, subject_id=indicator_id, detail=detail)
            transaction.on_commit(forget_told)
    except IntegrityError:
        raise IndicatorNamed() from None
    return version + 1


def set_targets(*, by: Actor, now: datetime, indicator_id: UUID, version: int, text: str, reason: str = "") -> int:
    """Give targets by rows of a name and a number, and give how many changed; those not named stay.

    A name is "Toàn tỉnh", a group of communes, a place by code or name, or a unit. All rows are taken or none.
    Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing, RowsRefused, IndicatorChanged.
    """
    row, plan = _load(by, now, indicator_id)
    read = _resolved(read_rows(text), plan.campaign.day_on)
    if any(one.error for one, _ in read) or not read:
        raise RowsRefused([one for one, _ in read] or [TargetRow(1, "", None, N_("Hãy dán ít nhất một dòng."))])
    standing = {(one.scope, one.key): one for one in row.targets.all()}
    wanted = [one for _, one in read if one is not None]
    new = [one for one in wanted if (one.scope, one.key) not in standing]
    other = [one for one in wanted if one not in new and standing[(one.scope, one.key)].value != one.value]
    if not new and not other:
        return 0
    said = check_changeable(plan, reason)
    was = {f"{one.scope}:{one.key}": standing[(one.scope, one.key)].value for one in other}
    with transaction.atomic():
        _next_version(indicator_id, version)
        Target.objects.bulk_create(_of(indicator_id, one) for one in new)
        for one in other:
            Target.objects.filter(indicator_id=indicator_id, scope=one.scope, key=one.key).update(value=one.value)
        set_to = {f"{one.scope}:{one.key}": one.value for one in (*new, *other)}
        detail = {"reason": said, "version": version + 1, "was": was, "now": set_to}
        ledger.record(by=by, verb="set_targets", subject=SUBJECT, subject_id=indicator_id, detail=detail)
        transaction.on_commit(forget_told)
    return len(new) + len(other)


def end_targets(
    *, by: Actor, now: datetime, indicator_id: UUID, version: int, targets: Sequence[str], reason: str
) -> int:
    """End targets, each by its scope and key ("place:24259"), with a reason; give how many ended.

    What they were stays in the indicator's versions. Those that have ended already are left out.
    Raises NotAllowed, NotFound, PlanElsewhere, ReasonMissing, IndicatorChanged.
    """
    row, plan = _load(by, now, indicator_id)
    said = check_changeable(plan, reason)
    if not said:
        raise ReasonMissing()
    wanted = set(targets)
    ending = [one for one in row.targets.all() if f"{one.scope}:{one.key}" in wanted]
    if not ending:
        return 0
    with transaction.atomic():
        _next_version(indicator_id, version)
        Target.objects.filter(id__in=[one.id for one in ending]).delete()
        was = {f"{one.scope}:{one.key}": one.value for one in ending}
        detail = {"reason": said, "version": version + 1, "was": was, "now": {}}
        ledger.record(by=by, verb="end_targets", subject=SUBJECT, subject_id=indicator_id, detail=detail)
        transaction.on_commit(forget_told)
    return len(ending)


def _load(by: Actor, now: datetime, indicator_id: UUID) -> tuple[Indicator, Plan]:
    found = Indicator.objects.filter(id=indicator_id).select_related("objective").first()
    if found is None:
        raise NotFound()
    return found, load_plan(by, now, found.objective.plan_id)


def _next_version(indicator_id: UUID, version: int, **said: object) -> None:
    if not Indicator.objects.filter(id=indicator_id, version=version).update(version=F("version") + 1, **said):
        raise IndicatorChanged()


def _checked(told: IndicatorTold) -> IndicatorTold:
    told = replace(told, name=normalize(told.name)[:500])
    rungs = {(group.code, rung.code) for group in catalogue.groups() for rung in group.rungs}
    if (told.group_code or told.rung_code) and (told.group_code, told.rung_code) not in rungs:
        raise RungUnknown()
    parts = (told.denominator, told.denominator_name, told.denominator_source, told.denominator_on)
    if any(parts) and not all(parts):
        raise DenominatorUnsourced()
    return told


def _told(row: Indicator) -> IndicatorTold:
    return IndicatorTold(**{name: getattr(row, name) for name in IndicatorTold.__slots__})


def _plain(told: IndicatorTold) -> Mapping[str, object]:
    day = told.denominator_on
    return asdict(told) | {"denominator_on": day.isoformat() if day else None}


@dataclass(frozen=True, slots=True)
class _Wanted:
    scope: str
    key: str
    value: int
    organization_id: UUID | None = None


def _of(indicator_id: UUID, one: _Wanted) -> Target:
    return Target(
        indicator_id=indicator_id, scope=one.scope, key=one.key, value=one.value, organization_id=one.organization_id
    )


def _resolved(rows: Sequence[TargetRow], on: date) -> list[tuple[TargetRow, _Wanted | None]]:
    """Find whom each row names; a row that names nobody, or somebody again, says so."""
    rows = [
        replace(one, error=N_("Quá {most} dòng trong một lần.").replace("{most}", str(MOST_ROWS)))
        if at >= MOST_ROWS
        else one
        for at, one in enumerate(rows)
    ]
    known = places.units_by_codes({one.written for one in rows if one.written.isdigit()}, on=on)
    by_name = places_by_name(on)
    matched = people.match_organizations([one.written for one in rows])
    found: list[tuple[TargetRow, _Wanted | None]] = []
    seen: set[tuple[str, str]] = set()
    for row, match in zip(rows, matched, strict=True):
        if row.error or row.value is None:
            found.append((row, None))
            continue
        codes = [row.written] if row.written in known else by_name.get(fold(row.written), [])
        wanted = _named(row, codes, match)
        if wanted is None:
            error = (
                N_("Tên này trùng nhiều nơi: hãy dùng mã.") if len(codes) > 1 else N_("Không nhận ra tên hoặc mã này.")
            )
        else:
            error = N_("Tên này đã có ở dòng trên.") if (wanted.scope, wanted.key) in seen else ""
            seen.add((wanted.scope, wanted.key))
        found.append((replace(row, error=error), None if error else wanted))
    return found


def _named(row: TargetRow, codes: Sequence[str], match: people.OrganizationMatch | None) -> _Wanted | None:
    assert row.value is not None  # noqa: S101 - rows without a number were refused before
    if names_all(row.written):
        return _Wanted(TargetScope.ALL.value, "all", row.value)
    if group := group_named(row.written):
        return _Wanted(TargetScope.GROUP.value, group.value, row.value)
    if len(codes) == 1:
        return _Wanted(TargetScope.PLACE.value, codes[0], row.value)
    if match is not None and not codes:
        return _Wanted(TargetScope.UNIT.value, str(match.organization_id), row.value, match.organization_id)
    return None


def places_by_name(on: date) -> dict[str, list[str]]:
    """Give the codes of the places of a day by folded name, such as "xa ea kpam"."""
    found: dict[str, list[str]] = {}
    for one in every(lambda page: places.units_on(on, page=page, size=MAX_SIZE)):
        for name in {fold(one.name), fold(one.full_name)}:
            found.setdefault(name, []).append(one.code)
    return found
