"""What a bundle is told whose outside is right and whose inside is not, and what holds for all of it."""

import gzip
import json

import pytest
from pytest_django import DjangoAssertNumQueries

from raquan.capture.models import Submission
from raquan.capture.tests.world import Field, new_id
from raquan.field.tests.conftest import CLIENT, Phone, batch, item, said_by
from raquan.field.tests.sealing import seal_bundle

pytestmark = pytest.mark.django_db


def packed(said: object) -> bytes:
    """Pack what stands inside."""
    return gzip.compress(json.dumps(said).encode(), mtime=0)


@pytest.mark.parametrize(
    "inside",
    [
        b"no gzip",
        gzip.compress(b"no json", mtime=0),
        gzip.compress(b"\xff", mtime=0),
        packed([]),
        packed({"key": "k"}),
        packed({"key": "k", "batches": []}),
        packed({"key": "k", "batches": [[]]}),
        packed({"key": 1, "batches": [[{}]]}),
        packed({"key": "k", "batches": [[{}]] * 21}),
        gzip.compress(b" " * (8 * 1024 * 1024 + 1), mtime=0),
    ],
)
def test_an_inside_that_no_app_writes_is_refused(phone: Phone, inside: bytes) -> None:
    assert said_by(phone.post("relay", seal_bundle(phone.key, inside=inside))) == (400, "bundle.damaged")


def test_a_batch_that_sync_would_refuse_is_refused(phone: Phone, field: Field) -> None:
    many = batch(*(item(field.outing_code, seq=n + 1) for n in range(51)))
    assert said_by(phone.post("relay", seal_bundle(phone.key, many))) == (413, "sync.too_many")


def test_one_bad_record_spoils_no_other(phone: Phone, field: Field) -> None:
    bad = item(field.outing_code, seq=2) | {"sha256": "0" * 64}
    bundle = seal_bundle(phone.key, batch(item(field.outing_code, seq=1), bad), batch(item(field.outing_code, seq=3)))
    said = json.loads(phone.post("relay", bundle).content)
    assert (said["taken"], said["refused"]) == (2, 1)
    assert Submission.objects.count() == 2


def test_a_correction_may_come_in_a_later_batch_of_the_same_bundle(phone: Phone, field: Field) -> None:
    first = new_id()
    original = item(field.outing_code, seq=1, item_id=first)
    correction = item(field.outing_code, seq=2, deprecated_id=first)
    said = json.loads(phone.post("relay", seal_bundle(phone.key, batch(original), batch(correction))).content)
    assert (said["taken"], said["refused"]) == (2, 0)


def test_the_answer_tells_of_gaps_and_whose_it_is(phone: Phone, field: Field) -> None:
    said = json.loads(phone.post("relay", seal_bundle(phone.key, batch(item(field.outing_code, seq=3)))).content)
    assert (said["raquan"], said["client_id"]) == ("answer", CLIENT)
    assert said["answer"].count(".") == 1


def test_queries_grow_with_batches_and_not_with_records(
    phone: Phone, field: Field, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batches = [batch(*(item(field.outing_code, seq=50 * n + m + 1) for m in range(50))) for n in range(2)]
    bundle = seal_bundle(phone.key, *batches)
    with django_assert_max_num_queries(45):
        assert phone.post("relay", bundle).status_code == 200
