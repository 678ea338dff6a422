"""Hands the tables of forms and their versions over to the room `forms`: renamed, with all their rows.

What refers to them follows the rename; the state follows in 0007, once `forms` has taken them.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0005_clocks"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("form", "forms_form"),
                migrations.AlterModelTable("formversion", "forms_formversion"),
            ],
        ),
    ]
