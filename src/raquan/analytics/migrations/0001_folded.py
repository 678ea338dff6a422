import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('analytics', '0001_initial'),
        ('analytics', '0002_snapshot_signature'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('frozen_at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('fact_seq', models.BigIntegerField()),
                ('manifest', models.JSONField()),
                ('manifest_sha256', models.CharField(max_length=64, unique=True)),
                ('previous_sha256', models.CharField(blank=True, max_length=64)),
                ('is_synthetic', models.BooleanField()),
                ('signature', models.TextField(blank=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'number'), name='snapshot_number_once'), models.UniqueConstraint(fields=('campaign', 'previous_sha256'), name='snapshot_chain_no_fork'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='snapshot_number_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous_sha256', '')), models.Q(('number__gt', 1), models.Q(('previous_sha256', ''), _negated=True)), _connector='OR'), name='snapshot_chained')],
            },
        ),
    ]
