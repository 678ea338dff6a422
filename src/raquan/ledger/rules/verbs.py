"""What acts are called in words, and what of their detail is told to whoever may see the thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from raquan.kernel.dates import format_date, format_datetime
from raquan.kernel.refused import N_

VERBS: Mapping[str, str] = {
    # campaign
    "import_plan": N_("nhập kế hoạch từ văn bản"),
    "amend_plan": N_("sửa đổi, bổ sung kế hoạch theo văn bản"),
    "start_plan_from": N_("lập bản nháp từ kế hoạch năm trước"),
    "change_frame": N_("sửa chủ đề, ngày, khẩu hiệu"),
    "put_plan_in_force": N_("đưa kế hoạch vào thực hiện"),
    "close_plan": N_("kết thúc kế hoạch"),
    "add_indicator": N_("thêm chỉ tiêu"),
    "change_indicator": N_("sửa chỉ tiêu"),
    "set_targets": N_("giao mức"),
    "add_evidence": N_("thêm minh chứng"),
    "state_progress": N_("ghi tiến độ bằng lời"),
    "start_sub_plan": N_("lập kế hoạch của đơn vị"),
    "save_sub_plan": N_("lưu nội dung"),
    "record_issue": N_("ghi số và ngày ban hành"),
    "reopen_sub_plan": N_("mở lại để sửa"),
    "send_sub_plan": N_("gửi kế hoạch của đơn vị"),
    "comment_on_sub_plan": N_("góp ý"),
    "return_sub_plan": N_("trả lại để sửa"),
    "approve_sub_plan": N_("duyệt kế hoạch của đơn vị"),
    "correct_plan_head": N_("sửa số, ngày, tên kế hoạch"),
    "set_commune_groups": N_("xếp nhóm xã"),
    "add_draft_task": N_("thêm nhiệm vụ vào bản nháp"),
    "change_draft_task": N_("sửa nhiệm vụ của bản nháp"),
    "move_draft_task": N_("chuyển chỗ nhiệm vụ của bản nháp"),
    "remove_draft_task": N_("bỏ nhiệm vụ khỏi bản nháp"),
    "end_targets": N_("thôi mức giao"),
    "withdraw_evidence": N_("rút minh chứng"),
    # readings
    "start_reading": N_("đưa văn bản vào đọc"),
    "resume_reading": N_("đọc tiếp văn bản"),
    "finish_reading": N_("máy đọc xong văn bản"),
    "settle_reading": N_("chuyển văn bản thành kế hoạch"),
    "discard_reading": N_("bỏ văn bản"),
    "correct_line": N_("sửa một đoạn"),
    "add_task": N_("thêm nhiệm vụ"),
    "confirm_line": N_("xác nhận một đoạn đúng"),
    "dismiss_line": N_("bỏ một đoạn"),
    "restore_line": N_("lấy lại một đoạn đã bỏ"),
    # outings
    "plan_outing": N_("lên lịch buổi ra quân"),
    "open_outing": N_("bắt đầu buổi"),
    "close_outing": N_("kết thúc buổi"),
    "cancel_outing": N_("hủy buổi"),
    "change_team": N_("đổi đội"),
    "check_in": N_("điểm danh"),
    "tick_kit": N_("đánh dấu đồ mang theo"),
    "load_kit": N_("nạp danh mục đồ mang theo"),
    "add_site": N_("thêm địa điểm"),
    "correct_site": N_("sửa địa điểm"),
    "end_site": N_("ngừng dùng địa điểm"),
    # calendars
    "start_calendar": N_("đưa lịch ra quân vào đọc"),
    "resume_calendar": N_("đọc tiếp lịch"),
    "correct_calendar_line": N_("sửa một dòng của lịch"),
    "dismiss_calendar_line": N_("bỏ một dòng của lịch"),
    "restore_calendar_line": N_("lấy lại một dòng đã bỏ"),
    "take_in": N_("nhận các dòng thành buổi ra quân"),
    "resume_taking": N_("nhận tiếp các dòng"),
    "discard_calendar": N_("bỏ lịch"),
    # feedback
    "send_feedback": N_("gửi góp ý"),
    "ask_again": N_("hỏi thêm"),
    "answer_feedback": N_("trả lời"),
    "hand_over": N_("chuyển cho đơn vị khác"),
    "close_feedback": N_("khép lại, không trả lời"),
    # helpdesks
    "set_up_help_desk": N_("mở điểm hỗ trợ"),
    "change_hours": N_("đổi giờ mở cửa"),
    "end_help_desk": N_("ngừng điểm hỗ trợ"),
    "close_days": N_("đóng cửa một số ngày"),
    "reopen_days": N_("mở cửa lại ngày đã đóng"),
    "put_on_roster": N_("xếp người trực"),
    "take_off_roster": N_("rút người trực"),
    # forms
    "keep_draft": N_("lưu bản nháp biểu mẫu"),
    "discard_draft": N_("bỏ bản nháp biểu mẫu"),
    "publish_form": N_("phát hành biểu mẫu"),
    "set_form_state": N_("đổi trạng thái biểu mẫu"),
    "assign_form": N_("giao biểu mẫu cho đơn vị"),
    "unassign_form": N_("thôi giao biểu mẫu"),
    "put_media": N_("đưa tệp kèm vào biểu mẫu"),
    "offer_form": N_("giao biểu mẫu cho người dùng máy"),
    "withdraw_offer": N_("thôi giao biểu mẫu cho người dùng máy"),
    # cards, tallies
    "make_cards": N_("in lô thẻ đồng hành"),
    "void_cards": N_("hủy lô thẻ"),
    "issue_tally_sheets": N_("phát hành phiếu đếm"),
    "enter_tally_sheet": N_("nhập phiếu đếm"),
    "correct_tally_sheet": N_("sửa phiếu đếm"),
    "withdraw_tally_sheet": N_("thu hồi phiếu đếm"),
    # capture
    "receive_submissions": N_("nhận bản ghi"),
    "attach_files": N_("nhận tệp kèm theo"),
    "begin_photo": N_("báo có ảnh, kèm sự đồng ý"),
    "append_photo": N_("nhận ảnh"),
    "forget_unfinished_photos": N_("bỏ ảnh gửi dở quá lâu"),
    "review_submission": N_("xem xét bản ghi"),
    "add_comment": N_("ghi ý kiến"),
    "correct_record": N_("sửa bản ghi"),
    "delete_record": N_("xóa bản ghi"),
    "mark_origins": N_("nhập từ hệ thống khác"),
    "start_bulk_task": N_("bắt đầu việc hàng loạt"),
    "continue_bulk_task": N_("làm tiếp việc hàng loạt"),
    # analytics, rounds, reports
    "freeze_snapshot": N_("chốt số liệu"),
    "set_round_rule": N_("đặt lịch kỳ báo cáo"),
    "open_due_rounds": N_("mở kỳ báo cáo"),
    "save_draft": N_("lưu bản nháp"),
    "submit_report": N_("nộp báo cáo"),
    "return_report": N_("trả lại báo cáo"),
    "approve_report": N_("duyệt báo cáo"),
    "correct_report": N_("mở bản đính chính"),
    "extend_due": N_("gia hạn nộp"),
    "record_call": N_("ghi cuộc gọi nhắc"),
    "build_report": N_("lập báo cáo từ số liệu chốt"),
    "make_pdf": N_("tạo bản PDF"),
    # exchange
    "start_export": N_("yêu cầu tệp xuất"),
    "continue_export": N_("xuất tiếp"),
    "run_export": N_("xuất xong tệp"),
    "remove_exports": N_("xóa tệp xuất quá hạn"),
    "read_import": N_("đưa tệp vào để nhập"),
    "start_import": N_("bắt đầu nhập"),
    "add_webhook": N_("thêm địa chỉ nhận tin"),
    "pause_webhook": N_("tạm ngừng gửi tin"),
    "resume_webhook": N_("gửi tin trở lại"),
    "end_webhook": N_("thôi gửi tin"),
    "renew_webhook_secret": N_("đổi khóa ký tin"),
    "ping_webhook": N_("gửi tin thử"),
    "replay_delivery": N_("gửi lại một tin"),
    # people
    "register_organization": N_("thêm đơn vị"),
    "correct_organization": N_("sửa đơn vị"),
    "create_user": N_("lập tài khoản"),
    "set_password": N_("đặt mật khẩu"),
    "close_account": N_("khóa tài khoản"),
    "reopen_account": N_("mở lại tài khoản"),
    "give_duty": N_("giao nhiệm vụ"),
    "end_duty": N_("kết thúc phân công"),
    "delegate_duty": N_("nhờ người làm thay"),
    "invite_again": N_("gửi lời mời"),
    "accept_invitation": N_("nhận lời mời, đặt mật khẩu"),
    "open_token": N_("đăng nhập từ phần mềm khác"),
    "end_token": N_("đăng xuất phần mềm khác"),
    "register_device": N_("đăng ký máy"),
    "revoke_device": N_("thu hồi máy"),
    "take_over_device": N_("thay máy cũ"),
    "field_sign_in": N_("đăng nhập trên máy"),
    "give_field_code": N_("cấp mã đăng nhập máy"),
    "revoke_field_code": N_("thu hồi mã đăng nhập máy"),
    "make_app_users": N_("lập người dùng máy"),
    # notices, places, catalogue, files
    "tell": N_("báo tin"),
    "settle": N_("thu tin báo đã xong việc"),
    "dispatch_again": N_("gửi lại tin báo"),
    "set_reach": N_("chọn cách nhận tin"),
    "escalate_overdue": N_("báo lên cấp trên"),
    "load_units": N_("nạp danh mục hành chính"),
    "load_catalogue": N_("nạp danh mục dịch vụ"),
    "load_guides": N_("nạp hướng dẫn dịch vụ"),
    "store_file": N_("lưu tệp"),
}
"""Each act by the command's name; a test finds those that commands write and that have no words here."""


@dataclass(frozen=True, slots=True)
class Told:
    """A part of an act's detail: what it is (a message id), and its text."""

    name: str
    text: str


_TOLD: Mapping[str, str] = {
    "reason": N_("Lý do"),
    "number": N_("Số"),
    "code": N_("Mã"),
    "title": N_("Tên"),
    "name": N_("Tên"),
    "caption": N_("Chú thích"),
    "file": N_("Tệp"),
    "names": N_("Tệp"),
    "version": N_("Bản"),
    "held_on": N_("Ngày"),
    "on": N_("Từ ngày"),
    "valid_from": N_("Từ ngày"),
    "starts_on": N_("Từ ngày"),
    "first_on": N_("Từ ngày"),
    "last_on": N_("Đến ngày"),
    "ends_on": N_("Đến ngày"),
    "issued_on": N_("Ngày ban hành"),
    "due_at": N_("Hạn"),
    "count": N_("Số lượng"),
    "total": N_("Tổng số"),
    "lines": N_("Số dòng"),
    "tasks": N_("Số nhiệm vụ"),
    "units": N_("Số đơn vị"),
}
"""What of an act's detail is told. Whatever names a person, a telephone or another thing's id is not among it."""

_FIELDS: Mapping[str, str] = {
    "name": N_("Tên"),
    "address": N_("Địa chỉ"),
    "denominator": N_("Mẫu số"),
    "denominator_name": N_("Tên mẫu số"),
    "denominator_source": N_("Nguồn của mẫu số"),
    "denominator_on": N_("Ngày của mẫu số"),
}
"""The fields whose old and new value are told where an act keeps both."""


def told(detail: Mapping[str, Any]) -> tuple[Told, ...]:
    """Give what is told of an act's detail, in the order of _TOLD, then what changed from what to what."""
    plain = [Told(name, text) for key, name in _TOLD.items() if (text := _text(detail.get(key)))]
    before = detail.get("before", detail.get("was"))
    after = detail.get("after", detail.get("now"))
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key, name in _FIELDS.items():
            old, new = _text(before.get(key)), _text(after.get(key))
            if old != new and key in after:
                plain.append(Told(name, f"{old or '–'} → {new or '–'}"))
    return tuple(plain)


def _text(said: Any) -> str:
    if isinstance(said, str):
        return _dated(said)
    if isinstance(said, int) and not isinstance(said, bool):
        return str(said)
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        return ", ".join(said)
    return ""


def _dated(said: str) -> str:
    """Write a day or a moment that JSON holds as people write it; any other text as it is."""
    try:
        return format_date(date.fromisoformat(said)) if len(said) == 10 else format_datetime(_moment(said))
    except ValueError:
        return said


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError(said)
    return moment
