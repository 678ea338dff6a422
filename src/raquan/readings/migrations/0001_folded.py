import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('readings', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file_sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=255)),
                ('state', models.CharField(default='under_way', max_length=12)),
                ('head', models.JSONField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('asked_by', models.UUIDField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('plan_id', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'discarded'), _negated=True), fields=('file_sha256',), name='reading_once_a_file'), models.CheckConstraint(condition=models.Q(('state__in', ['under_way', 'read', 'settled', 'discarded'])), name='reading_state_known'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='reading_done_within_total')],
            },
        ),
        migrations.CreateModel(
            name='ReadingLine',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=120)),
                ('text', models.TextField(blank=True)),
                ('read_as', models.CharField(max_length=16)),
                ('use', models.CharField(max_length=16)),
                ('path', models.CharField(blank=True, max_length=60)),
                ('title', models.TextField(blank=True)),
                ('section', models.CharField(blank=True, max_length=120)),
                ('starts_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('time_as_written', models.CharField(blank=True, max_length=500)),
                ('deliverable', models.TextField(blank=True)),
                ('left', models.JSONField(default=list)),
                ('doubts', models.JSONField(default=list)),
                ('is_open', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_by', models.UUIDField(null=True)),
                ('changed_at', models.DateTimeField(null=True)),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='readings.reading')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['reading', 'position'], name='reading_line_open')],
                'constraints': [models.UniqueConstraint(fields=('reading', 'position'), name='reading_line_once_a_position'), models.UniqueConstraint(fields=('reading', 'source'), name='reading_line_once_a_source'), models.CheckConstraint(condition=models.Q(('use__in', ['head', 'title', 'basis', 'heading', 'prose', 'objective', 'theme', 'window', 'task', 'detail', 'section', 'table_heading', 'closing', 'appendix', 'note', 'leftover', 'dismissed'])), name='reading_line_use_known')],
            },
        ),
        migrations.CreateModel(
            name='ReadingUnit',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('part', models.CharField(max_length=12)),
                ('as_written', models.TextField()),
                ('score', models.FloatField(null=True)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='readings.readingline')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'part', 'position'), name='reading_unit_once_a_position'), models.CheckConstraint(condition=models.Q(('part__in', ['lead', 'cooperating'])), name='reading_unit_part_known')],
            },
        ),
    ]
