"""From now on no desk is without a code."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesks', '0003_give_codes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='helpdesk',
            name='code',
            field=models.CharField(max_length=20, unique=True),
        ),
    ]
