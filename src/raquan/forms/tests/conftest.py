"""What the tests of forms share: workbooks are compiled in this process, which is ten times as quick."""

import pytest

from raquan.forms.gateways import xlsforms
from raquan.forms.gateways.pyxform_child import compile_workbook


@pytest.fixture(autouse=True)
def _compile_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the process of its own away, but for the tests that are about it (`apart`)."""
    if "apart" not in request.keywords:
        monkeypatch.setattr(xlsforms, "run_apart", compile_workbook)
