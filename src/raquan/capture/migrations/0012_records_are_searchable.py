from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("capture", "0011_make_records_searchable")]
    operations = [
        migrations.AlterField("recordrow", "occurred_at", models.DateTimeField()),
        migrations.AlterField("recordrow", "occurred_on", models.DateField()),
        migrations.AlterField("recordrow", "source", models.CharField(max_length=16)),
    ]
