"""How help desks, their hours, closures and rosters are stored."""

from django.db import models
from django.db.models import Q

from raquan.kernel.ids import uuid7


class HelpDesk(models.Model):
    """A unit helps at a site week after week, between two days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("outings.Site", on_delete=models.PROTECT, related_name="+")
    # The units that contained the site on the first day.
    place_path = models.CharField(max_length=100)
    language = models.CharField(max_length=8)
    # How many people can be helped in a day.
    capacity = models.PositiveIntegerField(null=True)
    valid_from = models.DateField()
    # The last day; null: until further notice.
    valid_to = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    set_up_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="help_desk_ends_after_start",
            ),
            # A unit's desk at a site from a day on is one: setting it up again is the same desk.
            models.UniqueConstraint(fields=["organization", "site", "valid_from"], name="help_desk_once"),
        )

    def __str__(self) -> str:
        return self.code


class HelpDeskService(models.Model):
    """A service of the catalogue that the desk helps with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.ForeignKey(HelpDesk, on_delete=models.PROTECT, related_name="services")
    service_code = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["desk", "service_code"], name="help_desk_service_once"),)

    def __str__(self) -> str:
        return self.service_code


class OpeningHours(models.Model):
    """Hours of a desk on a day of the week, 1 (Monday) to 7 (Sunday), while they held; a day may have several."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.ForeignKey(HelpDesk, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    # Null: from the desk's first day on.
    begun_at = models.DateTimeField(null=True)
    # Null: they hold. Records that come late are held against the hours of their own time.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="opening_hours_weekday_known"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="opening_hours_close_after_opening"
            ),
            models.UniqueConstraint(
                fields=["desk", "weekday", "opens_at"], condition=Q(ended_at__isnull=True), name="opening_hours_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class Closure(models.Model):
    """Days on which a desk is closed, or, without a desk, every one: holidays, repairs."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.ForeignKey(HelpDesk, on_delete=models.PROTECT, related_name="closures", null=True)
    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=300)
    # When it was taken back; null: it holds.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="closure_ends_after_start"),
            models.CheckConstraint(condition=~Q(reason=""), name="closure_has_reason"),
            models.UniqueConstraint(
                fields=["desk", "first_on", "last_on"],
                condition=Q(withdrawn_at__isnull=True, desk__isnull=False),
                name="closure_once_a_desk",
            ),
            models.UniqueConstraint(
                fields=["first_on", "last_on"],
                condition=Q(withdrawn_at__isnull=True, desk__isnull=True),
                name="closure_once_everywhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_on}–{self.last_on}"


class Shift(models.Model):
    """A person is at a desk on a day of the week, 1 to 7, or with 0 on each day that it is open, between two days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.ForeignKey(HelpDesk, on_delete=models.PROTECT, related_name="shifts")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    # The last day; null: until further notice.
    last_on = models.DateField(null=True)
    put_at = models.DateTimeField()
    # When it was taken back before its first day; null: it holds.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=7), name="shift_weekday_known"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=models.F("first_on")),
                name="shift_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["desk", "user", "weekday", "first_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="shift_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.weekday} {self.first_on}"
