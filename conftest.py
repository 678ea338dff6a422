"""What every room's tests share: the system as actor, the demo year's date, Vietnamese as the language."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from raquan.kernel.actor import SYSTEM, Actor


@pytest.fixture
def now() -> datetime:
    """5 October 2023, 09:00 in Viet Nam: the campaign in full swing."""
    return datetime(2023, 10, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def system() -> Actor:
    """The system itself, which may do everything."""
    return SYSTEM


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """Begin every test in Vietnamese, whatever the page that was asked for before was in."""
    with translation.override("vi"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Leave the test database with the writer too, before it is dropped."""
    from raquan.ledger.commands import rest_writer

    yield
    rest_writer()
