import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('forms', '0001_initial'),
        ('forms', '0002_publishing'),
        ('forms', '0003_device_offers'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('xml_form_id', models.CharField(max_length=100, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=12)),
                ('state', models.CharField(max_length=12)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['assist', 'other'])), name='form_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'closing', 'closed'])), name='form_state_known')],
            },
        ),
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('version', models.CharField(blank=True, max_length=100)),
                ('xml', models.BinaryField()),
                ('md5', models.CharField(max_length=32)),
                ('xlsform_sha256', models.CharField(blank=True, max_length=64)),
                ('projection', models.JSONField()),
                ('uploads', models.JSONField()),
                ('fields', models.JSONField(default=list)),
                ('media', models.JSONField(default=list)),
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=12)),
                ('token', models.CharField(max_length=64, unique=True)),
                ('file_name', models.CharField(max_length=200)),
                ('warnings', models.JSONField(default=list)),
                ('is_validated', models.BooleanField()),
                ('kept_at', models.DateTimeField()),
                ('kept_by_name', models.CharField(blank=True, max_length=200)),
                ('form', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='forms.form')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeviceOffer',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('device', 'form'), name='device_offer_once')],
            },
        ),
        migrations.CreateModel(
            name='FormAudience',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audience', to='forms.form')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'organization'), name='form_audience_once')],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('version', models.CharField(blank=True, max_length=100)),
                ('xml', models.BinaryField()),
                ('md5', models.CharField(max_length=32)),
                ('xlsform_sha256', models.CharField(blank=True, max_length=64)),
                ('projection', models.JSONField()),
                ('uploads', models.JSONField()),
                ('fields', models.JSONField(default=list)),
                ('media', models.JSONField(default=list)),
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('published_at', models.DateTimeField()),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='forms.form')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'version'), name='form_version_once')],
            },
        ),
        migrations.CreateModel(
            name='FormMedia',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('sha256', models.CharField(max_length=64)),
                ('md5', models.CharField(max_length=32)),
                ('size', models.PositiveBigIntegerField()),
                ('put_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='own_media', to='forms.formdraft')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='forms.form')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('draft__isnull', True), ('replaced_at__isnull', True)), fields=('form', 'name'), name='form_media_one_of_a_name'), models.UniqueConstraint(condition=models.Q(('draft__isnull', False), ('replaced_at__isnull', True)), fields=('draft', 'name'), name='form_media_one_of_a_name_in_a_draft')],
            },
        ),
        migrations.CreateModel(
            name='TrialRecord',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('instance_id', models.CharField(max_length=200)),
                ('payload', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('files', models.JSONField(default=list)),
                ('received_at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='forms.formdraft')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'instance_id'), name='trial_record_once')],
            },
        ),
    ]
