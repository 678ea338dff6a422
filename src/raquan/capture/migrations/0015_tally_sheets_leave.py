"""Tally sheets move to a room of their own: their tables are renamed with all they hold, nothing is copied."""

from django.db import migrations

TABLES = {
    "TallySheet": "tallies_tallysheet",
    "TallyEntry": "tallies_tallyentry",
    "TallyLine": "tallies_tallyline",
    "TallyCount": "tallies_tallycount",
}


class Migration(migrations.Migration):

    dependencies = [
        ('capture', '0014_photos'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(name, table) for name, table in TABLES.items()],
            # What points to a sheet leaves before it; tallies.0001_initial takes all four in.
            state_operations=[migrations.DeleteModel(name) for name in reversed(TABLES)],
        ),
    ]
