"""The cases of the pages of notices and of people, and what stands on them."""

from datetime import datetime

from raquan.kernel.actor import SYSTEM
from raquan.notices import commands as notices
from raquan.notices.models import Dispatch, Message, Telling
from raquan.notices.rules import Person
from tests.matrix.case import Case, Write, change, listing
from tests.matrix.world import OTHER, OWN, Mark, World

OFFICER = "unit_officer@own"
REACH = {"email": "a@example.vn", "phone": "", "quiet_from": "21:00", "quiet_to": "06:30"}


def add_notices(world: World, now: datetime) -> None:
    """Tell an officer of each unit something, and let a sending of it to the first have failed."""
    for unit in (OWN, OTHER):
        officer = world.visitors[f"unit_officer@{unit}"].actor
        assert officer.id is not None
        text = f"Tin riêng {unit}"
        notices.tell(by=SYSTEM, now=now, kind="matrix", key=unit, text=text, href="/desk/", to=Person(officer.id))
        world.marks[f"{unit} notice"] = Mark(text, (), owner=officer.name.removeprefix("Người hỏi "))
    notices.spread_due(now=now)
    notices.gather(now=now)
    own = world.visitors[OFFICER].actor.id
    assert own is not None
    message = Message.objects.get(user_id=own)
    failed = Dispatch.objects.create(message=message, channel="email", address="x@example.vn", state="failed")
    world.things |= {"telling_id": Telling.objects.get(user_id=own).id, "dispatch_id": failed.id}


NOTICES = {
    "desk/notices/": listing("own notice", "other notice", queries=("", "?all=1")),
    "desk/notices/read/": change(None, keeps=True),
    "desk/notices/reach/": Case(writes=(Write(REACH),)),
    "desk/notices/sent/": listing(queries=("", "?failed=1")),
    "desk/notices/sent/<uuid:dispatch_id>/again/": change(None, owner="manages it"),
    "desk/notices/<uuid:telling_id>/read/": change(None, owner=OFFICER),
}
