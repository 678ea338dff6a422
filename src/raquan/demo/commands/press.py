"""Notes synthetic press items in the demo: one whose reply is late, one to be replied to, one replied to, one noted."""

from datetime import datetime, timedelta
from uuid import uuid5

from raquan.campaign import queries as campaigns
from raquan.demo.commands.ground import NotADemo
from raquan.kernel.actor import SYSTEM
from raquan.kernel.clock import local_date
from raquan.press import commands
from raquan.press import queries as press
from raquan.press.rules import PressItemSaid, PressItemState

SYNTHETIC = "(Bài mô phỏng) "
ITEMS = (
    ("Báo mô phỏng", "Người già chờ từ sáng ở điểm hỗ trợ, máy quét hỏng", "Thời gian chờ", 3, 1),
    ("Đài mô phỏng", "Thẻ đồng hành: phát rồi có thu lại không?", "Thẻ đồng hành", 1, 3),
    ("Báo mô phỏng", "Một buổi tối học nộp hồ sơ ở Cư M’gar", "Ra quân", 2, None),
    ("Trang tin mô phỏng", "Ghi sai giờ mở cửa điểm hỗ trợ ở chợ", "Giờ mở cửa", 4, 2),
)
"""Outlet, title, topic, days since it was published, days from then until a reply is due."""
REPLIED = 3


def load_press(now: datetime) -> None:
    """Note the items; the same again are the same items. Times are relative to `now`."""
    campaign = campaigns.current_campaign(now)
    if campaign is None:
        raise NotADemo()
    for number, (outlet, title, topic, age, until) in enumerate(ITEMS):
        at = now - timedelta(days=age)
        item_id = uuid5(campaign.id, f"press item {number}")
        due = local_date(at) + timedelta(days=until) if until else None
        said = PressItemSaid(outlet, SYNTHETIC + title, at, "Tác giả mô phỏng", "", topic, due)
        commands.note_press_item(by=SYSTEM, now=at, item_id=item_id, campaign_id=campaign.id, said=said)
        if number == REPLIED and press.press_item(SYSTEM, item_id, now=now).state == PressItemState.OWED:
            how = "Gọi ban biên tập; trang tin đã sửa giờ (mô phỏng)."
            told_at = at + timedelta(days=1)
            who = "Cơ quan thường trực"
            commands.reply_to_press_item(
                by=SYSTEM, now=told_at, item_id=item_id, seen=1, replied_at=told_at, how=how, who=who
            )
