"""How built reports are remembered; their files are kept by the files room."""

from django.db import models

from raquan.kernel.ids import uuid7


class Report(models.Model):
    """A document built from a snapshot; another build of the same content is the same report."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey("analytics.Snapshot", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    docx_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, null=True)
    built_at = models.DateTimeField()
    built_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["snapshot", "kind", "docx_sha256"], name="report_content_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["campaign"]), name="report_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.snapshot_id}"
