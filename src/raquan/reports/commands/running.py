"""Makes the reports of the province and of all its units, one after another, and packs them; may stop at any point."""

import tempfile
import zipfile
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation

from raquan.files import commands as files
from raquan.files import queries as stored
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.kernel.text import fold
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.reports.commands.building import (
    build_report,
    campaign_of,
    fill_unit,
    snapshot_of,
    store,
)
from raquan.reports.models import Report, ReportRun
from raquan.reports.queries import builds_all, reporting, unit_sheets

RUN_WANTED = "reports.run"
ZIP = "application/zip"
PROVINCE = ""
AT_ONCE = 80
"""So many reports are made in one go: asking for the figures of all units costs as much for one as for all."""

_ZIP_TIME = (2020, 3, 5, 0, 0, 0)


def start_run(*, by: Actor, now: datetime, campaign_id: UUID, snapshot_id: UUID | None = None) -> UUID:
    """Ask for the reports of the province and of all units from one snapshot; give the run's id. A worker makes them.

    Where the same run is under way already, that one is given. Raises NotAllowed, NoSnapshot, OtherCampaign, NotFound.
    """
    people.check(by, Action.REPORT_BUILD)
    if not builds_all(by):
        raise NotAllowed()
    snapshot = snapshot_of(by, campaign_id, snapshot_id)
    with transaction.atomic():
        under_way = ReportRun.objects.filter(snapshot_id=snapshot.id, finished_at__isnull=True).first()
        if under_way is not None:
            _ask(under_way.id)
            return under_way.id
        run = ReportRun.objects.create(
            campaign_id=campaign_id,
            snapshot_id=snapshot.id,
            asked_at=now,
            asked_by=by.name,
            owner_id=by.id,
            wanted=[PROVINCE, *(str(unit.id) for unit in reporting())],
        )
        _ask(run.id)
        ledger.record(by=by, verb="start_run", subject="reports.ReportRun", subject_id=run.id)
    return run.id


def continue_run(*, by: Actor, run_id: UUID) -> None:
    """Let a worker go on with a run that has stopped. Raises NotAllowed, NotFound."""
    if not builds_all(by):
        raise NotAllowed()
    with transaction.atomic():
        if not ReportRun.objects.filter(id=run_id).exists():
            raise NotFound()
        if ReportRun.objects.filter(id=run_id, finished_at__isnull=True).exists() and _ask(run_id):
            ledger.record(by=by, verb="continue_run", subject="reports.ReportRun", subject_id=run_id)


def run_reports(*, now: datetime, run_id: UUID, most: int = AT_ONCE) -> bool:
    """Make the next reports of a run; True when some are left. What was made before a crash is not made again.

    Two workers at once do no harm: the same content is the same report, and `reached` moves a step at a time.
    """
    run = ReportRun.objects.filter(id=run_id, finished_at__isnull=True).first()
    if run is None:
        return False
    with translation.override("vi"):
        left = run.wanted[run.reached : run.reached + most]
        if left:
            _make(run, left, now)
    run.refresh_from_db()
    if run.reached < len(run.wanted):
        return True
    _finish(run, now)
    return False


def _make(run: ReportRun, wanted: list[str], now: datetime) -> None:
    campaign = campaign_of(run.campaign_id)
    snapshot = snapshot_of(SYSTEM, run.campaign_id, run.snapshot_id)
    units = {str(unit.id): unit for unit in reporting()}
    sheets = unit_sheets(SYSTEM, now, campaign, snapshot)
    for place, one in enumerate(wanted, start=run.reached):
        if one == PROVINCE:
            made = build_report(by=SYSTEM, now=now, campaign_id=campaign.id, snapshot_id=snapshot.id).report_id
        elif one in units:
            unit = units[one]
            filled = fill_unit(sheets.content_of(unit), sheets.figures.of(unit.id), unit)
            made = store(SYSTEM, now, snapshot, filled, wants_pdf=False).report_id
        else:  # the unit has been closed meanwhile
            made = None
        run.reports.append(str(made) if made else "")
        here = ReportRun.objects.filter(id=run.id, reached=place)
        if not here.update(reached=place + 1, reports=run.reports):
            return  # another worker is further


def _finish(run: ReportRun, now: datetime) -> None:
    """Pack the reports; doing so again after a crash comes to the same file."""
    ids = [UUID(one) for one in run.reports if one]
    reports = Report.objects.filter(id__in=ids).select_related("organization", "snapshot").order_by("id")
    with tempfile.TemporaryFile() as archive:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as package:
            used: set[str] = set()
            for report in sorted(reports, key=lambda one: (one.organization is not None, str(one.organization_id))):
                name = _name(report, used)
                for sha256, suffix in ((report.docx_sha256, "docx"), (report.workbook_sha256, "xlsx")):
                    if sha256:
                        part = zipfile.ZipInfo(f"{name}.{suffix}", date_time=_ZIP_TIME)
                        package.writestr(part, stored.read_file(sha256))
        archive.seek(0)
        kept = files.store_file(by=SYSTEM, data=archive, media_type=ZIP)
    with transaction.atomic():
        mine = ReportRun.objects.filter(id=run.id, finished_at__isnull=True)
        if mine.update(finished_at=now, zip_sha256=kept.sha256):
            ledger.record(by=SYSTEM, verb="run_reports", subject="reports.ReportRun", subject_id=run.id)


def _name(report: Report, used: set[str]) -> str:
    """Name a report's files by its unit, in letters that every disk takes; two of one name are numbered."""
    whose = report.organization.name if report.organization else "toan tinh"
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in fold(whose))
    name = f"bao-cao-{'-'.join(plain.split())[:80]}"
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in used:
        number += 1
    used.add(found)
    return found


def _ask(run_id: UUID) -> bool:
    return ledger.publish(topic=RUN_WANTED, payload={"run": str(run_id)}, key=f"{RUN_WANTED}:{run_id}")
