"""The tables of promotions, booths and links: of the snapshot, of no single enterprise, left out where nothing is."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from docx import Document
from openpyxl import load_workbook

from raquan.analytics.commands import freeze_snapshot, freezing
from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.tests.world import envelope, instance
from raquan.exhibitions import commands as exhibitions
from raquan.exhibitions.tests.conftest import Apply, Fair, Hold, apply, edition, give, hold
from raquan.files.queries import read_file
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.links import commands as links
from raquan.links.rules import Channel
from raquan.market import commands as market_commands
from raquan.market.tests.conftest import Market, Write, market, write
from raquan.people.rules import Role
from raquan.reports import commands
from raquan.reports.gateways import read_paper
from raquan.reports.models import Report
from raquan.reports.rules import check_layout
from raquan.reports.tests.conftest import ANSWERS, home_in
from raquan.vouchers.tests.conftest import Open, Shop, lease, make_shop, redemption
from raquan.vouchers.tests.conftest import send as sync

__all__ = ["apply", "hold", "make_shop", "market", "write"]

DAY = date(2023, 10, 5)
SECTION = "3. Khuyến mại, triển lãm và truyền thông"
PROMOTIONS, BOOTHS, LINKS = (
    "Kết quả khuyến mại theo nhóm dịch vụ",
    "Khách đến gian hàng theo triển lãm",
    "Lượt mở đường dẫn ngắn, mã QR theo kênh truyền thông",
)
HELD_BACK = "“Không nêu”: dưới ba doanh nghiệp"


@pytest.fixture
def fair(market: Market) -> Fair:
    """Let the market's enterprises have booths."""
    unit = Actor(ActorKind.USER, uuid4(), "Cán bộ huyện", 89, (Duty(Role.UNIT_OFFICER, market.field.cumgar_id, None),))
    return Fair(market.field, unit, market.enterprises, market.officers)


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[None]:
    """Keep files and snapshots in a folder."""
    with home_in(tmp_path):
        yield


def redeem(shop: Shop, now: datetime, times: int) -> None:
    held = lease(shop, 0, times, now)
    sync(shop, 0, now, redemptions=tuple(redemption(shop, held, serial, now) for serial in range(1, times + 1)))


def hold_booths(fair: Fair, hold: Hold, apply: Apply, now: datetime) -> None:
    """Let three booths be counted by hand, and nobody scan a code."""
    held = hold()
    booths = [apply(held, whose, approved=True) for whose in range(3)]
    give(fair, held, now)
    exhibitions.open_exhibition(by=fair.unit, now=now, exhibition_id=held, seen=edition(fair, held, now))
    for number, booth in enumerate(booths):
        exhibitions.state_day(by=fair.unit, now=now, application_id=booth, held_on=DAY, heads=400 + number)


def open_links(market: Market, now: datetime, visits: int = 1234) -> None:
    field = market.field
    for channel in (Channel.ZALO, Channel.POSTER):
        said: dict[str, Any] = {"target": "/2023/offers/", "label": f"Thử {channel}", "channel": channel}
        link = links.make_link(by=field.officer, now=now, unit=field.cumgar_id, **said).id
        for _ in range(visits if channel is Channel.ZALO else 2):
            links.count_visit(link_id=link, day=DAY)
    links.write_visits()


def freeze(market: Market, now: datetime) -> UUID:
    """Freeze what was done, and some records beside it."""
    payloads = [instance(market.field.outing_code, **one) for one in ANSWERS]
    receive_submissions(by=market.field.device, now=now, envelopes=[envelope(one) for one in payloads])
    project_pending(now=now)
    return freeze_snapshot(by=SYSTEM, now=now, campaign_id=market.campaign_id)


def build(market: Market, now: datetime, by: Actor = SYSTEM) -> commands.ReportBuilt:
    built = commands.build_report(by=by, now=now, campaign_id=market.campaign_id)
    assert check_layout(read_paper(built.docx)) == ()
    return built


def texts(docx: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(docx)).paragraphs]


def table(docx: bytes, caption: str) -> list[list[str]]:
    """Give the rows beneath a caption, without STT and without the headings."""
    document: Any = Document(io.BytesIO(docx))
    place = next(one._p for one in document.paragraphs if one.text.endswith(caption))
    found = next(one for one in document.tables if one._tbl is place.getnext())
    return [[cell.text for cell in row.cells][1:] for row in found.rows[1:]]


def book_of(built: commands.ReportBuilt, *, public: bool = False, computed: bool = False) -> Any:
    report = Report.objects.get(id=built.report_id)
    sha256 = report.public_workbook_sha256 if public else report.workbook_sha256
    return load_workbook(io.BytesIO(read_file(sha256)), data_only=computed)


def captions(docx: bytes) -> list[str]:
    return [one for one in texts(docx) if one.startswith("Bảng ")]


def test_all_three_stand_in_the_report_and_in_its_workbook(
    make_shop: Open, fair: Fair, hold: Hold, apply: Apply, write: Write, now: datetime
) -> None:
    shops = [make_shop(whose=whose) for whose in range(3)]
    for times, shop in enumerate(shops, start=2):
        redeem(shop, now, times)
    for whose in range(3):
        offer = write(whose, until="published", service_codes=("id_number_confirmation",))
        said: dict[str, Any] = {"offer_id": offer, "redeemed": 1000, "month": date(2023, 10, 1)}
        market_commands.state_result(by=shops[0].market.officers[whose], now=now, **said)
    hold_booths(fair, hold, apply, now)
    open_links(shops[0].market, now)
    freeze(shops[0].market, now)
    built = build(shops[0].market, now)
    assert table(built.docx, PROMOTIONS) == [
        ["Thanh toán không dùng tiền mặt", "9", "3", "–", "100,0"],
        ["Dịch vụ công trực tuyến", "–", "–", "3.000", "–"],
        ["Tổng số", "9", "3", "3.000", "100,0"],
    ]
    name = "Triển lãm Chuyển đổi số Cư M’gar"
    assert table(built.docx, BOOTHS) == [
        [name, "không nêu", "không nêu", "1.203", "–"],
        ["Tổng số", "không nêu", "không nêu", "1.203", "–"],
    ]
    assert table(built.docx, LINKS)[0] == ["Zalo", "1.234", "1", "0", "99,8"]
    said_of = texts(built.docx)
    places = [said_of.index(one) for one in (SECTION, *captions(built.docx)[4:7], "III. HẠN CHẾ, NGUYÊN NHÂN")]
    assert places == sorted(places)
    assert captions(built.docx)[4:7] == [f"Bảng 5. {PROMOTIONS}", f"Bảng 6. {BOOTHS}", f"Bảng 7. {LINKS}"]
    (note,) = [one for one in said_of if HELD_BACK in one]
    assert note.startswith("Lượt ghé gian"), "only the table of booths, of which nobody scanned a code, holds back"
    sheet = book_of(built)["Bảng 5"]
    assert [sheet["C5"].value, sheet["C6"].value, sheet["C7"].value] == [9, None, "=SUM(C5:C6)"]
    assert [sheet["D7"].value, sheet["E7"].value] == [3, "=SUM(E5:E6)"]
    assert book_of(built, computed=True)["Bảng 7"]["F5"].value == pytest.approx(1234 / 1236)
    means = [row[0].value for row in book_of(built)["Định nghĩa"].iter_rows()]
    assert "Lượt dùng ưu đãi doanh nghiệp tự khai" in means


@pytest.mark.parametrize("who", ["system", "office"])
def test_one_enterprise_is_told_to_nobody(make_shop: Open, now: datetime, who: str) -> None:
    shop = make_shop()
    redeem(shop, now, 4)
    freeze(shop.market, now)
    built = build(shop.market, now, SYSTEM if who == "system" else shop.market.office)
    assert table(built.docx, PROMOTIONS) == [
        ["Thanh toán không dùng tiền mặt", "không nêu", "không nêu", "–", "–"],
        ["Tổng số", "không nêu", "không nêu", "–", "–"],
    ]
    (note,) = [one for one in texts(built.docx) if HELD_BACK in one]
    assert "“–”: không có số liệu, không phải bằng không." in note
    sheet = book_of(built)["Bảng 5"]
    assert [sheet[at].value for at in ("C5", "E5", "F5", "C6", "E6")] == ["không nêu", None, None, "không nêu", None]
    assert HELD_BACK in sheet["B8"].value
    assert "Bảng 5" not in book_of(built, public=True).sheetnames


def test_a_row_is_held_back_and_the_total_is_told(make_shop: Open, write: Write, now: datetime) -> None:
    shops = [make_shop(whose=whose) for whose in range(3)]
    said = {"now": now, "month": date(2023, 10, 1)}
    for whose in (0, 1, 2):
        for service, redeemed in (("vietqr", 500), ("id_number_confirmation", 900 if whose == 0 else 10)):
            offer = write(whose, until="published", service_codes=(service,))
            by = shops[0].market.officers[whose]
            market_commands.state_result(by=by, offer_id=offer, redeemed=redeemed, **said)  # type: ignore[arg-type]
        redeem(shops[whose], now, 3)
    freeze(shops[0].market, now)
    rows = table(build(shops[0].market, now).docx, PROMOTIONS)
    assert [row[3] for row in rows] in (["500", "không nêu", "1.500"], ["không nêu", "không nêu", "2.420"])


def test_the_public_workbook_has_links_alone_under_the_number_of_the_report(make_shop: Open, now: datetime) -> None:
    shops = [make_shop(whose=whose) for whose in range(3)]
    for shop in shops:
        redeem(shop, now, 3)
    open_links(shops[0].market, now, visits=30)
    freeze(shops[0].market, now)
    built = build(shops[0].market, now)
    assert f"Bảng 6. {LINKS}" in captions(built.docx)
    names = book_of(built, public=True).sheetnames
    assert ("Bảng 5" in names, "Bảng 6" in names) == (False, True)
    assert [row[2].value for row in book_of(built, public=True)["Bảng 6"].iter_rows(min_row=5, max_row=6)] == [None] * 2


def test_where_nothing_is_known_there_is_no_heading(make_shop: Open, now: datetime) -> None:
    shop = make_shop()
    open_links(shop.market, now, visits=5)
    freeze(shop.market, now)
    said = texts(build(shop.market, now).docx)
    assert [one for one in said if one.startswith("3. ")] == ["3. Truyền thông", "3. Nguyên nhân"]
    assert not any(PROMOTIONS in one or BOOTHS in one for one in said)


@pytest.mark.parametrize("schema", [0, 1])
def test_a_snapshot_from_before_these_facts_still_gives_a_report(
    make_shop: Open, now: datetime, schema: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make_shop()
    redeem(shop, now, 4)
    open_links(shop.market, now, visits=5)
    monkeypatch.setattr(freezing, "ACTIVITY_SCHEMA", schema)
    freeze(shop.market, now)
    built = build(shop.market, now)
    assert [one for one in texts(built.docx) if one.startswith("3. ")] == ["3. Nguyên nhân"]
    assert captions(built.docx)[4] == "Bảng 5. Điểm nghẽn theo lý do"
    assert "Bảng 6" not in book_of(built).sheetnames
    means = [row[0].value for row in book_of(built)["Định nghĩa"].iter_rows()]
    assert not any("phiếu" in str(one) or "đường dẫn" in str(one) for one in means)
    unit = commands.build_unit_report(
        by=SYSTEM, now=now, campaign_id=shop.market.campaign_id, organization_id=shop.market.field.cumgar_id
    )
    assert not any(LINKS in one for one in texts(unit.docx))


def test_a_unit_tells_of_its_own_links_and_of_no_enterprise(make_shop: Open, now: datetime) -> None:
    shop = make_shop()
    redeem(shop, now, 4)
    open_links(shop.market, now)
    freeze(shop.market, now)
    asked: dict[str, Any] = {"by": SYSTEM, "now": now, "campaign_id": shop.market.campaign_id}
    field = shop.market.field
    own = commands.build_unit_report(**asked, organization_id=field.cumgar_id)
    assert check_layout(read_paper(own.docx)) == ()
    assert [row[:3] for row in table(own.docx, LINKS)] == [
        ["Zalo", "1.234", "1"],
        ["Áp phích", "2", "1"],
        ["Tổng số", "1.236", "2"],
    ]
    for other in (field.city_id, shop.market.enterprises[0]):
        said = texts(commands.build_unit_report(**asked, organization_id=other).docx)
        assert not any(LINKS in one or PROMOTIONS in one or one == "3. Truyền thông" for one in said)
