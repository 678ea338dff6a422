"""Organizations, the people in them, their devices and what each is there for."""

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower, Now

from raquan.kernel.ids import uuid7
from raquan.people.rules import DeviceKind, Level, Role

NOBODY = UUID(int=0)
"""Stands for "none" inside unique constraints, where NULLs would all differ."""


class Organization(models.Model):
    """A department, committee, enterprise, union: whoever leads tasks and sends people."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, null=True, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Level])
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    place_code = models.CharField(max_length=5, null=True)
    aliases = models.JSONField(default=list)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint("name", "level", Coalesce("parent", Value(NOBODY)), name="organization_named_once"),
            models.CheckConstraint(
                condition=models.Q(level__in=[one.value for one in Level]), name="organization_level"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds users by their login; only commands make them."""


class User(AbstractBaseUser):
    """A person of the staff: one full name, a phone number or e-mail address to sign in with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    full_name = models.CharField(max_length=200)
    login = models.CharField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    sort_key = models.CharField(max_length=400, default="", editable=False)
    search_key = models.CharField(max_length=400, default="", editable=False)

    objects = UserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="user_number_counts_from_1"),
            models.CheckConstraint(
                condition=models.Q(login=Lower("login")) & ~models.Q(login=""), name="user_login_normalized"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class FieldCode(models.Model):
    """A code that a person signs in with on phones, between two days; only its keyed hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="field_codes")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="field_code_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Device(models.Model):
    """What sends records with a key of its own; only the key's hash is kept.

    A phone is a person's; an app user and a public link (rules.DeviceKind) are a unit's, or, without one, everybody's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    label = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, default=DeviceKind.PHONE.value)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="devices")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_only = models.BooleanField(default=False)
    key_hash = models.CharField(max_length=64, unique=True)
    # The code that it signed in with; none when an officer registered it.
    field_code = models.ForeignKey(FieldCode, null=True, on_delete=models.PROTECT, related_name="devices")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    # When it last asked for the forms, give or take SEEN_EVERY.
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="device_number_counts_from_1"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in DeviceKind]), name="device_kind_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=DeviceKind.PHONE.value)
                | models.Q(owner__isnull=False, organization__isnull=False),
                name="device_phone_is_somebodys",
            ),
            models.UniqueConstraint(
                Coalesce("organization", Value(NOBODY)),
                "kind",
                "label",
                condition=models.Q(revoked_at__isnull=True) & ~models.Q(kind=DeviceKind.PHONE.value),
                name="device_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class DeviceSequence(models.Model):
    """Which of a phone's numbered records have come: runs of numbers, first and last included."""

    device = models.OneToOneField(Device, primary_key=True, on_delete=models.PROTECT, related_name="sequence")
    last_seq = models.BigIntegerField(default=0)
    seen = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.device_id} {self.last_seq}"


class DeviceReadiness(models.Model):
    """What a phone last said that it holds for work without a signal, and how much it has yet to send."""

    device = models.OneToOneField(Device, primary_key=True, on_delete=models.PROTECT, related_name="readiness")
    said_at = models.DateTimeField()
    app = models.CharField(max_length=40, blank=True)
    form_version = models.CharField(max_length=100, blank=True)
    outing_codes = models.JSONField(default=list)
    guides = models.PositiveIntegerField()
    stored_bytes = models.PositiveBigIntegerField()
    is_persisted = models.BooleanField()
    unsent = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.device_id} {self.said_at}"


class Duty(models.Model):
    """A role that a person holds for an organization within a place, between two days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=32, choices=[(one.value, one.value) for one in Role])
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="duties_here")
    place_code = models.CharField(max_length=5, null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    # Whose duty this is while they are away; none for a duty of one's own.
    instead_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="stand_ins")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "role",
                Coalesce("organization", Value(NOBODY)),
                Coalesce("place_code", Value("")),
                "starts_on",
                name="duty_given_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="duty_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=models.Q(role__in=[one.value for one in Role]), name="duty_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"


class Invitation(models.Model):
    """A link with which a person chooses their password, once and until it expires; only the link's hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Another link was made in its place.
    ended_at = models.DateTimeField(null=True)
    # Who made it, and is told when it was taken; None for the system, and for links from before this was kept.
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, ended_at__isnull=True),
                name="invitation_one_open_a_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class AccessToken(models.Model):
    """A program's session: the hash of its token, and a mark of the password that it was opened with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    password_mark = models.CharField(max_length=128)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class SignInAttempt(models.Model):
    """A failed sign-in, kept for the throttle: whose account, from where, when (the machine's time)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["login_hash", "at"], name="attempt_login"),
            models.Index(fields=["address", "at"], name="attempt_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at}"
