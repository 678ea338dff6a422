"""The page of app users: who has a code for ODK Collect, and the sheets that their codes are printed on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from raquan.campaign.queries import current_campaign
from raquan.kernel.actor import Actor
from raquan.kernel.paging import MAX_SIZE, every
from raquan.kernel.refused import N_, NotFound
from raquan.people import queries as people
from raquan.people.queries import CollectSheet
from raquan.people.rules import Action, covers, may


class NoCampaign(NotFound):
    """There is no campaign whose forms the codes could lead to."""

    code = "collect.no_campaign"
    message = N_("Chưa có chiến dịch nào, nên chưa có biểu mẫu để cài vào máy.")


@dataclass(frozen=True, slots=True)
class AppUsersOffer:
    """What the page of app users offers: the `units` for which the person may make some, "" for every unit."""

    units: tuple[tuple[str, str], ...]
    may_make: bool


def app_users_offer(actor: Actor) -> AppUsersOffer:
    """Build what the form beside the list offers."""
    return AppUsersOffer(units=_units(actor), may_make=may(actor, Action.PEOPLE_MANAGE))


def sheet(actor: Actor, numbers: Collection[int], *, now: datetime) -> CollectSheet:
    """Draw the codes of some app users, by their numbers. Raises NotFound, NotAllowed, NoCampaign."""
    campaign = current_campaign(now)
    if campaign is None:
        raise NoCampaign()
    ids = people.app_user_ids(actor, numbers)
    if not ids:
        raise NotFound()
    return people.collect_sheet(actor, list(ids.values()), year=campaign.year)


def _units(actor: Actor) -> tuple[tuple[str, str], ...]:
    units = every(lambda number: people.organizations(actor, page=number, size=MAX_SIZE))
    own = [(str(one.id), one.name) for one in units if covers(actor, Action.PEOPLE_MANAGE, organization_id=one.id)]
    whole = [("", gettext("Mọi đơn vị"))] if covers(actor, Action.PEOPLE_MANAGE) else []
    return (*whole, *own)
