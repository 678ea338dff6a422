"""How long a page of numbers is waited for: what could not be read in time is refused, never shown as zero."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from raquan.analytics import engine
from raquan.kernel.refused import N_, Refused


class FigureUnread(Refused):
    """The facts could not be read, or not in the time that a page has."""

    code = "figure.unread"
    message = N_("Lúc này chưa đọc được số liệu, nên không có con số nào ở đây. Hãy thử lại sau ít phút.")
    status = 503


@contextmanager
def in_time() -> Iterator[None]:
    """Let a page's numbers be counted within RAQUAN_FIGURE_SECONDS. Raises FigureUnread."""
    try:
        with engine.answering(settings.RAQUAN_FIGURE_SECONDS):
            yield
    except engine.Unanswered as error:
        raise FigureUnread() from error
