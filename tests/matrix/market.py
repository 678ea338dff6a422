"""The cases of the market: an enterprise's own offers and results, the office's registrations, what everybody sees."""

import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.case import NEW, PUBLIC, A, Body, Case, Write, both, listing, thing
from tests.matrix.world import World

_OFFER: dict[str, Any] = {
    "title": "Tặng thẻ nhớ",
    "form": "gift",
    "starts_on": "1/10/2023",
    "ends_on": "31/10/2023",
    "redeem": "counter",
    "seen": "1",
    "request_id": NEW,
}


def _offer(world: World) -> Body:
    return _OFFER | {"organization": str(world.things["organization_id"])}


def _sheet(world: World) -> Body:
    book = openpyxl.Workbook()
    for row in (("Mã ưu đãi", "Tháng", "Lượt dùng"), (world.things["offer_code"], "10/2023", 7)):
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return {
        "organization": str(world.things["organization_id"]),
        "file": SimpleUploadedFile("ket-qua.xlsx", file.getvalue()),
    }


TOKEN = {"token": "x" * 22}
_SENT = Write({"name": "Công ty", "tax_code": "6001234567"}, keeps=True)

MARKET: dict[str, Case] = {
    "<int:year>/offers/": Case(is_public=True, queries=("", "?q=cu mgar&when=weekend&form=gift&service=vietqr")),
    "<int:year>/offers.json": PUBLIC,
    "<int:year>/offers/<str:code>/": Case(is_public=True, fills={"code": "offer_code"}),
    # What is sent without a ticket, or without a private address, changes nothing, whoever sends it.
    "<int:year>/offers/register/": Case(is_public=True, writes=(_SENT,)),
    "dk/<str:token>/": Case(is_public=True, get=404, fills=TOKEN, writes=(_SENT,)),
    "dk/<str:token>/account/": Case(is_public=True, get=405, fills=TOKEN, writes=(_SENT,)),
    "desk/offers/": listing(*both("offer")),
    "desk/offers/new/": Case(writes=(Write(_offer, A.OFFER_WRITE),)),
    "desk/offers/<uuid:offer_id>/": thing(A.OFFER_WRITE, "own offer"),
    "desk/offers/<uuid:offer_id>/edit/": thing(A.OFFER_WRITE, "own offer", writes=(Write(_offer, A.OFFER_WRITE),)),
    "desk/offers/<uuid:offer_id>/step/": Case(
        get=None,
        writes=(
            Write({"step": "submit_offer", "seen": "1"}, A.OFFER_WRITE),
            Write({"step": "approve_offer", "seen": "1"}, A.OFFER_WRITE, keeps=True),
        ),
    ),
    "desk/offers/<uuid:offer_id>/results/": Case(
        get=None,
        fills={"offer_id": "shown_offer"},
        writes=(Write({"month": "10/2023", "redeemed": "9"}, A.OFFER_WRITE),),
    ),
    "desk/offers/results/": listing(*both("result")),
    "desk/offers/results/import/": Case(get=None, writes=(Write(_sheet, A.OFFER_WRITE),)),
    "desk/offers/registrations/": Case(owner="whole", shows=both("registration")),
    "desk/offers/registrations/<uuid:registration_id>/": Case(owner="whole", shows=("own registration",)),
    "desk/offers/registrations/<uuid:registration_id>/accept/": Case(
        get=None, writes=(Write({"seen": "1"}, owner="whole"),)
    ),
    "desk/offers/registrations/<uuid:registration_id>/return/": Case(
        get=None, writes=(Write({"seen": "1", "reason": "Ghi đủ địa chỉ"}, owner="whole"),)
    ),
}
