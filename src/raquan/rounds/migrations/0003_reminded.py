from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("rounds", "0002_calls")]

    operations = [migrations.AddField("unitreport", "reminded", models.CharField(blank=True, max_length=12))]
