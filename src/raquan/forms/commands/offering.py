"""Which forms the app users are offered that are offered only what is assigned to them; links that anybody may open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from raquan.forms.commands.preparing import UnknownForm
from raquan.forms.models import DeviceOffer, Form
from raquan.kernel.actor import Actor
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people import queries as people_queries
from raquan.people.rules import Action, DeviceKind


@dataclass(frozen=True, slots=True)
class PublicLinkMade:
    """A public link: whoever has the key fills in the form with it. `already` when the form had one of this name."""

    device_id: UUID
    key: str
    already: bool


def offer_form(*, by: Actor, now: datetime, form_id: str, device_id: UUID) -> None:
    """Offer a form to an app user; the same again is no change. Raises UnknownForm."""
    people.check(by, Action.FORM_PUBLISH)
    with transaction.atomic():
        _, made = DeviceOffer.objects.get_or_create(form_id=_row(form_id), device_id=device_id)
        if made:
            _record(by, "offer_form", form_id, device_id)


def withdraw_offer(*, by: Actor, now: datetime, form_id: str, device_id: UUID) -> None:
    """Stop offering a form to an app user; what it sent stays. Not offered is no change. Raises UnknownForm."""
    people.check(by, Action.FORM_PUBLISH)
    with transaction.atomic():
        gone, _ = DeviceOffer.objects.filter(form_id=_row(form_id), device_id=device_id).delete()
        if gone:
            _record(by, "withdraw_offer", form_id, device_id)


def open_public_link(
    *, by: Actor, now: datetime, form_id: str, name: str, organization_id: UUID | None = None
) -> PublicLinkMade:
    """Open an address with which anybody fills in a form, for a unit; the same name for the same form is the same.

    Its key is ended as a device's is (people.commands.revoke_device). Raises UnknownForm, and what
    people.commands.make_app_users refuses with.
    """
    people.check(by, Action.FORM_PUBLISH)
    _row(form_id)
    (link,) = people.make_app_users(
        by=by, now=now, names=[f"{form_id}: {name}"], organization_id=organization_id, kind=DeviceKind.PUBLIC_LINK
    )
    offer_form(by=by, now=now, form_id=form_id, device_id=link.device_id)
    key = people_queries.app_user_keys(by, [link.device_id])[link.device_id]
    return PublicLinkMade(link.device_id, key, link.already)


def _row(form_id: str) -> UUID:
    found = Form.objects.filter(xml_form_id=form_id).values_list("id", flat=True).first()
    if found is None:
        raise UnknownForm(form_id=form_id)
    return found


def _record(by: Actor, verb: str, form_id: str, device_id: UUID) -> None:
    ledger.record(by=by, verb=verb, subject="people.Device", subject_id=device_id, detail={"form": form_id})
