"""Reports of units: each of its own numbers and words, all from one snapshot, in a run that may stop anywhere."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from raquan.files.queries import read_file
from raquan.kernel.actor import SYSTEM
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry, OutboxMessage
from raquan.people.models import Organization
from raquan.reports import commands, jobs, queries
from raquan.reports.commands import Issue
from raquan.reports.gateways import DEFAULTS, read_paper
from raquan.reports.models import Report, ReportRun, ReportTemplate
from raquan.reports.rules import Kind, check_layout
from raquan.reports.tests.conftest import Frozen
from raquan.reports.tests.faults import drop, form
from raquan.rounds import commands as rounds
from raquan.rounds.tests.conftest import open_rounds

PDF = b"%PDF-1.7 signed"


def texts(docx: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(docx)).paragraphs]


def test_a_unit_reports_its_own_numbers_and_words(frozen: Frozen, now: datetime) -> None:
    field, report_id = frozen.field, open_rounds(frozen.field, now)
    told = {"results": "Giúp 12 người.", "limits": "Sóng yếu ở buôn.", "proposals": "Thêm trạm phát sóng."}
    rounds.save_draft(by=field.officer, now=now, report_id=report_id, edition=0, told=told)
    rounds.submit_report(by=field.officer, now=now, report_id=report_id, edition=1)
    rounds.approve_report(by=field.office, now=now, report_id=report_id, edition=1)
    asked: dict[str, Any] = {"by": field.officer, "now": now, "campaign_id": field.campaign_id}
    built = commands.build_unit_report(**asked, organization_id=field.cumgar_id)
    said = "\n".join(texts(built.docx))
    assert "Tổng số lượt hỗ trợ người dân: 15 lượt [1];" in said  # the sixteenth was the city's
    for words in ("Giúp 12 người.", "Sóng yếu ở buôn.", "Thêm trạm phát sóng."):
        assert words in said
    assert "Kính gửi: Ủy ban nhân dân tỉnh Đắk Lắk." in said
    assert check_layout(read_paper(built.docx)) == ()
    report = Report.objects.get(id=built.report_id)
    assert (report.kind, report.organization_id, report.snapshot_id) == ("unit", field.cumgar_id, frozen.snapshot_id)
    assert AuditEntry.objects.filter(verb="build_unit_report", subject_id=str(report.id)).count() == 1
    again = commands.build_unit_report(**asked, organization_id=field.cumgar_id)
    assert (again.already, again.report_id) == (True, built.report_id)
    with pytest.raises(NotAllowed):
        commands.build_unit_report(**asked, organization_id=field.city_id)
    other = commands.build_unit_report(**asked | {"by": field.office}, organization_id=field.city_id)
    assert [one.id for one in queries.reports(field.officer).items] == [built.report_id]
    assert queries.reports(field.office).total == 2
    with pytest.raises(NotFound):
        queries.report(field.officer, other.report_id)


def test_the_workbook_says_what_the_report_says(frozen: Frozen, now: datetime) -> None:
    built = commands.build_report(by=SYSTEM, now=now, campaign_id=frozen.field.campaign_id)
    report = Report.objects.get(id=built.report_id)
    assert check_layout(read_paper(built.docx)) == ()
    book = load_workbook(io.BytesIO(read_file(report.workbook_sha256)))
    assert {"Bảng 1", "Bảng I.1", "Bảng II.1", "Định nghĩa", "Nguồn số liệu"} <= set(book.sheetnames)
    sheet = book["Bảng 1"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [row[2] for row in rows[:-1]] == [13, 3]
    assert rows[-1][2] == "=SUM(C5:C6)"
    assert str(rows[0][5]).startswith("=IF(SUM(C$5:C$6)=0,0,C5/")
    computed = load_workbook(io.BytesIO(read_file(report.workbook_sha256)), data_only=True)["Bảng 1"]
    assert [computed["C7"].value, computed["F5"].value] == [16, 13 / 16]
    public = load_workbook(io.BytesIO(read_file(report.public_workbook_sha256)))["Bảng 1"]
    assert [public["C5"].value, public["C6"].value] == [None, None]  # 3 is hidden, and what would give it away


def test_a_run_goes_on_where_it_stopped(frozen: Frozen, now: datetime) -> None:
    field = frozen.field
    kept = {field.cumgar_id, field.city_id}
    Organization.objects.exclude(id__in=kept).update(level="province")
    with pytest.raises(NotAllowed):
        commands.start_run(by=field.officer, now=now, campaign_id=field.campaign_id)
    run_id = commands.start_run(by=field.office, now=now, campaign_id=field.campaign_id)
    assert commands.start_run(by=field.office, now=now, campaign_id=field.campaign_id) == run_id
    payload = OutboxMessage.objects.get(topic=commands.RUN_WANTED).payload
    assert commands.run_reports(now=now, run_id=run_id, most=1) is True
    first = queries.run(field.office, run_id)
    assert (first.done, first.total, first.zip_address) == (1, 3, "")
    jobs.run(payload, now)
    done = queries.run(field.office, run_id)
    assert (done.done, done.finished_at) == (3, now)
    run = ReportRun.objects.get()
    package = zipfile.ZipFile(io.BytesIO(read_file(run.zip_sha256)))
    assert len(package.namelist()) == 6
    assert "bao-cao-toan-tinh.docx" in package.namelist()
    assert commands.run_reports(now=now, run_id=run_id) is False
    for name in package.namelist():
        if name.endswith(".docx"):
            assert check_layout(read_paper(package.read(name))) == ()
    alone = commands.build_unit_report(
        by=SYSTEM, now=now, campaign_id=field.campaign_id, organization_id=field.cumgar_id
    )
    assert alone.already  # made alone it is the very same document


def test_an_issued_report_never_changes(frozen: Frozen, now: datetime) -> None:
    field = frozen.field
    built = commands.build_report(by=field.office, now=now, campaign_id=field.campaign_id)
    issue = Issue("12/BC-UBND", date(2023, 10, 5), PDF, is_public=True)
    asked: dict[str, Any] = {"by": field.office, "now": now, "report_id": built.report_id}
    for wrong, refusal in (
        (Issue("12", issue.issued_on, PDF), commands.BadNumber),
        (Issue("12/KH-UBND", issue.issued_on, PDF), commands.BadNumber),
        (Issue("12/BC-UBND", date(2023, 10, 4), PDF), commands.IssuedLater),
        (Issue("12/BC-UBND", date(2023, 10, 6), PDF), commands.IssuedLater),
        (Issue("12/BC-UBND", issue.issued_on, b"PK\x03\x04"), commands.NotPdf),
    ):
        with pytest.raises(refusal):
            commands.issue_report(**asked, issue=wrong)
    with pytest.raises(NotAllowed):
        commands.issue_report(**asked | {"by": field.officer}, issue=issue)
    assert queries.published_reports(field.campaign_id).total == 0
    assert commands.issue_report(**asked, issue=issue) is True
    assert commands.issue_report(**asked, issue=issue) is False  # the same again is done already
    with pytest.raises(commands.AlreadyIssued):
        commands.issue_report(**asked, issue=Issue("13/BC-UBND", issue.issued_on, PDF))
    published = queries.published_reports(field.campaign_id).items
    assert [(one.number, one.has_workbook) for one in published] == [("12/BC-UBND", True)]
    assert queries.published_file(field.campaign_id, built.report_id, "pdf") == (PDF, "application/pdf")
    with pytest.raises(NotFound):
        queries.published_file(field.campaign_id, uuid7(), "pdf")
    unit = commands.build_unit_report(
        by=field.office, now=now, campaign_id=field.campaign_id, organization_id=field.cumgar_id
    )
    own = asked | {"by": field.officer, "report_id": unit.report_id}
    assert commands.issue_report(**own, issue=issue) is True  # its own register of numbers, and never published
    assert queries.published_reports(field.campaign_id).total == 1


def test_templates_are_kept_used_and_gone_back_from(frozen: Frozen, now: datetime) -> None:
    field = frozen.field
    ours = DEFAULTS[Kind.CAMPAIGN].read_bytes()
    changed: Any = Document(io.BytesIO(ours))
    form("I. TÌNH HÌNH", underline=True)(changed)
    out = io.BytesIO()
    changed.save(out)
    asked: dict[str, Any] = {"by": field.office, "now": now, "kind": Kind.CAMPAIGN, "file_name": "mau.docx"}
    with pytest.raises(NotAllowed):
        commands.add_template(**asked | {"by": field.officer}, data=ours)
    one = commands.add_template(**asked, data=ours)
    assert commands.add_template(**asked, data=ours) == one
    two = commands.add_template(**asked, data=out.getvalue())
    before = commands.build_report(by=field.office, now=now, campaign_id=field.campaign_id)
    commands.use_template(by=field.office, template_id=two, instead_of=None)
    with pytest.raises(commands.TemplateChanged):  # another officer had seen the default in use
        commands.use_template(by=field.office, template_id=one, instead_of=None)
    after = commands.build_report(by=field.office, now=now, campaign_id=field.campaign_id)
    assert before.docx_sha256 != after.docx_sha256
    assert Report.objects.get(id=after.report_id).template_id == two
    commands.use_default_template(by=field.office, kind=Kind.CAMPAIGN, instead_of=two)
    assert commands.build_report(by=field.office, now=now, campaign_id=field.campaign_id).already
    bare: Any = Document(io.BytesIO(ours))
    drop("{{ c.closing }}")(bare)
    out = io.BytesIO()
    bare.save(out)
    unfit = commands.add_template(**asked, data=out.getvalue())
    assert [one.found for one in queries.template(field.office, unfit).stops] == ["c.closing"]
    with pytest.raises(commands.TemplateUnfit):
        commands.use_template(by=field.office, template_id=unfit, instead_of=None)
    assert ReportTemplate.objects.filter(kind="campaign").count() == 3
