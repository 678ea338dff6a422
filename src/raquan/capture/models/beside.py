"""What people do with records and say about them, kept beside what came."""

from django.db import models
from django.db.models import Q

from raquan.capture.models.records import Submission, one_of
from raquan.capture.rules import BulkKind, RecordSource
from raquan.kernel.ids import uuid7


class Origin(models.Model):
    """Where a record came from that was brought in from another system's export; what came by a door has none."""

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.PROTECT, related_name="origin")
    source = models.CharField(max_length=16)
    reference = models.CharField(max_length=200)
    brought_in_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=one_of("source", *[s.value for s in RecordSource]), name="origin_source_known"
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Correction(models.Model):
    """Why a version made on the desk takes the place of another, and who made it; its bytes are a submission."""

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.PROTECT, related_name="correction")
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why"),)

    def __str__(self) -> str:
        return self.reason


class Tombstone(models.Model):
    """A record that was deleted: it is kept, counts nowhere, and does not come back when it is sent again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    root_instance_id = models.CharField(max_length=200, unique=True)
    reason = models.CharField(max_length=300)
    deleted_at = models.DateTimeField()
    deleted_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="tombstone_says_why"),)

    def __str__(self) -> str:
        return self.root_instance_id


class BulkTask(models.Model):
    """One thing done to many records, one after another: what, to which, and how far it has come.

    `wanted` is the filter's fields or the records' root ids; `upper_number` is the last row when it was asked for,
    `reached` the row that was last dealt with, from the top down.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12)
    target = models.CharField(max_length=60)
    reason = models.CharField(max_length=2000, blank=True)
    wanted = models.JSONField()
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField()
    upper_number = models.BigIntegerField()
    reached = models.BigIntegerField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The first refusals, as [instance id, message]; there may be more than are listed.
    refusals = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=one_of("kind", *[k.value for k in BulkKind]), name="bulk_task_kind"),
        )
        indexes = (models.Index(fields=["asked_by_id", "-asked_at"], name="bulk_task_mine"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"


class Comment(models.Model):
    """What somebody said about a record: why it was rejected, what is to be asked. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    body = models.TextField()
    said_by_kind = models.CharField(max_length=16)
    said_by_number = models.PositiveIntegerField()
    said_by_name = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),)

    def __str__(self) -> str:
        return self.body[:60]
