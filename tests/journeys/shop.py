"""Fills an installation with voucher campaigns of the demo's enterprises, and says as JSON what a journey needs of it.

Run as a program beside the installation, in its environment: `python -m tests.journeys.shop`.
"""

import json
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import django

LEASE_MOST = 4


def fill() -> dict[str, object]:
    """Make runs: one that is open, one that is over, one to come, one of another enterprise; codes for two counters."""
    from raquan.demo.rules.accounts import ENTERPRISE_LOGIN
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.market.models import Offer
    from raquan.people import queries as people
    from raquan.vouchers import commands
    from raquan.vouchers.rules import RunTerms

    now = clock.now()
    today = clock.local_date(now)
    officer = people.actor_by_login(ENTERPRISE_LOGIN, today)
    assert officer is not None
    owner = next(iter(officer.duties)).organization_id
    assert owner is not None
    published = Offer.objects.filter(state="published", starts_on__lte=today - timedelta(days=9), ends_on__gte=today)
    mine = published.filter(organization_id=owner).first()
    other = published.exclude(organization_id=owner).first()
    assert mine
    assert other
    usual = RunTerms("Giảm 20.000 đồng một gói cà phê", mine.starts_on, mine.ends_on, 30, lease_most=LEASE_MOST)

    def opened(offer_id: UUID, terms: RunTerms, when: datetime = now) -> UUID:
        run_id = commands.make_run(by=SYSTEM, now=when, request_id=uuid4(), offer_id=offer_id, terms=terms)
        commands.open_run(by=SYSTEM, now=when, run_id=run_id, seen=1)
        return run_id

    past = replace(usual, title="Đợt đã qua", ends_on=today - timedelta(days=2))
    later = replace(usual, title="Đợt cuối chiến dịch", starts_on=today + timedelta(days=3))
    whose = replace(usual, starts_on=other.starts_on, ends_on=other.ends_on)
    issued = [commands.issue_enrolment_code(by=officer, now=now, organization_id=owner).code for _ in range(2)]
    good = opened(mine.id, usual)
    return {
        "run": str(good),
        "good": _codes(good),
        "over": _codes(opened(mine.id, past, now - timedelta(days=9)))[0],
        "later": _codes(opened(mine.id, later))[0],
        "other": _codes(opened(other.id, whose))[0],
        "enrolment": issued,
    }


def _codes(run_id: UUID) -> list[str]:
    from raquan.kernel.actor import SYSTEM
    from raquan.vouchers import queries

    return [one.code for one in queries.vouchers(SYSTEM, run_id, first=1, last=30)]


if __name__ == "__main__":
    django.setup()
    from raquan.demo.queries import stored_clock_offset
    from raquan.kernel.clock import install_offset

    install_offset(stored_clock_offset())
    json.dump(fill(), sys.stdout)
