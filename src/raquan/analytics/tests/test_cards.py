"""People with a card: one each whatever happens to their records, the ladder they climb, and what is said beside it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pyarrow.parquet as parquet
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from raquan.analytics import commands, engine, queries
from raquan.analytics.engine import Source
from raquan.analytics.models import Snapshot
from raquan.analytics.rules import (
    DIMENSIONS,
    MEASURES,
    STAGES,
    canonical,
    digest,
    figure_csv,
    figure_data,
    ladder_rungs,
)
from raquan.analytics.tests.conftest import Send
from raquan.analytics.tests.facts import CAMPAIGN, Fact, random_facts, sample
from raquan.capture.tests.world import Field
from raquan.cards.commands import make_cards
from raquan.cards.rules import mark_of
from raquan.kernel.actor import SYSTEM
from raquan.people.models import User

PEOPLE = ("people", "people_installed", "people_activated", "people_first_use")


def total(facts: list[Fact], measure: str, **where: str) -> int | None:
    """Count a measure over all the facts, or over those of a group."""
    filters = [(DIMENSIONS["group"], where["group"])] if where else []
    return engine.evaluate(Source((), facts, CAMPAIGN), MEASURES[measure].formula, DIMENSIONS["stage"], filters).total


@pytest.mark.slow
@given(facts=random_facts(), random=st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_people_are_the_same_in_whatever_order_and_however_often_records_come(facts: list[Fact], random: Any) -> None:
    shuffled = [*facts]
    random.shuffle(shuffled)
    for measure in (*PEOPLE, "people_returned"):
        assert total(facts, measure) == total(shuffled, measure)
    latest = {one.assist_id: one for one in sorted(facts, key=lambda one: one.version)}
    standing = [one for one in latest.values() if not one.withdrawn and one.campaign_id == CAMPAIGN]
    if standing:
        assert total(facts, "people") == len({one.card for one in standing} - {None})
        again = [replace(one, fact_seq=1000 + n, assist_id=f"again-{n}") for n, one in enumerate(standing)]
        assert total([*facts, *again], "people") == total(facts, "people"), "another record of the same card"


@given(facts=random_facts())
@settings(max_examples=10, deadline=None)
def test_nobody_stands_on_two_rungs(facts: list[Fact]) -> None:
    counted = [total(facts, measure) or 0 for measure in PEOPLE]
    assert counted == sorted(counted, reverse=True)
    rungs = ladder_rungs(list(zip(STAGES, counted, strict=True)), {}, {})
    assert sum(one.highest for one in rungs) == counted[0]
    assert all(0 <= one.highest <= one.reached for one in rungs)
    assert all(one.share is None if not counted[0] else 0 <= (one.share or 0) <= 1 for one in rungs)


def test_a_card_that_is_corrected_later_counts_where_it_belongs() -> None:
    first, second = sample(2, card=7)
    facts = [first, second, replace(second, fact_seq=3, version=2, card=8)]
    assert total(facts[:2], "people") == 1
    assert total(facts, "people") == 2
    assert total([*facts, replace(first, fact_seq=4, version=2, card=None)], "people") == 1


def test_who_came_on_two_days_came_back() -> None:
    first, second, third = sample(3, card=7)
    later = replace(second, occurred_on=second.occurred_on.replace(day=6))
    assert total([first, second], "people_returned") == 0
    assert total([first, later, replace(third, card=None)], "people_returned") == 1


def test_nobody_is_known_where_the_facts_are_older_than_cards(tmp_path: Any) -> None:
    old = engine.arrow_facts(sample(3)).drop_columns(["card"])
    parquet.write_table(old, tmp_path / "old.parquet")
    source = Source((tmp_path / "old.parquet",), sample(1, card=3, assist_id="x"))
    assert engine.evaluate(source, MEASURES["assists"].formula, DIMENSIONS["day"]).total == 4
    assert engine.evaluate(source, MEASURES["people"].formula, DIMENSIONS["day"]).total == 1


@pytest.fixture
def marks(field: Field, now: datetime) -> list[str]:
    """Ten cards."""
    return [mark_of(code) for code in make_cards(by=SYSTEM, now=now, organization_id=field.cumgar_id, sheets=1).codes]


@pytest.fixture
def climbed(field: Field, send: Send, marks: list[str]) -> None:
    """Four people with a card, one helped twice by two teams, and two assists without a card."""
    send({"card": marks[0], "result": "account"}, {"card": marks[1], "result": "installed"}, {}, {})
    send({"card": marks[2], "result": "helped", "bottleneck": "signal"}, {"card": marks[3], "result": "filed"})
    send({"card": marks[0], "result": "filed"}, outing=field.city_outing_code)


def test_live_and_frozen_numbers_agree(field: Field, climbed: None, now: datetime) -> None:
    frozen = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    for measure, expected in zip((*PEOPLE, "people_returned", "assists_with_card"), (4, 3, 2, 2, 0, 5), strict=True):
        live = queries.figure(SYSTEM, measure, "commune", campaign_id=field.campaign_id, now=now)
        then = queries.figure(SYSTEM, measure, "commune", snapshot_id=frozen)
        assert (live.total, then.total) == (expected, expected), measure
        assert [(row.key, row.value) for row in live.rows] == [(row.key, row.value) for row in then.rows]
        assert live.beside == then.beside
    ladder = queries.ladder(field.officer, campaign_id=field.campaign_id, now=now)
    assert [(one.reached, one.highest) for one in ladder.rungs] == [(4, 1), (3, 1), (2, 0), (2, 2)]
    kept = queries.ladder(field.officer, snapshot_id=frozen)
    assert [(one.reached, one.highest) for one in kept.rungs] == [(one.reached, one.highest) for one in ladder.rungs]


def test_what_must_stand_beside_the_number_does(field: Field, climbed: None, now: datetime) -> None:
    figure = queries.figure(SYSTEM, "people_first_use", "day", campaign_id=field.campaign_id, now=now)
    part, speaks_for = figure.beside
    assert part == "2 trên 4 (50%): người có thẻ đã được hỗ trợ."
    assert "5 trên 7 lượt hỗ trợ có quét thẻ (71%)" in speaks_for
    assert list(figure.beside) == figure_data(figure)["beside"]
    assert speaks_for in figure_csv(figure)
    assert queries.figure(SYSTEM, "assists", "day", campaign_id=field.campaign_id).beside == ()
    assert queries.public_figure(field.campaign_id, "people", "day").beside == (), "four people are too few to publish"


def test_an_older_snapshot_does_not_know_and_says_no_zero(field: Field, climbed: None, now: datetime) -> None:
    frozen = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    manifest = Snapshot.objects.get().manifest | {"fact_schema": 2}
    Snapshot.objects.update(manifest=manifest, manifest_sha256=digest(canonical(manifest)))
    figure = queries.figure(SYSTEM, "people", "day", snapshot_id=frozen)
    assert (figure.total, figure.rows, figure.beside) == (None, (), ())
    assert queries.figure(SYSTEM, "assists", "day", snapshot_id=frozen).total == 7
    assert queries.ladder(SYSTEM, snapshot_id=frozen).people is None


def test_a_figure_and_the_ladder_take_few_queries(
    field: Field, climbed: None, now: datetime, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        queries.figure(SYSTEM, "people", "commune", campaign_id=field.campaign_id, now=now)
    with django_assert_max_num_queries(8):
        queries.ladder(SYSTEM, group="online_public_service", campaign_id=field.campaign_id, now=now)


@pytest.mark.usefixtures("campaign_time")
def test_the_page_of_the_ladder(field: Field, climbed: None) -> None:
    address = "/desk/figures/ladder/"
    assert Client().get(address)["Location"].startswith("/sign-in")
    client = Client()
    client.force_login(User.objects.get(full_name=field.helper.name))
    assert client.get(address).status_code == 403
    client.force_login(User.objects.get(full_name=field.officer.name))
    page = client.get(address).content.decode()
    assert "50% của 4 người có thẻ" in page
    assert "5 trên 7 lượt hỗ trợ có quét thẻ (71%)" in page
    assert "Đã nộp hồ sơ" in client.get(f"{address}?group=online_public_service").content.decode()
    assert "Chưa có dữ liệu" in client.get(f"{address}?group=ecommerce").content.decode()


@pytest.mark.usefixtures("campaign_time")
def test_the_ladder_before_any_card_says_so(field: Field, send: Send) -> None:
    send({})
    client = Client()
    client.force_login(User.objects.get(full_name=field.officer.name))
    assert "Chưa có lượt nào quét thẻ" in client.get("/desk/figures/ladder/").content.decode()
