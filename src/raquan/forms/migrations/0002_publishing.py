"""Drafts, media and whom a form is given to; what published versions name as media is read from their bytes."""

import re

import django.db.models.deletion
from django.db import migrations, models

import raquan.kernel.ids

MEDIA_URI = re.compile(rb"jr://(images|audio|video|file|file-csv)/([^\s'\"<>]+)")
KINDS = {b"images": "image", b"audio": "audio", b"video": "video"}
STATES = ["draft", "published", "closing", "closed"]


def read_media(apps, schema_editor):
    versions = apps.get_model("forms", "FormVersion").objects
    for version in versions.all():
        found = {name.decode(): KINDS.get(folder, "file") for folder, name in MEDIA_URI.findall(bytes(version.xml))}
        if found:
            versions.filter(id=version.id).update(media=[list(one) for one in found.items()])


def _id():
    return models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial"), ("capture", "0007_forms_moved"), ("people", "0005_readiness")]
    operations = [
        migrations.RemoveConstraint("form", "form_state_known"),
        migrations.AddConstraint(
            "form",
            models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="form_state_known"),
        ),
        migrations.AddField("formversion", "media", models.JSONField(default=list)),
        migrations.AlterField("formversion", "xlsform_sha256", models.CharField(blank=True, max_length=64)),
        migrations.RunPython(read_media, migrations.RunPython.noop),
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                ("version", models.CharField(blank=True, max_length=100)),
                ("xml", models.BinaryField()),
                ("md5", models.CharField(max_length=32)),
                ("xlsform_sha256", models.CharField(blank=True, max_length=64)),
                ("projection", models.JSONField()),
                ("uploads", models.JSONField()),
                ("fields", models.JSONField(default=list)),
                ("media", models.JSONField(default=list)),
                ("id", _id()),
                ("title", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=12)),
                ("token", models.CharField(max_length=64, unique=True)),
                ("file_name", models.CharField(max_length=200)),
                ("warnings", models.JSONField(default=list)),
                ("is_validated", models.BooleanField()),
                ("kept_at", models.DateTimeField()),
                ("kept_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "form",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="forms.form"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="FormMedia",
            fields=[
                ("id", _id()),
                ("name", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("md5", models.CharField(max_length=32)),
                ("size", models.PositiveBigIntegerField()),
                ("put_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_media",
                        to="forms.formdraft",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="media", to="forms.form"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("draft__isnull", True), ("replaced_at__isnull", True)),
                        fields=("form", "name"),
                        name="form_media_one_of_a_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("draft__isnull", False), ("replaced_at__isnull", True)),
                        fields=("draft", "name"),
                        name="form_media_one_of_a_name_in_a_draft",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FormAudience",
            fields=[
                ("id", _id()),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audience", to="forms.form"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organization"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("form", "organization"), name="form_audience_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="TrialRecord",
            fields=[
                ("id", _id()),
                ("instance_id", models.CharField(max_length=200)),
                ("payload", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("files", models.JSONField(default=list)),
                ("received_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="forms.formdraft"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "instance_id"), name="trial_record_once")
                ]
            },
        ),
    ]
