"""The pages' queries: complete, in a number of SQL queries that does not grow."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.forms import commands, queries
from raquan.forms.tests.world import HELPER, organization, publish, trees, workbook
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def test_the_list_counts_what_is_missing(now: datetime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(3):
        publish(now, workbook(form_id=f"form{number}"))
    publish(now, trees())
    commands.keep_draft(by=SYSTEM, now=now, data=trees("2"), file_name="a.xlsx")
    with django_assert_num_queries(4):
        page = queries.form_lines(SYSTEM, size=4)
    assert [one.form_id for one in page.items] == ["form0", "form1", "form2", "trees"]
    last = page.items[-1]
    assert (last.media, last.missing, last.has_draft, last.version) == (2, 2, True, "1")


def test_a_forms_page_is_whole(now: datetime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    publish(now, trees())
    publish(now, trees("2"))
    kept = commands.keep_draft(by=SYSTEM, now=now, data=trees("3"), file_name="a.xlsx")
    commands.assign_form(by=SYSTEM, form_id="trees", organization_id=organization(now))
    with django_assert_num_queries(7):
        page = queries.form_page(SYSTEM, kept.form_row)
    assert [one.version for one in page.versions] == ["2", "1"]
    assert [state for state, _ in page.may_become] == ["closing", "closed"]
    assert page.draft is not None
    assert page.audience[0].name.endswith("Cư M’gar")
    with pytest.raises(NotFound):
        queries.form_page(SYSTEM, uuid4())


def test_only_who_may_publish_is_answered(now: datetime) -> None:
    done = publish(now, trees())
    asks: list[Callable[[], object]] = [
        lambda: queries.form_lines(HELPER),
        lambda: queries.form_page(HELPER, done.form_version_id),
        lambda: queries.form_versions(HELPER, "trees"),
        lambda: queries.version_file(HELPER, "trees"),
        lambda: queries.trials(HELPER, "trees"),
        lambda: queries.media_for_desk(HELPER, "trees", "tree.jpg", in_draft=True),
    ]
    for ask in asks:
        with pytest.raises(NotAllowed):
            ask()
