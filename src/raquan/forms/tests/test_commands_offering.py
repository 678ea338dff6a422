"""Forms are offered to app users one by one, and to anybody by a link."""

from datetime import date, datetime

import pytest

from raquan.forms import commands, queries
from raquan.forms.models import DeviceOffer
from raquan.forms.tests.world import HELPER, publish, workbook
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed
from raquan.people import commands as people
from raquan.people.queries import actor_by_device_key, actor_by_public_link, app_user_keys

pytestmark = pytest.mark.django_db
DAY = date(2023, 10, 5)


@pytest.fixture
def user(now: datetime) -> Actor:
    """An app user that is offered what is assigned to it, where there are two forms."""
    for form_id in ("one", "two"):
        publish(now, workbook("1", form_id))
    (made,) = people.make_app_users(by=SYSTEM, now=now, names=["Y Bhăm"], assigned_only=True)
    found = actor_by_device_key(app_user_keys(SYSTEM, [made.device_id])[made.device_id], DAY)
    assert found is not None
    return found


def offered(actor: Actor) -> list[str]:
    return [one.form_id for one in queries.forms_for(actor)]


def test_a_form_is_offered_once_and_withdrawn(user: Actor, now: datetime) -> None:
    assert user.id is not None
    assert offered(user) == []
    for _ in range(2):
        commands.offer_form(by=SYSTEM, now=now, form_id="one", device_id=user.id)
    assert DeviceOffer.objects.count() == 1
    assert offered(user) == ["one"]
    assert queries.form_xml(user, "one").form_id == "one"
    with pytest.raises(NotAllowed):
        queries.form_xml(user, "two")
    assert len(queries.offered_to(user)) == 1
    for _ in range(2):
        commands.withdraw_offer(by=SYSTEM, now=now, form_id="one", device_id=user.id)
    assert offered(user) == []


def test_others_are_offered_every_form(user: Actor, now: datetime) -> None:
    assert offered(HELPER) == ["one", "two"]


def test_refusals(user: Actor, now: datetime) -> None:
    assert user.id is not None
    with pytest.raises(commands.UnknownForm):
        commands.offer_form(by=SYSTEM, now=now, form_id="none", device_id=user.id)
    with pytest.raises(commands.UnknownForm):
        commands.withdraw_offer(by=SYSTEM, now=now, form_id="none", device_id=user.id)
    for by in (HELPER, user):
        with pytest.raises(NotAllowed):
            commands.offer_form(by=by, now=now, form_id="one", device_id=user.id)
        with pytest.raises(NotAllowed):
            commands.open_public_link(by=by, now=now, form_id="one", name="Góp ý")


def test_a_public_link_is_of_one_form(user: Actor, now: datetime) -> None:
    first = commands.open_public_link(by=SYSTEM, now=now, form_id="two", name="Góp ý")
    again = commands.open_public_link(by=SYSTEM, now=now, form_id="two", name=" Góp  ý")
    other = commands.open_public_link(by=SYSTEM, now=now, form_id="two", name="Trang xã")
    assert (again.device_id, again.already) == (first.device_id, True)
    assert other.key != first.key
    link = actor_by_public_link(first.key, DAY)
    assert link is not None
    assert offered(link) == ["two"]
