"""The database's shape, as the console brings it about."""

import pytest
from click.testing import CliRunner
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from raquan.cli.server import OLD_SHAPE, migrate

pytestmark = pytest.mark.django_db


def test_a_shape_of_which_only_a_part_is_there_is_refused() -> None:
    MigrationRecorder(connection).migration_qs.filter(app="exhibitions", name="0002_booth_photos").delete()
    said = CliRunner().invoke(migrate)
    assert said.exit_code == 1
    assert OLD_SHAPE in said.output


def test_a_shape_that_is_there_is_left_alone() -> None:
    said = CliRunner().invoke(migrate)
    assert said.exit_code == 0, said.output
