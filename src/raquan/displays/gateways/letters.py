"""Writes the letter to an invited place: the same words for a page and for paper (data/letter.typ)."""

from datetime import date
from importlib import resources

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raquan.displays.queries import DisplayView, sign_file
from raquan.kernel.dates import format_date
from raquan.ui.typesetting import set_type


def letter_texts(view: DisplayView) -> tuple[str, ...]:
    """Give the letter's paragraphs; who prints, pays and takes down stands apart, after the second."""
    said = {
        "title": view.artwork_title,
        "artwork": view.artwork_code,
        "first": format_date(view.starts_on),
        "last": format_date(view.ends_on),
    }
    address = f", {view.site_address}" if view.site_address else ""
    return (
        _("Kính gửi: %(site)s") % {"site": view.site_name} + address,
        _(
            "Chúng tôi xin mời quý vị cho treo ấn phẩm “%(title)s” (mã ấn phẩm %(artwork)s) từ ngày %(first)s đến hết "
            "ngày %(last)s."
        )
        % said,
        _(
            "Việc này là tự nguyện. Quý vị không nhận thì chỉ cần báo lại; không phải nêu lý do, không ảnh hưởng gì, "
            "và chúng tôi không nhắc lại."
        ),
        _("Khi đã treo, cán bộ của đơn vị sẽ đến chụp một ảnh; quý vị không phải làm gì thêm."),
        _("Gọi điện hay gặp cán bộ, quý vị chỉ cần đọc mã treo %(code)s: hai bên cùng hiểu là ấn phẩm này, ở nơi này.")
        % {"code": view.code},
        _("Trân trọng cảm ơn."),
    )


def letter_pdf(view: DisplayView, day: date, sender: str) -> bytes:
    """Set the letter as PDF, one page of A4, with room for a signature and a telephone number by hand."""
    source = resources.files("raquan.displays") / "data" / "letter.typ"
    data = {
        "lang": (get_language() or "vi")[:2],
        "title": _("Thư ngỏ"),
        "unit": view.organization_name,
        "day": _("Ngày %(day)s") % {"day": format_date(day)},
        "code": {"title": _("Mã treo"), "text": view.code, "sign": sign_file(view.code)},
        "notice": _("DỮ LIỆU MÔ PHỎNG, KHÔNG CÓ THẬT") if view.is_synthetic else "",
        "paragraphs": letter_texts(view),
        "who": [(_("Ai in"), view.prints), (_("Ai trả tiền"), view.pays), (_("Ai gỡ xuống"), view.removes)],
        "signed": [_("Người gửi thư"), sender, _("Điện thoại: ……………………")],
        "answer": {
            "title": _("Trả lời (nếu muốn)"),
            "choices": [_("Đồng ý treo"), _("Không nhận")],
        },
    }
    return set_type(source.read_bytes(), data)
