"""What an installation held before there was an index is read into it once, by the next worker."""

from django.db import migrations


def ask(apps, schema_editor):
    """Ask for it where something was ever done: a new installation has nothing to read."""
    if apps.get_model("ledger", "AuditEntry").objects.exists():
        apps.get_model("search", "Touched").objects.create(subject="*")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("ledger", "0001_initial")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
