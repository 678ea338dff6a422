"""The pauses between attempts."""

from datetime import timedelta

from raquan.ledger.rules import wait_before


def test_pauses_double_and_end_at_an_hour() -> None:
    assert wait_before(2) == timedelta(seconds=2)
    assert wait_before(3) == timedelta(seconds=4)
    assert wait_before(40) == timedelta(hours=1)
