"""How feedback and its words to and fro are stored; nothing says who sent it."""

from django.db import models
from django.db.models import Q

from raquan.feedback.rules import Mood, State
from raquan.kernel.ids import uuid7


class Feedback(models.Model):
    """What a villager has said once, about an outing or a help desk or nothing in particular."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=64, unique=True)
    mood = models.CharField(max_length=8, blank=True)
    topics = models.JSONField(default=list)
    wants_answer = models.BooleanField()
    about_code = models.CharField(max_length=20, blank=True)
    # Who answers; null: the steering office.
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=12)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # How many words it has had: whoever answers says how many they have read.
    entries_count = models.PositiveSmallIntegerField(default=0)
    close_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="feedback_state_known"),
            models.CheckConstraint(
                condition=Q(mood="") | Q(mood__in=[one.value for one in Mood]), name="feedback_mood_known"
            ),
            models.CheckConstraint(
                condition=(Q(state=State.CLOSED.value) & ~Q(close_reason=""))
                | (~Q(state=State.CLOSED.value) & Q(close_reason="")),
                name="feedback_closed_with_reason",
            ),
        )
        indexes = (models.Index(fields=["state", "organization", "sent_at"], name="feedback_by_state"),)

    def __str__(self) -> str:
        return str(self.id)


class Entry(models.Model):
    """Words of the sender, or of the unit: then they are signed with its name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    # Null: the sender, of whom nothing is known.
    by_user_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    organization_name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["feedback", "number"], name="feedback_entry_once"),)

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.number}"
