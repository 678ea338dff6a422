"""How forms are stored: a form by its id, its versions, which are only ever added, its draft, media and audience."""

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


class Compiled(models.Model):
    """What a definition came to: the very bytes that are served, and what was read from them."""

    version = models.CharField(max_length=100, blank=True)
    xml = models.BinaryField()
    md5 = models.CharField(max_length=32)
    # The workbook that it was compiled from; "" when it came as XML.
    xlsform_sha256 = models.CharField(max_length=64, blank=True)
    projection = models.JSONField()
    uploads = models.JSONField()
    # The questions in their order: path, type, and whether it is a group, a repeat or a question.
    fields = models.JSONField(default=list)
    # The files that the definition names: name and kind.
    media = models.JSONField(default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.version


class FormVersion(Compiled):
    """A published version: the very bytes that are served, and which question feeds which field. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["form", "version"], name="form_version_once"),)


class FormDraft(Compiled):
    """What may become a form's next version; tried out under a token, replaced by the next draft, then published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.OneToOneField(Form, on_delete=models.CASCADE, related_name="draft")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    # Shown to whoever may publish, as often as they like: it lets in to the draft alone.
    token = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    warnings = models.JSONField(default=list)
    is_validated = models.BooleanField()
    kept_at = models.DateTimeField()
    kept_by_name = models.CharField(max_length=200, blank=True)


class FormMedia(models.Model):
    """A file that a form shows or looks up, by its name; replaced ones stay. Of a draft while it is one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="media")
    draft = models.ForeignKey(FormDraft, null=True, on_delete=models.CASCADE, related_name="own_media")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    md5 = models.CharField(max_length=32)
    size = models.PositiveBigIntegerField()
    put_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["form", "name"],
                condition=Q(draft__isnull=True, replaced_at__isnull=True),
                name="form_media_one_of_a_name",
            ),
            models.UniqueConstraint(
                fields=["draft", "name"],
                condition=Q(draft__isnull=False, replaced_at__isnull=True),
                name="form_media_one_of_a_name_in_a_draft",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FormAudience(models.Model):
    """An organization whose people are offered a form; a form without any is everybody's who may fill forms in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="audience")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["form", "organization"], name="form_audience_once"),)

    def __str__(self) -> str:
        return str(self.organization_id)


class TrialRecord(models.Model):
    """A record that somebody sent to a draft: kept apart from true ones, thrown away with the draft."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.ForeignKey(FormDraft, on_delete=models.CASCADE, related_name="records")
    instance_id = models.CharField(max_length=200)
    payload = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    # The names of the files that came with it; they themselves are not kept.
    files = models.JSONField(default=list)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["draft", "instance_id"], name="trial_record_once"),)

    def __str__(self) -> str:
        return self.instance_id


class DeviceOffer(models.Model):
    """A form that is offered to a device which is offered only what is assigned to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["device", "form"], name="device_offer_once"),)

    def __str__(self) -> str:
        return f"{self.form_id} {self.device_id}"
