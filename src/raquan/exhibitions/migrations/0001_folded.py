import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('exhibitions', '0001_initial'),
        ('exhibitions', '0002_booth_photos'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exhibition',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=9, unique=True)),
                ('request_id', models.UUIDField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=400)),
                ('place_code', models.CharField(max_length=20)),
                ('where', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('opens_at', models.TimeField()),
                ('closes_at', models.TimeField()),
                ('apply_until', models.DateField()),
                ('fields', models.JSONField(default=list)),
                ('about', models.TextField(blank=True)),
                ('plan', models.TextField(blank=True)),
                ('cell_cm', models.PositiveSmallIntegerField()),
                ('post_watts', models.PositiveIntegerField()),
                ('most_booths', models.PositiveSmallIntegerField()),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'state', 'starts_on'], name='exhibition_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'applying', 'allocated', 'open', 'closed', 'cancelled'])), name='exhibition_state_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='exhibition_days_in_order'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='exhibition_hours_in_order')],
            },
        ),
        migrations.CreateModel(
            name='BoothApplication',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=9, unique=True)),
                ('request_id', models.UUIDField(unique=True)),
                ('title', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=2000)),
                ('field', models.CharField(max_length=100)),
                ('items', models.JSONField(default=list)),
                ('about', models.TextField(blank=True)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('width_cm', models.PositiveSmallIntegerField()),
                ('depth_cm', models.PositiveSmallIntegerField()),
                ('watts', models.PositiveIntegerField()),
                ('tables', models.PositiveSmallIntegerField()),
                ('wifi', models.BooleanField()),
                ('prefers', models.CharField(blank=True, max_length=5)),
                ('apart', models.BooleanField()),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('proposed', models.CharField(blank=True, max_length=5)),
                ('why', models.JSONField(default=list)),
                ('booth', models.CharField(blank=True, max_length=5)),
                ('sent_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('exhibition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='exhibitions.exhibition')),
            ],
            options={
                'indexes': [models.Index(fields=['exhibition', 'state'], name='booth_application_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'returned', 'approved', 'allocated', 'withdrawn', 'refused'])), name='booth_application_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'allocated'), models.Q(('booth', ''), _negated=True)), models.Q(models.Q(('state', 'allocated'), _negated=True), ('booth', '')), _connector='OR'), name='booth_application_has_booth'), models.UniqueConstraint(condition=models.Q(('booth', ''), _negated=True), fields=('exhibition', 'booth'), name='booth_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('request_id', models.UUIDField(unique=True)),
                ('held_on', models.DateField()),
                ('at', models.TimeField()),
                ('booth', models.CharField(blank=True, max_length=5)),
                ('text', models.CharField(max_length=500)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('exhibition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='exhibitions.exhibition')),
            ],
            options={
                'indexes': [models.Index(fields=['exhibition', 'held_on'], name='incident_by_day')],
            },
        ),
        migrations.CreateModel(
            name='BoothDay',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField()),
                ('grade', models.CharField(max_length=8)),
                ('heads', models.PositiveIntegerField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('said_at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='exhibitions.boothapplication')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'held_on', 'grade'), name='booth_day_once_a_grade'), models.CheckConstraint(condition=models.Q(('grade__in', ['tallied', 'stated'])), name='booth_day_grade')],
            },
        ),
        migrations.CreateModel(
            name='BoothPhoto',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('sizes', models.JSONField()),
                ('caption', models.CharField(max_length=200)),
                ('added_at', models.DateTimeField()),
                ('added_by_name', models.CharField(blank=True, max_length=200)),
                ('taken_off_at', models.DateTimeField(null=True)),
                ('taken_off_reason', models.CharField(blank=True, max_length=300)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='exhibitions.boothapplication')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('caption', ''), _negated=True), name='booth_photo_has_caption'), models.UniqueConstraint(condition=models.Q(('taken_off_at__isnull', True)), fields=('application', 'sha256'), name='booth_photo_once')],
            },
        ),
        migrations.CreateModel(
            name='BoothVisit',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('visited_on', models.DateField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='exhibitions.boothapplication')),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'visited_on'], name='booth_visit_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(max_length=8)),
                ('sealed', models.BinaryField(null=True)),
                ('consent', models.TextField()),
                ('left_at', models.DateTimeField()),
                ('purge_on', models.DateField()),
                ('emptied_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('outcome_at', models.DateTimeField(null=True)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='exhibitions.boothapplication')),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'left_at'], name='contact_by_booth'), models.Index(condition=models.Q(('emptied_at__isnull', True)), fields=['purge_on'], name='contact_to_purge')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['advice', 'trial', 'price', 'teach'])), name='contact_purpose_known'), models.CheckConstraint(condition=models.Q(('outcome', ''), ('outcome__in', ['contacted', 'trial', 'contract', 'nothing']), _connector='OR'), name='contact_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('emptied_at__isnull', True), ('sealed__isnull', False)), models.Q(('emptied_at__isnull', False), ('sealed__isnull', True)), _connector='OR'), name='contact_sealed_or_emptied')],
            },
        ),
    ]
