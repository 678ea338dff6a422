"""The pictures of public pages: large enough to be shown large, small enough to be sent, true to their page."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from raquan.capture.tests.world import Field, make_field
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import install_offset, real_now
from raquan.outings import commands as outings
from raquan.portal import pictures
from raquan.portal.drawing import HEIGHT, WIDTH, Handbill, draw_handbill

MOST_BYTES = 60 * 1024
LONG = "Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính Ủy ban nhân dân huyện Krông Pắc " * 3
BILL = Handbill(
    kind="Buổi hỗ trợ miễn phí",
    owner="Tỉnh Đắk Lắk",
    title="Nhà văn hóa buôn Ea Tul",
    when="05/10/2023, 07:30–16:30",
    where="xã Ea Tul, huyện Cư M’gar",
    what="Giúp: Đăng ký khai sinh",
    code="CMG-7K2Q",
    scan="Quét mã để xem",
    address="https://example.vn/2023/outings/CMG-7K2Q/",
    promise="Hỗ trợ là miễn phí.",
)


@pytest.fixture
def field(db: None, now: datetime) -> Iterator[Field]:
    """Two units with an outing each on this day, at which pages stand."""
    install_offset(now - real_now())
    yield make_field(now)
    install_offset(timedelta(0))


@pytest.mark.parametrize(
    "bill",
    [
        BILL,
        replace(BILL, title=LONG, when=LONG, where=LONG, what=LONG, synthetic="Bản dùng thử"),
        replace(BILL, title="x" * 400, where="", what="", code="", warning="Buổi này đã hủy. Xin đừng đến."),
    ],
)
def test_it_is_small_and_of_the_form_that_messengers_show_large(bill: Handbill) -> None:
    drawn = draw_handbill(bill)
    assert len(drawn) <= MOST_BYTES
    assert Image.open(io.BytesIO(drawn)).size == (WIDTH, HEIGHT)


def test_the_same_words_give_the_same_bytes() -> None:
    first = draw_handbill(BILL)
    draw_handbill.cache_clear()
    assert draw_handbill(BILL) == first


def test_an_outing_s_says_where_when_and_what_for(field: Field, settings: Any) -> None:
    settings.RAQUAN_PUBLIC_URL = "https://ngay.example.vn"
    bill = pictures.outing_handbill(2023, field.outing_code)
    assert bill
    assert bill.when == "05/10/2023, 07:30–11:00"
    assert "Quảng Phú" in bill.where
    assert bill.address == f"https://ngay.example.vn/2023/outings/{field.outing_code}/"
    assert (bool(bill.synthetic), bill.warning) == (True, "")
    assert pictures.outing_handbill(2022, field.outing_code) is None


def test_that_of_an_outing_called_off_says_so(field: Field, now: datetime) -> None:
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=field.outing_id, reason="Mưa lớn")
    bill = pictures.outing_handbill(2023, field.outing_code)
    assert bill
    assert bill.warning == "Buổi này đã hủy. Xin đừng đến."


def test_a_link_names_its_picture_whole(client: Client, field: Field, settings: Any) -> None:
    settings.RAQUAN_PUBLIC_URL = "https://ngay.example.vn"
    for address in (f"/2023/outings/{field.outing_code}/", "/guides/birth_registration/", "/en/guides/vneid_level2/"):
        text = client.get(address).content.decode()
        said = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]+)"', text))
        assert said["og:url"] == f"https://ngay.example.vn{address}"
        path = said["og:image"].removeprefix("https://ngay.example.vn")
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert len(answer.content) <= MOST_BYTES
        assert f'href="{path}" download="' in text


@pytest.mark.parametrize(
    "address",
    [
        "/2023/outings/CMG-0000.png",
        "/2023/help-desks/CMG-00000.png",
        "/2023/offers/UD-000000.png",
        "/2023/press/9.png",
        "/2023/news/9.png",
        "/guides/nothing.png",
    ],
)
def test_what_nobody_has_has_no_picture(client: Client, field: Field, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_picture_costs_few_queries(
    client: Client, field: Field, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        client.get(f"/2023/outings/{field.outing_code}.png")
