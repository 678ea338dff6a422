"""The sub-plans, evidence and statements of two units under a plan with indicators, and the cases of their pages."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from raquan.campaign import commands
from raquan.campaign.commands.keeping import keep_before
from raquan.campaign.models import Amendment, Campaign, Objective, Plan, Task, TaskUnit
from raquan.kernel.actor import SYSTEM
from raquan.people.rules import Action
from tests.matrix.case import A, Body, Case, Write, change, listing
from tests.matrix.world import OTHER, OTHER_PATH, OWN, OWN_PATH, Mark, World

DAY = date(2023, 9, 20)
SENT_TO = (A.PLAN_WRITE, A.PLAN_MANAGE)


def add_plans(world: World, now: datetime) -> None:
    """Let both units write two sub-plans under a plan, one of them sent, and show what they did."""
    campaign = world.base.campaign_id
    plan = Plan.objects.create(campaign_id=campaign, number="138/KH-UBND", title="KH", sub_plans_need_approval=True)
    draft = Plan.objects.create(campaign=_next_year(campaign), title="Nháp năm sau", state="draft")
    aim = Objective.objects.create(plan=plan, position=1, text="Lan tỏa", source="đoạn 1")
    tasks = [
        Task.objects.create(plan=plan, position=at, path=str(at), title=f"Việc {at}", source="x") for at in (1, 2, 3)
    ]
    for task in tasks:
        for at, whose in enumerate((world.base.cumgar_id, world.base.city_id), start=1):
            TaskUnit.objects.create(
                task=task, position=at, part="lead", as_written="Đơn vị", organization_id=whose, score=1
            )
    told = commands.IndicatorTold("Hồ sơ")
    indicator = commands.add_indicator(by=SYSTEM, now=now, objective_id=aim.id, told=told, reason="Mới")
    _aim(plan.id, indicator, now)
    for unit, whose in ((OWN, world.base.cumgar_id), (OTHER, world.base.city_id)):
        things = world.things if unit == OWN else world.others
        things |= {"sub_plan_id": _sub_plan(world, tasks[0], whose, unit, now, is_sent=True)}
        things |= {"draft_sub_plan": _sub_plan(world, tasks[1], whose, unit, now, is_sent=False)}
        things |= {"issued_sub_plan": _issued(_sub_plan(world, tasks[2], whose, unit, now, is_sent=False), now)}
        _show(world, tasks[0], whose, unit, now)
    world.things |= {"plan_id": plan.id, "draft_plan_id": draft.id, "indicator_id": indicator, "objective": aim.id}
    world.things |= {"plan_task": tasks[0].id}
    world.things["amendment_id"] = _amended(plan, now)
    made = Task.objects.create(plan=draft, title="Việc năm sau", source="nhập tay", position=1)
    world.things["draft_task_id"] = made.id
    world.marks["draft plan"] = Mark("Nháp năm sau", (A.PLAN_MANAGE,), "")


def _aim(plan_id: UUID, indicator_id: UUID, now: datetime) -> None:
    """Aim an indicator at the whole province, and at the communes of two groups."""
    known: dict[str, Any] = {"by": SYSTEM, "now": now, "reason": "Giao"}
    groups = f"{OWN_PATH[-1]}; vùng xa\n{OTHER_PATH[-1]}; đô thị"
    commands.set_commune_groups(**known, plan_id=plan_id, text=groups)
    targets = "Toàn tỉnh; 900\nNhóm vùng xa; 50\nNhóm đô thị; 70"
    commands.set_targets(**known, indicator_id=indicator_id, version=1, text=targets)


def _amended(plan: Plan, now: datetime) -> UUID:
    """Let a document have amended the plan without changing anything."""
    tasks = {str(one.id): one for one in plan.tasks.all()}
    before = keep_before(plan, tasks, (), (plan.campaign.starts_on, plan.campaign.ends_on))
    Plan.objects.filter(id=plan.id).update(state="amended")
    said: dict[str, Any] = {"number": "201/KH-UBND", "title": "Sửa đổi", "file_sha256": "a" * 64, "made_at": now}
    return Amendment.objects.create(plan=plan, position=1, before=before, **said).id


def _next_year(campaign_id: UUID) -> Campaign:
    days: dict[str, Any] = {"day_on": date(2024, 10, 10), "starts_on": date(2024, 9, 15), "ends_on": date(2024, 10, 15)}
    return Campaign.objects.create(year=2024, code="2024-draft", name={"vi": "Năm 2024"}, **days)


def _sub_plan(world: World, task: Task, unit: UUID, name: str, now: datetime, *, is_sent: bool) -> UUID:
    made = commands.start_sub_plan(by=SYSTEM, now=now, task_id=task.id, organization_id=unit)
    kind = "gửi" if is_sent else f"nháp {task.position}"
    words: dict[str, Any] = {
        "title": f"Kế hoạch {kind} {name}",
        "aims": "",
        "lines": [commands.Line(f"Việc {kind} {name}")],
    }
    commands.save_sub_plan(by=SYSTEM, now=now, sub_plan_id=made, edition=0, **words)
    world.marks[f"{name} {kind}"] = Mark(f"Việc {kind} {name}", SENT_TO if is_sent else (A.PLAN_WRITE,), name)
    world.marks[f"{name} id {kind}"] = Mark(str(made), SENT_TO if is_sent else (A.PLAN_WRITE,), name)
    if is_sent:
        _issued(made, now)
        commands.send_sub_plan(by=SYSTEM, now=now, sub_plan_id=made)
        commands.comment_on_sub_plan(by=SYSTEM, now=now, sub_plan_id=made, body=f"Góp ý riêng {name}")
        world.marks[f"{name} remark"] = Mark(f"Góp ý riêng {name}", SENT_TO, name)
    return made


def _issued(sub_plan_id: UUID, now: datetime) -> UUID:
    said: dict[str, Any] = {
        "number": "1/KH",
        "issued_on": DAY,
        "document": b"%PDF",
        "file_name": "k.pdf",
        "media_type": "",
    }
    commands.record_issue(by=SYSTEM, now=now, sub_plan_id=sub_plan_id, edition=1, **said)
    return sub_plan_id


def _show(world: World, task: Task, unit: UUID, name: str, now: datetime) -> None:
    whose: dict[str, Any] = {"by": SYSTEM, "now": now, "task_id": task.id, "organization_id": unit}
    file: dict[str, Any] = {"data": name.encode(), "file_name": "m.pdf", "media_type": "application/pdf"}
    things = world.things if name == OWN else world.others
    things["evidence_id"] = commands.add_evidence(**whose, **file, caption=f"Minh chứng riêng {name}")
    commands.state_progress(**whose, body=f"Tự ghi riêng {name}")
    world.marks |= {
        f"{name} evidence": Mark(f"Minh chứng riêng {name}", SENT_TO, name),
        f"{name} statement": Mark(f"Tự ghi riêng {name}", SENT_TO, name),
    }


def _unit(world: World, **more: object) -> Body:
    return {"organization": world.things["organization_id"], **more}


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("moi.pdf", b"%PDF-1", content_type="application/pdf")


WROTE, SENT_OR_WROTE, DECIDED = "writes sub-plans", "knows sub-plans", "decides on sub-plans"
WAYS: dict[str, tuple[Action, ...]] = {
    WROTE: (A.PLAN_WRITE,),
    SENT_OR_WROTE: SENT_TO,
    DECIDED: (A.PLAN_MANAGE,),
}
_DRAFT, _ISSUED = {"sub_plan_id": "draft_sub_plan"}, {"sub_plan_id": "issued_sub_plan"}
_NEXT = {"plan_id": "draft_plan_id", "task_id": "draft_task_id"}
_FRAME = {"edition": 0, "day_on": "10/10/2023", "starts_on": "15/9/2023", "ends_on": "15/10/2023", "slogans": "Mới"}
_YEAR = {"year": 2025, "starts_on": "15/9/2025", "ends_on": "15/10/2025", "day_on": "10/10/2025"}
_PLAN, _INDICATOR, _TASK, _SUB = (
    "desk/campaign/plans/<uuid:plan_id>/",
    "desk/campaign/indicators/<uuid:indicator_id>/",
    "desk/campaign/tasks/<uuid:plan_task>/",
    "desk/campaign/sub-plans/<uuid:sub_plan_id>/",
)

PLANS = {
    "desk/campaign/plans/": listing(),
    _PLAN: Case(owner="whole"),
    f"{_PLAN}change/": change(None, _FRAME | {"reason": "Theo công văn"}, owner="whole"),
    f"{_PLAN}tasks/add/": Case(
        owner="whole",
        fills={"plan_id": "draft_plan_id"},
        writes=(Write({"edition": 0, "title": "Việc mới"}, owner="whole"),),
    ),
    f"{_PLAN}tasks/<uuid:task_id>/": Case(
        owner="whole", fills=_NEXT, writes=(Write({"edition": 0, "title": "Việc khác"}, owner="whole"),)
    ),
    f"{_PLAN}tasks/<uuid:task_id>/place/": Case(
        get=None, fills=_NEXT, writes=(Write({"edition": 0, "step": "remove"}, owner="whole"),)
    ),
    f"{_PLAN}head/": change(
        None,
        {"edition": 0, "number": "9/KH", "issued_on": "1/8/2023", "title": "Tên", "reason": "Gõ nhầm"},
        owner="whole",
    ),
    f"{_PLAN}commune-groups/": Case(
        owner="whole", writes=(Write({"rows": "24259; chợ", "reason": "Rà soát"}, owner="whole"),)
    ),
    f"{_PLAN}put-in-force/": Case(
        get=None,
        fills={"plan_id": "draft_plan_id"},
        writes=(Write({"number": "9/KH-UBND", "issued_on": "1/8/2024"}, owner="whole"),),
    ),
    "desk/campaign/amendments/<uuid:amendment_id>/": Case(owner="whole"),
    "desk/campaign/amendments/<uuid:amendment_id>/withdraw/": change(None, {"reason": "Nhầm"}, owner="whole"),
    f"{_PLAN}close/": change(None, {"reason": "Hết đợt"}, owner="whole"),
    f"{_PLAN}start-year/": change(None, _YEAR, owner="whole"),
    f"{_PLAN}indicators/": listing(),
    f"{_PLAN}indicators/add/": change(
        None,
        lambda world: {"version": 0, "name": "Khác", "objective": world.things["objective"], "reason": "Mới"},
        owner="whole",
    ),
    _INDICATOR: listing(),
    f"{_INDICATOR}change/": change(None, {"version": 2, "name": "Tên khác", "reason": "Rõ hơn"}, owner="whole"),
    f"{_INDICATOR}targets/": change(None, {"version": 2, "rows": "Toàn tỉnh; 5", "reason": "Giao"}, owner="whole"),
    f"{_INDICATOR}targets/end/": change(
        None, {"version": 2, "targets": ["all:all"], "reason": "Thôi"}, owner="whole", keeps=True
    ),
    "desk/campaign/evidence/<uuid:evidence_id>/withdraw/": change(None, {"reason": "Nhầm"}, owner=WROTE),
    _TASK: listing("own evidence", "other evidence", "own statement", "other statement"),
    f"{_TASK}indicators/": change(
        None, lambda world: {"indicators": [world.things["indicator_id"]], "reason": "Rõ hơn"}, owner="whole"
    ),
    f"{_TASK}evidence/": change(None, lambda world: _unit(world, caption="Ảnh", document=_file()), owner=WROTE),
    f"{_TASK}statements/": change(None, lambda world: _unit(world, body="Đã xong"), owner=WROTE),
    f"{_TASK}sub-plans/": change(None, lambda world: _unit(world), owner=WROTE, keeps=True),
    "desk/campaign/sub-plans/": Case(lets_in=SENT_TO, shows=("own id gửi", "other id gửi", "own id nháp 2")),
    _SUB: Case(owner=SENT_OR_WROTE, shows=("own gửi", "own remark")),
    f"{_SUB}document/": Case(owner=WROTE, fills=_DRAFT, shows=("own nháp 2",)),
    f"{_SUB}save/": Case(
        get=None, fills=_DRAFT, writes=(Write({"edition": 1, "title": "Mới", "what_0": "Họp"}, owner=WROTE),)
    ),
    f"{_SUB}issue/": Case(
        get=None,
        fills=_DRAFT,
        writes=(
            Write(
                lambda _world: {"edition": 1, "number": "2/KH", "issued_on": "1/10/2023", "document": _file()},
                owner=WROTE,
            ),
        ),
    ),
    f"{_SUB}reopen/": Case(get=None, fills=_ISSUED, writes=(Write(owner=WROTE),)),
    f"{_SUB}send/": Case(get=None, fills=_ISSUED, writes=(Write(owner=WROTE),)),
    f"{_SUB}comment/": change(None, {"body": "Rõ rồi"}, owner=SENT_OR_WROTE),
    f"{_SUB}return/": change(None, {"reason": "Thiếu"}, owner=DECIDED),
    f"{_SUB}approve/": change(None, {"edition": 1}, owner=DECIDED),
}
