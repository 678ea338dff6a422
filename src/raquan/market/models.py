"""How registrations of enterprises, their offers and the offers' monthly results are stored."""

from django.db import models
from django.db.models import F, Q

from raquan.kernel.ids import uuid7
from raquan.market.rules import Grade, OfferState, PromotionForm, Redeem, RegistrationState


class Registration(models.Model):
    """What an enterprise told to come in; `organization` and `user_id` are what it became."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mark = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    tax_code = models.CharField(max_length=14)
    address = models.CharField(max_length=300)
    home_page = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    contact_name = models.CharField(max_length=200)
    contact_login = models.CharField(max_length=254)
    state = models.CharField(max_length=10)
    # How often it was sent: whoever decides says which they have read.
    edition = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+", null=True)
    user_id = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RegistrationState]), name="registration_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.ACCEPTED.value, organization__isnull=False, user_id__isnull=False)
                | (~Q(state=RegistrationState.ACCEPTED.value) & Q(organization__isnull=True, user_id__isnull=True)),
                name="registration_became_somebody",
            ),
            # One organization came in by one registration: nobody else's offers are had by taking its name.
            models.UniqueConstraint(fields=["organization"], name="registration_made_its_own"),
        )
        indexes = (models.Index(fields=["state", "sent_at"], name="registration_by_state"),)

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """A promotion of an enterprise; amounts in dong. `edition` counts every change and every step."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=9, unique=True)
    request_id = models.UUIDField(unique=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    search_key = models.CharField(max_length=400)
    form = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Codes between slashes, so that both databases find one in it: /vietqr/vneid/
    services = models.CharField(max_length=1000, blank=True)
    # The places themselves, and those with all that they lie in; empty: the whole province.
    places = models.CharField(max_length=1000, blank=True)
    place_paths = models.CharField(max_length=3000, blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    unit_price = models.PositiveBigIntegerField(null=True)
    unit_value = models.PositiveBigIntegerField(null=True)
    total_value = models.PositiveBigIntegerField(null=True)
    days_before = models.PositiveSmallIntegerField(null=True)
    is_concentrated = models.BooleanField(default=False)
    programme = models.CharField(max_length=300, blank=True)
    notice_number = models.CharField(max_length=60, blank=True)
    notice_on = models.DateField(null=True)
    redeem = models.CharField(max_length=8)
    link = models.CharField(max_length=500, blank=True)
    where = models.CharField(max_length=500, blank=True)
    terms = models.TextField(blank=True)
    how_to_use = models.TextField(blank=True)
    state = models.CharField(max_length=10)
    edition = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    # What the checklist said of it when it was approved: keys of the rules that warned.
    approved_over = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=[one.value for one in OfferState]), name="offer_state_known"),
            models.CheckConstraint(condition=Q(form__in=[one.value for one in PromotionForm]), name="offer_form_known"),
            models.CheckConstraint(condition=Q(redeem__in=[one.value for one in Redeem]), name="offer_redeem_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="offer_days_in_order"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="offer_percent"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[OfferState.PUBLISHED.value, OfferState.SUSPENDED.value], published_at__isnull=False
                )
                | ~Q(state__in=[OfferState.PUBLISHED.value, OfferState.SUSPENDED.value]),
                name="offer_published_when",
            ),
        )
        indexes = (
            models.Index(fields=["campaign", "state", "ends_on"], name="offer_by_state"),
            models.Index(fields=["organization", "state"], name="offer_by_enterprise"),
        )

    def __str__(self) -> str:
        return self.code


class OfferResult(models.Model):
    """What an enterprise tells of an offer in a month, by grade; `value` is dong given away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="results")
    month = models.DateField()
    grade = models.CharField(max_length=8)
    redeemed = models.PositiveIntegerField()
    new_customers = models.PositiveIntegerField(null=True)
    value = models.PositiveBigIntegerField(null=True)
    edition = models.PositiveIntegerField(default=1)
    said_at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["offer", "month"], name="offer_result_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="offer_result_month_begins"),
            models.CheckConstraint(condition=Q(grade__in=[one.value for one in Grade]), name="offer_result_grade"),
        )
        indexes = (models.Index(fields=["month"], name="offer_result_by_month"),)

    def __str__(self) -> str:
        return f"{self.offer_id} {self.month}"
