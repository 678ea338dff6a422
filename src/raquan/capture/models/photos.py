"""How photos that phones send after their records are stored, and the parts of those on their way."""

from django.db import models
from django.db.models import Q

from raquan.capture.models.records import Attachment, Submission, one_of
from raquan.capture.rules import PhotoConsent
from raquan.kernel.ids import uuid7


class Photo(models.Model):
    """A photo that a phone sends after its record; `sha256`, `size`, `received` are of the bytes as they are sent."""

    id = models.UUIDField(primary_key=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="photos")
    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    consent = models.CharField(max_length=12)
    agreed_by = models.JSONField(default=list)
    is_illustration = models.BooleanField()
    caption = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)  # by which the answers know it
    began_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="photo", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=one_of("consent", *[c.value for c in PhotoConsent]), name="photo_consent_known"
            ),
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="photo_received_within_size"),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, attachment__isnull=True)
                | Q(kept_at__isnull=False, attachment__isnull=False),
                name="photo_kept_has_attachment",
            ),
        )
        indexes = (
            models.Index(fields=["device", "-began_at"], name="photo_device"),
            models.Index(fields=["began_at"], condition=Q(kept_at__isnull=True), name="photo_unfinished"),
        )

    def __str__(self) -> str:
        return str(self.id)


class PhotoPart(models.Model):
    """A part of a photo that is on its way; gone as soon as the photo is whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["photo", "start"], name="photo_part_once"),)
