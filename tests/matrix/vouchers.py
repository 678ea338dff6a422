"""The cases of vouchers: an enterprise's own runs and counters, the office's prints, what everybody sees."""

from datetime import date, datetime
from uuid import uuid4

from raquan.kernel.actor import SYSTEM
from raquan.people.rules import Action
from raquan.vouchers import commands, queries
from raquan.vouchers.rules import ClockKind, FailureReason, RunTerms, Said, SaidFailure, SaidRedemption, Wanted
from tests.matrix.case import NEW, PUBLIC, A, Body, Case, Write, both, change, listing, thing
from tests.matrix.world import OTHER, OWN, Mark, World

LAST = date(2023, 10, 31)


def add_vouchers(world: World, now: datetime) -> None:
    """Give each unit a run that is open and one that is not, a counter that holds a lease, a redemption, a failure."""
    for unit in (OWN, OTHER):
        things = world.things if unit == OWN else world.others
        runs = []
        for title in (f"Đợt phiếu {unit}", f"Phiếu chờ mở {unit}"):
            terms = RunTerms(title, date(2023, 10, 1), LAST, quota=20)
            said = {"request_id": uuid4(), "offer_id": things["shown_offer"], "terms": terms}
            runs.append(commands.make_run(by=SYSTEM, now=now, **said))
        commands.open_run(by=SYSTEM, now=now, run_id=runs[0], seen=1)
        issued = commands.issue_enrolment_code(by=SYSTEM, now=now, organization_id=things["organization_id"])
        made = commands.enroll_counter(code=issued.code, name=f"Quầy {unit}", address="", now=now, real_now=now)
        things |= {"run_id": runs[0], "waiting_run": runs[1], "counter_id": made.counter_id}
        _redeem(made.token, runs[0], now, amount=61001 if unit == OWN else 61002)
        write = (Action.OFFER_WRITE,)
        world.marks |= {
            f"{unit} waiting run": Mark(f"Phiếu chờ mở {unit}", write, unit),
            f"{unit} counter": Mark(f"Quầy {unit}", write, unit),
            f"{unit} amount": Mark("61.001" if unit == OWN else "61.002", write, unit),
        }


def _redeem(token: str, run_id: object, now: datetime, amount: int) -> None:
    actor = queries.actor_by_counter_token(token)
    assert actor is not None
    run = queries.counter_state(actor, now=now).runs[0].id
    commands.sync_counter(by=actor, now=now, said=Said(uuid4(), now, want=(Wanted(run, 5),)))
    lease = queries.counter_state(actor, now=now).leases[0].id
    code = queries.code_of(run, 1, LAST)
    redemption = SaidRedemption(uuid4(), run, lease, code, now, ClockKind.ANCHORED, amount=amount)
    failure = SaidFailure(uuid4(), FailureReason.USED, now, code[:60])
    commands.sync_counter(by=actor, now=now, said=Said(uuid4(), now, redemptions=(redemption,), failures=(failure,)))


def _run(world: World) -> Body:
    return {
        "request_id": NEW,
        "offer": str(world.things["shown_offer"]),
        "title": "Phiếu mới",
        "starts_on": "1/10/2023",
        "ends_on": "31/10/2023",
        "quota": "10",
        "lease_most": "5",
        "lease_hours": "24",
        "settle_hours": "72",
    }


def _enrol(world: World) -> Body:
    return {"organization": str(world.things["organization_id"])}


VOUCHERS: dict[str, Case] = {
    "<int:year>/vouchers/": PUBLIC,
    "desk/vouchers/": listing(*both("waiting run")),
    "desk/vouchers/new/": Case(writes=(Write(_run, A.OFFER_WRITE),)),
    "desk/vouchers/counters/": listing(*both("counter")),
    "desk/vouchers/counters/code/": change(A.OFFER_WRITE, _enrol),
    "desk/vouchers/counters/<uuid:counter_id>/": thing(
        A.OFFER_WRITE, "own counter", writes=(Write({"reason": "Mất máy"}, A.OFFER_WRITE),)
    ),
    "desk/vouchers/redemptions/": listing(
        *both("amount"), queries=("", "?state=counted", f"?run={NEW}", "?state=double&run=x")
    ),
    "desk/vouchers/failures/": listing(*both("counter")),
    "desk/vouchers/<uuid:run_id>/": thing(A.OFFER_WRITE, "own counter"),
    "desk/vouchers/<uuid:run_id>/step/": Case(
        get=None,
        writes=(
            Write({"step": "suspend_run", "seen": "2", "reason": "Hết hàng"}, A.OFFER_WRITE),
            Write({"step": "open_run", "seen": "1"}, A.OFFER_WRITE, keeps=True),
        ),
    ),
    "desk/vouchers/<uuid:run_id>/print/": change(A.OFFER_DECIDE, {"first": "1", "last": "2"}),
}
