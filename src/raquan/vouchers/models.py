"""How runs, counters, leases and what counters send are stored; a voucher itself has no row."""

from django.db import models
from django.db.models import F, Q

from raquan.kernel.ids import uuid7
from raquan.vouchers.rules import ClockKind, FailureReason, LeaseState, Outcome, RunState


class VoucherRun(models.Model):
    """A published offer's run of signed codes. quota = counted + held in leases + free, and free is what is left."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request_id = models.UUIDField(unique=True)
    offer = models.ForeignKey("market.Offer", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    title = models.JSONField()
    sort_key = models.CharField(max_length=400)
    starts_on = models.DateField()
    ends_on = models.DateField()
    quota = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    # How often a serial was taken or given back: the bitmap of an edition never changes.
    uses = models.PositiveBigIntegerField(default=0)
    per_card = models.PositiveIntegerField(null=True)
    per_counter_day = models.PositiveIntegerField(null=True)
    lease_most = models.PositiveIntegerField()
    lease_hours = models.PositiveSmallIntegerField()
    settle_hours = models.PositiveSmallIntegerField()
    # The public half of the run's key (SPKI, DER in base64); the private half is in no table.
    public_key = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    edition = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[one.value for one in RunState]), name="run_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="run_days_in_order"),
            models.CheckConstraint(condition=Q(quota__gte=F("counted") + F("held")), name="run_within_quota"),
            models.CheckConstraint(
                condition=Q(state=RunState.DRAFT.value, counted=0, held=0) | ~Q(state=RunState.DRAFT.value),
                name="run_draft_is_untouched",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "state"], name="run_by_enterprise"),
            models.Index(fields=["campaign", "state"], name="run_by_state"),
        )

    def __str__(self) -> str:
        return str(self.title.get("vi", ""))


class Counter(models.Model):
    """A merchant's phone that redeems; only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=400)
    token_hash = models.CharField(max_length=64, unique=True)
    enrolled_at = models.DateTimeField()
    synced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organization", "enrolled_at"], name="counter_by_enterprise"),)

    def __str__(self) -> str:
        return self.name


class EnrolmentCode(models.Model):
    """A code that makes one phone a counter; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organization", "expires_at"], name="enrolment_by_enterprise"),)


class Lease(models.Model):
    """What a counter may redeem alone: `granted` vouchers, of which `counted` were counted and `freed` went back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(VoucherRun, on_delete=models.PROTECT, related_name="leases")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="leases")
    request_id = models.UUIDField()
    granted = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(default=0)
    freed = models.PositiveIntegerField(default=0)
    # How many redemptions under it have come, counted or not.
    arrived = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settles_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[one.value for one in LeaseState]), name="lease_state_known"),
            models.CheckConstraint(condition=Q(granted__gte=F("counted") + F("freed")), name="lease_within_grant"),
            models.CheckConstraint(
                condition=Q(state=LeaseState.HELD.value, ended_at__isnull=True)
                | (~Q(state=LeaseState.HELD.value) & Q(ended_at__isnull=False, granted=F("counted") + F("freed"))),
                name="lease_ended_holds_nothing",
            ),
            # The same request again is the same lease, not another.
            models.UniqueConstraint(fields=["counter", "run", "request_id"], name="lease_once_a_request"),
        )
        indexes = (
            models.Index(fields=["counter", "state"], name="lease_by_counter"),
            models.Index(fields=["state", "settles_at"], name="lease_to_settle"),
        )


class Redemption(models.Model):
    """What a counter says it redeemed, with the one outcome it has; `run` and `lease` are empty where unknown.

    `takes_code` while nobody else may redeem its serial; `is_counted` while it counts (a reversal ends that).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    digest = models.CharField(max_length=64)
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="redemptions")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(VoucherRun, on_delete=models.PROTECT, related_name="redemptions", null=True)
    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="redemptions", null=True)
    serial = models.PositiveIntegerField(null=True)
    card = models.ForeignKey("cards.Card", on_delete=models.PROTECT, related_name="+", null=True)
    amount = models.PositiveBigIntegerField(null=True)
    redeemed_at = models.DateTimeField()
    redeemed_on = models.DateField()
    clock = models.CharField(max_length=8)
    outcome = models.CharField(max_length=8)
    reason = models.CharField(max_length=20, blank=True)
    is_counted = models.BooleanField(default=False)
    takes_code = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["run", "serial"], condition=Q(takes_code=True), name="redemption_once"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ACCEPTED.value, reason="", run__isnull=False, serial__isnull=False)
                | (Q(outcome=Outcome.REFUSED.value, is_counted=False, takes_code=False) & ~Q(reason="")),
                name="redemption_one_outcome",
            ),
            models.CheckConstraint(
                condition=Q(is_counted=False) | Q(takes_code=True), name="redemption_counted_takes_its_code"
            ),
            models.CheckConstraint(condition=Q(clock__in=[one.value for one in ClockKind]), name="redemption_clock"),
        )
        indexes = (
            models.Index(fields=["run", "received_at"], name="redemption_by_run"),
            models.Index(fields=["organization", "received_at"], name="redemption_by_enterprise"),
            models.Index(fields=["counter", "redeemed_on"], name="redemption_by_counter_day"),
            models.Index(fields=["run", "redeemed_on"], name="redemption_by_day"),
        )


class RedemptionFailure(models.Model):
    """A voucher that a counter refused by itself; `code` is what was scanned, cut off."""

    id = models.UUIDField(primary_key=True, editable=False)
    digest = models.CharField(max_length=64)
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="failures")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(VoucherRun, on_delete=models.PROTECT, related_name="failures", null=True)
    reason = models.CharField(max_length=16)
    code = models.CharField(max_length=60, blank=True)
    failed_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(reason__in=[one.value for one in FailureReason]), name="failure_reason"),
        )
        indexes = (
            models.Index(fields=["run", "reason"], name="failure_by_run"),
            models.Index(fields=["organization", "received_at"], name="failure_by_enterprise"),
        )


class Reversal(models.Model):
    """That a counter took a redemption back; the redemption stays and counts no more."""

    id = models.UUIDField(primary_key=True, editable=False)
    digest = models.CharField(max_length=64)
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="reversals")
    redemption = models.ForeignKey(Redemption, on_delete=models.PROTECT, related_name="reversals", null=True)
    why = models.CharField(max_length=300, blank=True)
    reversed_at = models.DateTimeField()
    outcome = models.CharField(max_length=8)
    reason = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["redemption"], condition=Q(outcome=Outcome.ACCEPTED.value), name="reversal_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ACCEPTED.value, reason="", redemption__isnull=False)
                | (Q(outcome=Outcome.REFUSED.value) & ~Q(reason="")),
                name="reversal_one_outcome",
            ),
        )
