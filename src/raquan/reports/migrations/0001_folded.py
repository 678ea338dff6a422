import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_templates_issue_runs'),
    ]

    initial = True

    dependencies = [
        ('analytics', '0001_folded'),
        ('campaign', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportTemplate',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('docx_sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=200)),
                ('findings', models.JSONField(default=list)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=200)),
                ('is_in_use', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='report_template_version_once'), models.UniqueConstraint(condition=models.Q(('is_in_use', True)), fields=('kind',), name='report_template_one_in_use'), models.CheckConstraint(condition=models.Q(('kind__in', ['campaign', 'unit'])), name='report_template_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='ReportRun',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=200)),
                ('owner_id', models.UUIDField(null=True)),
                ('wanted', models.JSONField()),
                ('reports', models.JSONField(default=list)),
                ('reached', models.PositiveIntegerField(default=0)),
                ('zip_sha256', models.CharField(blank=True, max_length=64)),
                ('finished_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='analytics.snapshot')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', '-asked_at'], name='report_run_newest')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('docx_sha256', models.CharField(max_length=64)),
                ('pdf_sha256', models.CharField(max_length=64, null=True)),
                ('workbook_sha256', models.CharField(blank=True, max_length=64)),
                ('public_workbook_sha256', models.CharField(blank=True, max_length=64)),
                ('built_at', models.DateTimeField()),
                ('built_by', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issued_on', models.DateField(null=True)),
                ('signed_sha256', models.CharField(blank=True, max_length=64)),
                ('recorded_at', models.DateTimeField(null=True)),
                ('recorded_by', models.CharField(blank=True, max_length=200)),
                ('is_public', models.BooleanField(default=False)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='analytics.snapshot')),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reporttemplate')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'organization', '-built_at'], name='report_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'kind', 'docx_sha256'), name='report_content_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['campaign', 'unit'])), name='report_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'campaign'), ('organization__isnull', True)), models.Q(('kind', 'unit'), ('organization__isnull', False)), _connector='OR'), name='report_of_a_unit_names_it'), models.CheckConstraint(condition=models.Q(models.Q(('is_public', False), ('issued_on__isnull', True), ('number', ''), ('signed_sha256', '')), models.Q(models.Q(('number', ''), _negated=True), ('issued_on__isnull', False), models.Q(('signed_sha256', ''), _negated=True)), _connector='OR'), name='report_issued_whole')],
            },
        ),
    ]
