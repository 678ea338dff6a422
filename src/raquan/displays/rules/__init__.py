"""The words and rules of displays: places that must or may show, the life of a display, proofs and their grades."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable
from raquan.links.rules import code_path, is_code


class SiteKind(StrEnum):
    """What a place is where something can be shown."""

    PORTAL = "portal"
    LED = "led"
    ONE_STOP_SHOP = "one_stop_shop"
    SHOP = "shop"
    STREET = "street"
    OTHER = "other"


SITE_KIND_NAMES: Mapping[SiteKind, str] = {
    SiteKind.PORTAL: N_("Trang thông tin điện tử"),
    SiteKind.LED: N_("Màn hình LED"),
    SiteKind.ONE_STOP_SHOP: N_("Bộ phận một cửa"),
    SiteKind.SHOP: N_("Cửa hàng, siêu thị"),
    SiteKind.STREET: N_("Đường phố, nơi công cộng"),
    SiteKind.OTHER: N_("Nơi khác"),
}


class Claim(StrEnum):
    """Whether a place must show what it is asked to, being the state's own, or is invited and may decline."""

    MUST = "must"
    INVITED = "invited"


CLAIM_NAMES: Mapping[Claim, str] = {
    Claim.MUST: N_("Bắt buộc (của cơ quan nhà nước)"),
    Claim.INVITED: N_("Mời, được từ chối"),
}
INVITED_ONLY = frozenset({SiteKind.SHOP})
"""Places of others: nobody makes a shop hang a banner."""


class Doer(StrEnum):
    """Who prints, pays for, or takes down a display."""

    OFFICE = "office"
    UNIT = "unit"
    SITE = "site"


DOER_NAMES: Mapping[Doer, str] = {
    Doer.OFFICE: N_("Cơ quan thường trực"),
    Doer.UNIT: N_("Đơn vị"),
    Doer.SITE: N_("Nơi treo"),
}


class DisplayState(StrEnum):
    """Where a display stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    UP = "up"
    DUE_DOWN = "due_down"
    REMOVED = "removed"


class DisplayStep(StrEnum):
    """What takes a display from one state to another; each is a command."""

    AGREE = "agree_display"
    DECLINE = "decline_display"
    PROVE = "prove_display"
    UNPROVE = "withdraw_proof"
    EXPIRE = "expire_displays"
    REMOVE = "remove_display"


DISPLAY_TRANSITIONS: StateTable[DisplayState, DisplayStep] = StateTable(
    (DisplayState.ASKED, DisplayStep.AGREE, DisplayState.AGREED),
    (DisplayState.ASKED, DisplayStep.DECLINE, DisplayState.DECLINED),
    (DisplayState.AGREED, DisplayStep.DECLINE, DisplayState.DECLINED),
    (DisplayState.ASKED, DisplayStep.PROVE, DisplayState.UP),
    (DisplayState.AGREED, DisplayStep.PROVE, DisplayState.UP),
    (DisplayState.UP, DisplayStep.PROVE, DisplayState.UP),
    (DisplayState.UP, DisplayStep.UNPROVE, DisplayState.ASKED),
    (DisplayState.UP, DisplayStep.EXPIRE, DisplayState.DUE_DOWN),
    (DisplayState.UP, DisplayStep.REMOVE, DisplayState.REMOVED),
    (DisplayState.DUE_DOWN, DisplayStep.REMOVE, DisplayState.REMOVED),
    begins={DisplayState.ASKED: "ask_display"},
    ends={DisplayState.DECLINED: "", DisplayState.REMOVED: ""},
)

DISPLAY_STATE_NAMES: Mapping[DisplayState, str] = {
    DisplayState.ASKED: N_("Đã đề nghị"),
    DisplayState.AGREED: N_("Đã đồng ý, chưa treo"),
    DisplayState.DECLINED: N_("Không nhận"),
    DisplayState.UP: N_("Đã treo"),
    DisplayState.DUE_DOWN: N_("Hết hạn, cần gỡ"),
    DisplayState.REMOVED: N_("Đã gỡ"),
}
_SHORT_PATH = re.compile(rf"{code_path('')}([0-9a-z]+)")
_CALLED = re.compile(
    r"^((UBND|ủy ban nhân dân|uỷ ban nhân dân)\s+)?((xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|đặc khu)\s+)?",
    re.IGNORECASE,
)

OPEN = (DisplayState.ASKED, DisplayState.AGREED, DisplayState.UP)
"""States in which a display is to be seen, or soon will be."""


class ProofKind(StrEnum):
    """How it is known that a display is there."""

    PAGE = "page"
    PHOTO = "photo"
    STATED = "stated"


PROOF_KIND_NAMES: Mapping[ProofKind, str] = {
    ProofKind.PAGE: N_("Máy đã thấy trên trang"),
    ProofKind.PHOTO: N_("Ảnh chụp tại chỗ"),
    ProofKind.STATED: N_("Lời khai, không có ảnh"),
}


BEST_FIRST = (ProofKind.PAGE, ProofKind.PHOTO, ProofKind.STATED)
"""What was seen comes before what was said."""


class Way(StrEnum):
    """By what a page check knew the picture; a likeness alone is no proof, a person looks at it."""

    LINK = "link"
    SAME_FILE = "same_file"
    SAME_PICTURE = "same_picture"
    LIKENESS = "likeness"


WAY_NAMES: Mapping[Way, str] = {
    Way.LINK: N_("có đường dẫn ngắn của ấn phẩm"),
    Way.SAME_FILE: N_("đúng tệp ảnh đã duyệt"),
    Way.SAME_PICTURE: N_("đúng ảnh đã duyệt, đã đổi cỡ hoặc nén"),
    Way.LIKENESS: N_("giống ảnh đã duyệt nhưng quá nhỏ để chắc"),
}


class Outcome(StrEnum):
    """What came of looking at a page."""

    FOUND = "found"
    DOUBTFUL = "doubtful"
    MISSING = "missing"
    UNCHANGED = "unchanged"
    NOT_ALLOWED = "not_allowed"
    UNREACHED = "unreached"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.FOUND: N_("Thấy ảnh"),
    Outcome.DOUBTFUL: N_("Có ảnh giống, cần người xem"),
    Outcome.MISSING: N_("Không thấy ảnh"),
    Outcome.UNCHANGED: N_("Trang không đổi từ lần trước"),
    Outcome.NOT_ALLOWED: N_("Trang không cho máy xem (robots.txt)"),
    Outcome.UNREACHED: N_("Không mở được trang"),
}

CHECK_AGAIN = timedelta(hours=24)
CHECK_SOONER = timedelta(hours=4)
"""When a page is looked at again: a day after it was seen, sooner after a server that did not answer."""

MOST_DISTANCE = 64
"""So many of PDQ's 256 bits may differ before a picture is looked at more closely (measured: copies differ by 54)."""

MOST_DIFFERENCE = 14.0
"""How much the gray of a patch of six by six pixels may differ, of 255: copies of a picture that were resized to 40 %
and compressed differ by 9.4 at most, last year's picture of the same layout by 20.2 at least (docs/adr/0037)."""

LEAST_SCALE = 0.38
"""Below so much of its size a picture's small letters cannot be told apart: that is a likeness."""


@dataclass(frozen=True, slots=True)
class Match:
    """A picture of a page beside one that was approved: by what it was known, and how far they differ."""

    way: Way
    picture_url: str = ""
    distance: int | None = None
    difference: float | None = None
    small: bytes = b""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two pictures differ: bits of PDQ's 256, the gray of the patch that differs most, the copy's scale."""

    distance: int
    difference: float
    scale: float

    @property
    def way(self) -> Way | None:
        """Say what that means; None for another picture."""
        if self.distance > MOST_DISTANCE or self.difference > MOST_DIFFERENCE:
            return None
        return Way.SAME_PICTURE if self.scale >= LEAST_SCALE else Way.LIKENESS


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a unit's places that must show have a proof: `proven` of `wanted`; no place, no percentage."""

    organization_id: UUID
    organization_name: str
    proven: int
    wanted: int
    stated: int

    @property
    def part(self) -> float | None:
        """Give the part, 0 to 1."""
        return self.proven / self.wanted if self.wanted else None


@dataclass(frozen=True, slots=True)
class PublicCounts:
    """Places as everybody sees them, numbers alone: of `wanted` that must show, seen on pages, photographed, or only
    said to; how many `invited` ones were seen to."""

    wanted: int
    on_pages: int
    on_photos: int
    stated: int
    invited: int

    @property
    def seen(self) -> int:
        """Give how many of those that must were seen to."""
        return self.on_pages + self.on_photos


def counts_as_proof(kind: str) -> bool:
    """Tell whether a proof counts for compliance: what was seen does, what was only said does not."""
    return kind in (ProofKind.PAGE.value, ProofKind.PHOTO.value)


def short_codes(text: str, public_url: str) -> frozenset[str]:
    """Give the codes of our short links that stand in a page's text or addresses, whatever the scheme."""
    host = re.escape(public_url.partition("://")[2])
    return frozenset(code.lower() for code in re.findall(rf"{host}/l/([0-9A-Za-z]{{5}})\b", text))


def link_code(written: str) -> str:
    """Give the code of a short link from what was scanned or typed, its address or the code alone; "" for others.

    Whatever the host: what was printed before our address changed still says its code.
    """
    text = written.strip().lower()
    found = _SHORT_PATH.search(text)
    code = found[1] if found else text
    return code if is_code(code) else ""


def named_after(unit_name: str) -> str:
    """Give the name of the place that a unit is called after: Ea Tu for UBND xã Ea Tu; other names stay."""
    return _CALLED.sub("", unit_name.strip()) or unit_name.strip()


def is_shown_on(starts_on: date, ends_on: date, day: date) -> bool:
    """Tell whether a day lies in a display's window, both days included."""
    return starts_on <= day <= ends_on
