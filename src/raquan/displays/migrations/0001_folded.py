import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('displays', '0001_initial'),
        ('displays', '0002_reports'),
    ]

    initial = True

    dependencies = [
        ('outreach', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='DisplaySite',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=400)),
                ('kind', models.CharField(max_length=14)),
                ('claim', models.CharField(max_length=8)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('page_url', models.CharField(blank=True, max_length=500)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('ended_on', models.DateField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('next_check_at', models.DateTimeField(null=True)),
                ('etag', models.CharField(blank=True, max_length=200)),
                ('last_modified', models.CharField(blank=True, max_length=60)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['next_check_at'], name='display_site_next')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['portal', 'led', 'one_stop_shop', 'shop', 'street', 'other'])), name='display_site_kind_known'), models.CheckConstraint(condition=models.Q(('claim__in', ['must', 'invited'])), name='display_site_claim_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'shop'), _negated=True), ('claim', 'invited'), _connector='OR'), name='display_site_shop_invited'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('organization', 'name'), name='display_site_once_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='Display',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('prints', models.CharField(max_length=6)),
                ('pays', models.CharField(max_length=6)),
                ('removes', models.CharField(max_length=6)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('proof_kind', models.CharField(blank=True, max_length=6)),
                ('proven_at', models.DateTimeField(null=True)),
                ('artwork', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.artwork')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='displays', to='displays.displaysite')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'ends_on'], name='display_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'agreed', 'declined', 'up', 'due_down', 'removed'])), name='display_state_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='display_days_in_order'), models.CheckConstraint(condition=models.Q(('prints__in', ['office', 'unit', 'site'])), name='display_prints'), models.CheckConstraint(condition=models.Q(('pays__in', ['office', 'unit', 'site'])), name='display_pays'), models.CheckConstraint(condition=models.Q(('removes__in', ['office', 'unit', 'site'])), name='display_removes'), models.UniqueConstraint(condition=models.Q(('state__in', ['declined', 'removed']), _negated=True), fields=('artwork', 'site'), name='display_once_a_site')],
            },
        ),
        migrations.CreateModel(
            name='PageCheck',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=12)),
                ('page_sha256', models.CharField(blank=True, max_length=64)),
                ('pictures', models.PositiveSmallIntegerField(default=0)),
                ('said', models.CharField(blank=True, max_length=300)),
                ('picture_sha256', models.CharField(blank=True, max_length=64)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='displays.displaysite')),
            ],
            options={
                'indexes': [models.Index(fields=['site', '-at'], name='page_check_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['found', 'doubtful', 'missing', 'unchanged', 'not_allowed', 'unreached'])), name='page_check_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='DisplayProof',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('request_id', models.UUIDField(null=True, unique=True)),
                ('kind', models.CharField(max_length=6)),
                ('seen_at', models.DateTimeField()),
                ('said_at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('picture_sha256', models.CharField(blank=True, max_length=64)),
                ('detail', models.JSONField(default=dict)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('display', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='displays.display')),
            ],
            options={
                'indexes': [models.Index(fields=['display', '-seen_at'], name='display_proof_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['page', 'photo', 'stated'])), name='display_proof_kind_known')],
            },
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
