"""Documents are taken in once, read to the end, and corrected line by line; each act is in the ledger."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, NotFound, Refused
from raquan.ledger.commands.registry import SUBSCRIBERS
from raquan.ledger.models import AuditEntry, OutboxMessage
from raquan.readings import commands, queries
from raquan.readings.commands import LineWanted, UnitWanted
from raquan.readings.gateways import OldFormat
from raquan.readings.gateways.fonts import OldFont
from raquan.readings.gateways.word import NotDocx
from raquan.readings.models import Reading, ReadingLine
from raquan.readings.queries import LineView
from raquan.readings.rules import Doubt, ReadingState, Show, TaskRead, Use
from raquan.readings.tests import books, papers

FIRST, SECOND = "bảng 2, dòng 3", "bảng 2, dòng 4"


def line(reading_id: UUID, source: str) -> LineView:
    """Give a line by its place."""
    found = queries.reading_page(SYSTEM, reading_id, Show.ALL).lines.items
    return next(one for one in found if one.source == source)


def tasks(reading_id: UUID) -> tuple[TaskRead, ...]:
    """Give the tasks of a document as they are left."""
    return queries.kept_plan(SYSTEM, reading_id).understood.reading.tasks


def long_plan(rows: int) -> bytes:
    """A workbook with so many tasks."""
    return books.plan(*[(n, f"Việc thứ {n}", "Tỉnh đoàn", "", date(2024, 9, 20), "") for n in range(1, rows + 1)])


def test_a_document_is_read_line_by_line(officer: Actor, cu_mgar: UUID, reading_id: UUID) -> None:
    one = Reading.objects.get()
    assert (one.state, one.done, one.asked_by) == (ReadingState.READ, one.total, officer.id)
    first, second = line(reading_id, FIRST), line(reading_id, SECOND)
    assert (first.path, first.title, first.section_title) == ("I.1", "Hỗ trợ người dân nộp hồ sơ", "I. Ra quân")
    assert "UBND huyện Cư M'gar" in first.text
    unit = first.lead_units[0]
    assert (unit.written, unit.organization_id, unit.score) == ("UBND huyện Cư M’gar", cu_mgar, 1)
    assert (first.doubts, first.left, first.is_open) == ((Doubt.PART_LEFT,), ("Ghi chú: Quan trọng",), True)
    assert (second.doubts, second.is_open) == ((), False)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"start_reading", "finish_reading"}


def test_a_unit_that_only_resembles_one_of_the_directory_is_doubtful(officer: Actor, now: datetime) -> None:
    rows = [
        (n, "Mở lớp", unit, "", date(2024, 9, 20), "") for n, unit in enumerate(("Tỉnh đoàn Đắk Nông", "Tỉnh đoàn"))
    ]
    started = commands.start_reading(by=officer, now=now, document=books.plan(*rows), file_name="a.xlsx")
    (other, own) = queries.reading_page(officer, started.reading_id, Show.TASKS).lines.items
    assert (other.lead_units[0].organization_name, other.doubts) == ("Tỉnh đoàn Đắk Lắk", (Doubt.UNSURE_LEAD,))
    assert Doubt.UNSURE_LEAD not in own.doubts


def test_the_same_file_is_the_same_reading_until_it_is_discarded(officer: Actor, other: Actor, now: datetime) -> None:
    document = papers.plain_plan()
    first = commands.start_reading(by=officer, now=now, document=document, file_name="a.docx")
    again = commands.start_reading(by=other, now=now, document=document, file_name="b.docx")
    assert (again.reading_id, again.already) == (first.reading_id, True)
    for _ in range(2):
        commands.discard_reading(by=other, now=now, reading_id=first.reading_id)
    assert AuditEntry.objects.filter(verb="discard_reading").count() == 1
    anew = commands.start_reading(by=officer, now=now, document=document, file_name="a.docx")
    assert anew.reading_id != first.reading_id
    assert not anew.already


@pytest.mark.parametrize(
    ("document", "name", "refusal"),
    [
        (b"<html>", "a.docx", NotDocx),
        (papers.with_font(".VnTime"), "a.docx", OldFont),
        (papers.with_font("VNI-Times"), "a.docx", OldFont),
        (b"a;b", "a.csv", OldFormat),
        (papers.with_font("Arial", text="Thư mời họp"), "a.docx", commands.NotAPlan),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_kept(
    officer: Actor, now: datetime, document: bytes, name: str, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        commands.start_reading(by=officer, now=now, document=document, file_name=name)
    assert not Reading.objects.exists()


def test_a_long_document_is_read_by_a_worker_who_goes_on_where_another_was_stopped(
    officer: Actor, now: datetime
) -> None:
    started = commands.start_reading(by=officer, now=now, document=long_plan(310), file_name="a.xlsx")
    one = queries.reading(officer, started.reading_id)
    assert (one.is_under_way, one.done) == (True, 0)
    assert commands.read_on(now=now, reading_id=one.id, most=150)  # and then it is killed
    assert Reading.objects.get().done == ReadingLine.objects.count() == 200
    with pytest.raises(commands.ReadingClosed):
        commands.add_task(by=officer, now=now, reading_id=one.id, wanted=LineWanted("Việc"))
    assert not commands.resume_reading(by=officer, now=now, reading_id=one.id)  # it is asked for already
    OutboxMessage.objects.all().delete()
    assert commands.resume_reading(by=officer, now=now, reading_id=one.id)
    (message,) = OutboxMessage.objects.all()
    SUBSCRIBERS[message.topic](message.payload, now)
    assert queries.reading(officer, one.id).can_be_corrected
    assert [task.path for task in tasks(one.id)] == [str(n) for n in range(1, 311)]
    assert not commands.read_on(now=now, reading_id=one.id)
    assert not commands.resume_reading(by=officer, now=now, reading_id=one.id)
    assert AuditEntry.objects.filter(verb="finish_reading").count() == 1


def test_a_worker_leaves_a_discarded_reading_alone(officer: Actor, now: datetime) -> None:
    started = commands.start_reading(by=officer, now=now, document=long_plan(310), file_name="a.xlsx")
    commands.discard_reading(by=officer, now=now, reading_id=started.reading_id)
    assert not commands.read_on(now=now, reading_id=started.reading_id)
    assert not ReadingLine.objects.exists()


def test_a_task_is_put_right(officer: Actor, cu_mgar: UUID, now: datetime, reading_id: UUID) -> None:
    was = line(reading_id, SECOND)
    wanted = LineWanted(
        title="  Tuyên truyền   trên loa ",
        path="I.2a",
        section=was.section,
        lead_units=[UnitWanted("Đoàn", "Tỉnh đoàn Đắk Lắk"), UnitWanted("các xã")],
        cooperating_units=[UnitWanted("Huyện", "ủy ban nhân dân huyện cư m'gar")],
        starts_on=date(2023, 9, 20),
        due_on=date(2023, 10, 10),
        time_as_written="từ 20/9",
        deliverable="Bài phát thanh",
    )
    commands.correct_line(by=officer, now=now, line_id=was.id, version=was.version, wanted=wanted)
    now_it_is = line(reading_id, SECOND)
    assert (now_it_is.title, now_it_is.path, now_it_is.due_on) == (
        "Tuyên truyền trên loa",
        "I.2a",
        date(2023, 10, 10),
    )
    assert [(one.written, one.organization_name, one.score) for one in now_it_is.lead_units] == [
        ("Đoàn", "Tỉnh đoàn Đắk Lắk", None),
        ("các xã", "", None),
    ]
    assert now_it_is.cooperating_units[0].organization_id == cu_mgar
    assert (now_it_is.changed_by, now_it_is.version, now_it_is.is_open) == ("H’Trang Niê", 2, False)
    assert queries.reading(officer, reading_id).version == 2
    match = queries.kept_plan(officer, reading_id).understood.match(tasks(reading_id)[1], "Đoàn")
    assert match is not None
    assert (match.name, match.score) == ("Tỉnh đoàn Đắk Lắk", 1)
    entry = AuditEntry.objects.get(verb="correct_line")
    assert (entry.actor_id, entry.subject_id, entry.detail["version"]) == (officer.id, str(was.id), 1)


def test_a_leftover_becomes_a_task_and_a_section_none(officer: Actor, now: datetime) -> None:
    started = commands.start_reading(by=officer, now=now, document=papers.party_plan(), file_name="a.docx")
    left = queries.reading_page(officer, started.reading_id, Show.LEFTOVERS).lines.items
    assert [one.text for one in left] == ["II. KHEN THƯỞNG", "Đề nghị khen thưởng các tập thể có thành tích."]
    assert all(one.is_open for one in left)
    section, task = left
    as_section = LineWanted("Khen thưởng", use=Use.SECTION, path="II")
    commands.correct_line(by=officer, now=now, line_id=section.id, version=1, wanted=as_section)
    as_task = LineWanted("Khen thưởng các tập thể", path="II.1", section=section.source)
    commands.correct_line(by=officer, now=now, line_id=task.id, version=1, wanted=as_task)
    document = queries.kept_plan(officer, started.reading_id).understood.reading
    assert [one.title for one in document.sections] == ["Khen thưởng"]
    assert [(one.title, one.section) for one in document.tasks] == [("Khen thưởng các tập thể", section.source)]
    assert document.leftovers == ()
    assert line(started.reading_id, task.source).doubts == (Doubt.NO_LEAD, Doubt.NO_TIME)
    commands.dismiss_line(by=officer, now=now, line_id=section.id, version=2)
    assert [one.section for one in tasks(started.reading_id)] == [""]


def test_a_line_is_confirmed_dismissed_and_taken_back(officer: Actor, now: datetime, reading_id: UUID) -> None:
    def step(name: str, version: int) -> LineView:
        for _ in range(2):  # twice is once
            getattr(commands, name)(by=officer, now=now, line_id=first.id, version=version)
        return line(reading_id, FIRST)

    first = line(reading_id, FIRST)
    assert step("confirm_line", 1).is_open is False
    gone = step("dismiss_line", 2)
    assert gone.use is Use.DISMISSED
    assert len(tasks(reading_id)) == 1
    assert queries.kept_plan(officer, reading_id).understood.reading.leftovers == ()
    back = step("restore_line", 3)
    assert (back.use, back.is_open, back.version) == (Use.TASK, True, 4)
    verbs = list(AuditEntry.objects.filter(subject_id=str(first.id)).order_by("id").values_list("verb", flat=True))
    assert verbs == ["confirm_line", "dismiss_line", "restore_line"]


def test_a_task_is_added_at_its_place(officer: Actor, now: datetime, reading_id: UUID) -> None:
    first = line(reading_id, FIRST)
    for title in ("Thứ nhất", "Thứ hai"):
        wanted = LineWanted(title, section=first.section)
        commands.add_task(by=officer, now=now, reading_id=reading_id, after=first.id, wanted=wanted)
    commands.add_task(by=officer, now=now, reading_id=reading_id, wanted=LineWanted("Ở cuối"))
    titles = [one.title for one in tasks(reading_id)]
    assert titles == ["Hỗ trợ người dân nộp hồ sơ", "Thứ nhất", "Thứ hai", "Tuyên truyền", "Ở cuối"]
    added = queries.reading_page(officer, reading_id, Show.ALL).lines.items[-1]
    assert (added.source, added.text, added.is_added) == ("thêm khi xem lại 3", "", True)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (LineWanted("  "), commands.TitleMissing),
        (LineWanted("Việc", starts_on=date(2023, 9, 2), due_on=date(2023, 9, 1)), commands.DatesReversed),
        (LineWanted("Việc", lead_units=[UnitWanted("X", "Sở Không Có")]), commands.UnitUnknown),
        (LineWanted("Việc", section="bảng 9, dòng 9"), commands.SectionUnknown),
    ],
)
def test_what_makes_no_task_is_refused(
    officer: Actor, now: datetime, reading_id: UUID, wanted: LineWanted, refusal: type[Refused]
) -> None:
    one = line(reading_id, SECOND)
    with pytest.raises(refusal):
        commands.correct_line(by=officer, now=now, line_id=one.id, version=1, wanted=wanted)
    with pytest.raises(refusal):
        commands.add_task(by=officer, now=now, reading_id=reading_id, wanted=wanted)
    assert line(reading_id, SECOND) == one


def test_who_comes_second_is_told_who_was_first(officer: Actor, other: Actor, now: datetime, reading_id: UUID) -> None:
    one = line(reading_id, SECOND)
    commands.correct_line(by=other, now=now, line_id=one.id, version=1, wanted=LineWanted("Của Y Mek"))
    with pytest.raises(commands.LineChanged) as refusal:
        commands.correct_line(by=officer, now=now, line_id=one.id, version=1, wanted=LineWanted("Của H’Trang"))
    assert refusal.value.text().startswith("Y Mek Ê Nuôl vừa sửa dòng này.")
    with pytest.raises(commands.LineChanged):
        commands.dismiss_line(by=officer, now=now, line_id=one.id, version=1)
    assert line(reading_id, SECOND).title == "Của Y Mek"


def test_a_reading_is_settled_when_nothing_is_open_or_that_is_set_aside(
    officer: Actor, other: Actor, now: datetime, reading_id: UUID
) -> None:
    plan_id = uuid7()

    def settle(version: int, **said: bool) -> None:
        commands.settle_reading(by=officer, now=now, reading_id=reading_id, version=version, plan_id=plan_id, **said)

    with pytest.raises(commands.StillOpen) as refusal:
        settle(1)
    assert "Còn 1 dòng" in refusal.value.text()
    commands.confirm_line(by=other, now=now, line_id=line(reading_id, FIRST).id, version=1)
    with pytest.raises(commands.ReadingChanged):
        settle(1, set_aside=True)
    settle(2)
    first = line(reading_id, FIRST).id
    with pytest.raises(commands.ReadingClosed):
        settle(2)
    with pytest.raises(commands.ReadingClosed):
        commands.discard_reading(by=officer, now=now, reading_id=reading_id)
    with pytest.raises(commands.ReadingClosed):
        commands.dismiss_line(by=officer, now=now, line_id=first, version=2)
    one = queries.reading(officer, reading_id)
    assert (one.state, one.plan_id, one.settled_at) == (ReadingState.SETTLED, plan_id, now)


def _acts(by: Actor, now: datetime, reading_id: UUID, line_id: UUID) -> list[Callable[[], object]]:
    who: dict[str, Any] = {"by": by, "now": now}
    wanted = LineWanted("Việc")
    return [
        lambda: commands.resume_reading(**who, reading_id=reading_id),
        lambda: commands.discard_reading(**who, reading_id=reading_id),
        lambda: commands.add_task(**who, reading_id=reading_id, wanted=wanted),
        lambda: commands.correct_line(**who, line_id=line_id, version=1, wanted=wanted),
        lambda: commands.confirm_line(**who, line_id=line_id, version=1),
        lambda: commands.dismiss_line(**who, line_id=line_id, version=1),
        lambda: commands.restore_line(**who, line_id=line_id, version=1),
        lambda: commands.settle_reading(**who, reading_id=reading_id, version=1, plan_id=uuid7()),
    ]


def test_strangers_and_unknown_things_are_refused(
    viewer: Actor, officer: Actor, now: datetime, reading_id: UUID
) -> None:
    one = line(reading_id, FIRST)
    for act in _acts(viewer, now, reading_id, one.id):
        with pytest.raises(NotAllowed):
            act()
    for act in _acts(officer, now, uuid7(), uuid7()):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        commands.start_reading(by=viewer, now=now, document=papers.plain_plan(), file_name="a.docx")
    with pytest.raises(NotFound):
        commands.add_task(by=officer, now=now, reading_id=reading_id, after=uuid7(), wanted=LineWanted("Việc"))
    assert line(reading_id, FIRST) == one
