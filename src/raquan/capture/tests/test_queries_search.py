"""Records are found by what people remember of them; a page costs the same at any depth."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.capture import commands, queries
from raquan.capture.rules import RecordFilter
from raquan.capture.tests.world import DAY, Field, envelope, instance
from raquan.kernel.actor import Actor, ActorKind, Duty
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people.rules import Role


@pytest.fixture
def records(field: Field, now: datetime) -> Field:
    """Records of two units, days, services, states and devices."""
    payloads = [
        instance(field.outing_code, instance_id="uuid:a"),
        instance(field.outing_code, instance_id="uuid:b", how="by_magic"),
        instance(
            field.outing_code, instance_id="uuid:c", start="2023-10-04T08:00:00.000+07:00", service="mobile_money"
        ),
        instance(field.city_outing_code, instance_id="uuid:d", note="Bà Đặng Thị Huệ quên mật khẩu"),
    ]
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    commands.project_pending(now=now)
    return field


def found(actor: Actor, sort: str = "-received", **filters: object) -> str:
    page = queries.search_records(actor, RecordFilter(**filters), sort=sort)  # type: ignore[arg-type]
    assert page.total == len(page.items)
    return "".join(one.root_instance_id.removeprefix("uuid:") for one in page.items)


def test_filters(records: Field) -> None:
    office = records.office
    assert found(office) == "dcba"
    assert found(office, text="DANG  mật khâu") == "d"
    assert found(office, text="dang nobody") == ""
    assert found(office, text="khai sinh") == "dba"
    assert found(office, text="uuid:c") == "c"
    assert found(office, state="hasIssues") == "cb"
    assert found(office, issue="how.unknown") == "b"
    assert found(office, form_id="assist") == "dcba"
    assert found(office, form_id="other") == ""
    assert found(office, service_code="mobile_money") == "c"
    assert found(office, on_from=date(2023, 10, 5)) == "dba"
    assert found(office, on_to=date(2023, 10, 4)) == "c"
    assert found(office, organization_id=records.city_id) == "d"
    assert found(office, place_code="24259") == found(office, place_code="648") == "cba"
    assert found(office, helper="may cua h'trang") == "dcba"
    assert found(office, helper="ai khác") == ""
    assert found(office, source="collect") == "dcba"
    assert found(office, source="app") == ""
    assert found(office, outing_id=records.outing_id) == "cba"


def test_one_finds_what_one_may_read(records: Field) -> None:
    assert found(records.officer) == "cba"
    assert found(records.city_officer) == "d"
    with pytest.raises(NotAllowed):
        found(records.helper)


def test_a_reviewer_reads_and_reviews_its_own_and_does_nothing_else(records: Field, now: datetime) -> None:
    reviewer = Actor(ActorKind.USER, uuid4(), "Người xem xét", 9, (Duty(Role.REVIEWER, records.cumgar_id),))
    assert found(reviewer) == "cba"
    one = queries.search_records(reviewer, RecordFilter()).items[0].submission_id
    record = queries.submission(reviewer, one)
    assert (record.may_correct, record.may_delete) == (False, False)
    assert queries.review_of(reviewer, one).may_comment
    with pytest.raises(NotAllowed):
        commands.delete_record(by=reviewer, now=now, submission_id=one, reason="x")
    with pytest.raises(NotAllowed):
        commands.correct_record(by=reviewer, now=now, submission_id=one, reason="x", service_code="mobile_money")
    city = queries.search_records(records.office, RecordFilter(organization_id=records.city_id)).items[0]
    with pytest.raises(NotAllowed):
        queries.submission(reviewer, city.submission_id)


def test_orders(records: Field) -> None:
    assert found(records.office, "received") == "abcd"
    assert found(records.office, "occurred") == "cabd"
    assert found(records.office, "-occurred") == "dbac"
    assert found(records.office, "-place") == "cbad"
    assert found(records.office, "service") == "abdc"
    assert found(records.office, "nonsense") == "dcba"


@pytest.mark.parametrize("sort", ["-received", "occurred", "-place", "service"])
def test_pages_lead_forth_and_back(records: Field, sort: str) -> None:
    whole = found(records.office, sort)

    def page(**where: str) -> queries.SearchPage:
        return queries.search_records(records.office, RecordFilter(), sort=sort, size=2, **where)

    def ids(one: queries.SearchPage) -> str:
        return "".join(item.root_instance_id[-1] for item in one.items)

    first = page()
    assert (first.before, first.total) == (None, 4)
    assert first.after is not None
    second = page(after=first.after)
    assert ids(first) + ids(second) == whole
    assert second.after is None
    assert second.before is not None
    back = page(before=second.before)
    assert (ids(back), back.before, back.after) == (ids(first), None, first.after)
    assert ids(page(after="x~y")) == ids(first)


def test_a_page_is_a_bounded_number_of_queries(
    records: Field, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        assert len(queries.search_records(records.office, RecordFilter()).items) == 4
    with django_assert_max_num_queries(10):
        choices = queries.search_choices(records.office, DAY)
    assert next(name for _, name in choices.organizations).startswith("Ủy ban")
    assert ("deleted", "Đã xóa") in choices.states
    with django_assert_max_num_queries(6):
        assert queries.form_overview(records.office, "assist", on=DAY).total == 4


def test_a_forms_overview_counts_by_everything(records: Field) -> None:
    form = queries.form_overview(records.office, "assist", on=DAY)
    assert [(row.label, row.value) for row in form.by_day] == [("04/10/2023", 1), ("05/10/2023", 3)]
    assert [(row.key, row.value) for row in form.by_place] == [("24259", 3), ("24133", 1)]
    assert [(row.key, row.value) for row in form.by_state] == [("received", 2), ("hasIssues", 2)]
    assert [row.value for row in form.by_helper] == [4]
    assert queries.form_overview(records.city_officer, "assist", on=DAY).total == 1
    with pytest.raises(NotFound):
        queries.form_overview(records.office, "none", on=DAY)


def test_the_map_says_what_it_cannot_place(records: Field) -> None:
    found = queries.record_map(records.office, RecordFilter(), on=DAY)
    assert (found.total, found.unplaced, found.bubbles) == (4, 4, ())
    assert [(row.label, row.value) for row in found.rows] == [("thị trấn Quảng Phú", 3), ("phường Thắng Lợi", 1)]
