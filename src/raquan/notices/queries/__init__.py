"""What may be asked about notices: one's own, what was sent to whom, how people are reached."""

from raquan.notices.queries.reaching import BrowserView, ReachView, browsers_of, push_key, reach_of, reaches
from raquan.notices.queries.reading import NOTICES, NoticeView, notices_for, told_keys, unread_count
from raquan.notices.queries.sending import (
    DISPATCHES,
    DispatchView,
    dispatches,
    has_work,
    may_see_dispatches,
    sent_to,
    ungathered,
)

__all__ = [
    "DISPATCHES",
    "NOTICES",
    "BrowserView",
    "DispatchView",
    "NoticeView",
    "ReachView",
    "browsers_of",
    "dispatches",
    "has_work",
    "may_see_dispatches",
    "notices_for",
    "push_key",
    "reach_of",
    "reaches",
    "sent_to",
    "told_keys",
    "ungathered",
    "unread_count",
]
