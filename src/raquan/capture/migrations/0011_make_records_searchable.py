"""Gives the rows of earlier records the columns that people search by, from their answers and assists."""

from django.db import migrations

from raquan.capture.rules import source_of
from raquan.kernel.clock import local_date
from raquan.kernel.text import fold

BATCH = 1000


def fill(apps, schema_editor):
    rows = apps.get_model("capture", "RecordRow").objects
    names = {}
    for code, name in apps.get_model("catalogue", "Service").objects.values_list("code", "name"):
        names[code] = list(name.values())
    last = 0
    while batch := list(rows.filter(number__gt=last).select_related("submission").defer("submission__payload").order_by("number")[:BATCH]):
        ids = [row.submission_id for row in batch]
        sheets = apps.get_model("capture", "AnswerSheet").objects.filter(submission_id__in=ids)
        answers = dict(sheets.values_list("submission_id", "answers"))
        assists = {one.submission_id: one for one in apps.get_model("capture", "Assist").objects.filter(submission_id__in=ids)}
        for row in batch:
            _fill(row, assists.get(row.submission_id), answers.get(row.submission_id, {}), names)
        rows.bulk_update(batch, COLUMNS)
        last = batch[-1].number


COLUMNS = ("outing", "service_code", "occurred_at", "occurred_on", "source", "issue_key", "sender_key", "search_key")


def _fill(row, assist, answers, names):
    sent = row.submission
    row.outing_id = assist.outing_id if assist else None
    row.service_code = assist.service_code if assist else ""
    row.occurred_at = assist.occurred_at if assist else sent.received_at
    row.occurred_on = assist.occurred_on if assist else local_date(sent.received_at)
    row.source = source_of(sent.reported_device).value
    row.issue_key = "".join(f"|{code}|" for code in sent.issues)
    row.sender_key = fold(sent.sent_by_name)[:200]
    words = [sent.instance_id, *_leaves(answers), *names.get(row.service_code, [])]
    row.search_key = " ".join(dict.fromkeys(word for one in words for word in fold(one).split()))[:4000]


def _leaves(answers):
    if isinstance(answers, dict):
        answers = list(answers.values())
    if isinstance(answers, list):
        for one in answers:
            yield from _leaves(one)
    else:
        yield str(answers)


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0010_search_and_tombstones"),
        ("catalogue", "0001_initial"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
