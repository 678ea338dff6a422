"""What the catalogue's tests share: a folder of small CSV files that a test may change."""

import shutil
from pathlib import Path

import pytest

from raquan.catalogue.gateways import PACKAGED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged tables."""
    return Path(shutil.copytree(PACKAGED, tmp_path / "data"))
