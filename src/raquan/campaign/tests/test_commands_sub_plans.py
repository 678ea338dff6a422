"""A unit's sub-plan from its first line to the office's decision; evidence and statements beside it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from raquan.campaign import commands, queries
from raquan.campaign.models import Evidence, Plan, Statement, SubPlan
from raquan.campaign.tests.conftest import issue
from raquan.kernel.actor import Actor
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.ledger.models import AuditEntry
from raquan.notices.models import Notice

LINE = commands.Line("Treo băng rôn", "Chợ", "10/10", "Văn phòng")


def test_a_unit_with_a_part_starts_one_and_others_none(
    writer: Actor, neighbour: Actor, officer: Actor, cu_mgar: UUID, tasks: list[UUID], now: datetime
) -> None:
    start: dict[str, Any] = {"now": now, "task_id": tasks[0], "organization_id": cu_mgar}
    first = commands.start_sub_plan(by=writer, **start)
    assert commands.start_sub_plan(by=writer, **start) == first
    assert SubPlan.objects.count() == 1
    own = neighbour.duties[0].organization_id
    assert own is not None
    with pytest.raises(commands.NoPart):
        commands.start_sub_plan(by=neighbour, now=now, task_id=tasks[0], organization_id=own)
    commands.start_sub_plan(by=neighbour, now=now, task_id=tasks[1], organization_id=own)  # "các sở, ban, ngành"
    with pytest.raises(commands.NoPart):
        commands.start_sub_plan(by=writer, now=now, task_id=tasks[1], organization_id=cu_mgar)
    for stranger in (neighbour, officer):
        with pytest.raises(NotAllowed):
            commands.start_sub_plan(by=stranger, **start)


def test_who_saves_over_anothers_save_is_told(sub_plan: UUID, writer: Actor, now: datetime) -> None:
    words: dict[str, Any] = {
        "by": writer,
        "now": now,
        "sub_plan_id": sub_plan,
        "title": "Khác",
        "aims": "",
        "lines": [LINE],
    }
    assert commands.save_sub_plan(**words, edition=1) == 2
    assert commands.save_sub_plan(**words, edition=1) == 2  # the same again
    with pytest.raises(commands.SubPlanChanged):
        commands.save_sub_plan(**(words | {"aims": "Đè"}), edition=1)
    page = queries.sub_plan_page(writer, sub_plan)
    assert page.words is not None
    assert [one.what for one in page.words.lines] == ["Treo băng rôn"]
    assert page.edition == 2


def test_issued_whole_or_not_at_all(sub_plan: UUID, writer: Actor, now: datetime) -> None:
    for missing in ({"number": " "}, {"issued_on": None}, {"document": b""}):
        with pytest.raises(commands.IssueIncomplete):
            issue(sub_plan, writer, now, **missing)
    with pytest.raises(commands.SubPlanElsewhere):
        commands.send_sub_plan(by=writer, now=now, sub_plan_id=sub_plan)
    with pytest.raises(commands.SubPlanChanged):
        issue(sub_plan, writer, now, edition=0)
    issue(sub_plan, writer, now)
    issue(sub_plan, writer, now)
    with pytest.raises(commands.SubPlanElsewhere):
        commands.save_sub_plan(by=writer, now=now, sub_plan_id=sub_plan, edition=1, title="Sửa", aims="", lines=[LINE])
    commands.reopen_sub_plan(by=writer, now=now, sub_plan_id=sub_plan)
    commands.save_sub_plan(by=writer, now=now, sub_plan_id=sub_plan, edition=1, title="Sửa", aims="", lines=[])
    with pytest.raises(commands.SubPlanEmpty):
        issue(sub_plan, writer, now, edition=2)
    verbs = AuditEntry.objects.filter(subject_id=str(sub_plan)).order_by("at", "id").values_list("verb", flat=True)
    assert list(verbs) == ["start_sub_plan", "save_sub_plan", "record_issue", "reopen_sub_plan", "save_sub_plan"]


def test_a_draft_is_the_units_and_a_sent_one_the_offices_too(
    sub_plan: UUID, writer: Actor, officer: Actor, neighbour: Actor, viewer: Actor, now: datetime
) -> None:
    for stranger in (officer, neighbour):
        with pytest.raises(NotFound):
            queries.sub_plan_page(stranger, sub_plan)
        with pytest.raises(NotFound):
            commands.comment_on_sub_plan(by=stranger, now=now, sub_plan_id=sub_plan, body="Ý")
        assert queries.sub_plans(stranger).total == 0
    with pytest.raises(NotAllowed):
        queries.sub_plan_page(viewer, sub_plan)
    issue(sub_plan, writer, now)
    with pytest.raises(NotFound):
        queries.sub_plan_page(officer, sub_plan)
    commands.send_sub_plan(by=writer, now=now, sub_plan_id=sub_plan)
    commands.send_sub_plan(by=writer, now=now, sub_plan_id=sub_plan)
    page = queries.sub_plan_page(officer, sub_plan)
    assert page.words is not None
    assert (page.words.aims, page.may_write, page.may_decide) == ("Kín", False, True)
    with pytest.raises(NotFound):
        queries.sub_plan_page(neighbour, sub_plan)


def test_the_office_comments_and_decides_where_the_plan_asks_for_it(
    sent: UUID, writer: Actor, officer: Actor, neighbour: Actor, now: datetime
) -> None:
    known: dict[str, Any] = {"now": now, "sub_plan_id": sent}
    for _ in range(2):
        commands.comment_on_sub_plan(by=officer, **known, body="Ghi rõ ai làm")
    assert [one.body for one in queries.sub_plan_page(writer, sent).comments] == ["Ghi rõ ai làm"]
    with pytest.raises(commands.ApprovalNotAsked):
        commands.approve_sub_plan(by=officer, **known, edition=1)
    with pytest.raises(commands.ApprovalNotAsked):
        commands.return_sub_plan(by=officer, **known, reason="Thiếu")
    Plan.objects.update(sub_plans_need_approval=True)
    with pytest.raises(commands.WordsMissing):
        commands.return_sub_plan(by=officer, **known, reason=" ")
    with pytest.raises(NotAllowed):
        commands.return_sub_plan(by=writer, **known, reason="Tự trả")
    commands.return_sub_plan(by=officer, **known, reason="Thiếu địa điểm")
    with pytest.raises(commands.SubPlanElsewhere, match="Bị trả lại"):  # another officer decided first
        commands.approve_sub_plan(by=officer, **known, edition=1)
    assert queries.sub_plan_page(officer, sent).words is None  # being written again
    words: dict[str, Any] = {"title": "KH", "aims": "Mới", "lines": [LINE]}
    commands.save_sub_plan(by=writer, **known, edition=1, **words)
    issue(sent, writer, now, edition=2)
    commands.send_sub_plan(by=writer, **known)
    with pytest.raises(commands.SubPlanChanged):  # the office read the edition before
        commands.approve_sub_plan(by=officer, **known, edition=1)
    for _ in range(2):
        commands.approve_sub_plan(by=officer, **known, edition=2)
    assert queries.sub_plan_page(writer, sent).row.state == "approved"


def test_evidence_is_captioned_kept_once_and_shown_to_its_unit_and_the_office(
    writer: Actor, officer: Actor, neighbour: Actor, cu_mgar: UUID, tasks: list[UUID], now: datetime
) -> None:
    given: dict[str, Any] = {
        "now": now,
        "task_id": tasks[0],
        "organization_id": cu_mgar,
        "data": b"bien ban",
        "file_name": "bb.pdf",
    }
    given |= {"media_type": "application/pdf"}
    first = commands.add_evidence(by=writer, **given, caption="Biên bản bàn giao")
    assert commands.add_evidence(by=writer, **given, caption="Lại gửi") == first
    with pytest.raises(commands.CaptionMissing):
        commands.add_evidence(by=writer, **(given | {"data": b"2"}), caption=" ")
    with pytest.raises(commands.EvidenceTooLarge):
        commands.add_evidence(by=writer, **(given | {"data": b"2" * (20 * 1024 * 1024 + 1)}), caption="To")
    with pytest.raises(Refused):  # what says that it is a photo is one
        commands.add_evidence(by=writer, **(given | {"data": b"2", "media_type": "image/jpeg"}), caption="Ảnh")
    with pytest.raises(commands.NoPart):
        commands.add_evidence(by=writer, **(given | {"task_id": tasks[1]}), caption="Nhầm việc")
    with pytest.raises(NotAllowed):
        commands.add_evidence(by=officer, **given, caption="Của người khác")
    assert Evidence.objects.count() == 1
    for seen_by in (writer, officer):
        (one,) = queries.evidence_of(seen_by, tasks)[tasks[0]]
        assert (one.caption, one.added_by_name) == ("Biên bản bàn giao", writer.name)
    assert queries.evidence_of(neighbour, tasks) == {}


def test_evidence_is_withdrawn_with_a_reason_and_stays_to_be_seen(
    writer: Actor, officer: Actor, neighbour: Actor, cu_mgar: UUID, tasks: list[UUID], now: datetime
) -> None:
    given: dict[str, Any] = {"by": writer, "now": now, "task_id": tasks[0], "organization_id": cu_mgar}
    given |= {"data": b"nham", "file_name": "n.pdf", "media_type": "application/pdf", "caption": "Nhầm tệp"}
    first = commands.add_evidence(**given)
    for stranger in (neighbour,):
        with pytest.raises(NotFound):
            commands.withdraw_evidence(by=stranger, now=now, evidence_id=first, reason="Phá")
    with pytest.raises(NotAllowed):
        commands.withdraw_evidence(by=officer, now=now, evidence_id=first, reason="Phá")
    with pytest.raises(commands.WordsMissing):
        commands.withdraw_evidence(by=writer, now=now, evidence_id=first, reason=" ")
    for _ in range(2):
        assert commands.withdraw_evidence(by=writer, now=now, evidence_id=first, reason="Gửi nhầm") == tasks[0]
    (one,) = queries.evidence_of(officer, tasks)[tasks[0]]
    assert (one.withdraw_reason, one.withdrawn_by_name, one.is_proof) == ("Gửi nhầm", writer.name, False)
    assert commands.add_evidence(**given) != first  # the same file may be handed in anew
    assert [one.is_proof for one in queries.evidence_of(writer, tasks)[tasks[0]]] == [True, False]
    assert AuditEntry.objects.filter(verb="withdraw_evidence").count() == 1


def test_statements_are_typed_numbered_and_never_changed(
    writer: Actor, officer: Actor, neighbour: Actor, cu_mgar: UUID, tasks: list[UUID], now: datetime
) -> None:
    given: dict[str, Any] = {"by": writer, "now": now, "task_id": tasks[0], "organization_id": cu_mgar}
    with pytest.raises(commands.StatementEmpty):
        commands.state_progress(**given, body=" ")
    first = commands.state_progress(**given, body="Đã họp", percent=20)
    assert commands.state_progress(**given, body="Đã họp", percent=20) == first
    commands.state_progress(**given, body="Đã mở 3 điểm", percent=60)
    told = queries.statements_of(officer, tasks)[tasks[0]]
    assert [(one.body, one.percent) for one in told] == [("Đã mở 3 điểm", 60), ("Đã họp", 20)]
    assert queries.statements_of(neighbour, tasks) == {}
    commands.close_plan(by=officer, now=now, plan_id=Plan.objects.get().id, reason="Hết đợt")
    with pytest.raises(commands.NoPart):
        commands.state_progress(**given, body="Muộn")
    assert Statement.objects.count() == 2


def test_the_office_is_told_what_waits_and_the_unit_what_was_decided(
    sub_plan: UUID, writer: Actor, officer: Actor, now: datetime
) -> None:
    Plan.objects.update(sub_plans_need_approval=True)
    known: dict[str, Any] = {"sub_plan_id": sub_plan}
    issue(sub_plan, writer, now)
    commands.send_sub_plan(by=writer, now=now, **known)
    waiting = Notice.objects.get()
    assert (waiting.kind, waiting.role, waiting.organization_id) == ("campaign.sub_plan_sent", "steering_officer", None)
    commands.return_sub_plan(by=officer, now=now, **known, reason="Thiếu địa điểm")
    returned = Notice.objects.get(kind="campaign.sub_plan_returned")
    assert returned.params == {"reason": "Thiếu địa điểm"}
    assert (returned.role, returned.href) == ("unit_officer", f"/desk/campaign/sub-plans/{sub_plan}/")
    later = now + timedelta(hours=1)
    issue(sub_plan, writer, later)
    commands.send_sub_plan(by=writer, now=later, **known)
    commands.approve_sub_plan(by=officer, now=later, **known, edition=1)
    told = Notice.objects.order_by("told_at", "id").values_list("kind", "settled_at")
    assert [(kind.split(".")[1], settled is not None) for kind, settled in told] == [
        ("sub_plan_sent", True), ("sub_plan_returned", True), ("sub_plan_sent", True), ("sub_plan_approved", False),
    ]  # fmt: skip
