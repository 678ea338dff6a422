"""The cases of calendars: who may plan for a unit sees its calendars, and nobody else's."""

from django.core.files.uploadedfile import SimpleUploadedFile

from raquan.readings.tests.books import book, saved
from tests.matrix.case import A, Body, Case, Write, change, listing, thing
from tests.matrix.world import World

_CALENDAR, _LINE = "desk/outings/calendars/<uuid:calendar_id>/", "lines/<uuid:line_id>/"
_FILLS = {"line_id": "calendar_line_id"}
_ROW = {
    "version": 1,
    "held_on": "6/10/2023",
    "starts_at": "07:30",
    "ends_at": "11:00",
    "services_online_public_service": ["birth_registration"],
}


def _sheet(world: World) -> Body:
    data = saved(book(A=[("Ngày", "Giờ", "Địa điểm"), ("7/10/2023", "8h-10h", "Chợ mới, TT Quảng Phú")]))
    return {"organization": world.things["organization_id"], "document": SimpleUploadedFile("b.xlsx", data)}


def _row(world: World) -> Body:
    things = world.things
    return _ROW | {"site": things["site_id"], "organization": things["organization_id"], "leader": things["leader"]}


CALENDARS = {
    "desk/outings/calendars/": listing("own calendar", "other calendar", writes=(Write(_sheet, A.OUTING_PLAN),)),
    "desk/outings/calendars/template/<uuid:organization_id>/": Case(action=A.OUTING_PLAN),
    _CALENDAR: thing(A.OUTING_PLAN, "own calendar", "own row", queries=("", "?show=all", "?show=open&page=1")),
    f"{_CALENDAR}resume/": change(A.OUTING_PLAN, keeps=True),
    f"{_CALENDAR}discard/": change(A.OUTING_PLAN),
    f"{_CALENDAR}take/": change(A.OUTING_PLAN, {"all": "1"}),
    f"{_CALENDAR}{_LINE}": thing(A.OUTING_PLAN, "own row", fills=_FILLS, writes=(Write(_row, A.OUTING_PLAN),)),
    f"{_CALENDAR}{_LINE}decide/": Case(
        get=None, fills=_FILLS, writes=(Write({"version": 1, "step": "dismiss"}, A.OUTING_PLAN),)
    ),
}
