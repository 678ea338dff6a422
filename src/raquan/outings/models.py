"""How sites, outings, their services and their teams are stored."""

from datetime import date

from django.db import models
from django.db.models import Q

from raquan.kernel.ids import uuid7
from raquan.outings.rules import Aim, Part, SiteKind, State


class Site(models.Model):
    """A place where people can be met: a one-stop shop, a market, a village hall."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    # The very unit: codes are used again, so the code alone would lead elsewhere after a reform.
    place = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    place_code = models.CharField(max_length=10)
    # The units that contained it when it was added, /province/district/commune/: what is searched by.
    place_path = models.CharField(max_length=100)
    address = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    sort_key = models.CharField(max_length=600)
    # The last day on which somebody can be met there; outings of the past keep their site.
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["name", "place"], condition=Q(ended_on__isnull=True), name="site_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="site_ended_with_reason",
            ),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in SiteKind]), name="site_kind_known"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="site_coordinates_whole",
            ),
        )

    def __str__(self) -> str:
        return self.name


class OutingQuerySet(models.QuerySet["Outing"]):
    """The questions that queries put together."""

    def within_place(self, code: str) -> "OutingQuerySet":
        """Keep those whose place lay in a unit of this code on their day."""
        return self.filter(place_path__contains=f"/{code}/")

    def from_day(self, day: date) -> "OutingQuerySet":
        """Keep those held on a day or later."""
        return self.filter(held_on__gte=day)

    def alive(self) -> "OutingQuerySet":
        """Keep those that are still to be held or being held."""
        return self.filter(state__in=[State.PLANNED.value, State.OPEN.value])


class Outing(models.Model):
    """A team of a unit goes to a site on a day, for an aim."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey("campaign.Task", on_delete=models.PROTECT, related_name="+", null=True)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="outings")
    # The units that contain the site on the day itself: borders move, an outing does not.
    place_path = models.CharField(max_length=100)
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    aim = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    expected_people = models.PositiveIntegerField(null=True)
    # How many people the team can help in these hours; more are asked to come another day.
    capacity = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12)
    planned_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    objects = OutingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="outing_ends_after_start"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="outing_state_known"),
            models.CheckConstraint(condition=Q(aim__in=[a.value for a in Aim]), name="outing_aim_known"),
            models.CheckConstraint(
                condition=(Q(state=State.CANCELLED.value) & ~Q(cancel_reason=""))
                | (~Q(state=State.CANCELLED.value) & Q(cancel_reason="")),
                name="outing_cancelled_with_reason",
            ),
            # A unit stands at one site once at one hour: planning it again is the same outing.
            models.UniqueConstraint(
                fields=["organization", "site", "held_on", "starts_at"],
                condition=~Q(state=State.CANCELLED.value),
                name="outing_once_an_hour",
            ),
        )
        # In the order of every list, with all that says whether it is to come: counts read the index alone.
        indexes = (
            models.Index(
                fields=["campaign", "held_on", "starts_at", "code", "ends_at", "state"], name="outing_in_order"
            ),
            models.Index(fields=["campaign", "state"], name="outing_by_state"),
        )

    def __str__(self) -> str:
        return self.code


class OutingService(models.Model):
    """A service of the catalogue that the outing helps with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="services")
    service_code = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["outing", "service_code"], name="outing_service_once"),)

    def __str__(self) -> str:
        return self.service_code


class Assignment(models.Model):
    """A person's part in an outing's team, until it ended; whoever was in the team stays on record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8)
    # Null: from the plan on.
    assigned_at = models.DateTimeField(null=True)
    # Null: in the team now.
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["outing", "user"], condition=Q(ended_at__isnull=True), name="assignment_once"
            ),
            models.CheckConstraint(condition=Q(part__in=[p.value for p in Part]), name="assignment_part_known"),
            models.UniqueConstraint(
                fields=["outing"],
                condition=Q(part=Part.LEADER.value, ended_at__isnull=True),
                name="assignment_one_leader",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.user_id}"


class CheckIn(models.Model):
    """A person was there: the earliest arrival that anybody has sent for them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="check_ins")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    # Who said it, when it was not the person: the leader, or a phone that several share.
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["outing", "user"], name="check_in_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%H:%M}"


class SiteHold(models.Model):
    """Something of a room above that needs the site until a day, or until further notice: a help desk."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="holds")
    # The id of what needs it; no foreign key, since it stands above this room.
    holder_id = models.UUIDField(unique=True)
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.site_id} {self.until or '…'}"


class KitItem(models.Model):
    """Something that teams take along: to every outing, or to those of an aim or a kind of site."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, unique=True)
    name = models.JSONField()
    # Empty: every one.
    aim = models.CharField(max_length=12, blank=True)
    site_kind = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField()
    # False once a newer list does not have it; what was ticked stays.
    is_listed = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class KitTick(models.Model):
    """Whether an item is packed for an outing, and who said so last."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="kit")
    item = models.ForeignKey(KitItem, on_delete=models.PROTECT, related_name="ticks")
    is_packed = models.BooleanField()
    changed_at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["outing", "item"], name="kit_tick_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.is_packed}"
