"""What a companion card was shown for: how far its holder has come with each service, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from raquan.capture.models import Assist
from raquan.capture.rules import ReviewState
from raquan.catalogue import queries as catalogue
from raquan.catalogue.queries import RungView
from raquan.kernel.localized import Localized


@dataclass(frozen=True, slots=True)
class CardStep:
    """A service that the card's holder was helped with: the highest rung reached, and the one that comes next.

    `next_only_by` names who alone may take that next step, such as the police.
    """

    service_code: str
    service_name: Localized
    reached: Localized
    next: Localized | None
    next_only_by: Localized | None
    last_on: date


def card_steps(card_id: UUID) -> tuple[CardStep, ...]:
    """List what a card was shown for, the latest first. For who holds the card: its code is the proof."""
    found = Assist.objects.filter(card_id=card_id, withdrawn_at__isnull=True)
    found = found.exclude(submission__review_state=ReviewState.REJECTED.value)
    rows = list(found.order_by("occurred_at").values_list("service_code", "group_code", "rung", "occurred_on"))
    ladders = {group.code: group.rungs for group in catalogue.groups()}
    names = catalogue.service_names({code for code, *_ in rows})
    reached: dict[str, tuple[tuple[RungView, ...], int, date]] = {}
    for code, group, rung, day in rows:
        ladder = ladders.get(group, ())
        place = next((n for n, one in enumerate(ladder) if one.code == rung), -1)
        best = reached[code][1] if code in reached else -1
        if place >= 0 and code in names:
            reached[code] = (ladder, max(place, best), day)
    barred = {(one.service_code, one.rung_code): one.performer_name for one in catalogue.all_restrictions()}
    steps = [_step(code, names, barred, *one) for code, one in reached.items()]
    return tuple(sorted(steps, key=lambda one: (one.last_on, one.service_code), reverse=True))


def card_place(card_id: UUID) -> str:
    """Give the code of the commune in which a card was shown last, "" where none is known. For who holds the card."""
    found = Assist.objects.filter(card_id=card_id, withdrawn_at__isnull=True).exclude(place_code="")
    found = found.exclude(submission__review_state=ReviewState.REJECTED.value)
    return found.order_by("-occurred_at").values_list("place_code", flat=True).first() or ""


def _step(
    code: str,
    names: Mapping[str, Localized],
    barred: Mapping[tuple[str, str], Localized],
    ladder: tuple[RungView, ...],
    place: int,
    last_on: date,
) -> CardStep:
    following = ladder[place + 1] if place + 1 < len(ladder) else None
    return CardStep(
        service_code=code,
        service_name=names[code],
        reached=ladder[place].name,
        next=following.name if following else None,
        next_only_by=barred.get((code, following.code)) if following else None,
        last_on=last_on,
    )
