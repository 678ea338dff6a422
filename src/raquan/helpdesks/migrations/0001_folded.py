import django.db.models.deletion
import raquan.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('helpdesks', '0001_initial'),
        ('helpdesks', '0002_codes_hours_and_rosters'),
        ('helpdesks', '0003_give_codes'),
        ('helpdesks', '0004_codes_are_unique'),
    ]

    initial = True

    dependencies = [
        ('outings', '0001_folded'),
        ('people', '0001_folded'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpDesk',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('place_path', models.CharField(max_length=100)),
                ('language', models.CharField(max_length=8)),
                ('capacity', models.PositiveIntegerField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('set_up_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outings.site')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='help_desk_ends_after_start'), models.UniqueConstraint(fields=('organization', 'site', 'valid_from'), name='help_desk_once')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('desk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='helpdesks.helpdesk')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='closure_ends_after_start'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='closure_has_reason'), models.UniqueConstraint(condition=models.Q(('desk__isnull', False), ('withdrawn_at__isnull', True)), fields=('desk', 'first_on', 'last_on'), name='closure_once_a_desk'), models.UniqueConstraint(condition=models.Q(('desk__isnull', True), ('withdrawn_at__isnull', True)), fields=('first_on', 'last_on'), name='closure_once_everywhere')],
            },
        ),
        migrations.CreateModel(
            name='HelpDeskService',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('service_code', models.CharField(max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='helpdesks.helpdesk')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('desk', 'service_code'), name='help_desk_service_once')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens_at', models.TimeField()),
                ('closes_at', models.TimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='helpdesks.helpdesk')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='opening_hours_weekday_known'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='opening_hours_close_after_opening'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('desk', 'weekday', 'opens_at'), name='opening_hours_once')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('first_on', models.DateField()),
                ('last_on', models.DateField(null=True)),
                ('put_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='helpdesks.helpdesk')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 7)), name='shift_weekday_known'), models.CheckConstraint(condition=models.Q(('last_on__isnull', True), ('last_on__gte', models.F('first_on')), _connector='OR'), name='shift_ends_after_start'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('desk', 'user', 'weekday', 'first_on'), name='shift_once')],
            },
        ),
    ]
