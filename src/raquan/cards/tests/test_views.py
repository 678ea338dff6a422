"""The pages of cards, for nobody, for those who may not, and for those who may."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from raquan.cards.commands import make_cards
from raquan.cards.models import Card, CardBatch
from raquan.cards.rules import read_code
from raquan.cli.card import cards as cards_command
from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.kernel.ids import uuid7
from raquan.outings.tests.conftest import World
from raquan.people.models import User


@pytest.fixture(autouse=True)
def _campaign_time(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(full_name=actor.name))
    return client


def test_nobody_is_sent_to_the_door_and_others_are_refused(world: World) -> None:
    for address in ("/desk/cards/", f"/desk/cards/{uuid7()}/void/"):
        assert Client().get(address)["Location"].startswith("/sign-in")
        assert client_of(world.helper).get(address).status_code == 403
    assert Client().post("/desk/cards/make/")["Location"].startswith("/sign-in")
    assert client_of(world.viewer).post("/desk/cards/make/").status_code == 403


def test_an_officer_makes_prints_and_voids(world: World) -> None:
    client = client_of(world.officer)
    assert "Chưa làm thẻ nào" in client.get("/desk/cards/").content.decode()
    asked = {"request_id": str(uuid7()), "organization_id": str(world.cumgar_id), "sheets": "1"}
    answer = client.post("/desk/cards/make/", asked)
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert page.count('class="card-qr"') == 10
    assert "Không ghi tên, không ghi số." in page
    words = re.findall(r'<p class="card-words" translate="no">(.*?)</p>', page)
    assert all(read_code(re.sub("<[^>]+>", " ", one)) for one in words)
    again = client.post("/desk/cards/make/", asked)
    assert (again.status_code, Card.objects.count()) == (409, 10)
    batch = CardBatch.objects.get()
    address = f"/desk/cards/{batch.id}/void/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Mất"})["Location"] == "/desk/cards/"
    assert "Đã hủy" in client.get("/desk/cards/").content.decode()


def test_what_cannot_be_made_is_said_beside_the_field(world: World) -> None:
    client = client_of(world.officer)
    asked = {"request_id": str(uuid7()), "organization_id": str(world.city_id), "sheets": "99"}
    answer = client.post("/desk/cards/make/", asked)
    assert answer.status_code == 422
    assert not Card.objects.exists()


def test_another_unit_s_batch_is_not_there(world: World, now: datetime) -> None:
    made = make_cards(by=world.city_officer, now=now, organization_id=world.city_id, sheets=1)
    assert client_of(world.officer).get(f"/desk/cards/{made.batch_id}/void/").status_code == 404


def test_the_console_writes_a_file_to_print(world: World, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("raquan.cli.card.start_django", lambda: None)
    out = tmp_path / "cards.html"
    asked = ["make", "--as", "cumgar@example.vn", "--unit", str(world.cumgar_id), "--sheets", "2", "--out", str(out)]
    said = CliRunner().invoke(cards_command, asked, catch_exceptions=False)
    assert "Tập thẻ số 1: 20 thẻ" in said.output
    page = out.read_text()
    assert page.count('class="card-qr"') == 20
    assert ".card-sheet {" in page
    again = CliRunner().invoke(cards_command, asked)
    assert (again.exit_code, Card.objects.count()) == (2, 20)
