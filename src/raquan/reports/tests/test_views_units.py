"""The pages of units' reports, templates, runs, the check and what is published."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from raquan.reports import commands
from raquan.reports.gateways import DEFAULTS, filler_of
from raquan.reports.models import Report
from raquan.reports.rules import Kind
from raquan.reports.rules.sample import sample_content
from raquan.reports.tests.conftest import Frozen
from raquan.reports.tests.pictures import PNG
from raquan.reports.tests.test_views import client_of

pytestmark = pytest.mark.usefixtures("campaign_time")
DOCX = filler_of(Kind.UNIT).fill(sample_content(Kind.UNIT), [PNG])


def upload(name: str, data: bytes) -> dict[str, Any]:
    return {"document": SimpleUploadedFile(name, data)}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_officer_makes_the_own_report_and_records_its_issue(frozen: Frozen) -> None:
    field, client = frozen.field, client_of(frozen.field.officer)
    page = text_of(client.get("/desk/reports/"))
    assert "Lập báo cáo của một đơn vị" in page
    assert "Lập báo cáo của mọi đơn vị" not in page
    asked = {"organization": str(field.city_id)}
    client.post("/desk/reports/units/build/", asked)
    assert not Report.objects.exists()
    client.post("/desk/reports/units/build/", {"organization": str(field.cumgar_id)})
    report = Report.objects.get()
    address = f"/desk/reports/{report.id}/"
    with CaptureQueriesContext(connection) as said:
        assert "Ghi ban hành" in text_of(client.get(address))
    assert len(said) <= 12
    office = client_of(field.office)
    office.get("/desk/reports/")
    with CaptureQueriesContext(connection) as said:
        office.get("/desk/reports/")
    assert len(said) <= 12
    wrong = {"number": "12", "issued_on": "05/10/2023", "signed": SimpleUploadedFile("ky.pdf", b"%PDF-1.7")}
    refused = client.post(f"{address}issue/", wrong)
    assert refused.status_code == 422
    assert "Ghi như 123/BC-UBND" in text_of(refused)
    assert 'value="12"' in text_of(refused)
    right = wrong | {"number": "12/BC-UBND", "signed": SimpleUploadedFile("ky.pdf", b"%PDF-1.7")}
    assert "số 12/BC-UBND ngày 05/10/2023" in text_of(client.post(f"{address}issue/", right, follow=True))
    assert client_of(frozen.field.helper).get(address).status_code == 403


def test_what_was_issued_is_published_as_it_was_signed(frozen: Frozen) -> None:
    client = client_of(frozen.field.office)
    client.post("/desk/reports/build/", {"snapshot": str(frozen.snapshot_id)})
    report = Report.objects.get()
    assert "chưa được công bố" in text_of(Client().get("/2023/reports/"))
    signed = SimpleUploadedFile("ky.pdf", b"%PDF-1.7 signed")
    said = {"number": "9/BC-UBND", "issued_on": "5/10/2023", "signed": signed, "is_public": "on"}
    client.post(f"/desk/reports/{report.id}/issue/", said)
    assert "số 9/BC-UBND" in text_of(Client().get("/2023/reports/"))
    file = Client().get(f"/2023/reports/{report.id}/pdf/")
    assert (file.content, file["Content-Type"]) == (b"%PDF-1.7 signed", "application/pdf")
    assert Client().get(f"/2023/reports/{report.id}/xlsx/").content.startswith(b"PK")
    for missing in (f"/2023/reports/{report.id}/docx/", f"/2024/reports/{report.id}/pdf/"):
        assert Client().get(missing).status_code == 404


def test_any_officer_checks_any_document(frozen: Frozen) -> None:
    client = client_of(frozen.field.officer)
    assert "Kiểm tra thể thức" in text_of(client.get("/desk/reports/check/"))
    assert "Không thấy chỗ nào" in text_of(client.post("/desk/reports/check/", upload("a.docx", DOCX)))
    found = text_of(client.post("/desk/reports/check/", upload("mau.docx", DEFAULTS[Kind.UNIT].read_bytes())))
    assert "chỗ khác với thể thức" in found
    bad = client.post("/desk/reports/check/", upload("a.doc", b"\xd0\xcf\x11\xe0"))
    assert bad.status_code == 422
    assert "layout.not_docx" in text_of(bad)


def test_the_office_changes_a_template(frozen: Frozen) -> None:
    client = client_of(frozen.field.office)
    ours = client.get("/desk/reports/templates/default/unit.docx").content
    assert ours == DEFAULTS[Kind.UNIT].read_bytes()
    page = client.post("/desk/reports/templates/", {"kind": "campaign", **upload("mau.docx", ours)}, follow=True)
    assert "c.unit_table" in text_of(page)  # the unit's template lacks what the province's report must say
    assert "Dùng mẫu này" not in text_of(page)
    page = client.post("/desk/reports/templates/", {"kind": "unit", **upload("mau.docx", ours)}, follow=True)
    address = page.redirect_chain[-1][0]
    assert "không thấy gì khác với thể thức" in text_of(page)
    used = client.post(f"{address}use/", {"instead_of": ""}, follow=True)
    assert "Đang dùng" in text_of(used)
    assert "Trở về mẫu có sẵn" in text_of(client.get("/desk/reports/templates/"))
    bad = client.post("/desk/reports/templates/", {"kind": "unit", **upload("a.docx", b"no")})
    assert bad.status_code == 422
    assert client_of(frozen.field.officer).get("/desk/reports/templates/").status_code == 403


def test_a_run_says_how_far_it_is(frozen: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(frozen.field.office)
    address = client.post("/desk/reports/runs/start/")["Location"]
    page = text_of(client.get(address))
    assert "Đã lập 0 trên" in page
    part = text_of(client.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert client.post(f"{address}continue/")["Location"] == address


def test_without_libreoffice_the_page_says_so(frozen: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("raquan.reports.gateways.has_libreoffice", lambda: False)
    client = client_of(frozen.field.office)
    client.post("/desk/reports/build/", {"snapshot": str(frozen.snapshot_id)})
    address = f"/desk/reports/{Report.objects.get().id}/"
    assert "chưa cài LibreOffice" in text_of(client.get(address))
    assert "chưa cài LibreOffice" in text_of(client.post(f"{address}pdf/", follow=True))
    assert commands.NoLibreOffice.code == "report.no_libreoffice"
