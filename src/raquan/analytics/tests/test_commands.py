"""Extracting and freezing: live figures follow the records, frozen ones never move."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from raquan.analytics import commands, queries
from raquan.analytics.commands import FreezeBusy, NothingToFreeze
from raquan.analytics.models import Snapshot
from raquan.analytics.queries import FactsAhead, SnapshotDamaged
from raquan.analytics.rules import Number, canonical, digest
from raquan.analytics.tests.conftest import Send
from raquan.capture.commands import receive_submissions
from raquan.capture.models import Assist, Submission
from raquan.capture.tests.world import Field, envelope, instance, make_field, new_id
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.people.rules import Action, may


def _how(field: Field, snapshot_id: object = None) -> dict[str, Number | None]:
    figure = queries.figure(SYSTEM, "assists", "how", campaign_id=field.campaign_id, snapshot_id=snapshot_id)  # type: ignore[arg-type]
    return {row.key: row.value for row in figure.rows}


def test_extracting_changes_no_number(field: Field, send: Send, now: datetime) -> None:
    send({"how": "self"}, {"how": "guided"}, {"how": "guided"})
    before = _how(field)
    done = commands.extract_facts(by=SYSTEM, now=now)
    assert (done.facts, queries.facts_pending()) == (3, False)
    assert _how(field) == before == {"self": 1, "guided": 2}
    assert commands.extract_facts(by=SYSTEM, now=now).facts == 0
    send({"how": "done_for"})
    assert queries.facts_pending()
    assert _how(field) == {"self": 1, "guided": 2, "done_for": 1}


def test_only_the_system_extracts(field: Field, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        commands.extract_facts(by=field.office, now=now)


def test_a_correction_counts_once_before_and_after_extracting(field: Field, send: Send, now: datetime) -> None:
    first, _ = send({"how": "guided"}, {"how": "guided"})
    commands.extract_facts(by=SYSTEM, now=now)
    send({"how": "self", "deprecated_id": first, "instance_id": new_id()})
    assert _how(field) == {"self": 1, "guided": 1}
    commands.extract_facts(by=SYSTEM, now=now)
    assert _how(field) == {"self": 1, "guided": 1}


def test_files_of_another_database_are_refused(field: Field, send: Send, now: datetime) -> None:
    send({})
    commands.extract_facts(by=SYSTEM, now=now)
    Assist.objects.all().delete()
    Submission.objects.all().update(projected_at=None)
    with pytest.raises(FactsAhead):
        _how(field)
    with pytest.raises(FactsAhead):
        commands.extract_facts(by=SYSTEM, now=now)


def test_a_frozen_figure_never_moves(field: Field, send: Send, now: datetime) -> None:
    first, _ = send({"how": "guided"}, {"how": "guided"})
    frozen = commands.freeze_snapshot(by=field.office, now=now, campaign_id=field.campaign_id, note=" nhanh ")
    send({"how": "self", "deprecated_id": first, "instance_id": new_id()}, {"how": "self"})
    assert _how(field) == {"self": 2, "guided": 1}
    assert _how(field, frozen) == {"guided": 2}
    commands.extract_facts(by=SYSTEM, now=now)
    assert _how(field, frozen) == {"guided": 2}
    view = queries.snapshot(field.office, frozen)
    assert (view.number, view.rows, view.note, view.synthetic) == (1, 2, "nhanh", True)
    assert AuditEntry.objects.get(verb="freeze_snapshot").subject_id == str(frozen)


def test_freezing_takes_what_is_still_to_be_read(field: Field, now: datetime) -> None:
    taken = [envelope(instance(field.outing_code)) for _ in range(3)]
    receive_submissions(by=field.device, now=now, envelopes=taken)
    frozen = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    assert _how(field, frozen) == {"guided": 3}


def test_snapshots_are_chained_and_proved(field: Field, send: Send, now: datetime, home: Path) -> None:
    send({})
    first = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    second = commands.freeze_snapshot(by=SYSTEM, now=now + timedelta(hours=1), campaign_id=field.campaign_id)
    one, two = Snapshot.objects.get(id=first), Snapshot.objects.get(id=second)
    assert (one.number, one.previous_sha256) == (1, "")
    assert (two.number, two.previous_sha256) == (2, one.manifest_sha256)
    assert one.manifest["files"] == two.manifest["files"]
    written = (home / "snapshots" / f"{two.manifest_sha256}.json").read_bytes()
    assert digest(written) == two.manifest_sha256
    assert canonical(json.loads(written)) == written == queries.manifest_json(SYSTEM, second)
    latest = queries.latest_snapshot(field.campaign_id)
    assert latest is not None
    assert latest.id == second


@pytest.mark.parametrize("harm", ["change", "remove", "manifest"])
def test_a_damaged_snapshot_is_not_read(field: Field, send: Send, now: datetime, home: Path, harm: str) -> None:
    send({})
    frozen = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    assert queries.is_whole(SYSTEM, frozen)
    row = Snapshot.objects.get(id=frozen)
    path = home / "snapshots" / row.manifest["files"][0]["name"]
    if harm == "change":
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    elif harm == "remove":
        path.unlink()
    else:
        Snapshot.objects.filter(id=frozen).update(manifest=row.manifest | {"rows": 1000})
    with pytest.raises(SnapshotDamaged):
        _how(field, frozen)
    assert not queries.is_whole(SYSTEM, frozen)


def test_the_same_request_freezes_once(field: Field, send: Send, now: datetime) -> None:
    send({})
    asked: dict[str, Any] = {"by": field.office, "now": now, "campaign_id": field.campaign_id, "request_id": uuid4()}
    assert commands.freeze_snapshot(**asked) == commands.freeze_snapshot(**asked)
    assert Snapshot.objects.count() == 1


def test_refusals_of_freezing(field: Field, now: datetime) -> None:
    for actor in (ANONYMOUS, field.officer, field.helper):
        assert not may(actor, Action.SNAPSHOT_FREEZE)
        with pytest.raises(NotAllowed):
            commands.freeze_snapshot(by=actor, now=now, campaign_id=field.campaign_id)
    with pytest.raises(NotFound):
        commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=uuid7())
    with pytest.raises(NothingToFreeze):
        commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    assert Snapshot.objects.count() == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers(now: datetime) -> None:
    world = make_field(now)
    receive_submissions(by=world.device, now=now, envelopes=[envelope(instance(world.outing_code))])

    def freeze(place: int) -> object:
        try:
            return commands.freeze_snapshot(
                by=SYSTEM, now=now + timedelta(seconds=place), campaign_id=world.campaign_id
            )
        except FreezeBusy as busy:
            return busy
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        frozen = list(pool.map(freeze, range(4)))
    rows = list(Snapshot.objects.order_by("number"))
    assert len(rows) == sum(not isinstance(one, FreezeBusy) for one in frozen) >= 1
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.previous_sha256 for row in rows[1:]] == [row.manifest_sha256 for row in rows[:-1]]
