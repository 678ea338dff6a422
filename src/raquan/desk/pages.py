"""What the staff's home shows, joined from the rooms' queries: what waits, how the campaign stands, what came in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from raquan.analytics import queries as analytics
from raquan.analytics.rules import Figure
from raquan.calendars import queries as calendars
from raquan.calendars.queries import CalendarView
from raquan.campaign import queries as campaigns
from raquan.campaign.queries import CampaignView
from raquan.capture import queries as capture
from raquan.capture.queries import AssistFilter, AssistView
from raquan.feedback import queries as feedback
from raquan.helpdesks import queries as helpdesks
from raquan.helpdesks.queries import HelpDeskView
from raquan.kernel.actor import Actor
from raquan.kernel.clock import local_date
from raquan.kernel.dates import format_date
from raquan.kernel.refused import N_
from raquan.market import queries as market
from raquan.outings import queries as outings
from raquan.outings.queries import OutingCounts, OutingRef, OutingView
from raquan.outings.rules import State, is_over
from raquan.people import queries as people
from raquan.people.rules import Action, may
from raquan.press import queries as press
from raquan.rounds import queries as rounds
from raquan.rounds.queries import BehindUnit, TaskProgress


class Part(StrEnum):
    """The parts of the home, in the order of the page."""

    DECIDE = "decide"
    DUE = "due"
    KEEP = "keep"


PART_NAMES = {
    Part.DECIDE: N_("Cần bạn quyết định"),
    Part.DUE: N_("Đến hạn"),
    Part.KEEP: N_("Cần để ý"),
}
COMING_DAYS = timedelta(days=7)
MOST_BEHIND = 5
HEADLINES = ("assists", "self_done", "outings_with_records")
LATEST = 8


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits: how much, what, why it matters, and the address of the list itself.

    `part` says where it stands on the page: what the person decides, what is due, or what is to be looked after.
    """

    count: int
    name: str
    hint: str
    href: str
    part: Part


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home: `queues` by part in the order of urgency, empty ones left out.

    `shifts` are the person's own outings today, `coming` those of the next week; `desks` are the help desks whose
    roster they are on today.
    """

    campaign: CampaignView | None
    today: date
    days_left: int | None
    has_duty: bool
    queues: tuple[Queue, ...]
    shifts: tuple[OutingView, ...]
    coming: tuple[OutingView, ...]
    desks: tuple[HelpDeskView, ...]
    may_see_figures: bool
    may_see_records: bool
    may_see_people: bool
    may_see_behind: bool
    has_unit: bool

    @property
    def parts(self) -> tuple[tuple[str, tuple[Queue, ...]], ...]:
        """Give the queues part by part, each with its heading's message id; parts without any are left out."""
        grouped = ((name, tuple(one for one in self.queues if one.part is part)) for part, name in PART_NAMES.items())
        return tuple(one for one in grouped if one[1])


@dataclass(frozen=True, slots=True)
class ProgressPanel:
    """The campaign's numbers so far; `counts` None for who may not know of outings."""

    figures: tuple[Figure, ...]
    counts: OutingCounts | None = None


@dataclass(frozen=True, slots=True)
class BehindPanel:
    """The most urgent of the units that are behind, and how many there are."""

    units: tuple[BehindUnit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """The person's own units: what is planned next, their tasks that are late, their calendars that wait."""

    names: tuple[str, ...]
    outings: tuple[OutingView, ...]
    planned: int
    tasks: tuple[TaskProgress, ...]
    calendars: tuple[CalendarView, ...]
    may_plan: bool


@dataclass(frozen=True, slots=True)
class LatestPanel:
    """The records that came in last, of what the person may read."""

    records: tuple[AssistView, ...]


def home_page(actor: Actor, *, now: datetime) -> HomePage:
    """Build the home; the panels are asked for by the page itself, so that it is there at once."""
    campaign = campaigns.current_campaign(now)
    today = local_date(now)
    has_campaign = campaign is not None
    mine = outings.assigned_outings(actor, today, until=today + COMING_DAYS)
    queues = _queues(actor, campaign, now) if campaign else _first_step(actor)
    return HomePage(
        campaign=campaign,
        today=today,
        days_left=_days_left(campaign, today),
        has_duty=bool(actor.duties),
        queues=(*queues, *_people_queues(actor, now)),
        shifts=tuple(one for one in mine if one.held_on == today),
        coming=tuple(one for one in mine if one.held_on > today),
        desks=helpdesks.own_desks(actor, now=now),
        may_see_figures=has_campaign and may(actor, Action.FIGURE_READ),
        may_see_records=has_campaign and may(actor, Action.RECORD_READ),
        may_see_people=may(actor, Action.PEOPLE_READ),
        may_see_behind=has_campaign and may(actor, Action.REPORT_DECIDE),
        has_unit=has_campaign and may(actor, Action.OUTING_RUN) and bool(_units(actor)),
    )


def progress_panel(actor: Actor, *, now: datetime) -> ProgressPanel:
    """Count what the campaign has done so far."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        return ProgressPanel(())
    wanted = [(key, "district") for key in HEADLINES]
    counts = outings.outing_counts(campaign.id) if may(actor, Action.OUTING_READ) else None
    return ProgressPanel(analytics.figures(actor, wanted, campaign_id=campaign.id, now=now), counts)


def behind_panel(actor: Actor, *, now: datetime) -> BehindPanel:
    """List the units that are behind the most. Raises NotAllowed."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        return BehindPanel((), 0)
    found = rounds.behind(actor, campaign, now=now, size=MOST_BEHIND, with_calls=False).page
    return BehindPanel(tuple(found.items), found.total)


def unit_panel(actor: Actor, *, now: datetime) -> UnitPanel:
    """Show how the person's own units stand; the tasks and calendars of those for whom they may know of them."""
    campaign, own, today = campaigns.current_campaign(now), _units(actor), local_date(now)
    names = people.organization_names(own)
    if campaign is None or not own:
        return UnitPanel(tuple(names.values()), (), 0, (), (), may_plan=False)
    next_ones = outings.unit_outings(actor, campaign.id, own, on_from=today, on_to=today + COMING_DAYS)
    late: tuple[TaskProgress, ...] = ()
    if may(actor, Action.FIGURE_READ):
        lights = rounds.task_lights(actor, campaign.id, now=now)
        late = tuple(one for one in lights if one.light.is_late and own & set(one.task.lead_ids))
    may_plan = may(actor, Action.OUTING_PLAN)
    waiting = [one for one in calendars.calendars(actor).items if one.open or one.ready] if may_plan else []
    return UnitPanel(
        names=tuple(names.values()),
        outings=tuple(next_ones.items),
        planned=next_ones.total,
        tasks=late[:MOST_BEHIND],
        calendars=tuple(waiting[:MOST_BEHIND]),
        may_plan=may_plan,
    )


def _units(actor: Actor) -> frozenset[UUID]:
    """Give the units for which the person has a duty of their own."""
    return frozenset(duty.organization_id for duty in actor.duties if duty.organization_id is not None)


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
    if any(may(actor, one) for one in (Action.PLAN_WRITE, Action.PLAN_MANAGE, Action.PLAN_IMPORT)):
        found += _plan_queues(actor, campaign)
    if may(actor, Action.RECORD_REVIEW):
        doubtful = capture.doubtful_count(actor, campaign.id)
        hint = _("Máy thấy điểm lạ; cần người xem lại trước khi chốt số liệu.")
        found.append(Queue(doubtful, _("bản ghi cần xem lại"), hint, "/desk/records/?state=hasIssues", Part.DECIDE))
    if may(actor, Action.FEEDBACK_ANSWER):
        asked = feedback.waiting_count(actor, campaign.id)
        hint = _("Trả lời bằng chữ dễ hiểu; người hỏi mở lại trang riêng để đọc.")
        found.append(Queue(asked, _("câu hỏi của người dân"), hint, "/desk/feedback/", Part.DUE))
    if may(actor, Action.PRESS_WRITE):
        late = press.late_replies(actor, campaign.id, now=now)
        hint = _("Báo đã viết, hạn phản hồi đã qua; phản hồi rồi ghi lại ở đây.")
        found.append(Queue(late, _("tin bài quá hạn phản hồi"), hint, "/desk/press/items/?state=late", Part.DUE))
    if may(actor, Action.OFFER_WRITE) and not may(actor, Action.OFFER_DECIDE):  # notices tell the office
        hint = _("Cơ quan thường trực đã ghi cần sửa gì.")
        returned = market.returned_count(actor, campaign.id)
        found.append(Queue(returned, _("ưu đãi bị trả lại"), hint, "/desk/offers/?state=returned", Part.DUE))
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
            Part.DUE,
        )
    ]
    if may(actor, Action.OUTING_RUN):
        unclosed = [one for one in near if one.state == State.OPEN and is_over(one.held_on, one.ends_at, now)]
        hint = _("Đã qua giờ kết thúc; hãy kết thúc buổi.")
        found.append(Queue(len(unclosed), _("buổi quá giờ chưa kết thúc"), hint, "/desk/outings/?state=open", Part.DUE))
    if may(actor, Action.RECORD_READ):
        past = [one.id for one in near if one.held_on == yesterday]
        silent = len(set(past) - set(capture.record_counts(actor, past))) if past else 0
        hint = _("Hãy nhắc đội gửi bản ghi, hoặc hủy buổi nếu không diễn ra.")
        found.append(Queue(silent, _("buổi hôm qua chưa có bản ghi"), hint, _days(yesterday, yesterday), Part.KEEP))
    return found


def _report_queues(actor: Actor, campaign: CampaignView, now: datetime) -> list[Queue]:
    """Say what waits of the reports of units: who holds several duties has all of it in one list."""
    waiting = rounds.queues(actor, now, campaign_id=campaign.id)
    address = "/desk/rounds/waiting/?only="
    found = [
        Queue(
            waiting.due_today,
            _("báo cáo phải nộp"),
            _("Số liệu có sẵn; chỉ viết phần lời rồi nộp."),
            f"{address}due_today",
            Part.DUE,
        ),
        Queue(
            waiting.returned,
            _("báo cáo bị trả lại"),
            _("Sửa theo lý do trả lại rồi nộp lại."),
            f"{address}returned",
            Part.DUE,
        ),
        Queue(
            waiting.to_decide,
            _("báo cáo chờ duyệt"),
            _("Đọc, duyệt hoặc trả lại kèm lý do."),
            f"{address}to_decide",
            Part.DECIDE,
        ),
    ]
    if may(actor, Action.REPORT_DECIDE):
        behind = "/desk/rounds/behind/"
        found += [
            Queue(
                waiting.late,
                _("báo cáo quá hạn"),
                _("Gọi cho đơn vị, ghi lại câu trả lời."),
                f"{behind}?kind=report",
                Part.KEEP,
            ),
            Queue(
                waiting.calls,
                _("cuộc gọi đến giờ gọi lại"),
                _("Đơn vị đã hẹn; xem lần gọi trước rồi gọi."),
                behind,
                Part.DUE,
            ),
        ]
    return found


def _plan_queues(actor: Actor, campaign: CampaignView) -> list[Queue]:
    waiting = campaigns.plan_queues(actor, campaign.id)
    address = "/desk/campaign/sub-plans/?state="
    return [
        Queue(
            waiting.to_decide,
            _("kế hoạch đơn vị chờ duyệt"),
            _("Đọc rồi duyệt, hoặc trả lại kèm lý do."),
            f"{address}sent",
            Part.DECIDE,
        ),
        Queue(
            waiting.returned,
            _("kế hoạch của đơn vị bị trả lại"),
            _("Sửa theo lý do trả lại rồi gửi lại."),
            f"{address}returned",
            Part.DUE,
        ),
        Queue(
            waiting.leftovers if may(actor, Action.PLAN_IMPORT) else 0,
            _("đoạn của kế hoạch chưa xếp được"),
            _("Máy chưa xếp được vào nhiệm vụ nào khi đọc kế hoạch."),
            "/desk/campaign/#leftovers",
            Part.KEEP,
        ),
    ]


def _people_queues(actor: Actor, now: datetime) -> tuple[Queue, ...]:
    """Say whom an administrator should look after: who has not come yet, and who can do nothing."""
    if not may(actor, Action.PEOPLE_MANAGE):
        return ()
    waiting = people.people_queues(actor, local_date(now))
    address = "/desk/people/?state="
    found = (
        Queue(
            waiting.invited,
            _("người chưa nhận lời mời"),
            _("Chưa đặt mật khẩu; gửi lại đường dẫn nếu đã hết hạn."),
            f"{address}invited",
            Part.KEEP,
        ),
        Queue(
            waiting.idle,
            _("tài khoản không có phân công"),
            _("Đăng nhập được nhưng không làm được gì: hãy phân công hoặc đóng tài khoản."),
            f"{address}open",
            Part.KEEP,
        ),
    )
    return tuple(one for one in found if one.count)


def _first_step(actor: Actor) -> tuple[Queue, ...]:
    if not may(actor, Action.PLAN_IMPORT):
        return ()
    hint = _("Bắt đầu từ tệp Word của kế hoạch đã ký.")
    return (Queue(1, _("kế hoạch của năm cần nhập"), hint, "/desk/campaign/", Part.DUE),)


def _days(first: date, last: date) -> str:
    return f"/desk/outings/?on_from={format_date(first)}&on_to={format_date(last)}"


def _days_left(campaign: CampaignView | None, today: date) -> int | None:
    """Count the days to the Day; 0 on the day itself, None after it and without a campaign."""
    left = (campaign.day_on - today).days if campaign else -1
    return left if left >= 0 else None
