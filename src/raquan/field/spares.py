"""Opens the spare of a phone's data key for its own person, who has lost the code and signed in with a new one."""

import json
from base64 import b64decode
from typing import Any

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Refused
from raquan.ledger.queries import bundle_key, open_sealed
from raquan.people import commands as people


class SpareUnreadable(Refused):
    """The spare was sealed for another installation, or is not what its phone sealed."""

    code = "spare.unreadable"
    message = N_("Máy chủ không mở được khóa dự phòng này. Các lượt vẫn ở trên máy: hãy tìm lại mã cũ.")
    status = 400


def open_spare(said: dict[str, Any], *, by: Actor) -> str:
    """Give the data key that was sealed, in base64. Raises SpareUnreadable, and NotOwnDevice for another person's."""
    names = ("kid", "client_id", "epk", "sealed")
    if not all(isinstance(said.get(name), str) for name in names) or said["kid"] != bundle_key().kid:
        raise SpareUnreadable()
    bound = "\n".join(["raquan.spare.1", said["kid"], said["client_id"], said["epk"]])
    try:
        point, sealed = (b64decode(said[name], validate=True) for name in ("epk", "sealed"))
        inside = json.loads(open_sealed(ephemeral=point, sealed=sealed, bound=bound.encode()) or b"null")
        key, data_key = inside["key"], inside["data_key"]
    except (ValueError, TypeError, KeyError):
        raise SpareUnreadable() from None
    people.take_over_device(by=by, key=str(key))
    return str(data_key)
