"""Records become facts: numbered once, doubted where doubtful, whatever happens meanwhile."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from raquan.capture import commands, queries
from raquan.capture.commands import projecting
from raquan.capture.models import AnswerSheet, Assist, RecordRow, Submission
from raquan.capture.rules import Envelope, Issue
from raquan.capture.tests.world import Field, envelope, instance, new_id
from raquan.kernel.actor import SYSTEM
from raquan.outings import commands as outings


def send(field: Field, now: datetime, *payloads: bytes) -> None:
    """Send payloads in one batch; all must be taken."""
    verdicts = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    assert all(verdict.is_taken for verdict in verdicts)


def test_a_record_becomes_a_fact(field: Field, now: datetime) -> None:
    send(field, now, instance(field.outing_code))
    assert queries.pending_count() == 1
    assert commands.project_pending(now=now) == 1
    assert not queries.has_pending()
    row, (fact,) = Submission.objects.get(), queries.facts_after(0, 10)
    assert (row.review_state, row.issues) == ("received", [])
    assert fact == queries.AssistFact(
        fact_seq=1,
        assist_id=str(Assist.objects.get().id),
        version=1,
        submission_id=str(row.id),
        campaign_id=str(field.campaign_id),
        occurred_on=date(2023, 10, 5),
        occurred_at=datetime(2023, 10, 5, 1, 12, tzinfo=UTC),
        hour=8,
        outing_id=str(field.outing_id),
        outing_code=field.outing_code,
        organization_id=str(field.cumgar_id),
        province_code="66",
        district_code="648",
        commune_code="24259",
        service_code="birth_registration",
        group_code="online_public_service",
        rung="filed",
        stage="first_use",
        how="guided",
        bottleneck=None,
        language="rad",
        time_quality="device",
        grade="counted",
        under_review=False,
        synthetic=False,
        withdrawn=False,
    )
    assert AnswerSheet.objects.get().answers["outing"] == field.outing_code


def test_projecting_again_changes_nothing(field: Field, now: datetime) -> None:
    send(field, now, *[instance(field.outing_code) for _ in range(5)])
    assert [commands.project_pending(now=now, limit=3) for _ in range(3)] == [3, 2, 0]
    assert [fact.fact_seq for fact in queries.facts_after(0, 10)] == [1, 2, 3, 4, 5]
    assert [fact.fact_seq for fact in queries.facts_after(2, 2)] == [3, 4]
    assert queries.max_fact_seq() == 5


def test_a_code_typed_carelessly_is_still_the_outing(field: Field, now: datetime) -> None:
    send(field, now, instance(f" {field.outing_code.lower().replace('-', ' ')} "))
    commands.project_pending(now=now)
    assert Assist.objects.get().outing_id == field.outing_id


@pytest.mark.parametrize(
    ("said", "issues"),
    [
        ({"outing": "XXX-9999"}, {Issue.OUTING_UNKNOWN}),
        ({"start": "2023-10-04T08:00:00+07:00"}, {Issue.OUTING_OTHER_DAY}),
        ({"start": "2023-09-01T08:00:00+07:00"}, {Issue.OUTING_OTHER_DAY, Issue.OUTSIDE_CAMPAIGN}),
        ({"start": "2023-10-05T23:00:00+07:00"}, {Issue.TIME_FUTURE}),
        ({"start": "1970-01-01T00:00:00+07:00"}, {Issue.TIME_LOST}),
        ({"start": ""}, {Issue.TIME_MISSING}),
        ({"start": "hôm qua"}, {Issue.TIME_MISSING}),
        ({"service": "none_such"}, {Issue.SERVICE_UNKNOWN, Issue.RUNG_UNKNOWN}),
        ({"service": "dak_lak_digital", "result": "installed"}, {Issue.SERVICE_NOT_OFFERED}),
        ({"result": "shop_opened"}, {Issue.RUNG_UNKNOWN}),
        ({"how": "by_magic"}, {Issue.HOW_UNKNOWN}),
        ({"result": "helped", "bottleneck": "weather"}, {Issue.BOTTLENECK_UNKNOWN}),
        ({"service": "vneid_level2", "result": "account", "how": "done_for"}, {Issue.STEP_RESTRICTED}),
        ({"service": "vneid_level2", "result": "account", "how": "guided"}, set()),
        ({"result": "helped", "bottleneck": "storage"}, set()),
    ],
)
def test_what_is_doubtful_is_taken_and_doubted(
    field: Field, now: datetime, said: dict[str, str], issues: set[Issue]
) -> None:
    said = {"outing": field.outing_code} | said
    send(field, now, instance(said.pop("outing"), **said))
    commands.project_pending(now=now)
    row = Submission.objects.get()
    assert set(row.issues) == {issue.value for issue in issues}
    assert row.review_state == ("hasIssues" if issues else "received")
    assert queries.facts_after(0, 1)[0].under_review is bool(issues)


def test_a_record_of_no_outing_belongs_to_its_senders_unit(field: Field, now: datetime) -> None:
    send(field, now, instance("XXX-9999"))
    commands.project_pending(now=now)
    row = Assist.objects.get()
    assert (row.campaign_id, row.organization_id) == (field.campaign_id, field.cumgar_id)
    assert (row.province_code, row.place_code, row.outing_code) == ("66", "", "XXX-9999")


def test_a_cancelled_outings_record_is_doubted(field: Field, now: datetime) -> None:
    outings.cancel_outing(by=SYSTEM, now=now, outing_id=field.outing_id, reason="Mưa to")
    send(field, now, instance(field.outing_code))
    commands.project_pending(now=now)
    assert Submission.objects.get().issues == ["outing.cancelled"]


def test_the_day_is_viet_nams(field: Field, now: datetime) -> None:
    late = Envelope(
        payload=instance(field.outing_code, start="2023-10-05T18:30:00Z"),
        received_at=datetime(2023, 10, 5, 18, 40, tzinfo=UTC),
    )
    commands.receive_submissions(by=field.device, now=now, envelopes=[late])
    commands.project_pending(now=now)
    assert Assist.objects.get().occurred_on == date(2023, 10, 6)


def test_a_device_in_the_demo_is_moved_with_the_demos_clock(field: Field, now: datetime) -> None:
    shift = timedelta(days=-1100, seconds=0.5)
    real = datetime(2023, 10, 5, 1, 12, tzinfo=UTC) - shift
    payload = instance(field.outing_code, start=real.isoformat())
    commands.receive_submissions(
        by=field.device, now=now, envelopes=[Envelope(payload=payload, received_at=now, time_shift=shift)]
    )
    commands.project_pending(now=now)
    row = Assist.objects.get()
    assert (row.occurred_on, row.time_quality) == (date(2023, 10, 5), "device")
    assert abs(row.occurred_at - datetime(2023, 10, 5, 1, 12, tzinfo=UTC)) < timedelta(seconds=1)


def test_a_correction_takes_a_new_number_and_keeps_the_assist(field: Field, now: datetime) -> None:
    original = new_id()
    send(field, now, instance(field.outing_code, instance_id=original), instance(field.outing_code))
    commands.project_pending(now=now)
    (before,) = Assist.objects.filter(root_instance_id=original)
    send(field, now, instance(field.outing_code, deprecated_id=original, how="self"))
    commands.project_pending(now=now)
    after = Assist.objects.get(root_instance_id=original)
    assert (after.id, after.version, after.fact_seq, after.how) == (before.id, 2, 3, "self")
    assert Assist.objects.count() == 2
    assert [fact.version for fact in queries.facts_after(2, 10)] == [2]


def test_a_record_corrected_before_it_was_read_counts_once(field: Field, now: datetime) -> None:
    original = new_id()
    send(field, now, instance(field.outing_code, instance_id=original))
    send(field, now, instance(field.outing_code, deprecated_id=original, how="self"))
    assert commands.project_pending(now=now) == 2
    assert [(one.how, one.fact_seq) for one in Assist.objects.all()] == [("self", 1)]


def test_a_projector_that_dies_leaves_nothing_half_done(
    field: Field, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(field, now, *[instance(field.outing_code) for _ in range(3)])

    def die(*args: Any) -> None:
        raise DatabaseError("the machine went away")

    monkeypatch.setattr(projecting, "_settle", die)
    with pytest.raises(DatabaseError):
        commands.project_pending(now=now)
    assert queries.pending_count() == 3
    assert not Assist.objects.exists()
    assert not AnswerSheet.objects.exists()
    monkeypatch.undo()
    assert commands.project_pending(now=now) == 3
    assert queries.max_fact_seq() == 3


def test_synthetic_records_stay_marked(field: Field, now: datetime) -> None:
    made_up = Envelope(payload=instance(field.outing_code), received_at=now, is_synthetic=True)
    commands.receive_submissions(by=field.device, now=now, envelopes=[made_up])
    commands.project_pending(now=now)
    assert queries.facts_after(0, 1)[0].synthetic


def test_a_record_keeps_its_row_and_number_through_corrections(field: Field, now: datetime) -> None:
    original, edited = new_id(), new_id()
    send(field, now, instance(field.outing_code, instance_id=original), instance(field.outing_code))
    commands.project_pending(now=now)
    send(field, now, instance(field.outing_code, instance_id=edited, deprecated_id=original, how="self"))
    commands.project_pending(now=now)
    send(field, now, instance(field.outing_code, deprecated_id=edited, how="done_for"))
    commands.project_pending(now=now)
    first, second = RecordRow.objects.order_by("number")
    assert (first.number, first.root_instance_id, first.edits) == (1, original, 2)
    assert first.submission_id == Assist.objects.get(root_instance_id=original).submission_id
    assert (first.year, first.organization_id, first.place_code) == (2023, field.cumgar_id, "24259")
    assert (second.number, second.edits, second.updated_at) == (2, 0, None)
