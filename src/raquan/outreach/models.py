"""How slogans, identity kits, artwork, its runs over all units, and planned messages are stored."""

from django.db import models
from django.db.models import F, Q

from raquan.kernel.ids import uuid7
from raquan.outreach.rules import ArtworkState, Channel, Format, PostState


class Slogan(models.Model):
    """A slogan of a campaign; `texts` is a localized value, other languages where somebody wrote them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request_id = models.UUIDField(unique=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    texts = models.JSONField()
    sort_key = models.CharField(max_length=600)
    search_key = models.CharField(max_length=600)
    # In how many languages it is: lists are sorted by it.
    languages = models.PositiveSmallIntegerField()
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "sort_key"], condition=Q(withdrawn_at__isnull=True), name="slogan_said_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="slogan_withdrawn_with_reason",
            ),
        )

    def __str__(self) -> str:
        return str(self.texts.get("vi", ""))


class IdentityKit(models.Model):
    """How a campaign looks and who answers for it; `colors` are #rrggbb by what they are for."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    shown_name = models.CharField(max_length=200)
    host = models.CharField(max_length=300)
    doer = models.CharField(max_length=400, blank=True)
    call = models.CharField(max_length=200, blank=True)
    colors = models.JSONField(default=dict)
    emblem_sha256 = models.CharField(max_length=64, blank=True)
    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["campaign"], name="identity_kit_once_a_campaign"),)

    def __str__(self) -> str:
        return self.shown_name


class Artwork(models.Model):
    """A picture or text made from a design, a slogan and the kit; `wording` is what it says once approved.

    One that `is_for_units` was approved once and carries each unit's own name when that unit fetches it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=9, unique=True)
    request_id = models.UUIDField(unique=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    slogan = models.ForeignKey(Slogan, on_delete=models.PROTECT, related_name="artworks")
    title = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)
    design = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=3, default="vi")
    second = models.CharField(max_length=3, blank=True)
    line = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    is_for_units = models.BooleanField(default=False)
    is_across_road = models.BooleanField(null=True)
    hides_signs = models.BooleanField(null=True)
    has_brand = models.BooleanField(null=True)
    filed_on = models.DateField(null=True)
    file_number = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10)
    edition = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField()
    # What stood on it when it was approved, its picture, and the rules that were not found to be kept.
    wording = models.JSONField(null=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    approved_over = models.JSONField(default=list)
    approved_at = models.DateTimeField(null=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    expires_on = models.DateField(null=True)
    link = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ArtworkState]), name="artwork_state_known"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="artwork_days_in_order"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=False, wording__isnull=False, expires_on__isnull=False)
                | ~Q(state__in=[ArtworkState.APPROVED.value, ArtworkState.EXPIRED.value]),
                name="artwork_approved_whole",
            ),
        )
        indexes = (
            models.Index(fields=["campaign", "state"], name="artwork_by_state"),
            models.Index(fields=["organization", "state"], name="artwork_by_unit"),
            models.Index(fields=["state", "expires_on"], name="artwork_expiring"),
        )

    def __str__(self) -> str:
        return self.code


class ArtworkRun(models.Model):
    """An approved artwork with the names of many units, one after another; `reached` of `wanted` units are done.

    `parts` are the SHA-256 of archives of the units so far, in order; `zip_sha256` the whole once all are.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    artwork = models.ForeignKey(Artwork, on_delete=models.PROTECT, related_name="runs")
    format = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    owner_id = models.UUIDField(null=True)
    wanted = models.JSONField()
    parts = models.JSONField(default=list)
    reached = models.PositiveIntegerField(default=0)
    zip_sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(format__in=[one.value for one in Format]), name="artwork_run_format"),
            # One at a time: who asks again is given the run that is under way.
            models.UniqueConstraint(
                fields=["artwork", "format"], condition=Q(finished_at__isnull=True), name="artwork_run_once_at_a_time"
            ),
        )
        indexes = (models.Index(fields=["artwork", "-asked_at"], name="artwork_run_newest"),)

    def __str__(self) -> str:
        return f"{self.reached}/{len(self.wanted)}"


class Post(models.Model):
    """A message that goes out at a time on a channel; done, it says where that can be seen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request_id = models.UUIDField(unique=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    artwork = models.ForeignKey(Artwork, on_delete=models.PROTECT, related_name="posts", null=True)
    channel = models.CharField(max_length=12)
    planned_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)
    text = models.TextField()
    link = models.CharField(max_length=500, blank=True)
    who = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10)
    edition = models.PositiveIntegerField(default=1)
    proof = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[one.value for one in PostState]), name="post_state_known"),
            models.CheckConstraint(condition=Q(channel__in=[one.value for one in Channel]), name="post_channel_known"),
            models.CheckConstraint(
                condition=Q(state=PostState.DONE.value, done_at__isnull=False)
                | ~Q(state=PostState.DONE.value) & Q(done_at__isnull=True),
                name="post_done_when",
            ),
        )
        indexes = (
            models.Index(fields=["campaign", "planned_at"], name="post_by_time"),
            models.Index(fields=["organization", "planned_at"], name="post_by_unit"),
        )

    def __str__(self) -> str:
        return self.title
