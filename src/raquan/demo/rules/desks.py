"""Which help desks the demo's campaign has: one-stop shops of districts, and of some communes; all invented."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from raquan.demo.rules.schedule import SERVICES_BY_KIND, Commune, seats_of
from raquan.helpdesks.rules import Span

_MORNING, _AFTERNOON = (time(7, 30), time(11)), (time(13, 30), time(16, 30))
OFFICE_HOURS = tuple(Span(day, *hours) for day in range(1, 6) for hours in (_MORNING, _AFTERNOON))
"""A district's one-stop shop: mornings and afternoons of all working days."""

SHORT_HOURS = tuple(Span(day, *_MORNING) for day in (2, 4))
"""A commune's: two mornings a week, when an officer can be spared."""

EVERY = 6
"""Outside Cư M’gar, whose every commune has a desk, one commune in so many."""

ROSTER: tuple[tuple[int, ...], tuple[int, ...]] = ((1, 3, 5), (2, 4))
"""The days of the week of the leader and of the helper at the desk of Cư M’gar."""


@dataclass(frozen=True, slots=True)
class ScheduledDesk:
    """A desk to set up; `is_seat` at the one-stop shop of a district."""

    place_code: str
    district_code: str
    district_name: str  # without its type: what a code's letters come from
    site_name: str
    is_seat: bool
    hours: tuple[Span, ...]
    service_codes: tuple[str, ...]
    capacity: int


def desks(communes: Sequence[Commune]) -> Iterator[ScheduledDesk]:
    """Lay out the desks: each district's one-stop shop, then communes'."""
    services = SERVICES_BY_KIND["one_stop_shop"]
    names = {one.district_code: _plain(one.district_name) for one in communes}
    for seat in seats_of(communes):
        shop = f"Bộ phận tiếp nhận và trả kết quả {seat.district_name}"
        yield ScheduledDesk(
            seat.code, seat.district_code, names[seat.district_code], shop, True, OFFICE_HOURS, services, 80
        )
    for number, one in enumerate(communes):
        if one.district_code == "648" or number % EVERY == 0:
            shop = f"Bộ phận một cửa {one.full_name}"
            yield ScheduledDesk(
                one.code, one.district_code, names[one.district_code], shop, False, SHORT_HOURS, services[:6], 25
            )


def _plain(district_name: str) -> str:
    for kind in ("huyện ", "thị xã ", "thành phố "):
        district_name = district_name.removeprefix(kind)
    return district_name


def share_of(hours: Iterable[Span]) -> float:
    """Tell how many come while a desk is open once, against an outing there: fewer where it opens seldom."""
    return 0.3 if len(tuple(hours)) > len(SHORT_HOURS) else 0.15
