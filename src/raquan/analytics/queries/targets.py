"""Says beside a figure which indicator it is, what was given, how much of that is reached and of how many."""

from decimal import Decimal

from django.utils.translation import gettext

from raquan.analytics.queries.attainment import counting_of
from raquan.analytics.rules import Figure
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import IndicatorView
from raquan.campaign.rules import TargetScope
from raquan.kernel.actor import Actor
from raquan.kernel.dates import format_date
from raquan.kernel.numbers import format_number, format_percent
from raquan.people.rules import Action, may

_SCOPES = {"organization": TargetScope.UNIT, "commune": TargetScope.PLACE, "district": TargetScope.PLACE}


def indicator_words(actor: Actor, figure: Figure) -> list[tuple[str, str]]:
    """Give a name and a text for each indicator that a figure's total is the number of: of all, a unit or a place.

    None where the figure keeps to anything else, such as some days, or for who may not read the plan.
    """
    if figure.campaign_id is None or figure.total is None or not may(actor, Action.PLAN_READ):
        return []
    if all(name != "group" for name, _ in figure.filters):  # every indicator is of a group of services
        return []
    found = []
    for one in campaigns.indicators_of(actor, figure.campaign_id):
        way = counting_of(one)
        if way is None or way.measure != figure.measure.key or not set(way.filters) <= set(figure.filters):
            continue
        rest = [it for it in figure.filters if it not in way.filters]
        wanted = (TargetScope.ALL, "all") if not rest else (_SCOPES.get(rest[0][0]), rest[0][1])
        if len(rest) > 1 or wanted[0] is None:
            continue
        found.append((gettext("Chỉ tiêu"), _words(one, figure, wanted[0], wanted[1])))
    return found


def _words(one: IndicatorView, figure: Figure, scope: TargetScope, key: str) -> str:
    total = Decimal(figure.total or 0)
    target = next((it for it in one.targets if (it.scope, it.key) == (scope, key)), None)
    parts = [f"{one.name}:"]
    if target is None:
        parts.append(gettext("chưa giao mức nào ở đây;"))
    else:
        text = gettext("mức giao {target}, đã đạt {share};")
        parts.append(text.format(target=format_number(target.value), share=format_percent(total / target.value, 1)))
    if one.denominator and one.denominator_on and scope is TargetScope.ALL:
        text = gettext("mẫu số {number} {name} ({source}, {day}), đã đạt {share}.")
        parts.append(
            text.format(
                number=format_number(one.denominator),
                name=one.denominator_name,
                source=one.denominator_source,
                day=format_date(one.denominator_on),
                share=format_percent(total / one.denominator, 1),
            )
        )
    else:
        parts.append(gettext("không có mẫu số cho phạm vi này."))
    return " ".join(parts)
