"""The cases of displays: a unit's own places, what hangs there, its proofs, how far it complies."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.matrix.case import NEW, A, Body, Case, Write, both, listing, thing
from tests.matrix.world import World

_SITE: dict[str, Any] = {"name": "Màn hình ngã sáu", "kind": "led", "claim": "must", "address": "", "page_url": ""}
# A unit that nobody's duty reaches: the page answers each row by itself, and writes nothing.
_ROWS = "Nhà văn hóa xã;bộ phận một cửa;bắt buộc;;;;Đơn vị không có thật"


def _site(world: World) -> Body:
    return _SITE | {"unit": str(world.things["organization_id"])}


def _ask(world: World) -> Body:
    return {
        "artwork": str(world.things["shared_artwork"]),
        "sites": [str(world.things["spare_display_site"])],
        "starts_on": "1/10/2023",
        "ends_on": "12/10/2023",
        "prints": "unit",
        "pays": "unit",
        "removes": "site",
    }


def _photo(world: World) -> Body:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "JPEG")
    file = SimpleUploadedFile("anh.jpg", written.getvalue(), "image/jpeg")
    return {"photo": file, "place": "Trước cửa", "on": "5/10/2023", "at": "8:30", "request_id": NEW}


MANAGE = A.DISPLAY_MANAGE
SPARE = {"site_id": "spare_display_site"}
OWN_SITE = {"site_id": "display_site_id"}
OWN_REPORT = {"report_id": "display_report_id"}

DISPLAYS: dict[str, Case] = {
    "desk/displays/": listing(*both("display site")),
    "desk/displays/ask/": Case(writes=(Write(_ask, MANAGE),)),
    "desk/displays/shares/": Case(),
    "desk/displays/sites/": listing(*both("display site")),
    "desk/displays/sites/new/": Case(writes=(Write(_site, MANAGE),)),
    "desk/displays/sites/import/": Case(writes=(Write({"rows": _ROWS, "take": "1"}, keeps=True),)),
    "desk/displays/sites/<uuid:site_id>/": thing(
        MANAGE, "own display site", fills=OWN_SITE, writes=(Write(_SITE | {"seen": "1"}, MANAGE),)
    ),
    "desk/displays/sites/<uuid:site_id>/end/": Case(
        get=None, fills=SPARE, writes=(Write({"reason": "Hỏng", "seen": "1"}, MANAGE),)
    ),
    "desk/displays/sites/<uuid:site_id>/look/": Case(get=None, fills=OWN_SITE, writes=(Write({}, MANAGE),)),
    "desk/displays/reports/": listing(*both("display report")),
    "desk/displays/reports/<uuid:report_id>/": thing(
        MANAGE,
        "own display report",
        fills=OWN_REPORT,
        writes=(Write(lambda world: {"code": world.things["display_code"]}, MANAGE),),
    ),
    "desk/displays/reports/<uuid:report_id>/picture/": thing(MANAGE, get=302, fills=OWN_REPORT),
    "desk/displays/pictures/<uuid:proof_id>/": thing(MANAGE, get=302),
    "desk/displays/<uuid:display_id>/": thing(MANAGE, "own display site", "own proof"),
    "desk/displays/<uuid:display_id>/step/": Case(
        get=None, writes=(Write({"step": "remove_display", "seen": "2"}, MANAGE),)
    ),
    "desk/displays/<uuid:display_id>/photo/": Case(get=None, writes=(Write(_photo, MANAGE),)),
    "desk/displays/<uuid:display_id>/word/": Case(
        get=None, writes=(Write({"place": "Chị H’Hen nói", "request_id": NEW}, MANAGE),)
    ),
    "desk/displays/<uuid:display_id>/letter/": thing(MANAGE, "own display site"),
    "desk/displays/<uuid:display_id>/letter.pdf": thing(MANAGE, is_slow=True),
}
