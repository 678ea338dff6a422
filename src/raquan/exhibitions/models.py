"""How exhibitions, applications for booths, visits, contacts and the days' sheets are stored."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from raquan.exhibitions.rules import ApplicationState, ExhibitionState, Grade, Outcome, Purpose
from raquan.kernel.ids import uuid7


def _known(field: str, values: Any) -> Q:
    return Q(**{f"{field}__in": [one.value for one in values]})


class Exhibition(models.Model):
    """An exhibition of a campaign; `edition` counts every change and every step, `proposed_at` the last proposal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=9, unique=True)
    request_id = models.UUIDField(unique=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)
    place_code = models.CharField(max_length=20)
    where = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    apply_until = models.DateField()
    fields = models.JSONField(default=list)
    about = models.TextField(blank=True)
    # The plan as its organizer writes it (rules.plan.read_plan).
    plan = models.TextField(blank=True)
    cell_cm = models.PositiveSmallIntegerField()
    post_watts = models.PositiveIntegerField()
    most_booths = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    edition = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    proposed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_known("state", ExhibitionState), name="exhibition_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="exhibition_days_in_order"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="exhibition_hours_in_order"),
        )
        indexes = (models.Index(fields=["campaign", "state", "starts_on"], name="exhibition_by_state"),)

    def __str__(self) -> str:
        return self.name


class BoothApplication(models.Model):
    """An enterprise asks for a booth, and has one once it is allocated; sides in centimetres, power in watts.

    `proposed` is the booth of a proposal that nobody has confirmed yet, `booth` the one that it has.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=9, unique=True)
    request_id = models.UUIDField(unique=True)
    exhibition = models.ForeignKey(Exhibition, on_delete=models.PROTECT, related_name="applications")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=2000)
    field = models.CharField(max_length=100)
    items = models.JSONField(default=list)
    about = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    width_cm = models.PositiveSmallIntegerField()
    depth_cm = models.PositiveSmallIntegerField()
    watts = models.PositiveIntegerField()
    tables = models.PositiveSmallIntegerField()
    wifi = models.BooleanField()
    prefers = models.CharField(max_length=5, blank=True)
    apart = models.BooleanField()
    state = models.CharField(max_length=10)
    edition = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    proposed = models.CharField(max_length=5, blank=True)
    # Why it was placed or left out: ["beside_field"], or [["size", 4], ["taken", 2]].
    why = models.JSONField(default=list)
    booth = models.CharField(max_length=5, blank=True)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_known("state", ApplicationState), name="booth_application_state_known"),
            models.CheckConstraint(
                condition=(Q(state=ApplicationState.ALLOCATED.value) & ~Q(booth=""))
                | (~Q(state=ApplicationState.ALLOCATED.value) & Q(booth="")),
                name="booth_application_has_booth",
            ),
            models.UniqueConstraint(fields=["exhibition", "booth"], condition=~Q(booth=""), name="booth_given_once"),
        )
        indexes = (models.Index(fields=["exhibition", "state"], name="booth_application_by_state"),)

    def __str__(self) -> str:
        return self.code


class BoothPhoto(models.Model):
    """A photo of a booth in its widths, added with the consent of the people in it; taken off, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(BoothApplication, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    # [{"width", "height", "sha256", "size"}], the narrowest first.
    sizes = models.JSONField()
    caption = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200, blank=True)
    taken_off_at = models.DateTimeField(null=True)
    taken_off_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(caption=""), name="booth_photo_has_caption"),
            # The same photo stands once at a booth.
            models.UniqueConstraint(
                fields=["application", "sha256"], condition=Q(taken_off_at__isnull=True), name="booth_photo_once"
            ),
        )

    def __str__(self) -> str:
        return self.caption


class BoothVisit(models.Model):
    """Somebody said at a booth that they were there: the day, and nothing of who it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(BoothApplication, on_delete=models.PROTECT, related_name="visits")
    mark = models.CharField(max_length=64, unique=True)
    visited_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["application", "visited_on"], name="booth_visit_by_day"),)

    def __str__(self) -> str:
        return str(self.id)


class BoothDay(models.Model):
    """How many came to a booth on a day as somebody counted or says; each grade apart."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(BoothApplication, on_delete=models.PROTECT, related_name="days")
    held_on = models.DateField()
    grade = models.CharField(max_length=8)
    heads = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    edition = models.PositiveIntegerField(default=1)
    said_at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["application", "held_on", "grade"], name="booth_day_once_a_grade"),
            models.CheckConstraint(condition=_known("grade", (Grade.TALLIED, Grade.STATED)), name="booth_day_grade"),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.held_on} {self.grade}"


class Incident(models.Model):
    """What went wrong on a day of an exhibition, and what was done about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exhibition = models.ForeignKey(Exhibition, on_delete=models.PROTECT, related_name="incidents")
    request_id = models.UUIDField(unique=True)
    held_on = models.DateField()
    at = models.TimeField()
    booth = models.CharField(max_length=5, blank=True)
    text = models.CharField(max_length=500)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["exhibition", "held_on"], name="incident_by_day"),)

    def __str__(self) -> str:
        return str(self.id)


class Contact(models.Model):
    """What a visitor left for one enterprise and one purpose; who it is lies sealed, and is emptied on `purge_on`.

    `consent` are the very words that were agreed to; `outcome` is what the enterprise says followed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(BoothApplication, on_delete=models.PROTECT, related_name="contacts")
    mark = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8)
    sealed = models.BinaryField(null=True)
    consent = models.TextField()
    left_at = models.DateTimeField()
    purge_on = models.DateField()
    emptied_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    outcome_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_known("purpose", Purpose), name="contact_purpose_known"),
            models.CheckConstraint(condition=Q(outcome="") | _known("outcome", Outcome), name="contact_outcome_known"),
            models.CheckConstraint(
                condition=Q(sealed__isnull=False, emptied_at__isnull=True)
                | Q(sealed__isnull=True, emptied_at__isnull=False),
                name="contact_sealed_or_emptied",
            ),
        )
        indexes = (
            models.Index(fields=["application", "left_at"], name="contact_by_booth"),
            models.Index(fields=["purge_on"], condition=Q(emptied_at__isnull=True), name="contact_to_purge"),
        )

    def __str__(self) -> str:
        return str(self.id)
