"""The layout check on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from raquan.cli import report
from raquan.reports.gateways import DEFAULTS, filler_of
from raquan.reports.rules import Kind
from raquan.reports.rules.sample import sample_content
from raquan.reports.tests.pictures import PNG


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (filler_of(Kind.UNIT).fill(sample_content(Kind.UNIT), [PNG]), 0, "Không thấy chỗ nào khác với thể thức."),
        (DEFAULTS[Kind.UNIT].read_bytes(), 1, "date_missing"),  # a template is not yet a document
        (b"no document", 1, "layout.not_docx"),
    ],
)
def test_what_departs_is_listed(
    data: bytes, code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "start_django", lambda: None)
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(data)
    result = CliRunner().invoke(report.report, ["check", str(file)])
    assert result.exit_code == code, result.output
    assert said in result.output
