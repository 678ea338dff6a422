"""What the commands of the office's publications say no with."""

from raquan.kernel.refused import N_, Conflict, Refused


class WordsMissing(Refused):
    """A publication has a title and a text."""

    code = "press.words_missing"
    message = N_("Hãy viết tiêu đề và nội dung.")


class NumberMissing(Refused):
    """A press release says its number and whom to call."""

    code = "press.number_missing"
    message = N_("Thông cáo cần số do văn thư cấp và người liên hệ trước khi đăng.")


class ReasonMissing(Refused):
    """A correction says what and why, a withdrawal why."""

    code = "press.reason_missing"
    message = N_("Hãy viết rõ sửa gì, vì sao; người đọc thấy những lời này.")


class NothingCorrected(Refused):
    """The text is the same as before."""

    code = "press.nothing_corrected"
    message = N_("Nội dung chưa khác gì bản đang đăng.")


class EndsBeforeBegin(Refused):
    """It would end before it begins."""

    code = "press.ends_before_begin"
    message = N_("Lúc thôi hiện phải sau lúc bắt đầu hiện.")


class ChangedMeanwhile(Conflict):
    """Somebody else has changed it since the page was opened, or its state does not allow this any more."""

    code = "press.changed"
    message = N_("Có người vừa sửa hoặc đăng bài này. Hãy xem lại bản mới; chữ đã gõ vẫn còn ở ô dưới.")


class AlternativeMissing(Refused):
    """A photo says in words what it shows, for who does not see it."""

    code = "press.alternative_missing"
    message = N_("Hãy tả ảnh bằng lời cho người không nhìn thấy, và ghi chú thích, nguồn ảnh.")


class ConsentMissing(Refused):
    """People are recognized in the photo, and nothing says who agreed to its being published."""

    code = "press.consent_missing"
    message = N_("Hãy ghi những người trong ảnh đã đồng ý cho đăng khi nào, lưu ở đâu. Chưa có thì không đăng ảnh.")


class PicturesFull(Refused):
    """The publication has MOST_PICTURES already."""

    code = "press.pictures_full"
    message = N_("Bài đã có {most} ảnh, không nhận thêm: người đọc dùng mạng chậm.")


class ItemIncomplete(Refused):
    """An item of the programme has a time, a place and words, and ends after it starts."""

    code = "programme.incomplete"
    message = N_("Mỗi việc cần giờ, nơi và nội dung; giờ kết thúc phải sau giờ bắt đầu.")


class ProgrammeFull(Refused):
    """The programme has its most items."""

    code = "programme.full"
    message = N_("Chương trình đã có {most} việc.")


class PressItemIncomplete(Refused):
    """A press item names its outlet and its title."""

    code = "press_item.incomplete"
    message = N_("Hãy ghi tên báo, đài và tên bài.")


class PressItemAhead(Refused):
    """What is told has happened already."""

    code = "press_item.ahead"
    message = N_("Lúc đăng, lúc phản hồi không thể ở sau lúc này.")


class PressAddressUnreadable(Refused):
    """An address begins with https://."""

    code = "press_item.address"
    message = N_("Hãy chép địa chỉ bài bắt đầu bằng https://, không kèm tên hay mật khẩu. Báo in thì bỏ trống.")


class PressItemKnown(Conflict):
    """The address was noted before."""

    code = "press_item.known"
    message = N_("Bài ở địa chỉ này đã được ghi rồi. Hãy tìm trong danh sách theo tên báo hoặc tên bài.")


class ReplyDayPast(Refused):
    """A reply is asked for by a day to come."""

    code = "press_item.day_past"
    message = N_("Hạn phản hồi phải từ hôm nay trở đi.")


class ReplyIncomplete(Refused):
    """A reply says how and by whom, and came after what it replies to."""

    code = "press_item.reply_incomplete"
    message = N_("Hãy ghi phản hồi bằng cách nào, ai phản hồi; lúc phản hồi phải sau lúc đăng bài.")


class AsideReasonMissing(Refused):
    """Who sets a press item aside says why."""

    code = "press_item.reason_missing"
    message = N_("Hãy ghi vì sao gác lại, để người sau biết.")


class PressItemChanged(Conflict):
    """Somebody else has dealt with it since the page was opened, or its state does not allow this any more."""

    code = "press_item.changed"
    message = N_("Có người vừa sửa hoặc xử lý bài này. Hãy xem lại bản mới; chữ đã gõ vẫn còn ở ô dưới.")
