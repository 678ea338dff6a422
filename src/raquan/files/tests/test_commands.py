"""Files are stored once, whole, and handed out only by a signed address."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connections, transaction

from raquan.files import commands, queries
from raquan.files.models import Blob
from raquan.files.rules import storage_name
from raquan.kernel.actor import SYSTEM
from raquan.kernel.refused import NotFound
from raquan.ledger.models import AuditEntry

PLAN = "Kế hoạch 138/KH-UBND".encode()


@pytest.mark.django_db
def test_the_same_bytes_are_one_file() -> None:
    first = commands.store_file(by=SYSTEM, data=PLAN, media_type="text/plain")
    second = commands.store_file(by=SYSTEM, data=io.BytesIO(PLAN))
    assert first == second
    assert first.sha256 == hashlib.sha256(PLAN).hexdigest()
    assert queries.read_file(first.sha256) == PLAN
    assert AuditEntry.objects.filter(verb="store_file").count() == 1


@pytest.mark.django_db
def test_a_crash_while_writing_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    class Torn(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1) -> bytes:
            Torn.reads += 1
            if Torn.reads > 3:
                raise OSError("disk")
            return super().read(4)

    with pytest.raises(OSError, match="disk"):
        commands.store_file(by=SYSTEM, data=Torn(b"abcdefgh1234"))
    name = storage_name(hashlib.sha256(b"abcdefgh1234").hexdigest())
    folder = Path(default_storage.path(name)).parent
    assert not folder.exists() or list(folder.iterdir()) == []
    assert not Blob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_store_one_file() -> None:
    def store(_: int) -> str:
        try:
            return commands.store_file(by=SYSTEM, data=b"photo" * 1000).sha256
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(store, range(8)))) == 1
    assert Blob.objects.count() == 1


@pytest.mark.django_db
def test_a_file_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        queries.read_file("0" * 64)
    with pytest.raises(NotFound):
        queries.read_token("forged")


@pytest.mark.django_db
def test_lost_bytes_come_back_with_the_next_copy() -> None:
    stored = commands.store_file(by=SYSTEM, data=PLAN, media_type="text/plain")
    Path(default_storage.path(storage_name(stored.sha256))).unlink()
    with pytest.raises(NotFound):
        queries.read_file(stored.sha256)
    assert commands.store_file(by=SYSTEM, data=PLAN) == stored
    assert queries.read_file(stored.sha256) == PLAN


@pytest.mark.django_db
def test_damage_is_noticed() -> None:
    stored = commands.store_file(by=SYSTEM, data=b"1.234")
    Path(default_storage.path(storage_name(stored.sha256))).write_bytes(b"9.234")
    with pytest.raises(queries.FileDamaged) as refused:
        queries.read_file(stored.sha256)
    assert stored.sha256 in refused.value.text()
    Path(default_storage.path(storage_name(stored.sha256))).unlink()


@pytest.mark.django_db
@pytest.mark.parametrize("media_type", ["", "text", "text/html\r\nX: y", "a" * 70 + "/b", "text/html; charset=x"])
def test_a_media_type_that_is_none_becomes_some_bytes(media_type: str) -> None:
    stored = commands.store_file(by=SYSTEM, data=media_type.encode() + b"!", media_type=media_type)
    assert stored.media_type == queries.media_type(stored.sha256) == "application/octet-stream"


@pytest.mark.django_db
@pytest.mark.parametrize("sha256", ["", "abc", "a" * 63, "A" * 64])
def test_the_database_knows_what_a_hash_is(sha256: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.create(sha256=sha256, size=1, media_type="text/plain")


@pytest.mark.django_db
def test_an_empty_file_is_a_file() -> None:
    stored = commands.store_file(by=SYSTEM, data=b"")
    assert (stored.size, queries.read_file(stored.sha256)) == (0, b"")
