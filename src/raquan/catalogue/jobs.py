"""Lets guides and answers to bottlenecks be found, by everybody."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from raquan.catalogue import queries
from raquan.kernel.actor import Actor
from raquan.kernel.localized import in_language
from raquan.kernel.refused import N_
from raquan.search.commands import offer
from raquan.search.rules import Entry, Kind


def _entries(rows: Any) -> Iterable[Entry]:
    """Give the guides that hold with no end: those of the past are asked for by nobody."""
    found = list(rows.filter(valid_to__isnull=True))
    names = queries.service_names(one.service_code for one in found)
    for one in found:
        if one.service_code in names:
            href = f"/guides/{one.service_code}/"
            title = in_language(names[one.service_code], "vi")
            more = " ".join(in_language(step, "vi") for step in one.steps)
            yield Entry(one.id, title, href, code=one.service_code, more=more, at=one.valid_from, public_href=href)


def _answers(rows: Any) -> Iterable[Entry]:
    """Give the answers that hold with no end."""
    for one in rows.filter(valid_to__isnull=True):
        href = f"/guides/answers/{one.bottleneck_code}/"
        more = " ".join(in_language(step, "vi") for step in one.steps)
        title = in_language(one.question, "vi")
        yield Entry(one.id, title, href, more=more, at=one.valid_from, public_href=href)


def _seen(actor: Actor) -> bool:
    return actor.is_signed_in


def _with_the_catalogue(ids: Collection[str]) -> Iterable[UUID]:
    """Give none by name: the catalogue is loaded as a whole, and then all guides and answers are read again."""
    return ()


_WITH = {"catalogue.Service": _with_the_catalogue}
_GUIDE, _ANSWER = N_("Hướng dẫn"), N_("Gặp khó thì làm gì")
offer(Kind("guide", _GUIDE, "catalogue.Guide", queries.all_guides, _seen, _entries, is_listed=True, touched=_WITH))
offer(Kind("answer", _ANSWER, "catalogue.Answer", queries.all_answers, _seen, _answers, is_listed=True, touched=_WITH))
