import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('outreach', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slogan',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('request_id', models.UUIDField(unique=True)),
                ('texts', models.JSONField()),
                ('sort_key', models.CharField(max_length=600)),
                ('search_key', models.CharField(max_length=600)),
                ('languages', models.PositiveSmallIntegerField()),
                ('edition', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdraw_reason', models.CharField(blank=True, max_length=500)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('campaign', 'sort_key'), name='slogan_said_once'), models.CheckConstraint(condition=models.Q(models.Q(('withdraw_reason', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawn_at__isnull', False), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='slogan_withdrawn_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='IdentityKit',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('shown_name', models.CharField(max_length=200)),
                ('host', models.CharField(max_length=300)),
                ('doer', models.CharField(blank=True, max_length=400)),
                ('call', models.CharField(blank=True, max_length=200)),
                ('colors', models.JSONField(default=dict)),
                ('emblem_sha256', models.CharField(blank=True, max_length=64)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign',), name='identity_kit_once_a_campaign')],
            },
        ),
        migrations.CreateModel(
            name='Artwork',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=9, unique=True)),
                ('request_id', models.UUIDField(unique=True)),
                ('title', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=400)),
                ('design', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=12)),
                ('language', models.CharField(default='vi', max_length=3)),
                ('second', models.CharField(blank=True, max_length=3)),
                ('line', models.CharField(blank=True, max_length=300)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('is_for_units', models.BooleanField(default=False)),
                ('is_across_road', models.BooleanField(null=True)),
                ('hides_signs', models.BooleanField(null=True)),
                ('has_brand', models.BooleanField(null=True)),
                ('filed_on', models.DateField(null=True)),
                ('file_number', models.CharField(blank=True, max_length=60)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('changed_at', models.DateTimeField()),
                ('wording', models.JSONField(null=True)),
                ('picture_sha256', models.CharField(blank=True, max_length=64)),
                ('approved_over', models.JSONField(default=list)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by_name', models.CharField(blank=True, max_length=200)),
                ('expires_on', models.DateField(null=True)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('slogan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='artworks', to='outreach.slogan')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'state'], name='artwork_by_state'), models.Index(fields=['organization', 'state'], name='artwork_by_unit'), models.Index(fields=['state', 'expires_on'], name='artwork_expiring')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'submitted', 'returned', 'approved', 'withdrawn', 'expired'])), name='artwork_state_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='artwork_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('expires_on__isnull', False), ('wording__isnull', False)), models.Q(('state__in', ['approved', 'expired']), _negated=True), _connector='OR'), name='artwork_approved_whole')],
            },
        ),
        migrations.CreateModel(
            name='ArtworkRun',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('format', models.CharField(max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=200)),
                ('owner_id', models.UUIDField(null=True)),
                ('wanted', models.JSONField()),
                ('parts', models.JSONField(default=list)),
                ('reached', models.PositiveIntegerField(default=0)),
                ('zip_sha256', models.CharField(blank=True, max_length=64)),
                ('finished_at', models.DateTimeField(null=True)),
                ('artwork', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='outreach.artwork')),
            ],
            options={
                'indexes': [models.Index(fields=['artwork', '-asked_at'], name='artwork_run_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('format__in', ['pdf', 'outlined', 'png', 'svg', 'html', 'txt'])), name='artwork_run_format'), models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('artwork', 'format'), name='artwork_run_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('request_id', models.UUIDField(unique=True)),
                ('channel', models.CharField(max_length=12)),
                ('planned_at', models.DateTimeField()),
                ('title', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=400)),
                ('text', models.TextField()),
                ('link', models.CharField(blank=True, max_length=500)),
                ('who', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('proof', models.CharField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by_name', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('artwork', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='outreach.artwork')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'planned_at'], name='post_by_time'), models.Index(fields=['organization', 'planned_at'], name='post_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'done', 'cancelled'])), name='post_state_known'), models.CheckConstraint(condition=models.Q(('channel__in', ['portal', 'zalo', 'facebook', 'radio', 'loudspeaker', 'television', 'led', 'sms', 'email', 'street', 'other'])), name='post_channel_known'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_at__isnull', True)), _connector='OR'), name='post_done_when')],
            },
        ),
    ]
