import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('rounds', '0001_initial'),
        ('rounds', '0002_calls'),
        ('rounds', '0003_reminded'),
    ]

    initial = True

    dependencies = [
        ('analytics', '0001_folded'),
        ('campaign', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoundRule',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('every', models.CharField(max_length=8)),
                ('level', models.CharField(max_length=16)),
                ('weekday', models.PositiveSmallIntegerField(default=7)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('due_at', models.TimeField()),
                ('grace_minutes', models.PositiveSmallIntegerField(default=0)),
                ('skipped', models.JSONField(default=list)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'every', 'level'), name='round_rule_once'), models.CheckConstraint(condition=models.Q(('every__in', ['day', 'week', 'end'])), name='round_rule_every_known'), models.CheckConstraint(condition=models.Q(('level__in', ['province', 'department', 'district', 'commune', 'enterprise', 'union'])), name='round_rule_level_known'), models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='round_rule_weekday_known'), models.CheckConstraint(condition=models.Q(('first_on__lte', models.F('last_on'))), name='round_rule_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('called_at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=200)),
                ('spoke_with', models.CharField(blank=True, max_length=200)),
                ('said', models.CharField(max_length=1000)),
                ('again_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'organization', '-called_at'], name='call_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('said', ''), _negated=True), name='call_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ReportingRound',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('due_at', models.DateTimeField()),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='rounds.roundrule')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('rule', 'last_on'), name='reporting_round_once'), models.CheckConstraint(condition=models.Q(('first_on__lte', models.F('last_on'))), name='reporting_round_in_order')],
            },
        ),
        migrations.CreateModel(
            name='UnitReport',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(default='draft', max_length=12)),
                ('due_at', models.DateTimeField()),
                ('late_at', models.DateTimeField()),
                ('reminded', models.CharField(blank=True, max_length=12)),
                ('results', models.TextField(blank=True)),
                ('limits', models.TextField(blank=True)),
                ('causes', models.TextField(blank=True)),
                ('proposals', models.TextField(blank=True)),
                ('edition', models.PositiveIntegerField(default=0)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('correction', models.CharField(blank=True, max_length=1000)),
                ('figures', models.JSONField(default=list)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='rounds.reportinground')),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='analytics.snapshot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'organization', 'version'), name='unit_report_version_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned'])), fields=('round', 'organization'), name='unit_report_one_open'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('round', 'organization'), name='unit_report_one_approved'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'approved', 'replaced'])), name='unit_report_state_known'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('correction', ''), _negated=True), _connector='OR'), name='unit_report_correction_reasoned')],
            },
        ),
    ]
