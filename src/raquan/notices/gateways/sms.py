"""Sends an SMS through a gateway: the interface, and eSMS.vn's HTTP interface behind it."""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from raquan.notices.gateways.failing import NotSent

TIMEOUT = 10.0
_MOST_BYTES = 16_384
_ACCEPTED, _HAD_IT_BEFORE = "100", "124"
_FINAL = frozenset({"99", "104", "108", "118", "146", "177", "300"})
"""eSMS's answers that another try would get too: a blocked or wrong number, a brand name or text not registered."""


class SmsGateway(Protocol):
    """What can send an SMS."""

    def send(self, *, phone: str, text: str, request_id: str) -> str:
        """Hand an SMS over and give the gateway's own id; the same `request_id` is sent once. Raises NotSent."""


class Esms:
    """eSMS.vn: customer-care messages under a registered brand name (developers.esms.vn, SendMultipleMessage_V4)."""

    def send(self, *, phone: str, text: str, request_id: str) -> str:
        """Hand an SMS over; eSMS refuses a RequestId that it knows, so that a broken line may be tried again."""
        said = _post_json(
            settings.RAQUAN_ESMS_URL,
            {
                "ApiKey": settings.RAQUAN_ESMS_KEY,
                "SecretKey": settings.RAQUAN_ESMS_SECRET,
                "Brandname": settings.RAQUAN_ESMS_BRAND,
                "SmsType": "2",
                "IsUnicode": "0",
                "Phone": phone,
                "Content": text,
                "RequestId": request_id,
            },
        )
        code = str(said.get("CodeResult", ""))
        if code not in (_ACCEPTED, _HAD_IT_BEFORE):
            raise NotSent(f"eSMS {code}: {said.get('ErrorMessage', '')}", is_final=code in _FINAL)
        return f"eSMS {code} {said.get('SMSID', '')}".strip()


def sms_gateway() -> SmsGateway | None:
    """Give the gateway that the settings name; None where there is none."""
    return {"esms": Esms}[settings.RAQUAN_SMS_GATEWAY]() if settings.RAQUAN_SMS_GATEWAY else None


def _post_json(url: str, body: dict[str, str]) -> dict[str, object]:
    parts = urlsplit(url)
    make = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request("POST", parts.path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        status, raw = answer.status, answer.read(_MOST_BYTES)
    except (OSError, HTTPException) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()
    if status != 200:
        raise NotSent(f"HTTP {status}")
    try:
        said = json.loads(raw)
    except ValueError as error:
        raise NotSent("eSMS: no JSON") from error
    return said if isinstance(said, dict) else {}
