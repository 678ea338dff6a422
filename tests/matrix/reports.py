"""Official reports of two units and of the province, a template, a run; the cases of their pages."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from raquan.files.commands import store_file
from raquan.kernel.actor import SYSTEM
from raquan.reports.gateways import DEFAULTS
from raquan.reports.models import Report, ReportRun, ReportTemplate
from raquan.reports.rules import Kind
from tests.matrix.case import A, Body, Case, Write, change, listing
from tests.matrix.rounds import READS
from tests.matrix.world import OTHER, OWN, Mark, World

SIGNED = b"%PDF-1.7 signed"


def add_reports(world: World, now: datetime) -> None:
    """Give each unit an official report, the province a published one, the office a template and a run."""
    for unit, whose in ((OWN, world.base.cumgar_id), (OTHER, world.base.city_id)):
        things = world.things if unit == OWN else world.others
        things["official_id"] = _report(world, now, unit, organization_id=whose).id
        world.marks[f"{unit} official"] = Mark(f"Người lập {unit}", (A.REPORT_WRITE, A.REPORT_BUILD), unit)
    signed = store_file(by=SYSTEM, data=SIGNED, media_type="application/pdf")
    issued = {"number": "1/BC-UBND", "issued_on": now.date(), "signed_sha256": signed.sha256, "is_public": True}
    world.things["published_id"] = _report(world, now, "chung", **issued).id
    template = ReportTemplate.objects.create(
        kind="unit", version=1, docx_sha256="0" * 64, file_name="mau-cua-so.docx", added_at=now, added_by="Người nạp"
    )
    run = ReportRun.objects.create(
        campaign_id=world.base.campaign_id,
        snapshot_id=world.things["earlier_snapshot_id"],
        asked_at=now,
        asked_by="Người yêu cầu",
        wanted=[""],
    )
    world.things |= {"template_id": template.id, "report_run": run.id}


def _report(world: World, now: datetime, name: str, **more: Any) -> Report:
    return Report.objects.create(
        campaign_id=world.base.campaign_id,
        snapshot_id=world.things["earlier_snapshot_id"],
        kind="unit" if "organization_id" in more else "campaign",
        docx_sha256=sha256(name.encode()).hexdigest(),
        built_at=now,
        built_by=f"Người lập {name}",
        **more,
    )


def _issue(world: World) -> Body:
    return {"number": "7/BC-UBND", "issued_on": "05/10/2023", "signed": SimpleUploadedFile("ky.pdf", SIGNED)}


def _template(world: World) -> Body:
    return {"kind": "unit", "document": SimpleUploadedFile("mau.docx", DEFAULTS[Kind.UNIT].read_bytes())}


def _document(world: World) -> Body:
    return {"document": SimpleUploadedFile("van-ban.docx", DEFAULTS[Kind.UNIT].read_bytes())}


_OFFICIAL = {"report_id": "official_id"}
REPORTS = {
    "desk/reports/": listing("own official", "other official", queries=("?format=csv", "", "?kind=unit&q=n")),
    "desk/reports/build/": Case(
        get=None, is_slow=True, writes=(Write(lambda world: {"snapshot": world.things["snapshot_id"]}),)
    ),
    "desk/reports/units/build/": Case(
        get=None, is_slow=True, writes=(Write(lambda world: {"organization": world.base.cumgar_id}, owner=READS),)
    ),
    "desk/reports/check/": listing(writes=(Write(_document, keeps=True),)),
    "desk/reports/runs/start/": change(None, owner="whole"),
    "desk/reports/runs/<uuid:run_id>/": Case(owner="whole", fills={"run_id": "report_run"}),
    "desk/reports/runs/<uuid:run_id>/continue/": Case(
        get=None, fills={"run_id": "report_run"}, writes=(Write({}, None, owner="whole"),)
    ),
    "desk/reports/templates/": Case(owner="whole", writes=(Write(_template, owner="whole"),)),
    "desk/reports/templates/default/": change(None, {"kind": "unit"}, keeps=True),
    "desk/reports/templates/default/<slug:kind>.docx": Case(fills={"kind": "unit"}),
    "desk/reports/templates/<uuid:template_id>/": Case(owner="whole"),
    "desk/reports/templates/<uuid:template_id>/use/": change(None, owner="whole"),
    "desk/reports/<uuid:report_id>/": Case(owner=READS, fills=_OFFICIAL, shows=("own official",)),
    "desk/reports/<uuid:report_id>/issue/": Case(get=None, fills=_OFFICIAL, writes=(Write(_issue, owner=READS),)),
    "desk/reports/<uuid:report_id>/pdf/": Case(get=None, fills=_OFFICIAL, writes=(Write(owner=READS, keeps=True),)),
    "<int:year>/reports/": Case(is_public=True),
    "<int:year>/reports/<uuid:report_id>/<slug:shape>/": Case(
        is_public=True, fills={"report_id": "published_id", "shape": "pdf"}
    ),
}
