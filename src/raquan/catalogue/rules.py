"""The stages that make ladders comparable, the ways in which a step is done, and how a dated row holds on a day."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from raquan.kernel.refused import N_


class Stage(StrEnum):
    """How far a person has come, in words that hold for every group of services."""

    HELPED = "helped"
    INSTALLED = "installed"
    ACTIVATED = "activated"
    FIRST_USE = "first_use"


STAGE_ORDER: tuple[Stage, ...] = tuple(Stage)
"""From the lowest to the highest; a figure "activated" counts this stage and all after it."""


class How(StrEnum):
    """Who did it: the person alone, hand in hand, or the helper for them."""

    SELF = "self"
    GUIDED = "guided"
    DONE_FOR = "done_for"


HOW_NAMES: Mapping[How, str] = {
    How.SELF: N_("Tự làm"),
    How.GUIDED: N_("Cầm tay chỉ việc"),
    How.DONE_FOR: N_("Làm hộ"),
}

ONLINE_PUBLIC_SERVICE = "online_public_service"
CASHLESS_PAYMENT = "cashless_payment"
PROVINCE_APP = "province_app"
ECOMMERCE = "ecommerce"


def stages_from(stage: Stage) -> tuple[Stage, ...]:
    """Give a stage and all above it."""
    return STAGE_ORDER[STAGE_ORDER.index(stage) :]


def holds_on(day: date, valid_from: date, valid_to: date | None) -> bool:
    """Tell whether a dated row holds on a day; both ends belong to it, an open end is for ever."""
    return valid_from <= day and (valid_to is None or day <= valid_to)
