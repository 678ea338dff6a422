"""How the rules of rounds, rounds and the reports of units are stored."""

from django.db import models
from django.db.models import F, Q

from raquan.kernel.ids import uuid7
from raquan.people.rules import Level
from raquan.rounds.rules import OPEN_STATES, Every, State


class RoundRule(models.Model):
    """How often the units of a level report in a campaign, and by when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    every = models.CharField(max_length=8)
    level = models.CharField(max_length=16)
    weekday = models.PositiveSmallIntegerField(default=7)
    first_on = models.DateField()
    last_on = models.DateField()
    due_at = models.TimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    # Days on which no round ends, as 2023-10-02.
    skipped = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "every", "level"], name="round_rule_once"),
            models.CheckConstraint(condition=Q(every__in=[one.value for one in Every]), name="round_rule_every_known"),
            models.CheckConstraint(condition=Q(level__in=[one.value for one in Level]), name="round_rule_level_known"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="round_rule_weekday_known"),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="round_rule_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.every} {self.campaign_id}"


class ReportingRound(models.Model):
    """Some days of a campaign of which units report by a due time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(RoundRule, on_delete=models.PROTECT, related_name="rounds")
    first_on = models.DateField()
    last_on = models.DateField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["rule", "last_on"], name="reporting_round_once"),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="reporting_round_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.first_on}–{self.last_on}"


class UnitReport(models.Model):
    """A version of what a unit tells in a round; once approved it stands on a snapshot and is never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="reports")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, default=State.DRAFT.value)
    due_at = models.DateTimeField()
    # The due time and the grace that the rule gave when the round opened: from then on it is behind.
    late_at = models.DateTimeField()
    # The last reminder that was told for this due time.
    reminded = models.CharField(max_length=12, blank=True)
    results = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    causes = models.TextField(blank=True)
    proposals = models.TextField(blank=True)
    # Counts the saves: who saves on top of another's save is told.
    edition = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # Why it was returned last.
    reason = models.CharField(max_length=1000, blank=True)
    # Why this version follows an approved one.
    correction = models.CharField(max_length=1000, blank=True)
    snapshot = models.ForeignKey("analytics.Snapshot", null=True, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "organization", "version"], name="unit_report_version_once"),
            models.UniqueConstraint(
                fields=["round", "organization"],
                condition=Q(state__in=[one.value for one in OPEN_STATES]),
                name="unit_report_one_open",
            ),
            models.UniqueConstraint(
                fields=["round", "organization"],
                condition=Q(state=State.APPROVED.value),
                name="unit_report_one_approved",
            ),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="unit_report_state_known"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(correction=""), name="unit_report_correction_reasoned"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.organization_id} v{self.version}"


class Call(models.Model):
    """A telephone call to a unit that is behind: who was spoken with and what was said; it is never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    spoke_with = models.CharField(max_length=200, blank=True)
    said = models.CharField(max_length=1000)
    # Null: nobody has to call again.
    again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(said=""), name="call_says_something"),)
        indexes = (models.Index(fields=["campaign", "organization", "-called_at"], name="call_newest"),)

    def __str__(self) -> str:
        return f"{self.organization_id} {self.called_at:%d/%m %H:%M}"
