from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='signature',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
