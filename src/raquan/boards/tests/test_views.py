"""The pages of boards: empty, with records, asked again, and of indicators."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from django.test import Client

from raquan import ui
from raquan.analytics.engine.running import Duck
from raquan.analytics.tests.conftest import Send
from raquan.boards.queries.pages import AT_ONCE
from raquan.boards.rules import BOARDS
from raquan.campaign.queries import forget_campaigns
from raquan.capture.tests.world import Field
from raquan.catalogue.queries import forget_catalogue
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed
from raquan.people.models import User
from raquan.people.queries import forget_places_of_organizations
from raquan.places.commands import load_borders
from raquan.places.gateways import BordersUnreadable
from raquan.places.queries import forget_borders, forget_units

pytestmark = pytest.mark.usefixtures("campaign_time")


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(full_name=actor.name))
    return client


def page(actor: Actor, address: str) -> str:
    answer = client_of(actor).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_boards_without_a_record_never_say_zero(field: Field) -> None:
    text = page(field.officer, "/desk/boards/campaign/")
    assert "chưa có dữ liệu" in text
    assert "Chưa có bản ghi nào" in text
    assert "rq-plot" not in text


def test_there_are_boards_without_a_campaign(field: Field) -> None:
    assert "Chưa có chiến dịch nào" in page(field.officer, "/desk/boards/campaign/?year=2030")


@pytest.mark.slow
def test_every_board_is_drawn_with_one_record(field: Field, send: Send) -> None:
    send({"bottleneck": "signal"})
    for key in BOARDS:
        of = {"unit": str(field.cumgar_id), "commune": "24259", "service": "birth_registration"}.get(key, "")
        text = page(field.officer, f"/desk/boards/{key}/?of={of}")
        assert 'id="board"' in text
        assert "Không đọc được số liệu" not in text
        assert "/desk/figures/" in text


def test_what_a_board_is_of_is_chosen_from_a_list(field: Field, send: Send) -> None:
    send({})
    assert "of=24259" in page(field.officer, "/desk/boards/commune/")
    assert "of=24259" not in page(field.officer, "/desk/boards/commune/?q=thang loi")


def test_a_board_is_sent_again_only_when_something_changed(field: Field, send: Send) -> None:
    send({})
    client = client_of(field.officer)
    text = client.get("/desk/boards/hours/").content.decode()
    again = text.split('hx-get="')[-1].split('"')[0].replace("&amp;", "&")
    asked = {"HX-Request": "true"}
    assert client.get(again, headers=asked).status_code == 204
    send({})
    answer = client.get(again, headers=asked)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert again not in answer.content.decode()


def test_the_pages_of_indicators(field: Field, send: Send, indicators: dict[str, UUID]) -> None:
    send({}, {})
    text = page(field.office, "/desk/boards/indicators/")
    assert "Hồ sơ đã nộp" in text
    assert "50 người dân (Cục Thống kê" in text
    assert "đơn vị tự ghi" in text
    text = page(field.office, f"/desk/boards/indicators/{indicators['filed']}/")
    assert "Từ ngày đầu đến ngày cuối" in text
    assert "Theo địa bàn" in text
    assert "Chưa có gì" not in page(field.office, f"/desk/boards/indicators/{indicators['typed']}/")


def test_a_figure_says_of_which_indicator_it_is(field: Field, send: Send, indicators: dict[str, UUID]) -> None:
    send({}, {})
    address = "/desk/figures/first_use/?by=day&where=group:online_public_service"
    text = page(field.officer, address)
    said = "Hồ sơ đã nộp: mức giao 10, đã đạt 20,0%; mẫu số 50 người dân (Cục Thống kê, 01/08/2023), đã đạt 4,0%."
    assert said in text
    assert "mức giao 4, đã đạt 50,0%" in page(field.officer, f"{address}&where=district:648")
    assert "Hồ sơ đã nộp" not in page(field.officer, f"{address}&where=how:self")


def test_a_board_that_takes_too_long_says_so_and_never_zero(
    field: Field, send: Send, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send({})
    endless, run = "SELECT sum(sqrt(a.range)) FROM range(1000000) a, range(1000000) b", Duck.run
    monkeypatch.setattr(Duck, "run", lambda self, statement: run(self, endless))
    settings.RAQUAN_FIGURE_SECONDS = 0.3
    text = page(field.officer, "/desk/boards/hours/")
    assert "Không đọc được số liệu" in text
    assert "rq-plot" not in text
    assert ">0<" not in text


def test_a_board_shows_a_record_within_five_seconds_of_its_receipt(
    field: Field, send: Send, settings: Any, forgetful: None
) -> None:
    """A page asks every three seconds, and what it is given is two seconds old at most, however long facts are kept."""
    script = (Path(ui.__file__).parent / "front" / "src" / "board.js").read_text(encoding="utf-8")
    (every,) = re.findall(r"EVERY = (\d+)", script)
    assert int(every) / 1000 + AT_ONCE <= 5
    settings.RAQUAN_REMEMBER_SECONDS = settings.RAQUAN_REMEMBER_REFERENCE_SECONDS = 600
    send({})
    client = client_of(field.officer)
    text = client.get("/desk/boards/hours/").content.decode()
    again = text.split('hx-get="')[-1].split('"')[0].replace("&amp;", "&")
    send({}, {})
    later = monotonic() + AT_ONCE
    with mock.patch("raquan.kernel.remembering.monotonic", return_value=later):
        answer = client.get(again, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Lượt hỗ trợ 8:00 3 " in " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Let nothing that is remembered in a test reach another one."""
    yield
    for forget in (forget_units, forget_borders, forget_catalogue, forget_campaigns, forget_places_of_organizations):
        forget()


def _square(code: str, west: float) -> dict[str, Any]:
    ring = [[west, 12.8], [west + 0.1, 12.8], [west + 0.1, 12.9], [west, 12.9], [west, 12.8]]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_board_shades_the_communes_whose_borders_were_loaded(
    field: Field, send: Send, now: datetime, forgetful: None
) -> None:
    """Made-up squares: the commune with a record is dark and leads to its board, one without a border is a circle."""
    send({})
    assert "rq-map__area" not in page(field.officer, "/desk/boards/campaign/")
    told: dict[str, Any] = {"by": SYSTEM, "now": now, "source": "ô vuông tự vẽ để thử", "on": date(2023, 10, 10)}
    features = [_square("24259", 108.0), _square("00000", 108.2)]
    assert load_borders(**told, text=json.dumps({"type": "FeatureCollection", "features": features})) == 1
    text = page(field.officer, "/desk/boards/campaign/")
    (area,) = re.findall(
        r'<a href="([^"]*)" tabindex="-1"><path d="(M[^"]*Z)" class="rq-map__area rq-map__area--5">', text
    )
    assert area[0].endswith("?of=24259")
    assert area[1].count("L") == 4
    assert "đậm nhất là 1 lượt" in text
    with pytest.raises(BordersUnreadable):
        load_borders(**told, text='{"features": [{"id": "24259"}]}')
    with pytest.raises(NotAllowed):
        load_borders(**told | {"by": field.office}, text="{}")
