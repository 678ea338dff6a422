"""What every room's tests share: the system as actor, the demo year's date, Vietnamese as the language."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation
from tests.shape import postgres_shape, sqlite_shape

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


@pytest.fixture(autouse=True)
def _nothing_to_write() -> Iterator[None]:
    """Leave no visit of a link in memory: another test would write it where there is no such link."""
    yield
    from raquan.links.gateways import VISITS

    VISITS.take()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin each worker's database as a copy of one that was migrated once."""
    from django.db import connection

    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        sqlite_shape(Path(test["NAME"]))
    else:
        test["TEMPLATE"] = postgres_shape(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django begin with the copied file, which it would delete; what it finds missing there it adds."""
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Leave the test database with the writer too, before it is dropped."""
    from django.db import connection

    from raquan.ledger.commands import rest_writer

    yield
    rest_writer()
    if connection.vendor == "sqlite":
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink()
