"""A photo from the field: what was asked before it was taken, and how much of it may come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from raquan.kernel.refused import N_

MAX_FIELD_PHOTO = 3 * 1024 * 1024
"""The largest photo that a phone sends, in bytes: it has made it small, which gives a tenth of this."""

MAX_PART = 256 * 1024
"""The largest part of a photo that comes at once, in bytes."""

MOST_PHOTOS = 6
"""The most photos of one record."""

MOST_A_DAY = 200
"""The most photos that a device begins in a day."""

UNFINISHED_STAYS = timedelta(days=30)
"""How long the parts of an unfinished photo wait for the rest; the phone then begins again."""

MAX_CAPTION = 200


class PhotoConsent(StrEnum):
    """What was answered before the photo was taken; there is no answer that nobody gave."""

    NOBODY = "nobody"
    AGREED = "agreed"
    IN_ANSWERS = "in_answers"
    """The record's own form has asked; only for a photo that its answers name."""


class AgreedBy(StrEnum):
    """Who agreed to be seen; never by name."""

    BENEFICIARY = "beneficiary"
    GUARDIAN = "guardian"
    TEAM = "team"


PHOTO_CONSENT_NAMES: Mapping[PhotoConsent, str] = {
    PhotoConsent.NOBODY: N_("Không nhận ra ai"),
    PhotoConsent.AGREED: N_("Người trong ảnh đồng ý"),
    PhotoConsent.IN_ANSWERS: N_("Xem câu trả lời"),
}
AGREED_BY_NAMES: Mapping[AgreedBy, str] = {
    AgreedBy.BENEFICIARY: N_("người được hỗ trợ"),
    AgreedBy.GUARDIAN: N_("cha mẹ, người giám hộ của trẻ em"),
    AgreedBy.TEAM: N_("người trong tổ, cán bộ"),
}


@dataclass(frozen=True, slots=True)
class PhotoSaid:
    """What a phone says of a photo before it sends it; `sha256` and `size` are of the bytes that will come.

    `name` is the one by which the record's answers know the photo, "" when they do not.
    """

    id: UUID
    instance_id: str
    sha256: str
    size: int
    consent: str
    agreed_by: tuple[str, ...] = ()
    is_illustration: bool = False
    caption: str = ""
    name: str = ""


def consent_holds(said: PhotoSaid) -> bool:
    """Tell whether a consent says all that it must: where people are recognized, who agreed."""
    if said.consent == PhotoConsent.AGREED:
        known = set(AgreedBy)
        return bool(said.agreed_by) and all(one in known for one in said.agreed_by)
    if said.consent == PhotoConsent.IN_ANSWERS:
        return bool(said.name) and not said.agreed_by
    return said.consent == PhotoConsent.NOBODY and not said.agreed_by
