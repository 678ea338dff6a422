"""Campaigns, their plans and what the plans say."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from raquan.campaign.rules import SIGNED, PlanState
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
    # Counts the amendments and those withdrawn: who amends on top of another's amendment is told.
    amend_edition = models.PositiveIntegerField(default=0)

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
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField()
    # What it overwrote, so that the plan can be what it was; null for those put in force before this was kept.
    before = models.JSONField(null=True)
    # A withdrawn amendment stays to be seen, and changes nothing any more.
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdraw_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "position"], name="amendment_once_a_position"),
            models.UniqueConstraint(
                fields=["file_sha256"], condition=Q(withdrawn_at__isnull=True), name="amendment_once_a_file"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="amendment_withdrawn_with_reason",
            ),
        )

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
        return self.ever_written().filter(withdrawn_by=None)

    def ordered_once(self) -> "TaskQuerySet":
        """Keep the tasks of plans that are or were in force, also those withdrawn since.

        Left out are those that an amendment added which was itself withdrawn: the plan never meant them.
        """
        return self.ever_written().filter(withdrawn_by__withdrawn_at=None)

    def ever_written(self) -> "TaskQuerySet":
        """Keep whatever ever stood in a signed plan, also by mistake: for the page and the history of a task."""
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
