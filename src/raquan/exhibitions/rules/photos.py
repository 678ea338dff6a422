"""How many photos a booth has, how wide, until when, and what is agreed to."""

from datetime import date

from raquan.exhibitions.rules.life import ExhibitionState
from raquan.kernel.refused import N_

MOST_PHOTOS = 6
PHOTO_WIDTHS = (240, 1080)
"""The widths in pixels: a thumbnail of few KB, and what a telephone or a screen shows."""

PHOTO_CONSENT = N_(
    "Ai nhận ra được trong ảnh đều đã đồng ý cho đăng công khai (trẻ em: cha mẹ đồng ý), hoặc trong ảnh không có ai."
)
"""The words beside the box without which no photo is taken in."""


def takes_photos(state: ExhibitionState, ends_on: date, today: date) -> bool:
    """Tell whether photos of an exhibition's booths come and go: once booths were given, until it is over."""
    return state in (ExhibitionState.ALLOCATED, ExhibitionState.OPEN) and today <= ends_on
