"""Notices, whom they were told, the messages that gathered them, each sending, and how a person is reached."""

from django.db import models

from raquan.kernel.ids import uuid7
from raquan.notices.rules import LONGEST_ENDPOINT, Channel, DispatchState


class Notice(models.Model):
    """Something that somebody on duty should act on; `kind` and `key` say what about which thing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    text = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    href = models.CharField(max_length=300)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32, blank=True)
    told_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # When it is looked at next: its due time, or later while nobody is on duty.
    next_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="notice_told_once"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, role="") | (models.Q(user__isnull=True) & ~models.Q(role="")),
                name="notice_is_for_a_person_or_a_role",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(spread_at__isnull=True, settled_at__isnull=True),
                name="notice_to_spread",
            ),
            models.Index(
                fields=["escalate_at"],
                condition=models.Q(escalated_at__isnull=True, settled_at__isnull=True),
                name="notice_to_escalate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Message(models.Model):
    """What one person is told at one time: one notice or several."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "made_at"], name="message_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at}"


class Telling(models.Model):
    """That a notice is told to a person: a line of their own list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="tellings")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    is_escalation = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="tellings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="telling_once_a_person")]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="telling_of_user"),
            models.Index(fields=["user"], condition=models.Q(message__isnull=True), name="telling_to_gather"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.user_id}"


class Browser(models.Model):
    """A browser of a person that may be told by web push; once ended, nothing is kept of where it was reached."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    # What PushSubscription gives: the push service's address, the browser's public key and its secret (base64url).
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT, blank=True)
    p256dh = models.CharField(max_length=88, blank=True)
    auth = models.CharField(max_length=24, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=models.Q(ended_at__isnull=True), name="browser_of_one_person"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(endpoint="", p256dh="", auth=""),
                name="browser_forgotten_when_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=models.Q(ended_at__isnull=True), name="browser_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"


class Dispatch(models.Model):
    """The sending of a message by one channel: where to, how far it came, what the other side answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="dispatches")
    channel = models.CharField(max_length=8)
    browser = models.ForeignKey(Browser, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=12, default=DispatchState.WAITING.value)
    tries = models.PositiveIntegerField(default=0)
    # How often an administrator had it tried once more.
    again = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=300, blank=True)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel"],
                condition=models.Q(browser__isnull=True),
                name="dispatch_once_a_channel",
            ),
            models.UniqueConstraint(fields=["message", "browser"], name="dispatch_once_a_browser"),
            models.CheckConstraint(
                condition=models.Q(channel=Channel.PUSH.value, browser__isnull=False)
                | (~models.Q(channel=Channel.PUSH.value) & models.Q(browser__isnull=True)),
                name="dispatch_to_a_browser_by_push",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=[one.value for one in Channel]), name="dispatch_channel"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in DispatchState]), name="dispatch_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Reach(models.Model):
    """How a person wants to be reached; who has none is reached by what they sign in with."""

    user = models.OneToOneField("people.User", primary_key=True, on_delete=models.PROTECT, related_name="+")
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    quiet_from = models.TimeField()
    quiet_to = models.TimeField()

    def __str__(self) -> str:
        return str(self.user_id)
