"""Redemptions are judged one after another as they arrive, and written at once."""

import hashlib
from collections import Counter as Tally
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Count

from raquan.cards import queries as cards
from raquan.cards.rules import read_mark
from raquan.kernel.clock import local_date
from raquan.vouchers import engine
from raquan.vouchers.commands.settling import move
from raquan.vouchers.models import Counter, Lease, Redemption, VoucherRun
from raquan.vouchers.rules import (
    GIVES_BACK,
    LeaseState,
    Outcome,
    Reason,
    SaidRedemption,
    Standing,
    Verdict,
    judge,
    moment_of,
    read_code,
    remaining,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What of a redemption can be told without the quota: its serial or why its code is none, its card."""

    serial: int | None
    reason: Reason
    card_id: UUID | None


def digest_of(counter: Counter, *parts: object) -> str:
    """Hash what a counter says of an item: the same id with another hash is another item, and a conflict."""
    return hashlib.sha256("\n".join(str(one) for one in (counter.id, *parts)).encode()).hexdigest()


def check_redemptions(counter: Counter, said: Sequence[SaidRedemption]) -> dict[UUID, Checked]:
    """Read codes and cards, and verify signatures, before anything is held. Two queries."""
    runs = VoucherRun.objects.filter(organization_id=counter.organization_id).in_bulk({one.run_id for one in said})
    marks = {one.id: read_mark(one.card) for one in said if one.card}
    known = cards.cards_by_marks({mark for mark in marks.values() if mark}) if marks else {}
    checked = {}
    for one in said:
        serial, reason = _read(one, runs.get(one.run_id))
        card = known.get(marks.get(one.id, ""))
        checked[one.id] = Checked(serial, reason, card.id if card else None)
    return checked


def _read(one: SaidRedemption, run: VoucherRun | None) -> tuple[int | None, Reason]:
    code = read_code(one.code)
    if code is None:
        return None, Reason.BAD_CODE
    if run is None or code.run_id != run.id:
        return None, Reason.OTHER_RUN
    true = 1 <= code.serial <= run.quota and code.ends_on == run.ends_on
    if not true or not engine.is_true(run.public_key, code.signed, code.signature):
        return None, Reason.BAD_CODE
    return code.serial, Reason.NONE


class Judging:
    """A counter's redemptions judged against how things stand; the runs concerned are held meanwhile."""

    def __init__(
        self, counter: Counter, runs: Mapping[UUID, VoucherRun], said: Sequence[SaidRedemption], *, now: datetime
    ) -> None:
        self._counter, self._runs, self._now = counter, runs, now
        self._known = {row.id: row for row in Redemption.objects.filter(id__in={one.id for one in said})}
        self._leases = counter.leases.in_bulk({one.lease_id for one in said})
        self._before = {one.id: (one.counted, one.freed) for one in self._leases.values()}
        self._used: set[tuple[UUID, int]] = set()
        self._of_cards: Tally[tuple[UUID, UUID]] = Tally()
        self._of_days: Tally[tuple[UUID, date]] = Tally()
        self._new: list[Redemption] = []

    def take(
        self, said: Sequence[SaidRedemption], checked: Mapping[UUID, Checked], *, sent_at: datetime | None
    ) -> list[Verdict]:
        """Judge them in the order in which they are told, and write what is new."""
        fresh = [one for one in said if one.id not in self._known]
        self._look(fresh, checked, {self._moment(one, sent_at)[1] for one in fresh})
        verdicts = [self._one(one, checked[one.id], sent_at) for one in said]
        self._write()
        return verdicts

    @property
    def counted(self) -> int:
        """Count the new ones that count."""
        return sum(one.is_counted for one in self._new)

    @property
    def refused(self) -> int:
        """Count the new ones that do not."""
        return len(self._new) - self.counted

    def _look(self, fresh: Sequence[SaidRedemption], checked: Mapping[UUID, Checked], days: Collection[date]) -> None:
        """Read which serials are taken, and how often cards and days were counted. Three queries at most."""
        if not fresh:
            return
        runs = {one.run_id for one in fresh}
        serials = {serial for one in fresh if (serial := checked[one.id].serial) is not None}
        taken = Redemption.objects.filter(run_id__in=runs, serial__in=serials, takes_code=True)
        self._used.update((run, serial) for run, serial in taken.values_list("run_id", "serial") if run and serial)
        counted = Redemption.objects.filter(run_id__in=runs, is_counted=True).order_by()
        held_cards = {card for one in fresh if (card := checked[one.id].card_id) is not None}
        if held_cards:
            of_cards = counted.filter(card_id__in=held_cards).values_list("run_id", "card_id").annotate(Count("id"))
            self._of_cards.update({(run, card): number for run, card, number in of_cards})
        if any(self._runs[one].per_counter_day is not None for one in runs if one in self._runs):
            here = counted.filter(counter=self._counter, redeemed_on__in=days)
            of_days = here.values_list("run_id", "redeemed_on").annotate(Count("id"))
            self._of_days.update({(run, day): number for run, day, number in of_days})

    def _moment(self, one: SaidRedemption, sent_at: datetime | None) -> tuple[datetime, date]:
        at = moment_of(one.redeemed_at, one.clock, sent_at=sent_at, received_at=self._now)
        return at, local_date(at)

    def _one(self, one: SaidRedemption, checked: Checked, sent_at: datetime | None) -> Verdict:
        digest = digest_of(
            self._counter, one.run_id, one.lease_id, one.code, one.redeemed_at, one.clock, one.card, one.amount
        )
        known = self._known.get(one.id)
        if known is not None:
            if known.digest != digest:
                return Verdict(str(one.id), Outcome.REFUSED, Reason.CONFLICT)
            return Verdict(str(one.id), Outcome(known.outcome), Reason(known.reason))
        at, day = self._moment(one, sent_at)
        lease = self._leases.get(one.lease_id)
        reason = self._judge(one, checked, lease, at, day)
        self._settle(one, checked, lease, reason, day)
        counts = reason is Reason.NONE
        row = Redemption(
            id=one.id,
            digest=digest,
            counter=self._counter,
            organization_id=self._counter.organization_id,
            run_id=one.run_id if one.run_id in self._runs else None,
            lease=lease,
            serial=checked.serial,
            card_id=checked.card_id,
            amount=one.amount,
            redeemed_at=at,
            redeemed_on=day,
            clock=one.clock.value,
            outcome=(Outcome.ACCEPTED if counts else Outcome.REFUSED).value,
            reason=reason.value,
            is_counted=counts,
            takes_code=counts,
            received_at=self._now,
        )
        self._known[one.id] = row
        self._new.append(row)
        return Verdict(str(one.id), Outcome(row.outcome), reason)

    def _judge(self, one: SaidRedemption, checked: Checked, lease: Lease | None, at: datetime, day: date) -> Reason:
        if lease is None or lease.run_id not in self._runs:
            return Reason.UNKNOWN_LEASE
        run = self._runs[lease.run_id]
        standing = Standing(
            lease_state=LeaseState(lease.state),
            left=remaining(lease.granted, lease.counted, lease.freed),
            settles_at=lease.settles_at,
            expires_at=lease.expires_at,
            starts_on=run.starts_on,
            code=checked.reason if lease.run_id == one.run_id else Reason.OTHER_RUN,
            used=checked.serial is not None and (one.run_id, checked.serial) in self._used,
            card_counted=self._of_cards[(run.id, checked.card_id)] if checked.card_id else 0,
            day_counted=self._of_days[(run.id, day)],
            per_card=run.per_card if checked.card_id else None,
            per_counter_day=run.per_counter_day,
        )
        return judge(standing, clock=one.clock, at=at, day=day, received_at=self._now)

    def _settle(self, one: SaidRedemption, checked: Checked, lease: Lease | None, reason: Reason, day: date) -> None:
        """Remember what one more changes for those after it."""
        if lease is not None:
            lease.arrived += 1
            lease.freed += reason in GIVES_BACK
        if lease is not None and reason is Reason.NONE and checked.serial is not None:
            lease.counted += 1
            self._used.add((one.run_id, checked.serial))
            self._of_days[(one.run_id, day)] += 1
            if checked.card_id:
                self._of_cards[(one.run_id, checked.card_id)] += 1

    def _write(self) -> None:
        Redemption.objects.bulk_create(self._new)
        for lease in self._leases.values():
            counted, freed = self._before[lease.id]
            same = Lease.objects.filter(id=lease.id, counted=counted, freed=freed, state=lease.state)
            if not same.update(counted=lease.counted, freed=lease.freed, arrived=lease.arrived):
                raise IntegrityError(f"the lease {lease.id} changed under us")
            more, back = lease.counted - counted, lease.freed - freed
            move(lease.run_id, counted=more, held=-(more + back), uses=more)
