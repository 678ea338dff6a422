"""The list of a person's own notices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, When
from django.utils.translation import gettext

from raquan.kernel.actor import Actor
from raquan.kernel.paging import Page, total_of, window
from raquan.kernel.refused import N_
from raquan.notices.models import Notice, Telling
from raquan.ui.columns import Column, Columns


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A line of somebody's list; `id` is the telling's, `text` is in the reader's language."""

    id: UUID
    kind: str
    key: str
    text: str
    href: str
    made_at: datetime
    is_escalation: bool
    read_at: datetime | None
    settled_at: datetime | None


def _state(one: NoticeView) -> str:
    return gettext("Đã xong") if one.settled_at else gettext("Đã xem") if one.read_at else gettext("Đang chờ")


_WAITS = Case(When(notice__settled_at__isnull=False, then=2), When(read_at__isnull=False, then=1), default=0)

NOTICES: Columns[NoticeView] = Columns(
    name="tin-bao",
    title=N_("Tin báo"),
    first="state",
    columns=(
        Column("text", N_("Việc"), lambda one: one.text),
        Column("made_at", N_("Lúc"), lambda one: one.made_at, by=("made_at",)),
        Column("state", N_("Trạng thái"), _state, by=(_WAITS, "-made_at")),
        Column("escalated", N_("Cấp dưới chưa xử lý"), lambda one: one.is_escalation, unseen=True),
    ),
)


def notices_for(
    actor: Actor, *, only_open: bool = False, sort: str = "", page: int = 1, size: int = 50
) -> Page[NoticeView]:
    """List the actor's own notices, what is open first, newest first; two queries.

    `only_open` leaves out what is settled or read.
    """
    found = Telling.objects.filter(user_id=actor.id) if actor.id else Telling.objects.none()
    if only_open:
        found = found.filter(notice__settled_at__isnull=True, read_at__isnull=True)
    rows = NOTICES.ordered(found.select_related("notice"), sort)[window(page, size)]
    items = [_view(row) for row in rows]
    return Page(items, page, size, total_of(items, page, size, found.count))


def unread_count(actor: Actor) -> int:
    """Count the actor's open notices that they have not read; one query."""
    if actor.id is None:
        return 0
    return Telling.objects.filter(user_id=actor.id, read_at__isnull=True, notice__settled_at__isnull=True).count()


def told_keys(kind: str, keys: Collection[str]) -> dict[str, bool]:
    """Say which of some things a kind of notice was told of, and whether that is still open; for commands and jobs."""
    rows = Notice.objects.filter(kind=kind, key__in=set(keys)).values_list("key", "settled_at")
    return {key: settled_at is None for key, settled_at in rows}


def _view(row: Telling) -> NoticeView:
    return NoticeView(
        id=row.id,
        kind=row.notice.kind,
        key=row.notice.key,
        text=gettext(row.notice.text).format(**row.notice.params),
        href=row.notice.href,
        made_at=row.made_at,
        is_escalation=row.is_escalation,
        read_at=row.read_at,
        settled_at=row.notice.settled_at,
    )
