import django.db.models.deletion
import raquan.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('notices', '0001_initial'),
        ('notices', '0002_browser'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_folded'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('quiet_from', models.TimeField()),
                ('quiet_to', models.TimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Browser',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('endpoint', models.CharField(blank=True, max_length=1000)),
                ('p256dh', models.CharField(blank=True, max_length=88)),
                ('auth', models.CharField(blank=True, max_length=24)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['user'], name='browser_of_user')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('endpoint',), name='browser_of_one_person'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('auth', ''), ('endpoint', ''), ('p256dh', '')), _connector='OR'), name='browser_forgotten_when_ended')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'made_at'], name='message_of_user')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=200)),
                ('text', models.CharField(max_length=300)),
                ('params', models.JSONField(default=dict)),
                ('href', models.CharField(max_length=300)),
                ('role', models.CharField(blank=True, max_length=32)),
                ('told_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('spread_at', models.DateTimeField(null=True)),
                ('escalate_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True), ('spread_at__isnull', True)), fields=['next_at'], name='notice_to_spread'), models.Index(condition=models.Q(('escalated_at__isnull', True), ('settled_at__isnull', True)), fields=['escalate_at'], name='notice_to_escalate')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='notice_told_once'), models.CheckConstraint(condition=models.Q(models.Q(('role', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('role', ''), _negated=True)), _connector='OR'), name='notice_is_for_a_person_or_a_role')],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(max_length=8)),
                ('address', models.CharField(max_length=254)),
                ('state', models.CharField(default='waiting', max_length=12)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('again', models.PositiveIntegerField(default=0)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('tried_at', models.DateTimeField(null=True)),
                ('browser', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.browser')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='notices.message')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('browser__isnull', True)), fields=('message', 'channel'), name='dispatch_once_a_channel'), models.UniqueConstraint(fields=('message', 'browser'), name='dispatch_once_a_browser'), models.CheckConstraint(condition=models.Q(models.Q(('browser__isnull', False), ('channel', 'push')), models.Q(models.Q(('channel', 'push'), _negated=True), ('browser__isnull', True)), _connector='OR'), name='dispatch_to_a_browser_by_push'), models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'sms', 'push'])), name='dispatch_channel'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'failed', 'unknown', 'withdrawn'])), name='dispatch_state')],
            },
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('is_escalation', models.BooleanField(default=False)),
                ('read_at', models.DateTimeField(null=True)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='notices.message')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='notices.notice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-made_at'], name='telling_of_user'), models.Index(condition=models.Q(('message__isnull', True)), fields=['user'], name='telling_to_gather')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'user'), name='telling_once_a_person')],
            },
        ),
    ]
