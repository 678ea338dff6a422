"""What becomes of a redemption, in words; what a counter refused by itself, in words; who decides which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.vouchers.rules.leases import ANCHORED_SLACK, ClockKind, LeaseState


class Outcome(StrEnum):
    """What a counter is told of something that it sent."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    KEPT = "kept"


class Reason(StrEnum):
    """Why a redemption or a reversal is refused; "" where it is not."""

    NONE = ""
    BAD_CODE = "bad_code"
    OTHER_RUN = "other_run"
    UNKNOWN_LEASE = "unknown_lease"
    LATE = "late"
    LEASE_SPENT = "lease_spent"
    LEASE_EXPIRED = "lease_expired"
    OVER_LIMIT = "over_limit"
    NOT_BEGUN = "not_begun"
    DOUBLE = "double"
    CARD_LIMIT = "card_limit"
    COUNTER_LIMIT = "counter_limit"
    UNKNOWN_REDEMPTION = "unknown_redemption"
    NOT_COUNTED = "not_counted"
    REVERSED = "reversed"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"


REASON_TEXTS: Mapping[Reason, str] = {
    Reason.NONE: N_("Đã nhận."),
    Reason.BAD_CODE: N_("Mã phiếu không đúng hoặc đã bị sửa nên không được tính."),
    Reason.OTHER_RUN: N_("Phiếu này của đợt phiếu khác nên không được tính."),
    Reason.UNKNOWN_LEASE: N_("Quầy không giữ phần phiếu này nên lượt này không được tính."),
    Reason.LATE: N_("Lượt này gửi về sau hạn đối soát nên không được tính."),
    Reason.LEASE_SPENT: N_("Quầy đã trả lại phần phiếu này nên lượt này không được tính."),
    Reason.LEASE_EXPIRED: N_("Lượt này dùng sau khi phần phiếu hết hạn nên không được tính."),
    Reason.OVER_LIMIT: N_("Quầy đã dùng hết phần phiếu được giữ nên lượt này không được tính."),
    Reason.NOT_BEGUN: N_("Lượt này dùng trước ngày đợt phiếu bắt đầu nên không được tính."),
    Reason.DOUBLE: N_("Phiếu này đã được dùng ở quầy khác, và lượt đó về máy chủ trước. Lượt này không được tính."),
    Reason.CARD_LIMIT: N_("Thẻ đồng hành này đã dùng đủ số phiếu cho phép nên lượt này không được tính."),
    Reason.COUNTER_LIMIT: N_("Quầy đã dùng đủ số phiếu của ngày đó nên lượt này không được tính."),
    Reason.UNKNOWN_REDEMPTION: N_("Máy chủ chưa nhận lượt dùng phiếu cần hoàn."),
    Reason.NOT_COUNTED: N_("Lượt này vốn không được tính nên không có gì để hoàn."),
    Reason.REVERSED: N_("Lượt này đã được hoàn trước đó."),
    Reason.CONFLICT: N_("Mã của lượt này đã được gửi trước đó với nội dung khác."),
    Reason.UNREADABLE: N_("Lượt này thiếu nội dung nên máy chủ không đọc được."),
}

REASON_NAMES: Mapping[Reason, str] = {
    Reason.NONE: N_("Được tính"),
    Reason.BAD_CODE: N_("Mã sai hoặc bị sửa"),
    Reason.OTHER_RUN: N_("Phiếu của đợt khác"),
    Reason.UNKNOWN_LEASE: N_("Không giữ phần phiếu"),
    Reason.LATE: N_("Về quá hạn đối soát"),
    Reason.LEASE_SPENT: N_("Phần phiếu đã trả lại"),
    Reason.LEASE_EXPIRED: N_("Dùng sau khi hết hạn giữ"),
    Reason.OVER_LIMIT: N_("Quá phần phiếu được giữ"),
    Reason.NOT_BEGUN: N_("Chưa đến ngày"),
    Reason.DOUBLE: N_("Dùng trùng"),
    Reason.CARD_LIMIT: N_("Thẻ đã dùng đủ"),
    Reason.COUNTER_LIMIT: N_("Quầy đã dùng đủ trong ngày"),
}


class FailureReason(StrEnum):
    """Why a counter itself refused a voucher, offline or not."""

    ALTERED = "altered"
    OTHER_RUN = "other_run"
    EXPIRED = "expired"
    USED = "used"
    NOT_BEGUN = "not_begun"
    NO_LEASE = "no_lease"
    LEASE_EXPIRED = "lease_expired"
    SUSPENDED = "suspended"
    CARD_LIMIT = "card_limit"
    COUNTER_LIMIT = "counter_limit"
    UNREADABLE = "unreadable"


FAILURE_NAMES: Mapping[FailureReason, str] = {
    FailureReason.ALTERED: N_("Mã bị sửa"),
    FailureReason.OTHER_RUN: N_("Phiếu của đợt khác"),
    FailureReason.EXPIRED: N_("Phiếu hết hạn"),
    FailureReason.USED: N_("Phiếu đã dùng"),
    FailureReason.NOT_BEGUN: N_("Chưa đến ngày"),
    FailureReason.NO_LEASE: N_("Quầy hết phần phiếu"),
    FailureReason.LEASE_EXPIRED: N_("Phần phiếu hết hạn giữ"),
    FailureReason.SUSPENDED: N_("Đợt phiếu tạm dừng"),
    FailureReason.CARD_LIMIT: N_("Thẻ đã dùng đủ"),
    FailureReason.COUNTER_LIMIT: N_("Quầy đã dùng đủ trong ngày"),
    FailureReason.UNREADABLE: N_("Không đọc được mã"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand as a redemption is judged; counts are of those that are counted now.

    `code` says what is wrong with its code, `used` that its serial is taken;
    `card_counted` of its card in its run, `day_counted` of its counter that day.
    """

    lease_state: LeaseState
    left: int
    settles_at: datetime
    expires_at: datetime
    starts_on: date
    code: Reason
    used: bool
    card_counted: int
    day_counted: int
    per_card: int | None
    per_counter_day: int | None


def judge(standing: Standing, *, clock: ClockKind, at: datetime, day: date, received_at: datetime) -> Reason:
    """Say whether a redemption under a lease of its counter counts, and if not why.

    First what the lease says, since without a lease there is nothing to give back; then the voucher and the limits.
    """
    if standing.lease_state is LeaseState.RETURNED:
        return Reason.LEASE_SPENT
    if standing.lease_state is LeaseState.EXPIRED or received_at > standing.settles_at:
        return Reason.LATE
    if standing.left < 1:
        return Reason.OVER_LIMIT
    if standing.code is not Reason.NONE:
        return standing.code
    if clock is ClockKind.ANCHORED and at > standing.expires_at + ANCHORED_SLACK:
        return Reason.LEASE_EXPIRED
    if day < standing.starts_on:
        return Reason.NOT_BEGUN
    if standing.used:
        return Reason.DOUBLE
    if standing.per_card is not None and standing.card_counted >= standing.per_card:
        return Reason.CARD_LIMIT
    if standing.per_counter_day is not None and standing.day_counted >= standing.per_counter_day:
        return Reason.COUNTER_LIMIT
    return Reason.NONE


GIVES_BACK = frozenset(
    {
        Reason.BAD_CODE,
        Reason.OTHER_RUN,
        Reason.LEASE_EXPIRED,
        Reason.NOT_BEGUN,
        Reason.DOUBLE,
        Reason.CARD_LIMIT,
        Reason.COUNTER_LIMIT,
    }
)
"""Refusals of what a counter took from a lease that it holds: that unit goes back to the free quota."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an item that a counter sent, by its id."""

    id: str
    outcome: Outcome
    reason: Reason = Reason.NONE
