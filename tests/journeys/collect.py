"""Speaks OpenRosa over plain HTTP as ODK Collect does, in the order of docs/operations/collect.md."""

import hashlib
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPMessage
from random import Random
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

OPENROSA = {"X-OpenRosa-Version": "1.0"}
PART = 'form-data; name="xml_submission_file"; filename="submission.xml"'
PAUSE = 0.5
"""How many seconds a telephone waits before it sends again what was not answered."""

Answer = tuple[int, HTTPMessage, bytes]


class Collect:
    """A telephone with a key, the demo's if none is given: it reads the form list and the form, then sends records."""

    def __init__(self, server: str, outing: str, key: str = "") -> None:
        from raquan.demo.rules.accounts import DEVICE_KEY

        self.base = f"{server}/v1/key/{key or DEVICE_KEY}/projects/2023"
        self.outing = outing
        self.version = ""

    def prepare(self) -> None:
        """Ask which forms there are, fetch the form, and ask whether records may come."""
        status, _, listed = call("GET", f"{self.base}/formList", OPENROSA)
        assert status == 200, listed
        address = _within("downloadUrl", listed)
        status, _, form = call("GET", address, {})
        assert (status, _within("hash", listed)) == (200, f"md5:{hashlib.md5(form).hexdigest()}")
        self.version = _within("version", listed)
        self.ask()

    def ask(self) -> None:
        """Ask whether records may come, as before every one."""
        status, headers, _ = call("HEAD", f"{self.base}/submission", OPENROSA)
        assert (status, headers["Location"]) == (204, f"{self.base}/submission")
        assert int(headers["X-OpenRosa-Accept-Content-Length"]) > 0

    def record(self, instance_id: str, *, how: str = "guided", corrects: str = "") -> bytes:
        """Write a record as the telephone keeps it: the same bytes however often it is sent."""
        started = datetime.now(tz=ZoneInfo("Asia/Ho_Chi_Minh")).isoformat(timespec="milliseconds")
        answers = {
            "start": started,
            "outing": self.outing,
            "service": "birth_registration",
            "group": "online_public_service",
            "result": "filed",
            "how": how,
            "language": "rad",
        }
        fields = "".join(f"<{name}>{value}</{name}>" for name, value in answers.items())
        deprecated = f"<orx:deprecatedID>{corrects}</orx:deprecatedID>" if corrects else ""
        meta = f"<orx:meta><orx:instanceID>{instance_id}</orx:instanceID>{deprecated}</orx:meta>"
        head = f'<data xmlns:orx="http://openrosa.org/xforms" id="assist" version="{self.version}">'
        return f"<?xml version='1.0' ?>{head}{fields}{meta}</data>".encode()

    def send(self, record: bytes) -> int:
        """Send a record and give the status; raises OSError or HTTPException when no answer came."""
        status, _, _ = call("POST", f"{self.base}/submission?deviceID=collect", *_multipart(record, {}))
        return status

    def send_with(self, record: bytes, files: Mapping[str, bytes], *, parts: int, cut_at: int | None = None) -> int:
        """Send a record with its files over several requests and give the last status, 0 where the line was cut.

        Each but the last says that it is not all. At request `cut_at` the line breaks before the answer.
        """
        self.ask()
        names, status = list(files), 0
        for part in range(parts):
            more = {name: files[name] for name in names[part::parts]}
            headers, body = _multipart(record, more, incomplete=part < parts - 1)
            if part == cut_at:
                say(f"{self.base}/submission?deviceID=collect", headers, body)
                return 0
            status, _, _ = call("POST", f"{self.base}/submission?deviceID=collect", headers, body)
            if status != 201:
                return status
        return status


class Fleet:
    """Several telephones that send at once until the line breaks; it knows what each record was answered."""

    def __init__(self, collect: Collect, dice: Random) -> None:
        self.collect = collect
        self.dice = dice
        self.sent: dict[str, bytes] = {}
        self.answers: dict[str, int] = {}
        self.ended = threading.Event()

    @property
    def acknowledged(self) -> set[str]:
        """Name the records that the server has said it took."""
        return {instance_id for instance_id, status in self.answers.items() if status == 201}

    def send_until(self, *, telephones: int, answered: int, break_line: Callable[[], None]) -> None:
        """Send from several threads; break the line right after so many more answers, while others are on their way."""
        enough, wanted = threading.Event(), len(self.answers) + answered
        self.ended.clear()

        def telephone(dice: Random) -> None:
            while not self.ended.is_set():
                instance_id = f"uuid:{UUID(int=dice.getrandbits(128), version=4)}"
                self.sent[instance_id] = self.collect.record(instance_id)
                self._send_until_answered(instance_id)
                if len(self.answers) >= wanted:
                    enough.set()

        threads = [
            threading.Thread(target=telephone, args=[Random(self.dice.getrandbits(64))]) for _ in range(telephones)
        ]
        for one in threads:
            one.start()
        try:
            came = enough.wait(timeout=600)
            break_line()
        finally:  # a telephone that goes on would send into the next test
            self.ended.set()
            for one in threads:
                one.join(timeout=60)
        assert came, f"only {len(self.answers)} answers came"

    def send_all_again(self, *, telephones: int) -> set[int]:
        """Send everything anew, whether it was answered or not, and give the statuses."""
        self.ended.clear()
        with ThreadPoolExecutor(telephones) as pool:
            list(pool.map(self._send_until_answered, list(self.sent)))
        return {self.answers[one] for one in self.sent}

    def _send_until_answered(self, instance_id: str) -> None:
        """Send a record, and again after a while when no answer came: whether it was kept, a telephone cannot know."""
        while True:
            try:
                self.answers[instance_id] = self.collect.send(self.sent[instance_id])
                return
            except (OSError, HTTPException):
                if self.ended.wait(timeout=PAUSE):
                    return


def _multipart(record: bytes, files: Mapping[str, bytes], *, incomplete: bool = False) -> tuple[dict[str, str], bytes]:
    """Write headers and body of a request with a record and some of its files."""
    mark = hashlib.sha256(record).hexdigest()[:32]
    parts = [(PART, "text/xml", record)]
    parts += [
        (f'form-data; name="{name}"; filename="{name}"', "application/octet-stream", data)
        for name, data in files.items()
    ]
    parts += [('form-data; name="*isIncomplete*"', "text/plain", b"yes")] if incomplete else []
    body = b"".join(
        f"--{mark}\r\nContent-Disposition: {said}\r\nContent-Type: {kind}\r\n\r\n".encode() + data + b"\r\n"
        for said, kind, data in parts
    )
    headers = OPENROSA | {"Content-Type": f"multipart/form-data; boundary={mark}"}
    return headers, body + f"--{mark}--\r\n".encode()


def say(address: str, headers: dict[str, str], body: bytes) -> None:
    """Make a request and hang up before it is answered."""
    parts = urlsplit(address)
    line = HTTPConnection(parts.netloc, timeout=30)
    try:
        line.request("POST", f"{parts.path}?{parts.query}", body, headers)
    finally:
        line.close()


def call(method: str, address: str, headers: dict[str, str], body: bytes | None = None) -> Answer:
    """Make one request on a line of its own and give status, headers and body."""
    parts = urlsplit(address)
    line = HTTPConnection(parts.netloc, timeout=30)
    try:
        line.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


def _within(tag: str, document: bytes) -> str:
    found = re.search(rf"<{tag}>([^<]*)</{tag}>", document.decode())
    assert found, document
    return found[1]
