"""Two units with everything that a unit has, each thing with a mark that only its readers may ever be sent."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zlib import crc32

from django.contrib.auth import get_user_model
from django.test import Client

from raquan.analytics.commands import freeze_snapshot
from raquan.calendars.commands import start_calendar
from raquan.calendars.models import CalendarLine
from raquan.capture import commands as capture
from raquan.capture.models import RecordRow
from raquan.capture.rules import BulkKind, RecordFilter
from raquan.capture.tests.world import DAY, PASSWORD, Field, envelope, instance, make_field, set_up_desk
from raquan.cards.commands import make_cards, void_cards
from raquan.exchange import commands as exchange
from raquan.exchange.models import ImportRefusal
from raquan.exchange.rules import Event, ExportKind
from raquan.feedback import commands as feedback
from raquan.forms import commands as forms
from raquan.forms import queries as form_queries
from raquan.forms.tests.world import trees, workbook
from raquan.helpdesks import commands as helpdesks
from raquan.helpdesks.models import Shift
from raquan.helpdesks.rules import Span
from raquan.kernel import clock
from raquan.kernel.actor import ANONYMOUS, SYSTEM, Actor
from raquan.market import commands as market
from raquan.market import queries as market_queries
from raquan.market import rules as market_rules
from raquan.outings import commands as outings
from raquan.outings import queries as outing_queries
from raquan.people import commands as people
from raquan.people.models import Organization
from raquan.people.queries import actor_by_device_key, actor_of_user
from raquan.people.rules import Action, Role, may
from raquan.readings import commands as readings
from raquan.readings import queries as reading_queries
from raquan.readings.tests import papers
from raquan.readings.tests.books import book, saved
from raquan.recordings import commands as recordings
from raquan.recordings import queries as recording_queries
from raquan.recordings.tests import tones
from raquan.reports.models import Report
from raquan.tallies import commands as tallies
from tests.matrix import communications

SINCE = date(2023, 1, 1)
OWN, OTHER, WHOLE = "own", "other", "whole"
SCOPES = (OWN, OTHER, WHOLE)
OWN_PATH, OTHER_PATH = ("66", "648", "24259"), ("66", "643", "24133")
DEVICE_KEYS = {OWN: "a" * 60 + "2023", OTHER: "b" * 60 + "2023"}

READS_OUTING, READS_RECORD, READS_PEOPLE = Action.OUTING_READ, Action.RECORD_READ, Action.PEOPLE_READ


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks, and how: a browser's session, a token, a phone's key; `name` is what cases call them."""

    name: str
    actor: Actor
    client: Client = field(default_factory=Client, compare=False)
    cookies: Mapping[str, Any] = field(default_factory=dict, compare=False)
    token: str = ""
    key: str = ""


@dataclass(frozen=True)
class Mark:
    """A text that stands on pages of a unit's things; `actions` are those of which one lets read it there.

    `unit` "" is anywhere; `owner` names the one visitor whose it is.
    """

    text: str
    actions: tuple[Action, ...]
    unit: str = OWN
    owner: str = ""

    def may_see(self, visitor: Visitor, world: "World") -> bool:
        """Tell whether a visitor may be sent it."""
        if self.owner:
            return visitor.name == self.owner
        if not self.unit:
            return any(may(visitor.actor, action) for action in self.actions)
        return any(world.covers(visitor.actor, action, self.unit) for action in self.actions)


@dataclass
class World:
    """The two units; `things` are the ids that addresses of the first one's things are made of."""

    base: Field
    things: dict[str, Any] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def covers(self, actor: Actor, action: Action, unit: str = OWN) -> bool:
        """Tell whether an actor may do something with a unit's things where they are."""
        whose = self.base.cumgar_id if unit == OWN else self.base.city_id
        path = OWN_PATH if unit == OWN else OTHER_PATH
        return may(actor, action, organization_id=whose, place_path=path)


def make_world(now: datetime) -> World:
    """Make it all, by the commands that people use."""
    world = World(make_field(now))
    Organization.objects.filter(id=world.base.cumgar_id).update(place_code="648")
    Organization.objects.filter(id=world.base.city_id).update(place_code="643")
    outings.load_kit(by=SYSTEM, now=now)
    _visitors(world, now)
    for unit in (OWN, OTHER):
        _unit(world, now, unit)
        _ask(world, now, unit)
        _offer(world, now, unit)
        told = communications.fill(world.things if unit == OWN else world.others, now, unit)
        world.marks |= {f"{unit} {name}": Mark(text, (action,), unit) for name, (text, action) in told.items()}
        _calendar(world, now, unit)
        _speak(world, now, unit)
    _owned(world, now)
    _everybody_s(world, now)
    return world


def _visitors(world: World, now: datetime) -> None:
    units: dict[str, UUID | None] = {OWN: world.base.cumgar_id, OTHER: world.base.city_id, WHOLE: None}
    for role in Role:
        for scope, unit in units.items():
            add_visitor(world, now, f"{role.value}@{scope}", [(role, unit, None)])
    for name, role in (
        ("officer@place", Role.UNIT_OFFICER),
        ("office@place", Role.STEERING_OFFICER),
        ("administrator@place", Role.ADMINISTRATOR),
    ):
        add_visitor(world, now, name, [(role, None, "648")])
    # Two duties together must give no more than each: an officer there is a helper here.
    add_visitor(world, now, "mixed", [(Role.UNIT_OFFICER, units[OTHER], None), (Role.HELPER, units[OWN], None)])
    add_visitor(world, now, "idle", [])
    world.visitors["nobody"] = Visitor("nobody", ANONYMOUS)
    for place in (OWN, OTHER):
        helper = world.visitors[f"helper@{place}"].actor
        assert helper.id is not None
        people.register_device(
            by=SYSTEM,
            now=now,
            label=f"Máy {place}",
            owner_id=helper.id,
            organization_id=units[place] or UUID(int=0),
            key=DEVICE_KEYS[place],
        )
        actor = actor_by_device_key(DEVICE_KEYS[place], DAY)
        assert actor is not None
        world.visitors[f"phone@{place}"] = Visitor(f"phone@{place}", actor, key=DEVICE_KEYS[place])


def add_visitor(world: World, now: datetime, name: str, duties: list[tuple[Role, UUID | None, str | None]]) -> None:
    """Add somebody with duties (role, organization, place), signed in, with a token."""
    user_id = people.create_user(
        by=SYSTEM,
        now=now,
        full_name=f"Người hỏi {name}",
        login=f"{name.replace('@', '-')}@example.vn",
        password=PASSWORD,
    )
    for role, unit, place in duties:
        people.give_duty(
            by=SYSTEM, now=now, user_id=user_id, role=role, organization_id=unit, place_code=place, starts_on=SINCE
        )
    actor = actor_of_user(user_id, DAY)
    assert actor is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=user_id))
    token = people.open_token(by=actor, real_now=clock.real_now()).token
    world.visitors[name] = Visitor(name, actor, client, dict(client.cookies), token)


def _unit(world: World, now: datetime, unit: str) -> None:
    """Give a unit an outing of its own with a team, a desk, records, sheets, cards, an app user."""
    mine = world.base.cumgar_id if unit == OWN else world.base.city_id
    things = world.things if unit == OWN else world.others
    place = OWN_PATH[-1] if unit == OWN else OTHER_PATH[-1]
    staff = {name: _staff(now, f"{name} {unit} Êban", mine) for name in ("Trưởng", "Thôi", "Trực")}
    site = outings.add_site(by=SYSTEM, now=now, name=f"Nhà văn hóa {unit}", kind="one_stop_shop", place_code=place)
    spare = outings.add_site(by=SYSTEM, now=now, name=f"Sân kho {unit}", kind="one_stop_shop", place_code=place)
    outing = _outing(world, now, mine, site, [staff["Trưởng"], staff["Thôi"]])
    outings.change_team(by=SYSTEM, now=now, outing_id=outing, team=[staff["Trưởng"]], reason=f"Ốm nặng {unit}")
    code = outing_queries.outing(SYSTEM, outing).code
    desk_code = "CMG-7K2QA" if unit == OWN else "BMT-7K2QB"
    hours = Span(4, time(7, 30), time(11))
    desk = set_up_desk(world.base, hours, organization_id=mine, site_id=site, code=desk_code)
    helpdesks.put_on_roster(by=SYSTEM, now=now, desk_id=desk, user_id=staff["Trực"], first_on=DAY)
    closure = helpdesks.close_days(
        by=SYSTEM, now=now, desk_id=desk, first_on=date(2023, 10, 9), last_on=date(2023, 10, 9), reason="Nghỉ"
    )
    record = _record(world, now, unit, code)
    sheet, blank = tallies.issue_tally_sheets(by=SYSTEM, now=now, outing_id=outing, count=2)
    cards = make_cards(by=SYSTEM, now=now, organization_id=mine, sheets=1)
    void_cards(by=SYSTEM, now=now, batch_id=cards.batch_id, reason=f"Cháy kho {unit}")
    standing = make_cards(by=SYSTEM, now=now, organization_id=mine, sheets=1)
    (user,) = people.make_app_users(by=SYSTEM, now=now, names=[f"Máy chung {unit}"], organization_id=mine)
    things |= {
        "outing_id": outing,
        "site_id": site,
        "spare_site_id": spare,
        "desk_id": desk,
        "shift_id": Shift.objects.get(desk_id=desk).id,
        "closure_id": closure,
        "submission_id": record["id"],
        "instance_id": record["instance"],
        "number": sheet,
        "batch_id": standing.batch_id,
        "device_id": user.device_id,
        "outing_code": code,
        "desk_code": desk_code,
        "organization_id": mine,
        "leader": staff["Trưởng"],
        "on_roster": staff["Trực"],
        "app_user": user.number,
    }
    seen = (READS_OUTING, READS_RECORD, READS_PEOPLE)
    world.marks |= {
        f"{unit} leader": Mark(f"Trưởng {unit} Êban", seen, unit),
        f"{unit} gone": Mark(f"Thôi {unit} Êban", seen, unit),
        f"{unit} why gone": Mark(f"Ốm nặng {unit}", (READS_OUTING,), unit),
        f"{unit} roster": Mark(f"Trực {unit} Êban", seen, unit),
        f"{unit} record": Mark(str(record["id"]), (READS_RECORD,), unit),
        f"{unit} instance": Mark(record["instance"], (READS_RECORD,), unit),
        f"{unit} comment": Mark(f"Ý kiến riêng {unit}", (READS_RECORD,), unit),
        f"{unit} sender": Mark(f"Người gửi {unit}", (READS_RECORD, READS_PEOPLE), unit),
        f"{unit} sheet": Mark(blank, (READS_OUTING,), unit),
        f"{unit} void": Mark(f"Cháy kho {unit}", (Action.CARD_MAKE,), unit),
        f"{unit} batch": Mark(str(standing.batch_id), (Action.CARD_MAKE,), unit),
        f"{unit} app user": Mark(f"Máy chung {unit}", (READS_PEOPLE,), unit),
    }


def _ask(world: World, now: datetime, unit: str) -> None:
    """Ask each unit something about its outing."""
    code = (world.things if unit == OWN else world.others)["outing_code"]
    asked = feedback.Said(text=f"Câu hỏi riêng {unit}", wants_answer=True, about_code=code)
    question = feedback.send_feedback(now=now, token=f"{unit:_<22}", campaign_id=world.base.campaign_id, said=asked)
    (world.things if unit == OWN else world.others)["feedback_id"] = question
    world.marks[f"{unit} question"] = Mark(asked.text, (Action.FEEDBACK_ANSWER,), unit)


def _speak(world: World, now: datetime, unit: str) -> None:
    """Let somebody of the unit read a guide aloud; it waits for a second speaker."""
    things = world.things if unit == OWN else world.others
    text = recording_queries.current_text("birth_registration", on=DAY)
    speaker = actor_of_user(things["leader"], DAY)
    assert text
    assert speaker
    name = f"Người đọc {unit}"
    spoken = recordings.Spoken(text.service_code, "rad", text.version, tones.webm(5), name, agrees=True)
    things["recording_id"] = recordings.send_recording(by=speaker, now=now, spoken=spoken)
    world.marks[f"{unit} recording"] = Mark(name, (Action.RECORDING_MAKE,), unit)


def _offer(world: World, now: datetime, unit: str) -> None:
    """Write the unit a draft of an offer, and one that is shown and has a result; let an enterprise register."""
    things, months = world.things if unit == OWN else world.others, (date(2023, 10, 1), date(2023, 10, 31))
    whose, redeemed = things["organization_id"], 48151 if unit == OWN else 48152
    made = []
    for title in (f"Ưu đãi riêng {unit}", f"Ưu đãi đã đăng {unit}"):
        draft = market_rules.Draft(title, market_rules.PromotionForm.GIFT, *months)
        said: dict[str, Any] = {"campaign_id": world.base.campaign_id, "organization_id": whose, "draft": draft}
        made.append(market.draft_offer(by=SYSTEM, now=now, request_id=uuid4(), **said))
    shown: dict[str, Any] = {"by": SYSTEM, "now": now, "offer_id": made[1]}
    for seen, act in enumerate((market.submit_offer, market.approve_offer, market.publish_offer), start=1):
        act(**shown, seen=seen)
    market.state_result(**shown, month=months[0], redeemed=redeemed)
    told = market_rules.Particulars(f"Hợp tác xã {unit}", "6001234567", "Buôn Ma Thuột", "H’Hen", f"{unit}-htx@x.vn")
    registration = market.send_registration(now=now, token=f"{unit:=<22}".replace("=", "m"), told=told)
    code = market_queries.offer(SYSTEM, made[1], now=now)[0].code
    things |= {"offer_id": made[0], "shown_offer": made[1], "offer_code": code, "registration_id": registration}
    write = (Action.OFFER_WRITE,)
    world.marks[f"{unit} offer"] = Mark(f"Ưu đãi riêng {unit}", write, unit)
    world.marks[f"{unit} result"] = Mark(f"{redeemed // 1000}.{redeemed % 1000}", write, unit)
    world.marks[f"{unit} registration"] = Mark(f"Hợp tác xã {unit}", (Action.OFFER_DECIDE,), "")


def _calendar(world: World, now: datetime, unit: str) -> None:
    """Send the unit's calendar of one outing that can be taken in."""
    things = world.things if unit == OWN else world.others
    place = "TT Quảng Phú" if unit == OWN else "P. Thắng Lợi"
    row = ("8/10/2023", "8h - 10h", f"Chợ phiên {unit}", place, "Đăng ký khai sinh")
    data = saved(book(A=[("Ngày", "Giờ", "Địa điểm", "Xã", "Dịch vụ"), row]))
    whose, name = things["organization_id"], f"lich-{unit}.xlsx"
    calendar = start_calendar(by=SYSTEM, now=now, organization_id=whose, data=data, file_name=name).calendar_id
    things["calendar_id"] = calendar
    things["calendar_line_id"] = CalendarLine.objects.get(calendar_id=calendar, use="waiting").id
    world.marks[f"{unit} calendar"] = Mark(name, (Action.OUTING_PLAN,), unit)
    world.marks[f"{unit} row"] = Mark(f"Chợ phiên {unit}", (Action.OUTING_PLAN,), unit)


def _staff(now: datetime, name: str, unit: UUID) -> UUID:
    login = f"{crc32(name.encode())}@example.vn"
    user_id = people.create_user(by=SYSTEM, now=now, full_name=name, login=login, password=PASSWORD)
    people.give_duty(by=SYSTEM, now=now, user_id=user_id, role=Role.HELPER, organization_id=unit, starts_on=SINCE)
    return user_id


def _outing(world: World, now: datetime, unit: UUID, site: UUID, team: list[UUID]) -> UUID:
    return outings.plan_outing(
        by=SYSTEM,
        now=now,
        campaign_id=world.base.campaign_id,
        task_id=None,
        organization_id=unit,
        site_id=site,
        held_on=DAY,
        starts_at=time(13),
        ends_at=time(16),
        service_codes=["birth_registration"],
        team=team,
    )


def _record(world: World, now: datetime, unit: str, code: str) -> Mapping[str, Any]:
    """Send a record of the unit's outing from a phone of its own."""
    mine = world.base.cumgar_id if unit == OWN else world.base.city_id
    helper = _staff(now, f"Người gửi {unit}", mine)
    key = ("c" if unit == OWN else "d") * 60 + "2023"
    people.register_device(by=SYSTEM, now=now, label="Máy", owner_id=helper, organization_id=mine, key=key)
    device = actor_by_device_key(key, DAY)
    assert device is not None
    instance_id = f"uuid:{unit}-0b8f5a62-53f5-4a8e-9a3b"
    payload = instance(code, instance_id=instance_id)
    (verdict,) = capture.receive_submissions(by=device, now=now, envelopes=[envelope(payload)])
    capture.project_pending(now=now)
    assert verdict.submission_id is not None
    capture.add_comment(by=SYSTEM, now=now, submission_id=verdict.submission_id, body=f"Ý kiến riêng {unit}")
    return {"id": verdict.submission_id, "instance": instance_id}


def _owned(world: World, now: datetime) -> None:
    """Give two persons what is theirs alone: an officer an export and a task, the office an import and a webhook."""
    officer, office = (world.visitors[name].actor for name in ("unit_officer@own", "steering_officer@whole"))
    roots = list(RecordRow.objects.values_list("root_instance_id", flat=True))
    export = exchange.start_export(by=officer, now=now, kind=ExportKind.CSV, filters=RecordFilter())
    task = capture.start_bulk_task(
        by=officer, now=now, kind=BulkKind.REVIEW, target="approved", reason="Đúng cả", roots=roots
    ).id
    exchange.run_export(now=now, export_id=export)
    rows = b"service,result,SubmissionDate,KEY\nbirth_registration,filed,,uuid:1\n"
    taken = exchange.read_import(by=office, now=now, form_id="assist", file=io.BytesIO(rows), file_name="tep-rieng.csv")
    ImportRefusal.objects.create(of_id=taken, line=2, code="import.sai", message="Sai")
    hook = exchange.add_webhook(by=office, now=now, url="https://rieng.example.vn/x", events=[Event.RECEIVED])
    delivery = exchange.ping_webhook(by=office, now=now, webhook_id=hook)
    world.things |= {
        "export_id": export,
        "task_id": task,
        "import_id": taken,
        "webhook_id": hook,
        "delivery_id": delivery,
    }
    world.marks |= {
        "export": Mark(str(export), (), owner="unit_officer@own"),
        "task": Mark(str(task), (), owner="unit_officer@own"),
        "import": Mark("tep-rieng.csv", (), owner="steering_officer@whole"),
        "webhook": Mark("https://rieng.example.vn/x", (), owner="steering_officer@whole"),
    }


def _everybody_s(world: World, now: datetime) -> None:
    """Make what belongs to no unit: a form with a draft, a published one, a snapshot, a document for next year."""
    document, name = papers.plain_plan(year=2024), "van-ban-nam-sau.docx"
    reading = readings.start_reading(by=SYSTEM, now=now, document=document, file_name=name).reading_id
    lines = reading_queries.reading_page(SYSTEM, reading).lines.items
    draft = forms.keep_draft(by=SYSTEM, now=now, data=trees(), file_name="a.xlsx")
    forms.publish_form(by=SYSTEM, now=now, xlsform=workbook(), file_name="b.xlsx")
    found = form_queries.draft_of(SYSTEM, "trees")
    assert found is not None
    world.things |= {
        "form_row": draft.form_row,
        "token": found.token,
        "draft_md5": found.md5,
        "reading_id": reading,
        "line_id": lines[0].id,
        "earlier_snapshot_id": freeze_snapshot(by=SYSTEM, now=now, campaign_id=world.base.campaign_id, note=""),
        "snapshot_id": freeze_snapshot(by=SYSTEM, now=now, campaign_id=world.base.campaign_id, note=""),
    }
    Report.objects.create(
        campaign_id=world.base.campaign_id,
        snapshot_id=world.things["snapshot_id"],
        kind="campaign",
        docx_sha256="0" * 64,
        built_at=now,
        built_by="Người lập",
    )
    world.marks["reading"] = Mark(name, (Action.PLAN_IMPORT,), "")
    world.marks["draft"] = Mark(found.token, (Action.FORM_PUBLISH,), "")
