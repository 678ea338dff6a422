"""A form is everybody's until it is given to some; then it is theirs alone."""

from datetime import datetime
from uuid import uuid4

import pytest

from raquan.forms import commands, queries
from raquan.forms.tests.world import HELPER, helper_of, organization, publish, workbook
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed

pytestmark = pytest.mark.django_db


def test_a_form_given_to_some_is_offered_to_them_alone(now: datetime) -> None:
    publish(now, workbook())
    own, other = organization(now), organization(now, "Ủy ban nhân dân thành phố Buôn Ma Thuột")
    mine, theirs = helper_of(own), helper_of(other)
    assert len(queries.forms_for(mine)) == len(queries.forms_for(theirs)) == 1
    assert commands.assign_form(by=SYSTEM, form_id="other", organization_id=own) is True
    assert commands.assign_form(by=SYSTEM, form_id="other", organization_id=own) is False
    assert (len(queries.forms_for(mine)), len(queries.forms_for(theirs))) == (1, 0)
    assert len(queries.forms_for(HELPER)) == len(queries.forms_for(SYSTEM)) == 1
    assert queries.form_xml(mine, "other").version == "1"
    with pytest.raises(queries.FormNotOffered):
        queries.form_xml(theirs, "other")
    with pytest.raises(queries.FormNotOffered):
        queries.form_media(theirs, "other")
    assert queries.served_forms(["other"])["other"].audience == {own}
    assert commands.assign_form(by=SYSTEM, form_id="other", organization_id=other) is True
    assert queries.served_forms(["other"])["other"].audience == {own, other}
    assert commands.unassign_form(by=SYSTEM, form_id="other", organization_id=own) == 1
    assert commands.unassign_form(by=SYSTEM, form_id="other") == 1
    assert commands.unassign_form(by=SYSTEM, form_id="other") == 0
    assert len(queries.forms_for(mine)) == 1


def test_who_may_and_to_whom(now: datetime) -> None:
    publish(now, workbook())
    with pytest.raises(commands.UnknownOrganization):
        commands.assign_form(by=SYSTEM, form_id="other", organization_id=uuid4())
    own = organization(now)
    with pytest.raises(commands.UnknownForm):
        commands.assign_form(by=SYSTEM, form_id="none", organization_id=own)
    with pytest.raises(NotAllowed):
        commands.assign_form(by=HELPER, form_id="other", organization_id=own)
    with pytest.raises(NotAllowed):
        commands.unassign_form(by=HELPER, form_id="other")
