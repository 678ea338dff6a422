"""How submissions and assists are stored; submissions are only ever added."""

from django.db import models
from django.db.models import Q

from raquan.capture.rules import RecordSource, ReviewState, TimeQuality
from raquan.catalogue.rules import How, Stage
from raquan.kernel.ids import uuid7


def one_of(field: str, *values: str) -> Q:
    """Say that a column holds one of some words."""
    return Q(**{f"{field}__in": list(values)})


class Submission(models.Model):
    """A record as it came. The payload never changes; what people and the projector make of it stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Unique and indexed below: said here, PostgreSQL would keep a second index of each, for searches by prefix.
    instance_id = models.CharField(max_length=200)
    root_instance_id = models.CharField(max_length=200)
    # The version of the record that this one corrects: each can be corrected once, the correction in turn.
    deprecated_id = models.CharField(max_length=200, null=True)
    form_version = models.ForeignKey("forms.FormVersion", on_delete=models.PROTECT, related_name="+")
    payload = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    reported_device = models.CharField(max_length=200, blank=True)
    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+", null=True)
    sent_by_kind = models.CharField(max_length=16)
    sent_by_id = models.UUIDField(null=True)
    sent_by_number = models.PositiveIntegerField()
    sent_by_name = models.CharField(max_length=200, blank=True)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+", null=True)
    time_shift = models.FloatField()
    # What all of the device's clocks said (rules.read_clock), where it tells.
    clock = models.JSONField(null=True)
    review_state = models.CharField(max_length=12)
    issues = models.JSONField(default=list)
    is_synthetic = models.BooleanField()
    projected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["instance_id"], name="submission_once"),
            models.UniqueConstraint(fields=["deprecated_id"], name="submission_corrected_once"),
            models.CheckConstraint(
                condition=one_of("review_state", *[s.value for s in ReviewState]), name="submission_review_known"
            ),
        )
        indexes = (
            models.Index(fields=["root_instance_id"], name="submission_root"),
            models.Index(fields=["id"], condition=Q(projected_at__isnull=True), name="submission_pending"),
            models.Index(fields=["-received_at", "-id"], name="submission_newest"),
        )

    def __str__(self) -> str:
        return self.instance_id


class AnswerSheet(models.Model):
    """The answers of a submission as they were read from its payload; can be made anew from it."""

    submission = models.OneToOneField(
        Submission, primary_key=True, on_delete=models.PROTECT, related_name="answer_sheet"
    )
    answers = models.JSONField()

    def __str__(self) -> str:
        return str(self.submission_id)


class Attachment(models.Model):
    """A file of a submission: named in its answers and awaited, or sent along unnamed; the latest has no end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    expected = models.BooleanField()
    sha256 = models.CharField(max_length=64, null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "name"],
                condition=Q(replaced_at__isnull=True),
                name="attachment_one_current",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Assist(models.Model):
    """One person helped with one service once, as the record's current version says it.

    `fact_seq` is the order in which versions became facts: a later version takes a new number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    root_instance_id = models.CharField(max_length=200, unique=True)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="assist")
    fact_seq = models.BigIntegerField(unique=True)
    version = models.PositiveIntegerField()
    outing = models.ForeignKey("outings.Outing", on_delete=models.PROTECT, related_name="+", null=True)
    # Where there is no outing: the desk whose code the record carries.
    help_desk = models.ForeignKey(
        "helpdesks.HelpDesk", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    # The code as stored, of the outing or of the desk.
    outing_code = models.CharField(max_length=40, blank=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+", null=True)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+", null=True)
    province_code = models.CharField(max_length=5, blank=True)
    district_code = models.CharField(max_length=5, blank=True)
    place_code = models.CharField(max_length=5, blank=True)
    service_code = models.CharField(max_length=60, blank=True)
    group_code = models.CharField(max_length=40, blank=True)
    rung = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=12, blank=True)
    how = models.CharField(max_length=12, blank=True)
    bottleneck = models.CharField(max_length=40, null=True)
    language = models.CharField(max_length=8, blank=True)
    occurred_at = models.DateTimeField()
    occurred_on = models.DateField()
    time_quality = models.CharField(max_length=12)
    helper_number = models.PositiveIntegerField()
    grade = models.CharField(max_length=12)
    is_synthetic = models.BooleanField()
    withdrawn_at = models.DateTimeField(null=True)
    card = models.ForeignKey("cards.Card", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=one_of("stage", "", *[s.value for s in Stage]), name="assist_stage_known"),
            models.CheckConstraint(condition=one_of("how", "", *[h.value for h in How]), name="assist_how_known"),
            models.CheckConstraint(
                condition=one_of("time_quality", *[q.value for q in TimeQuality]), name="assist_time_quality_known"
            ),
            models.CheckConstraint(condition=Q(fact_seq__gte=1), name="assist_fact_seq_from_one"),
            models.CheckConstraint(
                condition=Q(outing__isnull=True) | Q(help_desk__isnull=True), name="assist_outing_or_desk"
            ),
        )
        indexes = (
            models.Index(fields=["-occurred_at", "-id"], name="assist_newest"),
            models.Index(fields=["outing", "-occurred_at"], name="assist_outing"),
            models.Index(fields=["help_desk", "-occurred_at"], name="assist_help_desk"),
            models.Index(fields=["place_code", "-occurred_at"], name="assist_place"),
            models.Index(fields=["organization", "-occurred_at"], name="assist_organization"),
        )

    def __str__(self) -> str:
        return self.root_instance_id


class RecordRow(models.Model):
    """A record through all its corrections, as tables list it: one row, and a number that never changes.

    The projector gives the numbers as it gives fact numbers, so that no lower number is committed after a higher
    one: who reads by number while records arrive misses none and meets none twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.BigIntegerField(unique=True)
    root_instance_id = models.CharField(max_length=200, unique=True)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="row")
    form = models.ForeignKey("forms.Form", on_delete=models.PROTECT, related_name="+", db_index=False)
    # The campaign's, or the day's where no campaign is: protocols know campaigns by it.
    year = models.PositiveIntegerField()
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+", null=True)
    province_code = models.CharField(max_length=5, blank=True)
    district_code = models.CharField(max_length=5, blank=True)
    place_code = models.CharField(max_length=5, blank=True)
    received_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True)
    edits = models.PositiveIntegerField(default=0)
    # What people search and sort by, as the current version says it (commands.listing).
    outing = models.ForeignKey("outings.Outing", on_delete=models.PROTECT, related_name="+", null=True)
    service_code = models.CharField(max_length=60, blank=True, default="")
    occurred_at = models.DateTimeField()
    occurred_on = models.DateField()
    source = models.CharField(max_length=16)
    issue_key = models.TextField(blank=True, default="")
    sender_key = models.CharField(max_length=200, blank=True, default="")
    search_key = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(number__gte=1), name="record_row_number_from_one"),
            models.CheckConstraint(
                condition=one_of("source", *[s.value for s in RecordSource]), name="record_row_source_known"
            ),
        )
        indexes = (
            models.Index(fields=["form", "year", "-number"], name="record_row_page"),
            models.Index(fields=["-occurred_at", "-number"], name="record_row_occurred"),
            models.Index(fields=["place_code", "-number"], name="record_row_place"),
        )

    def __str__(self) -> str:
        return self.root_instance_id


class FactTurn(models.Model):
    """The one row that is held while facts are numbered: assists and tallies take theirs from the same numbers."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    taken = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="fact_turn_is_one"),)

    def __str__(self) -> str:
        return str(self.taken)
