"""PostgreSQL kept two indexes of each name: one of them for searches by prefix, which nobody makes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capture', '0012_records_are_searchable'),
        ('forms', '0001_initial'),
        ('people', '0005_readiness'),
    ]

    operations = [
        migrations.AlterField(
            model_name='submission',
            name='deprecated_id',
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.AlterField(
            model_name='submission',
            name='instance_id',
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name='submission',
            name='root_instance_id',
            field=models.CharField(max_length=200),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['root_instance_id'], name='submission_root'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('instance_id',), name='submission_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('deprecated_id',), name='submission_corrected_once'),
        ),
    ]
