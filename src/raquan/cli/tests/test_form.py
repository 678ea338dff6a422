"""Forms by command: drafted, given files, published, given to units, closed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from raquan.cli.form import form
from raquan.forms import queries
from raquan.forms.gateways import xlsforms
from raquan.forms.gateways.pyxform_child import compile_workbook
from raquan.forms.rules import FormState
from raquan.forms.tests.world import book, organization, settings, trees
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _compile_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsforms, "run_apart", compile_workbook)


def run(*arguments: str) -> str:
    """Run the command and give what it says; its refusals are raised."""
    return CliRunner().invoke(form, arguments, catch_exceptions=False).output


def test_a_form_goes_its_way(tmp_path: Path) -> None:
    (tmp_path / "trees.xlsx").write_bytes(trees())
    (tmp_path / "tree.jpg").write_bytes(b"picture")
    assert "/draft" in run("draft", str(tmp_path / "trees.xlsx"))
    assert "species.csv\tcòn thiếu" in run("media", "trees", str(tmp_path / "tree.jpg"), "--draft")
    assert "Bản nháp" in run("list")
    assert "đã đưa vào dùng" in run("publish", "--draft", "trees")
    assert "đã có từ trước" in run("publish", str(tmp_path / "trees.xlsx"))
    assert "thiếu 1 tệp" in run("list")
    assert "tree.jpg\t7" in run("media", "trees")
    for words, state in (
        (("close", "trees", "--soon"), FormState.CLOSING),
        (("close", "trees"), FormState.CLOSED),
        (("open", "trees"), FormState.PUBLISHED),
    ):
        run(*words)
        assert queries.form_lines(SYSTEM).items[0].state is state


def test_a_form_is_given_to_a_unit(tmp_path: Path) -> None:
    (tmp_path / "trees.xlsx").write_bytes(trees())
    organization(clock.now())
    run("publish", str(tmp_path / "trees.xlsx"))
    assert "đã giao cho" in run("assign", "trees", "UBND huyện Cư M'gar")
    assert queries.form_lines(SYSTEM).items[0].audience == 1
    run("assign", "trees", "--everybody")
    assert queries.form_lines(SYSTEM).items[0].audience == 0
    with pytest.raises(Refused):
        run("assign", "trees", "Đơn vị không có")


def test_it_asks_for_one_thing_and_for_warnings_to_be_read(tmp_path: Path) -> None:
    warned = book(survey=[{"type": "text", "name": "a", "label::Tiếng Việt": "A"}], settings=settings())
    (tmp_path / "a.xlsx").write_bytes(warned)
    assert "Name a FILE" in run("publish")
    assert "Name an ORGANIZATION" in run("assign", "other")
    with pytest.raises(Refused) as refusal:
        run("publish", str(tmp_path / "a.xlsx"))
    assert refusal.value.code == "form.warnings"
    assert "đã đưa vào dùng" in run("publish", str(tmp_path / "a.xlsx"), "--ignore-warnings")
