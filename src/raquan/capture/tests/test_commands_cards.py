"""A record that shows a companion card: the person counts once, nobody reads the code, no card holds a record up."""

from datetime import datetime

import pytest
from django.apps import apps

from raquan.capture import queries
from raquan.capture.commands import project_pending, receive_submissions, review_submission
from raquan.capture.models import AnswerSheet, Assist, Submission
from raquan.capture.rules import Issue, Outcome, ReviewState
from raquan.capture.tests.world import Field, envelope, instance, new_id
from raquan.cards.commands import make_cards, void_cards
from raquan.cards.rules import card_path, mark_of, to_words, written
from raquan.kernel.actor import SYSTEM
from raquan.kernel.localized import in_language

Codes = tuple[bytes, ...]


@pytest.fixture
def codes(field: Field, now: datetime) -> Codes:
    """Ten cards of Cư M’gar."""
    return make_cards(by=SYSTEM, now=now, organization_id=field.cumgar_id, sheets=1).codes


def record(field: Field, now: datetime, *payloads: bytes) -> list[Submission]:
    """Send records and read them."""
    verdicts = receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    assert {one.outcome for one in verdicts} <= {Outcome.ACCEPTED, Outcome.DUPLICATE}
    project_pending(now=now)
    return [Submission.objects.get(instance_id=one.instance_id) for one in verdicts]


def test_a_card_is_known_however_it_was_read(field: Field, now: datetime, codes: Codes) -> None:
    code = codes[0]
    scanned = f"https://raquan.example.vn{card_path(code)}"
    said = (scanned, written(code), mark_of(code), " ".join(to_words(code)))
    rows = record(field, now, *(instance(field.outing_code, card=one) for one in said))
    assert Assist.objects.count() == 4
    assert Assist.objects.exclude(card=None).values("card").distinct().count() == 1
    assert all(row.issues == [] for row in rows)


def test_nobody_reads_the_code_in_the_answers(field: Field, now: datetime, codes: Codes) -> None:
    known, strange = f"https://x.vn{card_path(codes[0])}", f"https://x.vn{card_path(bytes(16))}"
    rows = record(field, now, *(instance(field.outing_code, card=one) for one in (known, strange, "")))
    shown = [AnswerSheet.objects.get(submission=row).answers["card"] for row in rows]
    card = Assist.objects.get(submission=rows[0]).card
    assert card is not None
    assert shown == [str(card.number), "?", ""]
    page = queries.submission(SYSTEM, rows[0].id)
    assert written(codes[0]) not in str(page.answers)
    assert written(codes[0]) in bytes(rows[0].payload).decode(), "the record itself stays byte for byte"


def test_a_strange_card_is_doubted_and_the_record_counts(field: Field, now: datetime) -> None:
    rows = record(field, now, instance(field.outing_code, card="chữ gì đó"))
    assert rows[0].issues == [Issue.CARD_UNKNOWN.value]
    assert rows[0].review_state == ReviewState.HAS_ISSUES.value
    assert Assist.objects.get().card is None


def test_a_voided_card_counts_only_before_it_was_voided(field: Field, now: datetime, codes: Codes) -> None:
    batch = apps.get_model("cards.CardBatch").objects.get()
    at = datetime.fromisoformat("2023-10-05T08:20:00+07:00")
    void_cards(by=SYSTEM, now=at, batch_id=batch.id, reason="Mất cả tập")
    mark = mark_of(codes[0])
    before = instance(field.outing_code, card=mark, start="2023-10-05T08:12:00.000+07:00")
    after = instance(field.outing_code, card=mark, start="2023-10-05T08:20:00.000+07:00")
    rows = record(field, now, before, after)
    assert [row.issues for row in rows] == [[], [Issue.CARD_VOID.value]]
    assert [Assist.objects.get(submission=row).card is None for row in rows] == [False, True]


def test_a_card_of_another_campaign_counts_there_only(field: Field, now: datetime, codes: Codes) -> None:
    campaigns = apps.get_model("campaign.Campaign").objects
    other = campaigns.get(id=field.campaign_id)
    other.pk, other.year, other.code = new_id().removeprefix("uuid:"), 2022, "2022"
    other.save(force_insert=True)
    apps.get_model("cards.CardBatch").objects.update(campaign_id=other.pk)
    rows = record(field, now, instance(field.outing_code, card=mark_of(codes[0])))
    assert rows[0].issues == [Issue.CARD_OTHER_CAMPAIGN.value]
    assert Assist.objects.get().card is None


def test_a_correction_changes_the_card_or_takes_it_away(field: Field, now: datetime, codes: Codes) -> None:
    last = record(field, now, instance(field.outing_code, card=mark_of(codes[0])))[0].instance_id
    facts = [queries.facts_after(0, 10)[0].card]
    for card in (mark_of(codes[1]), ""):
        last = record(field, now, instance(field.outing_code, card=card, deprecated_id=last))[0].instance_id
        facts.append(queries.facts_after(0, 10)[0].card)
    assert len(set(facts)) == 3
    assert facts[2] is None


def test_two_teams_on_a_day_are_two_assists_of_one_person(field: Field, now: datetime, codes: Codes) -> None:
    mark = mark_of(codes[0])
    payloads = [instance(field.outing_code, card=mark), instance(field.city_outing_code, card=mark)]
    record(field, now, *payloads)
    record(field, now, *reversed(payloads))
    facts = queries.facts_after(0, 10)
    assert len(facts) == 2
    assert len({fact.organization_id for fact in facts}) == 2
    assert len({fact.card for fact in facts}) == 1


def test_the_holder_sees_how_far_they_have_come(field: Field, now: datetime, codes: Codes) -> None:
    mark = mark_of(codes[0])
    rows = record(
        field,
        now,
        instance(field.outing_code, card=mark, result="account"),
        instance(field.outing_code, card=mark, result="helped", bottleneck="signal"),
        instance(field.outing_code, card=mark, service="mobile_money", group="cashless_payment", result="first_use"),
        instance(field.outing_code, card=mark_of(codes[1]), service="vietqr", result="installed"),
    )
    card = Assist.objects.get(submission=rows[0]).card
    assert card is not None
    steps = {one.service_code: one for one in queries.card_steps(card.id)}
    assert set(steps) == {"birth_registration", "mobile_money"}
    last = Assist.objects.filter(card_id=card.id).order_by("-occurred_at").first()
    assert last is not None
    assert queries.card_place(card.id) == last.place_code != ""
    birth = steps["birth_registration"]
    assert in_language(birth.reached, "vi") == "Đã có tài khoản, đăng nhập được"
    assert birth.next is not None
    assert in_language(birth.next, "vi") == "Đã nộp hồ sơ"
    assert steps["mobile_money"].next is None
    no = ReviewState.REJECTED
    review_submission(by=field.officer, now=now, submission_id=rows[2].id, state=no, comment="Ghi nhầm")
    assert {one.service_code for one in queries.card_steps(card.id)} == {"birth_registration"}
