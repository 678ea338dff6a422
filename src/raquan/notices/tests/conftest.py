"""A district under its province, an officer and a leader in each, and servers of somebody else to send to."""

import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

from raquan.kernel.actor import SYSTEM, Actor
from raquan.people import commands as people
from raquan.people.queries import actor_of_user
from raquan.people.rules import Level, Role

PASSWORD = "một mật khẩu đủ dài"
DAY = date(2023, 10, 5)


@dataclass
class Staff:
    """The organizations and their people."""

    province: UUID
    district: UUID
    commune: UUID
    chief: UUID
    officer: UUID
    ids: dict[str, UUID] = field(default_factory=dict)

    def actor(self, user_id: UUID) -> Actor:
        """Give a person as an actor."""
        found = actor_of_user(user_id, DAY)
        assert found is not None
        return found


def add_person(now: datetime, login: str, role: Role, organization_id: UUID | None) -> UUID:
    """Make an account with a duty."""
    made = people.create_user(by=SYSTEM, now=now, full_name=f"Người {login}", login=login, password=PASSWORD)
    people.give_duty(
        by=SYSTEM, now=now, user_id=made, role=role, organization_id=organization_id, starts_on=date(2023, 1, 1)
    )
    return made


@pytest.fixture
def staff(db: None, now: datetime) -> Staff:
    """A province, a district and a commune; a chief of the whole, an officer of the district, nobody in the commune."""
    province = people.register_organization(by=SYSTEM, now=now, name="Tỉnh thử", level=Level.PROVINCE)
    district = people.register_organization(
        by=SYSTEM, now=now, name="Huyện thử", level=Level.DISTRICT, parent_id=province
    )
    commune = people.register_organization(by=SYSTEM, now=now, name="Xã thử", level=Level.COMMUNE, parent_id=district)
    chief = add_person(now, "chief@example.vn", Role.STEERING_OFFICER, None)
    officer = add_person(now, "0905123456", Role.UNIT_OFFICER, district)
    return Staff(province, district, commune, chief, officer)


@dataclass
class Esms:
    """A server that speaks as eSMS does: what it was sent, and the code that it answers with."""

    url: str = ""
    code: str = "100"
    status: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def esms(settings: Any) -> Iterator[Esms]:
    """A real HTTP server on this machine, named in the settings."""
    found = Esms()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps({"CodeResult": found.code, "SMSID": "s1", "ErrorMessage": "nói vậy"}).encode()
            self.send_response(found.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/send/"
    settings.RAQUAN_SMS_GATEWAY, settings.RAQUAN_ESMS_URL = "esms", found.url
    settings.RAQUAN_ESMS_KEY, settings.RAQUAN_ESMS_SECRET, settings.RAQUAN_ESMS_BRAND = "khóa", "bí mật", "RAQUAN"
    yield found
    server.shutdown()
    server.server_close()


@dataclass
class MailServer:
    """A mail server: the messages it was given, what it says to a recipient, whether it hangs up after the text."""

    mails: list[str] = field(default_factory=list)
    says: str = "250 ok"
    hangs_up: bool = False


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A real SMTP server on this machine, named in the settings."""
    found = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                word = line[:4].upper()
                if word == "DATA":
                    self.say("354 go on")
                    self.take()
                    if found.hangs_up:
                        return
                    self.say("250 kept")
                elif word == "QUIT":
                    return self.say("221 bye")
                else:
                    self.say(found.says if word == "RCPT" else "250 ok")
            return None

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
                lines.append(line)
            found.mails.append("".join(lines))

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.server_address[1], False
    settings.DEFAULT_FROM_EMAIL = "raquan@example.vn"
    yield found
    server.shutdown()
    server.server_close()
