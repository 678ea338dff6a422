"""What is measured in: a campaign, a form of 25 questions, the assist form, a telephone; a million records at will."""

import os
import tempfile
import uuid
from datetime import date
from io import BytesIO
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")
# A process that a benchmark starts is in the home of its parent, and never in the user's own.
os.environ["RAQUAN_BENCH_HOME"] = os.environ.get("RAQUAN_BENCH_HOME") or tempfile.mkdtemp(prefix="raquan-bench-")
os.environ["RAQUAN_HOME"] = os.environ["RAQUAN_BENCH_HOME"]

ROOT = Path(__file__).resolve().parents[2]
KEY = ("bench" * 13)[:64]
LOGIN, PASSWORD = "bench@example.vn", "0123456789"
YEAR = 2023
FORM, FORM_VERSION = "bench25", "1"
QUESTIONS = 25


def prepare() -> str:
    """Make it in a fresh home and database; give the assist form's version."""
    import django

    django.setup()
    from django.core.management import call_command

    from raquan.campaign import commands as campaigns
    from raquan.catalogue import commands as catalogue
    from raquan.forms.commands import publish_form
    from raquan.forms.queries import forms_for
    from raquan.kernel.actor import SYSTEM
    from raquan.kernel.clock import real_now
    from raquan.people import commands as people
    from raquan.people.rules import Level, Role
    from raquan.places import commands as places

    call_command("migrate", verbosity=0)
    now = real_now()
    places.load_packaged_units(by=SYSTEM, now=now)
    catalogue.load_catalogue(by=SYSTEM, now=now)
    plan, form = ROOT / "examples" / "ke-hoach-138-2023.docx", ROOT / "forms" / "assist.xlsx"
    campaigns.import_plan(by=SYSTEM, now=now, document=plan.read_bytes(), file_name=plan.name, synthetic=True)
    publish_form(by=SYSTEM, now=now, xlsform=form.read_bytes(), file_name=form.name)
    publish_form(by=SYSTEM, now=now, xlsform=_form(), file_name="bench.xlsx")
    unit = people.register_organization(by=SYSTEM, now=now, name="UBND huyện Thử", level=Level.DISTRICT)
    owner = people.create_user(by=SYSTEM, now=now, full_name="Thử", login=LOGIN, password=PASSWORD)
    for role in (Role.HELPER, Role.STEERING_OFFICER):
        people.give_duty(by=SYSTEM, now=now, user_id=owner, role=role, organization_id=unit, starts_on=date(2023, 1, 1))
    people.register_device(by=SYSTEM, now=now, label="bench", owner_id=owner, organization_id=unit, key=KEY)
    return forms_for(SYSTEM, form_id="assist")[0].version


def record(instance: str) -> bytes:
    """Give a record of 25 questions, 1 KB in all."""
    answers = "".join(f"<question{n}>trả lời {n}</question{n}>" for n in range(QUESTIONS))
    text = (
        f'<?xml version="1.0"?><data id="{FORM}" version="{FORM_VERSION}">{answers}'
        f"<meta><instanceID>uuid:{instance}</instanceID></meta></data>"
    )
    return text.encode()


def assist(version: str, instance: str) -> str:
    """Give a record of one assist."""
    return (
        f'<?xml version="1.0"?><data id="assist" version="{version}"><start>2023-10-05T08:00:00+07:00</start>'
        "<outing>CMG-7K2Q</outing><service>birth_registration</service><group>online_public_service</group>"
        "<result>filed</result><how>guided</how><language>vi</language>"
        f"<meta><instanceID>uuid:{instance}</instanceID></meta></data>"
    )


def vendor() -> str:
    """Name the database."""
    from django.db import connection

    return connection.vendor


def postmaster() -> int | None:
    """Give the process of PostgreSQL, of which its other processes are children; None on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def plain_inserts(writes: int) -> float:
    """Give the rate of plain durable single-row inserts of a record's size over one connection."""
    import time

    from django.db import connection

    body = record(str(uuid.uuid4())).decode()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (id varchar(64) PRIMARY KEY, body text)")
        start = time.perf_counter()
        for _ in range(writes):
            cursor.execute("INSERT INTO bench_plain VALUES (%s, %s)", [str(uuid.uuid4()), body])
        elapsed = time.perf_counter() - start
        cursor.execute("DROP TABLE bench_plain")
    return writes / elapsed


def may_write() -> bool:
    """Tell whether the database can be written to within a second."""
    from django.db import OperationalError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 1000" if connection.vendor == "sqlite" else "SELECT 1")
            cursor.execute("CREATE TABLE bench_turn (id integer)")
            cursor.execute("DROP TABLE bench_turn")
    except OperationalError:
        return False
    finally:
        connection.close()
    return True


def multiply(wanted: int) -> None:
    """Let `wanted` records be stored and listed: copies of one that has come, under ids of their own."""
    from django.apps import apps
    from django.db import connection

    model, row = apps.get_model("capture.Submission"), apps.get_model("capture.RecordRow")
    record_table, row_table = model._meta.db_table, row._meta.db_table
    known = f"SELECT submission_id FROM {row_table}"
    fresh = {
        "sqlite": ("lower(hex(randomblob(16)))", "'uuid:' || lower(hex(randomblob(16)))"),
        "postgresql": ("gen_random_uuid()", "'uuid:' || gen_random_uuid()"),
    }[connection.vendor]
    made = {"id": fresh[0], "instance_id": fresh[1], "root_instance_id": fresh[1], "projected_at": "received_at"}
    columns, row_columns = ([str(field.column) for field in one._meta.concrete_fields] for one in (model, row))
    listed = {
        "id": "s.id",
        "number": f"(SELECT max(number) FROM {row_table}) + row_number() OVER (ORDER BY s.id)",
        "root_instance_id": "s.root_instance_id",
        "submission_id": "s.id",
    }
    missing = wanted - model.objects.count()
    while missing > 0:
        step = min(missing, 50_000)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {record_table} ({', '.join(columns)}) WITH RECURSIVE n(i) AS"
                f" (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {step})"
                f" SELECT {', '.join(made.get(column, column) for column in columns)}"
                f" FROM (SELECT * FROM {record_table} LIMIT 1) AS one, n"
            )
            # The copied id stands twice in a copy: `root` must be the record's own.
            cursor.execute(f"UPDATE {record_table} SET root_instance_id = instance_id WHERE id NOT IN ({known})")
            cursor.execute(
                f"INSERT INTO {row_table} ({', '.join(row_columns)})"
                f" SELECT {', '.join(listed.get(column, f'one.{column}') for column in row_columns)}"
                f" FROM {record_table} s, (SELECT * FROM {row_table} LIMIT 1) AS one WHERE s.id NOT IN ({known})"
            )
        missing -= step
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()


def _form() -> bytes:
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        survey = book.add_worksheet("survey")
        survey.write_row(0, 0, ["type", "name", "label"])
        for n in range(QUESTIONS):
            survey.write_row(n + 1, 0, ["text", f"question{n}", f"Câu {n}"])
        settings = book.add_worksheet("settings")
        settings.write_row(0, 0, ["form_title", "form_id", "version"])
        settings.write_row(1, 0, ["Đo tốc độ", FORM, FORM_VERSION])
    return target.getvalue()
