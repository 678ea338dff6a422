"""What the desk is told of photos: what was agreed, of every version of a record."""

from datetime import datetime
from io import BytesIO
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.capture import commands, queries
from raquan.capture.models import Submission
from raquan.capture.tests.test_commands_photos import PICTURE, photo, record, send
from raquan.capture.tests.world import Field, envelope, instance, new_id
from raquan.kernel.refused import NotAllowed, NotFound

__all__ = ["record"]


def test_a_photo_stays_with_the_record_through_its_corrections(field: Field, now: datetime, record: str) -> None:
    send(field, now, photo(record))
    edited = instance(field.outing_code, instance_id=new_id(), deprecated_id=record, how="self")
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(edited)])
    commands.begin_photo(by=field.device, now=now, said=photo(record))
    commands.project_pending(now=now)
    assert verdict.submission_id is not None
    found = queries.photos_of(field.officer, verdict.submission_id)
    (shown,) = found.photos
    assert (shown.consent, shown.consent_name, shown.agreed_by) == ("nobody", "Không nhận ra ai", ())
    assert shown.name in found.names
    assert found.awaited == 1


def test_consent_that_another_app_asked_for_is_read_beside_the_photo(field: Field, now: datetime) -> None:
    picture = "<picture><photo_consent>agreed</photo_consent><photo>a.jpg</photo>"
    picture += "<photo_illustration>yes</photo_illustration></picture><other>b.jpg</other>"
    payload = instance(field.outing_code).replace(b"<orx:meta>", picture.encode() + b"<orx:meta>")
    (verdict,) = commands.receive_submissions(by=field.device, now=now, envelopes=[envelope(payload)])
    assert verdict.submission_id is not None
    files = [commands.SentFile(name, "image/jpeg", len(PICTURE), BytesIO(PICTURE)) for name in ("a.jpg", "b.jpg")]
    files.append(commands.SentFile("c.csv", "text/csv", 3, BytesIO(b"a,b")))
    commands.attach_files(by=field.device, now=now, submission_id=verdict.submission_id, sent=files)
    commands.project_pending(now=now)
    first, second = queries.photos_of(field.officer, verdict.submission_id).photos
    assert (first.name, first.consent, first.is_illustration) == ("a.jpg", "agreed", True)
    assert (second.name, second.consent, second.is_illustration) == ("b.jpg", "", False)


def test_only_who_reads_the_record_sees_its_photos(field: Field, now: datetime, record: str) -> None:
    send(field, now, photo(record))
    commands.project_pending(now=now)
    row = Submission.objects.get(instance_id=record)
    for stranger in (field.city_officer, field.helper):
        with pytest.raises(NotAllowed):
            queries.photos_of(stranger, row.id)
    with pytest.raises(NotFound):
        queries.photos_of(field.officer, uuid4())


def test_queries_do_not_grow_with_the_photos(
    field: Field, now: datetime, record: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        send(field, now, photo(record))
    commands.project_pending(now=now)
    row = Submission.objects.get(instance_id=record)
    with django_assert_max_num_queries(8):
        assert len(queries.photos_of(field.officer, row.id).photos) == 5
