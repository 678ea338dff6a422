"""Makes bundles as the app does, for tests of what the server says to them."""

import gzip
import json
from base64 import b64encode
from hashlib import sha256
from typing import Any

from raquan.ledger.queries import bundle_key
from raquan.ledger.tests.sealing import seal


def seal_bundle(key: str, *batches: dict[str, Any], inside: bytes | None = None, **changes: Any) -> dict[str, Any]:
    """Make a bundle of batches by a phone's key; `inside` replaces all of it, `changes` what stands outside."""
    items = [one["items"] for one in batches]
    numbers = [item["seq"] for batch in items for item in batch] or [1]
    head: dict[str, Any] = {
        "kid": bundle_key().kid,
        "client_id": batches[0]["client_id"] if batches else "0b8f5a62-53f5-4a8e-9a3b-1b1f0a6f4d11",
        "first": min(numbers),
        "last": max(numbers),
        "count": len(numbers),
    } | changes
    said = json.dumps({"key": key, "app": "2026.1", "batches": items}).encode()
    packed = gzip.compress(said) if inside is None else inside
    bound = "\n".join(["raquan.bundle.1", *map(str, head.values()), ""])
    point, sealed = seal(packed, lambda point: bound.encode() + b64encode(point))
    return {
        "raquan": "bundle",
        "v": 1,
        **head,
        "epk": b64encode(point).decode(),
        "sha256": sha256(sealed).hexdigest(),
        "sealed": b64encode(sealed).decode(),
    }
