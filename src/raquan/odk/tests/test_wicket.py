"""The wicket answers as Django does, to the byte, and leaves the same behind; what is not plain is Django's."""

import gzip
import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction

from raquan.capture.models import Attachment, Submission
from raquan.capture.tests.world import KEY, VERSION, Field, instance, new_id
from raquan.forms.commands import set_form_state
from raquan.forms.rules import FormState
from raquan.kernel import clock
from raquan.kernel.actor import SYSTEM
from raquan.ledger.models import AuditEntry
from raquan.odk.wicket import SMALL, Wicket
from raquan.people import commands as people

ADDRESS = f"/v1/key/{KEY}/projects/2023/submission"
HEAD = 'Content-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\nContent-Type: text/xml'
PHOTO = 'Content-Disposition: form-data; name="photo"; filename="1.jpg"\r\nContent-Type: image/jpeg'
INCOMPLETE = 'Content-Disposition: form-data; name="*isIncomplete*"'
RANDOM = re.compile(rb"\b[0-9a-f]{8}\b")
"""What a visitor tells us of an error by."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's connection, in the middle of its transaction, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@dataclass(frozen=True)
class Sent:
    """A request as it reaches the server; without a `length` it is that of the body."""

    body: bytes = b""
    method: str = "POST"
    path: str = ADDRESS
    query: str = "deviceID=collect%3Aabc"
    kind: str = "multipart/form-data; boundary=line"
    length: str | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def environ(self) -> dict[str, Any]:
        """Write it as a WSGI server does; what is None in `more` is left out."""
        said = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": self.path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": self.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.kind,
            "CONTENT_LENGTH": str(len(self.body)) if self.length is None else self.length,
            "HTTP_HOST": "testserver",
            "HTTP_X_OPENROSA_VERSION": "1.0",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_USER_AGENT": "org.odk.collect.android/v2026.2.4",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.input_terminated": True,
            "wsgi.errors": io.StringIO(),
            **self.more,
        }
        return {name: value for name, value in said.items() if value is not None}


@dataclass(frozen=True)
class Came:
    """What was answered, and what is in the database after it."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    rows: list[Any]


def ask(application: Any, sent: Sent) -> Came:
    """Send a request, see what it leaves behind, and undo that."""
    said: list[Any] = []
    with transaction.atomic():
        environ = sent.environ()
        answer = application(environ, lambda status, headers: said.append((status, headers)))
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        environ["wsgi.input"].close()  # the spooled one, where it came in chunks
        rows = _rows()
        transaction.set_rollback(True)
    ((status, headers),) = said
    if ("Content-Encoding", "gzip") in headers:  # which carries some random bytes, against BREACH
        headers, body = [one for one in headers if one[0] != "Content-Length"], gzip.decompress(body)
    return Came(status, headers, RANDOM.sub(b"", body), rows)


def _rows() -> list[Any]:
    if "capture_submission" not in connection.introspection.table_names():
        return []
    kept = [
        {name: value for name, value in row.items() if name not in ("id", "received_at")}
        for row in Submission.objects.order_by("instance_id").values()
    ]
    files = list(Attachment.objects.order_by("name").values_list("submission__instance_id", "name", "sha256"))
    acts = AuditEntry.objects.filter(subject="capture.Submission").order_by("at", "id")
    return [kept, files, list(acts.values_list("verb", "actor_id", "actor_kind", "actor_name"))]


def both(sent: Sent) -> tuple[Came, Came, bool]:
    """Send a request both ways; tell also whether the wicket answered by itself."""
    house, handed = WSGIHandler(), []

    def behind(environ: Any, start: Any) -> Any:
        handed.append(environ)
        return house(environ, start)

    return ask(house, sent), ask(Wicket(behind), sent), not handed


def parts(*pieces: tuple[str, bytes], end: bytes = b"--line--\r\n") -> bytes:
    """Write a multipart body."""
    return b"".join(b"--line\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n" for head, data in pieces) + end


def record(payload: bytes, **other: Any) -> Sent:
    """Send a record as Collect does."""
    return Sent(parts((HEAD, payload)), **other)


PLAIN: dict[str, Callable[[Field], Sent]] = {
    "good": lambda f: record(instance(f.outing_code)),
    "without an id": lambda f: record(instance(f.outing_code, instance_id="")),
    "extra answers": lambda f: record(instance(f.outing_code, other="khác")),
    "no name of the device": lambda f: record(instance(f.outing_code), query=""),
    "an empty name of the device": lambda f: record(instance(f.outing_code), query="deviceID="),
    "a broken name of the device": lambda f: record(instance(f.outing_code), query="deviceID=%ff+%E1%BB%87%zz"),
    "no space before the boundary": lambda f: record(instance(f.outing_code), kind="multipart/form-data;boundary=line"),
    "over HTTPS": lambda f: record(instance(f.outing_code), more={"wsgi.url_scheme": "https"}),
    "another port": lambda f: record(instance(f.outing_code), more={"HTTP_HOST": "LocalHost:8101"}),
    "behind a proxy": lambda f: record(instance(f.outing_code), more={"HTTP_X_FORWARDED_FOR": "10.0.0.9"}),
    "from another page": lambda f: record(
        instance(f.outing_code),
        more={"HTTP_ORIGIN": "https://evil.example", "HTTP_COOKIE": "sessionid=1", "HTTP_ACCEPT": "text/html"},
    ),
    "shorter than it says": lambda f: record(instance(f.outing_code), length="5000"),
    "may it come": lambda f: Sent(method="HEAD", kind=""),
    "may it come over HTTPS": lambda f: Sent(method="HEAD", query="", more={"wsgi.url_scheme": "https"}),
    "may it come to another port": lambda f: Sent(method="HEAD", more={"HTTP_HOST": "LocalHost.:8101"}),
    "may it come with a body": lambda f: Sent(b"x", method="HEAD"),
}
OTHER: dict[str, Callable[[Field], Sent]] = {
    "malformed": lambda f: record(b"<data"),
    "a bomb": lambda f: record(b'<!DOCTYPE d [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><data id="assist">&b;</data>'),
    "no form": lambda f: record(b"<data/>"),
    "a form that is not there": lambda f: record(instance(f.outing_code, form_id="other")),
    "a form with a long name": lambda f: record(instance(f.outing_code, form_id="x" * 2000)),
    "a version that is not there": lambda f: record(instance(f.outing_code, version="1")),
    "an id that is too long": lambda f: record(instance(f.outing_code, instance_id="x" * 201)),
    "corrects what is not there": lambda f: record(instance(f.outing_code, deprecated_id=new_id())),
    "empty": lambda f: record(b""),
    "too large for the wicket": lambda f: record(instance(f.outing_code, other="x" * SMALL)),
    "too large": lambda f: record(instance(f.outing_code), length=str(200 * 1024 * 1024)),
    "a photo beside it": lambda f: Sent(parts((HEAD, instance(f.outing_code)), (PHOTO, b"jpg"))),
    "two records": lambda f: Sent(parts((HEAD, instance(f.outing_code)), (HEAD, instance(f.outing_code)))),
    "more to come": lambda f: Sent(parts((HEAD, instance(f.outing_code)), (INCOMPLETE, b"yes"))),
    "many parts": lambda f: Sent(parts((HEAD, instance(f.outing_code)), *[(PHOTO, b"jpg")] * 120)),
    "many fields": lambda f: Sent(parts((HEAD, instance(f.outing_code)), *[(INCOMPLETE, b"no")] * 1200)),
    "a field, not a file": lambda f: Sent(parts((HEAD.replace('; filename="s.xml"', ""), instance(f.outing_code)))),
    "another part's name": lambda f: Sent(parts((HEAD.replace("xml_", "xm_"), instance(f.outing_code)))),
    "another head": lambda f: Sent(parts((HEAD + "; charset=utf-8", instance(f.outing_code)))),
    "not multipart": lambda f: replace(record(instance(f.outing_code)), kind="text/xml"),
    "no type": lambda f: record(instance(f.outing_code), kind=""),
    "a boundary in quotes": lambda f: record(instance(f.outing_code), kind='multipart/form-data; boundary="line"'),
    "another boundary": lambda f: record(instance(f.outing_code), kind="multipart/form-data; boundary=other"),
    "no boundary": lambda f: record(instance(f.outing_code), kind="multipart/form-data"),
    "breaks off": lambda f: Sent(parts((HEAD, instance(f.outing_code)))[:-30]),
    "longer than it says": lambda f: record(instance(f.outing_code), length="100"),
    "no length": lambda f: record(instance(f.outing_code), length=""),
    "a wrong length": lambda f: record(instance(f.outing_code), length="-1"),
    "in chunks": lambda f: record(instance(f.outing_code), length="", more={"HTTP_TRANSFER_ENCODING": "chunked"}),
    "in chunks and with a length": lambda f: record(
        instance(f.outing_code), more={"HTTP_TRANSFER_ENCODING": "chunked"}
    ),
    "two questions": lambda f: record(instance(f.outing_code), query="deviceID=a&deviceID=b"),
    "a public link's question": lambda f: record(instance(f.outing_code), query="st=abc"),
    "another question": lambda f: Sent(method="HEAD", query="st=abc"),
    "no OpenRosa": lambda f: record(instance(f.outing_code), more={"HTTP_X_OPENROSA_VERSION": None}),
    "another OpenRosa": lambda f: record(instance(f.outing_code), more={"HTTP_X_OPENROSA_VERSION": "2.0"}),
    "HEAD without OpenRosa": lambda f: Sent(method="HEAD", more={"HTTP_X_OPENROSA_VERSION": None}),
    "another host": lambda f: record(instance(f.outing_code), more={"HTTP_HOST": "evil.example"}),
    "a host that is none": lambda f: record(instance(f.outing_code), more={"HTTP_HOST": "a b"}),
    "no host": lambda f: record(instance(f.outing_code), more={"HTTP_HOST": None}),
    "below a prefix": lambda f: record(instance(f.outing_code), more={"SCRIPT_NAME": "/odk"}),
    "HEAD below a prefix": lambda f: Sent(method="HEAD", more={"SCRIPT_NAME": "/odk"}),
    "GET": lambda f: Sent(method="GET"),
    "PUT": lambda f: record(instance(f.outing_code), method="PUT"),
    "OPTIONS": lambda f: Sent(method="OPTIONS"),
    "another key": lambda f: record(instance(f.outing_code), path=ADDRESS.replace(KEY, "x" * 64)),
    "HEAD with another key": lambda f: Sent(method="HEAD", path=ADDRESS.replace(KEY, "x" * 64)),
    "a malformed key": lambda f: record(instance(f.outing_code), path=ADDRESS.replace(KEY, "x")),
    "another year": lambda f: record(instance(f.outing_code), path=ADDRESS.replace("2023/", "2022/")),
    "HEAD of another year": lambda f: Sent(method="HEAD", path=ADDRESS.replace("2023/", "2022/")),
    "a year written otherwise": lambda f: Sent(method="HEAD", path=ADDRESS.replace("2023/", "02023/")),
    "a slash too many": lambda f: record(instance(f.outing_code), path=ADDRESS + "/"),
    "a line's end too many": lambda f: record(instance(f.outing_code), path=ADDRESS + "\n"),
    "by token": lambda f: record(instance(f.outing_code), path="/v1/projects/2023/submission"),
    "another address": lambda f: Sent(method="GET", path=f"/v1/key/{KEY}/projects/2023/formList", query=""),
}


def test_what_is_plain_is_answered_as_django_answers_it(field: Field) -> None:
    for case, make in PLAIN.items():
        django, wicket, alone = both(make(field))
        assert wicket == django, case
        assert alone, case
        assert django.status[:3] in ("201", "204"), case
        assert len(django.rows[0]) == (django.status == "201 Created"), case


def test_what_is_not_plain_or_not_taken_is_answered_by_django(field: Field) -> None:
    for case, make in OTHER.items():
        django, wicket, alone = both(make(field))
        assert wicket == django, case
        assert not alone, case


def test_a_record_sent_again_is_known_and_other_bytes_are_a_conflict(field: Field) -> None:
    payload = instance(field.outing_code)
    ask_for_good(record(payload))
    django, wicket, alone = both(record(payload))
    assert (wicket, alone, django.status) == (django, True, "201 Created")
    django, wicket, alone = both(record(payload.replace(b"guided", b"watched")))
    assert (wicket, alone, django.status) == (django, False, "409 Conflict")


def test_a_correction_is_taken_once(field: Field) -> None:
    first, other = new_id(), instance
    ask_for_good(record(instance(field.outing_code, instance_id=first)))
    for status in ("201 Created", "409 Conflict"):
        sent = record(other(field.outing_code, deprecated_id=first))
        django, wicket, _ = both(sent)
        assert (wicket, django.status) == (django, status)
        ask_for_good(sent)


def ask_for_good(sent: Sent) -> None:
    """Send a request by the wicket, and let what it leaves behind stay."""
    wicket: Any = Wicket(WSGIHandler())
    assert wicket(sent.environ(), lambda status, headers: None)


@pytest.mark.parametrize("method", ["POST", "HEAD"])
def test_a_key_that_was_taken_away_lets_nobody_in(field: Field, now: datetime, method: str) -> None:
    assert field.device.id is not None
    people.revoke_device(by=SYSTEM, now=now, device_id=field.device.id)
    django, wicket, alone = both(record(instance(field.outing_code), method=method))
    assert (wicket, alone, django.status) == (django, False, "403 Forbidden")


def test_a_closed_form_takes_nothing_more(field: Field, now: datetime) -> None:
    for state in (FormState.CLOSING, FormState.CLOSED):
        set_form_state(by=SYSTEM, now=now, form_id="assist", state=state)
        django, wicket, alone = both(record(instance(field.outing_code)))
        assert (wicket, alone) == (django, state is FormState.CLOSING)
    assert django.status == "409 Conflict"


def test_what_fails_is_said_and_logged_by_django(field: Field, caplog: pytest.LogCaptureFixture) -> None:
    sent = record(instance(field.outing_code))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE capture_submission RENAME TO elsewhere")
    django, wicket, alone = both(sent)
    assert (wicket, alone, django.status) == (django, False, "500 Internal Server Error")
    logged = [one.getMessage() for one in caplog.records if one.name == "django.request"]
    assert logged == [f"Internal Server Error: {ADDRESS}"] * 2


def test_a_broken_line_keeps_nothing(field: Field) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("reset")

    sent = record(instance(field.outing_code), more={"wsgi.input": Broken()})
    django, wicket, alone = both(sent)
    assert (wicket, alone, django.rows[0]) == (django, False, [])


def test_records_carry_the_clock_of_the_demo(field: Field, now: datetime) -> None:
    ask_for_good(record(instance(field.outing_code)))
    row = Submission.objects.get()
    assert abs((row.received_at - now).total_seconds()) < 60
    assert row.time_shift == clock.offset().total_seconds()


def test_requests_with_wrong_bytes_in_them_are_answered_as_django_answers_them(field: Field) -> None:
    whole, chance = parts((HEAD, instance(field.outing_code, version=VERSION))), random.Random(2023)
    found = set()
    for _ in range(60):
        body = bytearray(whole)
        for _ in range(chance.choice([1, 1, 2, 5])):
            place = chance.choice([chance.randrange(len(body)), chance.randrange(160), -chance.randrange(1, 30)])
            body[place : place + chance.choice([0, 1])] = chance.choice([b"", b"\r", b"\n", b"-", b'"', b"\0", b"\xff"])
        django, wicket, alone = both(Sent(bytes(body)))
        assert wicket == django, bytes(body)
        found.add((django.status, alone))
    assert {("201 Created", True), ("400 Bad Request", False)} <= found
