"""How reports, the templates that an office made, and runs over all units are remembered; files keep their bytes."""

from django.db import models
from django.db.models import Q

from raquan.kernel.ids import uuid7
from raquan.reports.rules import Kind


class ReportTemplate(models.Model):
    """A template that an office changed in Word: every version is kept; at most one of a kind is in use.

    `findings` is what was found when it came: code, whether it stops its use, and what is said of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    docx_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    findings = models.JSONField(default=list)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    is_in_use = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "version"], name="report_template_version_once"),
            models.UniqueConstraint(fields=["kind"], condition=Q(is_in_use=True), name="report_template_one_in_use"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Kind]), name="report_template_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class Report(models.Model):
    """A document built from a snapshot; another build of the same content is the same report.

    A unit's report names its unit. `number`, `issued_on` and the signed file come from the records clerk, once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey("analytics.Snapshot", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    organization = models.ForeignKey("people.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(ReportTemplate, null=True, on_delete=models.PROTECT, related_name="+")
    docx_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, null=True)
    workbook_sha256 = models.CharField(max_length=64, blank=True)
    # The same tables with small numbers hidden, for everybody.
    public_workbook_sha256 = models.CharField(max_length=64, blank=True)
    built_at = models.DateTimeField()
    built_by = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["snapshot", "kind", "docx_sha256"], name="report_content_once"),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Kind]), name="report_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.CAMPAIGN.value, organization__isnull=True)
                | Q(kind=Kind.UNIT.value, organization__isnull=False),
                name="report_of_a_unit_names_it",
            ),
            models.CheckConstraint(
                condition=Q(number="", issued_on__isnull=True, signed_sha256="", is_public=False)
                | (~Q(number="") & Q(issued_on__isnull=False) & ~Q(signed_sha256="")),
                name="report_issued_whole",
            ),
        )
        indexes = (models.Index(fields=["campaign", "organization", "-built_at"], name="report_of_unit"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.snapshot_id}"


class ReportRun(models.Model):
    """The reports of all units, made one after another from one snapshot; `reached` of `wanted` are made.

    `wanted` are ids of units, "" for the province; `reports` the ids of what was made, in the same order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey("analytics.Snapshot", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    owner_id = models.UUIDField(null=True)
    wanted = models.JSONField()
    reports = models.JSONField(default=list)
    reached = models.PositiveIntegerField(default=0)
    zip_sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["campaign", "-asked_at"], name="report_run_newest"),)

    def __str__(self) -> str:
        return f"{self.reached}/{len(self.wanted)}"
