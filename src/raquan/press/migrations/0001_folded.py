import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('press', '0001_initial'),
        ('press', '0002_press_items'),
    ]

    initial = True

    dependencies = [
        ('analytics', '0001_folded'),
        ('campaign', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('serial', models.PositiveIntegerField()),
                ('state', models.CharField(max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=200)),
                ('lead', models.CharField(blank=True, max_length=500)),
                ('body', models.TextField()),
                ('number', models.CharField(blank=True, max_length=60)),
                ('dated_on', models.DateField()),
                ('contact', models.CharField(blank=True, max_length=300)),
                ('figures', models.JSONField(default=list)),
                ('shown_from', models.DateTimeField(null=True)),
                ('shown_until', models.DateTimeField(null=True)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.UUIDField(null=True)),
                ('written_by_name', models.CharField(blank=True, max_length=200)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by_name', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('withdraw_reason', models.CharField(blank=True, max_length=500)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='analytics.snapshot')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'kind', 'state', '-shown_from'], name='publication_shown')],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'kind', 'serial'), name='publication_serial_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['release', 'news'])), name='publication_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'corrected', 'withdrawn', 'dropped'])), name='publication_state_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'dropped']), ('published_at__isnull', False), _connector='OR'), name='publication_published_at'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), models.Q(('withdraw_reason', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdraw_reason', '')), _connector='OR'), name='publication_withdrawn_with_reason'), models.CheckConstraint(condition=models.Q(('shown_until__isnull', True), ('shown_from__isnull', True), ('shown_until__gt', models.F('shown_from')), _connector='OR'), name='publication_ends_after_begin')],
            },
        ),
        migrations.CreateModel(
            name='ResultsPack',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('totals', models.JSONField()),
                ('packed_at', models.DateTimeField()),
                ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='analytics.snapshot')),
            ],
        ),
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
        migrations.CreateModel(
            name='ProgrammeItem',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('starts_at', models.TimeField()),
                ('ends_at', models.TimeField(null=True)),
                ('place', models.CharField(max_length=200)),
                ('what', models.CharField(max_length=200)),
                ('who', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'starts_at'], name='programme_of_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='programme_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at__isnull', True)), models.Q(('cancelled_at__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='programme_cancelled_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('sizes', models.JSONField()),
                ('alternative', models.CharField(max_length=300)),
                ('caption', models.CharField(max_length=300)),
                ('credit', models.CharField(max_length=200)),
                ('licence', models.CharField(max_length=12)),
                ('consent', models.CharField(max_length=8)),
                ('consent_note', models.CharField(blank=True, max_length=300)),
                ('is_illustration', models.BooleanField()),
                ('added_at', models.DateTimeField()),
                ('added_by_name', models.CharField(blank=True, max_length=200)),
                ('taken_off_at', models.DateTimeField(null=True)),
                ('taken_off_reason', models.CharField(blank=True, max_length=300)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='press.publication')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('alternative', ''), _negated=True), name='picture_has_alternative'), models.CheckConstraint(condition=models.Q(('licence__in', ['cc_by', 'cc_by_sa', 'press', 'reserved'])), name='picture_licence_known'), models.CheckConstraint(condition=models.Q(('consent', 'nobody'), models.Q(('consent', 'agreed'), models.Q(('consent_note', ''), _negated=True)), _connector='OR'), name='picture_consent_noted'), models.UniqueConstraint(condition=models.Q(('taken_off_at__isnull', True)), fields=('publication', 'sha256'), name='picture_once')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=500)),
                ('why', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('before', models.JSONField()),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='press.publication')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('publication', 'number'), name='correction_once')],
            },
        ),
    ]
