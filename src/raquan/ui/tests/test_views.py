"""The style guide and the error pages, in both languages' addresses and without a shell."""

from datetime import timedelta

import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory

from raquan.kernel import clock
from raquan.kernel.refused import NotAllowed
from raquan.ui import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_offset", timedelta(days=-1000))


@pytest.mark.parametrize("address", ["/styleguide/", "/styleguide/desk/", "/styleguide/error/404/"])
def test_builders_pages_are_not_served_in_earnest(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Số liệu mô phỏng" not in response.text
    assert "a1b2c3d4" not in response.text


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("address", ["/styleguide/", "/styleguide/desk/"])
def test_the_style_guide_shows_every_component(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    for words in ("Số liệu mô phỏng", "Lượt hỗ trợ theo xã", "Cần sửa mấy chỗ sau", "Trang 2 trên 31", "Čư Mgar"):
        assert words in response.text


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429, 500])
def test_an_error_says_what_to_do_and_gives_a_code(client: Client, status: int) -> None:
    response = client.get(f"/styleguide/error/{status}/")
    assert response.status_code == status
    assert "Bạn có thể làm gì" in response.text
    assert "a1b2c3d4" in response.text
    assert ("Mang theo máy phát điện." in response.text) is (status == 409)


def test_a_refusal_becomes_a_page_in_its_own_words(rf: RequestFactory) -> None:
    request = rf.get("/desk/")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    response = errors.refused_page(request, NotAllowed())
    assert response.status_code == 403
    assert "Tài khoản của bạn không có quyền làm việc này." in response.text


def test_a_server_error_needs_nothing_that_may_have_failed(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    response = errors.server_error(rf.get("/desk/"))
    assert response.status_code == 500
    code = caplog.messages[0].rpartition(" ")[2]
    assert f"hãy đọc mã này cho người hỗ trợ: {code}" in response.text
