"""The signs that stand at booths: a code to scan that leads to where a visit is counted."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from raquan.exhibitions.models import BoothApplication
from raquan.exhibitions.queries.exhibitions import manages, row_for
from raquan.exhibitions.queries.shapes import ApplicationView
from raquan.exhibitions.rules import ApplicationState, booth_order
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed
from raquan.outings.queries import OutingSign, address_sign


@dataclass(frozen=True, slots=True)
class BoothSign:
    """A booth's sign."""

    booth: str
    title: str
    organization_name: str
    sign: OutingSign


def booth_signs(actor: Actor, exhibition_id: UUID) -> tuple[BoothSign, ...]:
    """Give the signs of all booths that were given, to the organizer. Raises NotFound, NotAllowed."""
    held = row_for(actor, exhibition_id)
    if not manages(actor, held.organization_id):
        raise NotAllowed()
    given = BoothApplication.objects.filter(exhibition=held, state=ApplicationState.ALLOCATED.value)
    rows = sorted(given.select_related("organization"), key=lambda one: booth_order(one.booth))
    return tuple(
        BoothSign(one.booth, one.title, one.organization.name, _sign(held.campaign.year, one.code)) for one in rows
    )


def booth_sign(view: ApplicationView) -> OutingSign:
    """Give a booth's own code to scan."""
    return _sign(view.year, view.code)


def _sign(year: int, code: str) -> OutingSign:
    with translation.override("vi"):  # the paper is read in any language's session
        return address_sign(reverse("exhibitions_public:visit", kwargs={"year": year, "code": code}))
