"""To whom a form is given: to the people of some organizations, or to everybody who may fill forms in."""

from uuid import UUID

from django.db import transaction

from raquan.forms.commands.preparing import known_form
from raquan.forms.models import FormAudience
from raquan.forms.queries.served import forget_states
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound
from raquan.ledger import commands as ledger
from raquan.people import commands as people
from raquan.people.queries import organization
from raquan.people.rules import Action


class UnknownOrganization(NotFound):
    """There is no such organization."""

    code = "form.organization_unknown"
    message = N_("Không có đơn vị này.")


def assign_form(*, by: Actor, form_id: str, organization_id: UUID) -> bool:
    """Give a form to an organization's people; the first that it is given to makes it nobody else's. Tell if new."""
    people.check(by, Action.FORM_PUBLISH)
    if organization(organization_id) is None:
        raise UnknownOrganization()
    with transaction.atomic():
        form = known_form(form_id)
        _, is_new = FormAudience.objects.get_or_create(form=form, organization_id=organization_id)
        if is_new:
            transaction.on_commit(forget_states)
            detail = {"organization": str(organization_id)}
            ledger.record(by=by, verb="assign_form", subject="forms.Form", subject_id=form.id, detail=detail)
        return is_new


def unassign_form(*, by: Actor, form_id: str, organization_id: UUID | None = None) -> int:
    """Take a form back from an organization, or (None) from all, so that it is everybody's again; count them."""
    people.check(by, Action.FORM_PUBLISH)
    with transaction.atomic():
        form = known_form(form_id)
        given = FormAudience.objects.filter(form=form)
        given = given if organization_id is None else given.filter(organization_id=organization_id)
        count, _ = given.delete()
        if count:
            transaction.on_commit(forget_states)
            detail = {"organization": str(organization_id) if organization_id else "all"}
            ledger.record(by=by, verb="unassign_form", subject="forms.Form", subject_id=form.id, detail=detail)
        return count
