"""The pages of vouchers: who sees what, that codes on paper can be read, that what was typed stays."""

import base64
import csv
import io
import json
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from PIL import Image

from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people
from raquan.people.rules import Role
from raquan.vouchers import queries
from raquan.vouchers.models import Counter, VoucherRun
from raquan.vouchers.tests.conftest import LAST, Open, Shop, lease, redemption, send

FIELD = Path(__file__).parents[4] / "field"
SCAN = """
import scan from "qr/decode.js";
let said = "";
for await (const part of process.stdin) said += part;
const read = ({ width, height, data }) => scan({ width, height, data: new Uint8Array(Buffer.from(data, "base64")) });
console.log(JSON.stringify(JSON.parse(said).map(read)));
"""
"""Reads pictures with the decoder that phones have."""
SINCE = LAST.replace(month=1, day=1)


@pytest.fixture(autouse=True)
def _stopped(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("raquan.kernel.clock.now", lambda: now)


def signed_in(now: datetime, role: Role, organization_id: UUID | None = None) -> Client:
    """Give somebody's browser."""
    login = f"{role.value}-{organization_id}@example.vn"
    made = people.create_user(by=SYSTEM, now=now, full_name="Người xem", login=login, password="mot-hai-ba-bon")
    people.give_duty(by=SYSTEM, now=now, user_id=made, role=role, organization_id=organization_id, starts_on=SINCE)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=made))
    return client


def scanned(pictures: list[Image.Image]) -> list[str]:
    """Read QR codes as a counter's phone does."""
    said = [
        {"width": one.width, "height": one.height, "data": base64.b64encode(one.tobytes()).decode()} for one in pictures
    ]
    node = ["node", "--input-type=module", "-e", SCAN]
    done = subprocess.run(node, input=json.dumps(said), cwd=FIELD, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.fixture
def office(shop: Shop, now: datetime) -> Client:
    """Somebody of the office."""
    return signed_in(now, Role.STEERING_OFFICER)


def test_a_run_shows_where_its_quota_is_and_what_was_refused(shop: Shop, office: Client, now: datetime) -> None:
    first, second = lease(shop, 0, 3, now), lease(shop, 1, 2, now)
    send(shop, 0, now, redemptions=(redemption(shop, first, 1, now, amount=90_000),))
    send(shop, 1, now, redemptions=(redemption(shop, second, 1, now),))
    page = office.get(f"/desk/vouchers/{shop.run_id}/").content.decode()
    assert "Đã dùng: 1" in page
    assert "Quầy đang giữ: 3" in page
    assert "Còn trống: 6" in page
    assert "Dùng trùng" in page
    assert "90.000" in page
    doubles = office.get(f"/desk/vouchers/redemptions/?state=double&run={shop.run_id}").content.decode()
    assert doubles.count("Quầy 2") == 1
    assert "Quầy 1" not in doubles


def test_an_enterprise_makes_a_run_and_the_office_opens_it(make_shop: Open, now: datetime) -> None:
    shop = make_shop(counters=0)
    officer = signed_in(now, Role.ENTERPRISE_OFFICER, shop.market.enterprises[0])
    offer = VoucherRun.objects.get(id=shop.run_id).offer_id
    asked = {
        "offer": str(offer),
        "title": "Phiếu hai",
        "starts_on": "1/10/2023",
        "ends_on": "30/11/2023",
        "quota": "1.000",
        "lease_most": "20",
        "lease_hours": "24",
        "settle_hours": "72",
    }
    refused = officer.post("/desk/vouchers/new/", asked)
    assert refused.status_code == 422
    assert "31/10/2023" in refused.content.decode()
    assert 'value="Phiếu hai"' in refused.content.decode(), "what was typed stays"
    made: Any = officer.post("/desk/vouchers/new/", asked | {"ends_on": "31/10/2023"})
    assert made.status_code == 302
    step = {"step": "open_run", "seen": "1"}
    assert officer.post(f"{made.url}step/", step).status_code == 403
    assert signed_in(now, Role.STEERING_OFFICER).post(f"{made.url}step/", step).status_code == 302
    assert VoucherRun.objects.get(sort_key__gt="", quota=1000).state == "open"
    closed = officer.post(f"{made.url}step/", {"step": "close_run", "seen": "2", "reason": ""})
    assert closed.status_code == 422
    stranger = signed_in(now, Role.ENTERPRISE_OFFICER, shop.market.enterprises[1])
    assert stranger.get(made.url).status_code == 404


def test_printed_codes_are_read_back(shop: Shop, office: Client) -> None:
    asked = {"first": "1", "last": "3"}
    answer = office.post(f"/desk/vouchers/{shop.run_id}/print/", asked | {"kind": "zip"})
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    table = list(csv.reader(io.StringIO(packed.read("phieu.csv").decode("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == ["1", "2", "3"]
    pictures = [Image.open(io.BytesIO(packed.read(f"{number}.png"))).convert("RGBA") for _, number, _ in table[1:]]
    assert scanned(pictures) == [code for _, _, code in table[1:]]
    assert table[2][2] == shop.code(2)
    page = office.post(f"/desk/vouchers/{shop.run_id}/print/", asked).content.decode()
    assert page.count('class="voucher__qr"') == 3
    assert "style=" not in page
    assert office.post(f"/desk/vouchers/{shop.run_id}/print/", {"first": "9", "last": "2"}).status_code == 422


def test_codes_are_the_offices_alone(shop: Shop, now: datetime) -> None:
    officer = signed_in(now, Role.ENTERPRISE_OFFICER, shop.market.enterprises[0])
    assert officer.post(f"/desk/vouchers/{shop.run_id}/print/", {"first": "1", "last": "3"}).status_code == 403
    assert "/print/" not in officer.get(f"/desk/vouchers/{shop.run_id}/").content.decode()


def test_a_counter_is_added_and_withdrawn(shop: Shop, now: datetime) -> None:
    enterprise = shop.market.enterprises[0]
    officer = signed_in(now, Role.ENTERPRISE_OFFICER, enterprise)
    page = officer.post("/desk/vouchers/counters/code/", {"organization": str(enterprise)})
    assert page["Cache-Control"] == "no-store"
    assert 'class="voucher-enrol__code"' in page.content.decode()
    other = str(shop.market.enterprises[1])
    assert officer.post("/desk/vouchers/counters/code/", {"organization": other}).status_code == 422
    counter = shop.counters[0].id
    assert counter
    gone = officer.post(f"/desk/vouchers/counters/{counter}/", {"reason": "Mất máy ở chợ"})
    assert gone.status_code == 302
    assert Counter.objects.get(id=counter).withdrawn_at == now
    assert "Mất máy ở chợ" in officer.get(f"/desk/vouchers/counters/{counter}/").content.decode()


def test_everybody_sees_roughly_how_much_is_left(shop: Shop, client: Client, now: datetime) -> None:
    page = client.get("/2023/vouchers/").content.decode()
    assert "Phiếu 50.000 đồng" in page
    assert "Còn nhiều" in page
    held = lease(shop, 0, 5, now)
    send(shop, 0, now, redemptions=tuple(redemption(shop, held, one, now) for one in range(1, 6)))
    held = lease(shop, 1, 5, now)
    send(shop, 1, now, redemptions=tuple(redemption(shop, held, one, now) for one in range(6, 10)))
    assert "Sắp hết" in client.get("/2023/vouchers/").content.decode()
    assert client.get("/1999/vouchers/").status_code == 404


def test_a_key_that_is_lost_makes_no_other_codes(shop: Shop) -> None:
    VoucherRun.objects.filter(id=shop.run_id).update(public_key="x")
    with pytest.raises(queries.KeyLost):
        queries.vouchers(SYSTEM, shop.run_id, first=1, last=1)
