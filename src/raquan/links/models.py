"""How short links and their counts are stored; nothing of who came by them is."""

from django.db import models
from django.db.models import Q

from raquan.kernel.ids import uuid7
from raquan.links.rules import LONGEST_TARGET, Channel, LinkState


class Link(models.Model):
    """A short link; `visits` is the sum of its days. `edition` counts every change and every step."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True)
    target = models.CharField(max_length=LONGEST_TARGET)
    label = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)
    channel = models.CharField(max_length=12)
    # What it is for, of a room that may stand above: no foreign key.
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # The last day on which it leads anywhere; none: until it is stopped.
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=8)
    edition = models.PositiveIntegerField(default=1)
    visits = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[one.value for one in LinkState]), name="link_state_known"),
            models.CheckConstraint(condition=Q(channel__in=[one.value for one in Channel]), name="link_channel_known"),
        )
        indexes = (
            models.Index(fields=["organization", "made_at"], name="link_by_unit"),
            models.Index(fields=["about_kind", "about_id"], name="link_by_thing"),
        )

    def __str__(self) -> str:
        return self.code


class LinkDay(models.Model):
    """How many visits a link had on a day (Viet Nam's)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    visits = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["link", "day"], name="link_counted_once_a_day"),)
        indexes = (models.Index(fields=["day"], name="link_day_by_day"),)

    def __str__(self) -> str:
        return f"{self.link_id} {self.day}"
