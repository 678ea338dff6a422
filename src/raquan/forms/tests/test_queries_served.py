"""What is kept in memory is right: a version for good, a state as long as it is believed and no longer."""

from collections.abc import Collection
from datetime import datetime
from time import monotonic

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from raquan.forms import commands, queries
from raquan.forms.models import Form, FormVersion
from raquan.forms.queries import ServedForm, served
from raquan.forms.rules import FormState
from raquan.forms.tests.world import XLSFORM, publish, workbook
from raquan.kernel.actor import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def other(transactional_db: None, now: datetime) -> ServedForm:
    """A form of one version, asked for once."""
    done = publish(now, workbook())
    form = queries.served_forms(["other"])["other"]
    assert queries.served_versions([(form.id, "1")])[(form.id, "1")].id == done.form_version_id
    return form


def _state() -> FormState:
    return queries.served_forms(["other"])["other"].state


def test_what_was_asked_before_costs_no_query(
    other: ServedForm, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert queries.served_forms(["other"]) == {"other": other}
        (found,) = queries.served_versions([(other.id, "1")]).values()
        assert queries.served_versions_by_id([found.id]) == {found.id: found}
    assert (found.form_row, found.form_id, found.version, found.is_assist) == (other.id, "other", "1", False)


def test_an_assist_form_says_what_feeds_what(transactional_db: None, now: datetime) -> None:
    done = publish(now, XLSFORM)
    found = queries.served_versions_by_id([done.form_version_id])[done.form_version_id]
    assert found.is_assist
    assert found.projection["result"] == "result"
    with pytest.raises(TypeError):
        found.projection["result"] = "else"  # type: ignore[index]


def test_what_is_not_there_is_left_out_and_found_once_it_is(other: ServedForm, now: datetime) -> None:
    assert queries.served_forms(["none", "other"]) == {"other": other}
    assert queries.served_versions([(other.id, "2")]) == {}
    publish(now, workbook("2"))
    assert queries.served_versions([(other.id, "2"), (other.id, "1")]).keys() == {(other.id, "2"), (other.id, "1")}


def test_a_form_closed_here_is_closed_at_once(other: ServedForm, now: datetime) -> None:
    for state in (FormState.CLOSED, FormState.PUBLISHED, FormState.CLOSING):
        commands.set_form_state(by=SYSTEM, now=now, form_id="other", state=state)
        assert _state() is state


def test_a_form_closed_elsewhere_is_closed_when_its_time_is_up(
    other: ServedForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_at = monotonic()
    monkeypatch.setattr(served, "monotonic", lambda: read_at)
    served.forget_states()
    assert _state() is FormState.PUBLISHED
    Form.objects.update(state=FormState.CLOSED.value)  # as another process does
    monkeypatch.setattr(served, "monotonic", lambda: read_at + served.TRUSTED_FOR - 0.1)
    assert _state() is FormState.PUBLISHED
    monkeypatch.setattr(served, "monotonic", lambda: read_at + served.TRUSTED_FOR + 0.1)
    assert _state() is FormState.CLOSED


def test_an_answer_that_was_overtaken_is_not_kept(
    other: ServedForm, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.forget_states()
    read = served._read_forms

    def read_late(form_ids: Collection[str]) -> dict[str, ServedForm]:
        found = read(form_ids)
        commands.set_form_state(by=SYSTEM, now=now, form_id="other", state=FormState.CLOSED)
        return found

    with monkeypatch.context() as slow:
        slow.setattr(served, "_read_forms", read_late)
        assert _state() is FormState.PUBLISHED  # asked before it was closed
    assert _state() is FormState.CLOSED


def test_nothing_is_kept_from_a_transaction_that_is_undone(other: ServedForm, now: datetime) -> None:
    with transaction.atomic():
        commands.set_form_state(by=SYSTEM, now=now, form_id="other", state=FormState.CLOSED)
        publish(now, workbook("2"))
        assert _state() is FormState.CLOSED
        (undone,) = queries.served_versions([(other.id, "2")]).values()
        assert queries.served_versions_by_id([undone.id]) == {undone.id: undone}
        transaction.set_rollback(True)
    assert _state() is FormState.PUBLISHED
    assert queries.served_versions([(other.id, "2")]) == {}
    assert queries.served_versions_by_id([undone.id]) == {}


def test_a_form_made_anew_in_another_database_is_another(other: ServedForm, now: datetime) -> None:
    FormVersion.objects.all().delete()
    Form.objects.all().delete()
    done = publish(now, workbook())
    form = queries.served_forms(["other"])["other"]
    assert form.id != other.id
    assert queries.served_versions([(form.id, "1")])[(form.id, "1")].id == done.form_version_id
    assert not connection.in_atomic_block
