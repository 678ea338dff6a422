"""Lists of places are understood as offices write them; a bad row stops only itself, nothing is added twice."""

import io
from datetime import datetime

import pytest
import xlsxwriter
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from raquan.displays import commands
from raquan.displays.rules import Claim, SiteKind
from raquan.displays.rules.importing import MOST_ROWS, SiteRow, read_claim, read_kind, read_text, write_text
from raquan.kernel.actor import SYSTEM
from raquan.outreach.tests.conftest import Outreach
from raquan.people.commands import create_user, give_duty
from raquan.people.rules import Role

DisplaySite = apps.get_model("displays.DisplaySite")
LIST = (
    ("PHỤ LỤC: Nơi treo băng rôn", "", "", "", "", "", "", ""),
    ("STT", "Tên nơi treo", "Loại hình", "Bắt buộc / Mời", "Xã (phường)", "Địa chỉ", "Website", "Đơn vị"),
    ("1", "Cổng thông tin xã", "Cổng TTĐT", "Bắt buộc", "", "", "https://eakpam.example/", "Xã Ea Kpam"),
    ("2", "Siêu thị Mẫu", "siêu thị", "Bắt buộc", "", "Số 3 Y Jút", "", "xa ea kpam"),
    ("3", "Màn hình ngã sáu", "Bảng LED", "", "", "", "", "Xã Ea Kpam"),
    ("4", "Quầy một cửa", "Bộ phận một cửa", "bắt buộc", "Xứ Không Có", "", "", "Xã Ea Kpam"),
    ("", "", "", "", "", "", "", ""),
    ("5", "Cây cổ thụ", "cây", "mời", "", "", "", "Xã Ea Kpam"),
    ("6", "Trang lạ", "trang web", "bắt buộc", "", "", "javascript:alert(1)", "Xã Ea Kpam"),
    ("7", "Trang tỉnh", "trang web", "bắt buộc", "", "", "", "Sở Trên Trời"),
)
WHY = (
    "",
    "",
    "displays.claim_unknown",
    "displays.commune_unknown",
    "displays.kind_unknown",
    "displays.address_refused",
)


def _book() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Nơi treo")
    for number, row in enumerate(LIST):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def _rows() -> tuple[SiteRow, ...]:
    return read_text("\n".join("\t".join(row) for row in LIST)).rows


def test_each_row_answers_for_itself(outreach: Outreach, now: datetime) -> None:
    by = outreach.officers[0]
    looked = commands.read_display_sites(by=by, now=now, rows=_rows())
    assert [one.refusal.code if one.refusal else "" for one in looked] == [*WHY, "displays.unit_unknown"]
    assert DisplaySite.objects.count() == 0
    taken = commands.take_display_sites(by=by, now=now, rows=_rows())
    assert [one.state.value for one in taken] == ["added"] * 2 + ["refused"] * 5
    again = commands.take_display_sites(by=by, now=now, rows=_rows())
    assert [one.state.value for one in again] == ["known"] * 2 + ["refused"] * 5
    shop = DisplaySite.objects.get(kind="shop")
    assert (shop.claim, shop.address, shop.organization_id) == ("invited", "Số 3 Y Jút", outreach.units[0])
    assert DisplaySite.objects.get(kind="portal").next_check_at == now


def test_a_row_that_contradicts_another_is_refused(outreach: Outreach, now: datetime) -> None:
    one = SiteRow("Quầy", "một cửa", "bắt buộc", address="Số 1")
    other = SiteRow("Quầy", "một cửa", "bắt buộc", address="Số 2")
    taken = commands.take_display_sites(by=outreach.officers[0], now=now, rows=(one, other, one))
    assert [row.state.value for row in taken] == ["added", "refused", "known"]


def test_no_officer_reaches_another_unit(outreach: Outreach, now: datetime) -> None:
    row = SiteRow("Quầy", "một cửa", "bắt buộc", unit="Xã Ea Kpam")
    seen = commands.take_display_sites(by=outreach.officers[1], now=now, rows=(row,))
    assert [one.refusal.code for one in seen if one.refusal] == ["not_allowed"]
    assert DisplaySite.objects.count() == 0
    with pytest.raises(commands.TooManyRows):
        commands.read_display_sites(by=outreach.officers[0], now=now, rows=(row,) * (MOST_ROWS + 1))


def test_a_workbook_is_looked_at_then_taken(outreach: Outreach, now: datetime) -> None:
    user_id = create_user(by=SYSTEM, now=now, full_name="Cán bộ", login="cb@example.vn", password="một câu rất dài")
    give_duty(
        by=SYSTEM, now=now, user_id=user_id, role=Role.UNIT_OFFICER, organization_id=outreach.units[0],
        starts_on=now.date(),
    )  # fmt: skip
    client, address = Client(), "/desk/displays/sites/import/"
    client.force_login(apps.get_model("people.User").objects.get(id=user_id))
    looked = client.post(address, {"file": SimpleUploadedFile("noi.xlsx", _book()), "rows": ""})
    page = looked.content.decode()
    assert looked.status_code == 200
    assert "Thêm 2 nơi" in page
    assert "STT" in page
    assert "Không nhận ra xã, phường “Xứ Không Có”." in page
    assert DisplaySite.objects.count() == 0
    taken = client.post(address, {"rows": write_text(_rows()), "take": "1"}).content.decode()
    assert DisplaySite.objects.count() == 2
    assert "Cây cổ thụ" in taken.partition("<textarea")[2]
    assert "Siêu thị Mẫu" not in taken.partition("<textarea")[2]
    for name in ("noi.xls", "noi.xlsx"):
        wrong = client.post(address, {"file": SimpleUploadedFile(name, b"khong phai"), "rows": "Quầy;một cửa"})
        assert wrong.status_code == 422
        assert "Quầy;một cửa" in wrong.content.decode()
    assert client.post(address, {"rows": " \n"}).status_code == 422


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Cổng TTĐT", "portal"),
        ("màn hình LED", "led"),
        ("BP Một cửa", "one_stop_shop"),
        ("street", "street"),
        ("", None),
    ],
)
def test_kinds_are_read_as_offices_write_them(written: str, kind: str | None) -> None:
    assert read_kind(written) == (SiteKind(kind) if kind else None)


@pytest.mark.parametrize(
    ("written", "claim"), [("Không bắt buộc", "invited"), ("Phải treo", "must"), ("MỜI", "invited")]
)
def test_claims_are_read_as_offices_write_them(written: str, claim: str) -> None:
    assert read_claim(written, SiteKind.LED) is Claim(claim)
    assert read_claim(written, SiteKind.SHOP) is Claim.INVITED


_WORD = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@given(st.lists(st.builds(SiteRow, *[_WORD] * 7), max_size=4))
def test_what_is_written_again_reads_the_same(rows: list[SiteRow]) -> None:
    assert read_text(write_text(rows)).rows == tuple(rows)
