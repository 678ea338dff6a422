"""Every route's case: a route without a line here fails the matrix."""

from tests.matrix import calendars, desk, doors, people, plans, rounds
from tests.matrix.case import Case

CASES: dict[str, Case] = {
    **doors.PUBLIC_PAGES,
    **desk.CAMPAIGN,
    **desk.READINGS,
    **plans.PLANS,
    **desk.OUTINGS,
    **calendars.CALENDARS,
    **desk.FORMS,
    **desk.HELP_DESKS,
    **desk.FEEDBACK,
    **desk.CARDS,
    **desk.TALLIES,
    **desk.RECORDS,
    **desk.FIGURES,
    **desk.EXCHANGE,
    **rounds.ROUNDS,
    **people.NOTICES,
    **people.PEOPLE,
    **desk.DESK,
    **doors.openrosa(),
    **{f"v1/{end}": case for end, case in doors.central().items()},
    **doors.FIELD,
}
