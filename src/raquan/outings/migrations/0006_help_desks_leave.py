"""Help desks move to a room of their own: their tables are renamed with all they hold, nothing is copied."""

from django.db import migrations

TABLES = {
    "HelpDesk": "helpdesks_helpdesk",
    "HelpDeskService": "helpdesks_helpdeskservice",
    "OpeningHours": "helpdesks_openinghours",
    "Closure": "helpdesks_closure",
}


class Migration(migrations.Migration):

    dependencies = [
        ('outings', '0005_site_holds'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(name, table) for name, table in TABLES.items()],
            # What points to a desk leaves before it; helpdesks.0001_initial takes all four in.
            state_operations=[migrations.DeleteModel(name) for name in reversed(TABLES)],
        ),
    ]
