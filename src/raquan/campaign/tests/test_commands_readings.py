"""A document comes into force as officers left it, and amends the plan that it names: once, completely."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from raquan.campaign import commands, queries
from raquan.campaign.models import Amendment, Campaign, Leftover, Plan, Task, TaskChange, TaskUnit
from raquan.campaign.rules import PlanState
from raquan.campaign.tests.conftest import register_cu_mgar
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotFound, Refused
from raquan.ledger.models import AuditEntry
from raquan.readings import commands as readings
from raquan.readings import queries as reading_queries
from raquan.readings.commands import LineWanted, UnitWanted
from raquan.readings.rules import ReadingState, Show
from raquan.readings.tests import papers

ROOT = Path(__file__).resolve().parents[4]
EXAMPLE = ROOT / "examples/ke-hoach-138-2023.docx"
AMENDMENT = ROOT / "tests/fixtures/plans/sua-doi-138.docx"
AMENDED = "Sửa đổi, bổ sung Kế hoạch số 138/KH-UBND ngày 17/8/2023"
ROWS = (
    ("2", "Tuyên truyền", "Tỉnh đoàn", "", "Tháng 10", "Tờ rơi", ""),
    ("3", "Mở điểm hỗ trợ ở chợ", "UBND huyện Cư M’gar", "", "Tháng 10", "Điểm hỗ trợ", ""),
)


def _read(now: datetime, document: bytes | Path, name: str = "a.docx") -> UUID:
    data = document if isinstance(document, bytes) else document.read_bytes()
    return readings.start_reading(by=SYSTEM, now=now, document=data, file_name=name).reading_id


def _bring(now: datetime, reading_id: UUID, **given: Any) -> commands.PlanImported:
    version = reading_queries.reading(SYSTEM, reading_id).version
    told: dict[str, Any] = {"by": SYSTEM, "now": now, "reading_id": reading_id, "version": version}
    return commands.import_reading(**{**told, "set_aside": True, **given})


def _amend(now: datetime, reading_id: UUID, edition: int = 0, **given: Any) -> commands.PlanAmended:
    version = reading_queries.reading(SYSTEM, reading_id).version
    told = {"by": SYSTEM, "now": now, "reading_id": reading_id, "version": version, "edition": edition}
    return commands.amend_plan(**{**told, "set_aside": True, **given})


def partly(*, number: str = "138", own: str = "201", rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    """A document that amends two tasks of a plan and says nothing of its others."""
    left = f"UBND TỈNH ĐẮK LẮK\n\nSố: {own}/KH-UBND"
    document = papers.opened(left)
    title = AMENDED.replace("138", number)
    papers.lines(document, "KẾ HOẠCH", title, "", "Bỏ nhiệm vụ số 1.", "PHỤ LỤC")
    papers.grid(document, [(*papers.HEADINGS, "Ghi chú"), ("I", "Ra quân", "", "", "", "", ""), *rows])
    return papers.saved(document)


def test_a_reading_comes_into_force_as_officers_left_it(officer: Actor, cu_mgar: UUID, now: datetime) -> None:
    reading_id = _read(now, papers.plain_plan())
    second = reading_queries.reading_page(officer, reading_id, Show.TASKS).lines.items[1]
    wanted = LineWanted("Phát tờ rơi", section=second.section, lead_units=[UnitWanted("Huyện", "UBND huyện Cư M'gar")])
    readings.correct_line(by=officer, now=now, line_id=second.id, version=1, wanted=wanted)
    between = LineWanted("Việc thêm", path="I.1b", section=second.section)
    first = reading_queries.reading_page(officer, reading_id, Show.TASKS).lines.items[0]
    readings.add_task(by=officer, now=now, reading_id=reading_id, after=first.id, wanted=between)
    with pytest.raises(readings.StillOpen):
        _bring(now, reading_id, by=officer, set_aside=False)
    assert not Plan.objects.exists()
    done = _bring(now, reading_id, by=officer)
    assert (done.tasks, done.leftovers, done.already) == (3, 1, False)
    tasks = list(Task.objects.filter(is_section=False).order_by("position"))
    assert [one.title for one in tasks] == ["Hỗ trợ người dân nộp hồ sơ", "Việc thêm", "Phát tờ rơi"]
    assert [one.source for one in tasks] == ["bảng 2, dòng 3", "thêm khi xem lại 1", "bảng 2, dòng 4"]
    unit = TaskUnit.objects.get(task=tasks[2])
    assert (unit.as_written, unit.organization_id, unit.score) == ("Huyện", cu_mgar, 1)
    one = reading_queries.reading(officer, reading_id)
    assert (one.state, one.plan_id) == (ReadingState.SETTLED, done.plan_id)
    assert _bring(now, reading_id) == commands.PlanImported(done.plan_id, done.campaign_id, 3, 1, already=True)
    assert AuditEntry.objects.filter(verb="import_plan").count() == 1


def test_a_reading_of_a_plan_that_came_another_way_is_closed_with_it(now: datetime, officer: Actor) -> None:
    document = papers.plain_plan()
    reading_id = _read(now, document)
    done = commands.import_plan(by=SYSTEM, now=now, document=document, file_name="b.docx")
    assert _bring(now, reading_id, set_aside=False).plan_id == done.plan_id
    assert reading_queries.reading(officer, reading_id).plan_id == done.plan_id


def test_what_a_reading_cannot_become_is_refused(now: datetime, officer: Actor) -> None:
    reading_id = _read(now, papers.plain_plan(window="theo kế hoạch của Bộ"))
    cases: tuple[tuple[dict[str, Any], type[Refused]], ...] = (
        ({"campaign_year": 2023}, commands.WindowUnknown),
        ({"starts_on": date(2023, 9, 2), "ends_on": date(2023, 9, 1)}, commands.WindowReversed),
        ({"starts_on": date(2023, 9, 1), "ends_on": date(2023, 9, 2), "version": 7}, readings.ReadingChanged),
    )
    for given, refusal in cases:
        with pytest.raises(refusal):
            _bring(now, reading_id, **given)
    with pytest.raises(commands.AmendsAnother):
        _bring(now, _read(now, partly()))
    with pytest.raises(NotFound):
        commands.import_reading(by=officer, now=now, reading_id=uuid7(), version=1)
    commands.import_plan(by=SYSTEM, now=now, document=papers.plain_plan(), file_name="b.docx")
    with pytest.raises(commands.AlreadyInForce):
        _bring(now, reading_id, starts_on=date(2023, 9, 1), ends_on=date(2023, 9, 2))
    assert Plan.objects.count() == 1


@pytest.mark.slow
def test_a_document_for_the_whole_list_amends_the_example(now: datetime, officer: Actor) -> None:
    plan = _bring(now, _read(now, EXAMPLE))
    before = list(Task.objects.order_by("position"))
    reading_id = _read(now, AMENDMENT)
    page = queries.bring_page(officer, reading_id)
    assert page.plan is not None
    assert {kind.value: count for kind, count in page.counts.items()} == {
        "same": 7,
        "changed": 5,
        "added": 1,
        "removed": 1,
    }
    done = _amend(now, reading_id, by=officer, starts_on=page.starts_on, ends_on=page.ends_on)
    assert (done.plan_id, done.added, done.changed, done.withdrawn, done.already) == (plan.plan_id, 1, 5, 1, False)
    after = list(Task.objects.order_by("position"))
    assert {one.id for one in before} < {one.id for one in after}  # none is deleted
    assert [one.position for one in after] == list(range(1, len(after) + 1))
    gone = Task.objects.get(withdrawn_by__isnull=False)
    assert gone.title.startswith("Phổ biến, hỗ trợ cài đặt ứng dụng")
    new = next(one for one in after if one.title.startswith("Mở điểm hỗ trợ"))
    assert after[new.position - 2].title.startswith("Phổ biến, hỗ trợ người dân tham gia thương mại")
    assert new.parent is not None
    assert new.parent.id in {one.id for one in before}
    led = Task.objects.get(title__startswith="Đẩy nhanh tiến độ", is_section=False)
    assert [one.as_written for one in led.units.filter(part="lead")] == ["Văn phòng UBND tỉnh"]
    change = TaskChange.objects.get(task=led)
    assert change.fields == {"lead_units": [["Sở Thông tin và Truyền thông"], ["Văn phòng UBND tỉnh"]]}
    assert Plan.objects.get().state == PlanState.AMENDED
    assert Campaign.objects.get().ends_on == date(2023, 10, 31)
    assert AuditEntry.objects.get(verb="amend_plan").detail["number"] == "158/KH-UBND"
    again = _amend(now, reading_id)
    assert (again.amendment_id, again.added, again.changed, again.withdrawn, again.already) == (
        done.amendment_id,
        1,
        5,
        1,
        True,
    )
    assert len(queries.tasks(officer, plan.campaign_id).items) == 13
    shown = queries.plan_page(officer, now=now)
    assert shown is not None
    assert [one.number for one in shown.plan.amendments] == ["158/KH-UBND"]
    assert [one.withdrawn_by for one in shown.tasks.items if one.withdrawn_by] == ["158/KH-UBND"]


def test_a_document_for_some_tasks_leaves_the_others(officer: Actor, cu_mgar: UUID, now: datetime) -> None:
    plan = _bring(now, _read(now, papers.plain_plan()))
    (first, _) = queries.tasks(officer, plan.campaign_id).items
    page = queries.bring_page(officer, _read(now, partly()))
    assert [one.change.kind.value for one in page.differences.items] == ["changed", "added"]
    assert page.untouched == ((first.id, "I.1 Hỗ trợ người dân nộp hồ sơ"),)
    done = _amend(now, _read(now, partly()), withdrawn=[first.id])
    assert (done.added, done.changed, done.withdrawn) == (1, 1, 1)
    listed = queries.tasks(officer, plan.campaign_id, also_withdrawn=True).items
    assert [(one.path, one.title, one.withdrawn_by) for one in listed] == [
        ("I.1", "Hỗ trợ người dân nộp hồ sơ", "201/KH-UBND"),
        ("I.2", "Tuyên truyền", ""),
        ("I.3", "Mở điểm hỗ trợ ở chợ", ""),
    ]
    assert [one.title for one in queries.tasks(officer, plan.campaign_id, text="to roi").items] == ["Tuyên truyền"]
    assert listed[1].changes[0].fields[0] == ("lead_units", "Các sở, ban, ngành", "Tỉnh đoàn")
    assert listed[2].section == "I. Ra quân"
    assert Leftover.objects.filter(source__startswith="201/KH-UBND, ").exists()
    other = _amend(
        now, _read(now, partly(own="202", rows=(("9", "Tổng kết", "Tỉnh đoàn", "", "Tháng 10", "", ""),))), 1
    )
    assert (other.added, other.changed) == (1, 0)
    assert [one.number for one in Amendment.objects.order_by("position")] == ["201/KH-UBND", "202/KH-UBND"]


def test_a_task_that_looks_like_another_can_be_a_new_one(officer: Actor, cu_mgar: UUID, now: datetime) -> None:
    _bring(now, _read(now, papers.plain_plan()))
    reading_id = _read(now, partly())
    changed = queries.bring_page(officer, reading_id).differences.items[0]
    done = _amend(now, reading_id, apart=[changed.source])
    assert (done.added, done.changed) == (2, 0)
    assert Task.objects.filter(title="Tuyên truyền").count() == 2


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (lambda now: {"reading_id": _read(now, partly(number="999"))}, commands.AmendedPlanUnknown),
        (lambda now: {"reading_id": _read(now, papers.plain_plan(year=2024))}, commands.AmendsNothing),
        (lambda now: {"edition": 1}, commands.PlanChanged),
        (lambda now: {"version": 5}, readings.ReadingChanged),
        (lambda now: {"set_aside": False}, readings.StillOpen),
        (lambda now: {"ends_on": date(2023, 9, 1)}, commands.WindowReversed),
    ],
)
def test_what_amends_no_plan_is_refused(
    officer: Actor, now: datetime, spoil: Callable[[datetime], dict[str, Any]], refusal: type[Refused]
) -> None:
    _bring(now, _read(now, papers.plain_plan()))
    with pytest.raises(refusal):
        _amend(now, **{"reading_id": _read(now, partly()), **spoil(now)})
    assert not Amendment.objects.exists()
    assert Plan.objects.get().state == PlanState.IN_FORCE


def _at_once(*acts: Callable[[], Any]) -> list[str]:
    def do(act: Callable[[], Any]) -> str:
        try:
            return "already" if act().already else "done"
        except Refused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(do, acts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_do_it_once(now: datetime) -> None:
    register_cu_mgar(now)
    plan = _read(now, papers.plain_plan())
    assert _at_once(*[lambda: _bring(now, plan, version=1)] * 2) == ["already", "done"]
    one, other = _read(now, partly()), _read(now, partly(own="202"))
    assert _at_once(*[lambda: _amend(now, one, version=1)] * 2) == ["already", "done"]
    assert _at_once(lambda: _amend(now, other, 0, version=1)) == ["plan.changed"]
    assert (Plan.objects.count(), Amendment.objects.count(), Task.objects.count()) == (1, 1, 4)
    third = _read(now, partly(own="203"))

    def close() -> commands.PlanAmended:
        commands.close_plan(by=SYSTEM, now=now, plan_id=Plan.objects.get().id, reason="Hết đợt")
        return commands.PlanAmended(Plan.objects.get().id, third, 0, 0, 0, already=False)

    _at_once(lambda: _amend(now, third, 1, version=1), close)
    assert Plan.objects.get().state == PlanState.CLOSED  # whoever was first: an amendment does not open it again
