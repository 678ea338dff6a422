"""A voucher's code, to the byte, and the bitmap of those that were used: plain Python.

`RQV1.` and base32 (RFC 4648, no padding, upper case, so that a QR code is in its alphanumeric mode) of: the run's UUID
(16 bytes), the serial (4, big-endian), the last day as days since 1970-01-01 (2), and a raw ECDSA P-256 signature (64,
r and s) over `RQV1` and the 22 bytes before it.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

PREFIX = "RQV1."
MAGIC = b"RQV1"
HEAD_BYTES = 22
SIGNATURE_BYTES = 64
MOST_SIGNS = 200
"""Longer texts are no codes: they are not looked at."""

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class VoucherCode:
    """What a code says; it is true only where the run's key has made `signature` over `signed`."""

    run_id: UUID
    serial: int
    ends_on: date
    signature: bytes

    @property
    def signed(self) -> bytes:
        """Give the bytes that the signature is over."""
        return MAGIC + head_of(self.run_id, self.serial, self.ends_on)


def head_of(run_id: UUID, serial: int, ends_on: date) -> bytes:
    """Give the 22 bytes that say which voucher it is."""
    return run_id.bytes + serial.to_bytes(4, "big") + (ends_on - _EPOCH).days.to_bytes(2, "big")


def write_code(code: VoucherCode) -> str:
    """Write a code as its QR code has it."""
    whole = code.signed[len(MAGIC) :] + code.signature
    return PREFIX + base64.b32encode(whole).decode().rstrip("=")


def read_code(text: str) -> VoucherCode | None:
    """Read a code as it was scanned or typed; None for what has not its shape. The signature is not looked at."""
    signs = "".join(text[:MOST_SIGNS].upper().split())
    if not signs.startswith(PREFIX):
        return None
    body = signs[len(PREFIX) :]
    try:
        whole = base64.b32decode(body + "=" * (-len(body) % 8))
    except (binascii.Error, ValueError):
        return None
    # The last sign has bits that mean nothing: only the way of writing that we print is a code.
    if len(whole) != HEAD_BYTES + SIGNATURE_BYTES or base64.b32encode(whole).decode().rstrip("=") != body:
        return None
    return VoucherCode(
        run_id=UUID(bytes=whole[:16]),
        serial=int.from_bytes(whole[16:20], "big"),
        ends_on=_EPOCH + timedelta(days=int.from_bytes(whole[20:HEAD_BYTES], "big")),
        signature=whole[HEAD_BYTES:],
    )


def run_named(text: str) -> UUID | None:
    """Give the run that a text claims to be of, from its first signs alone: it may be altered or cut off."""
    signs = "".join(text[:MOST_SIGNS].upper().split())
    body = signs[len(PREFIX) : len(PREFIX) + 32]
    if not signs.startswith(PREFIX) or len(body) < 32:
        return None
    try:
        return UUID(bytes=base64.b32decode(body)[:16])
    except (binascii.Error, ValueError):
        return None


def bitmap_of(serials: Iterable[int], quota: int) -> bytes:
    """Give the serials as bits, that of serial n being bit n - 1, the least significant bit of a byte first."""
    bits = bytearray(-(-quota // 8))
    for serial in serials:
        bits[(serial - 1) >> 3] |= 1 << ((serial - 1) & 7)
    return bytes(bits)


def serials_in(bits: bytes) -> tuple[int, ...]:
    """Give the serials of a bitmap, in order."""
    return tuple(place * 8 + bit + 1 for place, byte in enumerate(bits) for bit in range(8) if byte >> bit & 1)
