"""What the desk may see of records, and at what cost."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.capture import commands, queries
from raquan.capture.models import Submission
from raquan.capture.tests.world import Field, envelope, instance, new_id
from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Duty
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.people.rules import Role


@pytest.fixture
def records(field: Field, now: datetime) -> Field:
    """Three records of Cư M’gar (one doubtful), two of the city, one of no outing, all facts."""
    here, there = field.outing_code, field.city_outing_code
    payloads = [
        instance(here),
        instance(here, service="mobile_money", result="first_use"),
        instance(here, how="by_magic"),
        instance(there),
        instance(there, service="mobile_money", result="helped", bottleneck="storage"),
        instance("XXX-9999"),
    ]
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    commands.project_pending(now=now)
    return field


def total(actor: Actor, **wanted: object) -> int:
    return queries.assists(actor, filters=queries.AssistFilter(**wanted)).total  # type: ignore[arg-type]


def test_an_officer_sees_the_records_of_their_unit_only(records: Field) -> None:
    own = queries.assists(records.officer).items
    assert {one.organization_id for one in own} == {records.cumgar_id}
    assert len(own) == 4  # the one of no outing was sent by a telephone of this unit
    city = queries.assists(records.city_officer).items
    assert {one.outing_code for one in city} == {records.city_outing_code}
    assert len(city) == 2
    assert total(records.office) == total(SYSTEM) == 6


@pytest.mark.parametrize(("place", "seen"), [("648", 3), ("24259", 3), ("643", 2), ("66", 6), ("24999", 0)])
def test_a_duty_within_a_place_sees_that_place(records: Field, place: str, seen: int) -> None:
    duty = Duty(Role.UNIT_OFFICER, organization_id=None, place_code=place)
    assert total(Actor(ActorKind.USER, uuid4(), "Ai đó", duties=(duty,))) == seen


def test_helpers_and_visitors_see_no_records(records: Field) -> None:
    for actor in (records.helper, records.device, ANONYMOUS):
        with pytest.raises(NotAllowed):
            queries.assists(actor)
        with pytest.raises(NotAllowed):
            queries.outing_panel(actor, records.outing_id)


def test_one_record_is_held_to_the_same_scope(records: Field) -> None:
    city = queries.assists(records.city_officer).items[0]
    assert queries.submission(records.city_officer, city.submission_id).assist is not None
    with pytest.raises(NotAllowed):
        queries.submission(records.officer, city.submission_id)
    with pytest.raises(NotFound):
        queries.submission(records.officer, uuid4())
    assert queries.assists_by_ids(records.officer, [city.id]) == []
    assert len(queries.assists_by_ids(records.city_officer, [str(city.id)])) == 1


def test_a_record_not_read_yet_belongs_to_its_senders_unit(field: Field, now: datetime) -> None:
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(instance(field.outing_code))])
    row = Submission.objects.get()
    record = queries.submission(field.officer, row.id)
    assert record.is_projected is False
    assert [act.name for act in record.history.acts.items] == ["Nhận bản ghi"]
    with pytest.raises(NotAllowed):
        queries.submission(field.city_officer, row.id)
    Submission.objects.update(organization_id=None)
    with pytest.raises(NotAllowed):
        queries.submission(field.officer, row.id)
    assert queries.submission(field.office, row.id).assist is None


def test_filters_narrow(records: Field) -> None:
    office = records.office
    assert total(office, on=date(2023, 10, 5)) == 6
    assert total(office, on=date(2023, 10, 6)) == 0
    assert total(office, place_code="24259") == total(office, place_code="648") == 3
    assert total(office, service_code="mobile_money") == 2
    assert total(office, review_state="hasIssues") == 2
    assert total(office, outing_id=records.outing_id) == 3
    assert total(office, campaign_id=records.campaign_id) == 6


def test_choices_are_what_occurs_in_what_one_may_see(records: Field) -> None:
    office = queries.search_choices(records.office, date(2023, 10, 5))
    assert office.places == (("24133", "phường Thắng Lợi"), ("24259", "thị trấn Quảng Phú"))
    assert [code for code, _ in office.services] == ["birth_registration", "mobile_money"]
    assert queries.search_choices(records.city_officer, date(2023, 10, 5)).places == (("24133", "phường Thắng Lợi"),)


def test_a_record_says_all_about_itself(records: Field) -> None:
    doubtful = queries.assists(records.officer, filters=queries.AssistFilter(review_state="hasIssues"))
    one = next(view for view in doubtful.items if view.outing_code != "XXX-9999")
    record = queries.submission(records.officer, one.submission_id)
    assert record.issues == ("Không rõ ai là người làm.",)
    assert queries.AnswerView("how", "by_magic") in record.answers
    assert len(record.sha256) == 64
    assert record.sent_by_name == "Máy của H’Trang"
    assert record.assist is not None
    assert (record.assist.place_name, record.assist.service_name) == ("thị trấn Quảng Phú", "Đăng ký khai sinh")
    assert (record.assist.rung_name, record.assist.language_name) == ("Đã nộp hồ sơ", "Tiếng Ê Đê")


def test_a_corrected_record_points_to_its_correction(field: Field, now: datetime) -> None:
    original = new_id()
    for payload in (
        instance(field.outing_code, instance_id=original),
        instance(field.outing_code, deprecated_id=original, how="self"),
    ):
        commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
        commands.project_pending(now=now)
    first, second = Submission.objects.order_by("id")
    before, after = (queries.submission(field.officer, row.id) for row in (first, second))
    assert (before.corrected_by, before.assist) == (second.id, None)
    assert after.corrects == first.id
    assert after.assist is not None
    assert after.assist.version == 2


def test_an_outings_panel_sums_up(records: Field) -> None:
    panel = queries.outing_panel(records.officer, records.outing_id)
    assert (panel.total, panel.doubtful) == (3, 1)
    assert panel.by_service[0] == ("Đăng ký khai sinh", 2)
    assert queries.outing_panel(records.city_officer, records.outing_id).total == 0


def test_counts_for_the_desk(records: Field) -> None:
    assert queries.record_counts(records.officer, [records.outing_id, uuid4()]) == {records.outing_id: 3}
    assert queries.record_counts(records.city_officer, [records.outing_id]) == {}
    assert queries.doubtful_count(records.officer, records.campaign_id) == 2
    assert queries.doubtful_count(records.city_officer, records.campaign_id) == 0


def test_a_list_costs_the_same_however_long(
    records: Field, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cost = 7
    with django_assert_num_queries(cost):
        queries.assists(records.office, page=1, size=2)
    with django_assert_num_queries(cost):
        assert len(queries.assists(records.office, page=1, size=6).items) == 6
    with django_assert_num_queries(3):
        queries.facts_after(0, 100)


def test_projection_asks_the_same_for_one_and_for_many(
    field: Field, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    payloads = [instance(field.outing_code) for _ in range(30)]
    commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    with django_assert_max_num_queries(32):
        commands.project_pending(now=now)


def test_receiving_a_batch_is_few_statements(
    field: Field, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    envelopes = [envelope(instance(field.outing_code)) for _ in range(30)]
    with django_assert_max_num_queries(8):
        commands.receive_submissions(by=field.device, now=now, envelopes=envelopes)
