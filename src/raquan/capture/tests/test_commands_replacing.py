"""A program corrects a record by sending it whole: each version once, by who reviews it, and only the current one."""

from datetime import datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from raquan.capture import commands
from raquan.capture.models import Submission
from raquan.capture.rules import Outcome, Verdict
from raquan.capture.tests.world import Field, envelope, instance, make_field, new_id
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound, Refused


def receive(field: Field, now: datetime, instance_id: str) -> None:
    sent = envelope(instance(field.outing_code, instance_id=instance_id))
    commands.receive_submissions(by=field.device, now=now, envelopes=[sent])


def replace(by: Actor, now: datetime, root: str, payload: bytes) -> Verdict:
    return commands.replace_submission(by=by, now=now, root_instance_id=root, envelope=envelope(payload))


def test_a_correction_is_taken_once_for_each_version(field: Field, now: datetime) -> None:
    root, second, third = new_id(), new_id(), new_id()
    receive(field, now, root)
    edit = instance(field.outing_code, instance_id=second, deprecated_id=root, how="self")
    again = instance(field.outing_code, instance_id=third, deprecated_id=second, how="guided")
    stale = instance(field.outing_code, deprecated_id=root, how="done_for")
    outcomes = [replace(field.officer, now, root, one).outcome for one in (edit, edit, again, stale)]
    assert outcomes == [Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.ACCEPTED, Outcome.CONFLICT]
    assert set(Submission.objects.values_list("root_instance_id", flat=True)) == {root}


def test_what_is_no_correction_of_it_is_refused(field: Field, now: datetime) -> None:
    root, other = new_id(), new_id()
    receive(field, now, root)
    receive(field, now, other)

    def refusal(payload: bytes, by: Actor = field.officer, of: str = root) -> type[Refused]:
        with pytest.raises(Refused) as refused:
            replace(by, now, of, payload)
        return type(refused.value)

    edit = instance(field.outing_code, deprecated_id=root)
    assert refusal(instance(field.outing_code)) is commands.CorrectsNothing
    assert refusal(instance(field.outing_code, deprecated_id=other)) is commands.CorrectsAnother
    assert refusal(instance(field.outing_code, deprecated_id=new_id())).code == "edit.unknown"
    assert refusal(edit, of=new_id()) is NotFound
    assert refusal(edit, by=field.city_officer) is NotAllowed
    assert refusal(edit, by=field.device) is NotAllowed
    assert refusal(b"<data").code == "envelope.malformed"
    assert Submission.objects.count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_are_one(now: datetime) -> None:
    field, root = make_field(now), new_id()
    receive(field, now, root)
    start, outcomes = Barrier(2), []

    def correct(how: str) -> None:
        try:
            payload = instance(field.outing_code, deprecated_id=root, how=how)
            start.wait(10)
            outcomes.append(replace(field.officer, now, root, payload).outcome)
        finally:
            connection.close()

    threads = [Thread(target=correct, args=[how]) for how in ("self", "done_for")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == [Outcome.ACCEPTED, Outcome.CONFLICT]
    assert Submission.objects.count() == 2
