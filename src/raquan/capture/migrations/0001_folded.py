import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


def take_the_first_turn(apps, schema_editor):
    """Make the row that facts queue for to be numbered."""
    apps.get_model("capture", "FactTurn").objects.create(id=1)


class Migration(migrations.Migration):

    replaces = [
        ('capture', '0001_initial'),
        ('capture', '0002_rows_and_comments'),
        ('capture', '0003_list_what_is_there'),
        ('capture', '0004_tally_sheets'),
        ('capture', '0005_clocks'),
        ('capture', '0006_forms_move_out'),
        ('capture', '0007_forms_moved'),
        ('capture', '0008_assist_card'),
        ('capture', '0009_help_desks'),
        ('capture', '0010_search_and_tombstones'),
        ('capture', '0011_make_records_searchable'),
        ('capture', '0012_records_are_searchable'),
        ('capture', '0013_one_index_a_name'),
        ('capture', '0014_photos'),
        ('capture', '0015_tally_sheets_leave'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('cards', '0001_folded'),
        ('forms', '0001_folded'),
        ('helpdesks', '0001_folded'),
        ('outings', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('instance_id', models.CharField(max_length=200)),
                ('root_instance_id', models.CharField(max_length=200)),
                ('deprecated_id', models.CharField(max_length=200, null=True)),
                ('payload', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('received_at', models.DateTimeField()),
                ('reported_device', models.CharField(blank=True, max_length=200)),
                ('sent_by_kind', models.CharField(max_length=16)),
                ('sent_by_id', models.UUIDField(null=True)),
                ('sent_by_number', models.PositiveIntegerField()),
                ('sent_by_name', models.CharField(blank=True, max_length=200)),
                ('time_shift', models.FloatField()),
                ('clock', models.JSONField(null=True)),
                ('review_state', models.CharField(max_length=12)),
                ('issues', models.JSONField(default=list)),
                ('is_synthetic', models.BooleanField()),
                ('projected_at', models.DateTimeField(null=True)),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device')),
                ('form_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.formversion')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['root_instance_id'], name='submission_root'), models.Index(condition=models.Q(('projected_at__isnull', True)), fields=['id'], name='submission_pending'), models.Index(fields=['-received_at', '-id'], name='submission_newest')],
                'constraints': [models.UniqueConstraint(fields=('instance_id',), name='submission_once'), models.UniqueConstraint(fields=('deprecated_id',), name='submission_corrected_once'), models.CheckConstraint(condition=models.Q(('review_state__in', ['received', 'hasIssues', 'edited', 'approved', 'rejected'])), name='submission_review_known')],
            },
        ),
        migrations.CreateModel(
            name='BulkTask',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('target', models.CharField(max_length=60)),
                ('reason', models.CharField(blank=True, max_length=2000)),
                ('wanted', models.JSONField()),
                ('asked_by_id', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('upper_number', models.BigIntegerField()),
                ('reached', models.BigIntegerField()),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('refusals', models.JSONField(default=list)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['asked_by_id', '-asked_at'], name='bulk_task_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['review', 'outing', 'service', 'delete'])), name='bulk_task_kind')],
            },
        ),
        migrations.CreateModel(
            name='FactTurn',
            fields=[
                ('id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('taken', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='fact_turn_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('root_instance_id', models.CharField(max_length=200, unique=True)),
                ('reason', models.CharField(max_length=300)),
                ('deleted_at', models.DateTimeField()),
                ('deleted_by_name', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='tombstone_says_why')],
            },
        ),
        migrations.CreateModel(
            name='AnswerSheet',
            fields=[
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='answer_sheet', serialize=False, to='capture.submission')),
                ('answers', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Assist',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('root_instance_id', models.CharField(max_length=200, unique=True)),
                ('fact_seq', models.BigIntegerField(unique=True)),
                ('version', models.PositiveIntegerField()),
                ('outing_code', models.CharField(blank=True, max_length=40)),
                ('province_code', models.CharField(blank=True, max_length=5)),
                ('district_code', models.CharField(blank=True, max_length=5)),
                ('place_code', models.CharField(blank=True, max_length=5)),
                ('service_code', models.CharField(blank=True, max_length=60)),
                ('group_code', models.CharField(blank=True, max_length=40)),
                ('rung', models.CharField(blank=True, max_length=40)),
                ('stage', models.CharField(blank=True, max_length=12)),
                ('how', models.CharField(blank=True, max_length=12)),
                ('bottleneck', models.CharField(max_length=40, null=True)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('occurred_at', models.DateTimeField()),
                ('occurred_on', models.DateField()),
                ('time_quality', models.CharField(max_length=12)),
                ('helper_number', models.PositiveIntegerField()),
                ('grade', models.CharField(max_length=12)),
                ('is_synthetic', models.BooleanField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cards.card')),
                ('help_desk', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='helpdesks.helpdesk')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('outing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outings.outing')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='assist', to='capture.submission')),
            ],
            options={
                'indexes': [models.Index(fields=['-occurred_at', '-id'], name='assist_newest'), models.Index(fields=['outing', '-occurred_at'], name='assist_outing'), models.Index(fields=['help_desk', '-occurred_at'], name='assist_help_desk'), models.Index(fields=['place_code', '-occurred_at'], name='assist_place'), models.Index(fields=['organization', '-occurred_at'], name='assist_organization')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['', 'helped', 'installed', 'activated', 'first_use'])), name='assist_stage_known'), models.CheckConstraint(condition=models.Q(('how__in', ['', 'self', 'guided', 'done_for'])), name='assist_how_known'), models.CheckConstraint(condition=models.Q(('time_quality__in', ['device', 'received', 'doubtful', 'anchored', 'bounded', 'repaired', 'unknown'])), name='assist_time_quality_known'), models.CheckConstraint(condition=models.Q(('fact_seq__gte', 1)), name='assist_fact_seq_from_one'), models.CheckConstraint(condition=models.Q(('outing__isnull', True), ('help_desk__isnull', True), _connector='OR'), name='assist_outing_or_desk')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('expected', models.BooleanField()),
                ('sha256', models.CharField(max_length=64, null=True)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='capture.submission')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('submission', 'name'), name='attachment_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('body', models.TextField()),
                ('said_by_kind', models.CharField(max_length=16)),
                ('said_by_number', models.PositiveIntegerField()),
                ('said_by_name', models.CharField(blank=True, max_length=200)),
                ('said_at', models.DateTimeField()),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='capture.submission')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='comment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='RecordRow',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(unique=True)),
                ('root_instance_id', models.CharField(max_length=200, unique=True)),
                ('year', models.PositiveIntegerField()),
                ('province_code', models.CharField(blank=True, max_length=5)),
                ('district_code', models.CharField(blank=True, max_length=5)),
                ('place_code', models.CharField(blank=True, max_length=5)),
                ('received_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField(null=True)),
                ('edits', models.PositiveIntegerField(default=0)),
                ('service_code', models.CharField(blank=True, default='', max_length=60)),
                ('occurred_at', models.DateTimeField()),
                ('occurred_on', models.DateField()),
                ('source', models.CharField(max_length=16)),
                ('issue_key', models.TextField(blank=True, default='')),
                ('sender_key', models.CharField(blank=True, default='', max_length=200)),
                ('search_key', models.TextField(blank=True, default='')),
                ('form', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.form')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('outing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outings.outing')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='row', to='capture.submission')),
            ],
            options={
                'indexes': [models.Index(fields=['form', 'year', '-number'], name='record_row_page'), models.Index(fields=['-occurred_at', '-number'], name='record_row_occurred'), models.Index(fields=['place_code', '-number'], name='record_row_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='record_row_number_from_one'), models.CheckConstraint(condition=models.Q(('source__in', ['app', 'collect', 'other', 'central_export', 'kobo_export'])), name='record_row_source_known')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='correction', serialize=False, to='capture.submission')),
                ('reason', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('made_by_name', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='origin', serialize=False, to='capture.submission')),
                ('source', models.CharField(max_length=16)),
                ('reference', models.CharField(max_length=200)),
                ('brought_in_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['app', 'collect', 'other', 'central_export', 'kobo_export'])), name='origin_source_known')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField(default=0)),
                ('consent', models.CharField(max_length=12)),
                ('agreed_by', models.JSONField(default=list)),
                ('is_illustration', models.BooleanField()),
                ('caption', models.CharField(blank=True, max_length=200)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('began_at', models.DateTimeField()),
                ('kept_at', models.DateTimeField(null=True)),
                ('attachment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photo', to='capture.attachment')),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='capture.submission')),
            ],
            options={
                'indexes': [models.Index(fields=['device', '-began_at'], name='photo_device'), models.Index(condition=models.Q(('kept_at__isnull', True)), fields=['began_at'], name='photo_unfinished')],
                'constraints': [models.CheckConstraint(condition=models.Q(('consent__in', ['nobody', 'agreed', 'in_answers'])), name='photo_consent_known'), models.CheckConstraint(condition=models.Q(('received__lte', models.F('size'))), name='photo_received_within_size'), models.CheckConstraint(condition=models.Q(models.Q(('attachment__isnull', True), ('kept_at__isnull', True)), models.Q(('attachment__isnull', False), ('kept_at__isnull', False)), _connector='OR'), name='photo_kept_has_attachment')],
            },
        ),
        migrations.CreateModel(
            name='PhotoPart',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('start', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='capture.photo')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('photo', 'start'), name='photo_part_once')],
            },
        ),
        migrations.RunPython(take_the_first_turn, migrations.RunPython.noop),
    ]
