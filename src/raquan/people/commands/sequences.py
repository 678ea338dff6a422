"""Remembers which of a phone's records have come, so that a lost one is noticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.refused import NotAllowed
from raquan.ledger.commands import write_grouped
from raquan.people.models import DeviceSequence
from raquan.people.rules.field_codes import Ranges, add_to_ranges, gaps_of

TRIES = 50


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The highest number that a phone has sent, and the runs below it that never came."""

    last_seq: int
    gaps: Ranges


def note_arrivals(*, by: Actor, numbers: Sequence[int]) -> Arrivals:
    """Note the numbers of records that a phone has just sent, whatever became of them; they may come again.

    Touches the phone's own row alone, and not even that when nothing is new. No act of a person: not audited.
    """
    if by.kind is not ActorKind.DEVICE or by.id is None:
        raise NotAllowed()
    device_id = by.id
    seen, _ = _read(device_id)
    if add_to_ranges(seen, numbers) != seen:
        seen = write_grouped(lambda: _add(device_id, numbers))
    return Arrivals(seen[-1][1] if seen else 0, gaps_of(seen))


def _add(device_id: UUID, numbers: Sequence[int]) -> Ranges:
    for _ in range(TRIES):
        seen, version = _read(device_id)
        grown = add_to_ranges(seen, numbers)
        if grown == seen:
            return seen
        if version is None:
            DeviceSequence.objects.bulk_create([DeviceSequence(device_id=device_id)], ignore_conflicts=True)
            version = 0
        row = DeviceSequence.objects.filter(device_id=device_id, version=version)
        if row.update(seen=grown, last_seq=grown[-1][1], version=version + 1):
            return grown
    raise RuntimeError("a phone's sequence is changed faster than it can be read")


def _read(device_id: UUID) -> tuple[Ranges, int | None]:
    row = DeviceSequence.objects.filter(device_id=device_id).first()
    return (tuple((first, last) for first, last in row.seen), row.version) if row else ((), None)
