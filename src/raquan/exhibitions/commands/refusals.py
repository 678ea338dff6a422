"""What the commands of exhibitions say no with."""

from raquan.kernel.refused import N_, Conflict, Refused


class ReasonMissing(Refused):
    """A step that others have to understand says why."""

    code = "exhibitions.reason_missing"
    message = N_("Hãy ghi lý do.")


class NameMissing(Refused):
    """It has no name."""

    code = "exhibitions.name_missing"
    message = N_("Hãy ghi tên.")


class DaysReversed(Refused):
    """Days or hours run backwards."""

    code = "exhibitions.days_reversed"
    message = N_("Ngày cuối phải từ ngày đầu trở đi, giờ đóng cửa phải sau giờ mở cửa.")


class DeadlineTooLate(Refused):
    """Applications would come in after the exhibition has begun."""

    code = "exhibitions.deadline_too_late"
    message = N_("Hạn nhận đơn phải trước hoặc đúng ngày khai mạc {starts_on}.")


class FieldsMissing(Refused):
    """No field is named in which something is shown."""

    code = "exhibitions.fields_missing"
    message = N_("Hãy ghi ít nhất một lĩnh vực, mỗi dòng một lĩnh vực.")


class PlaceUnknown(Refused):
    """The place is none on the first day."""

    code = "exhibitions.place_unknown"
    message = N_("Không có xã, phường “{place}” vào ngày khai mạc.")


class SizeImpossible(Refused):
    """A length, a power or a count is none that can be."""

    code = "exhibitions.size_impossible"
    message = N_("Kích thước phải từ 0,5 đến 50 m, điện từ 0 đến 100.000 W, số bàn từ 0 đến 50.")


class NotPlanned(Conflict):
    """The exhibition is open, over or cancelled: its plan stands."""

    code = "exhibitions.not_planned"
    message = N_("Triển lãm đang mở, đã kết thúc hoặc đã hủy nên không sửa được nữa.")


class BoothsMissing(Refused):
    """Nobody can apply where the plan has no booth."""

    code = "exhibitions.booths_missing"
    message = N_("Sơ đồ chưa có gian hàng nào. Hãy vẽ sơ đồ trước khi nhận đơn.")


class BoothInUse(Conflict):
    """The new plan has no room for a booth that somebody was given."""

    code = "exhibitions.booth_in_use"
    message = N_("Gian {booth} đã xếp cho {name}; sơ đồ mới không còn gian này hoặc gian không đủ điều kiện.")


class NotApplying(Conflict):
    """Applications are not taken, or not any more."""

    code = "exhibitions.not_applying"
    message = N_("Triển lãm này không nhận đơn lúc này (hạn nhận đơn: {until}).")


class FieldUnknown(Refused):
    """The exhibition does not show this field."""

    code = "exhibitions.field_unknown"
    message = N_("Triển lãm không có lĩnh vực “{field}”.")


class ItemsMissing(Refused):
    """Nothing is named that would be shown."""

    code = "exhibitions.items_missing"
    message = N_("Hãy ghi ít nhất một sản phẩm hoặc giải pháp sẽ giới thiệu.")


class BoothUnknown(Refused):
    """The plan has no such booth."""

    code = "exhibitions.booth_unknown"
    message = N_("Sơ đồ không có gian “{booth}”.")


class LinkUnreadable(Refused):
    """The link is no address of a page."""

    code = "exhibitions.link_unreadable"
    message = N_("Địa chỉ trang phải bắt đầu bằng https:// hoặc http://.")


class NotAnEnterprise(Refused):
    """The organization is none of the registered enterprises."""

    code = "exhibitions.not_an_enterprise"
    message = N_("Chỉ doanh nghiệp đã đăng ký mới nộp đơn được.")


class RuleBroken(Refused):
    """A booth breaks a rule of allocation for an application."""

    code = "exhibitions.rule_broken"
    message = N_("Không xếp được. {why}")


class NothingProposed(Refused):
    """There is no proposal to confirm."""

    code = "exhibitions.nothing_proposed"
    message = N_("Chưa có phương án xếp gian nào. Hãy bấm “Lập phương án” trước.")


class Changed(Conflict):
    """Somebody else has changed it or taken a step since the page was opened."""

    code = "exhibitions.changed"
    message = N_("Có người vừa sửa hoặc xử lý việc này. Hãy xem lại rồi làm tiếp; chữ đã gõ vẫn còn.")


class SentOtherwise(Conflict):
    """The same request came before with other content."""

    code = "exhibitions.sent_otherwise"
    message = N_("Đơn này đã lưu với nội dung khác. Hãy mở danh sách để xem.")


class NotThatDay(Refused):
    """The exhibition is not held on that day, or the day has not come."""

    code = "exhibitions.not_that_day"
    message = N_("Triển lãm không diễn ra ngày {day}, hoặc ngày đó chưa đến.")


class NotOpen(Conflict):
    """The booth cannot be visited: its exhibition is not open today."""

    code = "exhibitions.not_open"
    message = N_("Gian hàng này hôm nay không mở cửa nên không ghi được lượt ghé.")


class HeadsImpossible(Refused):
    """A number of visitors is below zero or beyond what can be."""

    code = "exhibitions.heads_impossible"
    message = N_("Số khách phải từ 0 đến 100.000.")


class WordsMissing(Refused):
    """An incident says what happened."""

    code = "exhibitions.words_missing"
    message = N_("Hãy ghi việc gì đã xảy ra.")


class ConsentMissing(Refused):
    """Nobody's name is kept without their consent."""

    code = "exhibitions.consent_missing"
    message = N_("Chưa đánh dấu đồng ý nên chưa gửi. Không đồng ý thì không cần để lại gì.")


class ContactUnreadable(Refused):
    """A name or a telephone number is missing."""

    code = "exhibitions.contact_unreadable"
    message = N_("Hãy ghi tên và số điện thoại, ví dụ 0905 123 456.")


class ContactGone(Conflict):
    """The contact was deleted by its visitor, or its days are over."""

    code = "exhibitions.contact_gone"
    message = N_("Thông tin này đã được xóa.")


class PhotosClosed(Conflict):
    """There is no booth yet, or its exhibition is over."""

    code = "exhibitions.photos_closed"
    message = N_("Chỉ thêm, gỡ ảnh khi đã có gian và triển lãm chưa kết thúc. Cần gỡ ảnh cũ thì báo đơn vị tổ chức.")


class PhotosFull(Refused):
    """A page of a booth is no album."""

    code = "exhibitions.photos_full"
    message = N_("Mỗi gian nhiều nhất {most} ảnh. Hãy gỡ bớt một ảnh rồi thêm.")


class CaptionMissing(Refused):
    """Who does not see the photo reads its caption."""

    code = "exhibitions.caption_missing"
    message = N_("Hãy ghi chú thích: trong ảnh có gì.")


class PhotoConsentMissing(Refused):
    """No photo is shown without the consent of the people in it."""

    code = "exhibitions.photo_consent_missing"
    message = N_("Chưa đánh dấu về người trong ảnh nên chưa đăng.")
