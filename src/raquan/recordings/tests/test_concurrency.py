"""Two listeners at the same moment: one recording is played, and the other listener is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connections

from raquan.kernel.refused import Refused
from raquan.recordings import commands
from raquan.recordings.models import Recording, Sound
from raquan.recordings.tests.conftest import Speakers, spoken, version


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_leave_one_answer(speakers: Speakers, now: datetime) -> None:
    recordings = [commands.send_recording(by=speakers.hbia, now=now, spoken=spoken(now, n)) for n in (5, 7)]
    words = version(now)

    def decide(who: int) -> str:
        recording_id: UUID = recordings[who % 2]
        try:
            if who < 2:
                commands.approve_recording(
                    by=speakers.ythanh, now=now, recording_id=recording_id, text_version=words, has_heard=True
                )
            else:
                commands.return_recording(by=speakers.lan, now=now, recording_id=recording_id, reason="Ồn")
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(decide, range(4)))
    assert set(said) <= {"done", "recordings.changed"}
    states = list(Recording.objects.values_list("state", flat=True))
    assert states.count("approved") <= 1
    assert "waiting" not in states or "recordings.changed" in said
    assert Sound.objects.count() == sum(one in ("approved", "returned", "waiting") for one in states)
