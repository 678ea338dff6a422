import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('tallies', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('outings', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='TallySheet',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('outing_code', models.CharField(max_length=20)),
                ('position', models.PositiveIntegerField()),
                ('service_codes', models.JSONField()),
                ('state', models.CharField(max_length=12)),
                ('version', models.PositiveIntegerField(default=0)),
                ('issued_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdraw_reason', models.CharField(blank=True, max_length=300)),
                ('is_pending', models.BooleanField(default=False)),
                ('outing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outings.outing')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_pending', True)), fields=['id'], name='tally_sheet_pending')],
                'constraints': [models.UniqueConstraint(fields=('outing', 'position'), name='tally_sheet_position_once'), models.CheckConstraint(condition=models.Q(('state__in', ['issued', 'entered', 'withdrawn'])), name='tally_sheet_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), ('version__gt', 0), _negated=True), models.Q(('state', 'entered'), ('version', 0), _negated=True)), name='tally_sheet_entered_has_version'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True)), _connector='OR'), name='tally_sheet_withdrawn_dated')],
            },
        ),
        migrations.CreateModel(
            name='TallyEntry',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('entered_at', models.DateTimeField()),
                ('entered_by_id', models.UUIDField(null=True)),
                ('entered_by_name', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(max_length=12)),
                ('recorded_too', models.BooleanField()),
                ('photo_sha256', models.CharField(max_length=64, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('total', models.PositiveIntegerField()),
                ('is_synthetic', models.BooleanField()),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='tallies.tallysheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'version'), name='tally_entry_version_once'), models.CheckConstraint(condition=models.Q(('source__in', ['page', 'excel', 'telephone'])), name='tally_entry_source_known'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='tally_entry_corrected_with_reason'), models.CheckConstraint(condition=models.Q(('total__gte', 1)), name='tally_entry_says_something')],
            },
        ),
        migrations.CreateModel(
            name='TallyCount',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('fact_seq', models.BigIntegerField(unique=True)),
                ('version', models.PositiveIntegerField()),
                ('province_code', models.CharField(blank=True, max_length=5)),
                ('district_code', models.CharField(blank=True, max_length=5)),
                ('place_code', models.CharField(blank=True, max_length=5)),
                ('service_code', models.CharField(max_length=60)),
                ('group_code', models.CharField(blank=True, max_length=40)),
                ('rung', models.CharField(max_length=40)),
                ('stage', models.CharField(blank=True, max_length=12)),
                ('how', models.CharField(max_length=12)),
                ('occurred_on', models.DateField()),
                ('occurred_at', models.DateTimeField()),
                ('said', models.PositiveIntegerField()),
                ('quantity', models.PositiveIntegerField()),
                ('is_synthetic', models.BooleanField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('outing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outings.outing')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='tallies.tallysheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'service_code', 'rung', 'how'), name='tally_count_once'), models.CheckConstraint(condition=models.Q(('quantity__lte', models.F('said'))), name='tally_count_within_said'), models.CheckConstraint(condition=models.Q(('fact_seq__gte', 1)), name='tally_count_fact_seq_from_one')],
            },
        ),
        migrations.CreateModel(
            name='TallyLine',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('service_code', models.CharField(max_length=60)),
                ('rung', models.CharField(max_length=40)),
                ('how', models.CharField(max_length=12)),
                ('count', models.PositiveIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='tallies.tallyentry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'service_code', 'rung', 'how'), name='tally_line_once'), models.CheckConstraint(condition=models.Q(('how__in', ['self', 'guided', 'done_for'])), name='tally_line_how_known'), models.CheckConstraint(condition=models.Q(('count__range', (1, 999))), name='tally_line_people')],
            },
        ),
    ]
