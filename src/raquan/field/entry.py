"""Lets phones in by the key in their header, reads capped bodies, and answers every refusal in JSON."""

import json
import zlib
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from raquan.kernel import clock
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Refused
from raquan.people import queries as people
from raquan.people.commands import DeviceRevoked
from raquan.ui.access import by_key, public
from raquan.ui.http import Request

MAX_BODY = 1024 * 1024
"""The largest body that is taken, as it came and unpacked: a batch of 50 records is a tenth of it."""

Route = Callable[..., HttpResponse]
LetIn = Callable[[str, date], Actor]
"""Gives who has a key on a day, or refuses."""


class MethodWrong(Refused):
    """The address is asked by another method."""

    code = "method.wrong"
    message = N_("Địa chỉ này chỉ nhận {method}.")
    status = 405


class KeyMissing(Refused):
    """The request carries no key."""

    code = "key.missing"
    message = N_("Máy này chưa đăng nhập. Hãy nhập mã đăng nhập.")
    status = 401


class KeyUnknown(Refused):
    """No phone has this key, or ever had."""

    code = "key.unknown"
    message = N_("Máy chủ không biết máy này. Bản ghi vẫn ở trên máy: hãy đăng nhập lại bằng mã để gửi.")
    status = 401


class BodyTooLarge(Refused):
    """The body is over MAX_BODY."""

    code = "body.too_large"
    message = N_("Gói gửi quá lớn. Hãy gửi ít hơn mỗi lần.")
    status = 413


class BodyUnreadable(Refused):
    """The body is no JSON object in UTF-8, or its compression is broken."""

    code = "body.unreadable"
    message = N_("Gói gửi bị hỏng trên đường truyền. Hãy gửi lại.")
    status = 400


class EncodingUnknown(Refused):
    """The body is packed in a way that this server does not unpack."""

    code = "body.encoding_unknown"
    message = N_("Máy chủ chỉ mở được gói nén gzip.")
    status = 415


def _device(key: str, on: date) -> Actor:
    actor = people.actor_by_device_key(key, on)
    if actor is None:
        raise DeviceRevoked() if people.is_device_key(key) else KeyUnknown()
    return actor


def field_route(method: str, *, keyed: bool = True, who: LetIn = _device) -> Callable[[Route], Route]:
    """Make a view a route of a field app: one method, a key that `who` knows unless it is the way in, JSON refusals."""

    def make(view: Route) -> Route:
        @csrf_exempt
        @gzip_page
        @by_key if keyed else public
        @wraps(view)
        def route(request: Request, **kwargs: Any) -> HttpResponse:
            with translation.override("vi"):
                try:
                    if request.method != method:
                        raise MethodWrong(method=method)
                    if keyed:
                        _let_in(request, who)
                    answer = view(request, **kwargs)
                except Refused as refused:
                    answer = refusal(refused)
            answer.headers.setdefault("Cache-Control", "private, no-store")
            answer["X-Server-Time"] = request.now.isoformat(timespec="milliseconds")
            if keyed:
                patch_vary_headers(answer, ["Authorization"])
            return answer

        return route

    return make


def refusal(refused: Refused) -> HttpResponse:
    """Answer a refusal with its code and its words."""
    answer = JsonResponse({"code": refused.code, "message": refused.text()}, status=refused.status)
    if refused.status == 429:
        answer["Retry-After"] = str(60 * int(refused.params["minutes"]))
    if refused.status == 405:
        answer["Allow"] = refused.params["method"]
    if refused.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="raquan"'
    return answer


def _let_in(request: Request, who: LetIn) -> None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise KeyMissing()
    request.actor = who(key.strip(), clock.local_date(request.now))


def read_json(request: Request) -> dict[str, Any]:
    """Read a JSON object of at most MAX_BODY bytes, packed by gzip or not."""
    raw = read_bytes(request, MAX_BODY)
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing == "gzip":
        raw = unpack(raw)
    elif packing != "identity":
        raise EncodingUnknown()
    try:
        found = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise BodyUnreadable() from None
    if not isinstance(found, dict):
        raise BodyUnreadable()
    return found


def read_bytes(request: Request, most: int) -> bytes:
    """Read a body of at most so many bytes as it came. Raises BodyTooLarge, BodyUnreadable."""
    try:
        raw: bytes = request.read(most + 1)
    except OSError:  # the line broke in the middle of it
        raise BodyUnreadable() from None
    if len(raw) > most:
        raise BodyTooLarge()
    return raw


def unpack(raw: bytes, most: int = MAX_BODY) -> bytes:
    """Unpack gzip, never more than `most` bytes of it. Raises BodyUnreadable, BodyTooLarge."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = unpacker.decompress(raw, most + 1)
    except zlib.error:
        raise BodyUnreadable() from None
    if len(body) > most:
        raise BodyTooLarge()
    if not unpacker.eof or unpacker.unused_data:
        raise BodyUnreadable()
    return body
