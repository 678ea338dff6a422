"""What notices does: tells and settles, spreads what is due, gathers and sends, keeps how people are reached."""

from raquan.notices.commands.reading import EmailUnreadable, PhoneUnreadable, mark_all_read, mark_read, set_reach
from raquan.notices.commands.sending import dispatch_again, gather, send_dispatch
from raquan.notices.commands.spreading import escalate_overdue, spread_due
from raquan.notices.commands.telling import NoticeDiffers, settle, tell, tell_accepted

__all__ = [
    "EmailUnreadable",
    "NoticeDiffers",
    "PhoneUnreadable",
    "dispatch_again",
    "escalate_overdue",
    "gather",
    "mark_all_read",
    "mark_read",
    "send_dispatch",
    "set_reach",
    "settle",
    "spread_due",
    "tell",
    "tell_accepted",
]
