"""An amendment put in force by mistake is withdrawn: the plan is what it was, or what stands on it is named."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.campaign import commands, queries
from raquan.campaign.models import Amendment, Campaign, Evidence, Leftover, Plan, SubPlan, Task, TaskChange
from raquan.campaign.rules import PlanState, StandingKind
from raquan.campaign.tests.conftest import issue, register_cu_mgar
from raquan.campaign.tests.test_commands_readings import _amend, _at_once, _bring, _read, partly
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.ledger.models import AuditEntry
from raquan.readings import queries as reading_queries
from raquan.readings.rules import ReadingState
from raquan.readings.tests import papers

WORDS = ("id", "position", "path", "title", "starts_on", "due_on", "time_as_written", "deliverable", "search_key")
LATER = (("9", "Tổng kết", "Tỉnh đoàn", "", "Tháng 10", "", ""),)


def standing(now: datetime) -> dict[str, Any]:
    """Say all that a plan holds: what must be the same before an amendment and after its withdrawal."""
    officer = SYSTEM
    campaign = Campaign.objects.get()
    tasks = Task.objects.filter(withdrawn_by=None).order_by("position")
    units = [
        (str(task.id), *unit)
        for task in tasks
        for unit in task.units.order_by("part", "position").values_list(
            "part", "position", "as_written", "organization_id", "score"
        )
    ]
    shown = queries.plan_page(officer, now=now)
    assert shown is not None
    return {
        "state": Plan.objects.get().state,
        "window": (campaign.starts_on, campaign.ends_on),
        "tasks": list(tasks.values(*WORDS, "parent_id", "is_section")),
        "units": units,
        "leftovers": list(Leftover.objects.order_by("position").values_list("source", "text")),
        "page": (shown.plan, shown.tasks, shown.sections),
    }


def take_back(now: datetime, amendment_id: UUID, **given: Any) -> bool:
    """Withdraw an amendment, with a reason."""
    return commands.withdraw_amendment(
        **{"by": SYSTEM, "now": now, "amendment_id": amendment_id, "reason": "Nhập nhầm bản dự thảo", **given}
    )


@pytest.fixture
def amended(cu_mgar: UUID, now: datetime) -> commands.PlanAmended:
    """A plan whose second task is changed and which has a third, for Cư M’gar."""
    _bring(now, _read(now, papers.plain_plan()))
    return _amend(now, _read(now, partly()))


def added(done: commands.PlanAmended) -> UUID:
    """Give the task that an amendment added."""
    return TaskChange.objects.get(amendment_id=done.amendment_id, kind="added").task_id


def test_the_plan_is_what_it_was(officer: Actor, cu_mgar: UUID, now: datetime) -> None:
    plan = _bring(now, _read(now, papers.plain_plan()))
    before = standing(now)
    first = queries.tasks(officer, plan.campaign_id).items[0].id
    reading_id = _read(now, partly())
    done = _amend(now, reading_id, withdrawn=[first], starts_on=date(2023, 9, 1), ends_on=date(2023, 12, 1))
    new = added(done)
    assert standing(now) != before
    assert take_back(now, done.amendment_id, by=officer) is True
    assert standing(now) == before
    assert take_back(now, done.amendment_id, by=officer, reason="khác") is False
    row = Amendment.objects.get()
    assert (row.withdraw_reason, row.withdrawn_by_name) == ("Nhập nhầm bản dự thảo", officer.name)
    told = AuditEntry.objects.get(verb="withdraw_amendment").detail
    assert (told["number"], told["reason"]) == ("201/KH-UBND", "Nhập nhầm bản dự thảo")
    gone = queries.task(officer, new)
    assert gone is not None
    assert (gone.is_taken_back, gone.changes) == (True, ())
    assert new not in {one.id for one in queries.tasks(officer, plan.campaign_id, also_withdrawn=True).items}
    assert queries.frame(officer, plan.plan_id).plan.tasks == 2
    assert reading_queries.reading(SYSTEM, reading_id).state == ReadingState.READ


def test_the_same_document_can_come_again_and_be_withdrawn_again(
    officer: Actor, amended: commands.PlanAmended, now: datetime
) -> None:
    take_back(now, amended.amendment_id)
    before = standing(now)
    reading_id = _read(now, partly())
    with pytest.raises(commands.PlanChanged):
        _amend(now, reading_id, 1)  # as it was compared before the withdrawal
    again = _amend(now, reading_id, 2)
    assert (again.already, again.added, again.changed) == (False, 1, 1)
    assert [one.position for one in Amendment.objects.order_by("position")] == [1, 2]
    assert Task.objects.get(id=added(again)).parent_id == Task.objects.get(is_section=True).id
    assert take_back(now, again.amendment_id)
    assert standing(now) == before
    assert Task.objects.filter(withdrawn_by__isnull=False).count() == 2


def test_an_earlier_amendment_is_under_the_later(amended: commands.PlanAmended, now: datetime) -> None:
    between = standing(now)
    later = _amend(now, _read(now, partly(own="202", rows=LATER)), 1)
    with pytest.raises(commands.AmendmentStoodOn, match="202/KH-UBND") as refused:
        take_back(now, amended.amendment_id)
    assert [one.kind for one in refused.value.standing] == [StandingKind.AMENDMENT]
    take_back(now, later.amendment_id)
    assert standing(now) == between
    assert Plan.objects.get().state == PlanState.AMENDED
    take_back(now, amended.amendment_id)
    assert Plan.objects.get().state == PlanState.IN_FORCE


def test_what_units_did_for_an_added_task_is_named(
    officer: Actor, writer: Actor, cu_mgar: UUID, amended: commands.PlanAmended, now: datetime
) -> None:
    task_id = added(amended)
    unit: dict[str, Any] = {"by": writer, "now": now, "task_id": task_id, "organization_id": cu_mgar}
    sub_plan = commands.start_sub_plan(**unit)
    assert queries.amendment_page(officer, amended.amendment_id).standing == (), "a draft is its unit's alone"
    evidence = commands.add_evidence(
        **unit, data=b"%PDF-1", file_name="a.pdf", media_type="application/pdf", caption="Ảnh"
    )
    commands.state_progress(**unit, body="Xong một nửa", percent=50)
    lines = [commands.Line("Mở điểm")]
    edition = commands.save_sub_plan(
        by=writer, now=now, sub_plan_id=sub_plan, edition=0, title="Kế hoạch kín", aims="", lines=lines
    )
    issue(sub_plan, writer, now, edition=edition, number="77/KH-UBND")
    kinds = [StandingKind.SUB_PLAN, StandingKind.EVIDENCE, StandingKind.STATEMENT]
    page = queries.amendment_page(officer, amended.amendment_id)
    assert [one.kind for one in page.standing] == kinds
    assert "77/KH-UBND" not in page.standing[0].line, "what was not sent is the unit's alone"
    with pytest.raises(commands.AmendmentStoodOn):
        take_back(now, amended.amendment_id)
    assert Plan.objects.get().amend_edition == 1
    commands.send_sub_plan(by=writer, now=now, sub_plan_id=sub_plan)
    assert queries.amendment_page(officer, amended.amendment_id).standing[0].line.endswith("77/KH-UBND")
    commands.withdraw_evidence(by=writer, now=now, evidence_id=evidence, reason="nhầm")
    assert len(queries.amendment_page(officer, amended.amendment_id).standing) == 2


def test_nothing_is_added_to_what_was_taken_back(
    writer: Actor, cu_mgar: UUID, amended: commands.PlanAmended, now: datetime
) -> None:
    unit: dict[str, Any] = {"by": writer, "now": now, "task_id": added(amended), "organization_id": cu_mgar}
    sub_plan = commands.start_sub_plan(**unit)
    edition = commands.save_sub_plan(
        by=writer, now=now, sub_plan_id=sub_plan, edition=0, title="A", aims="", lines=[commands.Line("Mở điểm")]
    )
    take_back(now, amended.amendment_id)
    with pytest.raises(commands.NoPart):
        commands.state_progress(**unit, body="Xong")
    with pytest.raises(commands.NoPart):
        commands.add_evidence(**unit, data=b"%PDF-1", file_name="a.pdf", media_type="application/pdf", caption="Ảnh")
    with pytest.raises(commands.NoPart):
        issue(sub_plan, writer, now, edition=edition)
    assert (Evidence.objects.count(), SubPlan.objects.get().state) == (0, "draft")


def test_what_a_newly_named_unit_did_for_a_changed_task_is_named(
    officer: Actor, writer: Actor, cu_mgar: UUID, now: datetime
) -> None:
    _bring(now, _read(now, papers.plain_plan()))
    rows = (("2", "Tuyên truyền", "UBND huyện Cư M’gar", "", "Tháng 10", "Tờ rơi", ""),)
    done = _amend(now, _read(now, partly(rows=rows)))
    assert (done.added, done.changed) == (0, 1)
    task_id = TaskChange.objects.get().task_id
    commands.state_progress(by=writer, now=now, task_id=task_id, organization_id=cu_mgar, body="Đã phát")
    (one,) = queries.amendment_page(officer, done.amendment_id).standing
    assert (one.kind, one.href) == (StandingKind.STATEMENT, f"/desk/campaign/tasks/{task_id}/")


def test_who_and_what_is_refused(writer: Actor, officer: Actor, amended: commands.PlanAmended, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        take_back(now, amended.amendment_id, by=writer)
    with pytest.raises(NotAllowed):
        queries.amendment_page(writer, amended.amendment_id)
    with pytest.raises(NotFound):
        take_back(now, uuid7())
    with pytest.raises(commands.ReasonMissing):
        take_back(now, amended.amendment_id, reason="  ")
    commands.close_plan(by=officer, now=now, plan_id=amended.plan_id, reason="Hết đợt")
    with pytest.raises(commands.PlanElsewhere):
        take_back(now, amended.amendment_id)


def test_what_was_not_kept_cannot_be_given_back(amended: commands.PlanAmended, now: datetime) -> None:
    Amendment.objects.update(before=None)
    with pytest.raises(commands.NothingKept):
        take_back(now, amended.amendment_id)
    assert Amendment.objects.get().withdrawn_at is None


def test_a_window_that_was_set_since_stays(officer: Actor, cu_mgar: UUID, now: datetime) -> None:
    _bring(now, _read(now, papers.plain_plan()))
    done = _amend(now, _read(now, partly()), ends_on=date(2023, 12, 1))
    Campaign.objects.update(ends_on=date(2023, 12, 31))
    take_back(now, done.amendment_id)
    assert Campaign.objects.get().ends_on == date(2023, 12, 31)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_withdraw_it_once(now: datetime) -> None:
    register_cu_mgar(now)
    _bring(now, _read(now, papers.plain_plan()))
    done = _amend(now, _read(now, partly()))
    next_one = _read(now, partly(own="202", rows=LATER))

    class Said:
        def __init__(self, *, already: bool) -> None:
            self.already = already

    def withdraw() -> Said:
        return Said(already=not take_back(now, done.amendment_id))

    assert _at_once(withdraw, withdraw) == ["already", "done"]
    assert AuditEntry.objects.filter(verb="withdraw_amendment").count() == 1
    again = _amend(now, _read(now, partly()), 2)
    # Whoever is first: an amendment and the withdrawal of the one below it never both stand.
    said = _at_once(lambda: _amend(now, next_one, 3), lambda: Said(already=not take_back(now, again.amendment_id)))
    assert sorted(said) in (["done", "plan.amendment_stood_on"], ["done", "plan.changed"])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_statement_and_a_withdrawal_at_once(now: datetime) -> None:
    unit = register_cu_mgar(now)
    _bring(now, _read(now, papers.plain_plan()))
    done = _amend(now, _read(now, partly()))
    task_id = added(done)

    class Said:
        already = False

    def once(act: Callable[[], Any]) -> Callable[[], Said]:
        def do() -> Said:
            act()
            return Said()

        return do

    state = once(
        lambda: commands.state_progress(by=SYSTEM, now=now, task_id=task_id, organization_id=unit, body="Xong")
    )
    said = _at_once(state, once(lambda: take_back(now, done.amendment_id)))
    assert said in (["done", "plan.amendment_stood_on"], ["done", "sub_plan.no_part"])
