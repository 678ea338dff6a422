"""How submissions, assists and tally sheets are stored; submissions are only ever added."""

from django.db import models
from django.db.models import Q

from raquan.capture.rules import (
    MOST_PEOPLE,
    How,
    PhotoConsent,
    ReviewState,
    TallySource,
    TallyState,
    TimeQuality,
)
from raquan.catalogue.rules import Stage
from raquan.kernel.ids import uuid7


def _one_of(field: str, *values: str) -> Q:
    return Q(**{f"{field}__in": list(values)})


class Submission(models.Model):
    """A record as it came. The payload never changes; what people and the projector make of it stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    instance_id = models.CharField(max_length=200, unique=True)
    root_instance_id = models.CharField(max_length=200, db_index=True)
    # The version of the record that this one corrects: each can be corrected once, the correction in turn.
    deprecated_id = models.CharField(max_length=200, null=True, unique=True)
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
            models.CheckConstraint(
                condition=_one_of("review_state", *[s.value for s in ReviewState]), name="submission_review_known"
            ),
        )
        indexes = (
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


class Photo(models.Model):
    """A photo that a phone sends after its record; `sha256`, `size`, `received` are of the bytes as they are sent."""

    id = models.UUIDField(primary_key=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="photos")
    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    consent = models.CharField(max_length=12)
    agreed_by = models.JSONField(default=list)
    is_illustration = models.BooleanField()
    caption = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)  # by which the answers know it
    began_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="photo", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=_one_of("consent", *[c.value for c in PhotoConsent]), name="photo_consent_known"
            ),
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="photo_received_within_size"),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, attachment__isnull=True)
                | Q(kept_at__isnull=False, attachment__isnull=False),
                name="photo_kept_has_attachment",
            ),
        )
        indexes = (
            models.Index(fields=["device", "-began_at"], name="photo_device"),
            models.Index(fields=["began_at"], condition=Q(kept_at__isnull=True), name="photo_unfinished"),
        )

    def __str__(self) -> str:
        return str(self.id)


class PhotoPart(models.Model):
    """A part of a photo that is on its way; gone as soon as the photo is whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["photo", "start"], name="photo_part_once"),)


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
            models.CheckConstraint(
                condition=_one_of("stage", "", *[s.value for s in Stage]), name="assist_stage_known"
            ),
            models.CheckConstraint(condition=_one_of("how", "", *[h.value for h in How]), name="assist_how_known"),
            models.CheckConstraint(
                condition=_one_of("time_quality", *[q.value for q in TimeQuality]), name="assist_time_quality_known"
            ),
            models.CheckConstraint(condition=Q(fact_seq__gte=1), name="assist_fact_seq_from_one"),
        )
        indexes = (
            models.Index(fields=["-occurred_at", "-id"], name="assist_newest"),
            models.Index(fields=["outing", "-occurred_at"], name="assist_outing"),
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

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(number__gte=1), name="record_row_number_from_one"),)
        indexes = (models.Index(fields=["form", "year", "-number"], name="record_row_page"),)

    def __str__(self) -> str:
        return self.root_instance_id


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


class TallySheet(models.Model):
    """A printed sheet of an outing, known by its number; what was ticked on it stands in its entries.

    `service_codes` are those that were printed: the sheet keeps its boxes when the outing's services change.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    outing = models.ForeignKey("outings.Outing", on_delete=models.PROTECT, related_name="+")
    outing_code = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    service_codes = models.JSONField()
    state = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=0)
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)
    # Whether what it says now has still to become facts.
    is_pending = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["outing", "position"], name="tally_sheet_position_once"),
            models.CheckConstraint(
                condition=_one_of("state", *[s.value for s in TallyState]), name="tally_sheet_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=TallyState.ISSUED.value, version__gt=0)
                & ~Q(state=TallyState.ENTERED.value, version=0),
                name="tally_sheet_entered_has_version",
            ),
            models.CheckConstraint(
                condition=Q(state=TallyState.WITHDRAWN.value, withdrawn_at__isnull=False)
                | (~Q(state=TallyState.WITHDRAWN.value) & Q(withdrawn_at__isnull=True)),
                name="tally_sheet_withdrawn_dated",
            ),
        )
        indexes = (models.Index(fields=["id"], condition=Q(is_pending=True), name="tally_sheet_pending"),)

    def __str__(self) -> str:
        return self.number


class TallyEntry(models.Model):
    """A version of what a sheet says, and how it reached us; a correction is the next version, with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sheet = models.ForeignKey(TallySheet, on_delete=models.PROTECT, related_name="entries")
    version = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    entered_by_id = models.UUIDField(null=True)
    entered_by_name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=12)
    recorded_too = models.BooleanField()
    photo_sha256 = models.CharField(max_length=64, null=True)
    reason = models.CharField(max_length=300, blank=True)
    total = models.PositiveIntegerField()
    is_synthetic = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sheet", "version"], name="tally_entry_version_once"),
            models.CheckConstraint(
                condition=_one_of("source", *[s.value for s in TallySource]), name="tally_entry_source_known"
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="tally_entry_corrected_with_reason",
            ),
            models.CheckConstraint(condition=Q(total__gte=1), name="tally_entry_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.sheet_id} v{self.version}"


class TallyLine(models.Model):
    """How many people a sheet says reached a result with a service in a way."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(TallyEntry, on_delete=models.PROTECT, related_name="lines")
    service_code = models.CharField(max_length=60)
    rung = models.CharField(max_length=40)
    how = models.CharField(max_length=12)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "service_code", "rung", "how"], name="tally_line_once"),
            models.CheckConstraint(condition=_one_of("how", *[h.value for h in How]), name="tally_line_how_known"),
            models.CheckConstraint(condition=Q(count__range=(1, MOST_PEOPLE)), name="tally_line_people"),
        )

    def __str__(self) -> str:
        return f"{self.service_code} {self.rung} {self.how}"


class TallyCount(models.Model):
    """A sheet's cell as figures count it: of the people it says, those that have no record of their own.

    `fact_seq` is of the same numbers as an assist's: a later count takes a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sheet = models.ForeignKey(TallySheet, on_delete=models.PROTECT, related_name="counts")
    fact_seq = models.BigIntegerField(unique=True)
    version = models.PositiveIntegerField()
    outing = models.ForeignKey("outings.Outing", on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    province_code = models.CharField(max_length=5, blank=True)
    district_code = models.CharField(max_length=5, blank=True)
    place_code = models.CharField(max_length=5, blank=True)
    service_code = models.CharField(max_length=60)
    group_code = models.CharField(max_length=40, blank=True)
    rung = models.CharField(max_length=40)
    stage = models.CharField(max_length=12, blank=True)
    how = models.CharField(max_length=12)
    occurred_on = models.DateField()
    occurred_at = models.DateTimeField()
    said = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    is_synthetic = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sheet", "service_code", "rung", "how"], name="tally_count_once"),
            models.CheckConstraint(condition=Q(quantity__lte=models.F("said")), name="tally_count_within_said"),
            models.CheckConstraint(condition=Q(fact_seq__gte=1), name="tally_count_fact_seq_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.service_code} {self.rung} {self.how}"


class FactTurn(models.Model):
    """The one row that is held while facts are numbered: assists and tallies take theirs from the same numbers."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    taken = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="fact_turn_is_one"),)

    def __str__(self) -> str:
        return str(self.taken)
