"""Opens facts that add up days: of a counter, an offer, a booth, a link; each leads to its own page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext

from raquan.analytics.queries import wording
from raquan.analytics.rules import GRADE_NAMES, Kind
from raquan.analytics.rules.dimensions import STATE_NAMES
from raquan.exhibitions import queries as exhibitions
from raquan.kernel.actor import Actor
from raquan.links import queries as links
from raquan.links.rules import code_path
from raquan.market import queries as market
from raquan.people.rules import Action, may
from raquan.vouchers import queries as vouchers


@dataclass(frozen=True, slots=True)
class Opened:
    """A fact as a line: what it is of, when, where, whose, what became of it, how much it adds; `href` opens it."""

    title: str
    href: str
    day: date
    where: str
    organization_name: str
    said: str
    value: int


def _redemptions(actor: Actor, ids: Mapping[str, int]) -> tuple[Opened, ...]:
    parts = {one: (*one.split(" "), "")[:5] for one in ids}
    counters = vouchers.counters_by_ids(actor, {UUID(counter) for _, counter, *_ in parts.values()})
    titles = vouchers.run_titles({UUID(run) for run, *_ in parts.values()})
    found = []
    for one, (run, counter, day, state, reason) in parts.items():
        at = counters.get(UUID(counter))
        if at is None:
            continue
        listed = {"run": run, "counter": counter, "day": day, "state": reason or state}
        is_kept = state == "failed"
        href = "/desk/vouchers/failures/" if is_kept else f"/desk/vouchers/redemptions/?{urlencode(listed)}"
        said = wording.said(STATE_NAMES[state])
        said = f"{said}: {vouchers.reason_name(reason)}" if reason else said
        title = titles.get(UUID(run), "")
        found.append(Opened(title, href, date.fromisoformat(day), at.name, at.organization_name, said, ids[one]))
    return tuple(found)


def _results(actor: Actor, ids: Mapping[str, int]) -> tuple[Opened, ...]:
    return tuple(
        Opened(
            f"{one.code} {one.title}",
            f"/desk/offers/{one.offer_id}/",
            one.month,
            gettext("cả tháng"),
            one.organization_name,
            one.grade_name,
            ids[str(id_)],
        )
        for id_, one in market.results_by_ids(actor, [UUID(one) for one in ids]).items()
    )


def _booth_days(actor: Actor, ids: Mapping[str, int]) -> tuple[Opened, ...]:
    parts = {one: one.split(" ") for one in ids}
    booths = exhibitions.booths_by_ids(actor, {UUID(booth) for booth, *_ in parts.values()})
    return tuple(
        Opened(
            at.exhibition_name,
            f"/desk/exhibitions/{at.exhibition_id}/days/{day}/",
            date.fromisoformat(day),
            gettext("Gian {booth}: {title}").format(booth=at.booth, title=at.title),
            at.organization_name,
            wording.said(GRADE_NAMES[grade]),
            ids[one],
        )
        for one, (booth, day, grade) in parts.items()
        if (at := booths.get(UUID(booth)))
    )


def _link_days(actor: Actor, ids: Mapping[str, int]) -> tuple[Opened, ...]:
    if not may(actor, Action.LINK_MAKE):
        return ()
    parts = {one: one.split(" ") for one in ids}
    found = links.links_by_ids(actor, {UUID(link) for link, _ in parts.values()})
    return tuple(
        Opened(
            at.label,
            f"/desk/links/{link}/",
            date.fromisoformat(day),
            links.channel_name(at.channel),
            at.organization_name,
            code_path(at.code),
            ids[one],
        )
        for one, (link, day) in parts.items()
        if (at := found.get(UUID(link)))
    )


OPENERS: Mapping[Kind, Callable[[Actor, Mapping[str, int]], tuple[Opened, ...]]] = {
    Kind.REDEMPTION: _redemptions,
    Kind.RESULT: _results,
    Kind.BOOTH_DAY: _booth_days,
    Kind.LINK_DAY: _link_days,
}
