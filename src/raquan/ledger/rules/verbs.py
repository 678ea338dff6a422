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
    "withdraw_amendment": N_("rút văn bản sửa đổi"),
    "reopen_reading": N_("mở lại bản đọc"),
    "amend_plan": N_("sửa đổi, bổ sung kế hoạch theo văn bản"),
    "start_plan_from": N_("lập bản nháp từ kế hoạch năm trước"),
    "change_frame": N_("sửa chủ đề, ngày, khẩu hiệu"),
    "put_plan_in_force": N_("đưa kế hoạch vào thực hiện"),
    "close_plan": N_("kết thúc kế hoạch"),
    "add_indicator": N_("thêm chỉ tiêu"),
    "change_indicator": N_("sửa chỉ tiêu"),
    "set_targets": N_("giao mức"),
    "set_task_indicators": N_("chọn chỉ tiêu cho nhiệm vụ"),
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
    "load_answers": N_("nạp câu trả lời cho điểm nghẽn"),
    # recordings
    "send_recording": N_("gửi bản thu âm"),
    "approve_recording": N_("nghe lại, duyệt bản thu âm"),
    "return_recording": N_("trả lại bản thu âm"),
    "replace_recording": N_("thôi phát, vì có bản thu mới"),
    "withdraw_recording": N_("rút bản thu âm, xóa tiếng"),
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
    # links
    "make_link": N_("tạo đường dẫn ngắn"),
    "change_link": N_("sửa đường dẫn ngắn"),
    "stop_link": N_("dừng đường dẫn ngắn"),
    "resume_link": N_("dùng lại đường dẫn ngắn"),
    # displays
    "add_display_site": N_("thêm nơi treo, nơi đăng"),
    "change_display_site": N_("sửa nơi treo, nơi đăng"),
    "end_display_site": N_("ngừng dùng nơi treo"),
    "ask_displays": N_("đề nghị treo, đăng"),
    "agree_display": N_("ghi là nơi treo đồng ý"),
    "decline_display": N_("ghi là nơi treo không nhận"),
    "prove_display": N_("ghi bằng chứng đã treo"),
    "withdraw_proof": N_("rút bằng chứng đã treo"),
    "match_report": N_("chỉ nơi treo của một bản ghi"),
    "expire_displays": N_("hết hạn treo"),
    "remove_display": N_("ghi là đã gỡ"),
    "look_again": N_("bảo máy mở trang xem lại"),
    "check_page": N_("máy mở trang tìm ấn phẩm"),
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
    "purge_feedback": N_("xóa chữ của góp ý đã xong từ lâu"),
    "close_feedback": N_("khép lại, không trả lời"),
    # market
    "send_registration": N_("gửi đơn đăng ký doanh nghiệp"),
    "send_registration_again": N_("bổ sung và gửi lại đơn"),
    "return_registration": N_("trả lại đơn để bổ sung"),
    "accept_registration": N_("chấp nhận doanh nghiệp"),
    "claim_account": N_("nhận tài khoản của doanh nghiệp"),
    "draft_offer": N_("viết ưu đãi"),
    "change_offer": N_("sửa ưu đãi"),
    "submit_offer": N_("gửi ưu đãi để kiểm tra"),
    "return_offer": N_("trả lại ưu đãi để sửa"),
    "approve_offer": N_("duyệt ưu đãi"),
    "publish_offer": N_("đăng ưu đãi"),
    "suspend_offer": N_("tạm dừng ưu đãi"),
    "resume_offer": N_("đăng lại ưu đãi"),
    "end_offer": N_("kết thúc ưu đãi"),
    "state_result": N_("ghi kết quả của ưu đãi"),
    # outreach
    "add_slogan": N_("thêm khẩu hiệu"),
    "change_slogan": N_("sửa khẩu hiệu"),
    "withdraw_slogan": N_("thôi dùng khẩu hiệu"),
    "set_kit": N_("lưu bộ nhận diện"),
    "draft_artwork": N_("làm ấn phẩm"),
    "change_artwork": N_("sửa ấn phẩm"),
    "submit_artwork": N_("gửi ấn phẩm để duyệt"),
    "return_artwork": N_("trả lại ấn phẩm để sửa"),
    "approve_artwork": N_("duyệt ấn phẩm"),
    "withdraw_artwork": N_("thu hồi ấn phẩm"),
    "expire_artwork": N_("để ấn phẩm hết hạn"),
    "start_artwork_run": N_("làm ấn phẩm cho mọi đơn vị"),
    "continue_artwork_run": N_("chạy tiếp việc làm ấn phẩm"),
    "run_artwork": N_("làm xong ấn phẩm cho mọi đơn vị"),
    "plan_post": N_("hẹn đưa tin"),
    "change_post": N_("sửa tin đã hẹn"),
    "finish_post": N_("ghi tin đã đưa"),
    "cancel_post": N_("bỏ tin đã hẹn"),
    # vouchers
    "make_run": N_("làm đợt phiếu"),
    "open_run": N_("mở đợt phiếu"),
    "suspend_run": N_("tạm dừng đợt phiếu"),
    "resume_run": N_("mở lại đợt phiếu"),
    "close_run": N_("đóng đợt phiếu"),
    "print_vouchers": N_("in phiếu"),
    "issue_enrolment_code": N_("cấp mã ghi danh quầy"),
    "enroll_counter": N_("ghi danh quầy"),
    "withdraw_counter": N_("thu hồi quầy"),
    "sync_counter": N_("quầy gửi lượt dùng phiếu"),
    "settle_leases": N_("đối soát phần phiếu hết hạn"),
    # exhibitions
    "draft_exhibition": N_("viết triển lãm"),
    "change_exhibition": N_("sửa triển lãm"),
    "change_plan": N_("sửa sơ đồ triển lãm"),
    "open_applications": N_("mở nhận đơn xin gian hàng"),
    "propose_allocation": N_("lập phương án xếp gian"),
    "move_booth": N_("chuyển gian bằng tay"),
    "confirm_allocation": N_("chốt phương án xếp gian"),
    "open_exhibition": N_("mở cửa triển lãm"),
    "close_exhibition": N_("kết thúc triển lãm"),
    "cancel_exhibition": N_("hủy triển lãm"),
    "apply_for_booth": N_("nộp đơn xin gian hàng"),
    "change_application": N_("sửa và gửi lại đơn xin gian hàng"),
    "return_application": N_("trả lại đơn xin gian hàng"),
    "approve_application": N_("nhận đơn xin gian hàng"),
    "allocate_booth": N_("xếp gian cho đơn"),
    "add_booth_photo": N_("thêm ảnh gian hàng"),
    "take_off_booth_photo": N_("gỡ ảnh gian hàng"),
    "withdraw_application": N_("rút đơn xin gian hàng"),
    "refuse_application": N_("không nhận đơn xin gian hàng"),
    "count_visit": N_("đếm một lượt ghé gian"),
    "state_day": N_("ghi số khách của một ngày"),
    "note_incident": N_("ghi sự cố ở triển lãm"),
    "leave_contact": N_("để lại liên hệ cho doanh nghiệp"),
    "withdraw_contact": N_("tự xóa liên hệ đã để lại"),
    "state_outcome": N_("ghi kết quả sau liên hệ"),
    "purge_contacts": N_("xóa liên hệ đã đến hạn"),
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
    "build_unit_report": N_("lập báo cáo của đơn vị từ số liệu chốt"),
    "want_pdf": N_("yêu cầu bản PDF"),
    "make_pdf": N_("tạo bản PDF"),
    "issue_report": N_("ghi số, ngày và tệp đã ký của báo cáo"),
    "start_run": N_("yêu cầu lập báo cáo mọi đơn vị"),
    "continue_run": N_("lập tiếp báo cáo mọi đơn vị"),
    "run_reports": N_("lập xong báo cáo mọi đơn vị"),
    "add_template": N_("nạp mẫu báo cáo"),
    "use_template": N_("dùng mẫu báo cáo"),
    "use_default_template": N_("trở về mẫu có sẵn"),
    # press
    "pack_results": N_("đóng gói số liệu công bố"),
    "start_publication": N_("viết bản nháp"),
    "change_publication": N_("sửa bản nháp"),
    "publish_publication": N_("đăng cho mọi người đọc"),
    "correct_publication": N_("đính chính"),
    "withdraw_publication": N_("thu hồi bài đã đăng"),
    "drop_publication": N_("bỏ bản nháp"),
    "end_publication": N_("thôi hiện tin"),
    "add_picture": N_("thêm ảnh"),
    "take_off_picture": N_("gỡ ảnh"),
    "add_programme_item": N_("thêm việc vào chương trình"),
    "change_programme_item": N_("sửa việc trong chương trình"),
    "cancel_programme_item": N_("hủy việc trong chương trình"),
    "note_press_item": N_("ghi một bài báo"),
    "change_press_item": N_("sửa bài báo đã ghi"),
    "require_press_reply": N_("ghi là bài báo cần phản hồi"),
    "waive_press_reply": N_("ghi là bài báo không cần phản hồi nữa"),
    "reply_to_press_item": N_("ghi đã phản hồi bài báo"),
    "set_aside_press_item": N_("gác lại bài báo"),
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
    "subscribe_browser": N_("nhận tin trên trình duyệt"),
    "end_browser": N_("ngừng nhận tin trên trình duyệt"),
    "escalate_overdue": N_("báo lên cấp trên"),
    "load_units": N_("nạp danh mục hành chính"),
    "load_borders": N_("nạp ranh giới hành chính"),
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
