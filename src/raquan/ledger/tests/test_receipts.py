"""Receipts: verified by another implementation, the same for the same record, one key whoever makes it first."""

import json
import subprocess
import sys
from base64 import b64decode, urlsafe_b64decode
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pytest_django.fixtures import Settings

from raquan.ledger.commands import sign_receipt
from raquan.ledger.queries import receipt_key

DEVICE = UUID("018b0000-0000-7000-8000-000000000001")
AT = datetime(2023, 10, 5, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_home_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.RAQUAN_HOME = tmp_path


def sign(record_id: str = "uuid:một") -> str:
    """Sign for a record."""
    return sign_receipt(record_id=record_id, sha256="ab" * 32, received_at=AT, device_id=DEVICE)


def unpad(text: str) -> bytes:
    """Decode base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verify(payload: bytes, signature: bytes) -> None:
    """Verify as a stranger with the public key would; raises InvalidSignature."""
    public = serialization.load_der_public_key(b64decode(receipt_key().spki))
    assert isinstance(public, ec.EllipticCurvePublicKey)
    half = len(signature) // 2
    r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
    public.verify(encode_dss_signature(r, s), payload, ec.ECDSA(hashes.SHA256()))


def test_a_receipt_says_what_was_received_and_verifies() -> None:
    payload, signature = (unpad(part) for part in sign().split("."))
    assert len(signature) == 64
    verify(payload, signature)
    assert json.loads(payload) == {
        "v": 1,
        "kid": receipt_key().kid,
        "id": "uuid:một",
        "sha256": "ab" * 32,
        "received_at": "2023-10-05T09:00:00.123+00:00",
        "device": str(DEVICE),
    }
    keys = list(json.loads(payload))
    assert keys == sorted(keys)
    assert b" " not in payload


def test_one_changed_byte_verifies_no_more() -> None:
    payload, signature = (unpad(part) for part in sign().split("."))
    with pytest.raises(InvalidSignature):
        verify(payload.replace(b"ab", b"ac", 1), signature)


def test_the_same_record_gets_the_same_receipt() -> None:
    assert sign() == sign()
    assert sign() != sign("uuid:hai")


def test_every_signature_is_64_bytes_also_where_a_half_begins_with_zero() -> None:
    assert {len(unpad(sign(f"uuid:{n}").split(".")[1])) for n in range(600)} == {64}


def test_only_the_owner_reads_the_key(tmp_path: Path) -> None:
    sign()
    (key,) = (tmp_path / "keys").iterdir()
    assert key.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_processes_that_make_the_key_at_once_use_one(tmp_path: Path) -> None:
    ask = (
        "import sys; from django.conf import settings; settings.configure(RAQUAN_HOME=sys.argv[1]);"
        "from raquan.ledger.engine import signing_key; sys.stdin.read(1); print(signing_key().kid)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ask, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(6)
    ]
    for one in started:
        assert one.stdin is not None
        one.stdin.write("x")
        one.stdin.flush()
    kids = {one.communicate()[0].strip() for one in started}
    assert kids == {receipt_key().kid}
    assert [one.name for one in (tmp_path / "keys").iterdir()] == ["receipts.pem"]


def test_another_kind_of_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    wrong = ec.generate_private_key(ec.SECP384R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "keys" / "receipts.pem").write_bytes(wrong)
    with pytest.raises(RuntimeError, match="no P-256 key"):
        sign()
