import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('links', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8, unique=True)),
                ('target', models.CharField(max_length=1000)),
                ('label', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=400)),
                ('channel', models.CharField(max_length=12)),
                ('about_kind', models.CharField(blank=True, max_length=30)),
                ('about_id', models.CharField(blank=True, max_length=60)),
                ('made_at', models.DateTimeField()),
                ('ends_on', models.DateField(null=True)),
                ('state', models.CharField(max_length=8)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('visits', models.PositiveBigIntegerField(default=0)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'made_at'], name='link_by_unit'), models.Index(fields=['about_kind', 'about_id'], name='link_by_thing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['live', 'stopped'])), name='link_state_known'), models.CheckConstraint(condition=models.Q(('channel__in', ['portal', 'zalo', 'facebook', 'tiktok', 'sms', 'email', 'radio', 'loudspeaker', 'press', 'led', 'shop', 'street', 'poster', 'leaflet', 'other'])), name='link_channel_known')],
            },
        ),
        migrations.CreateModel(
            name='LinkDay',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('visits', models.PositiveIntegerField()),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='links.link')),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='link_day_by_day')],
                'constraints': [models.UniqueConstraint(fields=('link', 'day'), name='link_counted_once_a_day')],
            },
        ),
    ]
