import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('places', '0001_initial'),
        ('places', '0002_borders'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=10)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('level', models.CharField(choices=[('province', 'province'), ('district', 'district'), ('commune', 'commune')], max_length=10)),
                ('type', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('parent_code', models.CharField(blank=True, max_length=10)),
                ('lat', models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ('lon', models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ('sort_key', models.CharField(max_length=500)),
                ('search_key', models.CharField(max_length=1000)),
            ],
            options={
                'indexes': [models.Index(fields=['parent_code', 'valid_from'], name='unit_parent')],
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='unit_key'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_ends_after'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'province'), ('parent_code', ''), ('type__in', ('tỉnh', 'thành phố'))), models.Q(models.Q(models.Q(('level', 'district'), ('type__in', ('thành phố', 'thị xã', 'quận', 'huyện'))), models.Q(('level', 'commune'), ('type__in', ('phường', 'thị trấn', 'xã', 'đặc khu'))), _connector='OR'), models.Q(('parent_code', ''), _negated=True)), _connector='OR'), name='unit_level_type_parent'), models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__isnull', False), ('lon__isnull', False), ('lat__gte', -90), ('lat__lte', 90), ('lon__gte', -180), ('lon__lte', 180)), _connector='OR'), name='unit_point'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='unit_named')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_default', models.BooleanField()),
                ('share', models.DecimalField(decimal_places=4, max_digits=5, null=True)),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='became', to='places.unit')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('from_unit', 'to_unit'), name='succession_key'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('from_unit',), name='succession_one_default'), models.CheckConstraint(condition=models.Q(('from_unit', models.F('to_unit')), _negated=True), name='succession_moves'), models.CheckConstraint(condition=models.Q(('share__isnull', True), models.Q(('share__gt', 0), ('share__lte', 1)), _connector='OR'), name='succession_share')],
            },
        ),
        migrations.CreateModel(
            name='Border',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('rings', models.JSONField()),
                ('source', models.CharField(max_length=300)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='border', to='places.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='border_sourced')],
            },
        ),
    ]
