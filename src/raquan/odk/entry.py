"""Lets devices and people in: by the key in the address, by a token, or by Basic where nobody can listen."""

import base64
import binascii
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from raquan.campaign.queries import CampaignView, campaign_of_year, has_campaign
from raquan.kernel import clock
from raquan.kernel.actor import ANONYMOUS, Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.odk import openrosa
from raquan.people import commands as people
from raquan.people.queries import actor_by_device_key, actor_by_public_link, actor_by_token, actor_of_user
from raquan.ui.access import by_key
from raquan.ui.http import Request

KEY = re.compile(r"[A-Za-z0-9_$!-]{64}")
CHALLENGE = 'Basic realm="raquan", charset="UTF-8"'
LINK = "st"
"""The parameter that carries a public link's key."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

Route = Callable[..., HttpResponse]


class VersionMissing(Refused):
    """The client did not say that it speaks OpenRosa 1.0."""

    code = "openrosa.version_missing"
    message = N_("Yêu cầu thiếu X-OpenRosa-Version: 1.0.")
    status = 400


class RequestBroken(Refused):
    """The multipart body cannot be read, or has more parts than any client sends."""

    code = "request.broken"
    message = N_("Yêu cầu bị hỏng trên đường truyền hoặc quá lớn. Hãy gửi lại.")
    status = 400


class KeyMalformed(Refused):
    """The key in the address cannot be one of ours."""

    code = "key.malformed"
    message = N_("Địa chỉ máy chủ có khóa viết sai. Hãy quét lại mã QR của máy.")
    status = 401


class KeyUnknown(Refused):
    """No device in use has this key; 403, since 401 would make clients ask for a password."""

    code = "key.unknown"
    message = N_("Khóa của máy này không còn dùng được. Hãy hỏi cán bộ phụ trách để lấy mã QR mới.")
    status = 403


class LinkUnknown(Refused):
    """No public link in use has this key."""

    code = "link.unknown"
    message = N_("Đường dẫn này không còn dùng được. Hãy hỏi nơi đã gửi đường dẫn cho bạn.")
    status = 403


class PasswordWanted(Refused):
    """Without a key in the address, the client must say who it is."""

    code = "auth.wanted"
    message = N_("Hãy đăng nhập bằng tài khoản và mật khẩu.")
    status = 401


class TokenUnknown(Refused):
    """The token has ended, or never was one."""

    code = "auth.token_unknown"
    message = N_("Phiên làm việc đã hết hạn. Hãy đăng nhập lại.")
    status = 401


class LineNotPrivate(Refused):
    """A password would travel in the clear."""

    code = "auth.https_only"
    message = N_("Chỉ nhận mật khẩu qua HTTPS.")
    status = 403


class ProjectUnknown(NotFound):
    """No campaign has this year."""

    code = "project.unknown"
    message = N_("Không có chiến dịch năm {year}.")


def openrosa_route(*, versioned: bool, by_draft: bool = False) -> Callable[[Route], Route]:
    """Make a view an OpenRosa route: it lets the actor in by key, public link, token or Basic; refusals are XML.

    `versioned` routes need the X-OpenRosa-Version header. `by_draft`: whoever has the draft's token is let in, and
    the query or command finds out whether it is one.
    """

    def make(view: Route) -> Route:
        @csrf_exempt
        @by_key
        @wraps(view)
        def route(request: Request, year: int, key: str | None = None, **kwargs: Any) -> HttpResponse:
            try:
                if versioned and request.headers.get("X-OpenRosa-Version", "").strip() != openrosa.VERSION:
                    raise VersionMissing()
                if by_draft:
                    request.actor = ANONYMOUS
                else:
                    request.actor = _by_device(request, key) if key else _by_link(request) or by_person(request)
                check_campaign(year)
                return view(request, year=year, key=key, **kwargs)
            except Refused as refused:
                return _refusal(refused)
            except (MultiPartParserError, SuspiciousOperation):
                return _refusal(RequestBroken())

        return route

    return make


def _refusal(refused: Refused) -> HttpResponse:
    response = openrosa.message(refused.text(), status=refused.status, code=refused.code)
    if isinstance(refused, PasswordWanted | TokenUnknown | people.WrongPassword):
        response.status_code = 401
        response["WWW-Authenticate"] = CHALLENGE
    return response


def campaign_named(year: int) -> CampaignView:
    """Give the campaign that an address names; raises ProjectUnknown."""
    found = campaign_of_year(year)
    if found is None:
        raise ProjectUnknown(year=year)
    return found


def check_campaign(year: int) -> None:
    """Raise ProjectUnknown unless there is such a campaign."""
    if not has_campaign(year):
        raise ProjectUnknown(year=year)


def _by_device(request: Request, key: str) -> Actor:
    if not KEY.fullmatch(key):
        raise KeyMalformed()
    actor = actor_by_device_key(key, clock.local_date(request.now))
    if actor is None:
        raise KeyUnknown()
    return actor


def _by_link(request: Request) -> Actor | None:
    """Give the public link that the address carries (?st=); None when it carries none."""
    key = request.GET.get(LINK)
    if key is None:
        return None
    actor = actor_by_public_link(key, clock.local_date(request.now))
    if actor is None:
        raise LinkUnknown()
    return actor


def by_person(request: Request) -> Actor:
    """Give the person whose token or password the request carries; raises the refusals above."""
    if not _is_private(request):
        raise LineNotPrivate()
    header = request.headers.get("Authorization", "")
    if is_bearer(request):
        actor = actor_by_token(header.partition(" ")[2].strip(), clock.real_now(), clock.local_date(request.now))
        if actor is None:
            raise TokenUnknown()
        return actor
    return by_password(request, *_credentials(header))


def by_password(request: Request, login: str, password: str) -> Actor:
    """Give the person whose login and password these are, where nobody can listen."""
    if not _is_private(request):
        raise LineNotPrivate()
    address = request.META.get("REMOTE_ADDR", "")
    user = people.sign_in(login=login, password=password, address=address, real_now=clock.real_now())
    actor = actor_of_user(user.pk, clock.local_date(request.now))
    if actor is None:
        raise PasswordWanted()
    return actor


def is_bearer(request: Request) -> bool:
    """Tell whether the request shows a token."""
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def _is_private(request: Request) -> bool:
    """Tell whether the line cannot be listened to: HTTPS, or from this machine itself and through no proxy."""
    if request.is_secure():
        return True
    proxied = "Forwarded" in request.headers or "X-Forwarded-For" in request.headers
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return not proxied and request.META.get("REMOTE_ADDR") in LOOPBACK and host in LOOPBACK


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise PasswordWanted()
    try:
        login, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise PasswordWanted() from None
    if not colon:
        raise PasswordWanted()
    return login, password
