"""Whatever is uploaded is compiled or refused, with the cell where one can be told, and in bounded time."""

import shutil
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from pytest_django import Settings

from raquan.forms import commands
from raquan.forms.gateways import xlsforms
from raquan.forms.gateways.pyxform_child import compile_workbook
from raquan.forms.gateways.xforms import NAMESPACE
from raquan.forms.gateways.xlsforms import compile_form
from raquan.forms.models import FormDraft
from raquan.forms.rules import MAX_FORM_FILE
from raquan.forms.tests.test_views import LIST, desk, file
from raquan.forms.tests.world import XLSFORM, book, publish, workbook
from raquan.forms.tests.world import settings as form_settings
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import Refused

__all__ = ["desk"]
SAMPLES = sorted((Path(__file__).parents[4] / "tests" / "fixtures" / "xlsforms").glob("*.xls*"))


def refusal_of(data: bytes) -> Refused:
    with pytest.raises(Refused) as refusal:
        compile_form(data)
    return refusal.value


def _with_formula(value: str) -> bytes:
    stream = BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("survey")
    sheet.write_row(0, 0, ["type", "name", "label"])
    sheet.write_row(1, 0, ["text", "a"])
    sheet.write_formula(1, 2, '="A"&"B"', value=value)
    made.close()
    return stream.getvalue()


def _bomb(parts: int, size: int) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(parts):
            package.writestr(f"xl/media/{number}.bin", b"\0" * size)
    return stream.getvalue()


@pytest.mark.slow
def test_what_cannot_be_a_form_is_refused() -> None:
    whole = workbook()
    assert refusal_of(b"x" * (MAX_FORM_FILE + 1)).code == "form.too_large"
    assert refusal_of(_bomb(1, 101 * 1024 * 1024)).code == "form.unpacks_too_large"
    assert refusal_of(_bomb(2001, 1)).code == "form.unpacks_too_large"
    for wrong in (b"", b"type,name,label", whole[: len(whole) // 2], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100):
        assert refusal_of(wrong).code == "form.unreadable"


def test_a_formula_without_its_result_is_refused_and_one_with_it_read() -> None:
    refused = refusal_of(_with_formula(""))
    assert (refused.code, refused.params["cell"]) == ("form.formula", "survey!C2")
    assert b"<label>AB</label>" in compile_form(_with_formula("AB")).xml


def test_refusals_name_the_cell() -> None:
    twice = book(
        survey=[{"type": "text", "name": name, "label": "A"} for name in ("a", "b", "a")], settings=form_settings()
    )
    lost = book(
        survey=[{"type": "text", "name": "a", "label": "A", "relevant": "${nobody} = 1"}], settings=form_settings()
    )
    assert refusal_of(twice).params["cell"] == "survey!B4"
    assert refusal_of(lost).params["cell"] == "survey!D2"
    assert "survey!D2" in str(refusal_of(lost))


def test_a_form_without_an_id_is_named_after_its_file() -> None:
    bare = book(survey=[{"type": "text", "name": "a", "label": "A"}], settings={"version": "1"})
    assert b'id="Phieu_A"' in compile_form(bare, fallback_id="Phieu_A").xml


@pytest.mark.django_db
def test_what_comes_as_xml_is_read_too(now: datetime) -> None:
    xml = compile_form(workbook()).xml
    kept = commands.keep_draft(by=SYSTEM, now=now, data=xml, file_name="a.xml")
    assert (kept.form_id, FormDraft.objects.get().xlsform_sha256) == ("other", "")
    for wrong, code in (
        (b"<a>", "form.malformed"),
        (b"<!DOCTYPE a><a/>", "form.doctype"),
        (b"<a/>", "form.id_missing"),
    ):
        with pytest.raises(Refused) as refusal:
            commands.keep_draft(by=SYSTEM, now=now, data=wrong, file_name="a.xml")
        assert refusal.value.code == code
    with pytest.raises(Refused) as refusal:
        commands.keep_draft(by=SYSTEM, now=now, data=xml.replace(b'id="other"', b'id="a/b"'), file_name="a.xml")
    assert refusal.value.code == "form.id_malformed"


@pytest.mark.django_db
def test_a_wrong_assist_names_question_and_cell(now: datetime) -> None:
    row = {"type": "text", "name": "when", "label": "Khi nào?", "bind::raquan:assist": "began"}
    data = book(survey=[row], settings=form_settings() | {"namespaces": f'raquan="{NAMESPACE}"'})
    with pytest.raises(commands.QuestionsMissing) as refusal:
        publish(now, data)
    said = str(refusal.value)
    assert "câu hỏi “when” khai mục “began” mà hệ thống không có (survey!B2)" in said
    assert "chưa có câu hỏi nào cho mục “outing”" in said


@pytest.mark.apart
@pytest.mark.slow
def test_a_process_of_its_own_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    xlsforms._compile.cache_clear()
    apart = compile_form(XLSFORM).xml
    assert refusal_of(workbook(type="select_one nothing")).params["cell"] == "survey!A2"
    xlsforms._compile.cache_clear()
    monkeypatch.setattr(xlsforms, "run_apart", compile_workbook)
    assert compile_form(XLSFORM).xml == apart


@pytest.mark.apart
def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsforms, "COMPILE_SECONDS", 0.001)
    assert refusal_of(workbook(label="Lâu quá")).code == "form.too_slow"


BROKEN = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>A</h:title>
<model><instance><data id="a"><q/></data></instance>
<bind nodeset="/data/q" relevant="/data/none = (" type="string"/></model>
</h:head><h:body><input ref="/data/q"><label>Q</label></input></h:body></h:html>"""


@pytest.mark.slow
def test_odk_validate_looks_where_there_is_java(settings: Settings) -> None:
    settings.RAQUAN_ODK_VALIDATE = True
    has_java = shutil.which("java") is not None
    assert compile_form(workbook()).is_validated is has_java
    if has_java:
        assert refusal_of(BROKEN).code == "form.invalid"
    else:
        assert compile_form(BROKEN).is_validated is False


@pytest.mark.parametrize(
    ("java", "validated", "refused"),
    [("exit 0", True, ""), ("echo 'Bad /data/a here' >&2; exit 1", True, "survey!B2"), ("sleep 5", False, "")],
)
def test_validation_says_where_and_is_not_waited_for(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    java: str,
    validated: bool,
    refused: str,
) -> None:
    (tmp_path / "java").write_text(f"#!/bin/sh\n{java}\n")
    (tmp_path / "java").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(xlsforms, "VALIDATE_SECONDS", 1)
    settings.RAQUAN_ODK_VALIDATE = True
    xlsforms._validate.cache_clear()
    try:
        if refused:
            refusal = refusal_of(workbook())
            assert (refusal.code, refusal.params["cell"]) == ("form.invalid", refused)
        else:
            assert compile_form(workbook()).is_validated is validated
    finally:
        xlsforms._validate.cache_clear()


@pytest.mark.slow
@pytest.mark.django_db
def test_every_sample_of_pyxform_is_drafted_or_refused_with_its_cell(desk: Client) -> None:
    assert len(SAMPLES) == 55
    kept, refused = 0, {}
    for path in SAMPLES:
        answer = desk.post(f"{LIST}new/", {"file": file(path.read_bytes(), path.name)})
        assert answer.status_code in (302, 422), path.name
        if answer.status_code == 302:
            kept += 1
            assert desk.get(answer.headers["Location"]).status_code == 200, path.name
        else:
            refused[path.name] = answer.content.decode()
    nowhere = [name for name, text in refused.items() if "sai ở survey!" not in text and "sai ở choices!" not in text]
    assert {name: refused[name].partition('role="alert"')[2][:700] for name in nowhere} == {}
    assert (kept, len(refused)) == (42, 13)
