"""Records refer to the forms of the room `forms`; the tables have been there since 0006, so the database stays."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0006_forms_move_out"),
        ("forms", "0001_initial"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="submission",
                    name="form_version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forms.formversion"
                    ),
                ),
                migrations.AlterField(
                    model_name="recordrow",
                    name="form",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forms.form",
                    ),
                ),
                migrations.DeleteModel("FormVersion"),
                migrations.DeleteModel("Form"),
            ],
        ),
    ]
