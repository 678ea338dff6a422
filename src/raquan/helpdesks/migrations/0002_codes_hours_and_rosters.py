"""Desks get a public code, hours get the times between which they held, and desks get a roster."""

import django.db.models.deletion
from django.db import migrations, models

import raquan.kernel.ids


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesks', '0001_initial'),
        ('people', '0004_access_tokens'),
    ]

    operations = [
        # Empty until 0003 has given each desk its code.
        migrations.AddField(
            model_name='helpdesk',
            name='code',
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='begun_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(model_name='openinghours', name='opening_hours_once'),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('desk', 'weekday', 'opens_at'), name='opening_hours_once'),
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
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.user')),
            ],
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 7)), name='shift_weekday_known'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__isnull', True), ('last_on__gte', models.F('first_on')), _connector='OR'), name='shift_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('desk', 'user', 'weekday', 'first_on'), name='shift_once'),
        ),
    ]
