"""The one place that asks what time it is; only doors, views and jobs call it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_offset = timedelta(0)


def real_now() -> datetime:
    """Give the machine's time: for sessions, queues, audit, HTTP and rate limits."""
    return datetime.now(tz=UTC)


def now() -> datetime:
    """Give the campaign's time: the machine's, moved by the demo's offset where there is one."""
    return real_now() + _offset


def offset() -> timedelta:
    """Give how far the campaign's time is from the machine's (zero outside the demo)."""
    return _offset


def install_offset(value: timedelta) -> None:
    """Move the campaign's time; called once as a process starts, with what the demo has stored."""
    global _offset
    _offset = value


def local_date(moment: datetime) -> date:
    """Give the day in Viet Nam at a moment: the one rule for `occurred_on`."""
    return moment.astimezone(VIETNAM).date()
