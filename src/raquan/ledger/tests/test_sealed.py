"""What is sealed for the bundle key: opened by it alone, and only as it was; answers that nobody changes on the way."""

import json
from base64 import b64decode, urlsafe_b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pytest_django.fixtures import Settings

from raquan.ledger.commands import sign_answer, sign_receipt
from raquan.ledger.queries import bundle_key, open_sealed, receipt_key
from raquan.ledger.tests.sealing import seal
from raquan.ledger.tests.test_receipts import AT


@pytest.fixture(autouse=True)
def _a_home_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.RAQUAN_HOME = tmp_path


def outside(_point: bytes) -> bytes:
    """Bind to what stands outside."""
    return b"outside"


def test_what_was_sealed_is_opened() -> None:
    point, sealed = seal("Ê Đê".encode(), outside)
    assert open_sealed(ephemeral=point, sealed=sealed, bound=b"outside") == "Ê Đê".encode()


def test_what_was_touched_is_not() -> None:
    point, sealed = seal(b"said", outside)
    other, _ = seal(b"said", outside)
    last = bytes([sealed[-1] ^ 1])
    for ephemeral, content, bound in [
        (point, sealed, b"Outside"),
        (point, sealed[:-1] + last, b"outside"),
        (point, sealed[:-1], b"outside"),
        (point, sealed[:12], b"outside"),
        (point, b"", b"outside"),
        (other, sealed, b"outside"),
        (b"", sealed, b"outside"),
        (b"\x04" + b"\x01" * 64, sealed, b"outside"),
    ]:
        assert open_sealed(ephemeral=ephemeral, sealed=content, bound=bound) is None


def test_another_installation_opens_nothing(settings: Settings, tmp_path: Path) -> None:
    point, sealed = seal(b"said", outside)
    kid = bundle_key().kid
    settings.RAQUAN_HOME = tmp_path / "another"
    assert bundle_key().kid != kid
    assert open_sealed(ephemeral=point, sealed=sealed, bound=b"outside") is None


def test_the_two_keys_are_two(tmp_path: Path) -> None:
    assert bundle_key().kid != receipt_key().kid
    files = sorted((tmp_path / "keys").iterdir())
    assert [one.name for one in files] == ["bundles.pem", "receipts.pem"]
    assert {one.stat().st_mode & 0o777 for one in files} == {0o600}


def test_an_answer_verifies_and_is_no_receipt() -> None:
    payload, signature = (urlsafe_b64decode(part + "==") for part in sign_answer(said={"verdicts": []}).split("."))
    public = serialization.load_der_public_key(b64decode(receipt_key().spki))
    assert isinstance(public, ec.EllipticCurvePublicKey)
    r, s = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
    public.verify(encode_dss_signature(r, s), payload, ec.ECDSA(hashes.SHA256()))
    assert json.loads(payload) == {"kind": "raquan.answer", "v": 1, "kid": receipt_key().kid, "verdicts": []}
    receipt = sign_receipt(record_id="uuid:1", sha256="ab" * 32, received_at=AT, device_id=None)
    assert "kind" not in json.loads(urlsafe_b64decode(receipt.split(".")[0] + "=="))


def test_an_answer_cannot_say_that_it_is_something_else() -> None:
    payload = urlsafe_b64decode(sign_answer(said={"kind": "receipt", "v": 9, "kid": "x"}).split(".")[0] + "==")
    assert json.loads(payload) == {"kind": "raquan.answer", "v": 1, "kid": receipt_key().kid}
