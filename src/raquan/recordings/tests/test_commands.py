"""A recording is sent, heard by a second speaker, played, grows old, is withdrawn."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from raquan.catalogue.models import Guide
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.recordings import commands, queries
from raquan.recordings.models import Recording, Sound
from raquan.recordings.rules.audio import SoundUnreadable
from raquan.recordings.tests import tones
from raquan.recordings.tests.conftest import GUIDE, Speakers, guide, spoken, version


def approve(speakers: Speakers, now: datetime, recording_id: UUID) -> None:
    commands.approve_recording(
        by=speakers.ythanh, now=now, recording_id=recording_id, text_version=version(now), has_heard=True
    )


def test_nothing_is_played_before_a_second_speaker_has_heard_it(speakers: Speakers, sent: UUID, now: datetime) -> None:
    assert queries.playable(guide(now)) == ()
    approve(speakers, now, sent)
    (one,) = queries.playable(guide(now))
    assert (one.language, one.speaker_name, one.seconds, one.extension) == ("rad", "H’Bia", 12, "webm")
    found = queries.playable_sound(guide(now), sent)
    assert found
    assert found[1] == tones.webm()
    approve(speakers, now, sent)  # the same person again
    assert AuditEntry.objects.filter(verb="approve_recording").count() == 1


def test_nobody_approves_their_own(speakers: Speakers, now: datetime) -> None:
    own = commands.send_recording(by=speakers.ythanh, now=now, spoken=spoken(now))
    with pytest.raises(commands.OwnRecording):
        approve(speakers, now, own)
    with pytest.raises(commands.OwnRecording):
        commands.return_recording(by=speakers.ythanh, now=now, recording_id=own, reason="Ồn")


def test_a_helper_records_and_does_not_check(speakers: Speakers, now: datetime) -> None:
    own = commands.send_recording(by=speakers.ythanh, now=now, spoken=spoken(now))
    with pytest.raises(NotAllowed):
        commands.approve_recording(
            by=speakers.hbia, now=now, recording_id=own, text_version=version(now), has_heard=True
        )
    with pytest.raises(NotAllowed):
        commands.withdraw_recording(by=speakers.hbia, now=now, recording_id=own, reason="Không")


def test_who_has_not_heard_it_does_not_approve(speakers: Speakers, sent: UUID, now: datetime) -> None:
    with pytest.raises(commands.NotHeard):
        commands.approve_recording(
            by=speakers.ythanh, now=now, recording_id=sent, text_version=version(now), has_heard=False
        )


def test_another_unit_sees_nothing_of_it_and_the_office_may_check(
    speakers: Speakers, sent: UUID, now: datetime
) -> None:
    with pytest.raises(NotFound):
        commands.return_recording(by=speakers.hung, now=now, recording_id=sent, reason="Ồn")
    commands.return_recording(by=speakers.lan, now=now, recording_id=sent, reason="Ồn quá, thu lại trong nhà")
    commands.return_recording(by=speakers.lan, now=now, recording_id=sent, reason="Ồn quá, thu lại trong nhà")
    assert Recording.objects.get().state == "returned"
    with pytest.raises(commands.StepImpossible):
        approve(speakers, now, sent)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"agrees": False}, commands.ConsentMissing),
        ({"language": "en"}, commands.GuideUnknown),
        ({"service_code": "no_such"}, commands.GuideUnknown),
        ({"text_version": "0" * 16}, commands.TextChanged),
        ({"data": b"no sound"}, SoundUnreadable),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(
    speakers: Speakers, now: datetime, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        commands.send_recording(by=speakers.hbia, now=now, spoken=spoken(now, **changes))
    assert not Recording.objects.exists()
    assert not Sound.objects.exists()


def test_the_same_request_again_is_one_recording(speakers: Speakers, now: datetime) -> None:
    request = uuid4()
    first = commands.send_recording(by=speakers.hbia, now=now, spoken=spoken(now), request_id=request)
    assert commands.send_recording(by=speakers.hbia, now=now, spoken=spoken(now), request_id=request) == first
    assert Recording.objects.count() == 1


def test_when_the_words_change_it_waits_until_it_was_heard_again(speakers: Speakers, sent: UUID, now: datetime) -> None:
    approve(speakers, now, sent)
    seen = version(now)
    for one in Guide.objects.filter(service_code=GUIDE):
        Guide.objects.filter(id=one.id).update(steps=[*one.steps, {"vi": "Nhận giấy khai sinh."}])
    assert queries.playable(guide(now)) == ()
    assert queries.playable_sound(guide(now), sent) is None
    assert queries.recording(speakers.ythanh, sent, on=now.date()).is_old
    with pytest.raises(commands.TextChanged):
        commands.approve_recording(by=speakers.ythanh, now=now, recording_id=sent, text_version=seen, has_heard=True)
    approve(speakers, now, sent)
    assert len(queries.playable(guide(now))) == 1


def test_a_new_recording_takes_the_place_of_the_last(speakers: Speakers, sent: UUID, now: datetime) -> None:
    approve(speakers, now, sent)
    newer = commands.send_recording(by=speakers.hbia, now=now, spoken=spoken(now, seconds=20))
    approve(speakers, now, newer)
    assert [one.id for one in queries.playable(guide(now))] == [newer]
    assert Recording.objects.get(id=sent).state == "replaced"
    assert list(Sound.objects.values_list("recording_id", flat=True)) == [newer]


@pytest.mark.parametrize("who", ["hbia", "ythanh", "lan"])
def test_a_withdrawn_recording_is_gone_everywhere(speakers: Speakers, sent: UUID, now: datetime, who: str) -> None:
    approve(speakers, now, sent)
    commands.withdraw_recording(by=getattr(speakers, who), now=now, recording_id=sent, reason="Người đọc xin rút")
    commands.withdraw_recording(by=getattr(speakers, who), now=now, recording_id=sent, reason="Người đọc xin rút")
    assert queries.playable(guide(now)) == ()
    assert not Sound.objects.exists()
    with pytest.raises(NotFound):
        queries.heard_sound(speakers.lan, sent)
    with pytest.raises(commands.StepImpossible):
        approve(speakers, now, sent)


@pytest.mark.parametrize("act", [commands.return_recording, commands.withdraw_recording])
def test_a_reason_is_asked_for(speakers: Speakers, sent: UUID, now: datetime, act: object) -> None:
    with pytest.raises(commands.ReasonMissing):
        act(by=speakers.lan, now=now, recording_id=sent, reason="  ")  # type: ignore[operator]
