import django.db.models.deletion
import django.db.models.expressions
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('vouchers', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('cards', '0001_folded'),
        ('market', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('sort_key', models.CharField(max_length=400)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('enrolled_at', models.DateTimeField()),
                ('synced_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'enrolled_at'], name='counter_by_enterprise')],
            },
        ),
        migrations.CreateModel(
            name='EnrolmentCode',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'expires_at'], name='enrolment_by_enterprise')],
            },
        ),
        migrations.CreateModel(
            name='VoucherRun',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('request_id', models.UUIDField(unique=True)),
                ('title', models.JSONField()),
                ('sort_key', models.CharField(max_length=400)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('quota', models.PositiveIntegerField()),
                ('counted', models.PositiveIntegerField(default=0)),
                ('held', models.PositiveIntegerField(default=0)),
                ('uses', models.PositiveBigIntegerField(default=0)),
                ('per_card', models.PositiveIntegerField(null=True)),
                ('per_counter_day', models.PositiveIntegerField(null=True)),
                ('lease_most', models.PositiveIntegerField()),
                ('lease_hours', models.PositiveSmallIntegerField()),
                ('settle_hours', models.PositiveSmallIntegerField()),
                ('public_key', models.CharField(max_length=200)),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('made_by_name', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='market.offer')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'state'], name='run_by_enterprise'), models.Index(fields=['campaign', 'state'], name='run_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'suspended', 'closed'])), name='run_state_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='run_days_in_order'), models.CheckConstraint(condition=models.Q(('quota__gte', django.db.models.expressions.CombinedExpression(models.F('counted'), '+', models.F('held')))), name='run_within_quota'), models.CheckConstraint(condition=models.Q(models.Q(('counted', 0), ('held', 0), ('state', 'draft')), models.Q(('state', 'draft'), _negated=True), _connector='OR'), name='run_draft_is_untouched')],
            },
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('request_id', models.UUIDField()),
                ('granted', models.PositiveIntegerField()),
                ('counted', models.PositiveIntegerField(default=0)),
                ('freed', models.PositiveIntegerField(default=0)),
                ('arrived', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('settles_at', models.DateTimeField()),
                ('state', models.CharField(max_length=10)),
                ('ended_at', models.DateTimeField(null=True)),
                ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leases', to='vouchers.counter')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leases', to='vouchers.voucherrun')),
            ],
            options={
                'indexes': [models.Index(fields=['counter', 'state'], name='lease_by_counter'), models.Index(fields=['state', 'settles_at'], name='lease_to_settle')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['held', 'returned', 'expired'])), name='lease_state_known'), models.CheckConstraint(condition=models.Q(('granted__gte', django.db.models.expressions.CombinedExpression(models.F('counted'), '+', models.F('freed')))), name='lease_within_grant'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('ended_at__isnull', False), ('granted', django.db.models.expressions.CombinedExpression(models.F('counted'), '+', models.F('freed')))), _connector='OR'), name='lease_ended_holds_nothing'), models.UniqueConstraint(fields=('counter', 'run', 'request_id'), name='lease_once_a_request')],
            },
        ),
        migrations.CreateModel(
            name='RedemptionFailure',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=16)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('failed_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='failures', to='vouchers.counter')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='failures', to='vouchers.voucherrun')),
            ],
            options={
                'indexes': [models.Index(fields=['run', 'reason'], name='failure_by_run'), models.Index(fields=['organization', 'received_at'], name='failure_by_enterprise')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['altered', 'other_run', 'expired', 'used', 'not_begun', 'no_lease', 'lease_expired', 'suspended', 'card_limit', 'counter_limit', 'unreadable'])), name='failure_reason')],
            },
        ),
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('serial', models.PositiveIntegerField(null=True)),
                ('amount', models.PositiveBigIntegerField(null=True)),
                ('redeemed_at', models.DateTimeField()),
                ('redeemed_on', models.DateField()),
                ('clock', models.CharField(max_length=8)),
                ('outcome', models.CharField(max_length=8)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('is_counted', models.BooleanField(default=False)),
                ('takes_code', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cards.card')),
                ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='vouchers.counter')),
                ('lease', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='vouchers.lease')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='vouchers.voucherrun')),
            ],
            options={
                'indexes': [models.Index(fields=['run', 'received_at'], name='redemption_by_run'), models.Index(fields=['organization', 'received_at'], name='redemption_by_enterprise'), models.Index(fields=['counter', 'redeemed_on'], name='redemption_by_counter_day'), models.Index(fields=['run', 'redeemed_on'], name='redemption_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('takes_code', True)), fields=('run', 'serial'), name='redemption_once'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'accepted'), ('reason', ''), ('run__isnull', False), ('serial__isnull', False)), models.Q(('is_counted', False), ('outcome', 'refused'), ('takes_code', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='redemption_one_outcome'), models.CheckConstraint(condition=models.Q(('is_counted', False), ('takes_code', True), _connector='OR'), name='redemption_counted_takes_its_code'), models.CheckConstraint(condition=models.Q(('clock__in', ['anchored', 'wall'])), name='redemption_clock')],
            },
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('reversed_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=8)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('received_at', models.DateTimeField()),
                ('counter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='vouchers.counter')),
                ('redemption', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='vouchers.redemption')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', 'accepted')), fields=('redemption',), name='reversal_once'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'accepted'), ('reason', ''), ('redemption__isnull', False)), models.Q(('outcome', 'refused'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='reversal_one_outcome')],
            },
        ),
    ]
