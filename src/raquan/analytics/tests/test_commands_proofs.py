"""Files of facts agree with the database day by day; a snapshot is proved from a folder, and two are compared."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from raquan.analytics import commands, gateways, queries
from raquan.analytics.queries.stores import facts_root, snapshots_folder
from raquan.analytics.rules import CORRECTED, LATE, NEW, REJECTED, Kind
from raquan.analytics.tests.conftest import Send
from raquan.capture.commands import project_pending, receive_submissions, review_submission
from raquan.capture.models import Submission
from raquan.capture.rules import ReviewState
from raquan.capture.tests.world import Field, envelope, instance
from raquan.kernel.actor import ANONYMOUS, SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.ledger.queries import receipt_key
from raquan.outings.commands import cancel_outing, check_in
from raquan.outings.models import Outing


def _withdraw(field: Field, instance_id: str, now: datetime) -> None:
    row = Submission.objects.get(instance_id=instance_id)
    review_submission(by=field.officer, now=now, submission_id=row.id, state=ReviewState.REJECTED, comment="Trùng")
    project_pending(now=now)


def test_files_hold_what_the_database_holds(field: Field, send: Send, now: datetime) -> None:
    send({}, {}, {})
    commands.extract_facts(by=SYSTEM, now=now)
    assert commands.extract_activity(by=SYSTEM, now=now).days == 1
    assert commands.extract_activity(by=SYSTEM, now=now).days == 0
    checked = commands.verify_facts(by=SYSTEM, now=now)
    assert {one.kind for one in checked} >= {Kind.ASSIST, Kind.OUTING}
    assert all(one.is_same and one.in_files == one.in_database for one in checked)


def test_a_late_change_makes_a_new_file_and_leaves_the_old_one(field: Field, send: Send, now: datetime) -> None:
    commands.extract_activity(by=SYSTEM, now=now)
    before = {path: path.read_bytes() for path in facts_root().rglob("*.parquet")}
    check_in(by=field.helper, now=now, outing_code=field.outing_code, at=now)
    apart = [one.kind for one in commands.verify_facts(by=SYSTEM, now=now) if not one.is_same]
    assert apart == [Kind.ATTENDANCE]
    assert commands.extract_activity(by=SYSTEM, now=now).days == 1
    assert all(path.read_bytes() == data for path, data in before.items())
    assert all(one.is_same for one in commands.verify_facts(by=SYSTEM, now=now))


def test_a_file_that_was_touched_is_found(field: Field, send: Send, now: datetime) -> None:
    check_in(by=field.helper, now=now, outing_code=field.outing_code, at=now)
    commands.extract_activity(by=SYSTEM, now=now)
    outings = next(facts_root().glob("outing/*/*/*.parquet"))
    other = next(facts_root().glob("attendance/*/*/*.parquet"))
    outings.write_bytes(other.read_bytes())
    assert [one.kind for one in commands.verify_facts(by=SYSTEM, now=now) if not one.is_same] == [Kind.OUTING]


def test_only_the_system_writes_and_verifies(field: Field, now: datetime) -> None:
    for command in (commands.extract_activity, commands.verify_facts):
        with pytest.raises(NotAllowed):
            command(by=field.officer, now=now)


def test_checking_in_and_calling_off_reach_the_figures_at_once(field: Field, now: datetime) -> None:
    def total(key: str) -> object:
        return queries.figure(SYSTEM, key, "day", campaign_id=field.campaign_id).total

    assert (total("attendances"), total("outings_planned"), total("outings_cancelled")) == (None, 2, 0)
    check_in(by=field.helper, now=now, outing_code=field.outing_code, at=now)
    assert (total("attendances"), total("helpers"), total("team_places")) == (1, 1, 0)
    outing = Outing.objects.get(code=field.outing_code)
    hours = (outing.ends_at.hour - 9) + outing.ends_at.minute / 60
    assert float(str(total("helper_hours"))) == pytest.approx(hours, abs=0.06)
    cancel_outing(by=field.officer, now=now, outing_id=field.outing_id, reason="Mưa to")
    assert (total("attendances"), total("outings_planned"), total("outings_cancelled")) == (None, 1, 1)


def _frozen(field: Field, now: datetime) -> Path:
    commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    return snapshots_folder()


def test_a_snapshot_is_proved_from_a_folder(field: Field, send: Send, now: datetime, tmp_path: Path) -> None:
    send({}, {})
    _frozen(field, now)
    send({})
    home = _frozen(field, now + timedelta(hours=1))
    latest = queries.latest_snapshot(field.campaign_id)
    assert latest is not None
    assert latest.signed_by == receipt_key().kid
    folder = tmp_path / "usb"
    gateways.export_snapshot(home, folder, *queries.chain_of(SYSTEM, latest.id), receipt_key())
    proofs = gateways.verify_folder(folder)
    assert [(one.is_whole, one.has_files) for one in proofs] == [(True, False), (True, True)]
    assert all(one.is_whole for one in gateways.verify_folder(home, receipt_key().spki, all_files=True))


@pytest.mark.parametrize("what", ["file", "manifest", "signature", "previous", "missing", "key"])
def test_whatever_is_touched_is_found(field: Field, send: Send, now: datetime, tmp_path: Path, what: str) -> None:
    send({}, {})
    _frozen(field, now)
    send({})
    home = _frozen(field, now + timedelta(hours=1))
    second = queries.snapshots(SYSTEM).items[0].id
    manifests, files = queries.chain_of(SYSTEM, second)
    folder = tmp_path / "usb"
    gateways.export_snapshot(home, folder, manifests, files, receipt_key())
    spki = ""
    match what:
        case "file":
            (folder / files[0]).write_bytes((folder / files[0]).read_bytes()[:-1] + b"\0")
        case "manifest":
            path = folder / f"{manifests[1]}.json"
            path.write_bytes(path.read_bytes().replace(b'"number":2', b'"number":3'))
        case "signature":
            (folder / f"{manifests[1]}.jws").write_text((folder / f"{manifests[0]}.jws").read_text())
        case "previous":
            (folder / f"{manifests[0]}.json").unlink()
        case "missing":
            (folder / files[0]).unlink()
        case "key":
            spki = "AAAA"
    found = {finding.code for proof in gateways.verify_folder(folder, spki) for finding in proof.findings}
    wanted = {
        "file": "file_changed",
        "manifest": "manifest_changed",
        "signature": "signature_of_other",
        "previous": "previous_missing",
        "missing": "file_missing",
        "key": "signature_wrong",
    }
    assert wanted[what] in found


def test_two_snapshots_say_what_changed_and_why(field: Field, send: Send, now: datetime) -> None:
    kept, rejected, _ = send({"how": "self"}, {"how": "self"}, {"how": "guided"})
    before = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    _withdraw(field, rejected, now)
    send({"how": "guided"})
    changed = instance(field.outing_code, how="done_for", deprecated_id=kept)
    receive_submissions(by=field.device, now=now, envelopes=[envelope(changed)])
    project_pending(now=now)
    after = commands.freeze_snapshot(by=SYSTEM, now=now + timedelta(hours=1), campaign_id=field.campaign_id)
    found = queries.compare_measure(SYSTEM, after, before, "assists", "how")
    rows = {row.key: (row.before, row.after, dict(row.reasons)) for row in found.rows}
    assert found.is_explained
    assert rows["guided"] == (1, 2, {LATE: 1})
    assert rows["self"][:2] == (2, 0)
    assert rows["self"][2] == {CORRECTED: -1, REJECTED: -1}
    assert rows["done_for"] == (0, 1, {CORRECTED: 1})
    for row in found.rows:
        assert sum(row.reasons.values()) == row.difference
    seen = queries.changed_page(field.officer, before, after, "assists", "how")
    assert (seen.page.total, len(seen.page.items), seen.hidden) == (3, 3, 0)
    stranger = queries.changed_page(field.city_officer, before, after, "assists", "how")
    assert (stranger.page.total, len(stranger.page.items), stranger.hidden) == (3, 0, 3)
    whole = queries.compare_snapshots(SYSTEM, before, after)
    assert {one.measure.key: one.difference for one in whole.measures}["assists"] == 0
    assert NEW not in whole.reasons


def test_a_snapshot_is_not_compared_with_itself(field: Field, send: Send, now: datetime) -> None:
    send({})
    one = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    with pytest.raises(queries.NotComparable):
        queries.compare_snapshots(SYSTEM, one, one)
    with pytest.raises(NotAllowed):
        queries.compare_snapshots(ANONYMOUS, one, one)


def test_what_came_after_the_cut_is_said(field: Field, send: Send, now: datetime) -> None:
    send({}, {})
    frozen = commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    send({})
    figure = queries.figure(SYSTEM, "assists", "day", snapshot_id=frozen)
    standing = queries.standing(SYSTEM, figure, now=now)
    assert (figure.total, standing.now_total, standing.since) == (2, 3, 1)
    assert ("Sau khi chốt", "Bổ sung sau chốt: +1 lượt; nay là 3.") in queries.about(figure, standing, "https://x")
