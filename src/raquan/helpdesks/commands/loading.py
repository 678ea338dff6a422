"""What every act on a desk begins with: it is found, and the actor may change it; and what several refuse."""

from uuid import UUID

from django.db.models import F

from raquan.helpdesks.models import HelpDesk
from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, NotFound, Refused
from raquan.outings.rules import path_codes
from raquan.people import commands as people
from raquan.people.rules import Action


class DeskEndsBeforeStart(Refused):
    """The last day would come before the first."""

    code = "help_desk.ends_before_start"
    message = N_("Ngày cuối ({valid_to}) phải từ ngày đầu ({valid_from}) trở đi.")


class DeskReasonMissing(Refused):
    """Who closes a desk says why: the public reads it."""

    code = "help_desk.reason_missing"
    message = N_("Hãy ghi lý do; người dân sẽ đọc được.")


def load_desk(by: Actor, desk_id: UUID) -> HelpDesk:
    """Give a desk that the actor may change; raises NotFound, NotAllowed."""
    desk = HelpDesk.objects.filter(id=desk_id).first()
    if desk is None:
        raise NotFound()
    place = path_codes(desk.place_path)
    people.check(by, Action.OUTING_PLAN, organization_id=desk.organization_id, place_path=place)
    return desk


def hold_desk(desk: HelpDesk) -> None:
    """Let whoever else changes what hangs on this desk wait until the commit; for use in a transaction."""
    HelpDesk.objects.filter(id=desk.id).update(set_up_at=F("set_up_at"))
