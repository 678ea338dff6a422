"""The light of a progress: behind the straight line from the first day to the due day, or not."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from raquan.kernel.refused import N_


class Light(StrEnum):
    """How a task stands, in words."""

    UNKNOWN = "unknown"
    NOT_BEGUN = "not_begun"
    ON_TIME = "on_time"
    BEHIND = "behind"
    OVERDUE = "overdue"
    DONE = "done"

    @property
    def is_late(self) -> bool:
        """Tell whether somebody should be asked."""
        return self in (Light.BEHIND, Light.OVERDUE)


LIGHT_NAMES: Mapping[Light, str] = {
    Light.UNKNOWN: N_("Chưa tính được"),
    Light.NOT_BEGUN: N_("Chưa bắt đầu"),
    Light.ON_TIME: N_("Đúng tiến độ"),
    Light.BEHIND: N_("Chậm"),
    Light.OVERDUE: N_("Quá hạn"),
    Light.DONE: N_("Hoàn thành"),
}


def light(done: int | None, target: int | None, starts_on: date | None, due_on: date | None, today: date) -> Light:
    """Compare what was counted with the line that reaches the target at the end of the due day.

    Today's work may still come: the line is read at the end of yesterday. Without a target, days or a count
    nothing can be said.
    """
    if done is None or target is None or target <= 0 or starts_on is None or due_on is None or starts_on > due_on:
        return Light.UNKNOWN
    if done >= target:
        return Light.DONE
    if today > due_on:
        return Light.OVERDUE
    if today < starts_on:
        return Light.NOT_BEGUN
    passed, whole = (today - starts_on).days, (due_on - starts_on).days + 1
    return Light.BEHIND if done * whole < target * passed else Light.ON_TIME


def wanted_by(target: int, starts_on: date, due_on: date, today: date) -> int:
    """Give how many the line wants by the end of yesterday, rounded up; all of them after the due day."""
    whole = (due_on - starts_on).days + 1
    passed = min(max((today - starts_on).days, 0), whole)
    return -(-target * passed // whole)


_ORDER = (Light.OVERDUE, Light.BEHIND, Light.ON_TIME, Light.NOT_BEGUN, Light.DONE)


def worst(lights: Collection[Light]) -> Light:
    """Give the light that somebody should look at first; what cannot be told counts only where nothing else can."""
    known = [one for one in _ORDER if one in lights]
    return known[0] if known else Light.UNKNOWN
