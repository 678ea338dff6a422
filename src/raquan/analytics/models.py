"""How snapshots are remembered: what was frozen, when, and the manifest that proves it."""

from django.db import models

from raquan.kernel.ids import uuid7


class Snapshot(models.Model):
    """The facts of a campaign as they stood at a moment; never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    fact_seq = models.BigIntegerField()
    manifest = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64, unique=True)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    is_synthetic = models.BooleanField()
    # Of the manifest, by the installation's key; empty where it was frozen before manifests were signed.
    signature = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "number"], name="snapshot_number_once"),
            models.UniqueConstraint(fields=["campaign", "previous_sha256"], name="snapshot_chain_no_fork"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="snapshot_number_from_one"),
            models.CheckConstraint(
                condition=models.Q(number=1, previous_sha256="")
                | (models.Q(number__gt=1) & ~models.Q(previous_sha256="")),
                name="snapshot_chained",
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id} #{self.number}"
