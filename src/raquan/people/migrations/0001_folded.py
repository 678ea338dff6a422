import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import raquan.kernel.ids
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_constraints'),
        ('people', '0003_field_codes'),
        ('people', '0004_access_tokens'),
        ('people', '0005_readiness'),
        ('people', '0006_reviewers'),
        ('people', '0007_app_users'),
        ('people', '0008_invitations_and_stand_ins'),
        ('people', '0009_sort_people'),
        ('people', '0010_invitations_say_who_made_them'),
        ('people', '0011_enterprise_officers'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('full_name', models.CharField(max_length=200)),
                ('login', models.CharField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('sort_key', models.CharField(default='', editable=False, max_length=400)),
                ('search_key', models.CharField(default='', editable=False, max_length=400)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='user_number_counts_from_1'), models.CheckConstraint(condition=models.Q(('login', django.db.models.functions.text.Lower('login')), models.Q(('login', ''), _negated=True)), name='user_login_normalized')],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, null=True, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(blank=True, max_length=60)),
                ('level', models.CharField(choices=[('province', 'province'), ('department', 'department'), ('district', 'district'), ('commune', 'commune'), ('enterprise', 'enterprise'), ('union', 'union')], max_length=16)),
                ('place_code', models.CharField(max_length=5, null=True)),
                ('aliases', models.JSONField(default=list)),
                ('sort_key', models.CharField(max_length=400)),
                ('search_key', models.CharField(max_length=400)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('name'), models.F('level'), django.db.models.functions.comparison.Coalesce('parent', models.Value(uuid.UUID('00000000-0000-0000-0000-000000000000'))), name='organization_named_once'), models.CheckConstraint(condition=models.Q(('level__in', ['province', 'department', 'district', 'commune', 'enterprise', 'union'])), name='organization_level')],
            },
        ),
        migrations.CreateModel(
            name='SignInAttempt',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('login_hash', models.CharField(max_length=64)),
                ('address', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['login_hash', 'at'], name='attempt_login'), models.Index(fields=['address', 'at'], name='attempt_address')],
            },
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('password_mark', models.CharField(max_length=128)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('expires_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='FieldCode',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='field_codes', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='field_code_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('administrator', 'administrator'), ('steering_officer', 'steering_officer'), ('unit_officer', 'unit_officer'), ('team_leader', 'team_leader'), ('helper', 'helper'), ('reviewer', 'reviewer'), ('viewer', 'viewer'), ('enterprise_officer', 'enterprise_officer')], max_length=32)),
                ('place_code', models.CharField(max_length=5, null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('instead_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to='people.duty')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties_here', to='people.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('role'), django.db.models.functions.comparison.Coalesce('organization', models.Value(uuid.UUID('00000000-0000-0000-0000-000000000000'))), django.db.models.functions.comparison.Coalesce('place_code', models.Value('')), models.F('starts_on'), name='duty_given_once'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='duty_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'steering_officer', 'unit_officer', 'team_leader', 'helper', 'reviewer', 'viewer', 'enterprise_officer'])), name='duty_role')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('made_by', models.UUIDField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('used_at__isnull', True)), fields=('user',), name='invitation_one_open_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('label', models.CharField(max_length=200)),
                ('kind', models.CharField(default='phone', max_length=12)),
                ('assigned_only', models.BooleanField(default=False)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('last_seen_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='devices', to=settings.AUTH_USER_MODEL)),
                ('field_code', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='people.fieldcode')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='device_number_counts_from_1'), models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'app_user', 'public_link'])), name='device_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'phone'), _negated=True), models.Q(('organization__isnull', False), ('owner__isnull', False)), _connector='OR'), name='device_phone_is_somebodys'), models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('organization', models.Value(uuid.UUID('00000000-0000-0000-0000-000000000000'))), models.F('kind'), models.F('label'), condition=models.Q(('revoked_at__isnull', True), models.Q(('kind', 'phone'), _negated=True)), name='device_named_once')],
            },
        ),
        migrations.CreateModel(
            name='DeviceReadiness',
            fields=[
                ('device', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='readiness', serialize=False, to='people.device')),
                ('said_at', models.DateTimeField()),
                ('app', models.CharField(blank=True, max_length=40)),
                ('form_version', models.CharField(blank=True, max_length=100)),
                ('outing_codes', models.JSONField(default=list)),
                ('guides', models.PositiveIntegerField()),
                ('stored_bytes', models.PositiveBigIntegerField()),
                ('is_persisted', models.BooleanField()),
                ('unsent', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='DeviceSequence',
            fields=[
                ('device', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='sequence', serialize=False, to='people.device')),
                ('last_seq', models.BigIntegerField(default=0)),
                ('seen', models.JSONField(default=list)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
