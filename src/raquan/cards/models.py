"""Batches of cards as they were printed, and of each card no more than a keyed hash."""

from django.db import models
from django.db.models import Q

from raquan.cards.rules import CARDS_A_SHEET, MOST_SHEETS
from raquan.kernel.ids import uuid7


class CardBatch(models.Model):
    """Sheets of cards made at once for a unit; a batch that was lost is voided, with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(count__range=(1, CARDS_A_SHEET * MOST_SHEETS)), name="card_batch_of_some_sheets"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="card_batch_voided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class Card(models.Model):
    """A card, bound to nothing but its campaign. `number` stands for it in facts and says nothing about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.BigIntegerField(unique=True)
    batch = models.ForeignKey(CardBatch, on_delete=models.PROTECT, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(number__gte=1), name="card_number_counts_from_1"),)

    def __str__(self) -> str:
        return str(self.number)
