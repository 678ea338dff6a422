"""Tally sheets are issued, entered once, corrected with a reason, withdrawn."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.numbers import format_number
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.kernel.text import normalize
from raquan.ledger import commands as ledger
from raquan.outings import queries as outings
from raquan.outings.queries import OutingView
from raquan.outings.rules import Aim, State
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.tallies.models import TallyEntry, TallyLine, TallySheet
from raquan.tallies.queries.layout import tally_rows
from raquan.tallies.rules import MOST_PEOPLE, Tally, TallyKey, TallySource, TallyState, tally_number

MOST_AT_ONCE = 20
MOST_AN_OUTING = 200


class TallyUnknown(NotFound):
    """No sheet has this number."""

    code = "tally.unknown"
    message = N_("Không có phiếu kiểm đếm số {number}.")


class TooManySheets(Refused):
    """More sheets are asked for than a crowd needs."""

    code = "tally.too_many"
    message = N_("Mỗi lần in từ 1 đến {most} phiếu, mỗi buổi nhiều nhất {most_an_outing} phiếu.")


class NothingToTally(Refused):
    """The outing helps with no service, or only tells people: there is nothing to count assists of."""

    code = "tally.nothing"
    message = N_("Buổi {code} không có dịch vụ nào để kiểm đếm.")


class OutingCalledOff(Conflict):
    """The outing is not held."""

    code = "tally.outing_cancelled"
    message = N_("Buổi {code} đã hủy.")


class TallyTooEarly(Refused):
    """The outing's day has not come."""

    code = "tally.too_early"
    message = N_("Buổi {code} chưa diễn ra; phiếu chỉ nhập được từ ngày ra quân.")


class TallyEmpty(Refused):
    """Nothing was ticked."""

    code = "tally.empty"
    message = N_("Phiếu {number} chưa có số nào. Nếu phiếu không dùng đến, hãy hủy phiếu.")


class NotOnSheet(Refused):
    """A number for a box that the sheet does not have, or one that no box can hold."""

    code = "tally.not_on_sheet"
    message = N_("Phiếu {number} không nhận được số {count} ở ô {cell}.")


class TallyConflict(Conflict):
    """The sheet was entered before, with other content."""

    code = "tally.conflict"
    message = N_(
        "Phiếu {number} đã nhập {before} lượt; lần này là {given} lượt và nội dung khác. "
        "Số đã nhập giữ nguyên. Nếu lần trước nhầm, hãy sửa phiếu và ghi lý do."
    )


class TallyWithdrawn(Conflict):
    """The sheet counts no more."""

    code = "tally.withdrawn"
    message = N_("Phiếu {number} đã hủy.")


class TallyNotEntered(Conflict):
    """There is nothing yet to correct."""

    code = "tally.not_entered"
    message = N_("Phiếu {number} chưa được nhập.")


class TallyOvertaken(Conflict):
    """Somebody else changed the sheet in this moment, or since it was read."""

    code = "tally.overtaken"
    message = N_("Người khác vừa sửa phiếu {number}. Hãy tải lại rồi sửa tiếp.")


class ReasonMissing(Refused):
    """A correction or a withdrawal says why."""

    code = "tally.reason_missing"
    message = N_("Hãy ghi lý do.")


def issue_tally_sheets(
    *, by: Actor, now: datetime, outing_id: UUID, count: int, request_id: UUID | None = None
) -> tuple[str, ...]:
    """Number `count` more sheets for an outing, each with the boxes of its services; give their numbers."""
    outing = outings.outing(by, outing_id)
    _check(by, Action.OUTING_RUN, outing)
    rows = tally_rows(outing.service_codes, outing.held_on)
    if outing.aim == Aim.AWARENESS or not rows:
        raise NothingToTally(code=outing.code)
    if outing.state == State.CANCELLED:
        raise OutingCalledOff(code=outing.code)

    def work() -> dict[str, list[str]]:
        last = TallySheet.objects.filter(outing_id=outing_id).aggregate(last=Max("position"))["last"] or 0
        if not 1 <= count <= MOST_AT_ONCE or last + count > MOST_AN_OUTING:
            raise TooManySheets(most=MOST_AT_ONCE, most_an_outing=MOST_AN_OUTING)
        sheets = [
            TallySheet(
                number=tally_number(outing.code, position),
                outing_id=outing_id,
                outing_code=outing.code,
                position=position,
                service_codes=list(outing.service_codes),
                state=TallyState.ISSUED.value,
                issued_at=now,
            )
            for position in range(last + 1, last + count + 1)
        ]
        TallySheet.objects.bulk_create(sheets)
        ids = [sheet.id for sheet in sheets]
        ledger.record_many(by=by, verb="issue_tally_sheets", subject="tallies.TallySheet", subject_ids=ids)
        return {"numbers": [sheet.number for sheet in sheets]}

    asked = _digest(["issue", str(outing_id), count])
    answer = ledger.until_free(lambda: ledger.once(request_id=request_id, by=by, digest=asked, do=work))
    return tuple(answer["numbers"])


def enter_tally_sheet(
    *,
    by: Actor,
    now: datetime,
    number: str,
    lines: Tally,
    recorded_too: bool,
    source: TallySource,
    photo: str | None = None,
    is_synthetic: bool = False,
    request_id: UUID | None = None,
) -> bool:
    """Take down what a sheet says; False when it was entered so already.

    `recorded_too` tells whether its people, or some, also have a record each (see rules.reconcile). `photo` is the
    SHA-256 of a stored file; one that comes with the same content again fills an empty place.
    Raises TallyConflict for other content, with both totals; what was entered first stays.
    """
    sheet, cells = _sheet(by, now, number, lines)

    def work() -> dict[str, bool]:
        first = TallySheet.objects.filter(id=sheet.id, state=TallyState.ISSUED.value, version=0)
        if first.update(state=TallyState.ENTERED.value, version=1, is_pending=True):
            _write(by, now, sheet, 1, cells, recorded_too, source, photo, "", is_synthetic)
            return {"changed": True}
        return {"changed": _same_again(by, sheet, cells, recorded_too, photo)}

    asked = _digest(["enter", number, recorded_too, *_plain(cells)])
    return bool(ledger.until_free(lambda: ledger.once(request_id=request_id, by=by, digest=asked, do=work))["changed"])


def correct_tally_sheet(
    *,
    by: Actor,
    now: datetime,
    number: str,
    lines: Tally,
    recorded_too: bool,
    source: TallySource,
    reason: str,
    version: int,
    photo: str | None = None,
    request_id: UUID | None = None,
) -> bool:
    """Put a new version in the place of the one that was read (`version`), and say why; the earlier one stays.

    False when the sheet says so already. Raises TallyOvertaken when another correction came between.
    """
    sheet, cells = _sheet(by, now, number, lines)
    why = _reason(reason)

    def work() -> dict[str, bool]:
        before = _current(sheet)
        if _content(before) == (cells, recorded_too):
            return {"changed": False}
        seen = TallySheet.objects.filter(id=sheet.id, state=TallyState.ENTERED.value, version=version)
        if not seen.update(version=version + 1, is_pending=True):
            raise TallyOvertaken(number=number)
        kept = photo or before.photo_sha256
        _write(by, now, sheet, version + 1, cells, recorded_too, source, kept, why, before.is_synthetic)
        return {"changed": True}

    asked = _digest(["correct", number, version, recorded_too, why, *_plain(cells)])
    return bool(ledger.until_free(lambda: ledger.once(request_id=request_id, by=by, digest=asked, do=work))["changed"])


def withdraw_tally_sheet(*, by: Actor, now: datetime, number: str, reason: str) -> bool:
    """Let a sheet count no more, used or not; False when it was withdrawn already."""
    sheet = _found(number)
    _check(by, Action.OUTING_RUN, outings.outing(by, sheet.outing_id))
    why = _reason(reason)
    with transaction.atomic():
        alive = TallySheet.objects.filter(id=sheet.id).exclude(state=TallyState.WITHDRAWN.value)
        pending = {"is_pending": True} if sheet.version else {}
        if not alive.update(state=TallyState.WITHDRAWN.value, withdrawn_at=now, withdraw_reason=why, **pending):
            return False
        detail = {"number": number, "reason": why}
        ledger.record(
            by=by, verb="withdraw_tally_sheet", subject="tallies.TallySheet", subject_id=sheet.id, detail=detail
        )
    return True


def _found(number: str) -> TallySheet:
    sheet = TallySheet.objects.filter(number=number).first()
    if sheet is None:
        raise TallyUnknown(number=number)
    return sheet


def _check(by: Actor, action: Action, outing: OutingView) -> None:
    people.check(by, action, organization_id=outing.organization_id, place_path=outing.place_path)


def _sheet(by: Actor, now: datetime, number: str, lines: Tally) -> tuple[TallySheet, dict[TallyKey, int]]:
    """Find the sheet that may be entered, and hold the numbers against its boxes."""
    sheet = _found(number)
    outing = outings.outing(by, sheet.outing_id)
    _check(by, Action.FORM_FILL, outing)
    if sheet.state == TallyState.WITHDRAWN:
        raise TallyWithdrawn(number=number)
    if outing.state == State.CANCELLED:
        raise OutingCalledOff(code=outing.code)
    if outing.held_on > local_date(now):
        raise TallyTooEarly(code=outing.code)
    cells = {key: count for key, count in lines.items() if count}
    boxes = {key for row in tally_rows(sheet.service_codes, outing.held_on) for key in row.keys}
    for key, count in cells.items():
        if key not in boxes or not 0 < count <= MOST_PEOPLE:
            raise NotOnSheet(number=number, count=count, cell=f"{key.service}/{key.rung}/{key.how}")
    if not cells:
        raise TallyEmpty(number=number)
    return sheet, cells


def _write(
    by: Actor,
    now: datetime,
    sheet: TallySheet,
    version: int,
    cells: Tally,
    recorded_too: bool,
    source: TallySource,
    photo: str | None,
    reason: str,
    is_synthetic: bool,
) -> None:
    entry = TallyEntry.objects.create(
        sheet=sheet,
        version=version,
        entered_at=now,
        entered_by_id=by.id,
        entered_by_name=by.name[:200],
        source=source.value,
        recorded_too=recorded_too,
        photo_sha256=photo,
        reason=reason,
        total=sum(cells.values()),
        is_synthetic=is_synthetic,
    )
    TallyLine.objects.bulk_create(
        [
            TallyLine(entry=entry, service_code=key.service, rung=key.rung, how=key.how, count=count)
            for key, count in sorted(cells.items())
        ]
    )
    verb = "enter_tally_sheet" if version == 1 else "correct_tally_sheet"
    detail = {"number": sheet.number, "version": version, "total": entry.total, "source": source.value}
    detail |= {"reason": reason} if reason else {}
    ledger.record(by=by, verb=verb, subject="tallies.TallySheet", subject_id=sheet.id, detail=detail)


def _current(sheet: TallySheet) -> TallyEntry:
    state, version = TallySheet.objects.values_list("state", "version").get(id=sheet.id)
    if state == TallyState.WITHDRAWN:
        raise TallyWithdrawn(number=sheet.number)
    if not version:
        raise TallyNotEntered(number=sheet.number)
    return TallyEntry.objects.get(sheet=sheet, version=version)


def _content(entry: TallyEntry) -> tuple[dict[TallyKey, int], bool]:
    lines = TallyLine.objects.filter(entry=entry)
    return {TallyKey(one.service_code, one.rung, one.how): one.count for one in lines}, entry.recorded_too


def _same_again(by: Actor, sheet: TallySheet, cells: Tally, recorded_too: bool, photo: str | None) -> bool:
    """Hold a second entry against the first; tell whether its photo is new."""
    before = _current(sheet)
    if _content(before) != (cells, recorded_too):
        given = format_number(sum(cells.values()))
        raise TallyConflict(number=sheet.number, before=format_number(before.total), given=given)
    empty = TallyEntry.objects.filter(id=before.id, photo_sha256__isnull=True)
    if photo is None or not empty.update(photo_sha256=photo):
        return False
    detail = {"number": sheet.number, "photo": photo}
    ledger.record(by=by, verb="enter_tally_sheet", subject="tallies.TallySheet", subject_id=sheet.id, detail=detail)
    return True


def _reason(text: str) -> str:
    reason = normalize(text)[:300]
    if not reason:
        raise ReasonMissing()
    return reason


def _plain(cells: Tally) -> list[list[str | int]]:
    return [[key.service, key.rung, key.how, count] for key, count in sorted(cells.items())]


def _digest(content: list[object]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
