"""The legal checklist of an offer, from the table of data in force here."""

from functools import cache
from importlib import resources
from pathlib import Path

from django.conf import settings

from raquan.market.models import Offer
from raquan.market.rules import LegalRule, OfferFacts, check_offer, read_law
from raquan.market.rules.law import Checked


def law() -> tuple[LegalRule, ...]:
    """Give the table: the office's own (RAQUAN_PROMOTION_LAW), or the one that comes with the project."""
    return _read(settings.RAQUAN_PROMOTION_LAW)


def checklist(row: Offer) -> tuple[Checked, ...]:
    """Apply the law to an offer, in the table's order."""
    facts = OfferFacts(
        form=row.form,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        percent=row.percent,
        unit_price=row.unit_price,
        unit_value=row.unit_value,
        total_value=row.total_value,
        days_before=row.days_before,
        is_concentrated=row.is_concentrated,
        programme=row.programme,
        notice_number=row.notice_number,
        notice_on=row.notice_on,
        terms=row.terms,
    )
    return check_offer(facts, law())


@cache
def _read(path: str) -> tuple[LegalRule, ...]:
    packaged = resources.files("raquan.market") / "data" / "promotion_law.toml"
    return read_law((Path(path) if path else packaged).read_text(encoding="utf-8"))
