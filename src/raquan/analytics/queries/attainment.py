"""How much of each indicator was counted: in all, by unit and by place, as the indicator's rung says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from raquan.analytics.queries.batches import PLACES, STAGE_MEASURES, Allowance, figures_or_none
from raquan.analytics.rules import Figure, Number, figure_address
from raquan.campaign.queries import IndicatorView
from raquan.catalogue import queries as catalogue
from raquan.kernel.actor import Actor

UNIT = "organization"


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts an indicator: a measure, and the filters that its figures keep to."""

    measure: str
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attained:
    """What was counted of an indicator; `total` is None where nothing counts it, or it could not be read.

    `by_place` has communes and districts by their codes, `by_unit` organizations by their ids. `address` opens it.
    """

    total: Number | None
    by_place: Mapping[str, Number] = field(default_factory=dict)
    by_unit: Mapping[str, Number] = field(default_factory=dict)
    by_day: Mapping[str, Number] = field(default_factory=dict)
    counting: Counting | None = None
    address: str = ""
    as_of: str = ""
    figure: Figure | None = None


def counting_of(one: IndicatorView) -> Counting | None:
    """Say what counts an indicator; None for one that no record shows.

    Whoever reached a stage's first rung of the group, or a higher stage, counts; of a later rung of the same stage
    (a result received, after the filing) only those on it do.
    """
    group = next((it for it in catalogue.groups() if it.code == one.group_code), None)
    rung = next((it for it in group.rungs if it.code == one.rung_code), None) if group else None
    if group is None or rung is None:
        return None
    same = [it for it in group.rungs if it.stage == rung.stage]
    within = (("group", group.code),)
    if same[0].code == rung.code:
        return Counting(STAGE_MEASURES[rung.stage], within)
    return Counting("assists", (*within, ("rung", rung.code))) if same[-1].code == rung.code else None


def attained(
    actor: Actor,
    indicators: Sequence[IndicatorView],
    campaign_id: UUID,
    *,
    allowance: Allowance,
    now: datetime | None = None,
    filters: Sequence[tuple[str, str]] = (),
    by_day: bool = False,
) -> dict[UUID, Attained]:
    """Count indicators live, those of the same filters in one reading. Raises NotAllowed."""
    ways = {one.id: counting_of(one) for one in indicators}
    found: dict[UUID, Attained] = {one.id: Attained(None) for one in indicators}
    splits = (*PLACES, UNIT, *(("day",) if by_day else ()))
    for kept in dict.fromkeys(way.filters for way in ways.values() if way):
        mine = {id_: way for id_, way in ways.items() if way and way.filters == kept}
        wanted = [(way.measure, by) for way in mine.values() for by in splits]
        where = (*filters, *kept)
        counted = figures_or_none(
            actor, wanted, campaign_id=campaign_id, allowance=allowance, filters=where, now=now, named=False
        )
        for id_, way in mine.items():
            figures = {by: counted[way.measure, by] for by in splits}
            whole = figures["commune"]
            found[id_] = Attained(
                total=whole.total if whole else None,
                by_place=_cells(figures["commune"]) | _cells(figures["district"]),
                by_unit=_cells(figures[UNIT]),
                by_day=_cells(figures.get("day")),
                counting=way,
                address=figure_address(way.measure, "commune", campaign_id=campaign_id, filters=where),
                as_of=whole.as_of if whole else "",
                figure=whole,
            )
    return found


def _cells(one: Figure | None) -> dict[str, Number]:
    return {row.key: row.value for row in one.rows if row.key and row.value is not None} if one else {}
