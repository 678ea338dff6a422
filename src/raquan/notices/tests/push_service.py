"""A push service on this machine, by https, and a browser that opens what arrives there."""

import ipaddress
import json
import ssl
import threading
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID

from raquan.notices.engine import point_of, push_key, to_base64url

SECRET = bytes(range(16))


def from_base64url(written: str) -> bytes:
    """Read base64url without its filling."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


@dataclass
class Arrived:
    """A message as the push service got it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """What it was sent, and the status that it answers with."""

    url: str = ""
    status: int = 201
    got: list[Arrived] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def browser(self, path: str = "/chrome") -> dict[str, str]:
        """Give what a browser of this service subscribes with."""
        p256dh = to_base64url(point_of(self.key.public_key()))
        return {"endpoint": f"{self.url}{path}", "p256dh": p256dh, "auth": to_base64url(SECRET)}

    def opened(self) -> list[dict[str, Any]]:
        """Give what the browser reads of what arrived, in order."""
        return [json.loads(open_message(one.body, self.key, SECRET)) for one in self.got]


def open_message(body: bytes, key: ec.EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """Do what a browser does (RFC 8291, 3.4), written apart from what is tested."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    assert len(sealed) <= size
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    info = b"WebPush: info\0" + point_of(key.public_key()) + sender
    root = HKDF(hashes.SHA256(), 32, secret, info).derive(shared)
    content = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(root)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(root)
    padded = AESGCM(content).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert padded.endswith(b"\2")
    return padded[:-1]


def read_authorization(header: str) -> dict[str, Any]:
    """Check a VAPID header as a push service does (RFC 8292) and give its claims."""
    token, _comma, key = header.removeprefix("vapid t=").partition(", k=")
    assert key == push_key().public
    signed, _dot, signature = token.rpartition(".")
    r, s = (int.from_bytes(half, "big") for half in (from_base64url(signature)[:32], from_base64url(signature)[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(key))
    public.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims: dict[str, Any] = json.loads(from_base64url(signed.partition(".")[2]))
    return claims


def make_certificate(folder: Path) -> Path:
    """Make a certificate for 127.0.0.1 with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    start = datetime.now(UTC) - timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=9))
    made = builder.add_extension(here, critical=False).sign(key, hashes.SHA256())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "push.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def push_service(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A real https server on this machine, which this process trusts and may call."""
    found = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append(Arrived(self.path, dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    certificate = make_certificate(tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.RAQUAN_HOME, settings.RAQUAN_PUSH_PRIVATE = tmp_path, True
    settings.DEFAULT_FROM_EMAIL = "Ra quân <raquan@example.vn>"
    found.url = f"https://127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()
