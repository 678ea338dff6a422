
import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaign', '0006_task_indicators'),
        ('press', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PressItem',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('outlet', models.CharField(max_length=120)),
                ('outlet_key', models.CharField(max_length=240)),
                ('search_key', models.TextField()),
                ('author', models.CharField(blank=True, max_length=120)),
                ('published_at', models.DateTimeField()),
                ('address', models.CharField(blank=True, max_length=500)),
                ('title', models.CharField(max_length=300)),
                ('topic', models.CharField(blank=True, max_length=120)),
                ('reply_due_on', models.DateField(null=True)),
                ('replied_at', models.DateTimeField(null=True)),
                ('reply_how', models.CharField(blank=True, max_length=500)),
                ('replied_by_name', models.CharField(blank=True, max_length=120)),
                ('aside_reason', models.CharField(blank=True, max_length=500)),
                ('noted_at', models.DateTimeField()),
                ('noted_by_name', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', '-published_at'], name='press_item_by_time'), models.Index(fields=['campaign', 'state', 'reply_due_on'], name='press_item_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('campaign', 'address'), name='press_item_address_once'), models.CheckConstraint(condition=models.Q(('state__in', ['owed', 'noted', 'replied', 'set_aside'])), name='press_item_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('reply_due_on__isnull', False), ('state', 'owed')), models.Q(('reply_due_on__isnull', True), ('state', 'noted')), ('state__in', ['replied', 'set_aside']), _connector='OR'), name='press_item_owed_until'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', False), ('state', 'replied'), models.Q(('reply_how', ''), _negated=True)), models.Q(models.Q(('state', 'replied'), _negated=True), ('replied_at__isnull', True), ('reply_how', '')), _connector='OR'), name='press_item_replied_how'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'set_aside'), models.Q(('aside_reason', ''), _negated=True)), models.Q(models.Q(('state', 'set_aside'), _negated=True), ('aside_reason', '')), _connector='OR'), name='press_item_aside_why')],
            },
        ),
    ]
