"""Exports and imports with how far they have come, and webhooks with all that was sent to them."""

from django.db import models
from django.db.models import Q

from raquan.exchange.rules import DeliveryState, ExportKind, ImportSource
from raquan.kernel.ids import uuid7


class Export(models.Model):
    """Records of a search written to a file, up to the last row that was there when it was asked for.

    `reached` is the number of the last row that is in the file for certain; `written` and `archived` are how many
    bytes of the text and of the archive were on disk then: whatever lies behind them is cut off after a crash.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12)
    owner_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    wanted = models.JSONField()
    heads = models.JSONField()
    questions = models.JSONField()
    language = models.CharField(max_length=8)
    upper_number = models.BigIntegerField()
    total = models.PositiveIntegerField()
    reached = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    written = models.BigIntegerField(default=0)
    archived = models.BigIntegerField(default=0)
    missing_files = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in ExportKind]), name="export_kind_known"),
        )
        indexes = (models.Index(fields=["owner_id", "-asked_at"], name="export_mine"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"


class Import(models.Model):
    """A file of another system's records for a form, what was understood of it, and how far it has come.

    `reached` is the line up to which records are taken, `filed` the line up to which their files are.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    source = models.CharField(max_length=16)
    form_id = models.CharField(max_length=100)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    preview = models.JSONField()
    total = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True)
    reached = models.BigIntegerField(default=0)
    filed = models.BigIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(source__in=[s.value for s in ImportSource]), name="import_source_known"),
        )
        indexes = (models.Index(fields=["owner_id", "-asked_at"], name="import_mine"),)

    def __str__(self) -> str:
        return self.file_name


class ImportRefusal(models.Model):
    """A row of a file that was not taken: its line and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    instance_id = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60)
    message = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["of", "line"], name="import_refusal_line"),)

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"


class Webhook(models.Model):
    """An address that is told what happens to records which its owner may read.

    The secret is not stored: it is derived from the installation's key, the id and `generation`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    url = models.CharField(max_length=500)
    events = models.JSONField()
    # Of which channels' messages it is told; empty where it is told of none.
    channels = models.JSONField(default=list)
    generation = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    paused_by_us = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["owner_id"], name="webhook_mine"),)

    def __str__(self) -> str:
        return self.url


class PendingChange(models.Model):
    """A change of a record that has still to be told to webhooks; deleted when its deliveries are made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12)
    submission_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.kind} {self.submission_id}"


class Delivery(models.Model):
    """One message to one webhook: its very bytes, how often it was tried, and what the other side said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=20)
    # The planned message that it brings: each goes to a webhook once.
    post_id = models.UUIDField(null=True)
    body = models.TextField()
    state = models.CharField(max_length=12)
    tries = models.PositiveIntegerField(default=0)
    status = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in DeliveryState]), name="delivery_state_known"
            ),
            models.UniqueConstraint(
                fields=["webhook", "post_id"], condition=Q(post_id__isnull=False), name="delivery_once_a_post"
            ),
        )
        indexes = (
            models.Index(fields=["webhook", "-made_at"], name="delivery_log"),
            models.Index(fields=["post_id"], condition=Q(post_id__isnull=False), name="delivery_of_post"),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
