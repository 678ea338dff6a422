"""The public pages before and during a campaign, and what they weigh."""

from datetime import date, datetime
from pathlib import Path

import brotli
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from raquan.campaign import commands as campaigns
from raquan.cards.commands import make_cards
from raquan.cards.rules import card_path, mark_of
from raquan.kernel.actor import SYSTEM
from raquan.people import commands as people
from raquan.people.rules import Level
from raquan.places import commands as places

PLAN = Path(__file__).resolve().parents[4] / "examples" / "ke-hoach-138-2023.docx"


@pytest.fixture
def campaign(db: None, now: datetime) -> None:
    """The campaign of 2023, with its plan and no outing yet."""
    places.load_packaged_units(by=SYSTEM, now=now)
    campaigns.import_plan(by=SYSTEM, now=now, document=PLAN.read_bytes(), file_name=PLAN.name)


@pytest.mark.django_db
def test_before_any_plan_the_home_says_so(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Chưa có kế hoạch nào" in answer.content.decode()
    assert client.get("/2023/").status_code == 404
    assert client.get("/2023/outings/").status_code == 404


def test_the_home_shows_theme_window_and_an_honest_nothing(client: Client, campaign: None) -> None:
    text = client.get("/").content.decode()
    assert "Khai thác dữ liệu số để tạo ra giá trị" in text
    assert "15/09/2023" in text
    assert "Chưa có buổi hỗ trợ nào sắp tới" in text
    assert "chưa có dữ liệu" in text


def test_the_campaign_page_shows_no_zero_where_nothing_is_known(client: Client, campaign: None) -> None:
    text = client.get("/2023/").content.decode()
    assert "138/KH-UBND" in text
    assert "chưa có dữ liệu" in text
    assert "Chưa có số liệu để vẽ" in text


@pytest.mark.parametrize(("looked_for", "said"), [("cu mgar", "Cư M’gar"), ("khongconoinay", "Không tìm thấy")])
def test_a_place_is_found_without_accents(client: Client, campaign: None, looked_for: str, said: str) -> None:
    text = client.get("/2023/outings/", {"q": looked_for}).content.decode()
    assert said in text


@pytest.mark.parametrize("page", ["0", "-1", "abc", "999999", "9" * 40])
def test_an_odd_page_number_is_no_error(client: Client, campaign: None, page: str) -> None:
    assert client.get("/2023/outings/", {"page": page}).status_code == 200


def test_english_pages_have_their_own_address_and_set_no_cookie(client: Client, campaign: None) -> None:
    answer = client.get("/en/")
    assert "Exploiting digital data" in answer.content.decode() or "outings" in answer.content.decode().lower()
    assert answer.headers["Content-Language"] == "en"
    assert not answer.cookies


def test_the_home_is_small_and_asks_little_of_the_database(
    client: Client, campaign: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")
    with django_assert_max_num_queries(20):
        answer = client.get("/")
    assert len(brotli.compress(answer.content)) <= 12_000
    assert date(2023, 10, 10).strftime("%d/%m/%Y") in answer.content.decode()


def test_a_card_s_page_says_how_far_and_never_who(client: Client, campaign: None, now: datetime) -> None:
    unit = people.register_organization(
        by=SYSTEM, now=now, name="Ủy ban nhân dân huyện Cư M’gar", level=Level.DISTRICT, place_code="648"
    )
    code = make_cards(by=SYSTEM, now=now, organization_id=unit, sheets=1).codes[0]
    answer = client.get(card_path(code))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "hệ thống không biết thẻ này của ai" in text
    assert "Chưa ghi việc nào" in text
    assert "Thẻ do Ủy ban nhân dân huyện Cư M’gar phát." in text
    assert 'href="/2023/feedback/"' in text
    assert 'href="/guides/"' in text
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in answer["X-Robots-Tag"]
    assert client.get(f"/en{card_path(code)}").status_code == 200


@pytest.mark.parametrize("code", ["A" * 26, "x", mark_of(bytes(16))])
def test_a_card_that_is_not_there_is_said_kindly(client: Client, campaign: None, code: str) -> None:
    answer = client.get(f"/c/1/{code}")
    assert answer.status_code == 404
    assert "Không có thẻ vẫn được giúp" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
