import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('exchange', '0001_initial'),
        ('exchange', '0002_channels'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PendingChange',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('submission_id', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('owner_id', models.UUIDField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('wanted', models.JSONField()),
                ('heads', models.JSONField()),
                ('questions', models.JSONField()),
                ('language', models.CharField(max_length=8)),
                ('upper_number', models.BigIntegerField()),
                ('total', models.PositiveIntegerField()),
                ('reached', models.BigIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('written', models.BigIntegerField(default=0)),
                ('archived', models.BigIntegerField(default=0)),
                ('missing_files', models.PositiveIntegerField(default=0)),
                ('size', models.BigIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id', '-asked_at'], name='export_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['csv', 'xlsx', 'geojson', 'zip'])), name='export_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('owner_id', models.UUIDField()),
                ('source', models.CharField(max_length=16)),
                ('form_id', models.CharField(max_length=100)),
                ('file_name', models.CharField(max_length=200)),
                ('file_sha256', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('preview', models.JSONField()),
                ('total', models.PositiveIntegerField()),
                ('started_at', models.DateTimeField(null=True)),
                ('reached', models.BigIntegerField(default=0)),
                ('filed', models.BigIntegerField(default=0)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id', '-asked_at'], name='import_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['central', 'kobo'])), name='import_source_known')],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('owner_id', models.UUIDField()),
                ('url', models.CharField(max_length=500)),
                ('events', models.JSONField()),
                ('channels', models.JSONField(default=list)),
                ('generation', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('failing_since', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused_by_us', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id'], name='webhook_mine')],
            },
        ),
        migrations.CreateModel(
            name='ImportRefusal',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('line', models.PositiveIntegerField()),
                ('instance_id', models.CharField(blank=True, max_length=200)),
                ('code', models.CharField(max_length=60)),
                ('message', models.TextField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='exchange.import')),
            ],
            options={
                'indexes': [models.Index(fields=['of', 'line'], name='import_refusal_line')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('event', models.CharField(max_length=20)),
                ('post_id', models.UUIDField(null=True)),
                ('body', models.TextField()),
                ('state', models.CharField(max_length=12)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('status', models.PositiveIntegerField(null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField()),
                ('tried_at', models.DateTimeField(null=True)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='exchange.webhook')),
            ],
            options={
                'indexes': [models.Index(fields=['webhook', '-made_at'], name='delivery_log'), models.Index(condition=models.Q(('post_id__isnull', False)), fields=['post_id'], name='delivery_of_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'failed', 'held'])), name='delivery_state_known'), models.UniqueConstraint(condition=models.Q(('post_id__isnull', False)), fields=('webhook', 'post_id'), name='delivery_once_a_post')],
            },
        ),
    ]
