"""Gives records that were projected before there were rows their rows, and forms their lists of questions."""

from collections import Counter

from django.db import migrations

from raquan.forms.gateways.xforms import read_form
from raquan.kernel.clock import local_date

BATCH = 2000


def list_questions(apps, schema_editor):
    versions = apps.get_model("capture", "FormVersion")
    for one in versions.objects.filter(fields=[]).iterator(chunk_size=20):
        one.fields = [list(field) for field in read_form(bytes(one.xml)).fields]
        one.save(update_fields=["fields"])


def list_records(apps, schema_editor):
    submission = apps.get_model("capture", "Submission")
    assists = apps.get_model("capture", "Assist").objects
    rows = apps.get_model("capture", "RecordRow")
    years = dict(apps.get_model("campaign", "Campaign").objects.values_list("id", "year"))
    projected = submission.objects.filter(projected_at__isnull=False)
    edits = Counter(projected.filter(deprecated_id__isnull=False).values_list("root_instance_id", flat=True))
    latest = dict(
        projected.filter(root_instance_id__in=list(edits)).order_by("id").values_list("root_instance_id", "id")
    )
    originals = projected.filter(deprecated_id__isnull=True).order_by("projected_at", "id")
    number, batch = 0, []
    columns = ("id", "instance_id", "form_version__form_id", "organization_id", "received_at")
    for found in originals.values_list(*columns).iterator(chunk_size=BATCH):
        number += 1
        batch.append((number, *found))
        if len(batch) == BATCH:
            _store(rows, assists, years, edits, latest, batch)
            batch = []
    _store(rows, assists, years, edits, latest, batch)


def _store(rows, assists, years, edits, latest, batch):
    known = {one.root_instance_id: one for one in assists.filter(root_instance_id__in=[row[2] for row in batch])}
    made = []
    for number, submission_id, root, form_id, organization_id, received_at in batch:
        assist = known.get(root)
        made.append(
            rows(
                number=number,
                root_instance_id=root,
                submission_id=assist.submission_id if assist else latest.get(root, submission_id),
                form_id=form_id,
                year=years.get(assist.campaign_id if assist else None, local_date(received_at).year),
                organization_id=assist.organization_id if assist else organization_id,
                province_code=assist.province_code if assist else "",
                district_code=assist.district_code if assist else "",
                place_code=assist.place_code if assist else "",
                received_at=received_at,
                edits=edits.get(root, 0),
            )
        )
    rows.objects.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0001_initial"),
        ("capture", "0002_rows_and_comments"),
    ]
    operations = [
        migrations.RunPython(list_questions, migrations.RunPython.noop),
        migrations.RunPython(list_records, migrations.RunPython.noop),
    ]
