"""A counter takes a redemption back: its unit is free again, and on the same day its code too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from raquan.kernel.clock import local_date
from raquan.vouchers.commands.judging import digest_of
from raquan.vouchers.commands.settling import move
from raquan.vouchers.models import Counter, Redemption, Reversal
from raquan.vouchers.rules import ClockKind, Outcome, Reason, SaidReversal, Verdict, end_of, moment_of


def take_reversals(
    counter: Counter, *, now: datetime, sent_at: datetime | None, said: Sequence[SaidReversal]
) -> tuple[list[Verdict], int]:
    """Take reversals, one after another; give their verdicts and how many are new and hold.

    The runs of the redemptions are held by this transaction.
    """
    before = {row.id: row for row in Reversal.objects.filter(id__in={one.id for one in said})}
    mine = Redemption.objects.filter(counter=counter, id__in={one.redemption_id for one in said})
    redemptions = {row.id: row for row in mine.select_related("run")}
    verdicts, held = [], 0
    for one in said:
        digest = digest_of(counter, one.redemption_id, one.reason, one.reversed_at)
        known = before.get(one.id)
        if known is None:
            at = moment_of(one.reversed_at, ClockKind.ANCHORED, sent_at=sent_at, received_at=now)
            redemption = redemptions.get(one.redemption_id)
            reason = _judge(redemption, now)
            known = Reversal.objects.create(
                id=one.id,
                digest=digest,
                counter=counter,
                redemption=redemption,
                why=one.reason,
                reversed_at=at,
                outcome=(Outcome.REFUSED if reason else Outcome.ACCEPTED).value,
                reason=reason.value,
                received_at=now,
            )
            before[one.id] = known
            if redemption is not None and not reason:
                _take_back(redemption, at)
                held += 1
        same = known.digest == digest
        verdicts.append(
            Verdict(str(one.id), Outcome(known.outcome), Reason(known.reason))
            if same
            else Verdict(str(one.id), Outcome.REFUSED, Reason.CONFLICT)
        )
    return verdicts, held


def _judge(redemption: Redemption | None, now: datetime) -> Reason:
    if redemption is None or redemption.run is None:
        return Reason.UNKNOWN_REDEMPTION if redemption is None else Reason.NOT_COUNTED
    if redemption.outcome != Outcome.ACCEPTED.value:
        return Reason.NOT_COUNTED
    if not redemption.is_counted:
        return Reason.REVERSED
    # The figures of a run stand once everything could have arrived.
    last = end_of(redemption.run.ends_on) + timedelta(hours=redemption.run.settle_hours)
    return Reason.LATE if now > last else Reason.NONE


def _take_back(redemption: Redemption, at: datetime) -> None:
    same_day = local_date(at) == redemption.redeemed_on
    Redemption.objects.filter(id=redemption.id, is_counted=True).update(is_counted=False, takes_code=not same_day)
    redemption.is_counted = False
    if redemption.run_id is not None:
        move(redemption.run_id, counted=-1, uses=1)
