"""Forms are published once, by those who may, and only when they ask what an assist needs."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from raquan.forms import commands, queries
from raquan.forms.gateways.xlsforms import FormUncompilableAt, FormUnreadable, compile_form
from raquan.forms.models import FormVersion
from raquan.forms.rules import FormState
from raquan.forms.tests.world import HELPER, ROOT, XLSFORM, publish, workbook
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.queries import history

pytestmark = pytest.mark.django_db


def test_a_form_is_published_once(now: datetime) -> None:
    first, again = publish(now, XLSFORM), publish(now, XLSFORM)
    assert (first.already, again.already) == (False, True)
    assert first.form_version_id == again.form_version_id
    row = FormVersion.objects.get()
    assert row.form.kind == "assist"
    assert row.form.title == "Ghi lượt hỗ trợ"
    assert row.projection["result"] == "result"
    assert history(SYSTEM, "forms.Form", row.form.id).total == 1


def test_a_version_is_published_with_one_content(now: datetime) -> None:
    publish(now, workbook("1"))
    with pytest.raises(commands.FormVersionTaken):
        publish(now, workbook("1", hint="Khác"))
    publish(now, workbook("2", hint="Khác"))
    assert [form.version for form in queries.forms_for(SYSTEM)] == ["2"]
    assert queries.form_xml(SYSTEM, "other", "1").version == "1"
    assert queries.form_xml(SYSTEM, "other").version == "2"


def test_another_form_keeps_its_answers_alone(now: datetime) -> None:
    publish(now, workbook())
    (form,) = queries.forms_for(SYSTEM)
    assert (form.kind, form.number) == ("other", 1)


@pytest.mark.parametrize("declared", ["outing", "nonsense"])
def test_half_an_assist_is_refused(now: datetime, declared: str) -> None:
    with pytest.raises(commands.QuestionsMissing):
        publish(now, workbook(**{"bind::raquan:assist": declared}))


def test_what_is_no_form_is_refused(now: datetime) -> None:
    for wrong in (b"", b"no workbook", b"PK\x03\x04 cut off"):
        with pytest.raises(FormUnreadable):
            publish(now, wrong)
    with pytest.raises(FormUncompilableAt) as refusal:
        publish(now, workbook(type="select_one nothing"))
    assert refusal.value.params["cell"] == "survey!A2"
    assert "choices sheet" in refusal.value.params["reason"]


def test_a_helper_may_not_publish(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        commands.publish_form(by=HELPER, now=now, xlsform=XLSFORM, file_name="form.xlsx")
    with pytest.raises(NotAllowed):
        commands.set_form_state(by=HELPER, now=now, form_id="assist", state=FormState.CLOSED)


def test_a_closed_form_is_not_offered_and_comes_back(now: datetime) -> None:
    publish(now, workbook())
    commands.set_form_state(by=SYSTEM, now=now, form_id="other", state=FormState.CLOSED)
    commands.set_form_state(by=SYSTEM, now=now, form_id="other", state=FormState.CLOSED)
    assert queries.forms_for(SYSTEM) == ()
    commands.set_form_state(by=SYSTEM, now=now, form_id="other", state=FormState.PUBLISHED)
    assert len(queries.forms_for(SYSTEM)) == 1
    entries = history(SYSTEM, "forms.Form", FormVersion.objects.get().form_id)
    assert [entry.verb for entry in entries.items] == ["set_form_state", "set_form_state", "publish_form"]
    with pytest.raises(NotFound):
        commands.set_form_state(by=SYSTEM, now=now, form_id="none", state=FormState.CLOSED)


def test_the_committed_form_is_what_the_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "assist.xlsx"
    script = [sys.executable, str(ROOT / "scripts" / "make_forms.py"), "--out", str(made)]
    subprocess.run(script, check=True, capture_output=True)
    assert compile_form(made.read_bytes()).xml == compile_form(XLSFORM).xml
    for other in ("supervision.xlsx", "display.xlsx"):
        committed = (ROOT / "forms" / other).read_bytes()
        assert compile_form((tmp_path / other).read_bytes()).xml == compile_form(committed).xml


def test_the_form_speaks_both_languages() -> None:
    xml = compile_form(XLSFORM).xml.decode()
    for text in ("Giúp bà con việc gì?", "Helped with what?", "Cầm tay chỉ việc", "Hand in hand"):
        assert f"<value>{text}</value>" in xml
