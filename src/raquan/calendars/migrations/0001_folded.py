import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('calendars', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('outings', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file_sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=255)),
                ('state', models.CharField(default='under_way', max_length=12)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('asked_by', models.UUIDField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'discarded'), _negated=True), fields=('file_sha256', 'organization'), name='calendar_once_a_file'), models.CheckConstraint(condition=models.Q(('state__in', ['under_way', 'read', 'discarded'])), name='calendar_state_known'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='calendar_done_within_total')],
            },
        ),
        migrations.CreateModel(
            name='CalendarLine',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('sheet', models.CharField(max_length=100)),
                ('row', models.PositiveIntegerField()),
                ('part', models.PositiveSmallIntegerField(default=0)),
                ('cells', models.JSONField()),
                ('use', models.CharField(max_length=12)),
                ('held_on', models.DateField(null=True)),
                ('starts_at', models.TimeField(null=True)),
                ('ends_at', models.TimeField(null=True)),
                ('place_code', models.CharField(blank=True, max_length=10)),
                ('site_name', models.CharField(blank=True, max_length=200)),
                ('site_kind', models.CharField(blank=True, max_length=20)),
                ('team', models.JSONField(default=list)),
                ('service_codes', models.JSONField(default=list)),
                ('expected_people', models.PositiveIntegerField(null=True)),
                ('notes', models.TextField(blank=True)),
                ('doubts', models.JSONField(default=list)),
                ('is_open', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_by', models.UUIDField(null=True)),
                ('changed_at', models.DateTimeField(null=True)),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='calendars.calendar')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('outing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outings.outing')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outings.site')),
            ],
            options={
                'indexes': [models.Index(fields=['calendar', 'use', 'position'], name='calendar_line_by_use')],
                'constraints': [models.UniqueConstraint(fields=('calendar', 'position'), name='calendar_line_once_a_position'), models.UniqueConstraint(fields=('calendar', 'sheet', 'row', 'part'), name='calendar_line_once_a_row'), models.CheckConstraint(condition=models.Q(('use__in', ['said', 'waiting', 'asked', 'taken', 'dismissed'])), name='calendar_line_use_known'), models.CheckConstraint(condition=models.Q(models.Q(('outing__isnull', False), ('use', 'taken')), models.Q(models.Q(('use', 'taken'), _negated=True), ('outing__isnull', True)), _connector='OR'), name='calendar_line_taken_with_outing')],
            },
        ),
    ]
