"""What every part of the demo stands on: its refusals, and where and whose things are."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from uuid import UUID

from raquan.catalogue import queries as catalogue
from raquan.demo.rules import CU_MGAR
from raquan.demo.rules.schedule import Commune
from raquan.kernel import clock
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.people import queries as people
from raquan.places import queries as places
from raquan.places.rules import Level

Progress = Callable[[str, int, int], None]
PROVINCE = "66"
FORM = "assist"


class NotADemo(Conflict):
    """This installation holds a real campaign: nothing synthetic may enter it."""

    code = "demo.not_a_demo"
    message = N_("Hệ thống này đang giữ chiến dịch thật; không nạp số liệu mô phỏng vào đây.")


class FilesMissing(Refused):
    """The example plan or the form is not where the project keeps it."""

    code = "demo.files_missing"
    message = N_("Không thấy tệp {name}. Hãy chạy lệnh này từ thư mục của dự án.")


def communes(now: datetime) -> list[Commune]:
    """List the communes of the province, with their districts."""
    day = clock.local_date(now)
    names = {unit.code: unit.full_name for unit in _all_units(now, Level.DISTRICT)}
    return [
        Commune(unit.code, unit.full_name, unit.type, unit.parent_code, names[unit.parent_code])
        for unit in _all_units(now, Level.COMMUNE)
        if places.path_on(unit.parent_code, day)[0] == PROVINCE
    ]


def _all_units(now: datetime, level: Level) -> Iterator[places.UnitView]:
    number, pages = 1, 1
    while number <= pages:
        page = places.units_on(clock.local_date(now), level=level, page=number, size=200)
        pages, number = page.pages, number + 1
        yield from page.items


def organization(name: str) -> UUID:
    """Find an organization of the registry by its name; raises FilesMissing."""
    match = people.match_organization(name)
    if match is None:
        raise FilesMissing(name=name)
    return match.organization_id


def organization_of_district(code: str) -> UUID:
    """Give who organizes in a district."""
    found = people.organization_of_place(code)
    return found.id if found else organization(CU_MGAR)


@cache
def codes_on(day: date) -> frozenset[str]:
    """Give the services that there were on a day; the catalogue does not change while the demo loads."""
    return frozenset(service.code for service in catalogue.services_on(day))
