"""Reads what the field app sends: one malformed item is told apart from the others, and nothing is believed."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from raquan.capture.rules import MAX_CAPTION, ClockReading, PhotoSaid, read_clock
from raquan.field.entry import BodyUnreadable
from raquan.kernel.refused import N_, Refused

SCHEMA = 1
MOST_ITEMS = 50
KINDS = ("assist", "form")
"""An assist as the app asks for it, or a record of any other form: both are instances of their form."""
SHA256 = re.compile("[0-9a-f]{64}")


class SchemaUnknown(Refused):
    """The app speaks a later version than this server, or none."""

    code = "sync.schema_unknown"
    message = N_("Ứng dụng và máy chủ khác phiên bản. Bản ghi vẫn ở trên máy: hãy cập nhật ứng dụng rồi gửi lại.")
    status = 422


class TooManyItems(Refused):
    """The batch has more than MOST_ITEMS."""

    code = "sync.too_many"
    message = N_("Mỗi lần gửi nhiều nhất {most} bản ghi.")
    status = 413


class ItemUnreadable(Refused):
    """An item lacks its id, number, payload or hash."""

    code = "item.unreadable"
    message = N_("Bản ghi này thiếu mã, số thứ tự hoặc nội dung.")
    status = 400


class ItemKindUnknown(Refused):
    """This server takes no records of this kind."""

    code = "item.kind_unknown"
    message = N_("Máy chủ chưa nhận loại bản ghi “{kind}”. Bản ghi vẫn ở trên máy.")


class ItemDamaged(Refused):
    """The payload is not what its hash says: it was damaged on the phone or on the way."""

    code = "item.damaged"
    message = N_("Bản ghi bị hỏng trên đường truyền. Hãy gửi lại.")
    status = 400


@dataclass(frozen=True, slots=True)
class SyncItem:
    """One record of a batch; `seq` is 0 and `refusal` says why when it cannot be read."""

    id: str
    seq: int
    payload: bytes = b""
    clock: ClockReading | None = None
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class SyncBatch:
    """What a phone sends at once."""

    client_id: UUID
    app: str
    items: tuple[SyncItem, ...]


@dataclass(frozen=True, slots=True)
class SignInAsked:
    """What a phone signs in with."""

    code: str
    label: str
    client_id: UUID


@dataclass(frozen=True, slots=True)
class ReadySaid:
    """What a phone says that it holds."""

    app: str
    form_version: str
    outing_codes: tuple[str, ...]
    guides: int
    stored_bytes: int
    is_persisted: bool
    unsent: int


def read_sign_in(said: dict[str, Any]) -> SignInAsked:
    """Read a sign-in. Raises BodyUnreadable."""
    if not isinstance(said.get("code"), str):
        raise BodyUnreadable()
    return SignInAsked(said["code"], plain(said.get("label"), 200), _uuid(said.get("client_id")))


def read_batch(said: dict[str, Any]) -> SyncBatch:
    """Read a batch; what is wrong with one item is said with it. Raises SchemaUnknown, TooManyItems, BodyUnreadable."""
    if said.get("schema") != SCHEMA:
        raise SchemaUnknown()
    items = said.get("items")
    if not isinstance(items, list):
        raise BodyUnreadable()
    if len(items) > MOST_ITEMS:
        raise TooManyItems(most=MOST_ITEMS)
    return SyncBatch(
        _uuid(said.get("client_id")),
        plain(said.get("app"), 40),
        tuple(_item(one, said.get("sent_at")) for one in items),
    )


def read_ready(said: dict[str, Any]) -> ReadySaid:
    """Read what a phone says that it holds; a number that cannot be is 0. Raises BodyUnreadable."""
    codes = said.get("outings")
    if not isinstance(codes, list):
        raise BodyUnreadable()
    return ReadySaid(
        app=plain(said.get("app"), 40),
        form_version=plain(said.get("form_version"), 100),
        outing_codes=tuple(code for one in codes[: MOST_ITEMS * 2] if (code := plain(one, 20))),
        guides=_count(said.get("guides")),
        stored_bytes=_count(said.get("stored_bytes"), below=2**53),
        is_persisted=said.get("persisted") is True,
        unsent=_count(said.get("unsent")),
    )


def read_photo(photo_id: UUID, said: dict[str, Any]) -> PhotoSaid:
    """Read what a phone says of a photo; what it does not say of consent is none. Raises BodyUnreadable."""
    record, digest, agreed = said.get("record"), said.get("sha256"), said.get("agreed_by", [])
    if not isinstance(record, str) or not isinstance(digest, str) or not SHA256.fullmatch(digest):
        raise BodyUnreadable()
    return PhotoSaid(
        id=photo_id,
        instance_id=plain(record, 200),
        sha256=digest,
        size=_count(said.get("size")),
        consent=plain(said.get("consent"), 12),
        agreed_by=tuple(plain(one, 20) for one in agreed[:5]) if isinstance(agreed, list) else (),
        is_illustration=said.get("illustration") is True,
        caption=plain(said.get("caption"), MAX_CAPTION),
        name=plain(said.get("name"), 200),
    )


def plain(value: Any, most: int) -> str:
    """Give a text's printable signs, at most so many; "" for what is no text. Half signs would not be stored."""
    text = value if isinstance(value, str) else ""
    return "".join(c for c in text[: most * 2] if c.isprintable())[:most].strip()


def _item(said: Any, sent_at: Any) -> SyncItem:
    if not isinstance(said, dict):
        return SyncItem("", 0, refusal=ItemUnreadable())
    item_id, payload, seq = said.get("id"), said.get("payload"), said.get("seq")
    shown = item_id if isinstance(item_id, str) else ""
    number = seq if isinstance(seq, int) and not isinstance(seq, bool) and seq >= 1 else 0
    if shown and number and said.get("kind") not in KINDS:
        return SyncItem(shown, number, refusal=ItemKindUnknown(kind=plain(said.get("kind"), 40)))
    if not shown or not number or not isinstance(payload, str) or not isinstance(said.get("sha256"), str):
        return SyncItem(shown, number, refusal=ItemUnreadable())
    try:
        data = payload.encode()
    except UnicodeEncodeError:
        return SyncItem(shown, number, refusal=ItemDamaged())
    if sha256(data).hexdigest() != said["sha256"].lower():
        return SyncItem(shown, number, refusal=ItemDamaged())
    return SyncItem(shown, number, data, read_clock(said.get("clock"), sent_at))


def _count(value: Any, below: int = 2**31) -> int:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < below
    return value if fits else 0


def _uuid(value: Any) -> UUID:
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError):
        raise BodyUnreadable() from None
