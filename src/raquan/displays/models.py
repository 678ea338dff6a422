"""How places, displays, their proofs and looks at pages are stored."""

from django.db import models
from django.db.models import F, Q

from raquan.displays.rules import Claim, DisplayState, Doer, Outcome, ProofKind, SiteKind
from raquan.displays.rules.reporting import Finding, ReportState
from raquan.kernel.ids import uuid7


def _among(field: str, values: type) -> Q:
    return Q(**{f"{field}__in": [one.value for one in values]})  # type: ignore[attr-defined]


class DisplaySite(models.Model):
    """A place where something is shown; the unit answers for it. What it needs to be looked at again stands with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)
    kind = models.CharField(max_length=14)
    claim = models.CharField(max_length=8)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    page_url = models.CharField(max_length=500, blank=True)
    edition = models.PositiveIntegerField(default=1)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    next_check_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_among("kind", SiteKind), name="display_site_kind_known"),
            models.CheckConstraint(condition=_among("claim", Claim), name="display_site_claim_known"),
            models.CheckConstraint(
                condition=~Q(kind=SiteKind.SHOP.value) | Q(claim=Claim.INVITED.value), name="display_site_shop_invited"
            ),
            models.UniqueConstraint(
                fields=["organization", "name"], condition=Q(ended_on__isnull=True), name="display_site_once_a_unit"
            ),
        )
        indexes = (models.Index(fields=["next_check_at"], name="display_site_next"),)

    def __str__(self) -> str:
        return self.name


class Display(models.Model):
    """An artwork at a place between two days, both included. `edition` counts every step.

    By `code` whoever stands before it says which one it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12, unique=True)
    artwork = models.ForeignKey("outreach.Artwork", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(DisplaySite, on_delete=models.PROTECT, related_name="displays")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10)
    edition = models.PositiveIntegerField(default=1)
    prints = models.CharField(max_length=6)
    pays = models.CharField(max_length=6)
    removes = models.CharField(max_length=6)
    reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # The best proof so far: what compliance reads.
    proof_kind = models.CharField(max_length=6, blank=True)
    proven_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_among("state", DisplayState), name="display_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="display_days_in_order"),
            *(models.CheckConstraint(condition=_among(one, Doer), name=f"display_{one}") for one in ("prints", "pays")),
            models.CheckConstraint(condition=_among("removes", Doer), name="display_removes"),
            # An artwork hangs once at a place; what was declined or taken down may be asked again.
            models.UniqueConstraint(
                fields=["artwork", "site"],
                condition=~Q(state__in=[DisplayState.DECLINED.value, DisplayState.REMOVED.value]),
                name="display_once_a_site",
            ),
        )
        indexes = (models.Index(fields=["state", "ends_on"], name="display_by_state"),)

    def __str__(self) -> str:
        return f"{self.artwork_id} {self.site_id}"


class DisplayProof(models.Model):
    """A proof that a display was there at a moment: append-only. `detail` holds how a page check knew it.

    Withdrawn is what a record of the field had said and was then corrected, or deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request_id = models.UUIDField(null=True, unique=True)
    display = models.ForeignKey(Display, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=6)
    # When it was seen: declared with a photo, the server's own with a page.
    seen_at = models.DateTimeField()
    said_at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=_among("kind", ProofKind), name="display_proof_kind_known"),)
        indexes = (models.Index(fields=["display", "-seen_at"], name="display_proof_newest"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.seen_at}"


class DisplayReport(models.Model):
    """What somebody recorded before a display: a record of the form `display` through all its corrections.

    `is_new` until it was read. Kept whatever it says: a code that no display has waits for a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    root_instance_id = models.CharField(max_length=200, unique=True)
    submission_id = models.UUIDField()
    is_new = models.BooleanField(default=True)
    state = models.CharField(max_length=10)
    code = models.CharField(max_length=60, blank=True)
    display = models.ForeignKey(Display, on_delete=models.PROTECT, related_name="reports", null=True)
    matched_by_name = models.CharField(max_length=200, blank=True)
    finding = models.CharField(max_length=8, blank=True)
    seen_at = models.DateTimeField()
    received_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+", null=True)
    proof = models.ForeignKey(DisplayProof, on_delete=models.PROTECT, related_name="+", null=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_among("state", ReportState), name="display_report_state_known"),
            models.CheckConstraint(
                condition=Q(finding="") | _among("finding", Finding), name="display_report_finding_known"
            ),
        )
        indexes = (
            models.Index(fields=["id"], condition=Q(is_new=True), name="display_report_new"),
            models.Index(fields=["state", "-received_at"], name="display_report_by_state"),
            models.Index(fields=["display", "-seen_at"], name="display_report_of"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.finding}"


class PageCheck(models.Model):
    """A look at a page: when, what came of it, the hash of what was seen. Found or not, it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(DisplaySite, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    page_sha256 = models.CharField(max_length=64, blank=True)
    pictures = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=300, blank=True)
    # A small copy of the picture that a person is to look at.
    picture_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=_among("outcome", Outcome), name="page_check_outcome_known"),)
        indexes = (models.Index(fields=["site", "-at"], name="page_check_newest"),)

    def __str__(self) -> str:
        return f"{self.outcome} {self.at}"
