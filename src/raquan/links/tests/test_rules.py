"""Where a link may lead, how its code is read, what is a machine."""

import random

import pytest

from raquan.links.rules import About, about_of, is_code, is_machine, make_code, read_target

OURS = "https://raquan.daklak.gov.vn"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/2023/outings/", "/2023/outings/"),
        (f" {OURS}/2023/offers/?service=vietqr ", "/2023/offers/?service=vietqr"),
        (OURS, "/"),
        ("https://dichvucong.gov.vn/p/home", "https://dichvucong.gov.vn/p/home"),
        (f"{OURS}.evil.example/x", f"{OURS}.evil.example/x"),  # another's host, and stored as such: an officer wrote it
    ],
)
def test_a_target_is_a_page_of_ours_or_an_https_address(typed: str, kept: str) -> None:
    assert read_target(typed, OURS) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://dichvucong.gov.vn/",
        "//evil.example/",
        "/\\evil.example",
        "https:/evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://user:pass@evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/desk/people/",
        "/en/desk/people/",
        "/l/7k2qw",
        "/v1/projects",
        "/dk/xxxxxxxxxxxxxxxxxxxxxx/",
        "/2023/../desk/",
        "https://evil.example/a b",
        "https://evil.example/\r\nSet-Cookie:x",
        "https://dịchvụcông.gov.vn/",
        f"{OURS}/desk/",
        "https://x.vn/" + "a" * 1000,
    ],
)
def test_nothing_else_is_a_target(typed: str) -> None:
    assert read_target(typed, OURS) is None


def test_an_outings_page_says_what_the_link_is_about() -> None:
    assert about_of("/2023/outings/CMG-1005-A1/") == About("outing", "CMG-1005-A1")
    assert about_of("/2023/outings/") == About()
    assert about_of("https://other.example/2023/outings/CMG-1005-A1/") == About()


def test_a_code_has_no_letters_that_look_alike() -> None:
    made = {make_code(random.Random(number).choice) for number in range(300)}
    assert all(is_code(one) for one in made)
    assert set("".join(made)).isdisjoint("01ilou")
    assert len(made) > 295


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "facebookexternalhit/1.1",
        "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23",
        "curl/8.5",
        "python-requests/2.31",
        "Mozilla/5.0 HeadlessChrome/120",
        "",
    ],
)
def test_machines_that_say_so_are_known(agent: str) -> None:
    assert is_machine(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Zalo iOS/650 ZaloTheme/light",
        "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 [FB_IAB/FB4A;FBAV/440.0]",
    ],
)
def test_people_in_apps_are_people(agent: str) -> None:
    assert not is_machine(agent)
