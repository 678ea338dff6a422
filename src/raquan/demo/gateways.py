"""Writes a simulated assist as the XForm instance that a helper's phone would send."""

from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from raquan.demo.rules.assists import SimulatedAssist


def instance_xml(
    assist: SimulatedAssist, *, form_id: str, version: str, group: str, card: str, note: str = ""
) -> bytes:
    """Give the instance of form `form_id` in `version`; its faults are in what it says, never in its form.

    `card` is the mark of the card that was shown; `note` makes another content under the same instance id.
    """
    started, ended = assist.started_at, assist.ended_at
    outing = assist.outing_code
    if assist.fault == "unknown_outing":
        outing = f"{outing[:-1]}0"  # 0 is not a sign of our codes: a slip of the finger
    elif assist.fault == "wrong_day":
        started, ended = started - timedelta(days=1), ended - timedelta(days=1)
    elif assist.fault == "no_clock":
        started, ended = started.replace(year=1970, month=1, day=1), ended.replace(year=1970, month=1, day=1)
    fields = {
        "start": started.isoformat(timespec="milliseconds"),
        "end": ended.isoformat(timespec="milliseconds"),
        "deviceid": assist.device + note,
        "outing": outing,
        "service": assist.service,
        "group": group,
        "result": assist.result,
        "how": assist.how,
        "bottleneck": assist.bottleneck or "",
        "language": assist.language,
        "card": card,
    }
    answers = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items() if value)
    head = f"<data id={quoteattr(form_id)} version={quoteattr(version)}>"
    meta = f"<meta><instanceID>{assist.instance_id}</instanceID></meta>"
    return f"<?xml version='1.0' ?>{head}{answers}{meta}</data>".encode()
