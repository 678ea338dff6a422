"""What is not known, or could not be read in time, is zero nowhere: not on a page, not in any file."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from raquan.analytics.engine.running import Duck
from raquan.analytics.gateways.drawing import BRAND, TRACK
from raquan.analytics.tests.conftest import Send
from raquan.analytics.tests.test_views import client_of
from raquan.capture.tests.world import Field

pytestmark = pytest.mark.usefixtures("campaign_time")

NEVER_ZERO = "không có nghĩa là bằng không"
FORMATS = ("", "json", "csv", "xlsx", "svg", "png")
ENDLESS = "SELECT sum(sqrt(a.range)) FROM range(1000000) a, range(1000000) b"


def shown(client: Client, address: str, shape: str) -> Any:
    return client.get(f"{address}{'&' if '?' in address else '?'}format={shape}" if shape else address)


@pytest.mark.parametrize("address", ["/desk/figures/assists/?by=how", "/desk/figures/assists_per_helper_hour/?by=day"])
def test_nothing_to_count_from_or_to_divide_by_is_zero_in_no_format(field: Field, send: Send, address: str) -> None:
    if "assists_per" in address:
        send({})  # an assist, and nobody's hours beneath the line
    client = client_of(field.officer)
    assert NEVER_ZERO in shown(client, address, "").content.decode()
    told = shown(client, address, "json").json()
    assert (told["total"], told["rows"]) == (None, [])
    assert len(shown(client, address, "csv").content.decode().splitlines()) == 1
    with zipfile.ZipFile(io.BytesIO(shown(client, address, "xlsx").content)) as book:
        assert b"<v>0</v>" not in book.read("xl/worksheets/sheet1.xml").replace(b't="s"><v>', b"")
        assert NEVER_ZERO in book.read("xl/sharedStrings.xml").decode()
    drawn = shown(client, address, "svg").content.decode()
    assert NEVER_ZERO in drawn
    assert BRAND not in drawn
    colors = Image.open(io.BytesIO(shown(client, address, "png").content)).convert("RGB").getcolors()
    assert not {tuple(bytes.fromhex(one[1:])) for one in (BRAND, TRACK)} & {color for _, color in colors or ()}


def test_what_cannot_be_read_has_no_number_in_any_format(field: Field, send: Send, home: Path, now: Any) -> None:
    from raquan.analytics import commands
    from raquan.kernel.actor import SYSTEM

    send({})
    commands.extract_facts(by=SYSTEM, now=now)
    for path in (home / "facts" / "assist").glob("*.parquet"):
        path.write_bytes(b"not a file")
    client = client_of(field.officer)
    addresses = ["assists/?by=how", "assists/across/day/?by=how", "assists/records/?by=how&key=guided", "ladder/"]
    for address in addresses:
        answer = client.get(f"/desk/figures/{address}")
        assert (answer.status_code, "chưa đọc được số liệu" in answer.content.decode()) == (503, True), address
    assert {shown(client, "/desk/figures/assists/?by=how", shape).status_code for shape in FORMATS} == {503}
    assert {shown(Client(), "/2023/numbers/assists/?by=how", shape).status_code for shape in FORMATS} == {503}


def test_what_takes_too_long_has_no_number(
    field: Field, send: Send, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send({})
    settings.RAQUAN_FIGURE_SECONDS = 0.3
    run = Duck.run
    monkeypatch.setattr(Duck, "run", lambda self, statement: run(self, ENDLESS))
    client = client_of(field.officer)
    for shape in ("", "csv"):
        answer = shown(client, "/desk/figures/assists/?by=how", shape)
        assert (answer.status_code, "chưa đọc được số liệu" in answer.content.decode()) == (503, True)
