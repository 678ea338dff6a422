"""Counters redeem a run of vouchers all at once: sends a second, and the proof that no more is counted than there is.

    python -m bench.vouchers [--quota 1000] [--online 200] [--offline 50]
    python tests/with_postgres.py python -m bench.vouchers

The commands are called as the server's threads call them (SERVER of them), by as many client threads as there are
counters online. Schedule, lost answers, repeated sends and codes that several counters take are drawn at random. Those
offline lease in the beginning and send at the end. The database is a file of SQLite, or the PostgreSQL of DATABASE_URL.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from bench.machinery import world

SERVER = 32
NOW = datetime(2023, 10, 5, 2, 0, tzinfo=UTC)
FIRST, LAST = date(2023, 10, 1), date(2023, 10, 31)


def prepare(quota: int) -> tuple[UUID, UUID]:
    """Make a fresh database with a published offer and an open run; give the run and its enterprise."""
    import django

    django.setup()
    from django.core.management import call_command

    from raquan.capture.tests.world import make_field
    from raquan.kernel.actor import SYSTEM
    from raquan.market import commands as market
    from raquan.market.rules import Draft, PromotionForm
    from raquan.people.commands import register_organization
    from raquan.people.rules import Level
    from raquan.vouchers import commands
    from raquan.vouchers.rules import RunTerms

    call_command("migrate", verbosity=0)
    field = make_field(NOW)
    known: dict[str, Any] = {"by": SYSTEM, "now": NOW}
    whose = register_organization(**known, name="Doanh nghiệp đo thử", level=Level.ENTERPRISE)
    draft = Draft("Ưu đãi đo thử", PromotionForm.VOUCHER, FIRST, LAST)
    offer = market.draft_offer(
        **known, request_id=uuid4(), campaign_id=field.campaign_id, organization_id=whose, draft=draft
    )
    for seen, act in enumerate((market.submit_offer, market.approve_offer, market.publish_offer), start=1):
        act(**known, offer_id=offer, seen=seen)
    terms = RunTerms("Phiếu đo thử", FIRST, LAST, quota, lease_most=10)
    run = commands.make_run(**known, request_id=uuid4(), offer_id=offer, terms=terms)
    commands.open_run(**known, run_id=run, seen=1)
    return run, whose


def make_phones(run: UUID, whose: UUID, count: int, codes: dict[int, str]) -> list[Any]:
    """Make so many counters."""
    from raquan.kernel.actor import Actor, ActorKind
    from raquan.vouchers.models import Counter
    from raquan.vouchers.tests.phone import Phone

    rows = [
        Counter(organization_id=whose, name=f"Quầy {n}", sort_key=f"{n}", token_hash=uuid4().hex, enrolled_at=NOW)
        for n in range(count)
    ]
    Counter.objects.bulk_create(rows)
    return [Phone(Actor(ActorKind.DEVICE, one.id, one.name), run, codes.__getitem__) for one in rows]


def work(phone: Any, quota: int, seed: int, send: Callable[..., None]) -> None:
    """Be a counter online: lease, redeem what customers bring, send, lose answers, send again, give back."""
    lot = random.Random(seed)
    for _turn in range(6):
        send(phone, phone.ask(NOW, want=lot.randint(1, 5)), lost=lot.random() < 0.15)
        for serial in lot.sample(range(1, quota + 1), lot.randint(1, 4)):
            phone.redeem(serial, NOW)
        said = phone.ask(NOW, gives_back=lot.random() < 0.3)
        send(phone, said, lost=lot.random() < 0.15)
        if lot.random() < 0.2:
            send(phone, said)


def main() -> None:
    """Measure and prove."""
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--quota", type=int, default=1000)
    said.add_argument("--online", type=int, default=200)
    said.add_argument("--offline", type=int, default=50)
    asked = said.parse_args()
    run, whose = prepare(asked.quota)
    from django.db import connection, connections

    from raquan.vouchers.models import Redemption
    from raquan.vouchers.queries import code_of
    from raquan.vouchers.tests.sums import check_sums

    began = time.perf_counter()
    codes = {serial: code_of(run, serial, LAST) for serial in range(1, asked.quota + 1)}
    signing = time.perf_counter() - began
    phones = make_phones(run, whose, asked.online + asked.offline, codes)
    took: list[float] = []

    def answer(phone: Any, said: Any, lost: bool) -> None:
        started = time.perf_counter()
        phone.sync(said, NOW, lost=lost)
        took.append(time.perf_counter() - started)

    online, offline = phones[: asked.online], phones[asked.online :]
    with ThreadPoolExecutor(SERVER) as server:

        def send(phone: Any, said: Any, lost: bool = False) -> None:
            server.submit(answer, phone, said, lost).result()

        for phone in offline:
            send(phone, phone.ask(NOW, want=3))
        began = time.perf_counter()
        with ThreadPoolExecutor(asked.online) as clients:
            list(clients.map(lambda pair: work(pair[1], asked.quota, pair[0], send), enumerate(online)))
        seconds, sends = time.perf_counter() - began, len(took) - len(offline)
        for number, phone in enumerate(offline):
            for serial in random.Random(-number).sample(range(1, asked.quota + 1), 5):
                phone.redeem(serial, NOW)
        with ThreadPoolExecutor(asked.offline) as clients:
            list(clients.map(lambda phone: send(phone, phone.ask(NOW, gives_back=True)), offline))
        check_sums(run)
        _sweep(online, asked.quota, send)
        server.submit(connections.close_all).result()
    end = check_sums(run)
    all_of_them = Redemption.objects.filter(run_id=run)
    double = all_of_them.filter(reason="double").count()
    print(f"{connection.vendor}: {asked.online} counters online, {asked.offline} offline, {asked.quota} vouchers")
    print(f"  {sends} sends in {seconds:.1f} s: {sends / seconds:.0f} a second on {SERVER} threads")
    middle, most = statistics.median(took) * 1000, sorted(took)[len(took) * 99 // 100] * 1000
    print(f"  a send took {middle:.0f} ms, 99 of 100 at most {most:.0f} ms")
    print(f"  codes signed: {asked.quota / signing:.0f} a second")
    print(f"  redemptions: {all_of_them.count()}, counted {end.counted} of {asked.quota}, refused as double {double}")
    _settle(run, asked.quota)
    print("  sums hold: counted + held + free = quota, no serial twice, every redemption has one outcome")


def _sweep(online: list[Any], quota: int, send: Callable[..., None]) -> None:
    """Redeem every voucher that is left, and try each once more at another counter: nothing more is counted."""
    for phone in online * 2:  # twice: a lease whose answer was lost is learned of with the first
        send(phone, phone.ask(NOW, gives_back=True))
    for start in range(0, quota, 5):
        pair = (online[start // 5 % len(online)], online[(start // 5 + 1) % len(online)])
        for phone, forgets in zip(pair, (False, True), strict=True):
            send(phone, phone.ask(NOW, want=5))
            if forgets:  # what was used: it tries each voucher, and each comes back as a double
                phone.used = set()
            for serial in range(start + 1, min(start + 5, quota) + 1):
                phone.redeem(serial, NOW)
            send(phone, phone.ask(NOW, gives_back=True))


def _settle(run: UUID, quota: int) -> None:
    """Hold the end against what there was to give away."""
    from raquan.kernel.actor import SYSTEM
    from raquan.vouchers import commands
    from raquan.vouchers.tests.sums import check_sums

    commands.settle_leases(by=SYSTEM, now=NOW + timedelta(days=90))
    end = check_sums(run)
    assert (end.counted, end.held) == (quota, 0), (end.counted, end.held)


if __name__ == "__main__":
    assert world.ROOT
    main()
