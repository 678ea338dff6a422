"""How services, ladders, restrictions and bottleneck reasons are stored."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from raquan.catalogue.rules import Stage
from raquan.kernel.ids import uuid7


class DatedQuerySet(models.QuerySet["Service"]):
    """The question that every dated row answers."""

    def on(self, day: date) -> "DatedQuerySet":
        """Keep the rows that hold on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class ServiceGroup(models.Model):
    """One of the groups of services that a plan names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.JSONField()
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.code


class Rung(models.Model):
    """A step of a group's ladder: what the person has come to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="rungs")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    stage = models.CharField(max_length=12)
    name = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["group", "code"], name="rung_once_a_group"),
            models.CheckConstraint(condition=Q(stage__in=[s.value for s in Stage]), name="rung_stage_known"),
        )

    def __str__(self) -> str:
        return self.code


class Service(models.Model):
    """A digital service as it is named and provided between two days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="services")
    name = models.JSONField()
    provider = models.JSONField()
    source = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    sort_key = models.CharField(max_length=1000)
    search_key = models.CharField(max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="service_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="service_dates_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.code


class StepRestriction(models.Model):
    """Who alone may perform a step of a service."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service_code = models.CharField(max_length=60)
    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="restrictions")
    performer = models.CharField(max_length=40)
    performer_name = models.JSONField()
    note = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["service_code", "rung"], name="restriction_once_a_step"),)

    def __str__(self) -> str:
        return f"{self.service_code}: {self.performer}"


class Bottleneck(models.Model):
    """A reason why a person could not be helped to the end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40)
    name = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "valid_from"], name="bottleneck_once_a_day"),)

    def __str__(self) -> str:
        return self.code


class Guide(models.Model):
    """How a service is used, step by step, as it holds between two days; `checked_on` is when an office last looked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service_code = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    bring = models.JSONField(default=list)
    steps = models.JSONField()
    cost = models.JSONField(null=True)
    address = models.CharField(max_length=200, blank=True)
    note = models.JSONField(null=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service_code", "valid_from"], name="guide_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="guide_dates_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.service_code


class Answer(models.Model):
    """What helps against a bottleneck, for everybody to read; `services` are codes of services and of groups."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bottleneck_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    checked_on = models.DateField(null=True)
    question = models.JSONField()
    steps = models.JSONField()
    note = models.JSONField(null=True)
    services = models.JSONField(default=list)
    address = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["bottleneck_code", "valid_from"], name="answer_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="answer_dates_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.bottleneck_code
