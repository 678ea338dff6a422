"""The whole world of the matrix: two units, and what each room adds to them; `bench.pages` fills it too."""

from datetime import datetime

from tests.matrix.exhibitions import add_exhibitions
from tests.matrix.people import add_notices, add_people
from tests.matrix.plans import add_plans
from tests.matrix.press import add_press
from tests.matrix.reports import add_reports
from tests.matrix.rounds import add_rounds
from tests.matrix.vouchers import add_vouchers
from tests.matrix.world import World, make_world


def make_whole_world(now: datetime) -> World:
    """Make the two units with a thing of each kind that a route names."""
    made = make_world(now)
    for add in (
        add_rounds, add_reports, add_plans, add_notices, add_people, add_press, add_vouchers, add_exhibitions,
    ):  # fmt: skip
        add(made, now)
    return made
