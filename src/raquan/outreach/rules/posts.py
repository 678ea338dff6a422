"""Messages planned by channel: when, where, by whom, and how each is known to have gone out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from raquan.kernel.refused import N_
from raquan.kernel.states import StateTable


class Channel(StrEnum):
    """Where a message goes out."""

    PORTAL = "portal"
    ZALO = "zalo"
    FACEBOOK = "facebook"
    RADIO = "radio"
    LOUDSPEAKER = "loudspeaker"
    TELEVISION = "television"
    LED = "led"
    SMS = "sms"
    EMAIL = "email"
    STREET = "street"
    OTHER = "other"


CHANNEL_NAMES: Mapping[Channel, str] = {
    Channel.PORTAL: N_("Trang này"),
    Channel.ZALO: N_("Zalo OA"),
    Channel.FACEBOOK: N_("Trang Facebook"),
    Channel.RADIO: N_("Phát thanh"),
    Channel.LOUDSPEAKER: N_("Loa truyền thanh cơ sở"),
    Channel.TELEVISION: N_("Truyền hình"),
    Channel.LED: N_("Màn hình LED"),
    Channel.SMS: N_("Tin nhắn SMS"),
    Channel.EMAIL: N_("Thư điện tử"),
    Channel.STREET: N_("Treo, dán ngoài trời"),
    Channel.OTHER: N_("Kênh khác"),
}

HOW_TO: Mapping[Channel, str] = {
    Channel.PORTAL: N_("Không phải làm gì: đến giờ, trang công khai tự hiện."),
    Channel.ZALO: N_(
        "Mở Zalo OA Manager, chọn Nội dung, tạo bài viết; dán chữ, tải ảnh PNG lên, dán đường dẫn; hẹn giờ rồi lưu. "
        "Đăng xong, chép đường dẫn bài vào đây."
    ),
    Channel.FACEBOOK: N_(
        "Mở trang bằng tài khoản quản trị, chọn Tạo bài viết; dán chữ và đường dẫn, tải ảnh PNG lên; hẹn giờ. "
        "Đăng xong, chép đường dẫn bài vào đây."
    ),
    Channel.RADIO: N_("Gửi lời đọc cho đài, kèm giờ phát. Phát xong, ghi chương trình và giờ đã phát."),
    Channel.LOUDSPEAKER: N_(
        "Người phụ trách đài truyền thanh xã đọc hoặc phát đúng giờ, hai lần. Phát xong, ghi giờ và người phát."
    ),
    Channel.TELEVISION: N_("Gửi lời và ảnh cho đài, kèm giờ phát. Phát xong, chép đường dẫn hoặc ghi giờ đã phát."),
    Channel.LED: N_("Chép ảnh PNG vào máy điều khiển, hẹn giờ. Chạy rồi, chụp một ảnh và ghi nơi chạy."),
    Channel.SMS: N_("Gửi chữ qua tổng đài của đơn vị. Gửi xong, ghi số tin đã gửi."),
    Channel.EMAIL: N_("Dán chữ vào thư, kèm đường dẫn; gửi cho danh sách của đơn vị. Gửi xong, ghi số thư đã gửi."),
    Channel.STREET: N_("In tệp PDF, treo đúng nơi đã ghi trong hồ sơ. Treo xong, chụp ảnh; hết hạn thì tháo."),
    Channel.OTHER: N_("Đưa tin theo cách của kênh. Xong thì chép đường dẫn hoặc ghi nơi, giờ đã đưa."),
}


class PostState(StrEnum):
    """Where a planned message stands."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class PostStep(StrEnum):
    """What takes a message from one state to another; each is a command."""

    FINISH = "finish_post"
    CANCEL = "cancel_post"


POST_TRANSITIONS: StateTable[PostState, PostStep] = StateTable(
    (PostState.PLANNED, PostStep.FINISH, PostState.DONE),
    (PostState.PLANNED, PostStep.CANCEL, PostState.CANCELLED),
    begins={PostState.PLANNED: "plan_post"},
    ends={PostState.DONE: "", PostState.CANCELLED: ""},
)

POST_STATE_NAMES: Mapping[PostState, str] = {
    PostState.PLANNED: N_("Đã hẹn"),
    PostState.DONE: N_("Đã đưa"),
    PostState.CANCELLED: N_("Đã bỏ"),
}


@dataclass(frozen=True, slots=True)
class PostPlan:
    """What a planned message says: `text` goes out, `link` stands below, `who` does it."""

    channel: Channel
    planned_at: datetime
    title: str
    text: str
    link: str = ""
    who: str = ""
