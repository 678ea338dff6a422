"""How campaigns, their plans and what the plans say are stored."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from raquan.campaign.rules import SIGNED, CommuneGroup, PlanState, SubPlanState, TargetScope
from raquan.kernel.ids import uuid7
from raquan.readings.rules import ChangeKind, Part, Scope


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """The questions that queries put together."""

    def announced(self) -> "CampaignQuerySet":
        """Leave out the years that have only a draft of a plan: nobody outside the office knows of them."""
        plans = Plan.objects.filter(campaign_id=OuterRef("id"))
        drafts = plans.filter(state=PlanState.DRAFT.value)
        return self.exclude(Exists(drafts) & ~Exists(plans.exclude(state=PlanState.DRAFT.value)))


class Campaign(models.Model):
    """A year's campaign in the province: its themes, its window, its day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    name = models.JSONField()
    theme = models.JSONField(default=dict)
    theme_province = models.JSONField(default=dict)
    # Localized values, as they are shown.
    slogans = models.JSONField(default=list)
    day_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    province_code = models.CharField(max_length=10, blank=True)
    is_synthetic = models.BooleanField(default=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "code"], name="campaign_once_a_year_and_code"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="campaign_window_in_order"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2200), name="campaign_year_plausible"),
        )

    def __str__(self) -> str:
        return str(self.name.get("vi", self.code))


class Observance(models.Model):
    """A day that the campaign observes: the nation's, the province's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="observances")
    scope = models.CharField(max_length=12)
    name = models.JSONField()
    held_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "scope"], name="observance_once_a_scope"),
            models.CheckConstraint(condition=Q(scope__in=[one.value for one in Scope]), name="observance_scope_known"),
        )


class Plan(models.Model):
    """A signed document that orders the campaign; `file_sha256` names its stored file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="plans")
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=1000)
    issuer = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True)
    file_sha256 = models.CharField(max_length=64, null=True, unique=True)
    file_name = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=12, default=PlanState.IN_FORCE.value)
    imported_at = models.DateTimeField(db_default=Now(), editable=False)
    # The plan of another year that this one was started from.
    started_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    sub_plans_need_approval = models.BooleanField(default=False)
    # The programmes that the plan serves, a text each.
    programmes = models.JSONField(default=list)
    # Counts the changes of what stands around the tasks: who saves on top of another's change is told.
    frame_edition = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign"], condition=~Q(state=PlanState.DRAFT.value), name="plan_one_in_force_a_campaign"
            ),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in PlanState]), name="plan_state_known"),
        )

    def __str__(self) -> str:
        return self.number or self.title


class Amendment(models.Model):
    """A signed document that changes a plan in force; the plan's next one has the next `position`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="amendments")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=1000)
    issuer = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True)
    file_sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "position"], name="amendment_once_a_position"),)

    def __str__(self) -> str:
        return self.number or self.title


class Objective(models.Model):
    """One of a plan's purposes, with the place where the document says it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    position = models.PositiveIntegerField()
    text = models.TextField()
    source = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "position"], name="objective_once_a_position"),)


class TaskQuerySet(models.QuerySet["Task"]):
    """The questions that queries put together."""

    def in_force(self) -> "TaskQuerySet":
        """Keep the tasks of signed plans that no amendment withdrew, without the headings that they stand under."""
        return self.ordered_once().filter(withdrawn_by=None)

    def ordered_once(self) -> "TaskQuerySet":
        """Keep the tasks of plans that are or were in force, also those withdrawn since."""
        return self.filter(plan__state__in=[one.value for one in SIGNED], is_section=False)

    def naming(self, folded: str) -> "TaskQuerySet":
        """Keep those whose title or units hold a folded text."""
        return self.filter(search_key__contains=folded)


class Task(models.Model):
    """Something that a plan orders, or (`is_section`) a heading that such things stand under."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveIntegerField()
    path = models.CharField(max_length=60, blank=True)
    title = models.TextField()
    is_section = models.BooleanField(default=False)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    time_as_written = models.CharField(max_length=500, blank=True)
    deliverable = models.TextField(blank=True)
    source = models.CharField(max_length=60)
    source_text = models.TextField(blank=True)
    search_key = models.TextField(blank=True)
    # Names of services in it that are no longer provided, found when a year was started from the one before.
    retired_services = models.JSONField(default=list)
    withdrawn_by = models.ForeignKey(Amendment, null=True, on_delete=models.PROTECT, related_name="withdrawn")

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "position"], name="task_once_a_position"),)

    def __str__(self) -> str:
        return f"{self.path} {self.title}".strip()


class TaskUnit(models.Model):
    """A unit that a task names, as written; the organization that it was matched with is a proposal of the reader."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="units")
    position = models.PositiveIntegerField()
    part = models.CharField(max_length=12)
    as_written = models.TextField()
    organization = models.ForeignKey("people.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["task", "part", "position"], name="task_unit_once_a_position"),
            models.CheckConstraint(condition=Q(part__in=[one.value for one in Part]), name="task_unit_part_known"),
            models.CheckConstraint(
                condition=Q(organization__isnull=True, score__isnull=True)
                | Q(organization__isnull=False, score__gte=0, score__lte=1),
                name="task_unit_score_of_match",
            ),
        )


class Leftover(models.Model):
    """A text of the document that the reader could not place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="leftovers")
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "position"], name="leftover_once_a_position"),)


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

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["task", "organization", "file_sha256"], name="evidence_once_a_file"),
            models.CheckConstraint(condition=~Q(caption=""), name="evidence_captioned"),
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


class TaskChange(models.Model):
    """What an amendment did to a task, where its document says so, and each field old and new."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="changes")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12)
    source = models.CharField(max_length=60, blank=True)
    source_text = models.TextField(blank=True)
    fields = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["amendment", "task"], name="task_change_once_an_amendment"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ChangeKind if one is not ChangeKind.SAME]),
                name="task_change_kind_known",
            ),
        )
