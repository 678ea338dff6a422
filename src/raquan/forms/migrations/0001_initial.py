"""Takes over the tables of forms and their versions, which `capture` made and its 0006 renamed.

What was done to forms is found under their model's new name.
"""

import django.db.models.deletion
from django.db import migrations, models

import raquan.kernel.ids


def rename_subject(apps, schema_editor):
    entries = apps.get_model("ledger", "AuditEntry").objects
    entries.filter(subject="capture.Form").update(subject="forms.Form")


def rename_subject_back(apps, schema_editor):
    entries = apps.get_model("ledger", "AuditEntry").objects
    entries.filter(subject="forms.Form").update(subject="capture.Form")


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        # The room below takes from the one above: forms were a part of it when these tables were made.
        ("capture", "0006_forms_move_out"),
        ("ledger", "0001_initial"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Form",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True)),
                        ("xml_form_id", models.CharField(max_length=100, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("kind", models.CharField(max_length=12)),
                        ("state", models.CharField(max_length=12)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["assist", "other"])), name="form_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["published", "closing", "closed"])),
                                name="form_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.CharField(blank=True, max_length=100)),
                        ("xml", models.BinaryField()),
                        ("md5", models.CharField(max_length=32)),
                        ("xlsform_sha256", models.CharField(max_length=64)),
                        ("projection", models.JSONField()),
                        ("uploads", models.JSONField()),
                        ("fields", models.JSONField(default=list)),
                        ("published_at", models.DateTimeField()),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="forms.form",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("form", "version"), name="form_version_once"),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(rename_subject, rename_subject_back),
    ]
