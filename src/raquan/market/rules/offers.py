"""Promotions: their forms, how they are redeemed, their life as a table, the order in which they are shown."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable
from raquan.kernel.text import fold


class PromotionForm(StrEnum):
    """The forms of promotion that the Commercial Law (36/2005/QH11, article 92) names."""

    SAMPLE = "sample"
    GIFT = "gift"
    DISCOUNT = "discount"
    VOUCHER = "voucher"
    CONTEST = "contest"
    LUCKY_DRAW = "lucky_draw"
    LOYALTY = "loyalty"
    OTHER = "other"


class Redeem(StrEnum):
    """Where an offer is taken up."""

    COUNTER = "counter"
    LINK = "link"


class OfferState(StrEnum):
    """Where an offer stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    ENDED = "ended"


class OfferStep(StrEnum):
    """What takes an offer from one state to another; each is a command."""

    SUBMIT = "submit_offer"
    RETURN = "return_offer"
    APPROVE = "approve_offer"
    PUBLISH = "publish_offer"
    SUSPEND = "suspend_offer"
    RESUME = "resume_offer"
    END = "end_offer"


OFFER_TRANSITIONS: StateTable[OfferState, OfferStep] = StateTable(
    (OfferState.DRAFT, OfferStep.SUBMIT, OfferState.SUBMITTED),
    (OfferState.RETURNED, OfferStep.SUBMIT, OfferState.SUBMITTED),
    (OfferState.SUBMITTED, OfferStep.RETURN, OfferState.RETURNED),
    (OfferState.SUBMITTED, OfferStep.APPROVE, OfferState.APPROVED),
    (OfferState.APPROVED, OfferStep.RETURN, OfferState.RETURNED),
    (OfferState.APPROVED, OfferStep.PUBLISH, OfferState.PUBLISHED),
    (OfferState.PUBLISHED, OfferStep.SUSPEND, OfferState.SUSPENDED),
    (OfferState.SUSPENDED, OfferStep.RESUME, OfferState.PUBLISHED),
    (OfferState.APPROVED, OfferStep.END, OfferState.ENDED),
    (OfferState.PUBLISHED, OfferStep.END, OfferState.ENDED),
    (OfferState.SUSPENDED, OfferStep.END, OfferState.ENDED),
    begins={OfferState.DRAFT: "draft_offer"},
    ends={OfferState.ENDED: ""},
)

EDITABLE = frozenset({OfferState.DRAFT, OfferState.RETURNED})
"""States in which the enterprise changes what the offer says."""

SHOWN = frozenset({OfferState.PUBLISHED, OfferState.SUSPENDED, OfferState.ENDED})
"""States in which an offer has a public page; one that was never published and ended has none."""

NEED_REASON = frozenset({OfferStep.RETURN, OfferStep.SUSPEND, OfferStep.END})
"""Steps that say why."""

OFFER_STATE_NAMES: Mapping[OfferState, str] = {
    OfferState.DRAFT: N_("Bản nháp"),
    OfferState.SUBMITTED: N_("Chờ kiểm tra"),
    OfferState.RETURNED: N_("Trả lại để sửa"),
    OfferState.APPROVED: N_("Đã duyệt, chưa đăng"),
    OfferState.PUBLISHED: N_("Đang đăng"),
    OfferState.SUSPENDED: N_("Tạm dừng"),
    OfferState.ENDED: N_("Đã kết thúc"),
}

FORM_NAMES: Mapping[PromotionForm, str] = {
    PromotionForm.SAMPLE: N_("Dùng thử miễn phí"),
    PromotionForm.GIFT: N_("Tặng hàng hóa, dịch vụ"),
    PromotionForm.DISCOUNT: N_("Giảm giá"),
    PromotionForm.VOUCHER: N_("Phiếu mua hàng, phiếu sử dụng dịch vụ"),
    PromotionForm.CONTEST: N_("Phiếu dự thi để trao thưởng"),
    PromotionForm.LUCKY_DRAW: N_("Chương trình may rủi"),
    PromotionForm.LOYALTY: N_("Khách hàng thường xuyên"),
    PromotionForm.OTHER: N_("Hình thức khác"),
}

REDEEM_NAMES: Mapping[Redeem, str] = {
    Redeem.COUNTER: N_("Tại quầy của doanh nghiệp"),
    Redeem.LINK: N_("Trên trang của doanh nghiệp"),
}

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """What an enterprise writes of an offer; amounts in dong, `percent` of the price before, both days included.

    `place_codes` empty is the whole province; `days_before` are days of discount earlier in the year.
    """

    title: str
    form: PromotionForm
    starts_on: date
    ends_on: date
    service_codes: tuple[str, ...] = ()
    place_codes: tuple[str, ...] = ()
    percent: int | None = None
    unit_price: int | None = None
    unit_value: int | None = None
    total_value: int | None = None
    days_before: int | None = None
    is_concentrated: bool = False
    programme: str = ""
    notice_number: str = ""
    notice_on: date | None = None
    redeem: Redeem = Redeem.COUNTER
    link: str = ""
    where: str = ""
    terms: str = ""
    how_to_use: str = ""


def make_offer_code(choose: Callable[[str], str]) -> str:
    """Make a public code such as UD-7K2QWX; `choose` picks a sign of an alphabet at random."""
    return f"UD-{''.join(choose(_ALPHABET) for _ in range(_CODE_LENGTH))}"


def read_offer_code(written: str) -> str:
    """Give a code as it is stored, from what a person typed: "ud 7k2qwx" is UD-7K2QWX."""
    signs = "".join(c for c in fold(written).upper() if c.isascii() and c.isalnum())
    return f"{signs[:2]}-{signs[2:]}"


def is_offer_code(code: str) -> bool:
    """Tell whether a code has the shape of an offer's."""
    head, _, tail = code.partition("-")
    return head == "UD" and len(tail) == _CODE_LENGTH and set(tail) <= set(_ALPHABET)


def lead_of_day(code: str, day: date) -> str:
    """Give what puts offers in the order of a day: the same for everybody that day, another the next, paid by none."""
    return hashlib.sha256(f"{day.isoformat()} {code}".encode()).hexdigest()
