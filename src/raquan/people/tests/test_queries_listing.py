"""Lists of people and organizations are in Vietnamese order, what is empty last, and lose nobody between pages."""

from datetime import date, datetime
from uuid import UUID

import pytest

from raquan.kernel.actor import SYSTEM
from raquan.people import commands, queries
from raquan.people.models import Organization
from raquan.people.rules import LEVEL_NAMES, Level

DAY = date(2023, 10, 5)
NAMES = ("Ân", "An", "Ăn", "Đức", "Dung", "Ê Ban", "Em", "Y Bhăm", "Số 10", "Số 2", "Hòa", "Họa", "Hoa")
IN_ORDER = ["An", "Ăn", "Ân", "Dung", "Đức", "Em", "Ê Ban", "Hoa", "Hòa", "Họa", "Số 2", "Số 10", "Y Bhăm"]


@pytest.fixture
def many(db: None, now: datetime) -> None:
    for place, name in enumerate(NAMES):
        commands.create_user(by=SYSTEM, now=now, full_name=name, login=f"{place}@example.vn", password="dai-va-kho-1")


def _names(sort: str, size: int = 2) -> list[str]:
    found: list[str] = []
    for page in range(1, 20):
        read = queries.people_list(SYSTEM, queries.PeopleFilter(), on=DAY, sort=sort, page=page, size=size)
        found += [one.full_name for one in read.items]
        if not read.has_next:
            break
    return found


@pytest.mark.usefixtures("many")
def test_names_are_in_vietnamese_order_both_ways() -> None:
    assert _names("name") == IN_ORDER
    assert _names("-name") == IN_ORDER[::-1]
    assert _names("") == _names("password") == IN_ORDER, "an order that is not known is the list's own"


@pytest.mark.usefixtures("many")
def test_ties_lose_nobody_between_pages() -> None:
    for sort in ("state", "-state"):
        assert sorted(_names(sort)) == sorted(NAMES)


def test_what_is_empty_stands_last_both_ways(cu_mgar: UUID, now: datetime) -> None:
    commands.register_organization(by=SYSTEM, now=now, name="UBND xã Ea Kpam", level=Level.COMMUNE, parent_id=cu_mgar)
    orphans = set(Organization.objects.filter(parent__isnull=True).values_list("name", flat=True))
    for sort in ("parent", "-parent"):
        rows = queries.organization_list(SYSTEM, on=DAY, sort=sort).items
        assert rows[0].parent_name == "UBND huyện Cư M’gar"
        assert {one.name for one in rows if one.parent_name is None} == orphans
        assert [one.parent_name is None for one in rows] == sorted(one.parent_name is None for one in rows)


def test_levels_are_in_their_order_not_the_alphabet_s(cu_mgar: UUID, now: datetime) -> None:
    commands.register_organization(by=SYSTEM, now=now, name="UBND xã Ea Kpam", level=Level.COMMUNE, parent_id=cu_mgar)
    commands.register_organization(by=SYSTEM, now=now, name="Sở Y tế", level=Level.DEPARTMENT)
    rows = queries.organization_list(SYSTEM, on=DAY, sort="level").items
    ranks = [[LEVEL_NAMES[one] for one in Level].index(row.level_name) for row in rows]
    assert ranks == sorted(ranks)
