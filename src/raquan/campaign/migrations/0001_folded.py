import django.db.models.deletion
import django.db.models.functions.datetime
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('campaign', '0001_initial'),
        ('campaign', '0002_amendments'),
        ('campaign', '0003_plan_states_and_sub_plans'),
        ('campaign', '0004_commune_groups_and_withdrawn_evidence'),
        ('campaign', '0005_withdrawn_amendments'),
        ('campaign', '0006_task_indicators'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveIntegerField()),
                ('code', models.CharField(max_length=20)),
                ('name', models.JSONField()),
                ('theme', models.JSONField(default=dict)),
                ('theme_province', models.JSONField(default=dict)),
                ('slogans', models.JSONField(default=list)),
                ('day_on', models.DateField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('province_code', models.CharField(blank=True, max_length=10)),
                ('is_synthetic', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('year', 'code'), name='campaign_once_a_year_and_code'), models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('ends_on'))), name='campaign_window_in_order'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2200)), name='campaign_year_plausible')],
            },
        ),
        migrations.CreateModel(
            name='Observance',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(max_length=12)),
                ('name', models.JSONField()),
                ('held_on', models.DateField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observances', to='campaign.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'scope'), name='observance_once_a_scope'), models.CheckConstraint(condition=models.Q(('scope__in', ['national', 'province'])), name='observance_scope_known')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(max_length=1000)),
                ('issuer', models.CharField(blank=True, max_length=300)),
                ('issued_on', models.DateField(null=True)),
                ('file_sha256', models.CharField(max_length=64, null=True, unique=True)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('state', models.CharField(default='in_force', max_length=12)),
                ('imported_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('sub_plans_need_approval', models.BooleanField(default=False)),
                ('programmes', models.JSONField(default=list)),
                ('frame_edition', models.PositiveIntegerField(default=0)),
                ('amend_edition', models.PositiveIntegerField(default=0)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='campaign.campaign')),
                ('started_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'draft'), _negated=True), fields=('campaign',), name='plan_one_in_force_a_campaign'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_force', 'amended', 'closed'])), name='plan_state_known')],
            },
        ),
        migrations.CreateModel(
            name='CommuneInGroup',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('place_code', models.CharField(max_length=10)),
                ('group', models.CharField(max_length=12)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commune_groups', to='campaign.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'place_code'), name='commune_in_one_group'), models.CheckConstraint(condition=models.Q(('group__in', ['urban', 'market', 'remote'])), name='commune_group_known')],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('source', models.CharField(max_length=60)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='campaign.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='objective_once_a_position')],
            },
        ),
        migrations.CreateModel(
            name='Leftover',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leftovers', to='campaign.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='leftover_once_a_position')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(max_length=1000)),
                ('issuer', models.CharField(blank=True, max_length=300)),
                ('issued_on', models.DateField(null=True)),
                ('file_sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('made_at', models.DateTimeField()),
                ('before', models.JSONField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by_name', models.CharField(blank=True, max_length=200)),
                ('withdraw_reason', models.CharField(blank=True, max_length=1000)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='campaign.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='amendment_once_a_position'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('file_sha256',), name='amendment_once_a_file'), models.CheckConstraint(condition=models.Q(models.Q(('withdraw_reason', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawn_at__isnull', False), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='amendment_withdrawn_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=500)),
                ('group_code', models.CharField(blank=True, max_length=60)),
                ('rung_code', models.CharField(blank=True, max_length=60)),
                ('denominator', models.PositiveBigIntegerField(null=True)),
                ('denominator_name', models.CharField(blank=True, max_length=300)),
                ('denominator_source', models.CharField(blank=True, max_length=300)),
                ('denominator_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='campaign.objective')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('objective', 'name'), name='indicator_named_once'), models.UniqueConstraint(fields=('objective', 'position'), name='indicator_once_a_position'), models.CheckConstraint(condition=models.Q(models.Q(('group_code', ''), ('rung_code', '')), models.Q(models.Q(('group_code', ''), _negated=True), models.Q(('rung_code', ''), _negated=True)), _connector='OR'), name='indicator_rung_whole'), models.CheckConstraint(condition=models.Q(('denominator__isnull', True), models.Q(('denominator__gt', 0), ('denominator_on__isnull', False), models.Q(('denominator_source', ''), _negated=True)), _connector='OR'), name='indicator_denominator_sourced')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('path', models.CharField(blank=True, max_length=60)),
                ('title', models.TextField()),
                ('is_section', models.BooleanField(default=False)),
                ('starts_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('time_as_written', models.CharField(blank=True, max_length=500)),
                ('deliverable', models.TextField(blank=True)),
                ('source', models.CharField(max_length=60)),
                ('source_text', models.TextField(blank=True)),
                ('search_key', models.TextField(blank=True)),
                ('retired_services', models.JSONField(default=list)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='campaign.task')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='campaign.plan')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn', to='campaign.amendment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='task_once_a_position')],
            },
        ),
        migrations.CreateModel(
            name='SubPlan',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(default='draft', max_length=12)),
                ('title', models.CharField(max_length=1000)),
                ('aims', models.TextField(blank=True)),
                ('edition', models.PositiveIntegerField(default=0)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issued_on', models.DateField(null=True)),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('sent_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sub_plans', to='campaign.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'organization'), name='sub_plan_once_a_task_and_unit'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued', 'sent', 'returned', 'approved'])), name='sub_plan_state_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned']), models.Q(models.Q(('number', ''), _negated=True), models.Q(('file_sha256', ''), _negated=True), ('issued_on__isnull', False)), _connector='OR'), name='sub_plan_issued_whole')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(max_length=8)),
                ('key', models.CharField(max_length=40)),
                ('value', models.PositiveBigIntegerField()),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='campaign.indicator')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('indicator', 'scope', 'key'), name='target_once'), models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', False), ('scope', 'unit')), models.Q(('organization__isnull', True), ('scope__in', ['all', 'place'])), models.Q(('key__in', ['urban', 'market', 'remote']), ('organization__isnull', True), ('scope', 'group')), _connector='OR'), name='target_scope_known'), models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='target_positive')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('body', models.CharField(max_length=2000)),
                ('percent', models.PositiveSmallIntegerField(null=True)),
                ('stated_at', models.DateTimeField()),
                ('stated_by_name', models.CharField(max_length=200)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='campaign.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'organization', 'number'), name='statement_once_a_number'), models.CheckConstraint(condition=models.Q(('percent__isnull', True), ('percent__lte', 100), _connector='OR'), name='statement_percent')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file_sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=255)),
                ('caption', models.CharField(max_length=500)),
                ('is_illustration', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField()),
                ('added_by_name', models.CharField(max_length=200)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by_name', models.CharField(blank=True, max_length=200)),
                ('withdraw_reason', models.CharField(blank=True, max_length=500)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='campaign.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('task', 'organization', 'file_sha256'), name='evidence_once_a_file'), models.CheckConstraint(condition=models.Q(('caption', ''), _negated=True), name='evidence_captioned'), models.CheckConstraint(condition=models.Q(models.Q(('withdraw_reason', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawn_at__isnull', False), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='evidence_withdrawn_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='TaskChange',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('source_text', models.TextField(blank=True)),
                ('fields', models.JSONField(default=dict)),
                ('amendment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='campaign.amendment')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='campaign.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('amendment', 'task'), name='task_change_once_an_amendment'), models.CheckConstraint(condition=models.Q(('kind__in', ['added', 'changed', 'removed'])), name='task_change_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='TaskIndicator',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='campaign.indicator')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='campaign.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'indicator'), name='task_indicator_once')],
            },
        ),
        migrations.CreateModel(
            name='TaskUnit',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('part', models.CharField(max_length=12)),
                ('as_written', models.TextField()),
                ('score', models.FloatField(null=True)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='campaign.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'part', 'position'), name='task_unit_once_a_position'), models.CheckConstraint(condition=models.Q(('part__in', ['lead', 'cooperating'])), name='task_unit_part_known'), models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', True), ('score__isnull', True)), models.Q(('organization__isnull', False), ('score__gte', 0), ('score__lte', 1)), _connector='OR'), name='task_unit_score_of_match')],
            },
        ),
        migrations.CreateModel(
            name='SubPlanComment',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('body', models.CharField(max_length=2000)),
                ('said_at', models.DateTimeField()),
                ('said_by', models.UUIDField(null=True)),
                ('said_by_name', models.CharField(max_length=200)),
                ('sub_plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='campaign.subplan')),
            ],
        ),
        migrations.CreateModel(
            name='SubPlanLine',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=1000)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('period', models.CharField(blank=True, max_length=200)),
                ('who', models.CharField(blank=True, max_length=300)),
                ('sub_plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='campaign.subplan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sub_plan', 'position'), name='sub_plan_line_once')],
            },
        ),
    ]
