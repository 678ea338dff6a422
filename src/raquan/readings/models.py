"""How a document that waits for the plan is kept: what it says line by line, and what officers made of it."""

from django.db import models
from django.db.models import Q

from raquan.kernel.ids import uuid7
from raquan.readings.rules import Part, ReadingState, Use


class Reading(models.Model):
    """A document by its stored file, how far it has been read, and what its head says.

    `version` counts the corrections; `plan_id` names the plan that it was brought into.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=12, default=ReadingState.UNDER_WAY.value)
    head = models.JSONField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    plan_id = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["file_sha256"],
                condition=~Q(state=ReadingState.DISCARDED.value),
                name="reading_once_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ReadingState]), name="reading_state_known"
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="reading_done_within_total"),
        )

    def __str__(self) -> str:
        return self.file_name


class ReadingLine(models.Model):
    """A paragraph or row with its place and text, and what was understood of it; or a task that an officer added.

    `read_as` is what the reader took it for, `use` what it is taken for now. `left` are texts of it without a place.
    `section` is the source of the line that a task stands under. `is_open` says that somebody should still look at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    read_as = models.CharField(max_length=16)
    use = models.CharField(max_length=16)
    path = models.CharField(max_length=60, blank=True)
    title = models.TextField(blank=True)
    section = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    time_as_written = models.CharField(max_length=500, blank=True)
    deliverable = models.TextField(blank=True)
    left = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    is_open = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reading", "position"], name="reading_line_once_a_position"),
            models.UniqueConstraint(fields=["reading", "source"], name="reading_line_once_a_source"),
            models.CheckConstraint(condition=Q(use__in=[one.value for one in Use]), name="reading_line_use_known"),
        )
        indexes = (models.Index(fields=["reading", "position"], condition=Q(is_open=True), name="reading_line_open"),)

    def __str__(self) -> str:
        return f"{self.source}: {self.title or self.text}"


class ReadingUnit(models.Model):
    """A unit that a task names, as written, with the organization that it is; `score` where the reader proposed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(ReadingLine, on_delete=models.PROTECT, related_name="units")
    position = models.PositiveIntegerField()
    part = models.CharField(max_length=12)
    as_written = models.TextField()
    organization = models.ForeignKey("people.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["line", "part", "position"], name="reading_unit_once_a_position"),
            models.CheckConstraint(condition=Q(part__in=[one.value for one in Part]), name="reading_unit_part_known"),
        )
