"""How publications, their corrections, photos, the programme of the Day and press items are stored."""

from django.db import models
from django.db.models import F, Q

from raquan.kernel.ids import uuid7
from raquan.press.rules import LICENCES, Kind, PhotoConsent, PressItemState, State


class Publication(models.Model):
    """A press release or a piece of news: a text of the office, its figures filled from one frozen snapshot."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    # The end of its public address, counted for a campaign and kind.
    serial = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    # How often it was changed: whoever changes it says what they have read.
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=500, blank=True)
    body = models.TextField()
    # The number that the records clerk gave, as it was given.
    number = models.CharField(max_length=60, blank=True)
    dated_on = models.DateField()
    contact = models.CharField(max_length=300, blank=True)
    snapshot = models.ForeignKey("analytics.Snapshot", on_delete=models.PROTECT, related_name="+", null=True)
    # What stood in its places when it was published: it is not counted again.
    figures = models.JSONField(default=list)
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)
    written_by_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    withdraw_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "kind", "serial"], name="publication_serial_once"),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Kind]), name="publication_kind_known"),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="publication_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT.value, State.DROPPED.value]) | Q(published_at__isnull=False),
                name="publication_published_at",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN.value) & ~Q(withdraw_reason="")
                | ~Q(state=State.WITHDRAWN.value) & Q(withdraw_reason=""),
                name="publication_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True) | Q(shown_from__isnull=True) | Q(shown_until__gt=F("shown_from")),
                name="publication_ends_after_begin",
            ),
        )
        indexes = (models.Index(fields=["campaign", "kind", "state", "-shown_from"], name="publication_shown"),)

    def __str__(self) -> str:
        return self.title


class Correction(models.Model):
    """What was corrected in a publication, when and why, and how it read before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=500)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)
    # title, lead, body with their figures, as they stood.
    before = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["publication", "number"], name="correction_once"),)

    def __str__(self) -> str:
        return f"{self.publication_id} {self.number}"


class Picture(models.Model):
    """A photo of a publication: stripped, in several widths, with what the people in it have agreed to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    # [{"width", "height", "sha256", "size"}], the narrowest first.
    sizes = models.JSONField()
    alternative = models.CharField(max_length=300)
    caption = models.CharField(max_length=300)
    credit = models.CharField(max_length=200)
    licence = models.CharField(max_length=12)
    consent = models.CharField(max_length=8)
    consent_note = models.CharField(max_length=300, blank=True)
    is_illustration = models.BooleanField()
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200, blank=True)
    taken_off_at = models.DateTimeField(null=True)
    taken_off_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(alternative=""), name="picture_has_alternative"),
            models.CheckConstraint(condition=Q(licence__in=list(LICENCES)), name="picture_licence_known"),
            models.CheckConstraint(
                condition=Q(consent=PhotoConsent.NOBODY.value)
                | Q(consent=PhotoConsent.AGREED.value) & ~Q(consent_note=""),
                name="picture_consent_noted",
            ),
            # The same photo stands once in a publication.
            models.UniqueConstraint(
                fields=["publication", "sha256"], condition=Q(taken_off_at__isnull=True), name="picture_once"
            ),
        )

    def __str__(self) -> str:
        return self.caption


class ProgrammeItem(models.Model):
    """Something that happens on the Day: when, where, what, who; cancelled, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    starts_at = models.TimeField()
    ends_at = models.TimeField(null=True)
    place = models.CharField(max_length=200)
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    cancel_reason = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="programme_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancel_reason="")
                | Q(cancelled_at__isnull=False) & ~Q(cancel_reason=""),
                name="programme_cancelled_with_reason",
            ),
        )
        indexes = (models.Index(fields=["campaign", "starts_at"], name="programme_of_day"),)

    def __str__(self) -> str:
        return self.what


class ResultsPack(models.Model):
    """All public figures of a frozen snapshot in one ZIP, made once; `totals` are what the results page shows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    snapshot = models.OneToOneField("analytics.Snapshot", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    # {measure: total or null where it is not known or too small}
    totals = models.JSONField()
    packed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class PressItem(models.Model):
    """What a newspaper, a station or a site told about the campaign, and what the office did about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=1)
    outlet = models.CharField(max_length=120)
    # By these two lists are ordered and searched, on every database alike.
    outlet_key = models.CharField(max_length=240)
    search_key = models.TextField()
    author = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField()
    address = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=300)
    topic = models.CharField(max_length=120, blank=True)
    reply_due_on = models.DateField(null=True)
    replied_at = models.DateTimeField(null=True)
    reply_how = models.CharField(max_length=500, blank=True)
    replied_by_name = models.CharField(max_length=120, blank=True)
    aside_reason = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "address"], condition=~Q(address=""), name="press_item_address_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in PressItemState]), name="press_item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=PressItemState.OWED.value, reply_due_on__isnull=False)
                | Q(state=PressItemState.NOTED.value, reply_due_on__isnull=True)
                | Q(state__in=[PressItemState.REPLIED.value, PressItemState.SET_ASIDE.value]),
                name="press_item_owed_until",
            ),
            models.CheckConstraint(
                condition=Q(state=PressItemState.REPLIED.value, replied_at__isnull=False) & ~Q(reply_how="")
                | ~Q(state=PressItemState.REPLIED.value) & Q(replied_at__isnull=True, reply_how=""),
                name="press_item_replied_how",
            ),
            models.CheckConstraint(
                condition=Q(state=PressItemState.SET_ASIDE.value) & ~Q(aside_reason="")
                | ~Q(state=PressItemState.SET_ASIDE.value) & Q(aside_reason=""),
                name="press_item_aside_why",
            ),
        )
        indexes = (
            models.Index(fields=["campaign", "-published_at"], name="press_item_by_time"),
            models.Index(fields=["campaign", "state", "reply_due_on"], name="press_item_by_state"),
        )

    def __str__(self) -> str:
        return self.title
