"""Pages are asked for politely and never inside; pictures are known when they are copies, and only then."""

import io
import socket
from typing import Any

import pytest
from PIL import Image

from raquan.displays import gateways
from raquan.displays.gateways.pictures import compare, know
from raquan.displays.gateways.reading import pictures_in
from raquan.displays.rules import Way, short_codes
from raquan.displays.tests.website import Website, copy_of
from raquan.kernel.calling import CallFailed, CallForbidden, get
from raquan.outreach import gateways as drawing
from raquan.outreach.queries import design
from raquan.outreach.rules import Format, Wording

PAGE = """<html><head><base href="/thu-muc/"><link rel="stylesheet" href="a.css">
<style>.x { background: url('trong-style.png') }</style></head><body>
<img src="thuong.png"><img src="cho.gif" data-src="luoi.png"><img srcset="nho.png 320w, to.png 1280w">
<picture><source srcset="anh.webp"></picture><div style="background-image:url(&quot;nen.png&quot;)"></div>
<svg><image href="trong-svg.png"/></svg><noscript><img src="khong-script.png"></noscript>
<object data="hinh.svg"></object><img src="data:image/png;base64,AAAA"><video poster="phim.jpg"></video>
<img src="javascript:x"><img src="http://[x"></body></html>"""


def _drawn(code: str, campaign: str, link: str) -> bytes:
    said = Wording(
        slogan="Khai thác dữ liệu số để tạo ra giá trị",
        campaign=campaign,
        host="UBND tỉnh Đắk Lắk",
        line=f"Hưởng ứng {campaign}",
        doer="Sở Khoa học và Công nghệ, 08 Lý Thái Tổ",
        call="Quét mã để tìm nơi hỗ trợ gần nhà",
        link=link,
    )
    return drawing.make(design(code), said, Format.PNG).data


@pytest.fixture(scope="module")
def years() -> dict[str, tuple[bytes, bytes]]:
    """A banner and a post, of this year and of last year: the same layout and slogan, another year and code."""
    this, last = (
        ("Ngày Chuyển đổi số 2023", "https://x.vn/l/7k2qw"),
        ("Ngày Chuyển đổi số 2022", "https://x.vn/l/9m3rx"),
    )
    return {code: (_drawn(code, *this), _drawn(code, *last)) for code in ("banner", "post")}


def test_every_way_of_showing_a_picture_is_found() -> None:
    found, stylesheets = pictures_in(PAGE, "https://xa.vn/trang/")
    names = [one.removeprefix("https://xa.vn/thu-muc/") for one in found]
    assert set(names) == {
        "trong-style.png", "thuong.png", "cho.gif", "luoi.png", "nho.png", "to.png", "anh.webp", "nen.png",
        "trong-svg.png", "khong-script.png", "hinh.svg", "data:image/png;base64,AAAA", "phim.jpg",
    }  # fmt: skip
    assert stylesheets == ["https://xa.vn/thu-muc/a.css"]


@pytest.mark.slow
@pytest.mark.parametrize("code", ["banner", "post"])
@pytest.mark.parametrize(("kind", "quality"), [("JPEG", 40), ("WEBP", 60)])
def test_a_copy_is_known_and_last_years_is_not(
    years: dict[str, tuple[bytes, bytes]], code: str, kind: str, quality: int
) -> None:
    this, last = years[code]
    known = know(this)
    assert known
    match = compare(copy_of(this, 0.4, kind, quality), known)
    assert match
    assert match.way is Way.SAME_PICTURE
    assert compare(copy_of(last, 0.4, kind, quality), known) is None
    assert compare(last, known) is None
    tiny = compare(copy_of(this, 0.25, kind, quality), known)
    assert tiny is None or tiny.way is Way.LIKENESS  # too small to be sure


def test_what_cannot_be_decoded_is_no_picture(years: dict[str, tuple[bytes, bytes]]) -> None:
    known = know(years["post"][0])
    assert known
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")  # 81 million pixels in 10 KB
    for data in (b"", b"GIF89a", b"<svg/>", bomb.getvalue(), years["post"][0][:5000]):
        assert compare(data, known) is None
    same = compare(years["post"][0], known)
    assert same
    assert same.way is Way.SAME_FILE


def test_our_codes_are_read_in_a_page() -> None:
    page = '<a href="https://raquan.vn/l/7K2qw">x</a> http://raquan.vn/l/9m3rx?a=1 https://other.vn/l/aaaaa'
    assert short_codes(page, "https://raquan.vn") == {"7k2qw", "9m3rx"}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
    ],
)
def test_no_address_inside_is_called(url: str) -> None:
    with pytest.raises(CallForbidden):
        get(url, {}, allow_private=False, most=100)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.vn/", "gopher://x/", "http://a:b@x.vn/", "http:///x"])
def test_other_schemes_and_passwords_are_refused(url: str) -> None:
    with pytest.raises(CallFailed):
        get(url, {}, allow_private=True, most=100)


def test_a_name_is_resolved_once(website: Website, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that first is public and then private (DNS rebinding) is asked once: the checked address is called."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    called: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_: Any) -> Any:
        called.append(address[0])
        raise OSError("not from a test")

    monkeypatch.setattr("raquan.kernel.calling.socket.getaddrinfo", resolve)
    monkeypatch.setattr("raquan.kernel.calling.socket.create_connection", connect)
    with pytest.raises(CallFailed):
        get("http://doi-y.vn/", {}, allow_private=False, most=100)
    assert called == ["93.184.216.34"]
    with pytest.raises(CallForbidden):
        get("http://doi-y.vn/", {}, allow_private=False, most=100)
    assert called == ["93.184.216.34"]


def test_each_step_of_a_redirect_is_checked(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    website.put("/", "", status=302, Location="http://169.254.169.254/")
    asked: list[str] = []

    def careful(url: str, headers: dict[str, str], *, allow_private: bool, most: int) -> Any:
        asked.append(url)
        return get(url, headers, allow_private=url.startswith(website.url), most=most)

    monkeypatch.setattr("raquan.displays.gateways.asking.get", careful)
    with pytest.raises(CallForbidden):
        gateways.look_at(f"{website.url}/")
    assert asked[-1].startswith("http://169.254.169.254/")
    website.put("/", "", status=302, Location="file:///etc/passwd")
    with pytest.raises(CallFailed):
        gateways.look_at(f"{website.url}/")
    website.put("/", "", status=302, Location="/")
    with pytest.raises(CallFailed, match="redirects"):
        gateways.look_at(f"{website.url}/")


def test_robots_are_obeyed_and_told_who_asks(website: Website) -> None:
    website.put("/robots.txt", "User-agent: *\nDisallow: /kin/", "text/plain")
    website.put("/kin/", "<img src=a.png>")
    website.put("/mo/", '<img src="/kin/a.png">')
    with pytest.raises(gateways.PageRefused):
        gateways.look_at(f"{website.url}/kin/")
    assert list(gateways.look_at(f"{website.url}/mo/").pictures) == []
    assert website.paths() == ["/robots.txt", "/robots.txt", "/mo/"]
    assert all("RaquanChecker/1 (+http" in headers["User-Agent"] for _path, headers in website.asked)
    website.put("/robots.txt", "", status=503)
    with pytest.raises(gateways.PageRefused):
        gateways.look_at(f"{website.url}/mo/")


def test_what_is_too_large_or_no_page_is_let_go(website: Website) -> None:
    website.put("/lon/", b"x" * 3_200_000)
    website.put("/tep.pdf", b"%PDF", "application/pdf")
    for path in ("/lon/", "/tep.pdf", "/khong-co/"):
        with pytest.raises(CallFailed):
            gateways.look_at(f"{website.url}{path}")
