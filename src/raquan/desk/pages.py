"""What the staff's home shows, joined from the rooms' queries: what waits, how the campaign stands, what came in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from raquan.analytics import queries as analytics
from raquan.analytics.rules import Figure
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.capture import queries as capture
from raquan.capture.queries import AssistFilter, AssistView
from raquan.helpdesks import queries as helpdesks
from raquan.helpdesks.queries import HelpDeskView
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date
from raquan.outings import queries as outings
from raquan.outings.queries import OutingCounts, OutingRef, OutingView
from raquan.outings.rules import State, is_over
from raquan.people.rules import Action, may
from raquan.rounds import queries as rounds

HEADLINES = ("assists", "self_done", "outings_with_records")
LATEST = 8


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits: how much, what, why it matters, and the address of the list itself."""

    count: int
    name: str
    hint: str
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home: `queues` in the order of urgency, empty ones left out; `shifts` are the person's own outings today.

    `desks` are the help desks whose roster they are on today.
    """

    campaign: CampaignView | None
    today: date
    days_left: int | None
    has_duty: bool
    queues: tuple[Queue, ...]
    shifts: tuple[OutingView, ...]
    desks: tuple[HelpDeskView, ...]
    counts: OutingCounts | None
    may_see_figures: bool
    may_see_records: bool
    may_see_people: bool


@dataclass(frozen=True, slots=True)
class ProgressPanel:
    """The campaign's numbers so far."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class LatestPanel:
    """The records that came in last, of what the person may read."""

    records: tuple[AssistView, ...]


def home_page(actor: Actor, *, now: datetime) -> HomePage:
    """Build the home; the panels are asked for by the page itself, so that it is there at once."""
    campaign = campaigns.current_campaign(now)
    today = local_date(now)
    has_campaign = campaign is not None
    return HomePage(
        campaign=campaign,
        today=today,
        days_left=_days_left(campaign, today),
        has_duty=bool(actor.duties),
        queues=_queues(actor, campaign, now) if campaign else _first_step(actor),
        shifts=outings.assigned_outings(actor, today),
        desks=helpdesks.own_desks(actor, now=now),
        counts=outings.outing_counts(campaign.id) if campaign and may(actor, Action.OUTING_READ) else None,
        may_see_figures=has_campaign and may(actor, Action.FIGURE_READ),
        may_see_records=has_campaign and may(actor, Action.RECORD_READ),
        may_see_people=may(actor, Action.PEOPLE_READ),
    )


def progress_panel(actor: Actor, *, now: datetime) -> ProgressPanel:
    """Count what the campaign has done so far."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        return ProgressPanel(())
    wanted = [(key, "district") for key in HEADLINES]
    return ProgressPanel(analytics.figures(actor, wanted, campaign_id=campaign.id, now=now))


def latest_panel(actor: Actor, *, now: datetime) -> LatestPanel:
    """List the records that came in last."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        return LatestPanel(())
    found = capture.assists(actor, filters=AssistFilter(campaign_id=campaign.id), size=LATEST)
    return LatestPanel(tuple(found.items))


def _queues(actor: Actor, campaign: CampaignView, now: datetime) -> tuple[Queue, ...]:
    today = local_date(now)
    found: list[Queue] = []
    if may(actor, Action.OUTING_READ):
        near = outings.outing_refs(actor, campaign.id, on_from=today - timedelta(days=1), on_to=today)
        near = tuple(one for one in near if one.state != State.CANCELLED)
        found += _outing_queues(actor, near, now)
    if may(actor, Action.REPORT_WRITE) or may(actor, Action.REPORT_DECIDE):
        found += _report_queues(actor, campaign, now)
    if may(actor, Action.RECORD_REVIEW):
        doubtful = capture.doubtful_count(actor, campaign.id)
        hint = _("Máy thấy điểm lạ; cần người xem lại trước khi chốt số liệu.")
        found.append(Queue(doubtful, _("bản ghi cần xem lại"), hint, "/desk/records/?state=hasIssues"))
    if may(actor, Action.PLAN_IMPORT):
        left = campaigns.leftover_count(actor, campaign.id)
        hint = _("Máy chưa xếp được vào nhiệm vụ nào khi đọc kế hoạch.")
        found.append(Queue(left, _("đoạn của kế hoạch chưa xếp được"), hint, "/desk/campaign/#leftovers"))
    return tuple(queue for queue in found if queue.count)


def _outing_queues(actor: Actor, near: tuple[OutingRef, ...], now: datetime) -> list[Queue]:
    today = local_date(now)
    yesterday = today - timedelta(days=1)
    found = [
        Queue(
            sum(1 for one in near if one.held_on == today),
            _("buổi ra quân hôm nay"),
            _("%(running)s đang diễn ra.") % {"running": sum(1 for one in near if one.state == State.OPEN)},
            _days(today, today),
        )
    ]
    if may(actor, Action.OUTING_RUN):
        unclosed = [one for one in near if one.state == State.OPEN and is_over(one.held_on, one.ends_at, now)]
        hint = _("Đã qua giờ kết thúc; hãy kết thúc buổi.")
        found.append(Queue(len(unclosed), _("buổi quá giờ chưa kết thúc"), hint, "/desk/outings/?state=open"))
    if may(actor, Action.RECORD_READ):
        past = [one.id for one in near if one.held_on == yesterday]
        silent = len(set(past) - set(capture.record_counts(actor, past))) if past else 0
        hint = _("Hãy nhắc đội gửi bản ghi, hoặc hủy buổi nếu không diễn ra.")
        found.append(Queue(silent, _("buổi hôm qua chưa có bản ghi"), hint, _days(yesterday, yesterday)))
    return found


def _report_queues(actor: Actor, campaign: CampaignView, now: datetime) -> list[Queue]:
    """Say what waits of the reports of units: who holds several duties has all of it in one list."""
    waiting = rounds.queues(actor, now)
    address = "/desk/rounds/waiting/?only="
    found = [
        Queue(
            waiting.due_today,
            _("báo cáo phải nộp"),
            _("Số liệu có sẵn; chỉ viết phần lời rồi nộp."),
            f"{address}due_today",
        ),
        Queue(
            waiting.returned, _("báo cáo bị trả lại"), _("Sửa theo lý do trả lại rồi nộp lại."), f"{address}returned"
        ),
        Queue(
            waiting.to_decide, _("báo cáo chờ duyệt"), _("Đọc, duyệt hoặc trả lại kèm lý do."), f"{address}to_decide"
        ),
    ]
    if may(actor, Action.REPORT_DECIDE):
        behind = "/desk/rounds/behind/"
        calls = rounds.due_calls(actor, campaign.id, now)
        found += [
            Queue(
                waiting.late, _("báo cáo quá hạn"), _("Gọi cho đơn vị, ghi lại câu trả lời."), f"{behind}?kind=report"
            ),
            Queue(calls, _("cuộc gọi đến giờ gọi lại"), _("Đơn vị đã hẹn; xem lần gọi trước rồi gọi."), behind),
        ]
    return found


def _first_step(actor: Actor) -> tuple[Queue, ...]:
    if not may(actor, Action.PLAN_IMPORT):
        return ()
    hint = _("Bắt đầu từ tệp Word của kế hoạch đã ký.")
    return (Queue(1, _("kế hoạch của năm cần nhập"), hint, "/desk/campaign/"),)


def _days(first: date, last: date) -> str:
    return f"/desk/outings/?on_from={format_date(first)}&on_to={format_date(last)}"


def _days_left(campaign: CampaignView | None, today: date) -> int | None:
    """Count the days to the Day; 0 on the day itself, None after it and without a campaign."""
    left = (campaign.day_on - today).days if campaign else -1
    return left if left >= 0 else None
