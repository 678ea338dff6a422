"""Pages for what could not be done: plain words, a code to read out, and what to do now."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_lazy

from raquan.kernel.refused import Refused
from raquan.ui import fields

logger = logging.getLogger(__name__)

_WORDS = {
    400: (
        gettext_lazy("Không đọc được yêu cầu này"),
        gettext_lazy("Trình duyệt đã gửi những gì mà trang này không hiểu."),
        [
            gettext_lazy("Quay lại trang trước và thử lần nữa."),
            gettext_lazy("Nếu đi từ một đường dẫn, hãy chép đủ cả dòng."),
        ],
    ),
    403: (
        gettext_lazy("Bạn không có quyền xem trang này"),
        gettext_lazy("Tài khoản đang dùng không được giao việc này."),
        [gettext_lazy("Đăng nhập bằng tài khoản khác."), gettext_lazy("Hỏi người quản trị của đơn vị bạn.")],
    ),
    404: (
        gettext_lazy("Không có trang này"),
        gettext_lazy("Địa chỉ có thể đã gõ sai, hoặc trang đã được chuyển đi."),
        [gettext_lazy("Xem lại địa chỉ, nhất là phần cuối."), gettext_lazy("Tìm từ trang chủ.")],
    ),
    409: (
        gettext_lazy("Có người vừa sửa trước bạn"),
        gettext_lazy("Nội dung đã đổi từ lúc bạn mở trang, nên chưa lưu gì."),
        [gettext_lazy("Mở lại trang để xem bản mới, rồi nhập lại chỗ cần sửa.")],
    ),
    422: (
        gettext_lazy("Chưa làm được việc này"),
        gettext_lazy("Yêu cầu không được chấp nhận."),
        [gettext_lazy("Quay lại trang trước và sửa theo lời nhắc ở trên.")],
    ),
    429: (
        gettext_lazy("Xin chờ một lát"),
        gettext_lazy("Đã có quá nhiều lần gửi trong thời gian ngắn."),
        [gettext_lazy("Thử lại sau vài phút.")],
    ),
    500: (
        gettext_lazy("Máy chủ gặp trục trặc"),
        gettext_lazy("Lỗi ở phía chúng tôi, không phải ở bạn. Việc vừa làm có thể chưa được lưu."),
        [gettext_lazy("Thử lại sau ít phút."), gettext_lazy("Nếu vẫn vậy, hãy báo mã dưới đây cho người quản trị.")],
    ),
}  # fmt: skip

Kept = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """All that the error page says; `kept` are (label, value) pairs of what the visitor had typed."""

    status: int
    title: str
    message: str
    advice: Sequence[str]
    code: str
    kept: Kept


def describe(status: int, code: str, message: str = "", kept: Kept = ()) -> ErrorPage:
    """Describe a failure in the visitor's language; `message` replaces the general words."""
    title, general, advice = _WORDS.get(status, _WORDS[500 if status >= 500 else 400])
    return ErrorPage(status, str(title), message or str(general), [str(line) for line in advice], code, kept)


def refused_page(request: HttpRequest, refused: Refused, kept: Kept = ()) -> HttpResponse:
    """Answer a refused command or query with a page in the visitor's words."""
    page = describe(refused.status, refused.code, refused.text(gettext), kept)
    return render(request, "ui/error.html", {"error": page}, status=page.status)


def typed(form: forms.BaseForm) -> list[tuple[str, str]]:
    """List what somebody typed or chose in a form, by label; never passwords or files."""
    silent = (forms.PasswordInput, forms.FileInput, forms.HiddenInput)
    shown = [field for field in form if not isinstance(field.field.widget, silent)]
    return [(str(field.label), text) for field in shown if (text := _as_seen(field))]


def _as_seen(field: BoundField) -> str:
    value = field.value()
    if isinstance(value, bool):
        return gettext("Có") if value else ""
    names = {choice["value"]: choice["text"] for choice in fields.choices_of(field)}
    values = value if isinstance(value, list) else [value]
    return ", ".join(names.get(str(v), str(v)) for v in values if v)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return _plain(request, 400, "bad_request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _plain(request, 403, "forbidden")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return _plain(request, 404, "not_found")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is too old or missing (settings.CSRF_FAILURE_VIEW)."""
    words = gettext("Trang đã mở quá lâu nên chưa gửi được. Hãy tải lại trang rồi gửi lần nữa.")
    page = describe(403, "form_expired", words)
    return render(request, "ui/error.html", {"error": page}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the request: whatever failed may be what the shell asks for."""
    code = secrets.token_hex(4)
    logger.error("500 at %s, told the visitor code %s", request.path, code)
    return HttpResponse(render_to_string("ui/error.html", {"error": describe(500, code)}), status=500)


def _plain(request: HttpRequest, status: int, code: str) -> HttpResponse:
    return render(request, "ui/error.html", {"error": describe(status, code)}, status=status)
