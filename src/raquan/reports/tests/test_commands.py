"""Building reports: once a content, from a snapshot only, by those who may."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from raquan.analytics.commands import freeze_snapshot
from raquan.analytics.models import Snapshot
from raquan.files.queries import read_file
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry, OutboxMessage
from raquan.reports import commands, gateways, jobs
from raquan.reports.commands import PDF_WANTED, NoSnapshot, OtherCampaign
from raquan.reports.models import Report
from raquan.reports.tests.conftest import Frozen


def test_a_report_is_built_kept_and_recorded(frozen: Frozen, now: datetime, tmp_path: Path) -> None:
    out = tmp_path / "x.docx"
    built = commands.build_report(by=frozen.field.office, now=now, campaign_id=frozen.field.campaign_id, out=out)
    assert out.read_bytes() == built.docx == read_file(built.docx_sha256)
    report = Report.objects.get()
    assert (report.id, report.snapshot_id, report.built_by) == (built.report_id, frozen.snapshot_id, "Lê Thị Sở")
    assert AuditEntry.objects.get(verb="build_report").subject_id == str(report.id)


def test_the_same_content_is_the_same_report(frozen: Frozen, now: datetime) -> None:
    asked: dict[str, Any] = {"by": SYSTEM, "now": now, "campaign_id": frozen.field.campaign_id}
    first = commands.build_report(**asked)
    again = commands.build_report(**asked, snapshot_id=frozen.snapshot_id)
    assert (first.already, again.already) == (False, True)
    assert (first.report_id, first.docx) == (again.report_id, again.docx)
    later = freeze_snapshot(by=SYSTEM, now=now, campaign_id=frozen.field.campaign_id)
    assert commands.build_report(**asked, snapshot_id=later).report_id != first.report_id


def test_refusals(frozen: Frozen, now: datetime) -> None:
    campaign_id = frozen.field.campaign_id
    for actor in (ANONYMOUS, frozen.field.officer):
        with pytest.raises(NotAllowed):
            commands.build_report(by=actor, now=now, campaign_id=campaign_id)
    with pytest.raises(NotFound):
        commands.build_report(by=SYSTEM, now=now, campaign_id=campaign_id, snapshot_id=uuid7())
    with pytest.raises(OtherCampaign):
        commands.build_report(by=SYSTEM, now=now, campaign_id=uuid7(), snapshot_id=frozen.snapshot_id)
    Snapshot.objects.all().delete()
    with pytest.raises(NoSnapshot):
        commands.build_report(by=SYSTEM, now=now, campaign_id=campaign_id)
    assert Report.objects.count() == 0


def test_a_pdf_is_made_once_by_the_job(frozen: Frozen, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    def fake_pdf(docx: bytes) -> bytes:
        made.append(docx)
        return b"%PDF-"

    monkeypatch.setattr(gateways, "has_libreoffice", lambda: True)
    monkeypatch.setattr(gateways, "to_pdf", fake_pdf)
    built = commands.build_report(by=SYSTEM, now=now, campaign_id=frozen.field.campaign_id)
    payload = OutboxMessage.objects.get(topic=PDF_WANTED).payload
    jobs.make_pdf(payload, now)
    jobs.make_pdf(payload, now)
    assert made == [built.docx]
    pdf_sha256 = Report.objects.get().pdf_sha256
    assert pdf_sha256 is not None
    assert read_file(pdf_sha256) == b"%PDF-"


def test_without_libreoffice_there_is_no_pdf_and_no_failure(
    frozen: Frozen, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateways, "has_libreoffice", lambda: False)
    built = commands.build_report(by=SYSTEM, now=now, campaign_id=frozen.field.campaign_id)
    assert commands.make_pdf(by=SYSTEM, now=now, report_id=built.report_id) is None
    assert not OutboxMessage.objects.filter(topic=PDF_WANTED).exists()


@pytest.mark.slow
def test_libreoffice_opens_the_report_where_it_is_installed(frozen: Frozen, now: datetime) -> None:
    built = commands.build_report(by=SYSTEM, now=now, campaign_id=frozen.field.campaign_id)
    sha256 = commands.make_pdf(by=SYSTEM, now=now, report_id=built.report_id)
    if gateways.has_libreoffice():
        assert sha256 is not None
        assert read_file(sha256).startswith(b"%PDF-")
    else:
        assert sha256 is None
