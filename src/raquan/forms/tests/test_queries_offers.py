"""What devices are offered, and what those who read records see of forms."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.forms import commands, queries
from raquan.forms.rules import FormState
from raquan.forms.tests.world import HELPER, publish, workbook
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def forms(now: datetime) -> None:
    """A form in two versions that ask different questions, and one that is closed."""
    publish(now, workbook("1", name="a"))
    publish(now + timedelta(days=1), workbook("2", name="b", type="integer"))
    publish(now, workbook("1", form_id="old"))
    commands.set_form_state(by=SYSTEM, now=now, form_id="old", state=FormState.CLOSED)


def test_visitors_are_shown_no_form(forms: None) -> None:
    for ask in (queries.forms_for, queries.form_details):
        with pytest.raises(NotAllowed):
            ask(ANONYMOUS)
    with pytest.raises(NotAllowed):
        queries.form_xml(ANONYMOUS, "other")


def test_a_device_is_offered_the_latest_of_what_is_open(
    forms: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        (offered,) = queries.forms_for(HELPER)
    assert (offered.form_id, offered.version) == ("other", "2")
    assert queries.form_xml(HELPER, "other", "1").md5 != offered.md5
    for unknown in (("none", None), ("other", "3")):
        with pytest.raises(NotFound):
            queries.form_xml(HELPER, *unknown)


def test_details_join_the_questions_of_all_versions(
    forms: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        other, old = queries.form_details(SYSTEM)
    assert other.fields == (("b", "int"), ("a", "string"))
    assert (other.state, old.state) == (FormState.PUBLISHED, FormState.CLOSED)
    assert other.first_published_at < other.published_at
    with pytest.raises(NotFound):
        queries.form_details(SYSTEM, form_id="none")
