"""What a push message is on the wire: the example of the standard, and what is refused before a call."""

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from raquan.notices.engine import push_key, to_base64url
from raquan.notices.gateways import NotSent, Subscription, is_subscription, send_push
from raquan.notices.gateways.push import encrypt
from raquan.notices.tests.push_service import PushService, from_base64url, push_service, read_authorization

__all__ = ["push_service"]

# RFC 8291, appendix A.
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT, AUTH = "DGv6ra1nlYgDCS1FRnbzlw", "BTBZMqHH6r4Tts7J_aSIgg"
SAID = b"When I grow up, I want to be a watermelon"
SENT = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
NOW = datetime(2026, 10, 10, 2, 0, tzinfo=UTC)


def test_the_example_of_the_standard() -> None:
    private = ec.derive_private_key(int.from_bytes(from_base64url(SENDER), "big"), ec.SECP256R1())
    to = Subscription("https://push.example.net/push", RECEIVER, AUTH)
    assert to_base64url(encrypt(SAID, to=to, sender=private, salt=from_base64url(SALT))) == SENT


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example.net/push"},
        {"endpoint": "https://ai:bi@push.example.net/push"},
        {"endpoint": "https://push.example.net/" + "a" * 1000},
        {"endpoint": "javascript:alert(1)"},
        {"p256dh": RECEIVER[:-4]},
        {"p256dh": RECEIVER[:-2] + "AA"},
        {"p256dh": "không phải khóa"},
        {"auth": AUTH[:-2]},
        {"auth": ""},
    ],
)
def test_what_is_no_subscription(wrong: dict[str, str]) -> None:
    good = {"endpoint": "https://push.example.net/push", "p256dh": RECEIVER, "auth": AUTH}
    assert is_subscription(Subscription(**good))
    assert not is_subscription(Subscription(**(good | wrong)))


def test_the_service_is_told_who_sends(push_service: PushService) -> None:
    send_push(to=Subscription(**push_service.browser()), payload=b'{"a":1}', real_now=NOW)
    (arrived,) = push_service.got
    said = read_authorization(arrived.headers["Authorization"])
    assert said == {"aud": push_service.url, "exp": int(NOW.timestamp()) + 43_200, "sub": "mailto:raquan@example.vn"}
    assert (arrived.headers["TTL"], arrived.headers["Content-Encoding"]) == ("86400", "aes128gcm")
    assert push_service.opened() == [{"a": 1}]


def test_the_key_is_made_once(push_service: PushService, settings: Any) -> None:
    path = settings.RAQUAN_HOME / "keys" / "push.pem"
    public = push_key().public
    assert (len(from_base64url(public)), path.stat().st_mode & 0o777) == (65, 0o600)
    assert push_key().public == public


def test_it_never_calls_into_our_own_house(push_service: PushService, settings: Any) -> None:
    settings.RAQUAN_PUSH_PRIVATE = False
    for address in (push_service.url, push_service.url.replace("127.0.0.1", "localhost"), "https://169.254.169.254"):
        to = Subscription(**(push_service.browser() | {"endpoint": f"{address}/x"}))
        with pytest.raises(NotSent, match="mạng riêng") as refused:
            send_push(to=to, payload=b"{}", real_now=NOW)
        assert refused.value.is_final
    assert push_service.got == []


def test_a_service_that_nobody_vouches_for_is_told_nothing(
    push_service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotSent, match="certificate"):
        send_push(to=Subscription(**push_service.browser()), payload=b"{}", real_now=NOW)
    assert push_service.got == []
