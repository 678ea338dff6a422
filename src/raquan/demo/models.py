"""What the demo remembers: how far its clock is moved, and which of its parts are loaded."""

from django.db import models
from django.db.models.functions import Now


class DemoState(models.Model):
    """The one row that makes an installation a demo."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    clock_offset = models.DurationField()
    loaded = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_demo_state")]

    def __str__(self) -> str:
        return f"demo, {self.clock_offset}"
