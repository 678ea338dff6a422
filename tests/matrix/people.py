"""The cases of the pages of notices and of people, and what stands on them."""

from datetime import datetime

from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.notices import commands as notices
from raquan.notices.models import Dispatch, Message, Telling
from raquan.notices.rules import Person
from raquan.people import commands as people
from raquan.people.models import Duty
from raquan.people.rules import Action, Role
from tests.matrix.case import PUBLIC, A, Case, Write, change, listing
from tests.matrix.world import OTHER, OWN, SINCE, Mark, World

OFFICER = "unit_officer@own"
REACH = {"email": "a@example.vn", "phone": "", "quiet_from": "21:00", "quiet_to": "06:30"}
# The keys of RFC 8291, appendix A.
BROWSER = {
    "endpoint": "https://push.example.org/matrix",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


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
    world.things |= {"telling_id": Telling.objects.get(user_id=own, notice__kind="matrix").id, "dispatch_id": failed.id}
    mine = BROWSER | {"endpoint": "https://push.example.org/own"}
    world.things["browser_id"] = notices.subscribe_browser(by=world.visitors[OFFICER].actor, now=now, **mine)


NOTICES = {
    "desk/notices/": listing("own notice", "other notice", queries=("", "?all=1")),
    "desk/notices/count/": listing(),
    "desk/notices/read/": change(None, keeps=True),
    "desk/notices/reach/": Case(writes=(Write(REACH),)),
    "desk/notices/browsers/": change(None, BROWSER),
    "desk/notices/browsers/<uuid:browser_id>/end/": change(None, owner=OFFICER),
    "desk/notices/push.js": PUBLIC,
    "desk/notices/sent/": listing(queries=("", "?failed=1")),
    "desk/notices/sent/<uuid:dispatch_id>/again/": change(None, owner="manages it"),
    "desk/notices/<uuid:telling_id>/read/": change(None, owner=OFFICER),
}


_INVITE = {"full_name": "Lò Thị Mới", "login": "moi@example.vn", "role": "helper", "starts_on": "6/10/2023"}
_MANY = "Lò Thị Mới; moi@example.vn; helper; {name}; ;"
_ORGANIZATION = "organization_id"


def _with_unit(world: World) -> dict[str, object]:
    return {**_INVITE, "organization": world.things[_ORGANIZATION]}


def _duty(world: World) -> dict[str, object]:
    return {"role": "viewer", "organization": world.things[_ORGANIZATION], "starts_on": "6/10/2023"}


def _stand_in(world: World) -> dict[str, object]:
    days = {"starts_on": "6/10/2023", "ends_on": "8/10/2023"}
    return {"duty": world.things["officer_duty"], "user": world.things["leader"], **days}


def add_people(world: World, now: datetime) -> None:
    """Invite somebody into the first unit, and name the duties that cases are about."""
    unit = world.things[_ORGANIZATION]
    made = people.invite_person(
        by=SYSTEM,
        now=now,
        real_now=clock.real_now(),
        full_name="Được Mời own",
        login="duoc-moi@example.vn",
        role=Role.HELPER,
        organization_id=unit,
        starts_on=SINCE,
    )
    officer = world.visitors[OFFICER].actor.id
    assert officer is not None
    world.things |= {
        "user_id": made.user_id,
        "invitation": made.token,
        "duty_id": Duty.objects.get(user_id=made.user_id).id,
        "officer_duty": Duty.objects.get(user_id=officer).id,
    }
    world.marks["own invited"] = Mark("duoc-moi@example.vn", (Action.PEOPLE_READ,), OWN)


_PERSON = {"user_id": "user_id"}
PEOPLE = {
    "invitation/<str:token>/": Case(
        is_public=True,
        fills={"token": "invitation"},
        writes=(Write({"password": "một câu rất dài", "again": "một câu rất dài"}),),
    ),
    "desk/people/": listing(
        "own leader", "own invited", queries=("", "?q=moi&sort=-name", "?format=csv", "?role=helper")
    ),
    "desk/people/organizations/": listing(queries=("", "?sort=-people&level=district", "?format=csv")),
    "desk/people/me/": listing(),
    "desk/people/me/stand-in/": Case(get=None, writes=(Write(_stand_in, owner=OFFICER),)),
    "desk/people/invite/": Case(writes=(Write(_with_unit, owner="manages it"),)),
    "desk/people/invite-many/": Case(writes=(Write({"rows": _MANY}, keeps=True),)),
    "desk/people/duties/<uuid:duty_id>/end/": change(None, {"ends_on": "10/10/2023"}, owner="manages it"),
    "desk/people/<uuid:user_id>/": Case(action=A.PEOPLE_READ, shows=("own invited",)),
    "desk/people/<uuid:user_id>/duties/": change(None, _duty, owner="manages it"),
    "desk/people/<uuid:user_id>/invite/": change(None, owner="manages it"),
    "desk/people/<uuid:user_id>/close/": change(None, owner="manages it"),
    "desk/people/<uuid:user_id>/reopen/": change(None, owner="manages it", keeps=True),
}
