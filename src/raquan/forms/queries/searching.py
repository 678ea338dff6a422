"""What stands in the index of forms, and who may see them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from raquan.forms.models import Form
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_
from raquan.people.rules import Action, may
from raquan.search.rules import Entry, Kind


def _entries(rows: QuerySet[Form]) -> Iterable[Entry]:
    for one in rows:
        yield Entry(
            id=one.id, title=one.title, line=one.xml_form_id, href=f"/desk/forms/{one.id}/", code=one.xml_form_id
        )


def _seen(actor: Actor) -> bool:
    return may(actor, Action.FORM_PUBLISH)


FORMS = Kind("form", N_("Biểu mẫu"), "forms.Form", Form.objects.all, _seen, _entries)
KINDS = (FORMS,)
