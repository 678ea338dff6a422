"""How recordings are stored; the sound lies by itself, so that it can be wiped while what was done stays."""

from django.db import models
from django.db.models import F, Q

from raquan.kernel.ids import uuid7
from raquan.recordings.rules import EXTENSIONS, LARGEST, SPOKEN, State


class Recording(models.Model):
    """A guide spoken in a language. `text_version` stands for the words of the guide that it was held against."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service_code = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    text_version = models.CharField(max_length=16)
    state = models.CharField(max_length=12)
    # Whose duty it was made under; null: the steering office.
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+", null=True)
    # As the speaker wishes to be called in public; empty: not at all.
    speaker_name = models.CharField(max_length=100, blank=True)
    consent = models.PositiveSmallIntegerField()
    media_type = models.CharField(max_length=20)
    milliseconds = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by_id = models.UUIDField(null=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by_id = models.UUIDField(null=True)
    checked_by_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="recording_state_known"),
            models.CheckConstraint(condition=Q(language__in=list(SPOKEN)), name="recording_language_known"),
            models.CheckConstraint(condition=Q(media_type__in=list(EXTENSIONS)), name="recording_sound_known"),
            models.CheckConstraint(condition=Q(size__range=(1, LARGEST)), name="recording_is_small"),
            models.CheckConstraint(condition=Q(consent__gte=1), name="recording_with_consent"),
            models.CheckConstraint(
                condition=Q(checked_by_id__isnull=True)
                | Q(sent_by_id__isnull=True)
                | ~Q(checked_by_id=F("sent_by_id")),
                name="recording_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RETURNED.value, State.WITHDRAWN.value]) | ~Q(reason=""),
                name="recording_taken_back_with_reason",
            ),
            models.UniqueConstraint(
                fields=["service_code", "language"],
                condition=Q(state=State.APPROVED.value),
                name="recording_one_is_played",
            ),
        )
        indexes = (models.Index(fields=["state", "service_code"], name="recording_by_state"),)

    def __str__(self) -> str:
        return f"{self.service_code} {self.language}"


class Sound(models.Model):
    """The bytes of a recording. A voice is personal: when it is withdrawn or replaced this row is gone."""

    recording = models.OneToOneField(Recording, on_delete=models.PROTECT, primary_key=True, related_name="sound")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.recording_id)
