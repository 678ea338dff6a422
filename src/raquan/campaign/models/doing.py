"""What units plan and show under tasks, and what is expected of them."""

from django.db import models
from django.db.models import Q

from raquan.campaign.models.plans import Campaign, Objective, Task
from raquan.campaign.rules import CommuneGroup, SubPlanState, TargetScope
from raquan.kernel.ids import uuid7


class SubPlan(models.Model):
    """What a unit will do for a task of the plan: its aims and lines, then number, day and file as it was issued."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="sub_plans")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=SubPlanState.DRAFT.value)
    title = models.CharField(max_length=1000)
    aims = models.TextField(blank=True)
    # Counts the saves: who saves on top of another's save is told.
    edition = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # Why it was returned last.
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["task", "organization"], name="sub_plan_once_a_task_and_unit"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in SubPlanState]), name="sub_plan_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SubPlanState.DRAFT.value, SubPlanState.RETURNED.value])
                | ~Q(number="") & ~Q(file_sha256="") & Q(issued_on__isnull=False),
                name="sub_plan_issued_whole",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.title


class SubPlanLine(models.Model):
    """A line of a sub-plan: what is done, where, when and by whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sub_plan = models.ForeignKey(SubPlan, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=1000)
    place = models.CharField(max_length=300, blank=True)
    period = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sub_plan", "position"], name="sub_plan_line_once"),)


class SubPlanComment(models.Model):
    """What somebody of the unit or of the steering office said about a sub-plan that was sent; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sub_plan = models.ForeignKey(SubPlan, on_delete=models.PROTECT, related_name="comments")
    body = models.CharField(max_length=2000)
    said_at = models.DateTimeField()
    said_by = models.UUIDField(null=True)
    said_by_name = models.CharField(max_length=200)


class Indicator(models.Model):
    """What shows that an objective is reached: the rung of a ladder that counts, and of how many.

    Without a rung nothing counts it. A denominator has a source and a day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="indicators")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    group_code = models.CharField(max_length=60, blank=True)
    rung_code = models.CharField(max_length=60, blank=True)
    denominator = models.PositiveBigIntegerField(null=True)
    denominator_name = models.CharField(max_length=300, blank=True)
    denominator_source = models.CharField(max_length=300, blank=True)
    denominator_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["objective", "name"], name="indicator_named_once"),
            models.UniqueConstraint(fields=["objective", "position"], name="indicator_once_a_position"),
            models.CheckConstraint(
                condition=Q(group_code="", rung_code="") | ~Q(group_code="") & ~Q(rung_code=""),
                name="indicator_rung_whole",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True)
                | Q(denominator__gt=0, denominator_on__isnull=False) & ~Q(denominator_source=""),
                name="indicator_denominator_sourced",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """How much of an indicator is expected: of the province, a unit, a place, or each commune of a group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    scope = models.CharField(max_length=8)
    organization = models.ForeignKey("people.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    # The unit's id, the place's code, the group; "all" for the province.
    key = models.CharField(max_length=40)
    value = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["indicator", "scope", "key"], name="target_once"),
            models.CheckConstraint(
                condition=Q(scope=TargetScope.UNIT.value, organization__isnull=False)
                | Q(scope__in=[TargetScope.ALL.value, TargetScope.PLACE.value], organization__isnull=True)
                | Q(
                    scope=TargetScope.GROUP.value,
                    organization__isnull=True,
                    key__in=[one.value for one in CommuneGroup],
                ),
                name="target_scope_known",
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="target_positive"),
        )


class TaskIndicator(models.Model):
    """An indicator that tells how far a task is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="tasks")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "indicator"], name="task_indicator_once"),)


class Evidence(models.Model):
    """A file, with a caption, that shows what a unit did for a task."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="evidence")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    caption = models.CharField(max_length=500)
    is_illustration = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)
    # Withdrawn evidence stays to be seen, and shows nothing any more.
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdraw_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["task", "organization", "file_sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="evidence_once_a_file",
            ),
            models.CheckConstraint(condition=~Q(caption=""), name="evidence_captioned"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="evidence_withdrawn_with_reason",
            ),
        )


class Statement(models.Model):
    """What a unit says of a task where nothing can be counted: typed, never changed, the latest stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="statements")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    body = models.CharField(max_length=2000)
    percent = models.PositiveSmallIntegerField(null=True)
    stated_at = models.DateTimeField()
    stated_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["task", "organization", "number"], name="statement_once_a_number"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="statement_percent"),
        )


class CommuneInGroup(models.Model):
    """The group of which a commune is, for a campaign: with the minimums of that group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="commune_groups")
    place_code = models.CharField(max_length=10)
    group = models.CharField(max_length=12)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "place_code"], name="commune_in_one_group"),
            models.CheckConstraint(
                condition=Q(group__in=[one.value for one in CommuneGroup]), name="commune_group_known"
            ),
        )
