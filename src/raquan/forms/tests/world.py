"""Forms to try things with: the one that assists are recorded by, and small ones made here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import xlsxwriter

import raquan
from raquan.forms import commands
from raquan.forms.gateways.xforms import NAMESPACE
from raquan.kernel.actor import SYSTEM, Actor, ActorKind, Duty
from raquan.people import commands as people
from raquan.people.queries import actor_of_user
from raquan.people.rules import Level, Role

Row = Mapping[str, str]

ROOT = Path(raquan.__file__).parents[2]
XLSFORM = (ROOT / "forms" / "assist.xlsx").read_bytes()
HELPER = Actor(ActorKind.USER, uuid4(), "H’Trang Niê", duties=(Duty(Role.HELPER),))


def workbook(version: str = "1", form_id: str = "other", **columns: str) -> bytes:
    """Write a form of one question; `columns` are further columns of its row."""
    row = {"type": "text", "name": "a", "label": "A", **columns}
    return book(survey=[row], settings=settings(version, form_id) | {"namespaces": f'raquan="{NAMESPACE}"'})


def settings(version: str = "1", form_id: str = "other") -> dict[str, str]:
    """Give the settings of a form."""
    return {"form_id": form_id, "form_title": "Biểu mẫu khác", "version": version}


def book(*, survey: Sequence[Row], settings: Row, choices: Sequence[Row] = ()) -> bytes:
    """Write a workbook, always the same bytes; the columns of a sheet are all that its rows have."""
    stream = BytesIO()
    made = xlsxwriter.Workbook(stream)
    made.set_properties({"created": datetime(2023, 9, 15, tzinfo=UTC)})
    for name, rows in (("survey", survey), ("choices", choices), ("settings", [settings])):
        if rows:
            sheet = made.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, [row.get(column, "") for column in columns])
    made.close()
    return stream.getvalue()


def trees(version: str = "1", *, label: str = "Cây gì?") -> bytes:
    """Write a form with a group, choices, conditions, a picture and a table that it looks up in."""
    return book(
        survey=[
            {"type": "begin_group", "name": "place", "label": "Nơi trồng"},
            {"type": "select_one yesno", "name": "own", "label": "Đất nhà mình?", "required": "yes"},
            {"type": "text", "name": "owner", "label": "Đất của ai?", "relevant": "${own} = 'no'"},
            {"type": "end_group"},
            {
                "type": "integer",
                "name": "count",
                "label": label,
                "constraint": ". > 0 and . <= 100",
                "constraint_message": "Từ 1 đến 100 cây",
                "media::image": "tree.jpg",
            },
            {"type": "select_one_from_file species.csv", "name": "kind", "label": "Giống"},
        ],
        choices=[
            {"list_name": "yesno", "name": "yes", "label": "Có"},
            {"list_name": "yesno", "name": "no", "label": "Không"},
        ],
        settings=settings(version, "trees") | {"form_title": "Đếm cây"},
    )


def trial(token_form: str = "trees", instance_id: str = "uuid:thu-1", count: str = "3") -> bytes:
    """Write a record of the form above as Collect does."""
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{token_form}" version="1"><place><own>yes</own></place>'
        f"<count>{count}</count><orx:meta><orx:instanceID>{instance_id}</orx:instanceID></orx:meta></data>"
    ).encode()


def office(now: datetime) -> Actor:
    """Make an officer who may publish."""
    given = {"full_name": "Lê Thị Sở", "login": "so@example.vn", "password": "mật khẩu dài đủ"}
    user_id = people.create_user(by=SYSTEM, now=now, **given)
    day = now.date()
    people.give_duty(
        by=SYSTEM, now=now, user_id=user_id, role=Role.STEERING_OFFICER, organization_id=None, starts_on=day
    )
    actor = actor_of_user(user_id, day)
    assert actor is not None
    return actor


def organization(now: datetime, name: str = "Ủy ban nhân dân huyện Cư M’gar") -> UUID:
    """Make an organization that forms can be given to."""
    return people.register_organization(by=SYSTEM, now=now, name=name, level=Level.DISTRICT)


def helper_of(organization_id: UUID) -> Actor:
    """Give a helper of an organization."""
    duty = Duty(Role.HELPER, organization_id)
    return Actor(ActorKind.USER, uuid4(), "Y Mek Ê Nuôl", duties=(duty,))


def publish(now: datetime, xlsform: bytes) -> commands.FormPublished:
    """Publish a form as the system."""
    return commands.publish_form(by=SYSTEM, now=now, xlsform=xlsform, file_name="form.xlsx")
