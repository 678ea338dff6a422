"""What stands in the index of exhibitions, and which of it an actor may see."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from raquan.exhibitions.models import BoothApplication, BoothDay, Exhibition, Incident
from raquan.exhibitions.queries.applications import readable_applications
from raquan.exhibitions.queries.contacts import readable_contacts
from raquan.exhibitions.queries.exhibitions import readable
from raquan.exhibitions.rules import SHOWN, ApplicationState, ExhibitionState
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.people.rules import Action, may
from raquan.search.rules import Entry, Kind, join_line


def _exhibitions(rows: QuerySet[Exhibition]) -> Iterable[Entry]:
    for one in rows.select_related("organization", "campaign"):
        is_shown = ExhibitionState(one.state) in SHOWN
        yield Entry(
            one.id,
            one.name,
            f"/desk/exhibitions/{one.id}/",
            line=join_line(one.where, one.organization.name),
            code=one.code,
            at=one.starts_on,
            public_href=f"/{one.campaign.year}/booths/at/{one.code}/" if is_shown else "",
        )


def _applications(rows: QuerySet[BoothApplication]) -> Iterable[Entry]:
    for one in rows.select_related("organization", "exhibition__campaign"):
        is_given = one.state == ApplicationState.ALLOCATED.value
        is_shown = is_given and ExhibitionState(one.exhibition.state) in SHOWN
        yield Entry(
            one.id,
            one.title,
            f"/desk/exhibitions/applications/{one.id}/",
            line=join_line(one.organization.name, one.field),
            code=one.code,
            more=" ".join(name for name, _ in one.items),
            at=one.sent_at,
            public_href=f"/{one.exhibition.campaign.year}/booths/{one.code}/" if is_shown else "",
        )


def _of_exhibitions(ids: Collection[str]) -> Iterable[UUID]:
    """Give the applications of exhibitions: with its state their public pages come and go."""
    return BoothApplication.objects.filter(exhibition_id__in=ids).values_list("id", flat=True)


def _acts_of_exhibition(actor: Actor, exhibition_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    incidents = Incident.objects.filter(exhibition_id=exhibition_id)
    return {"exhibitions.Incident": list(incidents.values_list("id", flat=True))}


def _acts_of_application(actor: Actor, application_id: UUID) -> Mapping[str, Collection[UUID | str]]:
    """Give a booth's days too; what became of contacts is its enterprise's alone."""
    found = {
        "exhibitions.BoothDay": list(
            BoothDay.objects.filter(application_id=application_id).values_list("id", flat=True)
        )
    }
    if may(actor, Action.BOOTH_APPLY):
        own = readable_contacts(actor).filter(application_id=application_id)
        found["exhibitions.Contact"] = list(own.values_list("id", flat=True))
    return found


KINDS = (
    Kind(
        "exhibition",
        N_("Triển lãm"),
        "exhibitions.Exhibition",
        Exhibition.objects.all,
        readable,
        _exhibitions,
        acts=_acts_of_exhibition,
    ),
    Kind(
        "booth-application",
        N_("Đơn xin gian hàng"),
        "exhibitions.BoothApplication",
        BoothApplication.objects.all,
        readable_applications,
        _applications,
        touched={"exhibitions.Exhibition": _of_exhibitions},
        acts=_acts_of_application,
    ),
)
