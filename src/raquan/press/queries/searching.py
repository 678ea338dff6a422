"""What stands in the index of publications, of the Day's programme and of press items, and who may see which."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from raquan.kernel.actor import Actor
from raquan.kernel.clock import VIETNAM, local_date
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.people.rules import Action, may
from raquan.press.models import PressItem, ProgrammeItem, Publication
from raquan.press.queries.filling import from_stored
from raquan.press.queries.items import readable_items
from raquan.press.queries.reading import public_path, readable
from raquan.press.rules import PUBLIC, State, plain_text, when_of
from raquan.search.rules import Entry, Kind, join_line


def _publications(rows: QuerySet[Publication]) -> Iterable[Entry]:
    for one in rows.select_related("campaign"):
        figures = {filled.text: filled for filled in from_stored(one.figures)}
        # What is shown later, or for a time, is found by the public in its list alone: an entry knows no clock.
        is_public = State(one.state) in PUBLIC and one.shown_until is None and one.shown_from == one.published_at
        yield Entry(
            one.id,
            plain_text(one.title, figures),
            f"/desk/press/{one.id}/",
            line=join_line(one.number, format_date(one.dated_on)),
            more="" if one.state == State.WITHDRAWN.value else plain_text(one.lead, figures),
            at=one.shown_from or one.changed_at,
            public_href=public_path(one) if is_public else "",
        )


def _programme(rows: QuerySet[ProgrammeItem]) -> Iterable[Entry]:
    for one in rows.select_related("campaign"):
        yield Entry(
            one.id,
            one.what,
            f"/desk/press/programme/{one.id}/",
            line=join_line(when_of(one.starts_at, one.ends_at), one.place, one.who),
            at=datetime.combine(one.campaign.day_on, one.starts_at, VIETNAM),
            public_href=f"/{one.campaign.year}/day/" if one.cancelled_at is None else "",
        )


def _items(rows: QuerySet[PressItem]) -> Iterable[Entry]:
    for one in rows:
        yield Entry(
            one.id,
            one.title,
            f"/desk/press/items/{one.id}/",
            line=join_line(one.outlet, format_date(local_date(one.published_at))),
            more=join_line(one.author, one.topic),
            at=one.published_at,
        )


def _seen(actor: Actor) -> Any:
    return may(actor, Action.PRESS_WRITE)


KINDS = (
    Kind("publication", N_("Thông cáo, tin"), "press.Publication", Publication.objects.all, readable, _publications),
    Kind("press_item", N_("Báo chí đưa tin"), "press.PressItem", PressItem.objects.all, readable_items, _items),
    Kind("programme", N_("Chương trình ngày"), "press.ProgrammeItem", ProgrammeItem.objects.all, _seen, _programme),
)
