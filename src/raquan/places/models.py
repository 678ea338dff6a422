"""The administrative units and which became which."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from raquan.kernel.ids import uuid7
from raquan.places.rules import TYPES, Level, full_name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters over units."""

    def in_force(self, on: date) -> Self:
        """Keep the units in force on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)

    def within(self, code: str, on: date) -> Self:
        """Keep the unit with this code on that day and all below it."""
        below = Unit.objects.in_force(on).filter(parent_code=code).values("code")
        return self.filter(Q(code=code) | Q(parent_code=code) | Q(parent_code__in=below))


class Unit(models.Model):
    """A province, district or commune for the days that it was one, under one name and one code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    type = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    parent_code = models.CharField(max_length=10, blank=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lon = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    sort_key = models.CharField(max_length=500)
    search_key = models.CharField(max_length=1000)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_key"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE.value, type__in=TYPES[Level.PROVINCE], parent_code="")
                | (
                    Q(level=Level.DISTRICT.value, type__in=TYPES[Level.DISTRICT])
                    | Q(level=Level.COMMUNE.value, type__in=TYPES[Level.COMMUNE])
                )
                & ~Q(parent_code=""),
                name="unit_level_type_parent",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False) & Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="unit_point",
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="unit_named"),
        ]
        indexes = [models.Index(fields=["parent_code", "valid_from"], name="unit_parent")]

    def __str__(self) -> str:
        return full_name(self.type, self.name)


class Succession(models.Model):
    """A unit, or a part of it, became another; `share` is the part of its people, null when unknown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="became")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="came_from")
    is_default = models.BooleanField()
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_unit", "to_unit"], name="succession_key"),
            models.UniqueConstraint(fields=["from_unit"], condition=Q(is_default=True), name="succession_one_default"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="succession_moves"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1), name="succession_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id}"


class Border(models.Model):
    """The outline of a unit: rings of longitude and latitude, and who published it; a newer one takes its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="border")
    rings = models.JSONField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(source=""), name="border_sourced"),)

    def __str__(self) -> str:
        return f"{self.unit_id} ({self.source})"
