"""Bringing a plan into force: once, completely, by those who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import connections

from raquan.campaign import commands
from raquan.campaign.models import Campaign, Leftover, Objective, Observance, Plan, Task, TaskUnit
from raquan.campaign.tests.conftest import register_cu_mgar
from raquan.files.queries import read_file
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.ids import uuid7
from raquan.kernel.refused import NotAllowed, Refused
from raquan.ledger.models import AuditEntry
from raquan.readings.gateways.fonts import OldFont
from raquan.readings.gateways.word import NotDocx
from raquan.readings.tests import papers


def _import(by: Actor, now: datetime, document: bytes | None = None, **given: object) -> commands.PlanImported:
    document = papers.plain_plan() if document is None else document
    return commands.import_plan(by=by, now=now, document=document, file_name="ke-hoach.docx", **given)  # type: ignore[arg-type]


def test_a_plan_becomes_a_campaign_with_its_tasks(officer: Actor, cu_mgar: UUID, now: datetime) -> None:
    done = _import(officer, now)
    assert (done.tasks, done.leftovers, done.already) == (2, 1, False)
    campaign = Campaign.objects.get(id=done.campaign_id)
    assert (campaign.year, campaign.starts_on, campaign.ends_on) == (2023, date(2023, 9, 15), date(2023, 10, 15))
    assert campaign.theme == {"vi": "Khai thác dữ liệu số để tạo ra giá trị"}
    assert sorted(Observance.objects.values_list("scope", "held_on")) == [
        ("national", date(2023, 10, 10)),
        ("province", date(2023, 10, 10)),
    ]
    plan = Plan.objects.get(id=done.plan_id)
    assert (plan.number, plan.issuer, plan.issued_on) == ("138/KH-UBND", "UBND TỈNH ĐẮK LẮK", date(2023, 8, 17))
    assert Objective.objects.get().text == "Lan tỏa vai trò của chuyển đổi số"
    assert Leftover.objects.get().text == "Ghi chú: Quan trọng"
    section, first, second = Task.objects.order_by("position")
    assert (section.is_section, section.title) == (True, "Ra quân")
    assert first.parent_id == second.parent_id == section.id
    assert (first.path, first.starts_on, first.due_on) == ("I.1", date(2023, 9, 1), date(2023, 9, 30))
    assert "UBND huyện Cư M'gar" in first.source_text
    assert second.time_as_written == "Thường xuyên"
    lead = TaskUnit.objects.get(task=first, part="lead")
    assert (lead.as_written, lead.organization_id) == ("UBND huyện Cư M’gar", cu_mgar)
    assert lead.score == pytest.approx(1)
    assert TaskUnit.objects.get(task=second).organization_id is None


def test_the_document_is_kept_and_the_act_recorded(officer: Actor, now: datetime) -> None:
    document = papers.plain_plan()
    done = _import(officer, now, document)
    assert read_file(Plan.objects.get().file_sha256 or "") == document
    entry = AuditEntry.objects.get(verb="import_plan")
    assert (entry.actor_id, entry.subject_id) == (officer.id, str(done.plan_id))
    assert entry.detail["tasks"] == 2


def test_the_same_file_again_is_already_done(officer: Actor, now: datetime) -> None:
    document = papers.plain_plan()
    first, again = _import(officer, now, document), _import(officer, now, document)
    assert again.already
    assert (again.plan_id, again.tasks, again.leftovers) == (first.plan_id, first.tasks, first.leftovers)
    assert Plan.objects.count() == 1
    assert AuditEntry.objects.filter(verb="import_plan").count() == 1


def test_another_file_for_the_year_is_refused_and_one_for_another_year_is_not(officer: Actor, now: datetime) -> None:
    _import(officer, now)
    with pytest.raises(commands.AlreadyInForce) as refusal:
        _import(officer, now, papers.plain_plan(title="Kế hoạch khác năm 2023"))
    assert "138/KH-UBND" in refusal.value.text()
    _import(officer, now, papers.plain_plan(year=2024))
    assert sorted(Campaign.objects.values_list("year", flat=True)) == [2023, 2024]


def test_who_may_not_import_is_refused(viewer: Actor, stranger: Actor, now: datetime) -> None:
    for actor in (viewer, stranger):
        with pytest.raises(NotAllowed):
            _import(actor, now)
        with pytest.raises(NotAllowed):
            commands.import_reading(by=actor, now=now, reading_id=uuid7(), version=1)
        with pytest.raises(NotAllowed):
            commands.amend_plan(by=actor, now=now, reading_id=uuid7(), version=1, edition=0)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("document", "given", "refusal"),
    [
        (b"<html>", {}, NotDocx),
        (papers.with_font(".VnTime"), {}, OldFont),
        (papers.with_font("Arial", text="Thư mời họp"), {}, commands.NotAPlan),
        (papers.plain_plan(window="theo kế hoạch của Bộ"), {}, commands.WindowUnknown),
        (papers.plain_plan(), {"ends_on": date(2023, 9, 14)}, commands.WindowReversed),
    ],
)
def test_what_cannot_come_into_force_is_refused(
    officer: Actor, now: datetime, document: bytes, given: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        _import(officer, now, document, **given)
    assert not Campaign.objects.exists()


def test_a_plan_without_a_year_asks_for_it(officer: Actor, now: datetime) -> None:
    document = papers.opened("UBND TỈNH ĐẮK LẮK\nSố: /KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    papers.lines(document, "KẾ HOẠCH", "Ra quân")
    saved = papers.saved(document)
    with pytest.raises(commands.YearUnknown):
        _import(officer, now, saved)
    window = {"starts_on": date(2023, 9, 15), "ends_on": date(2023, 10, 15)}
    done = _import(officer, now, saved, campaign_year=2023, **window)
    campaign = Campaign.objects.get(id=done.campaign_id)
    assert (campaign.year, campaign.day_on, campaign.theme) == (2023, date(2023, 10, 10), {})


def _at_once(documents: list[bytes], now: datetime) -> list[str]:
    def send(document: bytes) -> str:
        try:
            return "already" if _import(SYSTEM, now, document).already else "done"
        except commands.AlreadyInForce:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(documents)) as pool:
        return sorted(pool.map(send, documents))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_file_at_once_is_one_plan(now: datetime) -> None:
    register_cu_mgar(now)
    assert _at_once([papers.plain_plan()] * 4, now) == ["already", "already", "already", "done"]
    assert (Campaign.objects.count(), Plan.objects.count(), Task.objects.count()) == (1, 1, 3)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_files_for_a_year_at_once_are_one_plan(now: datetime) -> None:
    documents = [papers.plain_plan(title=f"Kế hoạch {n} năm 2023") for n in range(4)]
    assert _at_once(documents, now) == ["done", "refused", "refused", "refused"]
    assert (Campaign.objects.count(), Plan.objects.count()) == (1, 1)
