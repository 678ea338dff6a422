"""Records of the form `display` become proofs, whatever comes first, twice, wrongly or is put right later."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from raquan.capture import commands as capture
from raquan.capture.commands import SentFile
from raquan.capture.rules import Envelope
from raquan.capture.tests.world import VERSION, new_id
from raquan.displays import commands, jobs, queries
from raquan.displays.rules import SiteKind
from raquan.displays.tests.test_commands import PHOTO, _ask, _site
from raquan.forms.commands import publish_form
from raquan.forms.tests.world import ROOT
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotAllowed
from raquan.outreach.tests.conftest import Make, Outreach

assert jobs  # it listens to records

Display = apps.get_model("displays.Display")
DisplayProof = apps.get_model("displays.DisplayProof")
DisplayReport = apps.get_model("displays.DisplayReport")
Notice = apps.get_model("notices.Notice")


@pytest.fixture
def hung(outreach: Outreach, make: Make, now: datetime) -> Any:
    """A display of a place that must show, and the form."""
    workbook = (ROOT / "forms" / "display.xlsx").read_bytes()
    publish_form(by=SYSTEM, now=now, xlsform=workbook, file_name="display.xlsx")
    _ask(outreach, now, make(until="approved", design="post"), _site(outreach, now, SiteKind.STREET))
    return Display.objects.get()


def _record(code: str, **said: str) -> bytes:
    """Write a record as a phone does."""
    id_, deprecated = said.pop("id", new_id()), said.pop("deprecated", "")
    answers = {"start": "2023-10-05T07:30:00.000+07:00", "code": code, "finding": "hung"} | said
    body = "".join(f"<{name}>{value}</{name}>" for name, value in answers.items())
    was = f"<orx:deprecatedID>{deprecated}</orx:deprecatedID>" if deprecated else ""
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="display" version="{VERSION}">{body}'
        f"<orx:meta><orx:instanceID>{id_}</orx:instanceID>{was}</orx:meta></data>"
    ).encode()


def _receive(outreach: Outreach, now: datetime, payload: bytes) -> UUID:
    envelope = Envelope(payload, received_at=now, device_id="field 2026.1 x")
    (verdict,) = capture.receive_submissions(by=outreach.field.device, now=now, envelopes=[envelope])
    assert verdict.is_taken, verdict
    capture.project_pending(now=now)
    commands.take_reports(now=now)
    found = apps.get_model("capture.Submission").objects.order_by("-id").values_list("id", flat=True)[0]
    assert isinstance(found, UUID)
    return found


def _photo(outreach: Outreach, now: datetime, submission_id: UUID, name: str = "a.jpg", data: bytes = PHOTO) -> None:
    sent = [SentFile(name, "image/jpeg", len(data), BytesIO(data))]
    capture.attach_files(by=outreach.field.device, now=now, submission_id=submission_id, sent=sent)
    commands.look_for_photos(now=now)


def _proofs() -> list[tuple[str, bool]]:
    rows = DisplayProof.objects.order_by("id").values_list("kind", "withdrawn_at")
    return [(kind, withdrawn is None) for kind, withdrawn in rows]


def _share(outreach: Outreach, now: datetime) -> tuple[int, int, int]:
    (one,) = queries.shares(outreach.office, outreach.campaign_id, now=now).items
    return one.proven, one.wanted, one.stated


def test_a_record_is_a_proof_once_its_photo_has_come(hung: Any, outreach: Outreach, now: datetime) -> None:
    payload = _record(hung.code, photo_consent="nobody", photo="a.jpg", place="Trước cổng chợ")
    record = _receive(outreach, now, payload)
    assert DisplayReport.objects.get().state == "waiting"
    assert _share(outreach, now) == (0, 1, 0)
    for _ in range(2):  # the same record and photo again are the same proof
        _photo(outreach, now, record)
        _receive(outreach, now, payload)
    assert _proofs() == [("photo", True)]
    assert _share(outreach, now) == (1, 1, 0)
    hung.refresh_from_db()
    assert hung.state == "up"
    (proof,) = queries.proofs_of(hung.id)
    assert (proof.place, proof.by_name, proof.record_id) == ("Trước cổng chợ", "H’Trang Niê", str(record))
    assert proof.seen_at.isoformat() == "2023-10-05T00:30:00+00:00"
    assert proof.picture_sha256
    assert queries.reports_of(hung.id) == ()


def test_without_consent_there_is_no_photo_and_it_counts_as_a_word(
    hung: Any, outreach: Outreach, now: datetime
) -> None:
    _receive(outreach, now, _record(hung.code, photo_consent="refused"))
    assert _proofs() == [("stated", True)]
    assert _share(outreach, now) == (0, 1, 1)


def test_an_unknown_code_waits_for_who_knows_the_place(hung: Any, outreach: Outreach, now: datetime) -> None:
    record = _receive(outreach, now, _record("", typed="không nhớ", photo_consent="nobody", photo="a.jpg"))
    _photo(outreach, now, record)
    report = DisplayReport.objects.get()
    assert (report.state, report.display_id, bool(report.picture_sha256)) == ("unknown", None, True)
    assert report.code == "không nhớ", "as it was typed"
    assert queries.reports(outreach.office).total == 1
    assert queries.reports(outreach.officers[1]).total == 0
    match: dict[str, Any] = {"now": now, "report_id": report.id}
    with pytest.raises(commands.CodeUnknown):
        commands.match_report(by=outreach.office, code="AAA-222222", **match)
    with pytest.raises(NotAllowed):
        commands.match_report(by=outreach.officers[1], code=hung.code, **match)
    for _ in range(2):
        commands.match_report(by=outreach.office, code=f" {hung.code.lower()} ", **match)
    assert _proofs() == [("photo", True)]
    report.refresh_from_db()
    assert (report.state, report.matched_by_name) == ("taken", outreach.office.name)
    assert queries.reports(outreach.officers[0]).total == 1, "it is of a place of theirs now"


def test_a_correction_and_a_deletion_take_back_what_was_said(hung: Any, outreach: Outreach, now: datetime) -> None:
    first = new_id()
    record = _receive(outreach, now, _record(hung.code, id=first, photo_consent="nobody", photo="a.jpg"))
    _photo(outreach, now, record)
    second = new_id()
    # The photo came with the first version; the place was told better.
    said = {"photo_consent": "nobody", "photo": "a.jpg", "place": "Ngã sáu"}
    _receive(outreach, now, _record(hung.code, id=second, deprecated=first, **said))
    assert _proofs() == [("photo", True)]
    third = _receive(outreach, now, _record("AAA-222222", id=new_id(), deprecated=second, **said))
    assert _proofs() == [("photo", False)]
    hung.refresh_from_db()
    assert (hung.state, hung.proof_kind, hung.proven_at) == ("asked", "", None)
    assert _share(outreach, now) == (0, 1, 0)
    report = DisplayReport.objects.get()
    commands.match_report(by=outreach.office, now=now, report_id=report.id, code=hung.code)
    assert _proofs() == [("photo", False), ("photo", True)]
    capture.delete_record(by=outreach.office, now=now, submission_id=third, reason="Chụp nhầm")
    commands.take_reports(now=now)
    assert _proofs() == [("photo", False), ("photo", False)]
    assert DisplayReport.objects.get().state == "deleted"


def test_damage_is_told_to_the_unit_until_it_hangs_whole(hung: Any, outreach: Outreach, now: datetime) -> None:
    _receive(outreach, now, _record(hung.code, finding="damaged", photo_consent="refused", note="Rách một góc"))
    assert _proofs() == []
    told = Notice.objects.get(kind="displays.damaged")
    (report,) = queries.reports_of(hung.id)
    assert (report.finding, report.note, report.state) == ("damaged", "Rách một góc", "taken")
    record = _receive(outreach, now, _record(hung.code, photo_consent="nobody", photo="b.jpg"))
    _photo(outreach, now, record, "b.jpg")
    told.refresh_from_db()
    assert told.settled_at is not None


def test_what_is_over_is_proven_no_more_and_loses_nothing(hung: Any, outreach: Outreach, now: datetime) -> None:
    commands.state_shown(by=outreach.office, now=now, display_id=hung.id, place="x", request_id=uuid4())
    commands.remove_display(by=outreach.office, now=now, display_id=hung.id, seen=2)
    later = now + timedelta(hours=1)
    _receive(outreach, later, _record(hung.code, finding="removed", photo_consent="refused"))
    _receive(outreach, later, _record(hung.code, photo_consent="refused"))
    assert sorted(one.state for one in queries.reports_of(hung.id)) == ["over", "taken"]
    assert _proofs() == [("stated", True)]


def test_records_of_other_forms_are_let_be(outreach: Outreach, now: datetime) -> None:
    assert commands.take_reports(now=now) == 0
    assert not queries.has_new_reports()
