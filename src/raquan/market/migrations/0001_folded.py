import django.db.models.deletion
import raquan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('market', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('campaign', '0001_folded'),
        ('people', '0001_folded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=9, unique=True)),
                ('request_id', models.UUIDField(unique=True)),
                ('title', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=400)),
                ('form', models.CharField(max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('services', models.CharField(blank=True, max_length=1000)),
                ('places', models.CharField(blank=True, max_length=1000)),
                ('place_paths', models.CharField(blank=True, max_length=3000)),
                ('percent', models.PositiveSmallIntegerField(null=True)),
                ('unit_price', models.PositiveBigIntegerField(null=True)),
                ('unit_value', models.PositiveBigIntegerField(null=True)),
                ('total_value', models.PositiveBigIntegerField(null=True)),
                ('days_before', models.PositiveSmallIntegerField(null=True)),
                ('is_concentrated', models.BooleanField(default=False)),
                ('programme', models.CharField(blank=True, max_length=300)),
                ('notice_number', models.CharField(blank=True, max_length=60)),
                ('notice_on', models.DateField(null=True)),
                ('redeem', models.CharField(max_length=8)),
                ('link', models.CharField(blank=True, max_length=500)),
                ('where', models.CharField(blank=True, max_length=500)),
                ('terms', models.TextField(blank=True)),
                ('how_to_use', models.TextField(blank=True)),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('approved_over', models.JSONField(default=list)),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaign.campaign')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['campaign', 'state', 'ends_on'], name='offer_by_state'), models.Index(fields=['organization', 'state'], name='offer_by_enterprise')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'approved', 'published', 'suspended', 'ended'])), name='offer_state_known'), models.CheckConstraint(condition=models.Q(('form__in', ['sample', 'gift', 'discount', 'voucher', 'contest', 'lucky_draw', 'loyalty', 'other'])), name='offer_form_known'), models.CheckConstraint(condition=models.Q(('redeem__in', ['counter', 'link'])), name='offer_redeem_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='offer_days_in_order'), models.CheckConstraint(condition=models.Q(('percent__isnull', True), ('percent__lte', 100), _connector='OR'), name='offer_percent'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('state__in', ['published', 'suspended'])), models.Q(('state__in', ['published', 'suspended']), _negated=True), _connector='OR'), name='offer_published_when')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('sort_key', models.CharField(max_length=400)),
                ('tax_code', models.CharField(max_length=14)),
                ('address', models.CharField(max_length=300)),
                ('home_page', models.CharField(blank=True, max_length=200)),
                ('about', models.TextField(blank=True)),
                ('contact_name', models.CharField(max_length=200)),
                ('contact_login', models.CharField(max_length=254)),
                ('state', models.CharField(max_length=10)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('sent_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('user_id', models.UUIDField(null=True)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'sent_at'], name='registration_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'returned', 'accepted'])), name='registration_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', False), ('state', 'accepted'), ('user_id__isnull', False)), models.Q(models.Q(('state', 'accepted'), _negated=True), ('organization__isnull', True), ('user_id__isnull', True)), _connector='OR'), name='registration_became_somebody'), models.UniqueConstraint(fields=('organization',), name='registration_made_its_own')],
            },
        ),
        migrations.CreateModel(
            name='OfferResult',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('grade', models.CharField(max_length=8)),
                ('redeemed', models.PositiveIntegerField()),
                ('new_customers', models.PositiveIntegerField(null=True)),
                ('value', models.PositiveBigIntegerField(null=True)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('said_at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='market.offer')),
            ],
            options={
                'indexes': [models.Index(fields=['month'], name='offer_result_by_month')],
                'constraints': [models.UniqueConstraint(fields=('offer', 'month'), name='offer_result_once_a_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='offer_result_month_begins'), models.CheckConstraint(condition=models.Q(('grade__in', ['stated', 'supplied'])), name='offer_result_grade')],
            },
        ),
    ]
