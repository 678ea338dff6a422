import django.db.models.deletion
import raquan.kernel.ids
from django.conf import settings
from django.db import migrations, models


def load_packaged(apps, schema_editor):
    """Give every installation the packaged list; an office replaces it by loading its own."""
    from raquan.outings.gateways import read_kit

    items = apps.get_model("outings", "KitItem").objects
    for position, row in enumerate(read_kit()):
        items.create(code=row.code, name=row.name, aim=row.aim, site_kind=row.site_kind, position=position)


class Migration(migrations.Migration):

    replaces = [
        ('outings', '0001_initial'),
        ('outings', '0002_teams_change_and_check_in'),
        ('outings', '0003_help_desks'),
        ('outings', '0004_kit'),
        ('outings', '0005_site_holds'),
        ('outings', '0006_help_desks_leave'),
        ('outings', '0007_outings_in_order'),
        ('outings', '0008_outings_by_state'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('people', '0001_folded'),
        ('people', '__first__'),
        ('places', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='KitItem',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', models.JSONField()),
                ('aim', models.CharField(blank=True, max_length=12)),
                ('site_kind', models.CharField(blank=True, max_length=20)),
                ('position', models.PositiveSmallIntegerField()),
                ('is_listed', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=20)),
                ('place_code', models.CharField(max_length=10)),
                ('place_path', models.CharField(max_length=100)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('sort_key', models.CharField(max_length=600)),
                ('ended_on', models.DateField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('name', 'place'), name='site_once_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_on__isnull', True)), models.Q(('ended_on__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='site_ended_with_reason'), models.CheckConstraint(condition=models.Q(('kind__in', ['one_stop_shop', 'market', 'village_hall', 'street', 'school', 'shop'])), name='site_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__gte', -90), ('lat__lte', 90), ('lon__gte', -180), ('lon__lte', 180)), _connector='OR'), name='site_coordinates_whole')],
            },
        ),
        migrations.CreateModel(
            name='Outing',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('place_path', models.CharField(max_length=100)),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField()),
                ('ends_at', models.TimeField()),
                ('aim', models.CharField(max_length=12)),
                ('language', models.CharField(max_length=8)),
                ('expected_people', models.PositiveIntegerField(null=True)),
                ('capacity', models.PositiveIntegerField(null=True)),
                ('state', models.CharField(max_length=12)),
                ('planned_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.task')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outings', to='outings.site')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'held_on', 'starts_at', 'code', 'ends_at', 'state'], name='outing_in_order'), models.Index(fields=['campaign', 'state'], name='outing_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='outing_ends_after_start'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'open', 'done', 'cancelled'])), name='outing_state_known'), models.CheckConstraint(condition=models.Q(('aim__in', ['awareness', 'hands_on'])), name='outing_aim_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='outing_cancelled_with_reason'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('organization', 'site', 'held_on', 'starts_at'), name='outing_once_an_hour')],
            },
        ),
        migrations.CreateModel(
            name='SiteHold',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(unique=True)),
                ('until', models.DateField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='outings.site')),
            ],
        ),
        migrations.CreateModel(
            name='KitTick',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_packed', models.BooleanField()),
                ('changed_at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='outings.kititem')),
                ('outing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kit', to='outings.outing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outing', 'item'), name='kit_tick_once')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='outings.outing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outing', 'user'), name='check_in_once')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(max_length=8)),
                ('assigned_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team', to='outings.outing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('outing', 'user'), name='assignment_once'), models.CheckConstraint(condition=models.Q(('part__in', ['leader', 'helper'])), name='assignment_part_known'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('part', 'leader')), fields=('outing',), name='assignment_one_leader')],
            },
        ),
        migrations.CreateModel(
            name='OutingService',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('service_code', models.CharField(max_length=60)),
                ('position', models.PositiveSmallIntegerField()),
                ('outing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='outings.outing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outing', 'service_code'), name='outing_service_once')],
            },
        ),
        migrations.RunPython(load_packaged, migrations.RunPython.noop),
    ]
