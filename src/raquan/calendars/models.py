"""How a calendar that a unit sent is kept: what each row says, what was understood, and what became of it."""

from django.db import models
from django.db.models import Q

from raquan.calendars.rules import CalendarState, Use
from raquan.kernel.ids import uuid7


class Calendar(models.Model):
    """A sheet of outings by its stored file, for the unit that sent it, and how far it has been read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=12, default=CalendarState.UNDER_WAY.value)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["file_sha256", "organization"],
                condition=~Q(state=CalendarState.DISCARDED.value),
                name="calendar_once_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in CalendarState]), name="calendar_state_known"
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="calendar_done_within_total"),
        )

    def __str__(self) -> str:
        return self.file_name


class CalendarLine(models.Model):
    """A row of a calendar with all its cells; where it is an outing, what was understood of it and what is doubtful.

    A row about several days is several lines, told apart by `part`. `cells` are address, heading and text.
    `doubts` are the doubt, the address of its cell and words of its own. `is_open` says that no outing can be made
    of it yet. `team` are people's ids, the leader first; `service_codes` are the catalogue's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    cells = models.JSONField()
    use = models.CharField(max_length=12)
    held_on = models.DateField(null=True)
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    place_code = models.CharField(max_length=10, blank=True)
    site = models.ForeignKey("outings.Site", null=True, on_delete=models.PROTECT, related_name="+")
    site_name = models.CharField(max_length=200, blank=True)
    site_kind = models.CharField(max_length=20, blank=True)
    organization = models.ForeignKey("people.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.JSONField(default=list)
    service_codes = models.JSONField(default=list)
    expected_people = models.PositiveIntegerField(null=True)
    notes = models.TextField(blank=True)
    doubts = models.JSONField(default=list)
    is_open = models.BooleanField(default=False)
    outing = models.ForeignKey("outings.Outing", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["calendar", "position"], name="calendar_line_once_a_position"),
            models.UniqueConstraint(fields=["calendar", "sheet", "row", "part"], name="calendar_line_once_a_row"),
            models.CheckConstraint(condition=Q(use__in=[one.value for one in Use]), name="calendar_line_use_known"),
            models.CheckConstraint(
                condition=Q(use=Use.TAKEN.value, outing__isnull=False)
                | (~Q(use=Use.TAKEN.value) & Q(outing__isnull=True)),
                name="calendar_line_taken_with_outing",
            ),
        )
        indexes = (models.Index(fields=["calendar", "use", "position"], name="calendar_line_by_use"),)

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"
