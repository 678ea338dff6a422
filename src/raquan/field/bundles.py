"""Opens the bundles in which one phone's records are carried by another, takes them in, and signs what goes back.

A bundle is a JSON object: what it is and whose (`raquan`, `v`, `kid`, `client_id`, `first`, `last`, `count`), the
sender's point (`epk`), the SHA-256 of what is sealed, and `sealed` itself: AES-GCM over gzip over JSON with the
sending phone's own key and its batches. All that stands outside is bound to what is inside.
"""

import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from raquan.field import shapes
from raquan.field.entry import unpack
from raquan.field.receiving import Said, receive
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.refused import N_, NotAllowed, Refused
from raquan.ledger.commands import sign_answer
from raquan.ledger.queries import bundle_key, open_sealed
from raquan.people import queries as people

SCHEMA = 1
MOST_BATCHES = 20
MOST_UNPACKED = 8 * 1024 * 1024
ANSWER_FILE = "answer"


class BundleUnreadable(Refused):
    """What was given is no bundle, or only a part of one."""

    code = "bundle.unreadable"
    message = N_("Tệp này không phải gói dự phòng, hoặc chưa tải đủ. Hãy xin lại tệp từ máy gốc.")
    status = 400


class BundleVersionUnknown(Refused):
    """The bundle was made by a later app than this server knows."""

    code = "bundle.version_unknown"
    message = N_("Gói này do bản ứng dụng mới hơn tạo ra. Máy gốc vẫn giữ các lượt.")
    status = 422


class BundleForeign(Refused):
    """The bundle was sealed for another installation, or for a key that is gone."""

    code = "bundle.foreign"
    message = N_("Gói này gửi cho một máy chủ khác. Máy gốc vẫn giữ các lượt.")
    status = 409


class BundleDamaged(Refused):
    """The bundle is not what its phone sealed."""

    code = "bundle.damaged"
    message = N_("Gói đã bị hỏng hoặc bị sửa trên đường đi. Hãy xin lại tệp từ máy gốc.")
    status = 400


class OriginUnknown(Refused):
    """No phone has the key inside the bundle, or ever had."""

    code = "bundle.origin_unknown"
    message = N_("Máy chủ không biết máy đã tạo gói này.")
    status = 403


class OriginRevoked(Refused):
    """The key of the phone that made the bundle was taken away: a bundle is worth no more than its phone."""

    code = "bundle.origin_revoked"
    message = N_("Máy đã tạo gói này không còn được gửi. Các lượt vẫn ở trên máy đó: hãy lấy mã mới cho máy đó.")
    status = 403


class OriginNotAllowed(Refused):
    """The person whose phone made the bundle has no duty now that allows sending."""

    code = "bundle.origin_not_allowed"
    message = N_("Người ghi các lượt này hiện chưa được phân công. Các lượt vẫn ở trên máy gốc.")
    status = 403


@dataclass(frozen=True, slots=True)
class Outside:
    """What everybody reads of a bundle: whose it is, which and how many records it holds, and what is sealed."""

    client_id: UUID
    first: int
    last: int
    count: int
    epk: str
    sealed: bytes
    bound: bytes


@dataclass(frozen=True, slots=True)
class Inside:
    """What only this installation reads of a bundle: the phone's key, and its batches."""

    key: str
    batches: tuple[shapes.SyncBatch, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a bundle: how many records were taken and refused, and the answer for its phone."""

    taken: int
    refused: int
    said: Said


def deliver(said: Said, *, carrier: Actor, now: datetime) -> Delivered:
    """Take in a bundle that `carrier` has brought, as if its own phone had sent it; the same again is harmless.

    The carrier's word counts for nothing: the phone proves itself inside. Raises the refusals above.
    """
    outside = read_outside(said)
    inside = _open(outside)
    origin = _origin(inside.key, now)
    via = f" via {carrier.kind.value} {carrier.number}"
    try:
        answers = [receive(by=origin, now=now, batch=batch, via=via) for batch in inside.batches]
    except NotAllowed:
        raise OriginNotAllowed() from None
    verdicts = [verdict for answer in answers for verdict in answer["verdicts"]]
    whole = {**answers[-1], "verdicts": verdicts, "client_id": str(outside.client_id)}
    taken = sum(verdict["receipt"] is not None for verdict in verdicts)
    answer = {
        "raquan": ANSWER_FILE,
        "v": SCHEMA,
        "client_id": str(outside.client_id),
        "bundle": said["sha256"],
        "taken": taken,
        "refused": len(verdicts) - taken,
        "answer": sign_answer(said=whole),
    }
    return Delivered(taken, len(verdicts) - taken, answer)


def read_outside(said: dict[str, Any]) -> Outside:
    """Read the outside of a bundle. Raises BundleUnreadable, BundleVersionUnknown, BundleForeign, BundleDamaged."""
    if said.get("raquan") != "bundle":
        raise BundleUnreadable()
    if said.get("v") != SCHEMA:
        raise BundleVersionUnknown()
    names = ("kid", "client_id", "epk", "sha256", "sealed")
    first, last, count = (said.get(name) for name in ("first", "last", "count"))
    if not (isinstance(first, int) and isinstance(last, int) and isinstance(count, int)):
        raise BundleUnreadable()
    if not all(isinstance(said.get(name), str) for name in names):
        raise BundleUnreadable()
    try:
        sealed = b64decode(said["sealed"], validate=True)
        client_id = UUID(said["client_id"])
    except ValueError:
        raise BundleUnreadable() from None
    if sha256(sealed).hexdigest() != said["sha256"]:
        raise BundleDamaged()
    if said["kid"] != bundle_key().kid:
        raise BundleForeign()
    bound = "\n".join(["raquan.bundle.1", said["kid"], said["client_id"], f"{first}\n{last}\n{count}", said["epk"]])
    return Outside(client_id, first, last, count, said["epk"], sealed, bound.encode())


def _open(outside: Outside) -> Inside:
    try:
        opened = open_sealed(
            ephemeral=b64decode(outside.epk, validate=True), sealed=outside.sealed, bound=outside.bound
        )
    except ValueError:
        raise BundleDamaged() from None
    if opened is None:
        raise BundleDamaged()
    try:
        said = json.loads(unpack(opened, MOST_UNPACKED))
    except (Refused, ValueError, RecursionError):
        raise BundleDamaged() from None
    batches = said.get("batches") if isinstance(said, dict) else None
    if not isinstance(batches, list) or not 1 <= len(batches) <= MOST_BATCHES or not isinstance(said.get("key"), str):
        raise BundleDamaged()
    # When it was sealed tells nothing of when it arrives: it mends no clock.
    head = {"schema": shapes.SCHEMA, "client_id": str(outside.client_id), "app": said.get("app")}
    read = tuple(shapes.read_batch({**head, "items": items}) for items in batches)
    numbers = [item.seq for batch in read for item in batch.items]
    if not numbers or (min(numbers), max(numbers), len(numbers)) != (outside.first, outside.last, outside.count):
        raise BundleDamaged()
    return Inside(said["key"], read)


def _origin(key: str, now: datetime) -> Actor:
    origin = people.actor_by_device_key(key, local_date(now))
    if origin is None:
        raise OriginRevoked() if people.is_device_key(key) else OriginUnknown()
    return origin
