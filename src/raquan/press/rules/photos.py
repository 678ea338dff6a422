"""When a photo may be published, under which licence, and in which sizes."""

from collections.abc import Mapping
from enum import StrEnum

from raquan.kernel.refused import N_

WIDTHS = (360, 720, 1440)
"""The widths in pixels that a photo is sent in; a phone on a slow line takes the first."""


class PhotoConsent(StrEnum):
    """What is known of the people in a published photo; there is no answer that nobody gave."""

    NOBODY = "nobody"
    AGREED = "agreed"


CONSENT_NAMES: Mapping[PhotoConsent, str] = {
    PhotoConsent.NOBODY: N_("Không nhận ra ai trong ảnh"),
    PhotoConsent.AGREED: N_("Mọi người trong ảnh đã đồng ý cho đăng"),
}
LICENCES: Mapping[str, str] = {
    "cc_by": "CC BY 4.0",
    "cc_by_sa": "CC BY-SA 4.0",
    "press": N_("Báo chí được dùng, ghi rõ nguồn"),
    "reserved": N_("Giữ bản quyền, chỉ đăng trên trang này"),
}
