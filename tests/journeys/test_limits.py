"""What is too large, malformed or meant to harm is refused over real HTTP, with its code and in bounded memory."""

import hashlib
import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.collect import OPENROSA, Collect
from tests.journeys.conftest import copy_of
from tests.journeys.installation import WEB, Installation

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("limits"), pytest.mark.slow]

MB = 1024 * 1024
MOST_MEMORY = 250
"""How many megabytes the web process may hold after all of this, the parts that count figures among them."""

MARK = "limits"
MULTIPART = OPENROSA | {"Content-Type": f"multipart/form-data; boundary={MARK}"}
PART = (
    f'--{MARK}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\n'
    "Content-Type: text/xml\r\n\r\n"
).encode()
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE data [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><data id="assist" version="1">&j;</data>'
)
OUTSIDE = b'<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="assist" version="1">&x;</data>'


@pytest.fixture(scope="module")
def own(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own, whose memory nobody else fills."""
    copy = copy_of(demo_home, tmp_path_factory)
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture(scope="module")
def collect(own: Installation) -> Collect:
    """A telephone that knows its form."""
    ready = Collect(own.address, "CMG-TEST")
    ready.prepare()
    return ready


def test_no_attack_or_excess_gets_through_or_fills_the_memory(own: Installation, collect: Collect) -> None:
    path = f"{collect.base.removeprefix(own.address)}/submission"

    def refused(body: Any, headers: dict[str, str] = MULTIPART) -> tuple[int, str]:
        status, code, said = _post(own, path, body, headers)
        assert 'nature="error"' in said or status < 400
        return status, code

    def instance(xml: bytes) -> tuple[int, str]:
        return refused(PART + xml + f"\r\n--{MARK}--\r\n".encode())

    assert refused(_megabytes(200), MULTIPART | {"Content-Length": str(200 * MB)}) == (413, "body.too_large")
    assert refused(_megabytes(200), MULTIPART | {"Transfer-Encoding": "chunked"}) == (413, "body.too_large")
    assert instance(b"<data>" + b"x" * (60 * MB) + b"</data>") == (413, "envelope.too_large")
    assert instance(BOMB) == (400, "envelope.doctype")
    assert instance(OUTSIDE) == (400, "envelope.doctype")
    assert instance(b"<data id='assist'><open></data>") == (400, "envelope.malformed")
    assert instance(b"<data version='1'/>") == (400, "envelope.form_id_missing")
    assert instance(b"<data id='nobody' version='1'/>") == (404, "form.unknown")
    assert instance(b"<data id='assist' version='0'/>") == (404, "form.version_unknown")
    assert refused(b"<data/>", OPENROSA | {"Content-Type": "text/xml"}) == (400, "submission.instance_missing")
    assert refused(b"a=b", OPENROSA | {"Content-Type": "multipart/form-data"}) == (400, "request.broken")
    assert refused(PART, {"Content-Type": f"multipart/form-data; boundary={MARK}"}) == (400, "openrosa.version_missing")
    assert instance(collect.record("uuid:after-all-this")) == (201, "")
    assert _web_memory(own) < MOST_MEMORY


def test_the_other_records_of_a_batch_are_taken(own: Installation, collect: Collect) -> None:
    from raquan.demo.rules.accounts import DEVICE_KEY

    good = [collect.record(f"uuid:limits-{n}") for n in range(3)]
    stray = b"<data id='nobody' version='1'><meta><instanceID>uuid:bad-6</instanceID></meta></data>"
    payloads = [good[0], BOMB, good[1], OUTSIDE, b"<data", stray, good[2]]
    items = [
        {
            "id": f"uuid:limits-{good.index(one)}" if one in good else f"uuid:bad-{seq}",
            "seq": seq,
            "kind": "assist",
            "payload": one.decode(),
            "sha256": hashlib.sha256(one).hexdigest(),
        }
        for seq, one in enumerate(payloads, 1)
    ]
    batch = {"schema": 1, "client_id": "00000000-0000-0000-0000-000000000007", "app": "test", "items": items}
    headers = {"Authorization": f"Bearer {DEVICE_KEY}", "Content-Type": "application/json"}
    status, _, said = _post(own, "/api/field/v1/sync", json.dumps(batch).encode(), headers)
    assert status == 200
    assert [(one["outcome"], one["code"]) for one in json.loads(said)["verdicts"]] == [
        ("accepted", ""),
        ("refused", "envelope.doctype"),
        ("accepted", ""),
        ("refused", "envelope.doctype"),
        ("refused", "envelope.malformed"),
        ("refused", "form.unknown"),
        ("accepted", ""),
    ]


def _post(own: Installation, path: str, body: Any, headers: dict[str, str]) -> tuple[int, str, str]:
    """Post, and read the answer even when the server stops listening in the middle of the body."""
    line = HTTPConnection("127.0.0.1", own.port, timeout=120)
    try:
        line.putrequest("POST", path)
        whole = {"Content-Length": str(len(body))} if isinstance(body, bytes) else {}
        for name, value in (whole | headers).items():
            line.putheader(name, value)
        line.endheaders()
        chunked = headers.get("Transfer-Encoding") == "chunked"
        try:
            for piece in [body] if isinstance(body, bytes) else body:
                line.send(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
            if chunked:
                line.send(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has answered already
        assert isinstance(line.sock, socket.socket)
        answer = HTTPResponse(line.sock, method="POST")
        answer.begin()
        return answer.status, answer.headers.get("X-Refusal-Code", ""), answer.read().decode()
    finally:
        line.close()


def _megabytes(count: int) -> Iterator[bytes]:
    return (b"x" * MB for _ in range(count))


def _web_memory(own: Installation) -> float:
    """Give the megabytes of the largest web process."""
    web = [pid for pid, name in own.living().items() if name == WEB]
    sizes = [line for pid in web for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmRSS" in line]
    return max(int(size.split()[1]) for size in sizes) / 1024
