"""Gives the demo a run of vouchers with counters that have been redeeming for some days; all of it invented."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.demo.commands.market import MARK, SPACE
from raquan.kernel.actor import SYSTEM, Actor
from raquan.market import queries as market
from raquan.market.queries import OfferView
from raquan.vouchers import commands
from raquan.vouchers import queries as vouchers
from raquan.vouchers.rules import (
    ClockKind,
    FailureReason,
    RunTerms,
    Said,
    SaidFailure,
    SaidRedemption,
    SaidReturn,
    SaidReversal,
    Wanted,
)

QUOTA, DAYS, A_DAY = 300, 6, 9
RUNS = (
    (
        "Giảm 20% cà phê rang xay khi trả bằng VietQR",
        ("Phiếu cà phê 20%", "Coffee voucher 20%"),
        ("Quầy ở chợ", "Quầy đầu buôn", "Quầy hội chợ"),
    ),
    (
        "Tặng thẻ nhớ 32 GB khi cài ứng dụng của tỉnh",
        ("Phiếu nhận thẻ nhớ", "Voucher for a memory card"),
        ("Quầy phụ kiện", "Quầy thu ngân"),
    ),
    (
        "Phiếu 50.000 đồng cho đơn đầu tiên trên sàn",
        ("Phiếu đơn hàng đầu", "Voucher for a first order"),
        ("Điểm nhận hàng xã", "Điểm nhận hàng chợ"),
    ),
)
"""Offers of three enterprises with their run and its counters: fewer would tell one's numbers to another."""


def load_vouchers(now: datetime) -> None:
    """Open a run of each of some offers and let its counters redeem; the same again is the same."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    with transaction.atomic():
        for number, (title, named, counters) in enumerate(RUNS):
            found = market.offers(SYSTEM, campaign.id, now=now, text=title).items
            offer = next(one for one in found if one.state == "published")
            _load(number, offer, named, counters, now - timedelta(days=DAYS), now)


def _load(
    run: int, offer: OfferView, named: tuple[str, str], counters: tuple[str, ...], begun: datetime, now: datetime
) -> None:
    title, title_en = f"{MARK}{named[0]}", f"(Synthetic) {named[1]}"
    terms = RunTerms(title, offer.starts_on, offer.ends_on, QUOTA, title_en=title_en, per_counter_day=40, lease_most=40)
    request = uuid5(SPACE, f"vouchers {run}" if run else "vouchers")
    run_id = commands.make_run(by=SYSTEM, now=begun, request_id=request, offer_id=offer.id, terms=terms)
    if vouchers.run(SYSTEM, run_id).state != "draft":
        return
    commands.open_run(by=SYSTEM, now=begun, run_id=run_id, seen=1)
    made = [_counter(offer.organization_id, name, begun) for name in counters]
    for day in range(DAYS):
        for number, counter in enumerate(made):
            _redeem(counter, run_id, run, number, day, begun + timedelta(days=day))
    lost = made[-1].id
    if run == 0 and lost is not None:
        commands.withdraw_counter(by=SYSTEM, now=now, counter_id=lost, reason=f"{MARK}Hội chợ đã xong.")


def _counter(organization_id: UUID, name: str, now: datetime) -> Actor:
    issued = commands.issue_enrolment_code(by=SYSTEM, now=now, organization_id=organization_id)
    made = commands.enroll_counter(code=issued.code, name=f"{MARK}{name}", address="", now=now, real_now=now)
    found = vouchers.actor_by_counter_token(made.token)
    if found is None:
        raise NotADemo()
    return found


def _redeem(counter: Actor, run_id: UUID, run: int, number: int, day: int, at: datetime) -> None:
    """Let a counter ask in the morning, redeem without a signal, and send it in the evening."""
    lot = Random(f"{run} {number} {day}")  # noqa: S311 - the same demo each time
    commands.sync_counter(by=counter, now=at, said=Said(_id(run, number, day, "want"), at, want=(Wanted(run_id, 20),)))
    told = vouchers.counter_state(counter, now=at)
    lease = max((one for one in told.leases if one.state == "held"), key=lambda one: one.expires_at)
    ends_on = vouchers.run(SYSTEM, run_id).ends_on
    first = 1 + (number * DAYS + day) * A_DAY
    serials = [*range(first, first + lot.randint(4, A_DAY)), *([4] if day == 3 else [])]
    sent = tuple(
        SaidRedemption(
            id=_id(run, number, day, str(place)),
            run_id=run_id,
            lease_id=lease.id,
            code=vouchers.code_of(run_id, serial, ends_on),
            redeemed_at=at + timedelta(minutes=20 * place),
            clock=ClockKind.WALL if lot.random() < 0.1 else ClockKind.ANCHORED,
            amount=1000 * lot.randrange(20, 200),
        )
        for place, serial in enumerate(serials)
    )
    evening = at + timedelta(hours=8)
    reason = lot.choice([FailureReason.USED, FailureReason.ALTERED, FailureReason.UNREADABLE])
    failure = SaidFailure(_id(run, number, day, "failure"), reason, at + timedelta(hours=3), sent[0].code[:60])
    back = (SaidReversal(_id(run, number, day, "back"), sent[1].id, f"{MARK}Khách đổi ý", evening),) if day == 2 else ()
    given_back = (SaidReturn(lease.id, len(sent)),) if day < DAYS - 1 else ()
    said = Said(_id(run, number, day, "send"), evening, sent, (failure,), back, given_back)
    commands.sync_counter(by=counter, now=evening, said=said)


def _id(run: int, number: int, day: int, what: str) -> UUID:
    return uuid5(SPACE, f"vouchers {run} {number} {day} {what}")
