"""The world that the matrix and the counts of queries share, made once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from raquan.forms.gateways import xlsforms
from raquan.forms.gateways.pyxform_child import compile_workbook
from raquan.kernel import clock
from raquan.search.commands import refresh
from tests.matrix.whole import make_whole_world
from tests.matrix.world import World

NOW = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
SESSIONS = "django.contrib.sessions.backends.signed_cookies"


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Make the two units once, and take them back after the last test."""
    home = tmp_path_factory.mktemp("home")
    settings = override_settings(RAQUAN_HOME=home, RAQUAN_EXCHANGE=home / "exchange", SESSION_ENGINE=SESSIONS)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), settings, transaction.atomic():
        patch.setattr(clock, "_offset", NOW - clock.real_now())
        patch.setattr(xlsforms, "run_apart", compile_workbook)
        made = make_whole_world(NOW)
        while refresh():
            pass
        yield made
        transaction.set_rollback(True)
