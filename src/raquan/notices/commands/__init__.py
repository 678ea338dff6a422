"""What notices does: tells and settles, spreads what is due, gathers and sends, keeps how people are reached."""

from raquan.notices.commands.reading import EmailUnreadable, PhoneUnreadable, mark_all_read, mark_read, set_reach
from raquan.notices.commands.sending import dispatch_again, gather, send_dispatch
from raquan.notices.commands.spreading import escalate_overdue, spread_due
from raquan.notices.commands.subscribing import (
    BrowserUnreadable,
    TooManyBrowsers,
    end_browser,
    forget_browser,
    subscribe_browser,
)
from raquan.notices.commands.telling import NoticeDiffers, settle, tell, tell_accepted

__all__ = [
    "BrowserUnreadable",
    "EmailUnreadable",
    "NoticeDiffers",
    "PhoneUnreadable",
    "TooManyBrowsers",
    "dispatch_again",
    "end_browser",
    "escalate_overdue",
    "forget_browser",
    "gather",
    "mark_all_read",
    "mark_read",
    "send_dispatch",
    "set_reach",
    "settle",
    "spread_due",
    "subscribe_browser",
    "tell",
    "tell_accepted",
]
