import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('recordings', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('service_code', models.CharField(max_length=60)),
                ('language', models.CharField(max_length=8)),
                ('text_version', models.CharField(max_length=16)),
                ('state', models.CharField(max_length=12)),
                ('speaker_name', models.CharField(blank=True, max_length=100)),
                ('consent', models.PositiveSmallIntegerField()),
                ('media_type', models.CharField(max_length=20)),
                ('milliseconds', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('sent_by_id', models.UUIDField(null=True)),
                ('sent_by_name', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField(null=True)),
                ('checked_by_id', models.UUIDField(null=True)),
                ('checked_by_name', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('changed_at', models.DateTimeField()),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'service_code'], name='recording_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'approved', 'returned', 'replaced', 'withdrawn'])), name='recording_state_known'), models.CheckConstraint(condition=models.Q(('language__in', ['rad', 'cmo', 'vi'])), name='recording_language_known'), models.CheckConstraint(condition=models.Q(('media_type__in', ['audio/webm', 'audio/ogg', 'audio/mp4'])), name='recording_sound_known'), models.CheckConstraint(condition=models.Q(('size__range', (1, 102400))), name='recording_is_small'), models.CheckConstraint(condition=models.Q(('consent__gte', 1)), name='recording_with_consent'), models.CheckConstraint(condition=models.Q(('checked_by_id__isnull', True), ('sent_by_id__isnull', True), models.Q(('checked_by_id', models.F('sent_by_id')), _negated=True), _connector='OR'), name='recording_checked_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['returned', 'withdrawn']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='recording_taken_back_with_reason'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('service_code', 'language'), name='recording_one_is_played')],
            },
        ),
        migrations.CreateModel(
            name='Sound',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='sound', serialize=False, to='recordings.recording')),
                ('data', models.BinaryField()),
            ],
        ),
    ]
