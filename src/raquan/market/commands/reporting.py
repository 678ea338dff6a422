"""An enterprise tells what became of its offers in a month: in a form, or by an Excel file of its system."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, Conflict, NotFound, Refused
from raquan.ledger import commands as ledger
from raquan.market.commands.deciding import Changed
from raquan.market.models import Offer, OfferResult
from raquan.market.rules import SHOWN, Grade, OfferState, read_offer_code
from raquan.market.rules.counting import month_of
from raquan.market.rules.result_sheets import ResultRow, read_results
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.readings.commands import open_sheets

SUBJECT = "market.OfferResult"
MOST = 1_000_000_000_000


class MonthToCome(Refused):
    """Nothing has happened yet in that month, or the offer did not run in it."""

    code = "market.month_to_come"
    message = N_("Ưu đãi không chạy trong tháng {month}, hoặc tháng đó chưa đến.")


class NeverShown(Conflict):
    """An offer that was never published has no results."""

    code = "market.never_shown"
    message = N_("Ưu đãi này chưa từng được đăng nên chưa có kết quả.")


class ResultsUnreadable(Refused):
    """The file is no workbook with the columns that are asked for."""

    code = "market.results_unreadable"
    message = N_("Cần các cột Mã ưu đãi, Tháng, Lượt dùng; dòng có mã phải có tháng và số. Xem lại dòng {why}.")


class FigureImpossible(Refused):
    """A figure is below zero or beyond what can be."""

    code = "market.figure_impossible"
    message = N_("Số liệu phải từ 0 đến một nghìn tỷ.")


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a row: `refusal` None when it was taken."""

    line: int
    code: str
    refusal: Refused | None


def state_result(
    *,
    by: Actor,
    now: datetime,
    offer_id: UUID,
    month: date,
    redeemed: int,
    new_customers: int | None = None,
    value: int | None = None,
    seen: int = 0,
    grade: Grade = Grade.STATED,
) -> None:
    """Keep what became of an offer in a month; `seen` is the edition that was shown, 0 when there was none.

    The same again does nothing; other figures over an edition that somebody changed are refused.
    Raises NotFound, NotAllowed, NeverShown, MonthToCome, FigureImpossible, Changed.
    """
    offer = Offer.objects.filter(id=offer_id).first()
    if offer is None:
        raise NotFound()
    people.check_unit(by, Action.OFFER_WRITE, offer.organization_id)
    month = month_of(month)
    _may_have(offer, month, now)
    figures = {"redeemed": redeemed, "new_customers": new_customers, "value": value}
    if any(one is not None and not 0 <= one <= MOST for one in figures.values()):
        raise FigureImpossible()
    before = OfferResult.objects.filter(offer=offer, month=month).first()
    values: dict[str, Any] = {**figures, "grade": grade.value}
    if before is not None and all(getattr(before, name) == one for name, one in values.items()):
        return
    told = {"said_at": now, "by_name": by.name, "edition": seen + 1}
    try:
        with transaction.atomic():
            if seen == 0:
                row = OfferResult.objects.create(offer=offer, month=month, **values, **told)
            elif before is None or not _same(before, seen).update(**values, **told):
                raise Changed()
            else:
                row = before
            was = {name: getattr(before, name) for name in values} if before and seen else {}
            detail = {"month": month.isoformat(), "before": was, "after": values}
            ledger.record(by=by, verb="state_result", subject=SUBJECT, subject_id=row.id, detail=detail)
    except IntegrityError:
        raise Changed() from None


def import_results(
    *, by: Actor, now: datetime, organization_id: UUID, data: bytes, file_name: str
) -> tuple[RowOutcome, ...]:
    """Take an enterprise's workbook of results, row by row; a row that is wrong stops no other, as `supplied`.

    A row replaces what stood there. Raises NotAllowed, ResultsUnreadable, and what open_sheets raises.
    """
    people.check_unit(by, Action.OFFER_WRITE, organization_id)
    try:
        rows = read_results(open_sheets(data=data, file_name=file_name))
    except ValueError as error:
        raise ResultsUnreadable(why=str(error) or "–") from error
    codes = {read_offer_code(row.code) for row in rows}
    offers = dict(Offer.objects.filter(code__in=codes, organization_id=organization_id).values_list("code", "id"))
    return tuple(_take_in(by, now, row, offers) for row in rows)


def _take_in(by: Actor, now: datetime, row: ResultRow, offers: dict[str, UUID]) -> RowOutcome:
    code = read_offer_code(row.code)
    try:
        if code not in offers:
            raise NotFound()
        known = OfferResult.objects.filter(offer_id=offers[code], month=month_of(row.month)).first()
        state_result(
            by=by,
            now=now,
            offer_id=offers[code],
            month=row.month,
            redeemed=row.redeemed,
            new_customers=row.new_customers,
            value=row.value,
            seen=known.edition if known else 0,
            grade=Grade.SUPPLIED,
        )
    except Refused as refusal:
        return RowOutcome(row.line, code, refusal)
    return RowOutcome(row.line, code, None)


def _may_have(offer: Offer, month: date, now: datetime) -> None:
    if OfferState(offer.state) not in SHOWN or offer.published_at is None:
        raise NeverShown()
    if not month_of(offer.starts_on) <= month <= month_of(min(offer.ends_on, local_date(now))):
        raise MonthToCome(month=f"{month:%m/%Y}")


def _same(before: OfferResult, seen: int) -> Any:
    return OfferResult.objects.filter(id=before.id, edition=seen)
