"""A plan's states, what stands around its tasks, its indicators and targets, and the year after."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.campaign import commands, queries
from raquan.campaign.models import Campaign, Indicator, Objective, Plan, Target, Task, TaskUnit
from raquan.catalogue.commands import load_catalogue
from raquan.catalogue.models import Service
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.places.commands import load_units
from raquan.places.rules import Level, UnitRow
from raquan.readings.tests import papers

SAID = {"starts_on": date(2024, 9, 16), "ends_on": date(2024, 10, 16), "day_on": date(2024, 10, 10)}


@pytest.fixture
def draft(plan: commands.PlanImported, officer: Actor, now: datetime) -> UUID:
    """The draft of 2024, from the plan of 2023."""
    return commands.start_plan_from(by=officer, now=now, plan_id=plan.plan_id, year=2024, **SAID)


def test_a_year_is_started_from_the_one_before(
    plan: commands.PlanImported, officer: Actor, viewer: Actor, now: datetime
) -> None:
    load_catalogue(by=SYSTEM, now=now)
    retired = Service.objects.filter(valid_to__isnull=True, valid_from__lte=date(2023, 10, 10)).first()
    assert retired is not None
    Service.objects.filter(id=retired.id).update(valid_to=date(2023, 12, 31))
    task = Task.objects.get(title="Tuyên truyền")
    Task.objects.filter(id=task.id).update(
        title=f"Tuyên truyền {retired.name['vi']}", starts_on=date(2023, 9, 20), due_on=date(2023, 10, 15)
    )
    aim = Objective.objects.get()
    commands.add_indicator(by=officer, now=now, objective_id=aim.id, told=commands.IndicatorTold("Hồ sơ"), reason="a")
    start: dict[str, Any] = {"by": officer, "now": now, "plan_id": plan.plan_id, "year": 2024} | SAID
    draft = commands.start_plan_from(**start)
    assert commands.start_plan_from(**start) == draft
    with pytest.raises(commands.YearHasPlan):
        commands.start_plan_from(**(start | {"year": 2023}))
    with pytest.raises(commands.StartsFromDraft):
        commands.start_plan_from(**(start | {"plan_id": draft, "year": 2025}))
    with pytest.raises(commands.DaysReversed):
        commands.start_plan_from(**(start | {"year": 2025, "ends_on": date(2024, 9, 1)}))
    copied = Task.objects.get(plan_id=draft, title__startswith="Tuyên truyền")
    assert (copied.starts_on, copied.due_on) == (date(2024, 9, 21), date(2024, 10, 16))
    assert copied.retired_services == [retired.name["vi"]]
    assert copied.parent is not None
    assert (copied.parent.plan_id, copied.parent.title) == (draft, "Ra quân")
    assert TaskUnit.objects.filter(task__plan_id=draft).count() == TaskUnit.objects.exclude(task__plan_id=draft).count()
    assert Indicator.objects.filter(objective__plan_id=draft).count() == 1
    found = queries.frame(officer, draft)
    assert (found.plan.state, found.plan.year, found.plan.retired) == ("draft", 2024, 1)
    assert [one.year for one in queries.campaigns()] == [2023]  # nobody outside the office knows of it
    assert [one.year for one in queries.plans(viewer)] == [2023]
    assert queries.task(viewer, copied.id) is None
    with pytest.raises(NotFound):
        queries.indicators_page(viewer, draft)


def test_a_draft_is_put_in_force_once_and_closed(draft: UUID, officer: Actor, writer: Actor, now: datetime) -> None:
    put: dict[str, Any] = {"now": now, "plan_id": draft, "number": "9/KH-UBND", "issued_on": date(2024, 8, 1)}
    with pytest.raises(NotAllowed):
        commands.put_plan_in_force(by=writer, **put)
    with pytest.raises(commands.NumberMissing):
        commands.put_plan_in_force(by=officer, **(put | {"number": " "}))
    with pytest.raises(commands.PlanElsewhere):
        commands.close_plan(by=officer, now=now, plan_id=draft, reason="Thôi")
    for _ in range(2):
        commands.put_plan_in_force(by=officer, **put)
    with pytest.raises(commands.PlanElsewhere, match="Đang thực hiện"):  # another officer was first
        commands.put_plan_in_force(by=officer, **(put | {"number": "10/KH-UBND"}))
    assert next((one.year, one.plan_number) for one in queries.campaigns()) == (2024, "9/KH-UBND")
    with pytest.raises(commands.ReasonMissing):
        commands.close_plan(by=officer, now=now, plan_id=draft, reason="")
    for _ in range(2):
        commands.close_plan(by=officer, now=now, plan_id=draft, reason="Hết đợt")
    verbs = AuditEntry.objects.filter(subject_id=str(draft)).order_by("at", "id").values_list("verb", flat=True)
    assert list(verbs) == ["start_plan_from", "put_plan_in_force", "close_plan"]
    shown = queries.plan(officer, Plan.objects.get(id=draft).campaign_id)
    assert shown is not None
    assert shown.state == "closed"


def test_a_year_that_was_signed_meanwhile_keeps_its_plan(draft: UUID, officer: Actor, now: datetime) -> None:
    commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(year=2024), file_name="b.docx")
    with pytest.raises(commands.YearHasPlan):
        commands.put_plan_in_force(by=officer, now=now, plan_id=draft, number="9", issued_on=date(2024, 8, 1))
    assert Campaign.objects.filter(code="2024").count() == 1


def test_what_stands_around_the_tasks_is_changed_with_a_reason(
    plan: commands.PlanImported, officer: Actor, now: datetime
) -> None:
    found = queries.frame(officer, plan.plan_id)
    same = commands.Frame(**{name: getattr(found, name) for name in commands.Frame.__slots__})
    new = replace(
        same, slogans=("Dữ liệu số là tài sản",), programmes=("Quyết định 749/QĐ-TTg",), theme_province="Gần dân"
    )
    new = replace(
        new, province_day_name="Ngày của tỉnh", province_day_on=date(2023, 10, 12), ends_on=date(2023, 10, 20)
    )
    change: dict[str, Any] = {"by": officer, "now": now, "plan_id": plan.plan_id, "edition": 0}
    assert commands.change_frame(**change, frame=same) == 0
    with pytest.raises(commands.ReasonMissing):
        commands.change_frame(**change, frame=new)
    with pytest.raises(commands.DaysReversed):
        commands.change_frame(**change, frame=replace(new, ends_on=date(2023, 9, 1)), reason="Nhầm")
    assert commands.change_frame(**change, frame=new, reason="Theo công văn") == 1
    assert commands.change_frame(**change, frame=new, reason="Lại") == 1
    with pytest.raises(commands.FrameChanged):
        commands.change_frame(**change, frame=replace(new, theme="Khác"), reason="Đè")
    campaign = queries.campaign_of_year(2023)
    assert campaign is not None
    assert [one.held_on.day for one in campaign.observances] == [10, 12]
    assert (campaign.slogans, campaign.ends_on) == (({"vi": "Dữ liệu số là tài sản"},), date(2023, 10, 20))
    entry = AuditEntry.objects.get(verb="change_frame")
    assert entry.detail["reason"] == "Theo công văn"
    assert set(entry.detail["changes"]) == {
        "slogans", "programmes", "theme_province", "province_day_name", "province_day_on", "ends_on",
    }  # fmt: skip


def test_an_indicator_names_a_rung_and_sources_its_denominator(
    plan: commands.PlanImported, officer: Actor, writer: Actor, now: datetime
) -> None:
    load_catalogue(by=SYSTEM, now=now)
    aim = Objective.objects.get().id
    told = commands.IndicatorTold("Người nộp hồ sơ trực tuyến", "online_public_service", "filed")
    add: dict[str, Any] = {"now": now, "objective_id": aim}
    with pytest.raises(NotAllowed):
        commands.add_indicator(by=writer, **add, told=told)
    with pytest.raises(commands.ReasonMissing):
        commands.add_indicator(by=officer, **add, told=told)
    with pytest.raises(commands.RungUnknown):
        commands.add_indicator(by=officer, **add, told=replace(told, rung_code="nowhere"), reason="Mới")
    with pytest.raises(commands.DenominatorUnsourced):
        commands.add_indicator(by=officer, **add, told=replace(told, denominator=1000), reason="Mới")
    made = commands.add_indicator(by=officer, **add, told=told, reason="Mới")
    assert commands.add_indicator(by=officer, **add, told=told, reason="Lại") == made
    with pytest.raises(commands.IndicatorNamed):
        commands.add_indicator(by=officer, **add, told=replace(told, rung_code="", group_code=""), reason="Trùng")
    whole = replace(told, denominator=1000, denominator_name="người", denominator_source="Cục Thống kê")
    whole = replace(whole, denominator_on=date(2023, 1, 1))
    change: dict[str, Any] = {"by": officer, "now": now, "indicator_id": made, "version": 1}
    assert commands.change_indicator(**change, told=whole, reason="Có số") == 2
    assert commands.change_indicator(**change, told=whole, reason="Lại") == 2
    with pytest.raises(commands.IndicatorChanged):
        commands.change_indicator(**change, told=told, reason="Đè")
    (view,) = queries.indicators_of(officer, plan.campaign_id)
    assert (view.version, view.denominator, view.rung is not None) == (2, 1000, True)
    detail = AuditEntry.objects.get(verb="change_indicator").detail
    assert (detail["was"]["denominator"], detail["now"]["denominator"], detail["version"]) == (None, 1000, 2)


def test_targets_come_by_rows_all_or_none(
    plan: commands.PlanImported, officer: Actor, cu_mgar: UUID, now: datetime, django_assert_max_num_queries: Any
) -> None:
    rows = [("66", Level.PROVINCE, "tỉnh", "Đắk Lắk", ""), ("648", Level.DISTRICT, "huyện", "Cư M’gar", "66")]
    rows += [(code, Level.COMMUNE, "xã", name, "648") for code, name in (("24259", "Ea Pốk"), ("24262", "Hòa Tân"))]
    rows += [("24263", Level.COMMUNE, "xã", "Hòa Tân", "648")]
    day = date(2023, 1, 1)
    units = [UnitRow(code, day, None, level, kind, name, up, None, None) for code, level, kind, name, up in rows]
    load_units(by=SYSTEM, now=now, units=units, changes=())
    told = commands.IndicatorTold("Hồ sơ")
    made = commands.add_indicator(by=officer, now=now, objective_id=Objective.objects.get().id, told=told, reason="a")
    give: dict[str, Any] = {"by": officer, "now": now, "indicator_id": made, "reason": "Giao"}
    good = "Toàn tỉnh\t100.000\n24259;1200\nUBND huyện Cư M'gar; 5000\nNhóm vùng xa; 50\nxã Ea Pốk,1200"
    bad = f"{good}\nxã Hòa Tân; 5\nSở Không Có; 5\nNhóm chợ; 1,5\nNhóm chợ; 0"
    with pytest.raises(commands.RowsRefused) as refusal:
        commands.set_targets(**give, version=1, text=bad)
    assert [one.line for one in refusal.value.rows if one.error] == [5, 6, 7, 8, 9]
    assert not Target.objects.exists()
    text = good.rpartition("\n")[0]
    assert commands.set_targets(**give, version=1, text=text) == 4
    assert commands.set_targets(**give, version=1, text=text) == 0
    with pytest.raises(commands.IndicatorChanged):
        commands.set_targets(**give, version=1, text="Toàn tỉnh; 7")
    assert commands.set_targets(**give, version=2, text="Toàn tỉnh; 7") == 1
    with django_assert_max_num_queries(9):
        (view,) = queries.indicators_of(officer, plan.campaign_id)
    assert {(one.scope.value, one.value) for one in view.targets} == {
        ("all", 7), ("place", 1200), ("unit", 5000), ("group", 50),
    }  # fmt: skip
    assert {one.organization_id for one in view.targets} == {None, cu_mgar}
    assert AuditEntry.objects.filter(verb="set_targets").order_by("-id")[0].detail["was"] == {"all:all": 100000}
    ended: dict[str, Any] = {"indicator_id": made, "targets": ["all:all", "group:remote", "place:x"]}
    with pytest.raises(commands.ReasonMissing):
        commands.end_targets(by=officer, now=now, **ended, version=3, reason=" ")
    with pytest.raises(commands.IndicatorChanged):
        commands.end_targets(by=officer, now=now, **ended, version=2, reason="Thôi giao")
    assert commands.end_targets(by=officer, now=now, **ended, version=3, reason="Thôi giao") == 2
    assert commands.end_targets(by=officer, now=now, **ended, version=4, reason="Thôi giao") == 0
    assert {one.scope for one in Target.objects.all()} == {"place", "unit"}
    gone = AuditEntry.objects.get(verb="end_targets").detail
    assert (gone["was"], gone["reason"]) == ({"all:all": 7, "group:remote": 50}, "Thôi giao")


def test_number_day_and_title_are_corrected_with_a_reason(
    plan: commands.PlanImported, officer: Actor, viewer: Actor, now: datetime
) -> None:
    true: dict[str, Any] = {"number": "139/KH-UBND", "issued_on": date(2023, 8, 18), "title": "Kế hoạch đúng"}
    known: dict[str, Any] = {"now": now, "plan_id": plan.plan_id}
    with pytest.raises(NotAllowed):
        commands.correct_plan_head(by=viewer, **known, edition=0, **true, reason="Gõ nhầm")
    with pytest.raises(commands.ReasonMissing):
        commands.correct_plan_head(by=officer, **known, edition=0, **true)
    with pytest.raises(commands.NumberMissing):
        commands.correct_plan_head(by=officer, **known, edition=0, **(true | {"number": ""}), reason="Gõ nhầm")
    assert commands.correct_plan_head(by=officer, **known, edition=0, **true, reason="Gõ nhầm") == 1
    assert commands.correct_plan_head(by=officer, **known, edition=0, **true, reason="Gõ nhầm") == 1
    with pytest.raises(commands.FrameChanged):
        commands.correct_plan_head(by=officer, **known, edition=0, **(true | {"number": "1"}), reason="Khác")
    assert queries.campaigns()[0].plan_number == "139/KH-UBND"
    changes = AuditEntry.objects.get(verb="correct_plan_head").detail["changes"]
    assert changes["issued_on"] == ["2023-08-17", "2023-08-18"]


def test_communes_are_put_into_groups_by_rows_and_a_group_s_target_is_for_each(
    plan: commands.PlanImported, officer: Actor, viewer: Actor, now: datetime
) -> None:
    rows = [("66", Level.PROVINCE, "tỉnh", "Đắk Lắk", ""), ("24259", Level.COMMUNE, "xã", "Ea Pốk", "66")]
    rows += [(code, Level.COMMUNE, "xã", name, "66") for code, name in (("24262", "Hòa Tân"), ("24263", "Hòa Tân"))]
    units = [UnitRow(code, date(2023, 1, 1), None, kind, t, name, up, None, None) for code, kind, t, name, up in rows]
    load_units(by=SYSTEM, now=now, units=units, changes=())
    known: dict[str, Any] = {"now": now, "plan_id": plan.plan_id}
    bad = "xã Ea Pốk\tVùng xa\nHòa Tân; chợ\n24262; đồng bằng\n24259; chợ\nxã Mới; chợ"
    with pytest.raises(commands.RowsRefused) as refusal:
        commands.set_commune_groups(by=officer, **known, text=bad, reason="Rà soát")
    assert [one.line for one in refusal.value.rows if one.error] == [2, 3, 4, 5]
    with pytest.raises(commands.ReasonMissing):
        commands.set_commune_groups(by=officer, **known, text="24259; chợ")
    for changed in (2, 0):
        text = "Ea Pốk\tVùng sâu, vùng xa\n24262,chợ"
        assert commands.set_commune_groups(by=officer, **known, text=text, reason="Rà soát") == changed
    assert commands.set_commune_groups(by=officer, **known, text="24263; vùng xa", reason="Rà soát") == 1
    many = [
        UnitRow(f"{at}", date(2023, 1, 1), None, Level.COMMUNE, "xã", f"Ba {at}", "66", None, None)
        for at in range(30000, 30210)
    ]
    load_units(by=SYSTEM, now=now, units=many, changes=())
    with pytest.raises(commands.RowsRefused):
        commands.set_commune_groups(by=officer, **known, text="xã Hòa Tân; chợ", reason="Rà soát")
    assert commands.set_commune_groups(by=officer, **known, text="xã Ea Pốk; vùng xa", reason="Xa hơn 200 tên") == 0
    Campaign.objects.update(province_code="66")
    page = queries.commune_groups_page(officer, plan.plan_id)
    assert [(one.code, one.group_name.split()[-1]) for one in page.communes] == [
        ("24262", "xã"), ("24259", "xa"), ("24263", "xa"),
    ]  # fmt: skip
    assert page.left == 210
    with pytest.raises(NotAllowed):
        queries.commune_groups_page(viewer, plan.plan_id)
    aim = Objective.objects.get().id
    told = commands.IndicatorTold("Hồ sơ")
    made = commands.add_indicator(by=officer, now=now, objective_id=aim, told=told, reason="a")
    targets = "Nhóm vùng xa; 50\nToàn tỉnh; 9"
    commands.set_targets(by=officer, now=now, indicator_id=made, version=1, text=targets, reason="Giao")
    (view,) = queries.indicators_of(officer, plan.campaign_id)
    assert {(one.key, one.communes, one.total) for one in view.targets} == {("remote", 2, 100), ("all", None, None)}


def test_a_draft_s_tasks_are_changed_by_hand_and_those_in_force_are_not(
    plan: commands.PlanImported, draft: UUID, officer: Actor, cu_mgar: UUID, now: datetime
) -> None:
    known: dict[str, Any] = {"by": officer, "now": now}

    def titles() -> list[tuple[str, str]]:
        rows = Task.objects.filter(plan_id=draft).select_related("parent").order_by("position")
        return [(one.title, one.parent.title if one.parent else "") for one in rows]

    before = titles()
    head = commands.DraftTaskTold("Phần mới", is_section=True)
    section = commands.add_draft_task(**known, plan_id=draft, edition=0, told=head)
    units = ("UBND huyện Cư M'gar", "Các sở, ban, ngành")
    told = commands.DraftTaskTold("Tập huấn", "9", lead_units=units, due_on=date(2024, 10, 1), deliverable="Lớp học")
    task = commands.add_draft_task(**known, plan_id=draft, edition=1, told=told, after=section)
    assert titles() == [*before, ("Phần mới", ""), ("Tập huấn", "Phần mới")]
    assert [one.organization_id for one in Task.objects.get(id=task).units.order_by("position")] == [cu_mgar, None]
    with pytest.raises(commands.FrameChanged):  # another officer was first
        commands.change_draft_task(**known, task_id=task, edition=1, told=told)
    with pytest.raises(commands.TaskTitleMissing):
        commands.change_draft_task(**known, task_id=task, edition=2, told=replace(told, title=" "))
    with pytest.raises(commands.DaysReversed):
        commands.change_draft_task(**known, task_id=task, edition=2, told=replace(told, starts_on=date(2024, 10, 2)))
    commands.change_draft_task(**known, task_id=task, edition=2, told=replace(told, title="Học lại", lead_units=()))
    assert not Task.objects.get(id=task).units.exists()
    commands.move_draft_task(**known, task_id=task, edition=3, up=True)
    assert titles()[-2][0] == "Học lại"
    commands.move_draft_task(**known, task_id=task, edition=4, up=False)
    commands.move_draft_task(**known, task_id=task, edition=5, up=False)
    assert titles()[-1] == ("Học lại", "Phần mới")
    commands.remove_draft_task(**known, task_id=section, edition=6)
    assert titles()[-1][0] == "Học lại"
    assert "Phần mới" not in dict(titles())
    page = queries.draft_task_page(officer, draft, task)
    assert page.task is not None
    assert (page.task.title, page.edition) == ("Học lại", 7)
    standing = Task.objects.filter(plan_id=plan.plan_id, is_section=False)[0].id
    with pytest.raises(commands.PlanElsewhere):
        commands.remove_draft_task(**known, task_id=standing, edition=0)
    with pytest.raises(NotFound):
        queries.draft_task_page(officer, plan.plan_id, standing)
