"""Takes in the tables of help desks, which outings.0006_help_desks_leave has renamed: nothing is made anew.

What was done to desks is found under their model's new name.
"""

import django.db.models.deletion
from django.db import migrations, models

import raquan.kernel.ids


def rename_subject(apps, schema_editor):
    apps.get_model("ledger", "AuditEntry").objects.filter(subject="outings.HelpDesk").update(subject="helpdesks.HelpDesk")


def rename_subject_back(apps, schema_editor):
    apps.get_model("ledger", "AuditEntry").objects.filter(subject="helpdesks.HelpDesk").update(subject="outings.HelpDesk")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('outings', '0006_help_desks_leave'),
        ('people', '0004_access_tokens'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='HelpDesk',
                    fields=[
                        ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
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
                ),
                migrations.CreateModel(
                    name='HelpDeskService',
                    fields=[
                        ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('service_code', models.CharField(max_length=60)),
                        ('position', models.PositiveSmallIntegerField()),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='helpdesks.helpdesk')),
                    ],
                ),
                migrations.CreateModel(
                    name='OpeningHours',
                    fields=[
                        ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ('weekday', models.PositiveSmallIntegerField()),
                        ('opens_at', models.TimeField()),
                        ('closes_at', models.TimeField()),
                        ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='helpdesks.helpdesk')),
                    ],
                ),
                migrations.AddConstraint(
                    model_name='helpdesk',
                    constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='help_desk_ends_after_start'),
                ),
                migrations.AddConstraint(
                    model_name='helpdesk',
                    constraint=models.UniqueConstraint(fields=('organization', 'site', 'valid_from'), name='help_desk_once'),
                ),
                migrations.AddConstraint(
                    model_name='closure',
                    constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='closure_ends_after_start'),
                ),
                migrations.AddConstraint(
                    model_name='closure',
                    constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='closure_has_reason'),
                ),
                migrations.AddConstraint(
                    model_name='closure',
                    constraint=models.UniqueConstraint(condition=models.Q(('desk__isnull', False), ('withdrawn_at__isnull', True)), fields=('desk', 'first_on', 'last_on'), name='closure_once_a_desk'),
                ),
                migrations.AddConstraint(
                    model_name='closure',
                    constraint=models.UniqueConstraint(condition=models.Q(('desk__isnull', True), ('withdrawn_at__isnull', True)), fields=('first_on', 'last_on'), name='closure_once_everywhere'),
                ),
                migrations.AddConstraint(
                    model_name='helpdeskservice',
                    constraint=models.UniqueConstraint(fields=('desk', 'service_code'), name='help_desk_service_once'),
                ),
                migrations.AddConstraint(
                    model_name='openinghours',
                    constraint=models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='opening_hours_weekday_known'),
                ),
                migrations.AddConstraint(
                    model_name='openinghours',
                    constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='opening_hours_close_after_opening'),
                ),
                migrations.AddConstraint(
                    model_name='openinghours',
                    constraint=models.UniqueConstraint(fields=('desk', 'weekday', 'opens_at'), name='opening_hours_once'),
                ),
            ],
        ),
        migrations.RunPython(rename_subject, rename_subject_back),
    ]
