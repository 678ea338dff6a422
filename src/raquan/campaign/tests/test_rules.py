"""Which campaign is the current one."""

from datetime import date

from raquan.campaign.rules import current


class _Campaign:
    def __init__(self, starts_on: date, ends_on: date) -> None:
        self.starts_on, self.ends_on = starts_on, ends_on


def test_the_current_campaign() -> None:
    first = _Campaign(date(2023, 9, 15), date(2023, 10, 15))
    second = _Campaign(date(2024, 9, 15), date(2024, 10, 15))
    assert current([first, second], date(2023, 10, 15)) is first
    assert current([first, second], date(2023, 10, 16)) is second
    assert current([first, second], date(2025, 1, 1)) is second
    assert current([], date(2025, 1, 1)) is None
