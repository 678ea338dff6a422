# Displays get a code by which they are recorded on the spot; what is recorded so is kept as reports.

import secrets

import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models

from raquan.outings.rules import make_code


def give_codes(apps, schema_editor):
    """Give every display a code, as new ones are given."""
    displays = apps.get_model("displays", "Display").objects
    taken = set()
    for id_, unit in displays.values_list("id", "site__organization__name"):
        while (code := make_code(unit, secrets.choice, length=6)) in taken:
            pass
        taken.add(code)
        displays.filter(id=id_).update(code=code)


class Migration(migrations.Migration):

    dependencies = [
        ('displays', '0001_initial'),
        ('people', '0011_enterprise_officers'),
    ]

    operations = [
        migrations.AddField(
            model_name='display',
            name='code',
            field=models.CharField(max_length=12, null=True),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='display',
            name='code',
            field=models.CharField(max_length=12, unique=True),
        ),
        migrations.AddField(
            model_name='displayproof',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='DisplayReport',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('root_instance_id', models.CharField(max_length=200, unique=True)),
                ('submission_id', models.UUIDField()),
                ('is_new', models.BooleanField(default=True)),
                ('state', models.CharField(max_length=10)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('matched_by_name', models.CharField(blank=True, max_length=200)),
                ('finding', models.CharField(blank=True, max_length=8)),
                ('seen_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=300)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('picture_sha256', models.CharField(blank=True, max_length=64)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('is_synthetic', models.BooleanField(default=False)),
                ('display', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='displays.display')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('proof', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='displays.displayproof')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_new', True)), fields=['id'], name='display_report_new'), models.Index(fields=['state', '-received_at'], name='display_report_by_state'), models.Index(fields=['display', '-seen_at'], name='display_report_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'taken', 'unknown', 'over', 'deleted'])), name='display_report_state_known'), models.CheckConstraint(condition=models.Q(('finding', ''), ('finding__in', ['hung', 'damaged', 'removed']), _connector='OR'), name='display_report_finding_known')],
            },
        ),
    ]
