"""What is drawn can be printed: fonts lie in it, its letters are right, its code is read back from the page."""

import io
import re
import unicodedata
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageStat
from pypdfium2 import raw

from raquan.outreach.gateways import make
from raquan.outreach.queries import design, designs
from raquan.outreach.rules import Format, Slot, Wording

SHORT = Wording(
    slogan="Gần dân hơn",
    second="Čih ƀuôn ơ̆ ư̆ ê̆ ŏ ĭ ŭ Ƀ",
    campaign="Ngày Chuyển đổi số 10/10",
    host="UBND tỉnh Đắk Lắk",
    unit_name="Xã Cư M’gar",
    doer="Sở Khoa học và Công nghệ, 08 Lý Thái Tổ, Buôn Ma Thuột",
    call="Quét mã để tìm nơi hỗ trợ gần nhà",
    address="raquan.daklak.example/l/7k2qw",
    link="https://raquan.daklak.example/l/7k2qw",
)
LONG = Wording(
    slogan="Phổ cập hạ tầng số và sáng tạo ứng dụng số để phát triển kinh tế số – Động lực mới cho tăng trưởng "
    "kinh tế và năng suất lao động",
    second=SHORT.second,
    line="Mời bà con đến nhà văn hóa cộng đồng để được hướng dẫn, không mất tiền.",
    campaign=SHORT.campaign,
    host="Ban Chỉ đạo phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh Đắk Lắk",
    unit_name="Trung tâm Phục vụ hành chính công phường Buôn Ma Thuột, tỉnh Đắk Lắk",
    doer=SHORT.doer,
    call=SHORT.call,
    address=SHORT.address,
    link=SHORT.link,
)
PRINTED = [one.code for one in designs() if one.is_printed]
DRAWN = [one.code for one in designs() if one.is_drawn]


def _page(data: bytes) -> Any:
    return pypdfium2.PdfDocument(data)[0]


def _fonts(page: Any) -> set[bool]:
    """Tell of every text on a page whether its font lies in the file."""
    found = set()
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=15):
        found.add(bool(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(one.raw))))
    return found


def _squeezed(text: str) -> str:
    """Leave out spaces; pdfium tells a letter that is set from several glyphs (ê and its breve) once for each."""
    return "".join(text.split()).replace("ê\u0306" * 2, "ê\u0306")


@pytest.mark.parametrize("code", PRINTED)
@pytest.mark.parametrize("said", [SHORT, LONG], ids=["short", "long"])
def test_a_printed_page_has_its_fonts_letters_boxes_and_code(code: str, said: Wording) -> None:
    made, one = make(design(code), said, Format.PDF, note="TT-000000"), design(code)
    page = _page(made.data)
    assert _fonts(page) == {True}
    text = page.get_textpage().get_text_range()
    for part in (said.slogan, said.second, said.host, said.unit_name, said.doer, said.address):
        assert unicodedata.is_normalized("NFC", part)
        assert _squeezed(part) in _squeezed(text), part
    millimetres = [round(side * 25.4 / 72, 1) for side in page.get_trimbox()]
    assert millimetres == [one.outside, one.outside, one.outside + one.width, one.outside + one.height]
    picture = page.render(scale=1600 / max(page.get_size())).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [said.link]


@pytest.mark.parametrize("code", ["banner", "poster"])
def test_an_outlined_page_needs_no_font_and_is_as_large(code: str) -> None:
    page = _page(make(design(code), SHORT, Format.OUTLINED).data)
    assert _fonts(page) == set()
    lettered = _page(make(design(code), SHORT, Format.PDF).data)
    assert page.get_trimbox() == pytest.approx(lettered.get_trimbox(), abs=0.1)
    scale = 1600 / max(page.get_size())
    picture, same = (one.render(scale=scale).to_pil().convert("RGB") for one in (page, lettered))
    assert max(ImageStat.Stat(ImageChops.difference(picture, same)).mean) < 1.5  # of 255: the same picture
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [SHORT.link]


@pytest.mark.parametrize("code", DRAWN)
def test_a_picture_has_its_size_and_its_code(code: str) -> None:
    one = design(code)
    picture = Image.open(io.BytesIO(make(one, LONG, Format.PNG).data))
    wide = 1200 / max(one.width, one.height) if one.is_printed else 1
    assert list(picture.size) == pytest.approx([one.width * wide, one.height * wide], abs=2)
    if one.has(Slot.LINK) and not one.is_printed:
        flat = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
        assert [found.text for found in zxingcpp.read_barcodes(flat.convert("L"))] == [LONG.link]


def test_an_svg_is_shapes_and_a_frame_is_clear_inside() -> None:
    svg = make(design("post"), SHORT, Format.SVG).data.decode()
    assert "<text" not in svg
    assert not re.search(r"<script|href=\"http", svg)
    frame = Image.open(io.BytesIO(make(design("frame"), SHORT, Format.PNG).data)).convert("RGBA")
    assert frame.getpixel((540, 400))[3] == 0  # type: ignore[index]  # RGBA: four values


def test_the_same_makes_the_same_and_what_is_typed_is_no_markup() -> None:
    nasty = Wording(slogan='#panic("x") *a* $b$ \\ @c <d>', campaign="[a]", host="= b", link="https://x.vn/?a=%20&b")
    first, second = (make(design("poster"), nasty, Format.PDF).data for _ in range(2))
    assert first == second
    text = _page(first).get_textpage().get_text_range()
    assert '#panic("x")' in text
    with pytest.raises(ValueError, match="svg"):
        make(design("poster"), SHORT, Format.SVG)
