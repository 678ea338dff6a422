"""Fills a database as it was before forms had a room, and says what is in one now; run as a program.

python -m raquan.forms.tests.old_installation (APP:MIGRATION | fill | migrate | read)...
"""

import json
import sys
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import django

AT = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
FORM, VERSION, SUBMISSION = (UUID(int=number) for number in range(1, 4))


def fill() -> None:
    """Store a form, a version, a record of it and what was done to the form, by the old models."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    state = MigrationExecutor(connection).loader.project_state(
        [("capture", "0002_rows_and_comments"), ("ledger", "0001_initial")]
    )
    model = state.apps.get_model
    model("capture", "Form").objects.create(
        id=FORM, number=7, xml_form_id="assist", title="Ghi lượt hỗ trợ", kind="assist", state="closing"
    )
    model("capture", "FormVersion").objects.create(
        id=VERSION,
        form_id=FORM,
        version="1",
        xml=b"<h/>",
        md5="m",
        xlsform_sha256="s",
        projection={"result": "result"},
        uploads=["photo"],
        fields=[["result", "string"]],
        published_at=AT,
    )
    model("capture", "Submission").objects.create(
        id=SUBMISSION,
        instance_id="uuid:1",
        root_instance_id="uuid:1",
        form_version_id=VERSION,
        payload=b"<data/>",
        sha256="s",
        size=7,
        received_at=AT,
        sent_by_kind="device",
        sent_by_number=1,
        time_shift=0,
        review_state="received",
        is_synthetic=False,
        projected_at=AT,
    )
    entry = {"actor_kind": "system", "verb": "publish_form", "subject": "capture.Form", "subject_id": str(FORM)}
    model("ledger", "AuditEntry").objects.create(**entry)


def read() -> None:
    """Print what there is, through what the program asks with today; a record without its form cannot be stored."""
    from django.db import IntegrityError, connection, transaction

    from raquan.capture.models import RecordRow, Submission
    from raquan.capture.queries import rows
    from raquan.forms import queries
    from raquan.forms.models import Form
    from raquan.kernel.actor import SYSTEM
    from raquan.ledger.queries import history

    (detail,) = queries.form_details(SYSTEM)
    (version,) = queries.served_versions_by_id([VERSION]).values()
    (row,) = rows(SYSTEM, "assist", 2023, limit=10)
    refused = []
    for name, found in (("record", Submission.objects), ("row", RecordRow.objects)):
        column = "form_version_id" if name == "record" else "form_id"
        try:
            with transaction.atomic():
                found.update(**{column: UUID(int=99)})
        except IntegrityError:
            refused.append(name)
    said = {
        "form": [detail.form_id, detail.title, detail.version, detail.state, str(Form.objects.get().id)],
        "fields": detail.fields,
        "version": [str(version.id), str(version.form_row), dict(version.projection), version.uploads],
        "xml": queries.form_xml(SYSTEM, "assist", "1").xml.decode(),
        "row": [row.number, row.instance_id, row.form_version],
        "history": [entry.verb for entry in history(SYSTEM, "forms.Form", FORM).items],
        "refused": refused,
        "tables": sorted(
            name
            for name in connection.introspection.table_names()
            if "_form" in name and name.endswith(("form", "formversion"))
        ),
    }
    sys.stdout.write(json.dumps(said))


def migrate(step: str = "") -> None:
    """Migrate to a migration named `app:migration`, or to today."""
    from django.core.management import call_command

    call_command("migrate", *filter(None, step.split(":")), verbosity=0, skip_checks=True)


if __name__ == "__main__":
    django.setup()
    for step in sys.argv[1:]:
        {"fill": fill, "read": read, "migrate": migrate}.get(step, partial(migrate, step))()
