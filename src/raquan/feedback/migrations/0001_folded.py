import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('feedback', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('mood', models.CharField(blank=True, max_length=8)),
                ('topics', models.JSONField(default=list)),
                ('wants_answer', models.BooleanField()),
                ('about_code', models.CharField(blank=True, max_length=20)),
                ('state', models.CharField(max_length=12)),
                ('sent_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('entries_count', models.PositiveSmallIntegerField(default=0)),
                ('close_reason', models.CharField(blank=True, max_length=300)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'organization', 'sent_at'], name='feedback_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['noted', 'waiting', 'answered', 'closed'])), name='feedback_state_known'), models.CheckConstraint(condition=models.Q(('mood', ''), ('mood__in', ['good', 'fair', 'poor']), _connector='OR'), name='feedback_mood_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), models.Q(('close_reason', ''), _negated=True)), models.Q(models.Q(('state', 'closed'), _negated=True), ('close_reason', '')), _connector='OR'), name='feedback_closed_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('by_user_id', models.UUIDField(null=True)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('organization_name', models.CharField(blank=True, max_length=300)),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='feedback.feedback')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('feedback', 'number'), name='feedback_entry_once')],
            },
        ),
    ]
