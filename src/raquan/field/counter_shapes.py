"""Reads what counters send: one malformed item is told apart from the others, and nothing is believed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from raquan.field.entry import BodyUnreadable
from raquan.field.shapes import plain
from raquan.kernel.refused import N_, Refused
from raquan.vouchers.rules import (
    MOST_ITEMS,
    MOST_REASON,
    MOST_SIGNS,
    ClockKind,
    FailureReason,
    Outcome,
    Reason,
    Said,
    SaidFailure,
    SaidRedemption,
    SaidReturn,
    SaidReversal,
    Verdict,
    Wanted,
)

FIRST_YEAR, LAST_YEAR = 1970, 2200
"""Between them a broken clock still gives a time that can be reckoned with."""

MOST_AMOUNT = 10**12
MOST_COUNT = 2**31 - 1

T = TypeVar("T")


class TooMuchAtOnce(Refused):
    """A list has more than MOST_ITEMS."""

    code = "sync.too_many"
    message = N_("Mỗi lần gửi nhiều nhất {most} mục mỗi loại.")
    status = 413


@dataclass(frozen=True, slots=True)
class EnrolmentAsked:
    """What a phone becomes a counter with."""

    code: str
    name: str


def read_enrolment(said: Mapping[str, Any]) -> EnrolmentAsked:
    """Read an enrolment. Raises BodyUnreadable."""
    if not isinstance(said.get("code"), str):
        raise BodyUnreadable()
    return EnrolmentAsked(said["code"], plain(said.get("name"), 200))


def read_said(said: Mapping[str, Any]) -> tuple[Said, tuple[Verdict, ...]]:
    """Read what a counter sends, and give verdicts on what has an id and cannot be read.

    Raises BodyUnreadable, TooMuchAtOnce.
    """
    try:
        request_id = UUID(said["request_id"])
    except (KeyError, AttributeError, TypeError, ValueError):
        raise BodyUnreadable() from None
    wrong: list[Verdict] = []
    read = Said(
        request_id=request_id,
        sent_at=_time_or_none(said.get("sent_at")),
        redemptions=_all(said, "redemptions", _redemption, wrong),
        failures=_all(said, "failures", _failure, wrong),
        reversals=_all(said, "reversals", _reversal, wrong),
        returns=_all(said, "returns", _return, wrong),
        want=_all(said, "want", _want, wrong),
    )
    return read, tuple(wrong)


def _all(
    said: Mapping[str, Any], kind: str, read: Callable[[Mapping[str, Any]], T], wrong: list[Verdict]
) -> tuple[T, ...]:
    items = said.get(kind, [])
    if not isinstance(items, list):
        raise BodyUnreadable()
    if len(items) > MOST_ITEMS:
        raise TooMuchAtOnce(most=MOST_ITEMS)
    found = []
    for one in items:
        try:
            found.append(read(one))
        except (AttributeError, KeyError, TypeError, ValueError):  # whatever is missing or is of another type
            if isinstance(one, dict) and "id" in one:
                wrong.append(Verdict(plain(one["id"], 60), Outcome.REFUSED, Reason.UNREADABLE))
    return tuple(found)


def _redemption(one: Mapping[str, Any]) -> SaidRedemption:
    amount = one.get("amount")
    return SaidRedemption(
        id=UUID(one["id"]),
        run_id=UUID(one["run"]),
        lease_id=UUID(one["lease"]),
        code=_text(one["code"], MOST_SIGNS),
        redeemed_at=_time(one["redeemed_at"]),
        clock=ClockKind(one.get("clock", ClockKind.WALL.value)),
        card=_text(one.get("card") or "", MOST_SIGNS),
        amount=None if amount is None else _number(amount, MOST_AMOUNT),
    )


def _failure(one: Mapping[str, Any]) -> SaidFailure:
    return SaidFailure(
        id=UUID(one["id"]),
        reason=FailureReason(one["reason"]),
        failed_at=_time(one["failed_at"]),
        code=_text(one.get("code") or "", 60),
    )


def _reversal(one: Mapping[str, Any]) -> SaidReversal:
    return SaidReversal(
        id=UUID(one["id"]),
        redemption_id=UUID(one["redemption"]),
        reason=_text(one.get("reason") or "", MOST_REASON),
        reversed_at=_time(one["reversed_at"]),
    )


def _return(one: Mapping[str, Any]) -> SaidReturn:
    return SaidReturn(UUID(one["lease"]), _number(one["spent"], MOST_COUNT))


def _want(one: Mapping[str, Any]) -> Wanted:
    return Wanted(UUID(one["run"]), _number(one["count"], MOST_COUNT))


def _text(said: Any, most: int) -> str:
    if not isinstance(said, str):
        raise TypeError("no text")
    return plain(said, most)


def _number(said: Any, most: int) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= most:
        raise ValueError("no number that can be")
    return said


def _time(said: Any) -> datetime:
    found = datetime.fromisoformat(said)
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError("no time that can be")
    return found


def _time_or_none(said: Any) -> datetime | None:
    try:
        return _time(said)
    except (TypeError, ValueError):
        return None
