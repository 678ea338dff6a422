"""The programme of the Day: how an item's time is said."""

from datetime import time

from raquan.kernel.dates import format_time

LONGEST_WHAT = 200


def when_of(starts_at: time, ends_at: time | None) -> str:
    """Say when an item is: 8:00–9:30, or 8:00 where no end is known."""
    return f"{format_time(starts_at)}–{format_time(ends_at)}" if ends_at else format_time(starts_at)
