"""Files, each known by what it holds."""

from django.db import models
from django.db.models.functions import Length, Lower, Now
from django.db.models.lookups import Exact


class Blob(models.Model):
    """The bytes of one content, stored once under its SHA-256 (hexadecimal)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=127)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Exact(Length("sha256"), 64), name="blob_sha256_is_whole"),
            models.CheckConstraint(condition=models.Q(sha256=Lower("sha256")), name="blob_sha256_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.sha256
