"""The reports of two units in reporting rounds, and the cases of their pages."""

from datetime import date, datetime, time
from uuid import UUID

from raquan.kernel.actor import SYSTEM
from raquan.people.models import Organization
from raquan.people.rules import Level
from raquan.rounds import commands
from raquan.rounds.models import UnitReport
from raquan.rounds.rules import Every, RuleShape
from tests.matrix.case import NEW, A, Case, Write, change, listing
from tests.matrix.world import OTHER, OWN, Mark, World

DAILY = RuleShape(Every.DAY, date(2023, 10, 3), date(2023, 10, 15), time(8, 30))
APPROVED, SUBMITTED, DRAFT = (date(2023, 10, day) for day in (3, 4, 5))
RULE = {
    "every": "week",
    "level": "commune",
    "weekday": "5",
    "first_on": "15/09/2023",
    "last_on": "15/10/2023",
    "due_at": "16:30",
    "grace_minutes": "30",
}


def add_rounds(world: World, now: datetime) -> None:
    """Let both units write three reports: one is approved, one waits for the office, one is a draft."""
    level = Level(Organization.objects.get(id=world.base.cumgar_id).level)
    commands.set_round_rule(by=SYSTEM, now=now, campaign_id=world.base.campaign_id, level=level, shape=DAILY)
    commands.open_due_rounds(by=SYSTEM, now=now)
    for unit, whose in ((OWN, world.base.cumgar_id), (OTHER, world.base.city_id)):
        things = world.things if unit == OWN else world.others
        approved, waiting, draft = (_report(whose, day, now, unit) for day in (APPROVED, SUBMITTED, DRAFT))
        commands.submit_report(by=SYSTEM, now=now, report_id=approved, edition=1)
        commands.submit_report(by=SYSTEM, now=now, report_id=waiting, edition=1)
        if unit == OWN:
            commands.approve_report(by=SYSTEM, now=now, report_id=approved, edition=1)
        things |= {"approved_report_id": approved, "report_id": waiting, "draft_report_id": draft}
        things["round_id"] = UnitReport.objects.get(id=waiting).round_id
        writes_or_decides = (A.REPORT_WRITE, A.REPORT_DECIDE)
        world.marks |= {
            f"{unit} report": Mark(str(waiting), writes_or_decides, unit),
            f"{unit} told": Mark(f"Kể riêng {unit} {SUBMITTED}", writes_or_decides, unit),
            f"{unit} draft": Mark(f"Kể riêng {unit} {DRAFT}", (A.REPORT_WRITE,), unit),
        }


def _report(unit: UUID, day: date, now: datetime, name: str) -> UUID:
    found = UnitReport.objects.get(organization_id=unit, round__last_on=day).id
    told = {"results": f"Kể riêng {name} {day}"}
    commands.save_draft(by=SYSTEM, now=now, report_id=found, edition=0, told=told)
    return found


READS, WRITES, DECIDES = "reads reports", "writes reports", "decides on reports"
_DRAFT, _APPROVED = {"report_id": "draft_report_id"}, {"report_id": "approved_report_id"}

ROUNDS = {
    "desk/rounds/": listing(),
    "desk/rounds/rule/": Case(writes=(Write(RULE, owner="whole"),)),
    "desk/rounds/waiting/": listing(queries=("", "?only=returned", "?only=to_decide", "?only=late")),
    "desk/rounds/tasks/": listing(queries=("", "?only=late")),
    "desk/rounds/tasks/<uuid:task_id>/": listing(fills={"task_id": "plan_task"}),
    "desk/rounds/behind/": listing(queries=("", "?kind=report", "?level=commune")),
    "desk/rounds/behind/<uuid:organization_id>/": Case(owner=READS),
    "desk/rounds/behind/<uuid:organization_id>/call/": change(
        None, {"request_id": NEW, "said": "Chiều nộp"}, owner=DECIDES
    ),
    "desk/rounds/<uuid:round_id>/extend/": change(
        None,
        lambda world: {
            "report": [f"{world.things['draft_report_id']}:1"],
            "reason": "Mưa lũ",
            "on": "12/10/2023",
        },
        owner=DECIDES,
    ),
    "desk/rounds/<uuid:round_id>/quick.png": listing(is_slow=True),
    "desk/reports/letter/": listing(),
    "desk/rounds/<uuid:round_id>/": listing(queries=("", "?only=draft", "?only=submitted&page=1", "?only=behind")),
    "desk/rounds/<uuid:round_id>/quick/": listing(is_slow=True),
    "desk/rounds/<uuid:round_id>/approve/": change(
        None, lambda world: {"report": [f"{world.things['report_id']}:1"]}, owner=DECIDES
    ),
    "desk/rounds/reports/<uuid:report_id>/": Case(owner=READS, shows=("own told",), is_slow=True),
    "desk/rounds/reports/<uuid:report_id>/save/": Case(
        get=None, fills=_DRAFT, writes=(Write({"edition": 1, "results": "Kể thêm"}, owner=WRITES),)
    ),
    "desk/rounds/reports/<uuid:report_id>/return/": change(None, {"reason": "Ghi rõ nơi"}, owner=DECIDES),
    "desk/rounds/reports/<uuid:report_id>/approve/": change(None, {"edition": 1}, owner=DECIDES),
    "desk/rounds/reports/<uuid:report_id>/correct/": Case(
        get=None, fills=_APPROVED, writes=(Write({"reason": "Sót"}, owner=WRITES),)
    ),
    "desk/rounds/reports/<uuid:report_id>/extend/": Case(
        get=None, fills=_DRAFT, writes=(Write({"reason": "Mưa lũ", "on": "12/10/2023"}, owner=DECIDES),)
    ),
}
