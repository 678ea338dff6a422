"""How forms are stored: a form by its id, and its versions, which are only ever added."""

from django.db import models
from django.db.models import Q

from raquan.forms.rules import FormKind, FormState
from raquan.kernel.ids import uuid7


class Form(models.Model):
    """A form by the id that devices know it by, through all its versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    xml_form_id = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in FormKind]), name="form_kind_known"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in FormState]), name="form_state_known"),
        )

    def __str__(self) -> str:
        return self.xml_form_id


class FormVersion(models.Model):
    """A published version: the very bytes that are served, and which question feeds which field. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=100, blank=True)
    xml = models.BinaryField()
    md5 = models.CharField(max_length=32)
    xlsform_sha256 = models.CharField(max_length=64)
    projection = models.JSONField()
    uploads = models.JSONField()
    # The questions in their order: path, type, and whether it is a group, a repeat or a question.
    fields = models.JSONField(default=list)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["form", "version"], name="form_version_once"),)

    def __str__(self) -> str:
        return self.version
