"""Forms to try things with: the one that assists are recorded by, and small ones made here."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import xlsxwriter

import raquan
from raquan.forms import commands
from raquan.forms.gateways.xforms import NAMESPACE
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.people.rules import Role

ROOT = Path(raquan.__file__).parents[2]
XLSFORM = (ROOT / "forms" / "assist.xlsx").read_bytes()
HELPER = Actor(ActorKind.USER, uuid4(), "H’Trang Niê", duties=(Duty(Role.HELPER),))


def workbook(version: str = "1", form_id: str = "other", **columns: str) -> bytes:
    """Write a form of one question; `columns` are further columns of its row."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    row = {"type": "text", "name": "a", "label": "A", **columns}
    settings = {"form_id": form_id, "form_title": "Biểu mẫu khác", "version": version}
    for name, cells in (("survey", row), ("settings", settings | {"namespaces": f'raquan="{NAMESPACE}"'})):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, list(cells))
        sheet.write_row(1, 0, list(cells.values()))
    book.close()
    return stream.getvalue()


def publish(now: datetime, xlsform: bytes) -> commands.FormPublished:
    """Publish a form as the system."""
    return commands.publish_form(by=SYSTEM, now=now, xlsform=xlsform, file_name="form.xlsx")
