"""The public pages of the places, for anybody."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.usefixtures("packaged"), pytest.mark.slow]


def test_search_answers_a_page(client: Client) -> None:
    answer = client.get("/places/", {"q": "cu mgar", "on": "05/10/2023"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "huyện Cư M’gar" in text
    assert "<h1" in text


def test_search_answers_htmx_with_the_list_alone(client: Client) -> None:
    answer = client.get("/places/", {"q": "ea kpam", "on": "2023-10-05"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "xã Ea KPam" in text
    assert "huyện Cư M’gar" in text
    assert "<html" not in text
    assert "HX-Request" in answer["Vary"]


def test_search_answers_programs_in_json(client: Client) -> None:
    answer = client.get("/places/", {"q": "BMT", "on": "2025-07-01"}, headers={"Accept": "application/json"})
    unit = answer.json()["units"][0]
    assert (unit["code"], unit["full_name"], unit["parent_name"]) == (
        "24133",
        "phường Buôn Ma Thuột",
        "tỉnh Đắk Lắk",
    )
    assert unit["lat"] == pytest.approx(12.7089)


def test_search_without_words_shows_the_box(client: Client) -> None:
    answer = client.get("/places/")
    assert answer.status_code == 200
    assert 'type="search"' in answer.content.decode()


def test_search_says_when_nothing_was_found(client: Client) -> None:
    answer = client.get("/places/", {"q": "<b>atlantis", "on": "2023-10-05"})
    assert "Không thấy nơi nào" in answer.content.decode()
    assert "<b>atlantis" not in answer.content.decode()


@pytest.mark.parametrize(
    "asked", [{"on": "hôm qua"}, {"limit": "1000"}, {"level": "quarter"}, {"q": "a" * 101}, {"on": "31/2/2023"}]
)
def test_search_refuses_what_it_cannot_read(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/places/", asked).status_code == 400
    answer = client.get("/places/", {**asked, "format": "json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "places.bad_search")


def test_a_unit_shows_what_it_became(client: Client) -> None:
    text = client.get("/places/24325/", {"on": "2023-10-05"}).content.decode()
    assert "Xã Ea Blang" in text
    assert "xã Ea Siên" in text
    assert "85,5% số dân" in text


def test_a_unit_of_today_shows_what_it_came_from_and_its_earlier_bearers(client: Client) -> None:
    text = client.get("/places/24133/", {"on": "2025-07-01"}).content.decode()
    assert "phường Thành Công" in text
    assert "01/11/2024 đến 30/06/2025" in text


def test_a_province_lists_what_lies_below_it_page_by_page(client: Client) -> None:
    text = client.get("/places/66/", {"on": "2025-07-01", "page": "3"}).content.decode()
    assert "Trang 3 trên 3" in text


def test_a_code_that_was_not_in_force_that_day_says_when_it_was(client: Client) -> None:
    answer = client.get("/places/648/", {"on": "2025-07-01"})
    assert answer.status_code == 404
    assert "01/01/2023 đến 30/06/2025" in answer.content.decode()


def test_an_unknown_code_is_not_found(client: Client) -> None:
    assert client.get("/places/99999/").status_code == 404


def test_places_are_only_read(client: Client) -> None:
    assert client.post("/places/", {"q": "a"}).status_code == 405
