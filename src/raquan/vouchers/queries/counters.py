"""What a counter is told: who it is, its leases, its enterprise's runs with what was used."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.clock import local_date
from raquan.kernel.refused import NotAllowed
from raquan.market.rules import OfferState
from raquan.vouchers.models import Counter, Lease, Redemption, VoucherRun
from raquan.vouchers.rules import DAYS_TOLD, DOUBLES_TOLD, ENDED_TOLD, LeaseState, Reason, RunState, bitmap_of

MOST_RUNS = 50
MOST_DOUBLES = 200


@dataclass(frozen=True, slots=True)
class ToldLease:
    """A lease as its counter knows it."""

    id: UUID
    run_id: UUID
    granted: int
    expires_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class ToldRun:
    """A run as counters of its enterprise know it; `used` is the bitmap of used serials, base64."""

    id: UUID
    title: dict[str, str]
    offer: str
    starts_on: str
    ends_on: str
    state: str
    public_key: str
    quota: int
    left: int
    per_card: int | None
    per_counter_day: int | None
    used: str


@dataclass(frozen=True, slots=True)
class ToldDouble:
    """That another counter of the enterprise took the voucher of a redemption too; that one was not counted."""

    redemption_id: UUID
    counter_name: str
    redeemed_at: datetime


@dataclass(frozen=True, slots=True)
class ToldCounter:
    """All that a counter is told."""

    id: UUID
    name: str
    enterprise: str
    is_withdrawn: bool
    leases: tuple[ToldLease, ...]
    runs: tuple[ToldRun, ...]
    doubles: tuple[ToldDouble, ...]


def token_hash(token: str) -> str:
    """Hash a counter's token, as it is kept: it is long and random, so that a plain hash does."""
    return sha256(token.encode()).hexdigest()


def actor_by_counter_token(token: str) -> Actor | None:
    """Give a counter as an actor that has no duties; withdrawn ones too, for what they have not sent. One query."""
    found = Counter.objects.filter(token_hash=token_hash(token)).first()
    return Actor(ActorKind.DEVICE, found.id, found.name) if found else None


def counter_state(actor: Actor, *, now: datetime) -> ToldCounter:
    """Give a counter what it works with offline. Raises NotAllowed for whoever is none. Four queries, one a new run.

    A run whose offer is not shown at this moment is told as suspended.
    """
    known = Counter.objects.select_related("organization")
    found = known.filter(id=actor.id).first() if actor.kind is ActorKind.DEVICE and actor.id else None
    if found is None:
        raise NotAllowed()
    recent = Q(state=LeaseState.HELD.value) | Q(ended_at__gt=now - ENDED_TOLD)
    leases = Lease.objects.filter(recent, counter=found).order_by("made_at", "id")
    runs = (
        VoucherRun.objects.filter(
            organization_id=found.organization_id, ends_on__gte=local_date(now) - timedelta(days=DAYS_TOLD)
        )
        .exclude(state=RunState.DRAFT.value)
        .exclude(opened_at=None)
        .select_related("offer")
        .order_by("-ends_on", "id")[:MOST_RUNS]
    )
    return ToldCounter(
        id=found.id,
        name=found.name,
        enterprise=found.organization.name,
        is_withdrawn=found.withdrawn_at is not None,
        leases=tuple(ToldLease(one.id, one.run_id, one.granted, one.expires_at, one.state) for one in leases),
        runs=tuple(_told(one) for one in runs),
        doubles=_doubles(found, now),
    )


def _doubles(counter: Counter, now: datetime) -> tuple[ToldDouble, ...]:
    """Give where others of the enterprise lately took what this counter had redeemed first, the latest first."""
    own = Redemption.objects.filter(
        run=OuterRef("run"), serial=OuterRef("serial"), counter=counter, takes_code=True
    ).order_by()
    others = (
        Redemption.objects.filter(
            organization_id=counter.organization_id,
            reason=Reason.DOUBLE.value,
            received_at__gt=now - DOUBLES_TOLD,
        )
        .exclude(counter=counter)
        .annotate(own=Subquery(own.values("id")[:1]))
        .exclude(own=None)
        .order_by("-received_at", "id")
    )
    rows = others.values_list("own", "counter__name", "redeemed_at")[:MOST_DOUBLES]
    return tuple(ToldDouble(*row) for row in rows)


def _told(run: VoucherRun) -> ToldRun:
    is_shown = run.offer.state == OfferState.PUBLISHED.value
    state = RunState.SUSPENDED.value if run.state == RunState.OPEN.value and not is_shown else run.state
    return ToldRun(
        id=run.id,
        title=dict(run.title),
        offer=run.offer.title,
        starts_on=run.starts_on.isoformat(),
        ends_on=run.ends_on.isoformat(),
        state=state,
        public_key=run.public_key,
        quota=run.quota,
        left=run.quota - run.counted - run.held,
        per_card=run.per_card,
        per_counter_day=run.per_counter_day,
        used=_used(run.id, run.quota, run.uses),
    )


@lru_cache(maxsize=200)
def _used(run_id: UUID, quota: int, uses: int) -> str:
    """Give the bitmap of an edition of a run's uses, or of a later one: what was used by then is in it."""
    taken = Redemption.objects.filter(run_id=run_id, takes_code=True).order_by()
    serials = [one for one in taken.values_list("serial", flat=True) if one is not None]
    return b64encode(bitmap_of(serials, quota)).decode()
