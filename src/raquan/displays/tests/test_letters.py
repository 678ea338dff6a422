"""The letter to an invited place is one page whose words can be read and whose fonts lie in it."""

from datetime import date, datetime
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from django.apps import apps
from pypdfium2 import raw

from raquan.displays import commands, queries
from raquan.displays.gateways import letter_pdf
from raquan.displays.rules import Claim, Doer, SiteKind
from raquan.kernel.refused import NotFound
from raquan.outreach.tests.conftest import Make, Outreach

NAMES = ("Điện máy Hồ Thử", "Trung tâm thương mại và dịch vụ tổng hợp " * 4)


def _invited(outreach: Outreach, make: Make, now: datetime, name: str, kind: SiteKind = SiteKind.SHOP) -> UUID:
    told = commands.SiteTold(name, kind, Claim.MUST, address="Số 12 đường Y Jút, phường Buôn Ma Thuột")
    unit, by = outreach.units[0], outreach.office
    site_id = commands.add_display_site(by=by, now=now, organization_id=unit, told=told)
    commands.ask_displays(
        by=by,
        now=now,
        artwork_id=make(until="approved", design="email"),
        site_ids=[site_id],
        starts_on=date(2023, 10, 1),
        ends_on=date(2023, 10, 12),
        prints=Doer.OFFICE,
        pays=Doer.OFFICE,
        removes=Doer.SITE,
    )
    found: UUID = apps.get_model("displays.Display").objects.get(site_id=site_id).id
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_one_page_of_words(outreach: Outreach, make: Make, now: datetime, name: str) -> None:
    view = queries.letter(outreach.office, _invited(outreach, make, now, name.strip()))
    document = pypdfium2.PdfDocument(letter_pdf(view, now.date(), "H’Trang Niê"))
    assert len(document) == 1
    page = document[0]
    said = " ".join(page.get_textpage().get_text_range().split())
    assert said.count(view.code) == 3, "at the top, in the words, on what is torn off"
    (sign,) = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert sign.text == view.code
    for word in (name.strip(), view.organization_name, "tự nguyện", "từ ngày 01/10/2023", "H’Trang Niê"):
        assert word in said
    letters = [one for one in page.get_objects() if one.type == raw.FPDF_PAGEOBJ_TEXT]
    assert all(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(one.raw)) for one in letters)


def test_who_must_show_gets_no_letter(outreach: Outreach, make: Make, now: datetime) -> None:
    must = _invited(outreach, make, now, "Màn hình ngã sáu", SiteKind.LED)
    with pytest.raises(NotFound):
        queries.letter(outreach.office, must)
