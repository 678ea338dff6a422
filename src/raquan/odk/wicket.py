"""The small door within the large one: plain records pass it, and are spared Django's request cycle."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.signals import request_started
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.common import CommonMiddleware
from django.middleware.security import SecurityMiddleware

from raquan.campaign.queries import has_campaign
from raquan.kernel import clock
from raquan.odk import openrosa
from raquan.odk.entry import KEY
from raquan.odk.multipart import plain_parts
from raquan.odk.views import INSTANCE, may_come, take_record, taken
from raquan.people.queries import actor_by_device_key

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

SMALL = 64 * 1024
"""The longest body that is read here; longer ones bring photos, and Django puts those on the disk."""

_ADDRESS = re.compile(rf"/v1/key/({KEY.pattern})/projects/([1-9][0-9]{{3}})/submission", re.ASCII)
_QUESTION = re.compile(r"(?:deviceID=([\w.:%+~-]*))?", re.ASCII)
_KIND = re.compile(r"multipart/form-data; ?boundary=([\w-]{1,70})", re.ASCII)
_LENGTH = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)

Said = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], bytes]


class Wicket:
    """Answer a device that asks whether a record may come, and one whose record is taken; hand all else to Django.

    Django gets what is not plain, and what is refused or fails, as if it had come there first: its words, its log,
    its status. What is done twice is asking for a record that was not kept. Both ways end in `take_record`.
    """

    def __init__(self, house: "WSGIApplication") -> None:
        self._house = house
        self._taken = _as_sent(taken())
        self._may_come = _as_sent(may_come(""))

    def __call__(self, said: Said, start_response: "StartResponse") -> Iterable[bytes]:
        address = _ADDRESS.fullmatch(said["PATH_INFO"])
        answer = self._answer(said, address[1], int(address[2])) if address else None
        if answer is None:
            return self._house(said, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return [body]

    def _answer(self, said: Said, key: str, year: int) -> Answer | None:
        """Answer what is plain; None leaves it to Django."""
        question, method = _QUESTION.fullmatch(said.get("QUERY_STRING", "")), said["REQUEST_METHOD"]
        if question is None or not _is_plain(said):
            return None
        payload = _plain_record(said) if method == "POST" else None
        if payload is None and method != "HEAD":
            return None
        try:
            # A database that has come up again costs nobody an error. What ends a request for Django has nothing to do
            # here: a connection that failed is closed as this thread's next request starts.
            request_started.send(sender=Wicket, environ=said)
            now = clock.now()
            sender = actor_by_device_key(key, clock.local_date(now))
            if sender is None or not has_campaign(year):
                return None
            if payload is None:
                return self._at(f"{said['wsgi.url_scheme']}://{said['HTTP_HOST']}{said['PATH_INFO']}")
            device_id = unquote_plus(question[1] or "")
            verdict = take_record(by=sender, now=now, payload=payload, device_id=device_id)
        except Exception:  # Django asks again: it refuses in the sender's words, or logs what it fails at
            return None
        return self._taken if verdict.is_taken else None

    def _at(self, address: str) -> Answer:
        status, headers, body = self._may_come
        return status, [(name, address if name == "Location" else value) for name, value in headers], body


def _is_plain(said: Said) -> bool:
    """Tell whether the request speaks OpenRosa, to a name of ours, at the root of it."""
    domain, _ = split_domain_port(said.get("HTTP_HOST", ""))
    return (
        said.get("HTTP_X_OPENROSA_VERSION", "").strip() == openrosa.VERSION
        and not said.get("SCRIPT_NAME")
        and bool(domain)
        and validate_host(domain, settings.ALLOWED_HOSTS)
    )


def _plain_record(said: Said) -> bytes | None:
    """Read the record of a request with nothing else; None when there is more, which is put back for Django."""
    kind, length = _KIND.fullmatch(said.get("CONTENT_TYPE", "")), said.get("CONTENT_LENGTH", "")
    if kind is None or "HTTP_TRANSFER_ENCODING" in said or not _LENGTH.fullmatch(length) or int(length) > SMALL:
        return None
    try:
        body = said["wsgi.input"].read(int(length))
    except OSError:  # the line has broken: Django finds that too
        return None
    said["wsgi.input"] = BytesIO(body)
    match plain_parts(body, kind[1].encode()):
        case [part] if part.name == INSTANCE:
            return part.data or None
    return None


def _as_sent(response: HttpResponse) -> Answer:
    """Write an answer to a device that was let in, with what the middleware adds to it."""
    response["Cache-Control"] = "private, no-store"
    for middleware in (CommonMiddleware, SecurityMiddleware):
        middleware(lambda _: response).process_response(HttpRequest(), response)
    return f"{response.status_code} {response.reason_phrase}", list(response.items()), response.content
