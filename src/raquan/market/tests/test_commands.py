"""An enterprise comes in once; its offer is written, checked, shown and ended, and of two at once one wins."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from raquan.kernel.refused import NotAllowed, NotFound
from raquan.market import commands, queries
from raquan.market.rules import Redeem
from raquan.market.tests.conftest import DRAFT, TOKEN, TOLD, Market, Write
from raquan.people.queries import actor_of_user
from raquan.people.rules import Action, may

Notice = apps.get_model("notices.Notice")
Audit = apps.get_model("ledger.AuditEntry")
Registration = apps.get_model("market.Registration")
Offer = apps.get_model("market.Offer")


def test_a_registration_is_taken_once(market: Market, now: datetime) -> None:
    first = commands.send_registration(now=now, token=TOKEN, told=TOLD)
    assert commands.send_registration(now=now, token=TOKEN, told=TOLD) == first
    assert Notice.objects.get(key=str(first)).role == "steering_officer"
    with pytest.raises(commands.RegisteredOtherwise):
        commands.send_registration(now=now, token=TOKEN, told=replace(TOLD, name="Khác"))
    for wrong, refusal in (
        (replace(TOLD, tax_code="12"), commands.TaxCodeUnreadable),
        (replace(TOLD, name=" "), commands.Registered),
    ):
        with pytest.raises(refusal):
            commands.send_registration(now=now, token="x" * 22, told=wrong)
    with pytest.raises(NotFound):
        commands.send_registration(now=now, token="short", told=TOLD)
    assert Registration.objects.count() == 1


def test_a_returned_registration_is_sent_again(market: Market, now: datetime) -> None:
    id_ = commands.send_registration(now=now, token=TOKEN, told=TOLD)
    with pytest.raises(commands.ReasonMissing):
        commands.return_registration(by=market.office, now=now, registration_id=id_, reason=" ", seen=1)
    for _ in range(2):
        commands.return_registration(by=market.office, now=now, registration_id=id_, reason="Ghi đủ số nhà", seen=1)
    held = queries.held_registration(TOKEN)
    assert held is not None
    assert (held.state, held.reason) == ("returned", "Ghi đủ số nhà")
    better = replace(TOLD, address="Số 5, buôn Ea Tul")
    for _ in range(2):
        commands.send_registration_again(now=now, token=TOKEN, told=better, seen=1)
    held = queries.held_registration(TOKEN)
    assert held is not None
    assert (held.state, held.edition, held.particulars.address) == ("sent", 2, "Số 5, buôn Ea Tul")
    with pytest.raises(commands.Changed):
        commands.accept_registration(by=market.office, now=now, registration_id=id_, seen=1)


def test_an_accepted_enterprise_writes_its_own_offers_and_nothing_else(market: Market, now: datetime) -> None:
    id_ = commands.send_registration(now=now, token=TOKEN, told=TOLD)
    with pytest.raises(NotAllowed):
        commands.accept_registration(by=market.officers[0], now=now, registration_id=id_, seen=1)
    with pytest.raises(commands.Changed):
        commands.claim_account(now=now, real_now=now, token=TOKEN)
    made = commands.accept_registration(by=market.office, now=now, registration_id=id_, seen=1)
    assert commands.accept_registration(by=market.office, now=now, registration_id=id_, seen=1) == made
    with pytest.raises(commands.Changed):
        commands.return_registration(by=market.office, now=now, registration_id=id_, reason="Muộn", seen=1)
    row = Registration.objects.get(id=id_)
    assert row.user_id is not None
    actor = actor_of_user(row.user_id, now.date())
    assert actor is not None
    may_do = [one for one in Action if may(actor, one)]
    assert may_do == [Action.OFFER_WRITE, Action.EXHIBITION_READ, Action.BOOTH_APPLY]
    assert may(actor, Action.OFFER_WRITE, organization_id=made)
    assert not may(actor, Action.OFFER_WRITE, organization_id=market.enterprises[0])
    first, second = (commands.claim_account(now=now, real_now=now, token=TOKEN) for _ in range(2))
    assert first != second, "a link is shown once; another ends it"


def test_nobody_is_taken_over_by_a_registration(market: Market, now: datetime) -> None:
    """A login that somebody has makes no account and no link."""
    commands.send_registration(now=now, token=TOKEN, told=TOLD)
    other = replace(TOLD, name="Công ty Giả", contact_name="Người Khác")
    id_ = commands.send_registration(now=now, token="y" * 22, told=other)
    first = Registration.objects.get(name=TOLD.name).id
    commands.accept_registration(by=market.office, now=now, registration_id=first, seen=1)
    with pytest.raises(commands.LoginInUse):
        commands.accept_registration(by=market.office, now=now, registration_id=id_, seen=1)
    assert Registration.objects.get(id=id_).state == "sent"


def test_taking_the_name_of_an_enterprise_gives_none_of_its_offers(market: Market, now: datetime) -> None:
    id_ = commands.send_registration(now=now, token=TOKEN, told=replace(TOLD, name="CÔNG TY MỘT"))
    with pytest.raises(commands.EnterpriseKnown):
        commands.accept_registration(by=market.office, now=now, registration_id=id_, seen=1)
    assert Registration.objects.get(id=id_).state == "sent"


def test_an_offer_is_written_once_and_changed_by_who_has_seen_it(market: Market, write: Write, now: datetime) -> None:
    request_id = uuid4()
    offer_id = write(request_id=request_id)
    assert write(request_id=request_id) == offer_id
    with pytest.raises(commands.ChangedMeanwhile):
        write(request_id=request_id, title="Khác")
    mine: dict[str, Any] = {"by": market.officers[0], "now": now, "offer_id": offer_id}
    commands.change_offer(**mine, draft=replace(DRAFT, percent=40), seen=1)
    commands.change_offer(**mine, draft=replace(DRAFT, percent=40), seen=1)
    with pytest.raises(commands.Changed):
        commands.change_offer(**mine, draft=replace(DRAFT, percent=45), seen=1)
    with pytest.raises(NotAllowed):
        commands.change_offer(by=market.officers[1], now=now, offer_id=offer_id, draft=DRAFT, seen=2)
    with pytest.raises(NotAllowed):
        commands.draft_offer(
            by=market.officers[1],
            now=now,
            request_id=uuid4(),
            campaign_id=market.campaign_id,
            organization_id=market.enterprises[0],
            draft=DRAFT,
        )
    assert Offer.objects.get(id=offer_id).percent == 40


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": "  "}, commands.TitleMissing),
        ({"ends_on": date(2023, 9, 30)}, commands.DaysReversed),
        ({"redeem": Redeem.LINK, "link": "javascript:alert(1)"}, commands.LinkMissing),
        ({"service_codes": ("nothing",)}, commands.ServiceUnknown),
        ({"place_codes": ("99999",)}, commands.PlaceUnknown),
    ],
)
def test_what_cannot_be_is_refused(write: Write, said: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        write(**said)


def test_an_offer_lives_by_the_table(market: Market, write: Write, now: datetime) -> None:
    offer_id = write(until="submitted", percent=60)
    with pytest.raises(commands.NotEditable):
        commands.change_offer(by=market.officers[0], now=now, offer_id=offer_id, draft=DRAFT, seen=2)
    with pytest.raises(NotAllowed):
        commands.approve_offer(by=market.officers[0], now=now, offer_id=offer_id, seen=2)
    by: dict[str, Any] = {"by": market.office, "now": now, "offer_id": offer_id}
    commands.approve_offer(**by, seen=2, reason="Thuộc tháng khuyến mại, đã xem")
    commands.approve_offer(**by, seen=2, reason="Thuộc tháng khuyến mại, đã xem")
    assert Offer.objects.get(id=offer_id).approved_over == ["discount_cap", "notice_before_2024"]
    commands.publish_offer(**by, seen=3)
    with pytest.raises(commands.ReasonMissing):
        commands.suspend_offer(by=market.officers[0], now=now, offer_id=offer_id, seen=4, reason="")
    commands.suspend_offer(by=market.officers[0], now=now, offer_id=offer_id, seen=4, reason="Hết hàng")
    with pytest.raises(NotAllowed):
        commands.resume_offer(by=market.officers[0], now=now, offer_id=offer_id, seen=5)
    commands.resume_offer(**by, seen=5)
    commands.end_offer(by=market.officers[0], now=now, offer_id=offer_id, seen=6, reason="Đã đủ lượt")
    with pytest.raises(commands.Changed):
        commands.resume_offer(**by, seen=7)
    verbs = list(Audit.objects.filter(subject_id=str(offer_id)).order_by("id").values_list("verb", flat=True))
    assert sorted(verbs) == sorted(
        ["draft_offer", "submit_offer", "approve_offer", "publish_offer", "suspend_offer", "resume_offer", "end_offer"]
    )


def test_of_two_officers_one_wins(market: Market, write: Write, now: datetime) -> None:
    offer_id = write(until="submitted")
    commands.return_offer(by=market.office, now=now, offer_id=offer_id, seen=2, reason="Ghi rõ thể lệ")
    with pytest.raises(commands.Changed):
        commands.approve_offer(by=market.office, now=now, offer_id=offer_id, seen=2)
    assert Offer.objects.get(id=offer_id).state == "returned"


def test_nothing_is_shown_after_its_last_day(market: Market, write: Write, now: datetime) -> None:
    offer_id = write(until="approved")
    late = now + timedelta(days=60)
    with pytest.raises(commands.TooLate):
        commands.publish_offer(by=market.office, now=late, offer_id=offer_id, seen=3)
