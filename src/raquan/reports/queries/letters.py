"""What official documents say beside figures: of the campaign, of what units told, of those that are behind."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.dates import format_date
from raquan.kernel.localized import in_language
from raquan.kernel.paging import MAX_SIZE, every
from raquan.kernel.text import sort_key
from raquan.people import commands as people
from raquan.people.rules import Action
from raquan.reports.rules import LateUnit, LetterContent, ReportFacts, UnitTold, compose_letter
from raquan.rounds import queries as rounds
from raquan.rounds.queries import ApprovedText, BehindFilter, BehindUnit

MOST_DETAILS = 8


def report_facts(by: Actor, now: datetime, campaign: CampaignView) -> ReportFacts:
    """Give what official documents say of a campaign besides figures."""
    plan = campaigns.plan_citation(by, campaign.id)
    return ReportFacts(
        province=campaign.province_name,
        campaign=campaign.name,
        year=campaign.year,
        theme=in_language(campaign.theme, "vi") if campaign.theme else "",
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        plan=plan.number if plan else "",
        plan_title=plan.title if plan else "",
        plan_issued_on=plan.issued_on if plan else None,
        written_at=now,
        public_url=settings.RAQUAN_PUBLIC_URL,
    )


def units_told(actor: Actor, campaign_id: UUID) -> tuple[UnitTold, ...]:
    """Give what each unit told in its last approved report, by name, in one query. Raises NotAllowed."""
    people.check(actor, Action.REPORT_BUILD)
    return tuple(sorted(told_by_unit(campaign_id).values(), key=lambda one: sort_key(one.unit)))


def told_by_unit(campaign_id: UUID) -> dict[UUID, UnitTold]:
    """Give what each unit told in its last approved report; who asks shows a unit's words to that unit."""
    latest: dict[UUID, ApprovedText] = {}
    for one in rounds.approved_texts(SYSTEM, campaign_id):  # the last round first
        latest.setdefault(one.organization_id, one)
    return {id_: _told(one) for id_, one in latest.items()}


def _told(one: ApprovedText) -> UnitTold:
    named = (
        ("Kết quả", one.told.results),
        ("Hạn chế, vướng mắc", one.told.limits),
        ("Nguyên nhân", one.told.causes),
        ("Đề xuất, kiến nghị", one.told.proposals),
    )
    period = f"kỳ {format_date(one.first_on)}–{format_date(one.last_on)}"
    parts = tuple(f"{name}: {' '.join(words.split())}" for name, words in named if words)
    return UnitTold(
        unit=one.organization_name,
        period=period,
        parts=parts,
        results=one.told.results,
        limits=one.told.limits,
        causes=one.told.causes,
        proposals=one.told.proposals,
    )


def letter_to_those_behind(
    actor: Actor, campaign: CampaignView, *, now: datetime, wanted: BehindFilter | None = None
) -> LetterContent | None:
    """Write the draft of a letter to the units that are behind, as filtered; None where none is.

    Raises NotAllowed.
    """
    people.check(actor, Action.REPORT_DECIDE)
    asked: dict[str, Any] = {"now": now, "wanted": wanted, "size": MAX_SIZE, "with_calls": False}
    found = every(lambda page: rounds.behind(actor, campaign, page=page, **asked).page)
    if not found:
        return None
    with translation.override("vi"):  # the names in an official document do not follow the reader's language
        units = [LateUnit(one.unit.name, one.owes, _details(one)) for one in found]
        return compose_letter(report_facts(actor, now, campaign), units, synthetic=campaign.is_synthetic)


def _details(one: BehindUnit) -> list[str]:
    days = [f"{format_date(late.first_on)}–{format_date(late.last_on)}" for late in one.reports]
    said = [f"báo cáo các kỳ: {_few(days)}"] if days else []
    if one.tasks:
        said.append(f"nhiệm vụ: {_few([task.task.path or task.task.title[:60] for task in one.tasks])}")
    for outings, name in ((one.missed, "buổi chưa diễn ra"), (one.silent, "buổi chưa có bản ghi")):
        if outings:
            said.append(f"{name}: {_few([outing.code for outing in outings])}")
    return said


def _few(names: list[str]) -> str:
    rest = len(names) - MOST_DETAILS
    return ", ".join(names[:MOST_DETAILS]) + (f" và {rest} mục khác" if rest > 0 else "")
