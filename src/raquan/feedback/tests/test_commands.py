"""Feedback is taken once, reaches who should answer, and is answered once."""

import secrets
from datetime import datetime, timedelta

import pytest
from django.apps import apps

from raquan.capture.tests.world import Field
from raquan.feedback import commands, queries
from raquan.feedback.commands import (
    AnswerMissing,
    NothingSaid,
    QuestionMissing,
    SentOtherwise,
    StepImpossible,
    TooLong,
)
from raquan.feedback.rules import MOST_ENTRIES
from raquan.feedback.tests.conftest import Send
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed, NotFound

Notice = apps.get_model("notices.Notice")


def test_a_question_reaches_the_unit_of_the_outing(field: Field, send: Send, now: datetime) -> None:
    feedback_id, token = send()
    (notice,) = Notice.objects.filter(key=str(feedback_id))
    assert (notice.organization_id, notice.role) == (field.cumgar_id, "unit_officer")
    assert notice.escalate_at == now + timedelta(days=2)
    seen = queries.feedback(field.officer, feedback_id, now=now)
    assert seen.about is not None
    assert seen.about.code == field.outing_code
    assert [one.text for one in seen.entries] == ["Mai có mặt ở chợ không?"]
    assert queries.waiting_count(field.officer, field.campaign_id) == 1
    assert queries.waiting_count(field.city_officer, field.campaign_id) == 0
    assert queries.held_feedback(token, now=now) == seen


def test_three_taps_ask_for_no_answer(field: Field, send: Send, now: datetime) -> None:
    feedback_id, _ = send(text="", mood="good", topics=("kind", "clear"), wants_answer=False)
    seen = queries.feedback(field.officer, feedback_id, now=now)
    assert (seen.state, seen.mood_name, seen.topic_names) == ("noted", "Hài lòng", ("Chỉ dễ hiểu", "Nhiệt tình"))
    assert not Notice.objects.filter(key=str(feedback_id)).exists()
    assert [(one.mood, one.count) for one in queries.moods(field.officer, field.campaign_id)] == [
        ("good", 1),
        ("fair", 0),
        ("poor", 0),
    ]


def test_where_money_was_asked_for_the_office_looks_first(field: Field, send: Send, now: datetime) -> None:
    feedback_id, _ = send(text="", topics=("money",), wants_answer=False)
    assert queries.feedback(field.office, feedback_id, now=now).state == "waiting"
    assert Notice.objects.get(key=str(feedback_id)).role == "steering_officer"
    with pytest.raises(NotAllowed):
        queries.feedback(field.officer, feedback_id, now=now)


def test_a_code_that_nobody_knows_reaches_the_office(field: Field, send: Send, now: datetime) -> None:
    feedback_id, _ = send(about_code="XXX-9999")
    seen = queries.feedback(field.office, feedback_id, now=now)
    assert (seen.organization_id, seen.about_code) == (None, "")


def test_the_same_again_is_the_same_one(send: Send) -> None:
    first, token = send()
    assert send(token) == (first, token)
    with pytest.raises(SentOtherwise):
        send(token, text="Điều khác")
    with pytest.raises(SentOtherwise):
        send(token, mood="poor")


def test_nothing_is_refused_with_what_is_missing(field: Field, send: Send, now: datetime) -> None:
    with pytest.raises(NothingSaid):
        send(text="  ", wants_answer=False)
    with pytest.raises(QuestionMissing):
        send(text="", mood="good")
    with pytest.raises(NotFound):
        send("short")


def test_an_answer_is_signed_by_the_unit_and_read_at_the_private_address(
    field: Field, send: Send, now: datetime
) -> None:
    feedback_id, token = send()
    commands.answer_feedback(by=field.officer, now=now, feedback_id=feedback_id, text="Có, từ 6 giờ.", seen=1)
    held = queries.held_feedback(token, now=now)
    assert held is not None
    assert held.state == "answered"
    assert (held.entries[1].name, held.entries[1].is_ours) == ("Ủy ban nhân dân huyện Cư M’gar", True)
    assert Notice.objects.get(key=str(feedback_id)).settled_at == now
    commands.answer_feedback(by=field.officer, now=now, feedback_id=feedback_id, text="Có, từ 6 giờ.", seen=1)
    assert queries.held_feedback(token, now=now) == held


def test_of_two_answers_one_is_taken(field: Field, send: Send, now: datetime) -> None:
    feedback_id, _ = send()
    commands.answer_feedback(by=field.officer, now=now, feedback_id=feedback_id, text="Có.", seen=1)
    with pytest.raises(StepImpossible):
        commands.answer_feedback(by=field.office, now=now, feedback_id=feedback_id, text="Không.", seen=1)
    assert len(queries.feedback(field.officer, feedback_id, now=now).entries) == 2


def test_who_asks_again_waits_again_and_the_unit_is_told_again(field: Field, send: Send, now: datetime) -> None:
    feedback_id, token = send()
    with pytest.raises(StepImpossible):
        commands.ask_again(now=now, token=token, text="Alo?", seen=1)  # not answered yet
    commands.answer_feedback(by=field.officer, now=now, feedback_id=feedback_id, text="Có.", seen=1)
    later = now + timedelta(hours=1)
    for _ in range(2):
        commands.ask_again(now=later, token=token, text="Mấy giờ?", seen=2)
    assert queries.feedback(field.officer, feedback_id, now=now).state == "waiting"
    assert Notice.objects.filter(key=str(feedback_id), settled_at__isnull=True).count() == 1
    with pytest.raises(AnswerMissing):
        commands.answer_feedback(by=field.officer, now=now, feedback_id=feedback_id, text=" ", seen=3)
    with pytest.raises(TooLong):
        commands.answer_feedback(by=field.officer, now=now, feedback_id=feedback_id, text="x", seen=MOST_ENTRIES)
    with pytest.raises(NotFound):
        commands.ask_again(now=now, token=secrets.token_urlsafe(16), text="Ai?", seen=0)


def test_another_unit_may_neither_read_nor_answer(field: Field, send: Send, now: datetime) -> None:
    feedback_id, _ = send()
    for act in (
        lambda: queries.feedback(field.city_officer, feedback_id, now=now),
        lambda: commands.answer_feedback(by=field.city_officer, now=now, feedback_id=feedback_id, text="x", seen=1),
        lambda: commands.close_feedback(by=field.city_officer, now=now, feedback_id=feedback_id, reason="x"),
        lambda: commands.hand_over(
            by=field.city_officer, now=now, feedback_id=feedback_id, organization_id=field.city_id
        ),
        lambda: queries.waiting_count(field.helper, field.campaign_id),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_it_is_handed_over_with_its_notice(field: Field, send: Send, now: datetime) -> None:
    feedback_id, _ = send()
    for _ in range(2):
        commands.hand_over(
            by=field.office, now=now + timedelta(minutes=1), feedback_id=feedback_id, organization_id=field.city_id
        )
    assert queries.feedback(field.city_officer, feedback_id, now=now).organization_id == field.city_id
    with pytest.raises(NotAllowed):
        queries.feedback(field.officer, feedback_id, now=now)
    (open_one,) = Notice.objects.filter(key=str(feedback_id), settled_at__isnull=True)
    assert open_one.organization_id == field.city_id
    later = now + timedelta(minutes=5)
    commands.hand_over(by=field.office, now=later, feedback_id=feedback_id, organization_id=field.cumgar_id)
    back = Notice.objects.get(key=str(feedback_id), settled_at__isnull=True)
    assert back.organization_id == field.cumgar_id


def test_it_is_closed_with_a_reason_that_the_sender_reads(field: Field, send: Send, now: datetime) -> None:
    feedback_id, token = send()
    with pytest.raises(AnswerMissing):
        commands.close_feedback(by=field.officer, now=now, feedback_id=feedback_id, reason=" ")
    for _ in range(2):
        commands.close_feedback(by=field.officer, now=now, feedback_id=feedback_id, reason="Quảng cáo")
    held = queries.held_feedback(token, now=now)
    assert held is not None
    assert (held.state, held.close_reason, held.steps) == ("closed", "Quảng cáo", ())
    with pytest.raises(StepImpossible):
        commands.answer_feedback(by=SYSTEM, now=now, feedback_id=feedback_id, text="x", seen=1)
