"""Everybody sees booths once they are given, in an order nobody pays for; lists ask little; who may not is told."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raquan.exhibitions import queries
from raquan.exhibitions.queries import Sought
from raquan.exhibitions.tests.conftest import Apply, Fair, Hold, Running, give
from raquan.kernel.actor import ANONYMOUS
from raquan.kernel.refused import NotAllowed
from raquan.people.queries import forget_places_of_organizations
from raquan.places.queries import forget_units


def test_booths_are_public_once_they_are_given(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held = hold()
    for whose in range(3):
        apply(held, whose, approved=True, field="Thanh toán số" if whose else "Nông nghiệp số")
    assert queries.public_booths(fair.campaign_id, now=now)[0].items == []
    assert queries.public_exhibitions(fair.campaign_id, now=now) == ()
    give(fair, held, now)
    with CaptureQueriesContext(connection) as asked:
        page, fields = queries.public_booths(fair.campaign_id, now=now)
    assert len(asked) == 2
    assert (len(page.items), fields) == (3, ("Nông nghiệp số", "Thanh toán số"))
    today = [one.code for one in page.items]
    days = (queries.public_booths(fair.campaign_id, now=now + timedelta(days=n))[0].items for n in range(12))
    assert {tuple(one.code for one in items) for items in days} != {tuple(today)}, "another day has another order"
    for sought, count in (
        (Sought(field="Thanh toán số"), 2),
        (Sought(text="so thu chi"), 3),
        (Sought(text="cong ty hai"), 1),
        (Sought(exhibition="TL-222222"), 0),
    ):
        assert len(queries.public_booths(fair.campaign_id, now=now, sought=sought)[0].items) == count
    shown = queries.public_booth(today[0].lower().replace("-", " "), now=now)
    assert shown is not None
    assert queries.public_booth("GH-222222", now=now) is None
    found = queries.public_exhibition(shown[1].code, now=now)
    assert found is not None
    assert sum(1 for one in found[1].booths if one.code) == 3
    assert {one.state for one in found[1].booths} == {"free", "taken"}


def test_enterprises_see_their_own_and_units_theirs(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    held, draft = hold(), hold(until="draft")
    own, other = apply(held, 0), apply(held, 1)
    ids = [one.id for one in queries.exhibitions(fair.officers[0], fair.campaign_id, now=now).items]
    assert ids == [held]
    assert len(queries.exhibitions(fair.unit, fair.campaign_id, now=now, text="trien lam").items) == 2
    for ask in (queries.exhibition, queries.allocation):
        with pytest.raises(NotAllowed):
            ask(fair.officers[0], draft, now=now)
    mine = queries.applications(fair.officers[0], fair.campaign_id, now=now)
    assert ([one.id for one in mine.items], mine.total) == ([own], 1)
    assert len(queries.applications(fair.unit, fair.campaign_id, now=now, state="submitted").items) == 2
    with pytest.raises(NotAllowed):
        queries.application(fair.officers[0], other, now=now)
    assert queries.allocation(fair.officers[0], held, now=now).left == ()
    with pytest.raises(NotAllowed):
        queries.exhibitions(ANONYMOUS, fair.campaign_id, now=now)


def test_more_rows_ask_no_more(fair: Fair, running: Running, apply: Apply, hold: Hold, now: datetime) -> None:
    def count() -> tuple[int, ...]:
        forget_units()
        forget_places_of_organizations()
        found = []
        for ask in (
            lambda: queries.applications(fair.unit, fair.campaign_id, now=now),
            lambda: queries.exhibitions(fair.unit, fair.campaign_id, now=now),
            lambda: queries.allocation(fair.unit, running.held, now=now),
            lambda: queries.day_sheet(fair.unit, running.held, now.date(), now=now),
        ):
            with CaptureQueriesContext(connection) as asked:
                ask()
            found.append(len(asked))
        return tuple(found)

    before = count()
    held = hold()
    for whose in range(3):
        apply(held, whose, approved=True)
    assert count() == before
    assert max(before) <= 10
