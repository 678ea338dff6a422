import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('catalogue', '0001_initial'),
        ('catalogue', '0002_guides'),
        ('catalogue', '0003_answers'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceGroup',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.JSONField()),
                ('position', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('bottleneck_code', models.CharField(max_length=40)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('checked_on', models.DateField(null=True)),
                ('question', models.JSONField()),
                ('steps', models.JSONField()),
                ('note', models.JSONField(null=True)),
                ('services', models.JSONField(default=list)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bottleneck_code', 'valid_from'), name='answer_once_a_day'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='answer_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Bottleneck',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('name', models.JSONField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='bottleneck_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Guide',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('service_code', models.CharField(max_length=60)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('checked_on', models.DateField(null=True)),
                ('bring', models.JSONField(default=list)),
                ('steps', models.JSONField()),
                ('cost', models.JSONField(null=True)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('note', models.JSONField(null=True)),
                ('source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service_code', 'valid_from'), name='guide_once_a_day'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='guide_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('stage', models.CharField(max_length=12)),
                ('name', models.JSONField()),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rungs', to='catalogue.servicegroup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'code'), name='rung_once_a_group'), models.CheckConstraint(condition=models.Q(('stage__in', ['helped', 'installed', 'activated', 'first_use'])), name='rung_stage_known')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('name', models.JSONField()),
                ('provider', models.JSONField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
                ('sort_key', models.CharField(max_length=1000)),
                ('search_key', models.CharField(max_length=300)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='catalogue.servicegroup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='service_once_a_day'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='service_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='StepRestriction',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('service_code', models.CharField(max_length=60)),
                ('performer', models.CharField(max_length=40)),
                ('performer_name', models.JSONField()),
                ('note', models.JSONField()),
                ('rung', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='catalogue.rung')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service_code', 'rung'), name='restriction_once_a_step')],
            },
        ),
    ]
