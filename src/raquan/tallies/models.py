"""How tally sheets and what they count are stored."""

from django.db import models
from django.db.models import Q

from raquan.catalogue.rules import How
from raquan.kernel.ids import uuid7
from raquan.tallies.rules import MOST_PEOPLE, TallySource, TallyState


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
                condition=Q(state__in=[s.value for s in TallyState]), name="tally_sheet_state_known"
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
                condition=Q(source__in=[s.value for s in TallySource]), name="tally_entry_source_known"
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
            models.CheckConstraint(condition=Q(how__in=[h.value for h in How]), name="tally_line_how_known"),
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
