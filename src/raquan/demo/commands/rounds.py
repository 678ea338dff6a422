"""Gives the demo two past reporting rounds: reports approved, submitted, returned, and units that are behind."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.demo.rules import CU_MGAR
from raquan.kernel.actor import SYSTEM
from raquan.people.rules import Level
from raquan.rounds import commands, queries
from raquan.rounds.rules import Every, RuleShape

RULE = RuleShape(Every.WEEK, date(2023, 9, 18), date(2023, 10, 15), time(17), weekday=7)
WORDS = {
    "results": "(Lời mô phỏng) Đã giúp người dân cài đặt và dùng dịch vụ công trực tuyến tại bộ phận một cửa.",
    "limits": "(Lời mô phỏng) Một số buôn sóng yếu, phải ghi phiếu giấy rồi nhập sau.",
    "causes": "(Lời mô phỏng) Trạm phát sóng ở xa.",
    "proposals": "(Lời mô phỏng) Đề nghị bố trí điểm hỗ trợ lưu động.",
}
REASON = "(Lý do mô phỏng) Hãy nêu rõ các buôn còn thiếu sóng."


def load_rounds(now: datetime) -> None:
    """Open the rounds and let units report, after the demo's snapshot, which the approved reports stand on."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    with transaction.atomic():
        commands.set_round_rule(
            by=SYSTEM, now=now, campaign_id=campaign.id, level=Level.DISTRICT, shape=RULE, grace_minutes=30
        )
        commands.open_due_rounds(by=SYSTEM, now=now)
        for one in queries.rounds(SYSTEM, campaign_id=campaign.id, now=now).items:
            is_last = one.last_on == date(2023, 10, 1)
            units = queries.round_page(SYSTEM, one.id, now=now).reports.items
            for place, report in enumerate(units):
                known = report.organization_name == CU_MGAR
                _report(report.id, place, is_returned=known and is_last, is_approved=known, due_at=one.due_at, now=now)


def _report(
    report_id: UUID, place: int, *, is_returned: bool, is_approved: bool, due_at: datetime, now: datetime
) -> None:
    if place % 3 == 0 and not is_approved:
        return  # behind
    at = due_at - timedelta(hours=1)
    edition = commands.save_draft(by=SYSTEM, now=at, report_id=report_id, edition=0, told=WORDS)
    commands.submit_report(by=SYSTEM, now=at, report_id=report_id, edition=edition)
    if is_returned:
        commands.return_report(by=SYSTEM, now=now, report_id=report_id, reason=REASON)
    elif is_approved or place == 1:
        commands.approve_report(by=SYSTEM, now=now, report_id=report_id, edition=edition)
