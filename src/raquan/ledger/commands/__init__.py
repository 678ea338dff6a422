"""What the ledger does for every room: record acts, handle requests once, promise later work, sign, group writes."""

from raquan.ledger.commands.acts import Act
from raquan.ledger.commands.audit import record, record_acts, record_many
from raquan.ledger.commands.clashes import until_free
from raquan.ledger.commands.inserting import insert_new
from raquan.ledger.commands.outbox import (
    deliver,
    forget_done,
    hand_over_due,
    publish,
    publish_scheduled,
    renew_lease,
    take_back,
)
from raquan.ledger.commands.receipts import sign_answer, sign_manifest, sign_receipt
from raquan.ledger.commands.registry import every, follow, subscribe
from raquan.ledger.commands.requests import RequestReused, once
from raquan.ledger.commands.writer import rest_writer, write_grouped, write_together

__all__ = [
    "Act",
    "RequestReused",
    "deliver",
    "every",
    "follow",
    "forget_done",
    "hand_over_due",
    "insert_new",
    "once",
    "publish",
    "publish_scheduled",
    "record",
    "record_acts",
    "record_many",
    "renew_lease",
    "rest_writer",
    "sign_answer",
    "sign_manifest",
    "sign_receipt",
    "subscribe",
    "take_back",
    "until_free",
    "write_grouped",
    "write_together",
]
