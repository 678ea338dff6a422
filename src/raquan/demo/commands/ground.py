"""What every part of the demo stands on: its refusals, and where and whose things are."""

from collections.abc import Callable
from datetime import date
from functools import cache
from uuid import UUID

from raquan.catalogue import queries as catalogue
from raquan.demo.rules import CU_MGAR
from raquan.kernel.refused import N_, Conflict, Refused
from raquan.people import queries as people

Progress = Callable[[str, int, int], None]
FORM = "assist"


class NotADemo(Conflict):
    """This installation holds a real campaign: nothing synthetic may enter it."""

    code = "demo.not_a_demo"
    message = N_("Hệ thống này đang giữ chiến dịch thật; không nạp số liệu mô phỏng vào đây.")


class FilesMissing(Refused):
    """The example plan or the form is not where the project keeps it."""

    code = "demo.files_missing"
    message = N_("Không thấy tệp {name}. Hãy chạy lệnh này từ thư mục của dự án.")


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
